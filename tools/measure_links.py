"""How well links agree with annotators on this report and on others: ``make measure``.

The folder holds the other reports' files (``data/gold/links/units.csv`` names them); those that are
not there are left out. Goes to ``comparison/links.csv``; no text is kept.
"""

import sys

import pandas as pd

from helpers.evaluation.elsewhere import read_units, score_links_elsewhere
from helpers.resources import DATA

LINKS = DATA / "comparison" / "links.csv"


def missing_reports(table: pd.DataFrame) -> list[str]:
    """Return the annotated reports that a table of measures lacks."""
    return sorted(set(read_units()["report"]) - set(table["report"]))


if __name__ == "__main__":
    measured = score_links_elsewhere(sys.argv[1])
    print(measured.round(3).to_string(index=False))
    if left_out := missing_reports(measured):
        print(
            f"Left out, for their files are not in {sys.argv[1]!r}: {', '.join(left_out)}. "
            "Name the folder: make measure REPORTS=folder"
        )
    else:
        measured.round(4).to_csv(LINKS, index=False, lineterminator="\n")
