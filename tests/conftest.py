"""What several test files share: the cases' tables and the bundled report."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings
from spacy.language import Language

from helpers import build_nlp, read_report
from helpers.reading.report import Report
from helpers.resources import CHECKOUT

settings.load_profile("ci")  # the same examples in every run, however slow the machine
# Texts of links that do not say where they lead.
SAY_NOTHING = {"here", "click here", "this", "link", "more", "read more"}
TESTS = Path(__file__).parent
CASES = TESTS / "cases"


def read_cases(name: str) -> list[dict[str, str]]:
    r"""Read the rows of a table of cases; ``\n`` and ``\u00a0`` in a cell stand for themselves."""
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return [
            {key: _unescaped(cell) for key, cell in row.items()} for row in csv.DictReader(file)
        ]


def _unescaped(cell: str) -> str:
    return cell.encode("raw_unicode_escape").decode("unicode_escape") if "\\" in cell else cell


@pytest.fixture(scope="session")
def report() -> Report:
    """Return the bundled report."""
    return read_report()


@pytest.fixture(scope="session")
def nlp() -> Language:
    """Return the collection's pipeline."""
    return build_nlp()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the book; Sphinx stops at a link or an image that leads nowhere."""
    folder = tmp_path_factory.mktemp("book") / "site"
    make = [sys.executable, CHECKOUT / "tools" / "make_site.py", folder]
    made = subprocess.run(make, capture_output=True, text=True)
    assert made.returncode == 0, made.stdout + made.stderr
    return folder
