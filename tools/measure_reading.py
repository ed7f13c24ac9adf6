"""How much of real reports is read right: ``make reading REPORTS=folder``.

The folder holds the files and a ``truth.json``: by the name of a file, ``paragraphs`` (number to
text, as printed), ``recommendations`` (a list of ``label`` and ``text``), ``D`` and ``R`` (the
numbers of the paragraphs that deliberate and that recommend), and ``parts`` (false where no heading
says which do). What is found is counted, file by file, and goes to ``comparison/reading.csv``; no
text is kept. Texts are compared by their letters, so that spaces, hyphens and marks do not matter.

A paragraph is found when one of its number begins as it does; it is clean when it has the same
letters, give or take one in a hundred. A recommendation is found when one begins as it does. What
is found and stands in no truth is extra.
"""

import json
import re
import sys
import unicodedata
from pathlib import Path

import pandas as pd

from helpers import read_report
from helpers.reading.lines import ReportError
from helpers.reading.report import Report
from helpers.resources import DATA

READING = DATA / "comparison" / "reading.csv"
BEGINNING = 40  # letters of a paragraph that must agree
SHORT_BEGINNING = 30  # of a recommendation
KINDS = (".docx", ".pdf", ".html", ".txt", ".md")


def letters(text: str) -> str:
    """Return the Latin letters of a text, small and without accents."""
    return re.sub(r"[^a-z]", "", unicodedata.normalize("NFKD", text).lower())


def begins_as(text: str, wanted: str, length: int) -> bool:
    """Return whether a text begins as another does, as far as that one goes."""
    return bool(wanted) and letters(text).startswith(letters(wanted)[:length])


def measure(report: Report, truth: dict[str, object]) -> dict[str, int]:
    """Return the counts of one report: what is true of it, and what of that was found.

    Parameters
    ----------
    report : Report
        What `read_report` returns.
    truth : dict
        Its entry in ``truth.json``.
    """
    rows: dict[str, list[tuple[int, str, str]]] = {}
    for row in report.paragraphs.itertuples():
        rows.setdefault(row.paragraph, []).append((row.Index, row.text, row.part))
    said = {str(number) for number in truth["D"]} if truth["parts"] else set()
    recommending = {str(number) for number in truth["R"]} if truth["parts"] else set()
    counts = dict.fromkeys(("found", "clean", "deliberations_told", "recommending_told"), 0)
    used = set()
    for number, text in truth["paragraphs"].items():
        same = [row for row in rows.get(number, []) if begins_as(row[1], text, BEGINNING)]
        if not same:
            continue
        index, got, part = same[0]
        used.add(index)
        counts["found"] += 1
        wanted = len(letters(text))
        counts["clean"] += abs(len(letters(got)) - wanted) <= 0.01 * wanted + 2
        counts["deliberations_told"] += number in said and part == "deliberations"
        counts["recommending_told"] += number in recommending and part == "recommendations"
    pool = report.recommendations["text"].tolist()
    for recommendation in truth["recommendations"]:
        same = [text for text in pool if begins_as(text, recommendation["text"], SHORT_BEGINNING)]
        if same:
            pool.remove(same[0])
    return {
        "paragraphs": len(truth["paragraphs"]),
        **counts,
        "extra": len(report.paragraphs) - len(used),
        "recommendations": len(truth["recommendations"]),
        "recommendations_found": len(report.recommendations) - len(pool),
        "recommendations_extra": len(pool),
        "deliberations": len(said),
        "recommending": len(recommending),
        "warnings": len(report.warnings),
    }


def measure_folder(folder: Path) -> pd.DataFrame:
    """Return a row of counts for each file of a folder that can be read, and one of their sums."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    rows = {}
    for name, wanted in truth.items():
        if not name.endswith(KINDS):
            continue
        try:
            rows[name] = measure(read_report(folder / name), wanted)
        except ReportError as error:
            sys.exit(f"{name} was not read: {error}")
    table = pd.DataFrame.from_dict(rows, orient="index")
    table.loc["all"] = table.sum()
    return table.rename_axis("file").reset_index()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    table = measure_folder(Path(sys.argv[1]))
    table.to_csv(READING, index=False)
    sys.stdout.write(table.to_string(index=False) + "\n")
