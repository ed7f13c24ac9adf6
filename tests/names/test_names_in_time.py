"""The time to find names grows with the length of a text, and not faster."""

from time import process_time

import pytest

from helpers import extract_entities

PIECES = {
    "opening brackets": "(",
    "closing brackets": ")",
    "quotation marks": "“",
    "typed quotation marks": '"',
    "emoji": "\U0001f600",
    "families of emoji": "\U0001f469\u200d\U0001f469\u200d\U0001f467",
    "underscores": "_",
    "dashes": "–",
    "letters": "a",
    "capitals": "Aa",
    "digits": "1",
    "accents that stand apart": "e\u0301",
    "marks on one letter": "\u0301\u0323",
    "references of HTML": "&amp;",
    "spaces between": " " * 40 + "x",
    "titles without end": "Convention on ",
    "titles within titles": "Convention on the Convention for ",
    "titles of places": "Global Plan of Action ",
    "capitalized words": "General ",
    "resolutions without number": "resolution ",
    "lists of resolutions": "resolutions 70/1, ",
    "goals": "Goals 5 and ",
    "acts": "illicit trafficking in ",
    "acts in a list": "smuggling of and ",
    "violence": "violence against ",
    "States": "Viet Nam, ",
    "persons": "Ms. ",
    "words": "of the ",
}
ENOUGH = 0.05  # seconds that can be measured


def seconds(piece: str, count: int) -> float:
    """Return the time that a text of so many pieces takes."""
    text = piece * count
    start = process_time()
    extract_entities(text)
    return process_time() - start


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_four_times_the_text_takes_less_than_eight_times_as_long(piece):
    count = 250
    while seconds(piece, count) < ENOUGH and count < 16_000:
        count *= 2
    once = min(seconds(piece, count) for _ in range(3))
    assert any(seconds(piece, 4 * count) < 8 * once + ENOUGH for _ in range(3))
