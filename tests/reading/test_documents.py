"""From bytes to text: formats, encodings, and what is said of files that cannot be read."""

from contextlib import suppress

import pytest
from conftest import read_cases
from hypothesis import given
from hypothesis import strategies as st
from printed import printed

from helpers import read_report
from helpers.reading import ReportError, clean_text, documents
from helpers.reading.documents import decode, read_document

REPLACED = {" ", "\n", "-"}  # what spaces, line ends and hyphens of all kinds are read as
MARKS = st.sampled_from(
    ["\u00ad", "\u00a0", "*", "_", "#", " ", "\n", "\r\n", "[", "](#)", "---", "\\", "a", "B", "1."]
)
PLAIN = "Discussion\n\n1. Côte d’Ivoire spoke of crime – and of the élan of its “youth”.\n"


# Formats are known by their content.


@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a.md", "a"])
def test_a_pdf_is_one_whatever_its_name(tmp_path, name):
    (tmp_path / name).write_bytes(printed([[(72, 700, "1. Speakers spoke.")]]))
    assert read_document(tmp_path / name).kind == "PDF"


@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a.md", "a"])
def test_a_markdown_text_is_one_whatever_its_name(tmp_path, name):
    (tmp_path / name).write_text("# Outcome\n\n1. **Speakers** spoke.\n", encoding="utf-8")
    assert read_document(tmp_path / name).kind == "Markdown"


@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a.md", "a.docx"])
def test_a_plain_text_is_one_whatever_its_name(tmp_path, name):
    (tmp_path / name).write_text("Outcome\n\n1. Speakers spoke.\n", encoding="utf-8")
    assert read_document(tmp_path / name).kind == "text"


def test_what_stands_before_a_pdf_does_not_hide_it(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\r\n\r\n" + printed([[(72, 700, "1. Speakers spoke.")]]))
    assert read_document(tmp_path / "a.txt").kind == "PDF"


def test_a_text_is_given_itself_if_it_has_more_than_one_line():
    assert read_document("1. One.\r2. Two.").name == "The text"


def test_what_is_neither_path_nor_text_is_refused():
    with pytest.raises(TypeError, match="this is of the type int"):
        read_document(7)


# Encodings are found, and said.


@pytest.mark.parametrize(
    ("codec", "mark", "encoding"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8", b"\xef\xbb\xbf", "UTF-8"),
        ("utf-16-le", b"\xff\xfe", "UTF-16"),
        ("utf-16-be", b"\xfe\xff", "UTF-16"),
        ("utf-16-le", b"", "UTF-16"),
        ("utf-16-be", b"", "UTF-16"),
        ("utf-32-le", b"\xff\xfe\0\0", "UTF-32"),
        ("cp1252", b"", "Windows-1252"),
        ("mac_roman", b"", "Mac Roman"),
    ],
)
def test_an_encoding_is_found_by_the_bytes(codec, mark, encoding):
    assert decode(mark + PLAIN.encode(codec), "a.txt") == (PLAIN, encoding)


@pytest.mark.parametrize(
    ("words", "codec"),
    [
        ("1. Members of the Centro para la Prevención spoke of niños y jóvenes.", "cp1252"),
        ("1. Members of the Centro para la Prevención spoke of niños y jóvenes.", "mac_roman"),
        ("1. The “Tokyo Rules” – as they’re called – were recalled by São Tomé.", "cp1252"),
        ("1. The “Tokyo Rules” – as they’re called – were recalled by São Tomé.", "mac_roman"),
        ("1. Türkiye’s délégation agreed.", "cp1252"),
        ("1. Türkiye’s délégation agreed.", "mac_roman"),
    ],
)
def test_the_two_old_encodings_are_told_apart(words, codec):
    assert decode(words.encode(codec), "a.txt")[0] == words


def test_an_encoding_other_than_utf_8_is_said(tmp_path):
    (tmp_path / "a.txt").write_bytes(PLAIN.encode("cp1252"))
    warnings = read_report(tmp_path / "a.txt").warnings.set_index("kind")["message"]
    assert "it was read as Windows-1252" in warnings["encoding"]


def test_utf_8_is_not_worth_saying(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + PLAIN.encode())
    report = read_report(tmp_path / "a.txt")
    assert "encoding" not in set(report.warnings["kind"])
    assert report.text.startswith("Discussion")


def test_characters_that_were_lost_before_are_said():
    report = read_report("1. C\ufffdte d'Ivoire spoke.\n\n2. Others spoke.")
    assert report.warnings["message"].str.contains("1 character.* lost").any()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_line_ends_are_read_alike(tmp_path, end):
    (tmp_path / "a.txt").write_bytes(f"Discussion{end}{end}1. One.{end}{end}2. Two.{end}".encode())
    assert read_report(tmp_path / "a.txt").text == "Discussion\n\n1. One.\n\n2. Two."


# What cannot be read is refused with a message of its own.


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "a.txt is empty"),
        (b" \n\n", "a.txt is empty"),
        (b"\xef\xbb\xbf", "a.txt is empty"),
        (b"PK\x03\x04zip", r"a\.txt: this Word file is damaged or cut off"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", r"an old Office file.*save it as \.docx"),
        (rb"{\rtf1\ansi 1. One.}", r"a rich text file.*save it as \.docx"),
        (b"MIME-Version: 1.0\n\n1. One.", r"a web archive.*save it as \.docx or \.html"),
        (b"\x89PNG\r\n\x1a\n", "a picture.*character recognition"),
        (b"\xff\xd8\xff\xe0JFIF", "a picture"),
        (b"GIF89a", "a picture"),
        (b"II*\0 tiff", "a picture"),
        (b"1. One\0two, three.", "not a text file"),
        (bytes(200), "not a text file"),
        (b"\xff\xfe1\0.\0 ", "cannot be read as UTF-16"),
    ],
)
def test_a_file_that_is_no_text_gets_its_own_message(tmp_path, content, message):
    (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(ReportError, match=message):
        read_report(tmp_path / "a.txt")


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no report at .*typo\.md.*Check the spelling"):
        read_report(tmp_path / "typo.md")


def test_a_folder_is_no_report(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"is a folder.*report\.docx"):
        read_report(tmp_path)


def test_a_device_is_no_report():
    with pytest.raises(ReportError, match="no file but a device or a pipe"):
        read_report("/dev/zero")


def test_a_link_that_leads_nowhere_is_said_to(tmp_path):
    (tmp_path / "a.docx").symlink_to(tmp_path / "gone.docx")
    with pytest.raises(FileNotFoundError, match="a link to a file that does not exist"):
        read_report(tmp_path / "a.docx")


@pytest.mark.parametrize("limit", ["LARGEST_FILE", "LARGEST_TEXT"])
def test_what_is_beyond_the_limits_is_refused(tmp_path, monkeypatch, limit):
    (tmp_path / "a.txt").write_text(PLAIN, encoding="utf-8")
    assert read_report(tmp_path / "a.txt").text
    monkeypatch.setattr(documents, limit, 20)
    with pytest.raises(ReportError, match=r"a\.txt is too l.* up to 20 are read.*chapters"):
        read_report(tmp_path / "a.txt")


@pytest.mark.parametrize(
    ("held", "message"),
    [
        ("EncryptedPackage", "asks for a password"),
        ("WordDocument", r"an old Word file \(\.doc\).*save it as \.docx"),
        ("Workbook", "an Excel workbook"),
        ("PowerPoint Document", "a PowerPoint file"),
    ],
)
def test_an_old_office_file_is_told_by_what_it_holds(tmp_path, held, message):
    (tmp_path / "a.docx").write_bytes(documents.OFFICE + bytes(500) + held.encode("utf-16-le"))
    with pytest.raises(ReportError, match=message):
        read_report(tmp_path / "a.docx")


def test_a_word_file_in_one_piece_of_xml_is_told_what_to_do(tmp_path):
    text = '<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>\n<w:x/>'
    (tmp_path / "a.xml").write_text(text)
    with pytest.raises(ReportError, match=r"in a single piece of XML.*save it as \.docx"):
        read_report(tmp_path / "a.xml")


def test_a_text_in_one_long_line_is_no_path():
    with pytest.raises(FileNotFoundError, match="must have more than one line"):
        read_report("1. Speakers spoke. " * 300)


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused_with_a_message(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("fuzz") / "any.txt"
    path.write_bytes(content)
    with suppress(ReportError):
        assert read_document(path).source.strip()


@given(st.text(min_size=1, max_size=80), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_what_a_byte_order_mark_or_utf_8_says_is_read_as_it_was_written(text, codec):
    if "\0" not in text and not text.startswith("\ufeff"):
        assert decode(text.encode(codec), "any.txt")[0] == text


# Clean text, and the way back to its source.


@pytest.mark.parametrize("case", read_cases("clean_text.csv"), ids=lambda case: case["rule"])
def test_clean_text(case):
    assert clean_text(case["source"]).text == case["clean"]


@given(st.lists(MARKS | st.text(max_size=5)).map("".join))
def test_every_character_of_the_clean_text_stands_in_the_source_in_order(source):
    clean = clean_text(source)
    assert len(clean.origin) == len(clean.text)
    for at, character in zip(clean.origin, clean.text, strict=True):
        assert clean.source[at] == character or character in REPLACED
    assert all(
        before <= after for before, after in zip(clean.origin, clean.origin[1:], strict=False)
    )


def test_a_piece_of_clean_text_leads_back_to_its_source():
    clean = clean_text("the *Tokyo\nRules*, noted")
    start = clean.text.index("Tokyo Rules")
    assert clean.source[slice(*clean.to_source(start, start + 11))] == "Tokyo\nRules"


def test_a_word_that_was_divided_leads_back_to_both_its_parts():
    clean = clean_text("for the harbours of the north, and the north har-\nbours too.")
    start = clean.text.rindex("harbours")
    assert clean.source[slice(*clean.to_source(start, start + 8))] == "har-\nbours"


def test_an_empty_piece_has_no_place_in_the_source():
    with pytest.raises(ValueError, match="empty piece"):
        clean_text("words").to_source(2, 2)
