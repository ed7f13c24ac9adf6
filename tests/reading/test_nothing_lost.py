"""Nothing is lost in silence: what is in the source is in the text, in a footnote or a repair."""

import json

import pytest
from conftest import CASES
from hypothesis import given
from hypothesis import strategies as st
from printed import FOOT, LEFT, STEP, TOP, column, printed
from properties import assert_properties, lost_and_invented

from helpers import read_report
from helpers.reading import ReportError
from helpers.resources import CHECKOUT

REPORTS = CHECKOUT.parent / "shared" / "reports"
REAL = sorted([*REPORTS.glob("*.pdf"), *REPORTS.glob("*.txt")])
TEXTS = [json.loads(row) for row in (CASES / "structure.jsonl").read_text("utf-8").splitlines()]
PIECES = st.sampled_from(
    [
        "1. Speakers spoke of the har-", "bours of the north.", "2. Others", "(a) Act;",
        "(b) Act.", "A. Theme", "Outcome of deliberations", "Discussion", "II. Lamps", "12", "3",
        "3. ", "- one", "A/LAMPS/2031/7", "31-00417   3/9", "________", "1 See the list.",
        "the lamps.1", "lamps1", "\u00ad", "soft\u00adly", "no\u00a0break", "*", "Annex",
        "Contents", "I. One . . . . . . 2", "Figure 1", "6.1. Mend it (Northland);", "x", "\u2011",
        "\f", "\t", "", "", "",
    ]
)  # fmt: skip
MARKED = st.sampled_from(
    [
        "# Outcome", "## **A.** Theme", "**1.** Speakers *spoke*.", "**2. ** Others", "3\\. More",
        "1. One", "1. Two", "- a [link](https://example.org/a_b)", "* star", "  2) two",
        "> quoted", "<!-- page 2 -->", "<!-- open", "a<br>b", "&amp; more", "`code`", "```", "---",
        "***", "[^1]", "word[^1] more", "[^1]: The note.", "![picture](a.png)", "\\(a\\) Act",
        "(a) Act", "    four", "| a | b |", "__bold__ and _it_", "\u00ad",
        "<https://example.org>", "[a]: b", "", "", "",
    ]
)  # fmt: skip


def assert_properties_if_read(text: str) -> None:
    try:
        report = read_report(text)
    except ReportError:
        return
    assert_properties(report)


@given(st.lists(PIECES, max_size=30))
def test_nothing_of_a_text_is_lost(pieces):
    assert_properties_if_read("\n".join(["1. Speakers spoke.", *pieces, ""]))


@given(st.lists(MARKED | PIECES, max_size=30))
def test_nothing_of_a_markdown_text_is_lost(pieces):
    assert_properties_if_read("\n".join(["# Report", "", "1. Speakers spoke.", "", *pieces, ""]))


@given(st.text(max_size=60))
def test_nothing_of_any_text_is_lost(text):
    assert_properties_if_read("1. Speakers spoke.\n" + text)


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case["rule"])
def test_nothing_of_a_made_up_text_is_lost(case):
    assert_properties(read_report(case["text"]))


def test_nothing_of_the_bundled_report_is_lost(report):
    assert_properties(report)


def test_nothing_of_a_pdf_is_lost(tmp_path):
    head = [(LEFT, 750.0, "A/LAMPS/2031/7"), (380.0, 750.0, "Report of the Panel on Lamps")]
    pages = [
        [
            *head,
            (LEFT, TOP, "I. Discussion", 14.0, "bold"),
            (LEFT, TOP - 40, "1. Speakers praised the lamps"),
            (LEFT + 153, TOP - 36, "4", 6.0),
            (LEFT + 160, TOP - 40, "of the harbours and the har-"),
            (LEFT, TOP - 40 - STEP, "bours."),
            (LEFT, FOOT + 60, "4", 5.0),
            (LEFT + 8, FOOT + 57, "See the list of lamps.", 7.5),
            (540.0, 40.0, "1/2", 8.0),
        ],
        [
            *head,
            *column(["2. Others did not;", "(a) Some;", "(b) None."]),
            (540.0, 40.0, "2/2", 8.0),
        ],
    ]
    (tmp_path / "a.pdf").write_bytes(printed(pages))
    report = read_report(tmp_path / "a.pdf")
    assert {"footnote mark", "hyphen", "word joined", "page head"} <= set(report.repairs["kind"])
    assert report.footnotes["text"].tolist() == ["See the list of lamps."]
    assert_properties(report)


def test_what_is_lost_is_noticed(report):
    words = report.clean.source.replace("the", "th€", 1)
    changed = type(report.clean)(words, report.text, report.clean.origin)
    other = type(report)(**{**vars(report), "clean": changed})
    assert lost_and_invented(other)[0] == lost_and_invented(other)[1] == {}
    shorter = type(report)(**{**vars(report), "repairs": report.repairs.iloc[1:]})
    assert lost_and_invented(shorter)[0]


@pytest.mark.skipif(not REAL, reason="needs the real reports beside the checkout")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_nothing_of_a_real_report_is_lost(path):
    assert_properties(read_report(path))
