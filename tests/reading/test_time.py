"""Time grows with the length of a text, and not faster."""

from time import process_time

import pytest
from office import paragraph, run, word_file

from helpers import read_report
from helpers.reading.web import read_web
from helpers.reading.word import read_word

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
    "dots": ".",
    "dots and blanks": ". ",
}
# By what a Word file or web page repeats.
WORD_FILES = {
    "paragraphs": (paragraph("Speakers spoke.", level=0), ""),
    "runs of a paragraph": (run("Speakers spoke. "), "w:p"),
    "rows of a table": (f"<w:tr><w:tc><w:p/></w:tc><w:tc>{paragraph('1')}</w:tc></w:tr>", "w:tbl"),
    "hidden text": (paragraph(run("unseen", "<w:vanish/>")), ""),
    "deleted paragraphs": (paragraph("x", more='<w:rPr><w:del w:author="A"/></w:rPr>'), ""),
    "fields that never end": (paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>'), ""),
}
WEB_PAGES = {
    "paragraphs": "<p>1. Speakers spoke.",
    "items": "<ol><li>Speakers spoke.</ol>",
    "one list": "<li>Speakers spoke.",
    "rows": "<table><tr><td>1.<td>Speakers spoke.</table>",
    "breaks": "Speakers spoke.<br>",
    "inline tags": "<b>Speakers</b> <i>spoke</i> ",
    "marks of footnotes": "<a href=#a>1</a><p id=a>",
    "hidden text": "<p hidden>unseen",
    "classes": "<p class='menu top' id=x>One",
}
ENOUGH = 0.05  # seconds that can be measured


def word_seconds(case: tuple[str, str], count: int) -> float:
    """Return the time that reading a Word file of so many pieces takes, in one element or none."""
    piece, within = case
    body = f"<{within}>{piece * count}</{within}>" if within else piece * count
    data = word_file(body, paragraph("x"))
    start = process_time()
    read_word(data, "a.docx")
    return process_time() - start


def web_seconds(piece: str, count: int) -> float:
    """Return the time that reading a web page of so many pieces takes."""
    data = ("<style>.menu {list-style: none}</style><p>x" + piece * count).encode()
    start = process_time()
    read_web(data, "a.html")
    return process_time() - start


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
    assert is_linear(seconds, piece)


@pytest.mark.parametrize("case", WORD_FILES.values(), ids=WORD_FILES)
def test_the_time_of_a_word_file_grows_with_its_length_and_not_faster(case):
    assert is_linear(word_seconds, case)


@pytest.mark.parametrize("piece", WEB_PAGES.values(), ids=WEB_PAGES)
def test_the_time_of_a_web_page_grows_with_its_length_and_not_faster(piece):
    assert is_linear(web_seconds, piece)


def is_linear(seconds, piece) -> bool:
    """Return whether four times the pieces take less than eight times as long."""
    count = 250
    while seconds(piece, count) < ENOUGH and count < 64_000:
        count *= 2
    once = min(seconds(piece, count) for _ in range(3))
    return any(seconds(piece, 4 * count) < 8 * once for _ in range(3))
