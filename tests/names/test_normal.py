"""The normal form: one way to write each name, and the way back to what is written."""

import unicodedata

import pytest
from conftest import read_cases
from hypothesis import given
from hypothesis import strategies as st

from helpers import extract_entities
from helpers.names.normal import MOST_MARKS, normal_form

PIECES = st.one_of(
    st.sampled_from(
        ["Viet Nam", "Rules", "1", "12", ",", ".", " ", "\n", "–", "UN", "ﬁ", "e\u0301", "\u0301",
         "&amp;", "&#8217;", "70/1", "†", "[3]", "\u00ad", "\u202a", "İ", "ß", "½", "\ud83d"]
    ),
    st.characters(),
)  # fmt: skip


@pytest.mark.parametrize("case", read_cases("normal_form.csv"), ids=lambda case: case["rule"])
def test_normal_form(case):
    assert normal_form(case["text"]).text == case["normal"]


@given(st.lists(PIECES).map("".join))
def test_each_character_leads_back_to_the_piece_it_stands_for(text):
    form = normal_form(text)
    assert len(form.text) == len(form.starts) == len(form.ends)
    for character, start, end in zip(form.text, form.starts, form.ends, strict=True):
        assert 0 <= start <= end <= len(text)
        if character.isascii() and character.isalnum() and "&" not in text:
            written = unicodedata.normalize("NFKC", text[start:end]).replace("ß", "ss")
            assert character.lower() in written.lower() or not text[start:end].isascii()
    assert (form.starts[1:] >= form.starts[:-1]).all()
    assert (form.ends[1:] >= form.ends[:-1]).all()


@given(st.text(st.characters(codec="ascii"), max_size=40))
def test_plain_letters_and_digits_stay_in_their_order(text):
    kept = [letter for letter in normal_form(text).text if letter.isalpha()]
    left = iter(text if "&" not in text else kept)
    assert all(letter in left for letter in kept)


@given(st.lists(PIECES).map("".join), st.lists(PIECES).map("".join))
def test_a_name_in_any_text_has_the_span_that_is_written(before, after):
    text = f"{before}\n\nSpeakers from Viet Nam agreed.\n\n{after}"
    for row in extract_entities(text).itertuples():
        assert text[row.start : row.end] == row.text


def test_a_letter_with_more_marks_than_unicode_calls_safe_is_the_letter():
    assert normal_form("e" + "\u0301" * (MOST_MARKS + 1)).text == "e"


def test_an_empty_piece_has_no_place():
    with pytest.raises(ValueError, match="no place"):
        normal_form("words").to_source(2, 2)
