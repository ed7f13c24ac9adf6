"""What a Word file says of itself is followed, and what is not its text is said."""

import io
import zipfile
from contextlib import suppress

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from office import NUMBERING, archive, paragraph, run, word_file
from properties import assert_properties

from helpers import read_report
from helpers.reading import ReportError, word_package
from helpers.reading.word import read_word
from helpers.reading.word_lists import Lists
from helpers.reading.word_styles import Style, Styles

COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
TRACKED = 'w:id="1" w:author="A. Clerk" w:date="2026-01-01T00:00:00Z"'
BY = "in a tracked change by A. Clerk"
REPORT = word_file(
    paragraph("Discussion", style="x", more='<w:outlineLvl w:val="0"/>'),
    paragraph("Speakers spoke of lamps.", level=0),
    paragraph("Others spoke of piers.", level=0),
    paragraph("Outcome", more='<w:outlineLvl w:val="0"/>'),
    paragraph("The Meeting recommended:", level=0),
    paragraph("Lamps on all piers;", level=1),
    paragraph("Oil for the lamps.", level=1),
)


def opened(tmp_path, data: bytes):
    path = tmp_path / "my report.docx"
    path.write_bytes(data)
    return read_report(path)


def texts(data: bytes) -> list[str]:
    return [line.text for line in read_word(data, "a.docx")[1]]


def said(data: bytes) -> list[tuple[str, str]]:
    """Return kind and text of what a Word file says was left out or changed."""
    return [(kind, text) for _, kind, _, text, _ in read_word(data, "a.docx")[2]]


def test_a_word_file_becomes_the_same_tables_as_any_report(tmp_path):
    report = opened(tmp_path, REPORT)
    assert report.paragraphs["paragraph"].tolist() == ["1", "2", "3"]
    assert report.paragraphs["part"].tolist() == ["deliberations"] * 2 + ["recommendations"]
    assert report.recommendations["recommendation"].tolist() == ["3(a)", "3(b)"]
    assert report.recommendations["text"].tolist() == ["Lamps on all piers;", "Oil for the lamps."]
    assert report.paragraphs["page"].isna().all()
    assert report.lines["kind"].tolist() == [
        "heading", "paragraph", "paragraph", "heading", "paragraph", "item", "item"
    ]  # fmt: skip
    assert_properties(report)


def test_tracked_changes_are_read_as_accepted_and_said(tmp_path):
    report = opened(
        tmp_path,
        word_file(
            paragraph("Outcome"),
            paragraph(
                "States should ",
                f"<w:del {TRACKED}><w:r><w:delText>never </w:delText></w:r></w:del>",
                f"<w:ins {TRACKED}>{run('always ')}</w:ins>",
                "mend lamps.",
                level=0,
            ),
        ),
    )
    assert report.paragraphs["text"].tolist() == ["States should always mend lamps."]
    rows = report.repairs[["kind", "paragraph", "text", "reason"]].values.tolist()
    assert rows == [
        ["deleted text", "1", "never ", f"was deleted {BY}; it is left out"],
        ["inserted text", "1", "always ", f"was inserted {BY}; it is read as part of the text"],
    ]
    warned = report.warnings.set_index("kind")["message"]
    assert "1 insertion and 1 deletion." in warned["tracked changes"]


def test_what_is_left_out_says_in_which_paragraph_it_stood(tmp_path):
    hidden = run("unseen", "<w:vanish/>")
    typed = word_file(paragraph("\t1.\tOne."), paragraph("\t2.\tTwo", hidden, "."))
    assert opened(tmp_path, typed).repairs["paragraph"].tolist() == ["2"]


def test_a_deleted_paragraph_does_not_count():
    mark = f"<w:rPr><w:del {TRACKED}/></w:rPr>"
    gone = f"<w:del {TRACKED}><w:r><w:delText>Two.</w:delText></w:r></w:del>"
    data = word_file(
        paragraph("One.", level=0),
        paragraph(gone, level=0, more=mark),
        paragraph("Three.", level=0),
    )
    assert texts(data) == ["1. One.", "2. Three."]
    assert said(data) == [("deleted text", "Two.")]


def test_text_whose_paragraph_mark_is_deleted_goes_on_in_the_next_paragraph():
    mark = f"<w:rPr><w:del {TRACKED}/></w:rPr>"
    data = word_file(
        paragraph("One and ", level=0, more=mark),
        paragraph("the same.", level=0),
        paragraph("Two.", level=0),
        paragraph("Last words", more=mark),
    )
    assert texts(data) == ["1. One and the same.", "2. Two.", "Last words"]


def test_hidden_text_comments_and_running_heads_are_left_out_and_said():
    data = word_file(
        paragraph("Seen", run(" and unseen", "<w:vanish/>"), "."),
        header=paragraph("A/CONF.1/2"),
        comments=f'<w:comment w:author="B. Chair">{paragraph("Check this")}</w:comment>',
    )
    assert texts(data) == ["Seen."]
    assert said(data) == [
        ("page head", "A/CONF.1/2"),
        ("hidden text", " and unseen"),
        ("comment", "Check this"),
    ]


def test_the_symbol_is_found_in_a_running_head(tmp_path):
    data = word_file(paragraph("One.", level=0), header=paragraph("A/CONF.1/2"))
    assert opened(tmp_path, data).meta["symbol"] == "A/CONF.1/2"


def test_a_footnote_stands_with_its_paragraph(tmp_path):
    reference = '<w:r><w:footnoteReference w:id="4"/></w:r>'
    own = '<w:r><w:footnoteReference w:id="5" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    notes = "".join(
        f'<w:footnote w:id="{key}">{paragraph(text)}</w:footnote>'
        for key, text in (("4", "See A/1."), ("5", "* Not issued."))
    )
    report = opened(
        tmp_path,
        word_file(
            paragraph("One of 1", reference, " lamp.", level=0),
            paragraph("Two", own, ".", level=0),
            footnotes=notes,
        ),
    )
    assert report.paragraphs["text"].tolist() == ["One of 1 lamp.", "Two."]
    assert report.footnotes[["footnote", "paragraph", "text"]].values.tolist() == [
        ["1", "1", "See A/1."],
        ["*", "2", "Not issued."],
    ]


def test_raised_digits_are_marks_of_footnotes_and_not_exponents():
    raised = '<w:vertAlign w:val="superscript"/>'
    data = word_file(paragraph("Spoken", run("3", raised), " of 4 km", run("2", raised), "."))
    assert texts(data) == ["Spoken of 4 km2."]


def test_a_heading_is_one_by_style_or_outline_level():
    heading = '<w:style w:type="paragraph" w:styleId="Ue1"><w:name w:val="heading 2"/></w:style>'
    data = word_file(
        paragraph("By style", style="Ue1"),
        paragraph("By level", more='<w:outlineLvl w:val="0"/>'),
        paragraph("Text", more='<w:outlineLvl w:val="9"/>'),
        styles=heading,
    )
    assert [line.level for line in read_word(data, "a.docx")[1]] == [2, 1, 0]


def test_a_field_that_never_ends_loses_no_text():
    begin = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>REF x</w:instrText></w:r>'
    assert texts(word_file(paragraph("See ", begin, "code"), paragraph("on."))) == ["See", "on."]


def test_pasted_files_are_said_not_to_be_read():
    data = word_file(paragraph("One."), '<w:altChunk r:id="r9"/>')
    assert [kind for kind, _ in said(data)] == ["part not read"]


@pytest.mark.parametrize(
    ("number", "printed"),
    [("28", "(bb)"), ("0", "(0)"), ("-3", "(a)"), ("x", "(a)"), ("9" * 30, "(a)")],
)
def test_odd_numbers_of_a_list_do_no_harm(number, printed):
    level = (
        f'<w:lvl w:ilvl="0"><w:start w:val="{number}"/><w:numFmt w:val="lowerLetter"/>'
        '<w:lvlText w:val="(%1)"/></w:lvl>'
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="7">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    )
    data = word_file(paragraph("One.", level=0), numbering=numbering)
    assert texts(data) == [f"{printed} One."]


def test_styles_and_lists_that_go_round_in_a_circle_end():
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{own}"><w:basedOn w:val="{other}"/></w:style>'
        for own, other in (("a", "b"), ("b", "a"))
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="a"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    )
    data = word_file(
        paragraph("One.", style="a"), paragraph("Two.", level=0), styles=styles, numbering=numbering
    )
    assert texts(data) == ["One.", "Two."]


def test_a_file_without_lists_has_no_numbers():
    assert Lists(None, Styles(None)).number({"num": "1"}, Style()) == ("", "")


def test_an_underlined_line_is_a_heading(tmp_path):
    underlined = '<w:u w:val="single"/>'
    report = opened(
        tmp_path,
        word_file(paragraph(run("Discussion", underlined)), paragraph("Speakers spoke.", level=0)),
    )
    assert report.paragraphs["section"].tolist() == ["Discussion"]


@pytest.mark.parametrize("written", ["[%1]", "%1.-", "Para. %1:", "(%1)"])
def test_a_number_is_one_however_its_list_writes_it(tmp_path, written):
    data = word_file(
        paragraph("Discussion", more='<w:outlineLvl w:val="0"/>'),
        *[paragraph(f"Speakers spoke of {what}.", level=0) for what in ("lamps", "oil", "piers")],
        numbering=NUMBERING.replace("%1.", written),
    )
    assert opened(tmp_path, data).paragraphs["paragraph"].tolist() == ["1", "2", "3"]


def test_a_table_of_one_short_cell_is_a_heading_in_a_frame():
    cell = f"<w:tbl><w:tr><w:tc>{paragraph('Discussion')}</w:tc></w:tr></w:tbl>"
    box = cell.replace("Discussion", "Speakers spoke.")
    lines = read_word(word_file(cell, paragraph("What was said. " * 9), box), "a.docx")[1]
    assert [line.cell > 0 for line in lines] == [False, False, True]


def test_of_several_ways_to_draw_the_one_that_word_knows_is_read():
    unknown = 'xmlns:x="urn-of-nobody" Requires="x"'
    ways = (
        f'<mc:AlternateContent xmlns:mc="{COMPATIBILITY}"><mc:Choice {unknown}>'
        f"{paragraph('One.')}</mc:Choice><mc:Fallback>{paragraph('Two.')}</mc:Fallback>"
        "</mc:AlternateContent>"
    )
    assert texts(word_file(ways)) == ["Two."]


def test_a_file_that_python_docx_has_made_is_read(tmp_path):
    document = Document()
    document.add_heading("Report of the Meeting on Lamps", level=0)
    document.sections[0].header.paragraphs[0].text = "A/CONF.1/2"
    document.add_heading("Discussion", level=1)
    document.add_paragraph("Speakers spoke of the lamps in the table.", style="List Number")
    table = document.add_table(rows=2, cols=2)
    for at, cell in enumerate([*table.rows[0].cells, *table.rows[1].cells]):
        cell.text = f"Cell {at}"
    document.add_paragraph("Others spoke of piers.", style="List Number")
    document.add_heading("Recommendations", level=1)
    document.add_paragraph("Light the lamps.", style="List Number")
    document.save(tmp_path / "a.docx")
    report = read_report(tmp_path / "a.docx")
    assert (report.title, report.meta["symbol"]) == ("Report of the Meeting on Lamps", "A/CONF.1/2")
    assert report.paragraphs[["paragraph", "text"]].values.tolist() == [
        ["1", "Speakers spoke of the lamps in the table."],
        ["2", "Others spoke of piers."],
        ["3", "Light the lamps."],
    ]
    assert report.lines["kind"].tolist().count("table") == 2
    assert report.recommendations["recommendation"].tolist() == ["3"]


# What is no Word file, or a bad one.


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (REPORT[: len(REPORT) // 2], r"a\.docx: this Word file is damaged or cut off"),
        (archive({"readme.txt": "1. One."}), r"an archive \(\.zip\).*Unpack it"),
        (archive({"xl/workbook.xml": "<x/>"}), "an Excel workbook"),
        (archive({"ppt/presentation.xml": "<x/>"}), "a PowerPoint file"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.text"}), r"\.odt.*save.*\.docx"),
        (archive({"mimetype": "application/epub+zip"}), "an e-book"),
        (archive({"word/document.xml": "<w:document"}), "is not XML as Word writes it"),
        (archive({"word/document.xml": ""}), "damaged"),
        (archive({"word/document.xml": "<a/>"}), "no body of text"),
        (archive({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "made to do harm"),
        (word_file(paragraph("")), "no text was found"),
        (word_file('<w:tbl>' * 300 + '</w:tbl>' * 300), "is not XML as Word writes it"),
    ],
)  # fmt: skip
def test_a_bad_file_gets_its_own_answer(data, message):
    with pytest.raises(ReportError, match=message):
        read_word(data, "a.docx")


def test_an_entity_from_outside_is_not_opened(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words")
    text = f'<!DOCTYPE a [<!ENTITY b SYSTEM "{secret.as_uri()}">]><a>&b;</a>'
    with pytest.raises(ReportError) as raised:
        read_word(archive({"word/document.xml": text}), "a.docx")
    assert "secret words" not in str(raised.value)


def test_a_file_with_a_password_is_told_so():
    data = bytearray(REPORT)
    place = data.index(b"PK\x01\x02")  # the directory's entry of the first file, then each other
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 1)
    with pytest.raises(ReportError, match="asks for a password"):
        read_word(bytes(data), "a.docx")


def test_what_unpacks_to_more_than_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(word_package, "LARGEST", 10_000)
    data = word_file(paragraph("many words " * 2_000, level=0))
    with pytest.raises(ReportError, match="unpacks to more than"):
        read_word(data, "a.docx")


def test_many_files_in_an_archive_are_refused(monkeypatch):
    monkeypatch.setattr(word_package, "MOST_ENTRIES", 3)
    with pytest.raises(ReportError, match="it holds 5 files"):
        read_word(REPORT, "a.docx")


@given(st.integers(0, len(REPORT) - 1), st.integers(0, 255), st.booleans())
def test_a_broken_copy_is_read_or_refused_with_a_message(place, value, cut):
    data = REPORT[:place] if cut else REPORT[:place] + bytes([value]) + REPORT[place + 1 :]
    with suppress(ReportError):
        read_word(data, "a.docx")


PIECES = st.sampled_from(
    [
        "<w:p/>", "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", "<w:sdt><w:sdtContent>",
        "</w:sdtContent></w:sdt>", paragraph("One.", level=0), paragraph("(a) Two;"),
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', paragraph("Table 1"),
        f"<w:ins {TRACKED}/>",
        paragraph("Outcome", more='<w:outlineLvl w:val="3"/>'), paragraph("x", level=99),
        '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>', '<w:p><w:r><w:sym/></w:r></w:p>',
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12))
def test_any_order_of_pieces_is_read_or_refused(pieces):
    try:
        source, lines, _ = read_word(word_file(*pieces), "a.docx")
    except ReportError:
        return
    for line in lines:
        assert "".join(source[at] for at in line.at).split() == line.text.split()


def test_the_parts_may_have_any_names():
    with zipfile.ZipFile(io.BytesIO(REPORT)) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    files["word/text.xml"] = files.pop("word/document.xml")
    files["word/_rels/text.xml.rels"] = files.pop("word/_rels/document.xml.rels")
    files["_rels/.rels"] = files["_rels/.rels"].replace(b"word/document.xml", b"/word/TEXT.xml")
    assert texts(archive(files)) == texts(REPORT)
