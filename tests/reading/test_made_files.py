"""Word files and web pages are read as Word and a browser print them: one file a feature."""

import json

import pytest
from conftest import TESTS
from properties import assert_properties
from truth import faults

from helpers import read_report
from helpers.reading import ReportError, apart
from helpers.reading.web import read_web
from helpers.reading.word import read_word

MADE = TESTS / "made"
TRUTH = {
    f"{kind}/{name}": truth
    for kind in ("word", "web")
    for name, truth in json.loads((MADE / kind / "truth.json").read_text("utf-8")).items()
}


@pytest.fixture(autouse=True)
def _opened_here(monkeypatch):
    """Open the files in this process; test_apart says that it makes no difference."""
    readers = {"Word": read_word, "web page": read_web}
    monkeypatch.setattr(apart, "read_apart", lambda kind, data, name: readers[kind](data, name))


@pytest.mark.parametrize("name", TRUTH)
def test_a_made_file_is_read_as_it_is_printed(name):
    found = what_is_wrong(name)
    if "differs" in TRUTH[name]:
        assert found, "It is right now: take away what the truth says of it."
    else:
        assert found == []


def what_is_wrong(name: str) -> list[str]:
    try:
        report = read_report(MADE / name)
    except ReportError as error:
        return [str(error)]
    assert_properties(report)
    return faults(report, TRUTH[name])


def test_every_file_has_its_truth():
    there = {f"{path.parent.name}/{path.name}" for path in MADE.glob("*/*.*")}
    assert there - {"word/truth.json", "web/truth.json"} == set(TRUTH)
