"""What a line of such a report begins or ends with: numbers, letters, labels, full stops."""

import re

ROMAN = r"[IVXLC]+"
# "5.", "4 bis.", "5 .", "5)", "(5)", "5," (a misprint), "- 5.", "[5. Draft text]", or "5" before a
# capital or alone on its line.
NUMBERED = re.compile(
    r"(?:[-–—•·*] )?(?:\(|\[(?=\d{1,3}\. ?[A-Z“]))?(?P<number>\d{1,5})"
    r"(?P<suffix>(?: (?:bis|ter|quater)|[A-F])(?=[.)]))?"
    r"(?: ?(?P<stop>[.),．])(?=\s|[A-Z“‘\"(\[]|$)|(?=$| [A-Z“‘\"(\[]))\s*"
)
# "5.-", "5 –", "5:", "[5]": as templates of some offices have it, where nothing else is numbered.
ODD_NUMBER = re.compile(r"\[?(?P<number>\d{1,3})(?:\]|\.? ?[-–—]|:)\s*(?=[A-Z“‘])")
# "16.1", "113.2.", "3.1.2".
SECTIONED = re.compile(
    r"(?:[-–—•·*] )?(?P<section>\d{1,3}(?:\.\d{1,3})?)\.(?P<number>\d{1,4})"
    r"(?:\.(?!\d))?(?=\s|[A-Z“‘\"]|$)\s*"
)
LETTERED = re.compile(r"(?:[-–—•·*▪●] ?)?\(?(?P<letter>[a-z]{1,4})\)(?: |(?=[A-Z“‘]|$))")
BULLET = re.compile(r"[•·▪●○–—*-](?: |$)")
ITEM = re.compile(r"\(?[a-z]{1,4}\)|[•·▪●]")
# "II. ", "A. ", "3. ", "2.1 ", "A.1. ": the label of a heading.
OUTLINE = re.compile(
    rf"(?:(?P<digit>(?:[A-Z]\.)?\d{{1,3}}(?:\.\d{{1,2}})?)|(?P<roman>{ROMAN})|(?P<letter>[A-Z]))"
    r"(?:\. ?|\) ?| – |(?<=\d) )(?=[A-Z“‘\"'(\d])"
)
LABEL_ALONE = re.compile(rf"(?:{ROMAN}|[A-Z])\.")  # its title stands on the next line
CHAPTER = re.compile(
    r"(?:chapter|part|section|programme|subprogramme|agenda item|item|cluster|theme) "
    rf"(?:{ROMAN}|[A-Z]|\d{{1,3}})\b(?:[.:]| [–-])?",
    re.IGNORECASE,
)
ANNEX = re.compile(
    rf"(?:annex(?:es)?|appendix|appendices|enclosure)(?: (?:{ROMAN}|[A-Z]|\d{{1,2}}))?"
    r"(?:\*+|\d)?(?:(?:[.:]| [–-]) ?\S.*)?|notes|endnotes|footnotes",
    re.IGNORECASE,
)
# The title of a text that a body adopts, whose own numbers follow.
ADOPTED_TEXT = re.compile(
    r"(?:draft )?(?:resolutions?|decisions?|declaration|agreed conclusions)"
    r"(?: (?:[IVXLC]+|[A-Z]|\d[\w/]*))?(?: \([A-Z\d-]+\))?",
    re.IGNORECASE,
)
CAPTION = re.compile(
    r"(?:(?:[Ff]igure|[Tt]able|[Bb]ox|[Mm]ap|[Cc]hart|FIGURE|TABLE) ?(?:\d|[IVXL]+\b|[A-Z]\b)|"
    r"(?:Source|Note|Abbreviation)s?: ?\S)"
)
CAPTION_ALONE = re.compile(r"(?:[Ff]igure|[Tt]able|[Bb]ox|FIGURE|TABLE) (?:\d[\d.]*|[IVXL]+)[.:]?")
ASIDE = re.compile(
    r"\((?:agenda|items?|sub-items?|continued|concluded)?\b[^()]*(?:\([^()]*\)[^()]*)*\)"
)
LEADERS = re.compile(r"\.{4,}|(?:\. ){3,}|…{2,}|_{4,}")
# A sentence ends here, whatever closes it and whatever footnote's digit is glued to it.
CLOSED = re.compile(r"[.;:!?…][”’\"')\]]*[*†\d,]*$")
OPEN_END = re.compile(
    r"(?<!\.)[.;:,][”’\"')\]]*(?:(?<=[;,]) (?:and|or))?$"
)  # what no heading ends with
ABBREVIATED_END = re.compile(r"\b(?:etc|al|Add|Rev|No|Inc|Ltd|Corr)\.$|\.\.\.$")
# What a number on the next line belongs to: "art.", "resolution", "4 May to".
REFERENCE_END = re.compile(
    r"\b(?:(?:arts?|paras?|nos?|sects?|chaps?|vols?|pp?)\.?|rules?|resolutions?|decisions?|"
    r"paragraphs?|articles?|items?|annex|goals?|chapter|section|protocol|of|and|to|in|by|the|or|"
    r"January|February|March|April|May|June|July|August|September|October|November|December)$",
    re.IGNORECASE,
)
# Behind these a new item can begin.
ITEM_END = re.compile(r"(?:[;:,.!?”’)]|\band|\bor)[\d*]*$")
# After these a sentence or title must go on.
UNFINISHED = re.compile(
    r"(?:\b(?:of|the|and|on|for|in|to|by|with|from|at|a|an|or|against|its|their|between)|[,–-])$"
)
BIG = 1.08  # of the running text: the letters of a heading
SMALL = 0.93  # of the running text: the letters of footnotes and tables
LABELS = ("chapter", "roman", "letter", "digit", "none")
MARKS = frozenset("0123456789*†‡")  # raised, they stand for a footnote
POWER = re.compile(r"(?<![\d.,])10$")  # of ten: what is raised behind it is an exponent
UNITS = ("m", "km", "cm", "mm")  # their raised digits are exponents


def marks_note(before: str) -> bool:
    """Return whether raised digits or asterisks behind some words are the mark of a footnote.

    At the head of a line they are a footnote's own number, and behind a unit an exponent.

    Parameters
    ----------
    before : str
        The last words before them.

    Examples
    --------
    >>> marks_note("as agreed"), marks_note("of 12 km"), marks_note("")
    (True, False, False)
    """
    if POWER.search(before):
        return False
    before = before.rstrip("0123456789,")
    return bool(before.strip()) and before.split()[-1] not in UNITS


def label_of(text: str) -> str:
    """Return the kind of outline label that a heading has.

    Parameters
    ----------
    text : str
        The heading's words.

    Returns
    -------
    str
        One of "chapter", "roman", "letter", "digit", "none".

    Examples
    --------
    >>> [label_of(text) for text in ("Chapter IV", "II. Outcome", "C. Youth", "Outcome")]
    ['chapter', 'roman', 'letter', 'none']
    """
    if CHAPTER.match(text):
        return "chapter"
    found = OUTLINE.match(text)
    if not found:
        return "none"
    kind = found.lastgroup or "none"
    # Sections go from A to Z; no chapter of such a report is the hundredth.
    return "letter" if kind == "roman" and found["roman"] in ("C", "D", "L") else kind


def letters(text: str) -> str:
    """Return the letters of a text, small: what headings are compared by."""
    return re.sub(r"[\W\d_]+", "", text.lower())
