"""The lines of a plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.reading.text import read_lines

PIECES = st.sampled_from(
    [
        "a", "Two words.", "1. ", " ", "   ", "\t", "\u00a0", "\u2009", "\u00ad", "\u200b",
        "\ufeff", "\u2011", "\n", "\r\n", "\r", "\f", "\v", "\u2028", "\x85", "é", "\U0001f600",
    ]
)  # fmt: skip


def words(source: str) -> list[str]:
    return [line.text for line in read_lines(source)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_end_ends_a_line(end):
    assert words(f"One.{end}Two.") == ["One.", "Two."]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("  two  spaces ", "two spaces"),
        ("a\u00a0no-break\u2009space", "a no-break space"),
        ("a\ttab", "a tab"),
        ("soft\u00adly", "softly"),
        ("zero\u200bwidth", "zerowidth"),
        ("non\u2011breaking", "non-breaking"),
        ("\ufeffReport", "Report"),
    ],
)
def test_a_line_has_single_spaces_and_no_unprinted_characters(source, text):
    assert words(source) == [text]


def test_empty_lines_are_the_gap_above_the_next():
    assert [line.gap for line in read_lines("One.\nTwo.\n\n \n\nThree.")] == [0, 0, 3]


def test_blanks_and_tabs_at_the_head_are_the_indent():
    assert [line.indent for line in read_lines("One.\n  Two.\n\tThree.\n \tFour.")] == [0, 2, 8, 8]


def test_form_feeds_count_pages():
    assert [line.page for line in read_lines("One.\n\fTwo.\fThree.")] == [1, 2, 3]


def test_a_text_without_form_feeds_has_no_pages():
    assert [line.page for line in read_lines("One.\nTwo.")] == [None, None]


def test_wide_holes_are_columns():
    assert [line.columns for line in read_lines("a   b\tc\na b  c\n   a")] == [2, 0, 0]


def test_a_soft_hyphen_at_the_end_divides_a_word():
    assert [line.divided for line in read_lines("crimi\u00ad\nnal-\nlaw")] == [True, False, False]


@given(st.lists(PIECES).map("".join))
def test_every_character_stands_in_the_source_where_it_is_said_to(source):
    last = -1
    for line in read_lines(source):
        assert len(line.at) == len(line.text)
        for at, character in zip(line.at, line.text, strict=True):
            same = source[at] == character
            assert same or (character == " " and source[at].isspace()) or source[at] == "\u2011"
            assert at > last
            last = at


@given(st.lists(PIECES).map("".join))
def test_every_printed_character_is_in_a_line(source):
    taken = {at for line in read_lines(source) for at in line.at}
    left = {source[at] for at in range(len(source)) if at not in taken}
    assert not any(character.isalnum() or character in ".-" for character in left)
