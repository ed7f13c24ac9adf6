"""A report in another language is told so; an English one with foreign words is not."""

import csv

import pytest

from helpers import read_report
from helpers.reading import ReportError
from helpers.reading.language import FUNCTION_WORDS, other_language

with FUNCTION_WORDS.open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table))
ENGLISH = "The Meeting took note of the statements made by the representatives of {}. "
CHINESE = "1. 会议注意到各国代表所作的发言，并建议会员国加强合作。\n\n" * 5
ARABIC = "1. أحاط الاجتماع علما بالبيانات التي أدلى بها ممثلو الدول الأعضاء.\n\n" * 5


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["language"])
def test_each_language_is_told_by_its_example(row):
    told = other_language(row["example"] * 5)
    assert told == ("" if row["language"] == "English" else row["language"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["language"])
def test_no_word_stands_twice_in_a_row(row):
    words = row["words"].split("|")
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH.format("Côte d’Ivoire, São Tomé e Príncipe and La Réunion") * 6,
        ENGLISH.format("El Salvador, los Estados Unidos Mexicanos y la República del Perú") * 6,
        ENGLISH.format("Minsk (Минск)") * 6,
        (ENGLISH.format("all States") + "“Les États ont pris note de la question.” ") * 6,
        "Deux mots",
        "1. 2. 3.",
    ],
)
def test_english_with_other_words_in_it_stays_english(text):
    assert other_language(text) == ""


@pytest.mark.parametrize(
    ("text", "language"), [(CHINESE, "Chinese script"), (ARABIC, "Arabic script")]
)
def test_another_script_is_named(text, language):
    assert other_language(text) == language


def test_a_french_report_is_read_and_said_to_be_french():
    text = "Débats\n\n1. " + ROWS[1]["example"] * 4 + "\n\n2. " + ROWS[1]["example"] * 4
    (message,) = read_report(text).warnings.query("kind == 'language'")["message"]
    assert "French" in message
    assert "rules" in message
    assert "English" in message


def test_a_text_without_paragraphs_says_its_language_too():
    with pytest.raises(ReportError, match=r"no numbered paragraph.*in Spanish.*English"):
        read_report(ROWS[2]["example"] * 4 + "\n" + ROWS[2]["example"])
