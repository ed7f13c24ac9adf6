"""What every format hands over: the lines of a document in reading order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace


class ReportError(ValueError):
    """A text that cannot be read as the report of a meeting; says what is wrong and what to do."""


@dataclass(frozen=True)
class Line:
    """A line of a document, as its format gives it.

    Parameters
    ----------
    text : str
        Its words, with single spaces, without marks of the format and unprinted characters.
    at : sequence of int
        For each character of `text`, its position in the source.
    page : int, optional
        The page it stands on, counted from 1; missing where there are no pages.
    gap : float
        Empty space above it, in lines.
    indent : float
        Where it begins: characters in a text, points on a page.
    size : float
        The size of its letters, 1 being that of the running text.
    bold, italic : bool
        Whether most of its letters are.
    level : int
        How deep a heading it is where the format says so, 1 outermost; 0: it does not say.
    columns : int
        Wide holes within the line: the cells of a table's row, less one.
    place : float, optional
        How high it stands on its page, from 0 (foot) to 1 (head).
    divided : bool
        Whether a word is divided at its end, where the format knows.
    cell : int
        In which cell of a table, or box, it stands, where the format knows; 0: in none.
    note : str
        The mark of the footnote that it is, where the format says so.
    parted : bool
        Whether a rule of its own ("* * *", "____") stands above it.
    item : str
        The number, letter or Roman numeral that its list gives it, where the format counts lists.
    """

    text: str
    at: Sequence[int]
    page: int | None = None
    gap: float = 0.0
    indent: float = 0.0
    size: float = 1.0
    bold: bool = False
    italic: bool = False
    level: int = 0
    columns: int = 0
    place: float | None = None
    divided: bool = False
    cell: int = 0
    note: str = ""
    parted: bool = False
    item: str = ""

    @property
    def start(self) -> int:
        """Where it begins in the source."""
        return self.at[0]

    def piece(self, start: int, end: int | None = None) -> "Line":
        """Return a part of the line as one of its own, without the white space around it."""
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        words = words.strip()
        gap = self.gap if start == 0 else 0.0
        return replace(self, text=words, at=self.at[start : start + len(words)], gap=gap)


# What is in a source and not in its text, or was changed: position, kind, page, text, reason.
Repair = tuple[int, str, int | None, str, str]
NARROWEST_PAGE = 40  # characters: shorter lines are not broken by a page's width
WIDEST_PAGE = 130  # characters: a file with longer lines has one line per paragraph


def page_width(lines: Sequence[Line]) -> int:
    """Return how many characters a full line of a text has; 0 where lines are not broken by width.

    Parameters
    ----------
    lines : sequence of Line
        The lines of a text.
    """
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[int(0.98 * (len(lengths) - 1))] if lengths else 0
    return width if NARROWEST_PAGE <= width <= WIDEST_PAGE else 0


# Unprinted characters: soft hyphens, joiners, controls of direction, byte order marks.
UNPRINTED = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]"
)
SPACES = frozenset(" \t\u00a0\u1680\u202f\u205f\u3000") | {
    chr(code) for code in range(0x2000, 0x200B)
}
# "Non -custodial", as some conversions have it.
BEFORE_HYPHEN = re.compile(r"(?<=[a-z]) (?=-[a-z])")
OTHER_SPACES = re.escape("".join(sorted(SPACES - {" "})))
IRREGULAR = re.compile(rf"{BEFORE_HYPHEN.pattern}|{UNPRINTED.pattern}|[{OTHER_SPACES}]|  ")
PLAIN = str.maketrans({"\u2010": "-", "\u2011": "-"})  # hyphens that only forbid a line break


def tidy(raw: str, start: int) -> tuple[str, Sequence[int]]:
    """Return a line's words with single spaces, and where each character stands.

    Parameters
    ----------
    raw : str
        The line as it stands in the source.
    start : int
        Where it begins there.

    Returns
    -------
    str
        The words.
    sequence of int
        A position in the source for each character.
    """
    left = len(raw) - len(raw.lstrip())
    raw, start = raw.strip(), start + left
    if not IRREGULAR.search(raw):
        return raw.translate(PLAIN), range(start, start + len(raw))
    text: list[str] = []
    at: list[int] = []
    for offset, character in enumerate(raw):
        if UNPRINTED.match(character):
            continue
        if BEFORE_HYPHEN.match(raw, offset):
            continue
        if character in SPACES:
            character = " "
            if text and text[-1] == " ":
                continue
        text.append(character)
        at.append(start + offset)
    words = "".join(text).translate(PLAIN)
    left = len(words) - len(words.lstrip())
    words = words.strip()
    return words, at[left : left + len(words)]
