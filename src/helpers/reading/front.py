"""What the first page of a document says: title, symbol, session, date, place, agenda item."""

import re
from collections.abc import Sequence
from datetime import datetime

from helpers.reading.furniture import SYMBOL

MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
DASH = "(?: ?[–—-] ?| to | and )"
NAMES = rf"(?:(?!{MONTH})[A-ZÀ-Ý][\w.’'-]+|of|de|la|del|and|the|el|d’\w+)"
PLACE = (
    rf"(?P<place>(?!{MONTH})[A-ZÀ-Ý][\w.’'-]+(?: {NAMES})*(?:,? \([^()\n]*\))?"
    rf"(?:, {NAMES}(?: {NAMES})*)*)"
)
DATES = (
    rf"(?P<first>\d{{1,2}})(?P<first_month> {MONTH})?(?P<first_year> \d{{4}})?"
    rf"(?:{DASH}(?P<last>\d{{1,2}}))?(?P<month> {MONTH}) (?P<year>\d{{4}})"
)
PLACE_AND_DATES = re.compile(
    rf"(?m)^\(?(?:Held (?:in|at) |[\w -]+ (?:session|meeting), )?{PLACE}, (?:from )?{DATES}\)?$"
)
HELD_IN = re.compile(rf"\bheld (?:in|at) {PLACE},? (?:from |on )?{DATES}")
DATES_ALONE = re.compile(rf"(?m)^\(?{DATES}\)?$")
FIRST_TO_NINTH = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
ORDINAL = (
    rf"(?:(?:twen|thir|for|fif|six|seven|eigh|nine)t(?:y|ieth)(?:[- ](?:{FIRST_TO_NINTH}))?|"
    rf"{FIRST_TO_NINTH}|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|"
    r"\d{1,3}(?:st|nd|rd|th)|hundredth|one hundred and \w+)"
)
KIND = (
    "resumed|special|regular|executive|annual|organizational|substantive|intersessional|"
    "extraordinary"
)
SESSION = re.compile(
    rf"\b(?P<session>(?:resumed )?{ORDINAL} (?:(?:{KIND}) )*(?:session|meeting)\b)", re.IGNORECASE
)
FRONT_MATTER = {
    "distribution": r"\bDistr\.: ?(\w+)",
    "original_language": r"\bOriginal: ?(\w+)",
    "languages": r"((?:[A-Z][a-z]+,\s+)*[A-Z][a-z]+(?:\s+and\s+[A-Z][a-z]+)?)\s+only\b",
    "document": r"(?m)^((?:Draft )?[Rr]eport\b.*)$",
    "part_of_document": r"(?m)^((?:Addendum|Corrigendum)\b.*)$",
    "rapporteur": r"(?m)^Rapporteur: ?(.+)$",
    "agenda_item": r"\b(?:[Aa]genda [Ii]tems? |"
    r"[Ii]tems? (?=[\d ()a-z,]+ of the (?:\w+ )*(?:agenda|list)))"
    r"(\d+(?: ?\([a-z]\))?(?:(?:, | and )\d+(?: ?\([a-z]\))?)*)",
}
KEYS = (
    "distribution", "date", "original_language", "languages", "document", "part_of_document",
    "rapporteur", "agenda_item", "symbol", "session", "place", "start", "end",
)  # fmt: skip
OWN_SYMBOL = re.compile(
    rf"(?m)(?:^|[\s|])(?=[A-Z]+(?:\.\d+)?/\S*\d)({SYMBOL}(?:-{SYMBOL})?)"
    rf"(?=\s*(?:$|\||\d{{1,2}} {MONTH}|Distr))"
)
OUTLINE = re.compile(r"(?:[IVXLC]+|[A-Z]|\d{1,3})\.\s+")
UNFINISHED_TITLE = re.compile(r"\b(?:of|the|and|on|its|for|in|to|from|at|Universal|Periodic)$")
REPORT = re.compile(r"(?:Draft )?Report (?:of|on)\b", re.IGNORECASE)
NO_TITLE = re.compile(
    rf"Distr\.|Original:|Agenda item|Item \d|{SYMBOL}$|\*|United Nations$|Note$|Summary$|"
    r"General Assembly|(?:Economic and Social|Human Rights|Security) Council|Official Records|"
    rf"Supplement|.*\bsession$|\(?\d{{1,2}}(?:{DASH}\d{{1,2}})? {MONTH}|Symbols of|figures\.|ISSN|"
    r"\[|\(|Contents|Introduction$|Chapter [IVX\d]+|(?-i:[a-z])|.*\||.*:$",
    re.IGNORECASE,
)


def read_front(
    front: str, heads: Sequence[str], headings: Sequence[str] = ()
) -> tuple[str, dict[str, object]]:
    """Return the title and what else the first page says.

    Parameters
    ----------
    front : str
        The front matter, a line each.
    heads : sequence of str
        The lines of the first pages' heads: the symbol may stand there alone.
    headings : sequence of str
        All headings of the report: they may name its only agenda item.

    Returns
    -------
    str
        The title: the name of the meeting above its place and dates, or else of the report.
    dict
        Those of ``symbol``, ``session``, ``date``, ``place``, ``start``, ``end``,
        ``distribution``, ``original_language``, ``languages``, ``document``,
        ``part_of_document``, ``rapporteur``, ``agenda_item`` that are said. Dates are ISO 8601.
    """
    together = "\n".join([front, *heads])
    found = {key: re.search(regex, front) for key, regex in FRONT_MATTER.items()}
    meta: dict[str, object] = {key: " ".join(m[1].split()) for key, m in found.items() if m}
    if "languages" in meta:
        meta["languages"] = re.findall(r"[A-Z]\w+", str(meta["languages"]))
    if "agenda_item" not in meta:
        items = {m[1] for text in headings for m in re.finditer(FRONT_MATTER["agenda_item"], text)}
        if len(items) == 1:
            meta["agenda_item"] = items.pop()
    if symbol := OWN_SYMBOL.search(together):
        meta["symbol"] = symbol[1]
    flat, title = " ".join(front.split()), _title(front)
    if session := SESSION.search(title) or SESSION.search(flat):
        meta["session"] = session["session"]
    if date := _date(front):
        meta["date"] = date
    meta |= _place_and_dates(front, flat)
    return title, {key: meta[key] for key in KEYS if key in meta}


def _date(front: str) -> str | None:
    """Return the day of distribution: behind "Distr." or the symbol, or alone on its line."""
    day = rf"(?<![–-] )(?<![–-])\b(\d{{1,2}} {MONTH} \d{{4}})"
    for pattern in (
        rf"\bDistr\.: ?\w+\s+(?:[^\n]{{0,60}}\n)?[^\n]{{0,20}}?{day}",
        rf"(?m)^\[?(\d{{1,2}} {MONTH} \d{{4}})\]?$",
        rf"(?m)(?:^|\s){SYMBOL} {day}$",
    ):
        if found := re.search(pattern, front):
            return _iso_date(found[1])
    return None


def _place_and_dates(front: str, flat: str) -> dict[str, object]:
    found = PLACE_AND_DATES.search(front) or HELD_IN.search(flat) or _between_brackets(flat)
    dates = found or _range(front)
    if not dates:
        return {}
    month, year = dates["month"], dates["year"]
    said: dict[str, object] = {"place": found["place"]} if found else {}
    first = _iso_date(
        f"{dates['first']}{dates['first_month'] or month}{dates['first_year'] or ' ' + year}"
    )
    last = _iso_date(f"{dates['last'] or dates['first']}{month} {year}")
    return said | ({"start": first, "end": last} if first and last else {})


def _between_brackets(flat: str) -> re.Match[str] | None:
    return re.search(rf"\({PLACE}, (?:from )?{DATES}\)", flat)


def _range(front: str) -> re.Match[str] | None:
    """Return the dates of a session that stand without a place."""
    if bracketed := re.search(rf"\({DATES}\)", " ".join(front.split())):
        return bracketed
    return next((found for found in DATES_ALONE.finditer(front) if found["last"]), None)


def _title(front: str) -> str:
    """Return what a report is "of" or "on", what stands above its place, or the longest line."""
    blocks = [block.split("\n") for block in re.split(r"\n\n+", front) if block.strip()]
    lines = [line for block in blocks for line in block if not OUTLINE.match(line)]
    place = next((at for at, line in enumerate(lines) if PLACE_AND_DATES.match(line)), len(lines))
    for number, block in enumerate(blocks):
        for at, line in enumerate(block):
            if REPORT.match(line) and line in lines[: place + 3]:
                above = block[at - 1] if at else blocks[number - 1][-1] if number else ""
                below = [
                    *block[at + 1 :],
                    "",
                    *(blocks[number + 1] if number + 1 < len(blocks) else []),
                ]
                return _report_title(above, line, below)
    if place < len(lines):
        named = [line for line in lines[:place] if not SESSION.fullmatch(line.strip(" *"))]
        if named:
            return _plain(named[-1])
    return _plain(max((line for line in lines if _can_be_title(line)), key=len, default=""))


def _report_title(above: str, line: str, below: list[str]) -> str:
    """Return a report's title with the rest of it, and the body or State that it is about."""
    title, block_ends = line, False
    for more in below[:5]:
        if not more:
            block_ends = True
            continue
        unfinished = UNFINISHED_TITLE.search(title) is not None
        goes_on = unfinished or (not block_ends and (more[0].islower() or _can_be_title(more)))
        if not goes_on or len(more) > 150 or title.endswith(("*", ".")):
            break
        title = f"{title} {more}"
    title = _plain(title)
    named = next((more for more in below if more and _plain(more) not in title), "")
    if (
        re.search(r"Universal ?Periodic Review$", title)
        and _can_be_title(named)
        and len(named) < 100
    ):
        return f"{title}: {_plain(named)}"
    of_a_session = re.fullmatch(rf"Report on the {SESSION.pattern}", title, re.IGNORECASE)
    if of_a_session and _can_be_title(above):
        return f"{_plain(above)}: {title}"
    return title


def _can_be_title(line: str) -> bool:
    return bool(line.strip()) and not NO_TITLE.match(line)


def _plain(title: str) -> str:
    title = re.sub(rf" ?\((?:{PLACE}, )?{DATES}\)$", "", title)
    return re.sub(r"[ *†\d]*\*+$", "", title).strip()


def _iso_date(day_month_year: str) -> str | None:
    try:
        return datetime.strptime(day_month_year, "%d %B %Y").date().isoformat()
    except ValueError:  # "31 June 2025"
        return None
