"""The language that a report is written in: the rules are English."""

import csv
import re
import unicodedata
from collections import Counter
from functools import lru_cache

from helpers.resources import LANGUAGE

FUNCTION_WORDS = LANGUAGE / "function_words.csv"
LOOKED_AT = 200_000  # characters that are enough to tell
FEWEST = 40  # words from which a language is told
WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def _function_words() -> dict[str, frozenset[str]]:
    with FUNCTION_WORDS.open(encoding="utf-8", newline="") as table:
        return {
            row["language"]: frozenset(row["words"].split("|")) for row in csv.DictReader(table)
        }


def other_language(text: str) -> str:
    """Return the language or script of a text that is not in English; "" where it is, or may be.

    Parameters
    ----------
    text : str
        The text; the share of each language's function words decides, and the letters' script.

    Returns
    -------
    str
        "French", "Arabic script", ...

    Examples
    --------
    >>> other_language("La Réunion a pris note des déclarations qui ont été faites. " * 5)
    'French'
    >>> other_language("The Meeting heard statements by Côte d’Ivoire and the Lao Republic. " * 4)
    ''
    """
    sample = text[:LOOKED_AT]
    scripts = Counter(_script(letter) for letter in sample if letter.isalpha())
    script = scripts.most_common(1)[0][0] if scripts else "LATIN"
    if script != "LATIN" and scripts.total() >= FEWEST:
        return f"{NAMES.get(script, script.capitalize())} script"
    words = Counter(WORD.findall(sample.lower()))
    if words.total() < FEWEST:
        return ""
    shares = {
        language: sum(words[word] for word in known)
        for language, known in _function_words().items()
    }
    best = max(shares, key=lambda language: shares[language])
    return best if shares[best] > 2 * shares["English"] else ""


NAMES = {"CJK": "Chinese", "HANGUL": "Korean", "HIRAGANA": "Japanese", "KATAKANA": "Japanese"}


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "LATIN").split(" ", 1)[0].removesuffix("-")
