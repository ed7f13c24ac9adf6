"""The brief: two pages that say what is reflected, what is not, and what to be careful about."""

import shutil
import subprocess
from datetime import date

import pypdfium2
import pytest
from docx import Document

from helpers import link_passages, links_by_unit, read_report, write_brief
from helpers.export.brief import CLEAR, TO_READ

MADE = date(2025, 1, 23)
LONG = "Summary of deliberations\n\n{}Outcome of deliberations\n\n{}. The following:\n\n{}"


@pytest.fixture(scope="module")
def path(report, tmp_path_factory):
    return write_brief(report, tmp_path_factory.mktemp("brief") / "brief.docx", made=MADE)


@pytest.fixture(scope="module")
def text(path):
    return "\n".join(paragraph.text for paragraph in Document(path).paragraphs)


@pytest.fixture(scope="module")
def long_report():
    said = "".join(f"{n}. Speaker {n} asked for lamps on pier {n}.\n\n" for n in range(1, 41))
    asked = "".join(f"({a}) Put lamp {a} on a pier;\n\n" for a in "abcdefghijklm")
    more = "42. The following as well:\n\n" + asked.replace("lamp", "light")
    return read_report(LONG.format(said, 41, asked + more))


def test_whether_they_were_negotiated_stands_first(text, report):
    assert report.note in text.splitlines()[:3]


def test_the_matrix_is_that_of_the_links(path, report):
    table = Document(path).tables[0]
    heads = [cell.text for cell in table.rows[0].cells]
    shown = {
        (row.cells[0].text.split()[0], heads[at], row.cells[at].text)
        for row in table.rows[1:]
        for at in range(1, len(heads))
        if row.cells[at].text
    }
    units = links_by_unit(link_passages(report), report)
    assert shown == {
        (row.recommendation, row.deliberation, CLEAR if row.verdict == "clear" else TO_READ)
        for row in units[units["linked"]].itertuples()
    }


def test_what_was_dropped_and_what_emerged_is_named_in_the_words_of_the_house(text):
    assert "by name, which says nothing of reasons: 2030 Agenda" in text
    assert "In the recommendations only:" in text
    assert "as the broader term for what was deliberated: Sustainable Development Goals" in text
    assert "dropped" not in text
    assert "emerged" not in text


def test_every_point_without_a_counterpart_is_counted(text):
    assert "Points not found in the recommendations: 3 of 24 sentences; 1 more by a name" in text
    assert "8.2 The Bangkok Rules" in text


def test_it_says_who_checked_the_links_and_where_it_comes_from(text):
    assert "made by language models and not by people" in text
    assert "Made on 2025-01-23" in text


def test_of_a_long_report_it_says_how_much_more_there_is(long_report, tmp_path):
    document = Document(write_brief(long_report, tmp_path / "brief.docx"))
    assert len(document.tables[0].rows) == 13
    assert any("The likest 12 are shown" in paragraph.text for paragraph in document.paragraphs)


def test_control_characters_do_not_break_it(tmp_path):
    report = read_report(LONG.format("1. Speakers \x0b said \ud800 so.\n\n", 2, "(a) Say \x01 so;"))
    assert Document(write_brief(report, tmp_path / "brief.docx")).tables


@pytest.mark.parametrize("wrong", ["brief.pdf", "brief", "brief.xlsx"])
def test_its_name_ends_as_that_of_a_word_file(report, wrong):
    with pytest.raises(ValueError, match=r"ends in \.docx"):
        write_brief(report, wrong)


@pytest.mark.spreadsheet
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
@pytest.mark.parametrize("name", ["report", "long_report"])
def test_it_has_two_pages_at_most(name, request, tmp_path):
    path = write_brief(request.getfixturevalue(name), tmp_path / "brief.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert len(pypdfium2.PdfDocument(tmp_path / "brief.pdf")) <= 2
