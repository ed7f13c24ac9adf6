"""Time grows with the length of a text, and not faster."""

from time import process_time

import pytest

from helpers import read_report

LENGTHS = {
    "blank lines": "\n",
    "spaces": " " * 40,
    "no-break spaces": "\u00a0" * 40,
    "blank lines with no-break spaces": "\u00a0\n",
    "soft hyphens": "soft\u00adly ",
    "page heads": "1. Speakers spoke of the\n\nA/LAMPS/2031/7\n\n2/9\n\nlamps.\n\n",
    "page breaks": "and so it\n\f",
    "numbered paragraphs": "{n}. Speakers spoke of lamps.\n\n",
    "the same number": "7. Speakers spoke of lamps.\n\n",
    "headings": "A. Lamps\n\n{n}. Speakers spoke.\n\n",
    "headings without paragraphs": "Discussion\n\n",
    "hyphens at line ends": "the har-\nbours of the north and of the\nsouth\n",
    "items": "(a) Act on lamps;\n",
    "footnotes": "Speakers spoke of lamps.7\n\n______\n   7 See the list.\n\n",
    "one long line": "Speakers spoke of lamps; ",
    "paragraphs in one line": "{n}. Speakers spoke of lamps. ",
    "sentences": "Speakers spoke. Others did not. ",
    "leaders": "I. Lamps . . . . . . . . . . {n}\n",
    "annexes": "Annex\n\n1. Speakers spoke of lamps.\n\n",
    "bullets": "• Speakers spoke of lamps;\n",
    "Markdown headings": "## Discussion\n\n{n}. Speakers spoke.\n\n",
    "Markdown bold": "**{n}.** Speakers **spoke** of *lamps*.\n\n",
    "Markdown lists": "- one [link](https://example.org)\n",
    "Markdown comments": "<!-- page {n} -->\n\nof lamps\n\n",
    "open brackets": "[a **b",
    "open comments": "<!-- ",
}
ENOUGH = 0.05  # seconds that can be measured


def seconds(piece: str, count: int) -> float:
    """Return the time that reading a text of so many pieces takes."""
    text = "# Lamps\n\n" if piece.startswith(("#", "**", "- ", "<!", "[")) else "Lamps\n\n"
    text += "1. Speakers spoke.\n\n2. Others did.\n\n"
    text += "".join(piece.replace("{n}", str(n)) for n in range(3, count + 3)) + "\n"
    start = process_time()
    read_report(text)
    return process_time() - start


@pytest.mark.parametrize("piece", LENGTHS.values(), ids=LENGTHS)
def test_time_grows_with_length_and_not_faster(piece):
    count = 250
    while seconds(piece, count) < ENOUGH and count < 64_000:
        count *= 2
    once = min(seconds(piece, count) for _ in range(3))
    assert any(seconds(piece, 4 * count) < 8 * once for _ in range(3))
