"""Whom a recommendation addresses, where its text says so.

Whoever should do something stands before "should" or "is invited to", or behind "invites" and
"calls upon". A name in another place ("assistance to Member States") is no addressee.
"""

import re
from collections.abc import Iterable
from functools import cache
from itertools import chain

import pandas as pd

from helpers.names.entities import extract_entities
from helpers.reading.report import Report
from helpers.resources import LANGUAGE

ADDRESSEES = LANGUAGE / "addressees.csv"
NAMED = ("STATE", "BODY")  # labels of entities that may be addressed
OTHERS = "others"  # who stands in a list and in no table
LONGEST = 3_000  # letters that are looked at; whom a sentence addresses stands near its beginning
FIRST_MARK = 0xE000  # letters for private use: each stands for a name while a text is looked at
NAME = "[\ue000-\uf8ff]"
# Words around names that change nothing of who is addressed.
SMALL = r"(?!(?:in|on|at|of|for|by|with|to|and|or|that|which|including|should|must|shall|are|is)\b)"
WORD = rf"{SMALL}[A-Za-z'’-]+"
BEFORE = rf"(?:{WORD}\s+){{0,3}}"
BEHIND = (
    rf"(?:\s*\([^()]*\))?(?:\s+(?:concerned|themselves))?"
    rf"(?:\s+of\s+(?:the\s+)?{WORD}(?:\s+{WORD}){{0,3}}?)?"
)
ONE = f"{BEFORE}{NAME}{BEHIND}"
BETWEEN = r"(?:,?\s*(?:and/or|and|or|as well as|together with)\s+|,\s*)"
# Somebody whom no table has; atomic, or long lists would be tried in all ways.
OTHER = rf"(?>{WORD}(?:\s+{WORD}){{0,6}})"
LIST = rf"(?P<who>(?:(?<!that\s){OTHER}{BETWEEN})*?{ONE}(?:{BETWEEN}(?:{ONE}|{OTHER}))*?)(?!\w)"
KNOWN = f"(?P<who>{ONE}(?:{BETWEEN}{ONE})*)"  # where nothing says how far a list of others goes
ASIDE = r"(?:\s+(?:that|which|who|in a position to)\b[^,;.:]{1,100}?)?(?:,[^;.:]{1,120}?,)?"
ADVERB = r"(?:\s+(?:also|further|therefore|thus|all|\w+ly))*"
ASKED = (
    r"(?:encouraged|invited|urged|requested|called\s+upon|called\s+on|called(?=\s+to\b)|asked|"
    r"recommended|advised)"
)
ASKS = (
    r"(?:encourag(?:e|es|ed|ing)|invit(?:e|es|ed|ing)|urg(?:e|es|ed|ing)|request(?:s|ed|ing)?|"
    r"call(?:s|ed|ing)?(?:\s+(?:again|once\s+more))?\s+(?:(?:up)?on|for)|appeal(?:s|ed|ing)?\s+to|"
    r"ask(?:s|ed|ing)?|advis(?:e|es|ed|ing)|recommend(?:s|ed|ing)?\s+to|remind(?:s|ed|ing)?)"
)
# Who "must be included" is not asked to do anything; who "should be encouraged" is.
ACTIVE = rf"(?!\s+(?:\w+ly\s+)?be\s+(?:\w+ly\s+)?(?!{ASKED})\w+(?:ed|en)\b)"
START = r"(?:^|(?<=[.;:,(])|(?<=\bthat)|(?<=\bwhile)|(?<=\bwhere))\s*(?:\(\w+\)\s*)?"
ASKING = re.compile(
    rf"\b(?:should|must|shall|{ASKS}|{ASKED}|recommend\w*|propos\w*|call\w*\s+for|agreed\s+to)\b",
    re.I,
)
GOVERNMENT = re.compile(r"\b(?:Governments?|[Aa]uthorities)\s+of\s+(?:the\s+)?$")
PATTERNS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        f"{START}{LIST}{ASIDE}{ADVERB}\\s+(?:should|must|shall|ought\\s+to|need\\s+to|may\\s+wish)\\b{ACTIVE}",
        f"{START}{LIST}{ASIDE}\\s+(?:are|is|was|were|be){ADVERB}\\s+{ASKED}\\b",
        f"\\b{ASKS}\\s+{LIST}{ASIDE}\\s+(?:{ADVERB}\\s+)?(?:to|that)\\b",
        f"\\b(?:recommend|request|propos|urg|ask|insist)\\w*\\s+that\\s+{KNOWN}",
        f"^(?:\\(\\w+\\)\\s*)?That\\s+{KNOWN}",
        f"\\bshould\\s+be\\s+\\w+(?:ed|en|t)\\s+by\\s+{KNOWN}",
        f"\\b(?:recommendations?|proposals?|requests?)\\s+(?:to|for|addressed\\s+to)\\s+{KNOWN}",
    )
]


def find_addressees(text: str, entities: pd.DataFrame | None = None) -> list[str]:
    """Find whom a recommendation addresses.

    Parameters
    ----------
    text : str
        A sentence, a lead-in to lettered items, or a heading.
    entities : pandas.DataFrame, optional
        What `helpers.extract_entities` found in it, ``start`` and ``end`` counted in `text`; found
        here if it is not given.

    Returns
    -------
    list of str
        States and bodies by their names, all others as ``data/language/addressees.csv`` calls them,
        each once, in the order of the text, and "others" where more are named with them; empty if
        it does not say.

    Examples
    --------
    >>> find_addressees("Member States and UNODC should assist the Commission.")
    ['Member States', 'United Nations Office on Drugs and Crime']
    >>> find_addressees("Strengthen the assistance to Member States.")
    []
    """
    text = text[:LONGEST]
    marked, names = _marked(text, extract_entities(text) if entities is None else entities)
    found = [*chain.from_iterable(pattern.finditer(marked) for pattern in PATTERNS)]
    places = sorted({at for match in found for at in range(*match.span("who"))})
    marks = (ord(marked[at]) - FIRST_MARK for at in places)
    known = dict.fromkeys(names[mark] for mark in marks if 0 <= mark < len(names))
    members = [one for match in found for one in re.split(BETWEEN, match["who"]) if one]
    others = not all(re.search(NAME, one) for one in members)
    return [*known, *([OTHERS] if known and others else [])]


def addressees_by_sentence(report: Report, entities: pd.DataFrame) -> dict[str, str]:
    """Find whom each sentence of the recommendations addresses.

    What the sentence itself does not say, the words before the first lettered item of its paragraph
    may ("Member States are encouraged to:"), or the heading over it.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    entities : pandas.DataFrame
        What `helpers.extract_entities` returned for this report.

    Returns
    -------
    dict of str to str
        By the id of the sentence, what `find_addressees` finds: "States, UNODC", or "States (the
        heading)" where the sentence does not say so itself; "" where nothing does.

    Examples
    --------
    >>> from helpers import extract_entities, read_report
    >>> report = read_report()
    >>> set(addressees_by_sentence(report, extract_entities(report)).values())
    {''}
    """

    @cache
    def within(start: int, end: int) -> list[str]:
        inside = entities[(entities["start"] >= start) & (entities["end"] <= end)]
        shifted = inside.assign(start=inside["start"] - start, end=inside["end"] - start)
        return find_addressees(report.text[start:end], shifted)

    of_heading = cache(find_addressees)
    found = {}
    paragraphs = list(report.paragraphs.itertuples())
    items = report.recommendations["start"].tolist()
    for row in report.sentences[report.sentences["part"] == "recommendations"].itertuples():
        places = {"": within(row.start, row.end)}
        around = next((one for one in paragraphs if one.start <= row.start < one.end), None)
        if around is not None and not places[""]:
            first = min((at for at in items if around.start <= at < around.end), default=0)
            places[" (the lead-in)"] = within(around.start, max(first, around.start))
            if ASKING.search(report.text[row.start : row.end]):  # else it only tells of something
                places[" (the heading)"] = of_heading(around.section.split(" > ")[-1])
        found[row.sentence] = next(
            (f"{', '.join(names)}{place}" for place, names in places.items() if names), ""
        )
    return found


def _marked(text: str, entities: pd.DataFrame) -> tuple[str, list[str]]:
    """Put one letter for private use in the place of each name, and return the names by it."""
    own = entities[entities["label"].isin(NAMED) & (entities["end"] <= len(text))]
    spans = [
        (_with_government(text, row.start), row.end, row.name or row.text)
        for row in own.itertuples(index=False)
    ]
    terms, forms = _terms()
    spans += [(*match.span(), terms[match.group()]) for match in forms.finditer(text)]
    names: list[str] = []
    pieces, end = [], 0
    for start, stop, name in _longest(spans):
        pieces += [text[end:start], chr(FIRST_MARK + len(names))]
        names.append(name)
        end = stop
    return "".join([*pieces, text[end:]]), names


def _with_government(text: str, start: int) -> int:
    """Return where a State's name begins, or the government that is named with it."""
    government = GOVERNMENT.search(text[:start])
    return government.start() if government else start


def _longest(spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Keep the longest of names that overlap, in the order of the text."""
    kept: list[tuple[int, int, str]] = []
    for span in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return sorted(kept)


@cache
def _terms() -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the names of addressees by how they are written, and a pattern that finds them."""
    table = pd.read_csv(ADDRESSEES)
    terms = {
        written: row.name
        for row in table.itertuples(index=False)
        for pattern in row.patterns.split("|")
        for written in (pattern, pattern[:1].upper() + pattern[1:])
    }
    forms = "|".join(re.escape(one) for one in sorted(terms, key=len, reverse=True))
    return terms, re.compile(rf"\b(?:{forms})\b(?!['’-])")
