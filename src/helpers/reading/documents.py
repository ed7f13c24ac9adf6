"""From a file to clean text, with the way back to every character of the source."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SUFFIXES = (".md", ".txt")
Cut = tuple[int, int, str]


class ReportError(ValueError):
    """A text that cannot be read as the report of a meeting; says what is wrong and what to do."""


@dataclass(frozen=True)
class CleanText:
    """A source and its clean reading.

    Parameters
    ----------
    source : str
        The text as received.
    text : str
        The text without marks, page breaks and invisible characters: one line per paragraph or
        heading, an empty line between two of them.
    origin : numpy.ndarray of int
        For each character of `text`, its position in `source`.
    """

    source: str
    text: str
    origin: np.ndarray

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in `source` of a piece of `text`.

        Parameters
        ----------
        start, end : int
            Offsets into `text`; `end` is exclusive.

        Returns
        -------
        tuple of int
            Start and end in `source`, the end exclusive.

        Examples
        --------
        >>> clean = clean_text("in resolution [77/231](#) of 2022")
        >>> clean.text[14:20], clean.to_source(14, 20)
        ('77/231', (15, 21))
        """
        if start >= end:
            raise ValueError(f"an empty piece of text has no place in the source: {start}-{end}")
        return int(self.origin[start]), int(self.origin[end - 1]) + 1


# What a printed page adds to the text: its document's symbol with a running title, the page's
# number, the number of the print job.
SYMBOL = r"[A-Z]{1,6}(?:/[A-Z\d][\w.-]*)+(?: ?\([^()\n]{1,30}\))?"
PAGE = r"\d{1,3}/\d{1,3}|[Pp]age \d{1,3}|(?:V\.|GE\.)?\d\d-\d{5}(?: ?\([A-Z]\))?|/?\.\.\.|\*\d{7}\*"
FURNITURE = (
    rf"(?m)^[ \t]*(?:(?:{SYMBOL}|{PAGE})(?:[ \t]+(?:{SYMBOL}|{PAGE}))*|{SYMBOL}[ \t]{{2,}}\S.*|"
    rf"\S.*[ \t]{{2,}}{SYMBOL}|Please recycle.*)[ \t]*$"
)
SHORTEST_TITLE = 15  # characters of a line that can be the head of a page
PAGE_BREAK = "\ue000"  # stands in no text: private use
BREAK = f"[\n{PAGE_BREAK}]"
# After these the sentence must go on, whatever letter the next page begins with.
OPEN = (
    "(?<= the)|(?<= of)|(?<= and)|(?<= in)|(?<= to)|(?<= on)|(?<= for)|(?<= against)|(?<= by)|"
    "(?<= with)|(?<= its)|(?<= their)|(?<= or)|(?<= from)|(?<= at)|(?<= as)|(?<= that)|"
    "(?<= United)|(?<=,)"
)
# What is taken out or made plain, in this order. Every replacement is at most as long as what it
# replaces and at most one character, so that the way back stays a list of positions.
PAGE_MARKS = [
    (re.compile(pattern), new)
    for pattern, new in [
        (r"\r\n?|[\f\v\x85\u2028\u2029]", "\n"),
        (r"\u00ad\n?|[\u200b-\u200f\u2060\ufeff]", ""),  # soft hyphens, unprinted characters
        (r"[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]", " "),  # no-break spaces and tabs
        (r"[\u2010\u2011]", "-"),  # hyphens that only forbid a line break
        (r" +\n", "\n"),
        (FURNITURE, PAGE_BREAK),
    ]
]
PAGE_JOINS = [
    (re.compile(pattern), new)
    for pattern, new in [
        (rf"(?={BREAK})(?<=[a-z0-9,]){BREAK}*{PAGE_BREAK}{BREAK}*(?=[a-z])", " "),
        (rf"(?={BREAK})(?:{OPEN}){BREAK}*{PAGE_BREAK}{BREAK}*(?=[A-Z\d])", " "),
        (PAGE_BREAK, ""),
    ]
]
MARKS = [
    (re.compile(pattern), new)
    for pattern, new in [
        (r"\n(?<=[a-z,]\n)\n* *\d{1,3} *\n+(?=[a-z])", " "),  # a page's number in mid-sentence
        # A paragraph's number on a line of its own.
        (r"\n(?:(?<=\n\d\.\n)|(?<=\n\d\d\.\n)|(?<=\n\d\d\d\.\n))\n*(?=\S)", " "),
        (r"(?m)^ *(?:-[- ]*-[- ]*-|_[_ ]*_[_ ]*_|\*[* ]*\*[* ]*\*)[-_* ]*$", ""),  # Markdown rules
        (r"\[(?=[^\[\]\n]*\]\([^()\n]*\))", ""),  # Markdown links: first "[", then "](...)"
        (r"\]\([^()\n]*\)", ""),
        (r"(?m)^ {0,3}#{1,6} +", ""),  # Markdown headings
        (r"\\(?=[\\`*_{}\[\]()#+.!-])", ""),  # Markdown escapes
        (r"\*+", ""),  # emphasis, footnote asterisks
        (r"(?=_)(?:(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w))", ""),  # emphasis
        (r"  +", " "),
        (r" (?<=[a-z] )(?=-[a-z])", ""),  # "Non -custodial", as some conversions have it
        (r"\n ", "\n"),
        (r"\n(?<=\n\n\n)\n*", ""),
        # A paragraph cut by a page break: no full stop before it, a small letter after it. An
        # item's own mark ("a)", "ii.") is no continuation.
        (r"\n\n(?<=[a-z0-9,]\n\n)(?=(?:a|[a-z]{2,})(?:[ ,;’'-]|\Z))", " "),
    ]
]
FOR_NAMES = [
    (re.compile(r"(?<!\n)\n(?!\n)"), " "),
    # "agenda1", "UNODC2", "Corruption,5": up to two digits behind a word, then white space.
    (
        re.compile(
            r"\d{1,2}(?=[\s,.;:)”]|\Z)(?:(?<=[a-z]{3}\d)|(?<=[a-z]{3}\d\d)|(?<=[A-Z]{4}\d)|"
            r"(?<=[A-Z]{4}\d\d)|(?<=[A-Za-z][,.;]\d)|(?<=[A-Za-z][,.;]\d\d))"
        ),
        "",
    ),
    (re.compile(r"–(?<=\w–)(?=\w)"), "-"),
]
LINE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")
# A number, a letter or a bullet, or a heading that such reports set on a line of its own.
NEW_BLOCK = re.compile(
    r"\d{1,3}\.\s|\(?[a-z]{1,4}\)\s|[A-Z]{1,5}\.\s|[•–—|-]|"
    r"(?:Summary|Outcome) of (?:the )?(?:deliberations|discussions?)\n"
)
COMPOUND_CUT = re.compile(r"[^\W\d_]-$")  # "Guinea-" at the end of a line
# Pages are rarely set wider; a file with a longer line has one line per paragraph.
PAGE_WIDTH = 120
FULL_LINE = 0.85  # of the longest line: printed lines end raggedly


def clean_text(source: str) -> CleanText:
    r"""Take marks, page breaks and invisible characters out of a text.

    Parameters
    ----------
    source : str
        Plain text or Markdown, as converted from a printed page.

    Returns
    -------
    CleanText
        The clean text and the way back.

    Examples
    --------
    >>> clean_text("## Viet\u00a0Nam\n\n*The* private\n\nsector").text
    'Viet Nam\n\nThe private sector'
    """
    text, origin = source, np.arange(len(source))
    text, origin = _cut_marks(text, origin, PAGE_MARKS)
    if PAGE_BREAK in text:
        while titles := list(_running_titles(text)):  # a title of two lines goes line by line
            text, origin = _cut(text, origin, iter(titles))
        text, origin = _cut_marks(text, origin, PAGE_JOINS)
    text, origin = _cut_marks(text, origin, MARKS)
    text, origin = _cut(text, origin, _soft_breaks(text))
    start, end = len(text) - len(text.lstrip(" \n")), len(text.rstrip(" \n"))
    return CleanText(source, text[start:end], origin[start:end])


def text_to_match(text: str) -> CleanText:
    r"""Return a reading of clean text in which names can be found, with the way back.

    A paragraph becomes one line, for a name may be broken over two; the digits of footnotes that
    are glued to a word are left out; an en dash within a word is a hyphen.

    Parameters
    ----------
    text : str
        Clean text.

    Returns
    -------
    CleanText
        The reading; its `source` is `text`.

    Examples
    --------
    >>> text_to_match("the 2030 Agenda1 and the Tokyo\nRules,12 as noted").text
    'the 2030 Agenda and the Tokyo Rules, as noted'
    """
    source, origin = text, np.arange(len(text))
    text, origin = _cut_marks(text, origin, FOR_NAMES)
    return CleanText(source, text, origin)


def read_text(path: str | Path) -> str:
    """Read a text file as UTF-8.

    Parameters
    ----------
    path : str or pathlib.Path
        A ``.md`` or ``.txt`` file.

    Returns
    -------
    str
        The text as it stands in the file, without a byte order mark.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ReportError
        If the file is of another kind, empty, binary or not in UTF-8.

    Examples
    --------
    >>> from helpers.resources import DATA
    >>> read_text(DATA / "reports" / "draft_report_addendum.md").split()[:3]
    ['#', 'General', 'Assembly']
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(
            f"There is no report at {str(path)!r}. Check the spelling and the folder: "
            f"a relative path starts from {Path.cwd().name!r}, the folder you work in."
        )
    if path.suffix.lower() not in SUFFIXES:
        raise ReportError(
            f"{path.name}: a report must be one of {', '.join(SUFFIXES)}, but this file ends in "
            f"{path.suffix!r}. Open it in its own program and save it as plain text (UTF-8)."
        )
    return _decode(path.read_bytes(), path.name)


def _decode(raw: bytes, name: str) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ReportError(f"{name} is in UTF-16. Save it again with the encoding UTF-8.")
    if b"\0" in raw or raw.startswith((b"%PDF", b"PK\x03\x04")):
        raise ReportError(
            f"{name} is not a text file, whatever its ending says. "
            "Open it in its own program and save it as plain text (UTF-8)."
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ReportError(
            f"{name} is not in UTF-8: line {line} holds the byte 0x{raw[error.start]:02x}, which "
            "UTF-8 does not allow there. Save the file again with the encoding UTF-8."
        ) from error
    if not text.strip():
        raise ReportError(f"{name} is empty. Save the report's text into it and try again.")
    return text


def _cut_marks(
    text: str, origin: np.ndarray, marks: list[tuple[re.Pattern[str], str]]
) -> tuple[str, np.ndarray]:
    for pattern, new in marks:
        text, origin = _cut(text, origin, ((*m.span(), new) for m in pattern.finditer(text)))
    return text, origin


def _running_titles(text: str) -> Iterator[Cut]:
    """Yield the lines that stand beside page breaks again and again: heads of pages."""
    beside = re.compile(
        rf"{PAGE_BREAK}\n+([^\n{PAGE_BREAK}]+)(?=\n)|\n([^\n{PAGE_BREAK}]+)(?=\n+{PAGE_BREAK})"
    )
    found = list(beside.finditer(text))
    counts = Counter((match[1] or match[2]).strip() for match in found)
    for match in found:
        group = 1 if match[1] else 2
        title = match[group].strip()
        if counts[title] > 1 and len(title) >= SHORTEST_TITLE:
            yield match.start(group), match.end(group), PAGE_BREAK


def _cut(text: str, origin: np.ndarray, cuts: Iterator[Cut]) -> tuple[str, np.ndarray]:
    """Replace pieces of a text; `cuts` are (start, end, new), in order and not overlapping."""
    pieces, kept, last = [], [], 0
    for start, end, new in cuts:
        pieces += [text[last:start], new]
        kept += [origin[last:start], origin[start : start + len(new)]]
        last = end
    if not pieces:
        return text, origin
    return "".join(pieces) + text[last:], np.concatenate([*kept, origin[last:]])


def _soft_breaks(text: str) -> Iterator[Cut]:
    """Yield the line breaks that only the page's width has made."""
    width = max(map(len, text.split("\n")))
    for found in LINE_BREAK.finditer(text):
        at = found.start()
        before = text[text.rfind("\n", 0, at) + 1 : at]
        after = text[at + 1 : at + 1 + PAGE_WIDTH]
        if _is_soft(before, after, width):
            yield at, at + 1, "" if COMPOUND_CUT.search(before) else " "


def _is_soft(before: str, after: str, width: int) -> bool:
    if NEW_BLOCK.match(after):
        return False
    if after[:1].islower() or COMPOUND_CUT.search(before):
        return True
    # On a page of lines, a line is full when the next word would not have fitted into it.
    first_word = re.split(r"\s", after, maxsplit=1)[0]
    return width <= PAGE_WIDTH and len(before) + 1 + len(first_word) > FULL_LINE * width
