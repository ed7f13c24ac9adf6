"""Clean text: marks and page breaks go, words stay, every character knows where it came from."""

from contextlib import suppress

import pytest
from conftest import read_cases
from hypothesis import assume, given
from hypothesis import strategies as st

from helpers.reading.documents import ReportError, clean_text, read_text

REPLACED = {" ", "\n", "-"}  # what spaces, line ends and hyphens of all kinds are read as
MARKS = st.sampled_from(
    ["\u00ad", "\u00a0", "*", "_", "#", " ", "\n", "\r\n", "[", "](#)", "---", "\\", "a", "B", "1."]
)


@pytest.mark.parametrize("case", read_cases("clean_text.csv"), ids=lambda case: case["rule"])
def test_clean_text(case):
    assert clean_text(case["source"]).text == case["clean"]


@given(st.lists(MARKS | st.text(max_size=5)).map("".join))
def test_every_character_of_the_clean_text_stands_in_the_source_in_order(source):
    clean = clean_text(source)
    assert len(clean.origin) == len(clean.text)
    for at, character in zip(clean.origin, clean.text, strict=True):
        assert source[at] == character or character in REPLACED
    assert all(
        before < after for before, after in zip(clean.origin, clean.origin[1:], strict=False)
    )


@given(st.lists(MARKS | st.text(max_size=5)).map("".join))
def test_no_letter_or_digit_is_lost(source):
    assume("](" not in source)  # a link's address is no text
    kept = [letter for letter in clean_text(source).text if letter.isalnum()]
    assert kept == [letter for letter in source if letter.isalnum()]


def test_a_piece_of_clean_text_leads_back_to_its_source():
    clean = clean_text("the *Tokyo\nRules*, noted")
    start = clean.text.index("Tokyo Rules")
    assert clean.source[slice(*clean.to_source(start, start + 11))] == "Tokyo\nRules"


def test_an_empty_piece_has_no_place_in_the_source():
    with pytest.raises(ValueError, match="empty piece"):
        clean_text("words").to_source(2, 2)


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no report at .*typo\.md.*Check the spelling"):
        read_text(tmp_path / "typo.md")


def test_a_folder_is_no_report(tmp_path):
    with pytest.raises(FileNotFoundError, match="no report"):
        read_text(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.md", b"", "a.md is empty"),
        ("a.md", b" \n\n", "a.md is empty"),
        ("a.md", b"%PDF-1.7 ...", "not a text file"),
        ("a.md", b"PK\x03\x04zip", "not a text file"),
        ("a.txt", b"1. One\0two", "not a text file"),
        ("a.txt", "1. Öne".encode("utf-16"), "UTF-16"),
        ("a.txt", "1. One.\n2. C\xf4te".encode("latin-1"), "line 2 holds the byte 0xf4"),
        ("a.pdf", b"%PDF", "must be one of .md, .txt"),
    ],
)
def test_a_file_that_is_no_text_gets_its_own_message(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ReportError, match=message):
        read_text(tmp_path / name)


def test_a_byte_order_mark_is_no_text(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf1. One.")
    assert read_text(tmp_path / "a.txt") == "1. One."


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused_with_a_message(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("fuzz") / "any.txt"
    path.write_bytes(content)
    with suppress(ReportError):
        assert read_text(path).strip()
