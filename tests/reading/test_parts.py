"""Which part a heading names: the table, and what a caller says instead."""

import csv

import pytest

from helpers import read_report
from helpers.reading import ReportError
from helpers.reading.headings import PART_HEADINGS, named_part

with PART_HEADINGS.open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table))
TEXT = """What was said

1. Speakers praised the lamps.

Lessons

2. The lamps should be mended.

Discussion

3. Speakers asked who pays.
"""


def parts(report) -> dict[str, str]:
    return dict(report.paragraphs[["paragraph", "part"]].itertuples(index=False))


# The table.


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["pattern"])
def test_an_example_names_the_part_of_its_row(row):
    assert named_part(row["example"]) == (row["part"], row["governs"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["pattern"])
def test_an_example_shows_the_pattern_of_its_row(row):
    start = row["pattern"].rstrip("…")
    words = row["example"].lower()
    assert words.startswith(start) if row["pattern"].endswith("…") else words == start


def test_rows_are_complete_and_stand_once():
    assert list(ROWS[0]) == ["pattern", "part", "governs", "source", "example"]
    assert all(all(row.values()) for row in ROWS)
    assert {row["part"] for row in ROWS} == {"deliberations", "recommendations", "procedural"}
    assert {row["governs"] for row in ROWS} == {"below", "beside"}
    patterns = [row["pattern"] for row in ROWS]
    assert len(set(patterns)) == len(patterns)
    assert patterns == [pattern.lower() for pattern in patterns]


def test_no_pattern_names_two_parts():
    for row in ROWS:
        start = row["pattern"].rstrip("…")
        for other in ROWS:
            if other["part"] != row["part"] and other["pattern"].endswith("…"):
                assert not f"{start} ".startswith(other["pattern"].rstrip("…") + " ")


@pytest.mark.parametrize(
    "heading",
    [
        "B. Interactive dialogue",
        "3. Interactive dialogue",
        "IV. INTERACTIVE DIALOGUE",
        "Interactive dialogue**",
        "Interactive dialogue:",
        "The interactive dialogue",
        "Chapter II. Interactive dialogue",
    ],
)
def test_labels_capitals_and_marks_do_not_matter(heading):
    assert named_part(heading)[0] == "deliberations"


@pytest.mark.parametrize("heading", ["Lamps on the piers", "Discussionist", "Outcomes for lamps"])
def test_other_headings_name_none(heading):
    assert named_part(heading) == ("", "below")


# What the caller says.


def test_a_heading_of_the_readers_own_words_names_a_part():
    named = {"deliberations": "What was said", "recommendations": "Lessons"}
    assert parts(read_report(TEXT, parts=named)) == {
        "1": "deliberations",
        "2": "recommendations",
        "3": "deliberations",
    }


def test_a_heading_that_names_another_part_is_overruled():
    assert parts(read_report(TEXT, parts={"recommendations": "Discussion"}))["3"] == (
        "recommendations"
    )


def test_several_headings_may_name_one_part():
    named = {"recommendations": ["Lessons", "Discussion"]}
    assert parts(read_report(TEXT, parts=named)) == {
        "1": "procedural",
        "2": "recommendations",
        "3": "recommendations",
    }


def test_capitals_and_labels_do_not_matter_in_what_the_caller_says():
    text = TEXT.replace("Lessons", "II. LESSONS")
    assert parts(read_report(text, parts={"recommendations": "lessons"}))["2"] == "recommendations"


def test_no_warning_is_left_where_the_caller_has_said_it():
    named = {"deliberations": "What was said", "recommendations": "Lessons"}
    assert "parts" not in set(read_report(TEXT, parts=named).warnings["kind"])


def test_an_unknown_part_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match=r"one of deliberations, recommendations.*'debates'"):
        read_report(TEXT, parts={"debates": "Lessons"})


def test_a_heading_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(ReportError, match=r"“Teachings”.*“What was said”, “Lessons”, “Discussion”"):
        read_report(TEXT, parts={"recommendations": "Teachings"})
