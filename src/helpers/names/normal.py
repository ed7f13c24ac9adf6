"""The normal form in which names are compared, and the way back to what is written.

Texts write one name in many ways: with another apostrophe, hyphen or space, with letters that are
joined, full-width or composed of two signs, broken over two lines, with a footnote's mark glued to
it. The normal form has one way for all of these (Unicode's form NFKC, and what it leaves). It may
be longer than the text ("ﬁ" is "fi") or shorter ("é" may be written as two); each of its characters
knows which piece of the text it stands for.
"""

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

Change = tuple[int, int, str]  # start, end, and what stands there in the normal form

APOSTROPHES = "‘’‛´ʹʻʼʽˈ′‵＇｀\u0092"
HYPHENS = "‐‑‒−﹣－֊⁃⸗"
SLASHES = "⁄∕／"
FIXED = {
    **dict.fromkeys(APOSTROPHES, "'"),
    **dict.fromkeys(HYPHENS, "-"),
    **dict.fromkeys(SLASHES, "/"),
    # Letters whose small form is longer than they are, or that have none of their own.
    "İ": "I",
    "ı": "i",
    "ß": "ss",
    "ẞ": "SS",
}
FIXED |= dict.fromkeys("†‡", "") | dict.fromkeys("\u0093\u0094«»„‟", '"') | {"\u0091": "'"}
KEPT_SIGNS = "“”–—…"
RAISED = ("<super>", "<sub>", "<circle>")  # how Unicode calls what stands for a footnote
# A letter with the marks set upon it, or a sign that is not ASCII.
COMBINING = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
MARKED = re.compile(rf"[^\n{COMBINING}]?[{COMBINING}]+")
MARK = re.compile(rf"[{COMBINING}]")
NOT_PLAIN = re.compile(r"[^\x00-\x7f]")
# Unicode calls text with more marks on one letter than this unsafe; they would be sorted.
MOST_MARKS = 30
# "&amp;", "&#8217;", "&#x2019;": the longest name of HTML has 31 letters.
CHARACTER_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?")
TAGS = "a|b|br|div|em|font|h[1-6]|i|li|ol|p|span|strong|sub|sup|table|td|th|tr|u|ul"
# What is replaced, or the piece of it that is called "cut". Each begins with a sign of its own, and
# looks behind from there: the search is several times faster so.
JOINED = [
    # Addresses and tags: what stands in them is no text.
    (re.compile(r"(?:https?://|www\.)[^\s<>()\[\]]+"), " "),
    (re.compile(rf"</?(?:{TAGS})\b[^<>\n]{{0,200}}>", re.IGNORECASE), " "),
    (re.compile(r"[;:&](?<=[a-zA-Z].)(?=[a-zA-Z])"), " ; "),  # "theft;robbery"
    (re.compile(r"[{}<>|\\^~=]"), " "),  # stand in no name, and may be glued to one
    (re.compile("`"), "'"),
    # A paragraph becomes one line, for a name may be broken over two.
    (re.compile(r"\n(?<!\n\n)(?!\n)"), " "),
    (re.compile(r"/(?<=\d/)(?P<cut>\s+)\d"), ""),
    # Marks of footnotes behind a word: "Rules[12]", "(2004)7", "70/174,3", "70/1.3".
    (
        re.compile(r"\[(?<=\w\[)(?:\d{1,3}|\*)\]|\*(?<=\w\*)\**(?=[\s,.;:)]|\Z)"),
        "",
    ),
    (re.compile(r"\)(?<=\w\))[.,;]?(?P<cut>\d{1,2})(?=[\s,.;:]|\Z)"), ""),
    (re.compile(r"/\d{1,4}[.,;](?P<cut>\d{1,2})(?=[\s,.;:]|\Z)"), ""),
    # "agenda1", "UNODC2", "Corruption,5": up to two digits behind a word, then white space.
    (
        re.compile(
            r"\d{1,2}(?=[\s,.;:)”]|\Z)(?:(?<=[a-z]{3}\d)|(?<=[a-z]{3}\d\d)|(?<=[A-Z]{4}\d)|"
            r"(?<=[A-Z]{4}\d\d)|(?<=[A-Za-z][,.;]\d)|(?<=[A-Za-z][,.;]\d\d))"
        ),
        "",
    ),
    (re.compile(r"Goals? \d{1,2},(?P<cut>\d{1,2})(?=\s)"), ""),
    # What spaCy takes for one word: "1373(2001)", "70/1–70/5", "67/234 B.".
    (re.compile(r"\((?<=\d\()(?=(?:(?:19|20)\d\d|[IVXL]+)\))"), " ("),
    (re.compile(r"[-–—](?<=[\d)].)(?=(?:E?S-)?\d{1,4}(?:/| \()\d)"), " - "),
    (re.compile(r"(?:Goals?|SDGs?) \d{1,2}(?P<cut>[-–—])\d"), " - "),
    (re.compile(r"\.(?<=\d [A-F]\.)(?=\s|\Z)"), " ."),
    (re.compile(r"–(?<=\w–)(?=\w)"), "-"),  # "Timor–Leste"
    (re.compile(r"-(?<=[a-z]-)(?P<cut> )(?!and\b|or\b|to\b)[a-z]{3}"), ""),  # "ill- treatment"
    (re.compile(r"&(?<= &)(?= )"), "and"),
]
# spaCy takes signs off a word one by one, and looks at the whole rest each time: a word of 10,000
# brackets takes seconds. A space behind every 60 of them changes no name, and the time is linear.
LONGEST_WORD = 60
UNBROKEN = re.compile(
    rf"\S{{{LONGEST_WORD}}}[^\W_]{{0,{LONGEST_WORD}}}(?:[^\w\s]|_)(?=\S)"
    rf"|\w{{{2 * LONGEST_WORD}}}(?=\w)"
)


@dataclass(frozen=True)
class NormalForm:
    """A text's normal form and the way back.

    Parameters
    ----------
    source : str
        The text as written.
    text : str
        Its normal form.
    starts, ends : numpy.ndarray of int
        For each character of `text`, where the piece of `source` begins and ends that it stands
        for.
    """

    source: str
    text: str
    starts: np.ndarray
    ends: np.ndarray

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        r"""Return the offsets in `source` of a piece of `text`.

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
        >>> normal = normal_form("the Co\u0302te d\u2019Ivoire")
        >>> normal.text[4:8], normal.to_source(4, 8)
        ('Côte', (4, 9))
        """
        if start >= end:
            raise ValueError(f"an empty piece of text has no place in the source: {start}-{end}")
        return int(self.starts[start]), int(self.ends[end - 1])

    def changed(self, changes: Iterable[Change]) -> "NormalForm":
        """Return the form with pieces replaced; `changes` are in order and do not overlap."""
        pieces, starts, ends, last = [], [], [], 0
        for start, end, new in changes:
            pieces += [self.text[last:start], new]
            starts.append(self.starts[last:start])
            ends.append(self.ends[last:start])
            if len(new) == end - start:
                starts.append(self.starts[start:end])
                ends.append(self.ends[start:end])
            elif new:
                at = self.starts[start] if start < end else self.ends[start - 1]
                starts.append(np.full(len(new), at))
                ends.append(np.full(len(new), self.ends[end - 1]))
            last = end
        if not pieces:
            return self
        return NormalForm(
            self.source,
            "".join(pieces) + self.text[last:],
            np.concatenate([*starts, self.starts[last:]]),
            np.concatenate([*ends, self.ends[last:]]),
        )


def normal_form(text: str) -> NormalForm:
    r"""Return the form of a text in which names can be found, with the way back.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    NormalForm
        One kind of apostrophe, hyphen, space and digit; letters whole; a paragraph on one line;
        no marks of footnotes behind words.

    Examples
    --------
    >>> normal_form("the 2030 Agenda1 and the Tokyo\nRules,12 as noted").text
    'the 2030 Agenda and the Tokyo Rules, as noted'
    >>> normal_form("illicit ﬁnancial ﬂows, resolution 70/174\u00b9 &amp; Guinea\u2212Bissau").text
    'illicit financial flows, resolution 70/174 and Guinea-Bissau'
    """
    places = np.arange(len(text))
    form = NormalForm(text, text, places, places + 1)
    form = form.changed((*m.span(), html.unescape(m[0])) for m in _references(text))
    if MARK.search(form.text):
        form = form.changed((*m.span(), _plain(m[0])) for m in MARKED.finditer(form.text))
    if not form.text.isascii():
        form = form.changed((*m.span(), _plain(m[0])) for m in NOT_PLAIN.finditer(form.text))
    for pattern, new in JOINED:
        cut = "cut" if "cut" in pattern.groupindex else 0
        form = form.changed((*m.span(cut), new) for m in pattern.finditer(form.text))
    if max(map(len, form.text.split()), default=0) > LONGEST_WORD:
        form = form.changed((m.end(), m.end(), " ") for m in UNBROKEN.finditer(form.text))
    return form


def _references(text: str) -> Iterable[re.Match[str]]:
    """Yield the character references of HTML that stand for something."""
    for found in CHARACTER_REFERENCE.finditer(text) if "&" in text else ():
        if html.unescape(found[0]) != found[0]:
            yield found


@lru_cache(maxsize=10_000)
def _plain(piece: str) -> str:
    """Return the normal form of a sign, or of a letter with the marks upon it."""
    if (not piece[0].isalpha() and len(piece) > 1) or len(piece) > MOST_MARKS:
        return _plain(piece[0])
    if len(piece) > 1:
        composed = unicodedata.normalize("NFC", piece)
        return "".join(map(_plain, composed)) if len(composed) < len(piece) else composed
    if piece in FIXED:
        return FIXED[piece]
    if piece.isdecimal():
        return str(unicodedata.decimal(piece))
    category = unicodedata.category(piece)
    if category in ("Cf", "Mn", "Mc", "Me"):
        return ""  # joiners, controls of direction, soft hyphens; marks on no letter
    if unicodedata.decomposition(piece).startswith(RAISED):
        return ""
    form = unicodedata.normalize("NFKC", piece)
    if form.isascii() or category in ("Ll", "Lu", "Lt", "Lm") or piece in KEPT_SIGNS:
        return form if not form[:1].isspace() or piece.isspace() else " "
    return " "  # signs, private use, letters of scripts in which no name is written here
