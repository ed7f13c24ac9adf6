"""Time the mapping: ``make timing``.

Writes to ``comparison/mapping_time.csv`` how long the whole way from the report's text to the
workbook takes, and how time and memory grow with the number of pairs that are scored. The sentences
for that are the report's own, their words dealt anew by chance, so that each is another.
"""

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable

import pandas as pd

from helpers import link_passages, read_report, score_passages
from helpers.export.workbook import write_workbook
from helpers.reading.report import Report
from helpers.resources import DATA

TIMES = DATA / "comparison" / "mapping_time.csv"
SIZES = (250, 500, 1000)
MIB_PER_UNIT = 1 / 2**20 if sys.platform == "darwin" else 1 / 2**10  # of what the system counts in


def main() -> None:
    """Write the table."""
    rows = [("text to workbook", pairs_of(read_report()), *_measured(map_report))]
    for size in SIZES:
        sides = sentences(size, seed=1), sentences(size, seed=2)
        rows.append(("score", size**2, *_measured(score_passages, *sides)))
        report = read_report(long_report(*sides))
        rows.append(("link, with evidence", size**2, *_measured(link_passages, report)))
    table = pd.DataFrame(rows, columns=["what", "pairs", "seconds", "peak_mib"])
    table.round({"seconds": 2, "peak_mib": 0}).to_csv(TIMES, index=False, lineterminator="\n")


def map_report() -> None:
    """Go the whole way on the bundled report."""
    report = read_report()
    with tempfile.TemporaryDirectory() as folder:
        write_workbook(report, f"{folder}/mapping.xlsx")


def pairs_of(report: Report) -> int:
    """Return the number of pairs of sentences of a report with one topic."""
    parts = report.sentences["part"].value_counts()
    return int(parts["deliberations"] * parts["recommendations"])


def sentences(count: int, *, seed: int) -> list[str]:
    """Return sentences of the report's length made of the report's words."""
    chance = random.Random(seed)
    own = read_report().sentences["text"].str.rstrip(".;").str.split().tolist()
    words = [word for sentence in own for word in sentence]
    return [
        f"Speakers {' '.join(chance.choices(words, k=len(chance.choice(own)))).lower()}."
        for _ in range(count)
    ]


def long_report(said: list[str], recommended: list[str]) -> str:
    """Return a report with one paragraph per sentence on both sides."""
    numbered = [f"{number}. {text}" for number, text in enumerate([*said, *recommended], start=1)]
    cut = len(said)
    parts = [
        "Summary of deliberations", *numbered[:cut], "Outcome of deliberations", *numbered[cut:],
    ]  # fmt: skip
    return "\n\n".join(parts)


def _measured(work: Callable[..., object], *given: object) -> tuple[float, float]:
    """Return the seconds that the work takes, and the most memory held so far."""
    start = time.perf_counter()
    work(*given)
    seconds = time.perf_counter() - start
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MIB_PER_UNIT


if __name__ == "__main__":
    main()
