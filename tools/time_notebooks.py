"""Time the lessons: ``make timing``.

Writes to ``comparison/notebook_time.csv`` how long the code of each lesson runs, kernel and imports
included, on the machine at hand. The lessons' heads say it rounded up to five seconds.
"""

import time
from pathlib import Path

import nbformat
import pandas as pd
from nbclient import NotebookClient

from helpers.resources import CHECKOUT, DATA

NOTEBOOKS = sorted((CHECKOUT / "notebooks").glob("0*.ipynb"))
TIMES = DATA / "comparison" / "notebook_time.csv"


def main() -> None:
    """Write the table."""
    rows = [(path.stem, round(seconds_of(path), 1)) for path in NOTEBOOKS]
    table = pd.DataFrame(rows, columns=["notebook", "seconds"])
    table.to_csv(TIMES, index=False, lineterminator="\n")


def seconds_of(path: Path) -> float:
    """Return how long a notebook runs."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, resources={"metadata": {"path": str(path.parent)}})
    start = time.perf_counter()
    client.execute()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
