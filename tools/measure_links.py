"""How well links agree with annotators on this report and on others: ``make measure``.

The folder holds the other reports' files (``data/gold/links/units.csv`` names them); those that are
not there are left out. Goes to ``comparison/links.csv``, and what rates would be settled without
each report to ``comparison/rates.csv``; no text is kept. Where the models of ``make compare`` are
installed they are measured too; where not, their rows stay as they are.
"""

import sys
from importlib.util import find_spec

import pandas as pd
from compare_model import MODELS

from helpers import read_report
from helpers.evaluation.elsewhere import (
    BUNDLED,
    AnnotatedUnits,
    bundled_units,
    find_units,
    rates_elsewhere,
    read_units,
    score_links_elsewhere,
)
from helpers.linking import METHODS
from helpers.resources import DATA

LINKS, RATES = DATA / "comparison" / "links.csv", DATA / "comparison" / "rates.csv"


def main(folder: str) -> None:
    """Measure, print, and write both tables if every report is there."""
    units = {BUNDLED: bundled_units(read_report()), **find_units(folder)}
    missing = sorted(set(read_units()["report"]) - set(units))
    measured = measure(units)
    print(measured.round(3).to_string(index=False))
    if missing:
        print(
            f"Left out, for their files are not in {folder!r}: {', '.join(missing)}. "
            "Name the folder: make measure REPORTS=folder"
        )
        return
    rates = rates_elsewhere(units)
    print(rates.round(3).to_string(index=False))
    measured.round(4).to_csv(LINKS, index=False, lineterminator="\n")
    rates.round(4).to_csv(RATES, index=False, lineterminator="\n")


def measure(units: dict[str, AnnotatedUnits]) -> pd.DataFrame:
    """Return the measures of every method that can be run, and the former ones of the others."""
    models = {name: score for name, score in MODELS.items() if find_spec(score.package)}
    measured = score_links_elsewhere(units, METHODS | models)
    former = pd.read_csv(LINKS)
    kept = former[former["method"].isin(set(MODELS) - set(models)) & former["report"].isin(units)]
    order = {name: place for place, name in enumerate(units)}
    table = pd.concat([measured, kept])
    return table.sort_values("report", key=lambda names: names.map(order), kind="stable")


if __name__ == "__main__":
    main(sys.argv[1])
