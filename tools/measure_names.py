"""How many names are found right: ``make measure``, or ``make measure REPORTS=folder``.

With today's tables, on the bundled report and, where the files are at hand, on passages of other
documents (`helpers.evaluation.development`). The figures go to ``comparison/names.csv``.
"""

import sys

import pandas as pd

from helpers import extract_entities, read_report
from helpers.evaluation.development import MEASURED, score_development
from helpers.evaluation.gold import read_gold, read_pass
from helpers.evaluation.metrics import score_entities
from helpers.resources import DATA

NAMES = DATA / "comparison" / "names.csv"
COLUMNS = ["text", "label", "entities", "agreement", "precision", "recall", "f1"]
TEXTS = {"seen": "other documents, seen by the rules", "kept": "other documents, kept apart"}


def measure_bundled() -> pd.DataFrame:
    """Return the rows of the bundled report."""
    report = read_report()
    gold = read_gold(report)
    scores = score_entities(gold, extract_entities(report))
    agreed = score_entities(read_pass("a", report), read_pass("b", report))
    rows = [
        {
            "text": "the bundled report, seen by the rules",
            "label": label,
            "entities": int((gold["label"] == label).sum()),
            "agreement": agreed.loc[(label, "strict"), "f1"],
            **scores.loc[(label, "strict"), ["precision", "recall", "f1"]],
        }
        for label in MEASURED
    ]
    return pd.DataFrame(rows)[COLUMNS]


def measure(folder: str) -> pd.DataFrame:
    """Return the rows of the bundled report and of the passages in a folder's files."""
    others = score_development(folder)
    bundled = measure_bundled()
    if others.empty:
        return bundled
    return pd.concat([bundled, others.assign(text=others["half"].map(TEXTS))[COLUMNS]])


if __name__ == "__main__":
    table = measure(sys.argv[1])
    print(table.round(3).to_string(index=False))
    if len(table) == len(MEASURED):
        print(
            f"The other documents are left out: none of their passages is in {sys.argv[1]!r}. "
            "Name the folder: make measure REPORTS=folder"
        )
    else:
        table.round(4).to_csv(NAMES, index=False, lineterminator="\n")
