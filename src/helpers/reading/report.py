"""The report as data: its front matter, paragraphs, recommendations and sentences.

Reports of United Nations meetings have been built alike for decades: a front matter, headings
with an outline label, paragraphs numbered through the whole document and, where something is
recommended, lettered items. That structure is read here from the text alone, so that it does not
matter which program the text came from.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.reading.documents import SYMBOL, CleanText, ReportError, clean_text, read_text
from helpers.resources import DATA

BUNDLED = DATA / "reports" / "draft_report_addendum.md"
PARAGRAPH_COLUMNS = ["paragraph", "section", "topic", "part", "text", "start", "end"]
RECOMMENDATION_COLUMNS = [
    "recommendation", "paragraph", "section", "topic", "text", "start", "end", "negotiated",
]  # fmt: skip
SENTENCE_COLUMNS = ["sentence", "unit", "topic", "part", "text", "start", "end"]
# What the paragraphs under a heading are. The regional preparatory meetings write "Summary of
# deliberations" and "Outcome of deliberations".
PART_HEADINGS = {
    "recommendations": re.compile(
        r"outcomes?\b|(?:conclusions and |agreed )?recommendations\b", re.IGNORECASE
    ),
    "deliberations": re.compile(
        r"(?:summary of )?(?:the )?"
        r"(?:deliberations|discussions?|general d(?:ebate|iscussion)|interventions)\b",
        re.IGNORECASE,
    ),
}
OUTLINE = re.compile(r"(?P<label>[IVXLC]+|[A-Z]|\d{1,3})\.\s+")
NUMBER = re.compile(r"(\d{1,4})\.\s+")
LETTER = re.compile(r"\(?([a-z]{1,3})\)\s+")
CLOSED = re.compile(r"[.;:!?][”’\"')\]]*$")
LONGEST_HEADING = 400  # characters
LONGEST_GAP = 10  # numbers that may be missing between two paragraphs
MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
FRONT_MATTER = {
    "distribution": r"^Distr\.:\s*(\S+)",
    "date": rf"^(\d{{1,2}} {MONTH} \d{{4}})$",
    "original_language": r"^Original:\s*(\S+)",
    "languages": r"((?:[A-Z][a-z]+,\s+)*[A-Z][a-z]+(?:\s+and\s+[A-Z][a-z]+)?)\s+only\b",
    "document": r"^((?:Draft )?[Rr]eport\b.*)$",
    "part_of_document": r"^((?:Addendum|Corrigendum)\b.*)$",
    "rapporteur": r"^Rapporteur:\s*(.+)$",
    "agenda_item": r"\b[Aa]genda item (\d+)",
}
SYMBOL_AT_END = rf"(?:^|\s)(?=[AEST]/\S*\d)({SYMBOL})\s*$"
PLACE_AND_DATES = re.compile(
    rf"^(?P<place>[^\d\n]+), (?P<first>\d{{1,2}})(?P<first_month> {MONTH})?"
    rf"(?: ?[–-] ?(?P<last>\d{{1,2}}))?(?P<month> {MONTH}) (?P<year>\d{{4}})$",
    re.MULTILINE,
)
# A sentence that says of the recommendations whether they were negotiated.
NEGOTIATED = re.compile(
    r"\b(?:recommendations?|outcomes?|conclusions?|they|these)\b[^.]*\bnegotiated\b", re.IGNORECASE
)
NEGATED = re.compile(r"\b(?:not|never|nor|without)\b[^.]*\bnegotiated\b", re.IGNORECASE)
# By the value of the column `negotiated`, what must stand wherever recommendations are shown.
NOTES = {
    "no": "The recommendations were not negotiated by the participants.",
    "yes": "The recommendations were negotiated by the participants.",
    "not said": "The report does not say whether the recommendations were negotiated.",
}
# A full stop, question or exclamation mark with what closes after it, before a space and
# something a sentence can begin with; or the end of a line.
SENTENCE_END = re.compile(r"[.?!][”’\"')\]]*\s+(?=[“‘\"'(\[]*[A-Z0-9])|\n\s*")
# "No. 182", "art. 5", "Mr. Ali", "J. Smith", a number at the head of a paragraph: this full stop
# ends no sentence.
ABBREVIATED = re.compile(
    r"(?<!\S)[(“\"]?(?:[A-Z]|Nos?|[Pp]aras?|[Aa]rts?|[Cc]haps?|[Ss]ects?|[Vv]ols?|[Pp]p?|Mr|Mrs|Ms|"
    r"Dr|St|H\.E|cf|eds?|figs?|Add|Corr|Rev|vs|e\.g|i\.e|Distr)\.\s+$|(?<![^\n])\d{1,3}\.\s+$"
)


@dataclass(frozen=True)
class Report:
    """A report with its structure.

    Parameters
    ----------
    clean : CleanText
        The clean text and the way back to the source.
    title : str
        The name of the meeting.
    meta : dict
        What the front matter says: ``place``, ``start``, ``end`` and ``date`` (ISO 8601),
        ``symbol``, ``distribution``, ``original_language``, ``languages``, ``document``,
        ``part_of_document``, ``rapporteur``, ``agenda_item``. A key is there only if the text
        says it.
    paragraphs : pandas.DataFrame
        One row per numbered paragraph: ``paragraph`` ("5"), ``section`` (the headings above it,
        outermost first), ``topic`` (the same without the heading that names the part), ``part``
        (procedural, deliberations, recommendations), ``text``, ``start``, ``end``.
    recommendations : pandas.DataFrame
        One row per recommendation: ``recommendation`` ("12(c)", or "12" where there are no
        letters), ``paragraph``, ``section``, ``topic``, ``text``, ``start``, ``end``,
        ``negotiated`` ("no", "yes" or "not said": what the report says of it).
    sentences : pandas.DataFrame
        One row per sentence: ``sentence`` ("5.2", "12(c).3"), ``unit`` ("5", "12(c)"), ``topic``,
        ``part``, ``text``, ``start``, ``end``. The words that only introduce a list of
        recommendations are procedural.

    Notes
    -----
    All ``start`` and ``end`` are offsets into `text`, in characters, the end exclusive.
    """

    clean: CleanText = field(repr=False)
    title: str
    meta: dict[str, object]
    paragraphs: pd.DataFrame = field(repr=False)
    recommendations: pd.DataFrame = field(repr=False)
    sentences: pd.DataFrame = field(repr=False)

    @property
    def text(self) -> str:
        """The clean text that all offsets refer to."""
        return self.clean.text

    @property
    def negotiated(self) -> str:
        """Whether the recommendations were negotiated: "no", "yes" or "not said"."""
        return _negotiated(self.text)

    @property
    def note(self) -> str:
        """What must stand wherever the recommendations are shown."""
        return NOTES[self.negotiated]


@dataclass
class _Unit:
    """A paragraph or a lettered item while the text is being read."""

    id: str
    paragraph: str
    trail: tuple[str, ...]
    mark: int  # where its number or letter stands
    start: int
    end: int
    part: str = "procedural"
    topic: tuple[str, ...] = ()

    @property
    def is_item(self) -> bool:
        return self.id != self.paragraph


def read_report(source: str | Path | None = None) -> Report:
    r"""Read a report: its front matter, paragraphs, recommendations and sentences.

    Parameters
    ----------
    source : str or pathlib.Path, optional
        A file (``.md``, ``.txt``), or the text itself if it has more than one line. Without it,
        the bundled report.

    Returns
    -------
    Report
        The text with its structure.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ReportError
        If the file cannot be read as text, or no paragraph in it has a number.

    Examples
    --------
    >>> report = read_report()
    >>> report.meta["place"], len(report.paragraphs), len(report.recommendations)
    ('Bangkok', 12, 7)
    >>> read_report("Outcome\n\n1. The Meeting recommended:\n\n(a) More research.").sentences[
    ...     ["sentence", "part"]
    ... ].values.tolist()
    [['1.1', 'procedural'], ['1(a).1', 'recommendations']]
    """
    name, text = _source_text(BUNDLED if source is None else source)
    clean = clean_text(text)
    units = _read_units(clean.text)
    if not units:
        raise ReportError(
            f"{name}: no numbered paragraph was found. The paragraphs of a report begin with "
            f'a number and a full stop ("1. Speakers ..."); this text begins with '
            f'"{" ".join(clean.text.split())[:60]}".'
        )
    _set_parts(units)
    front = clean.text[: units[0].mark]
    return Report(
        clean,
        _title(front),
        _meta(front, clean.source[: clean.origin[units[0].mark]]),
        _paragraph_table(clean.text, units),
        _recommendation_table(clean.text, units),
        _sentence_table(clean.text, units),
    )


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield start and end of every sentence of a text.

    Parameters
    ----------
    text : str
        Clean text.
    start, end : int, optional
        Offsets of the piece to look at.

    Yields
    ------
    tuple of int
        Offsets into `text`, without the white space around the sentence.

    Examples
    --------
    >>> text = "Convention No. 182 was noted. Speakers agreed (see para. 5). They did."
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['Convention No. 182 was noted.', 'Speakers agreed (see para. 5).', 'They did.']
    """
    end = len(text) if end is None else end
    for found in SENTENCE_END.finditer(text, start, end):
        if ABBREVIATED.search(text, max(start, found.start() - 8), found.end()):
            continue
        yield from _trimmed(text, start, found.end())
        start = found.end()
    yield from _trimmed(text, start, end)


def locate(report: Report, spans: pd.DataFrame) -> pd.DataFrame:
    """Say in which sentence and unit each span of a report lies.

    Parameters
    ----------
    report : Report
        What `read_report` returns.
    spans : pandas.DataFrame
        ``start`` and ``end``, offsets into ``report.text``.

    Returns
    -------
    pandas.DataFrame
        ``sentence``, ``unit`` and ``part``, one row per span; missing where it lies in no sentence.

    Examples
    --------
    >>> report = read_report()
    >>> locate(report, report.sentences.loc[[30]])["sentence"].tolist()
    ['12.1']
    """
    sentences = report.sentences
    at = sentences["start"].searchsorted(spans["start"], side="right") - 1
    inside = (at >= 0) & (spans["end"].to_numpy() <= sentences["end"].to_numpy()[at])
    columns = ["sentence", "unit", "part"]
    return sentences[columns].reindex(np.where(inside, at, -1)).set_axis(spans.index)


def _negotiated(text: str) -> str:
    said = [found[0] for found in NEGOTIATED.finditer(text)]
    if any(NEGATED.search(sentence) for sentence in said):
        return "no"
    return "yes" if said else "not said"


def _source_text(source: str | Path) -> tuple[str, str]:
    """Return a name for messages, and the text."""
    if not isinstance(source, str | Path):
        raise TypeError(
            "A report is read from a file's path or from its text, "
            f"and this is of the type {type(source).__name__}."
        )
    if isinstance(source, str) and "\n" in source:
        return "The text", source
    return Path(source).name, read_text(source)


def _read_units(text: str) -> list[_Unit]:
    """Find the paragraphs and lettered items, each with the headings above it."""
    units: list[_Unit] = []
    trail: dict[int, str] = {}
    closed = True
    for line in re.finditer(r"[^\n]+", text):
        words = line.group()
        if unit := _new_unit(line, units, tuple(trail.values())):
            units.append(unit)
        elif level := _heading_level(words, in_body=bool(units), after_sentence=closed):
            trail = {above: heading for above, heading in trail.items() if above < level}
            trail[level] = words
        elif units:  # the rest of a paragraph: no text is lost
            units[-1].end = line.end()
        closed = bool(CLOSED.search(words)) or words in trail.values()
    return units


def _new_unit(line: re.Match[str], units: list[_Unit], trail: tuple[str, ...]) -> _Unit | None:
    words, last = line.group(), units[-1] if units else None
    if found := NUMBER.match(words):
        number = int(found[1])
        follows = last is None or 0 < number - int(last.paragraph) <= LONGEST_GAP
        if follows and (CLOSED.search(words) or len(words) > LONGEST_HEADING):
            return _unit(found[1], found[1], trail, line, found)
    elif last and (found := LETTER.match(words)) and found[1] == _next_letter(last):
        return _unit(f"{last.paragraph}({found[1]})", last.paragraph, trail, line, found)
    return None


def _unit(
    unit_id: str, paragraph: str, trail: tuple[str, ...], line: re.Match[str], mark: re.Match[str]
) -> _Unit:
    return _Unit(unit_id, paragraph, trail, line.start(), line.start() + mark.end(), line.end())


def _next_letter(last: _Unit) -> str:
    """Return the letter that the next item must have: "(i)" after "(h)" is one, else a numeral."""
    if not last.is_item:
        return "a"
    letter = last.id[len(last.paragraph) + 1 : -1]
    if letter[-1] == "z":
        return "a" * (len(letter) + 1)
    after = chr(ord(letter[-1]) + 1)
    return after * len(letter)  # "z" is followed by "aa", "bb", ...


def _heading_level(words: str, *, in_body: bool, after_sentence: bool) -> int | None:
    """Return how deep a heading stands (1 outermost), or None if the line is not one."""
    if len(words) > LONGEST_HEADING:
        return None
    if _part_of(words) and not OUTLINE.match(words):
        return 5
    closed = CLOSED.search(words)
    if found := OUTLINE.match(words):
        if found["label"].isdigit():
            return None if closed else 3
        return 1 if re.fullmatch(r"[IVXL]+", found["label"]) else 2
    return 4 if in_body and after_sentence and not closed and words[0].isupper() else None


def _part_of(heading: str) -> str | None:
    """Return the part that a heading names, if it names one."""
    title = OUTLINE.sub("", heading, count=1)
    for part, pattern in PART_HEADINGS.items():
        if pattern.match(title):
            return part
    return None


def _set_parts(units: list[_Unit]) -> None:
    """Set the part of each unit, which the nearest heading above it names, and its topic.

    A heading over others that name parts is a chapter's ("II. Recommendations" over "Summary of
    deliberations"): it says nothing of the paragraphs directly under it.
    """
    chapters = {
        unit.trail[:above]
        for unit in units
        for at, heading in enumerate(unit.trail)
        if _part_of(heading)
        for above in range(1, at + 1)
    }
    for unit in units:
        unit.topic = unit.trail
        for at in reversed(range(len(unit.trail))):
            part = _part_of(unit.trail[at])
            if part and unit.trail[: at + 1] not in chapters:
                unit.part = part
                unit.topic = unit.trail[:at] + unit.trail[at + 1 :]
                break


def _heading_trail(headings: tuple[str, ...]) -> str:
    return " > ".join(headings)


def _paragraph_table(text: str, units: list[_Unit]) -> pd.DataFrame:
    ends = {unit.paragraph: unit.end for unit in units}  # the last item's end is the paragraph's
    rows = [
        (
            unit.paragraph,
            _heading_trail(unit.trail),
            _heading_trail(unit.topic),
            unit.part,
            text[unit.start : ends[unit.paragraph]],
            unit.start,
            ends[unit.paragraph],
        )
        for unit in units
        if not unit.is_item
    ]
    return pd.DataFrame(rows, columns=PARAGRAPH_COLUMNS)


def _recommendation_table(text: str, units: list[_Unit]) -> pd.DataFrame:
    negotiated = _negotiated(text)
    rows = [
        (
            unit.id,
            unit.paragraph,
            _heading_trail(unit.trail),
            _heading_trail(unit.topic),
            text[unit.start : unit.end],
            unit.start,
            unit.end,
            negotiated,
        )
        for unit in _recommendations(units)
    ]
    return pd.DataFrame(rows, columns=RECOMMENDATION_COLUMNS)


def _recommendations(units: list[_Unit]) -> list[_Unit]:
    """Return the lettered items, and the paragraphs that have none, of the part of that name."""
    with_items = {unit.paragraph for unit in units if unit.is_item}
    return [
        unit
        for unit in units
        if unit.part == "recommendations" and (unit.is_item or unit.paragraph not in with_items)
    ]


def _sentence_table(text: str, units: list[_Unit]) -> pd.DataFrame:
    recommended = {unit.id for unit in _recommendations(units)}
    rows = []
    for unit in units:
        introduces = unit.part == "recommendations" and unit.id not in recommended
        part = "procedural" if introduces else unit.part
        for count, (start, end) in enumerate(sentence_spans(text, unit.start, unit.end), start=1):
            topic = _heading_trail(unit.topic)
            rows.append((f"{unit.id}.{count}", unit.id, topic, part, text[start:end], start, end))
    return pd.DataFrame(rows, columns=SENTENCE_COLUMNS)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = text[start:end].strip()
    if words:
        start = text.index(words, start)
        yield start, start + len(words)


def _title(front: str) -> str:
    """Return the meeting's name: the line above its place and dates, or else the longest line."""
    lines = [line for line in front.split("\n") if line and not OUTLINE.match(line)]
    for above, line in pairwise(lines):
        if PLACE_AND_DATES.match(line):
            return above
    return max(lines, key=len, default="")


def _meta(front: str, source: str) -> dict[str, object]:
    """Read the front matter; the symbol from the source, for clean text has no page heads."""
    found = {key: re.search(regex, front, re.MULTILINE) for key, regex in FRONT_MATTER.items()}
    found["symbol"] = re.search(SYMBOL_AT_END, source, re.MULTILINE)
    meta: dict[str, object] = {key: " ".join(m[1].split()) for key, m in found.items() if m}
    if "languages" in meta:
        meta["languages"] = re.findall(r"[A-Z]\w+", str(meta["languages"]))
    if "date" in meta:
        meta["date"] = _iso_date(str(meta["date"]))
    return meta | _place_and_dates(front)


def _place_and_dates(front: str) -> dict[str, object]:
    found = PLACE_AND_DATES.search(front)
    if not found:
        return {}
    month, year = found["month"], found["year"]
    return {
        "place": found["place"],
        "start": _iso_date(f"{found['first']}{found['first_month'] or month} {year}"),
        "end": _iso_date(f"{found['last'] or found['first']}{month} {year}"),
    }


def _iso_date(day_month_year: str) -> str:
    return datetime.strptime(day_month_year, "%d %B %Y").date().isoformat()
