"""Nothing is lost in silence: what is in the source is in the text, in a footnote or a repair."""

import json
from unittest.mock import patch

import pytest
from conftest import CASES
from hypothesis import given
from hypothesis import strategies as st
from office import paragraph, run, word_file
from printed import FOOT, LEFT, STEP, TOP, column, printed
from properties import assert_properties, lost_and_invented

from helpers import read_report
from helpers.reading import ReportError
from helpers.reading import report as reading_report
from helpers.reading.documents import Document
from helpers.reading.web import read_web
from helpers.reading.word import read_word
from helpers.resources import CHECKOUT

REPORTS = CHECKOUT.parent / "shared" / "reports"
REAL = sorted(path for kind in ("docx", "pdf", "txt") for path in REPORTS.glob(f"*.{kind}"))
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


ROW = f"<w:tr><w:tc>{paragraph('Port')}</w:tc><w:tc>{paragraph('12')}</w:tc></w:tr>"
NOTE = '<w:r><w:footnoteReference w:id="1"/></w:r>'
BLOCKS = st.sampled_from(
    [
        paragraph("Speakers spoke.", level=0), paragraph("The Meeting recommended:", level=0),
        paragraph("Act on lamps;", level=1), paragraph("Mend piers.", level=1),
        paragraph("To ports"), paragraph(run("To States and", "<w:b/>")), paragraph("of lamps"),
        paragraph("Outcome", more='<w:outlineLvl w:val="0"/>'), paragraph("Table 1"),
        paragraph("(Thousands of crowns)"), f"<w:tbl>{ROW * 2}</w:tbl>", paragraph("______"),
        f"<w:tbl><w:tr><w:tc>{paragraph('A box.')}</w:tc></w:tr></w:tbl>", paragraph("9. Typed."),
        paragraph("A. Theme"), paragraph("(c) Typed;"), paragraph("noted", NOTE, " here."),
        paragraph("Annex"), paragraph("Figure 2. Lamps"),
        paragraph(run("To ports", "<w:b/>"), "<w:r><w:br/></w:r>", run("and piers", "<w:b/>")),
    ]
)  # fmt: skip
TAGS = st.sampled_from(
    [
        "<p>1. Speakers spoke.", "<ol><li>Two<li>Three</ol>", "<ol type=a><li>Act;<li>Mend.</ol>",
        "<h2>Outcome</h2>", "<p><b>To ports</b>", "<table><tr><td>Port<td>12</table>", "<hr>",
        "<figure><figcaption>Table 1</figcaption></figure>", "<aside>A box.</aside>",
        "<p>(c) Typed;", "<p>the<sup><a href=#n id=r>1</a></sup> end", "<p>Annex",
        "<p id=n>1 Note <a href=#r>^</a>", "<p>2. The Meeting recommended:",
        "<p>one<br>two<br><br>three", "<pre>a\n\nb</pre>", "<p><b>To ports<br>and piers</b>",
    ]
)  # fmt: skip


def assert_properties_of(kind: str, read: tuple) -> None:
    document = Document("a", kind, read[0], read[1], repairs=read[2])
    with patch.object(reading_report, "read_document", return_value=document):
        assert_properties_if_read("in its place")


@given(st.lists(BLOCKS, max_size=20))
def test_nothing_of_a_word_file_is_lost(blocks):
    notes = f'<w:footnote w:id="1">{paragraph("See A/1.")}</w:footnote>'
    data = word_file(paragraph("Speakers spoke.", level=0), *blocks, footnotes=notes)
    assert_properties_of("Word", read_word(data, "a"))


@given(st.lists(TAGS, max_size=20))
def test_nothing_of_a_web_page_is_lost(tags):
    assert_properties_of("web page", read_web(f"<p>1. One.{''.join(tags)}".encode(), "a"))


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
