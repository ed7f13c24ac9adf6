"""The report as data: its structure, its front matter, and the texts that cannot be read."""

import hashlib
import json
import re
import textwrap

import pytest
from conftest import read_cases
from hypothesis import given
from hypothesis import strategies as st

from helpers import read_report
from helpers.reading.lines import ReportError
from helpers.reading.report import BUNDLED, sentence_spans
from helpers.resources import DATA

SMALL = """
Main theme

Summary of deliberations

3. Speakers stressed education. Others stressed research.

Outcome of deliberations

4. The following recommendations were identified:

(a) Educate young people;

(b) Fund research.
"""


def test_the_reports_are_those_that_the_data_package_has():
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    hashes = {one["path"]: one["hash"] for one in package["resources"] if "hash" in one}
    files = sorted((DATA / "reports").rglob("*.md"))
    assert BUNDLED in files
    for file in files:
        found = "sha256:" + hashlib.sha256(file.read_bytes()).hexdigest()
        assert hashes[file.relative_to(DATA).as_posix()] == found


def test_the_front_matter_is_read(report):
    assert report.title.startswith(
        "Asia and Pacific Regional Preparatory Meeting for the Fifteenth"
    )
    assert report.meta == {
        "distribution": "Limited",
        "date": "2025-01-21",
        "original_language": "English",
        "languages": ["Chinese", "English", "French", "Russian"],
        "document": "Draft report",
        "part_of_document": "Addendum",
        "rapporteur": "Sheraz Ali (Pakistan)",
        "agenda_item": "4",
        "place": "Bangkok",
        "start": "2025-01-21",
        "end": "2025-01-23",
    }


def test_a_report_without_a_symbol_gets_none(report):
    assert "symbol" not in report.meta


def test_paragraphs_have_their_part(report):
    parts = report.paragraphs.groupby("part", sort=False)["paragraph"].agg(list).to_dict()
    assert parts == {
        "procedural": ["1", "2"],
        "deliberations": [str(number) for number in range(3, 12)],
        "recommendations": ["12"],
    }


def test_recommendations_are_lettered(report):
    assert report.recommendations["recommendation"].tolist() == [f"12({c})" for c in "abcdefg"]


def test_sentences_are_counted_by_part(report):
    counts = report.sentences["part"].value_counts()
    assert counts.to_dict() == {"deliberations": 24, "recommendations": 17, "procedural": 7}


@pytest.mark.parametrize("table", ["paragraphs", "recommendations", "sentences"])
def test_a_text_stands_where_its_row_says(report, table):
    for row in getattr(report, table).itertuples():
        assert report.text[row.start : row.end] == row.text


def test_a_paragraph_begins_behind_its_number_and_a_recommendation_behind_its_letter(report):
    for row in report.paragraphs.itertuples():
        assert report.text[: row.start].rstrip().endswith(f"\n{row.paragraph}.")
    for row in report.recommendations.itertuples():
        letter = row.recommendation.removeprefix(row.paragraph)
        assert report.text[: row.start].rstrip().endswith(f"\n{letter}")


def without_marks(text: str) -> str:
    """Return a text without white space and without the letters and numbers of its items."""
    return "".join(re.sub(r"\(\w\)|\d+\.", "", text).split())


def test_the_sentences_of_a_paragraph_are_all_of_its_text(report):
    paragraph = report.sentences["unit"].str.replace(r"\(.*", "", regex=True)
    together = report.sentences.groupby(paragraph)["text"].agg("".join)
    for row in report.paragraphs.itertuples():
        assert without_marks(together[row.paragraph]) == without_marks(row.text)


def test_paragraph_9_is_whole_after_its_page_break(report):
    ninth = report.paragraphs.set_index("paragraph").loc["9", "text"]
    assert "the private sector, civil society" in ninth


def test_the_link_on_a_resolution_keeps_its_number(report):
    assert "General Assembly resolution 77/231, efforts" in report.text


def test_no_markdown_mark_is_left(report):
    assert not set("*#[]") & set(report.text)


def test_deliberations_and_outcome_of_one_theme_share_their_topic(report):
    parts = report.sentences[report.sentences["part"] != "procedural"]
    assert parts["topic"].nunique() == 1
    assert parts["topic"].iloc[0].split(" > ")[1].startswith("A. Main theme")


def test_a_report_can_be_given_as_text():
    small = read_report(SMALL)
    assert small.sentences["sentence"].tolist() == ["3.1", "3.2", "4.1", "4(a).1", "4(b).1"]


def test_a_report_can_be_given_as_a_file(tmp_path):
    (tmp_path / "small.txt").write_text(SMALL, encoding="utf-8")
    assert read_report(tmp_path / "small.txt").text == read_report(SMALL).text


def wrapped(text: str, width: int, between: str) -> str:
    return between.join("\n".join(textwrap.wrap(line, width)) for line in text.split("\n") if line)


@pytest.mark.parametrize(
    "layout",
    [
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="Windows line ends"),
        pytest.param(lambda text: re.sub(r"\n+", "\n", text), id="a line a paragraph"),
        pytest.param(lambda text: wrapped(text, 80, "\n\n"), id="a page of lines"),
        pytest.param(lambda text: wrapped(text, 80, "\n"), id="without empty lines"),
        pytest.param(lambda text: wrapped(text, 100, "\n    "), id="indented"),
        pytest.param(lambda text: text.replace(" ", "\u00a0"), id="no-break spaces"),
        pytest.param(lambda text: re.sub(r"(?m)^(\d+\.) ", "\\1\t", text), id="tabs"),
    ],
)
def test_the_layout_of_the_file_does_not_matter(report, layout):
    again = read_report(layout(report.text))
    assert again.meta == report.meta
    assert again.title == report.title
    for table in ("paragraphs", "recommendations", "sentences"):
        texts = getattr(again, table)["text"].str.split().tolist()
        assert texts == getattr(report, table)["text"].str.split().tolist()
    assert again.sentences["part"].tolist() == report.sentences["part"].tolist()


def test_each_agenda_item_keeps_its_own_topic():
    text = "\n\n".join(
        f"{letter}. Theme {letter}\n\nSummary of deliberations\n\n{n}. Speakers spoke.\n\n"
        f"Outcome of deliberations\n\n{n + 1}. The following was said:\n\n(a) Act."
        for letter, n in (("A", 1), ("B", 3))
    )
    report = read_report("II. Recommendations\n\n" + text)
    assert report.recommendations["topic"].str.split(" > ").str[-1].tolist() == [
        "A. Theme A",
        "B. Theme B",
    ]
    assert report.recommendations["recommendation"].tolist() == ["2(a)", "4(a)"]


def test_numerals_under_a_letter_belong_to_its_text():
    text = SMALL.replace("(b) Fund", "(i) at school;\n\n(ii) at work;\n\n(b) Fund")
    recommendations = read_report(text).recommendations
    assert recommendations["recommendation"].tolist() == ["4(a)", "4(b)"]
    assert "(ii) at work" in recommendations["text"][0]


def test_letters_go_on_after_z():
    letters = [*"abcdefghijklmnopqrstuvwxyz", "aa", "bb"]
    items = "\n\n".join(f"({letter}) Act on {letter};" for letter in letters)
    report = read_report(f"Outcome of deliberations\n\n1. These were identified:\n\n{items}")
    assert report.recommendations["recommendation"].tolist() == [f"1({x})" for x in letters]


def test_a_recommendation_without_letters_carries_its_paragraphs_number():
    report = read_report("Recommendations\n\n7. States should act.\n\n8. They should act soon.")
    assert report.recommendations["recommendation"].tolist() == ["7", "8"]


def test_a_paragraph_of_two_blocks_stays_one():
    report = read_report("1. It began:\n\n“A quotation.”\n\n2. It went on.")
    assert report.paragraphs["text"].tolist() == ["It began:\n\n“A quotation.”", "It went on."]


def test_a_report_without_recommendations_can_be_read():
    report = read_report("Summary of deliberations\n\n1. Speakers spoke.\n\n2. They went on.")
    assert report.recommendations.empty
    assert report.sentences["part"].unique().tolist() == ["deliberations"]


def test_a_text_without_numbered_paragraphs_is_refused():
    with pytest.raises(ReportError, match=r"no numbered paragraph.*Dear all"):
        read_report("Dear all,\n\nplease find the report attached.")


@pytest.mark.parametrize("case", read_cases("sentences.csv"), ids=lambda case: case["rule"])
def test_sentences(case):
    assert len(list(sentence_spans(case["text"]))) == int(case["sentences"])


@given(st.lists(st.sampled_from(["1. ", "(a) ", "A. ", "Outcome", "\n", "\n\n", "x.", " y"])))
def test_any_structure_is_read_without_losing_text_or_is_refused(pieces):
    text = "\n".join(["", *pieces, ""])
    try:
        report = read_report(text)
    except ReportError:
        return
    assert without_marks("".join(report.sentences["text"])) == without_marks(
        "".join(report.paragraphs["text"])
    )
    assert report.sentences["sentence"].is_unique


@pytest.mark.parametrize(
    ("words", "negotiated"),
    [
        ("The following recommendations, which were not negotiated by the participants:", "no"),
        ("The outcome has not been negotiated.", "no"),
        ("The recommendations were never negotiated.", "no"),
        ("The recommendations were made without being negotiated.", "no"),
        ("The recommendations were negotiated by the participants.", "yes"),
        ("The treaty was not negotiated.", "not said"),
        ("The following recommendations were identified:", "not said"),
    ],
)
def test_what_a_report_says_of_its_recommendations_is_what_is_said_of_them(words, negotiated):
    report = read_report(f"Outcome of deliberations\n\n1. {words}\n\n(a) Act.")
    assert report.negotiated == negotiated
    assert set(report.recommendations["negotiated"]) == {negotiated}
