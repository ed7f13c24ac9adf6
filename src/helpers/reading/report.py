"""The report as data: its structure as tables, its front matter, and what is to be known of it.

Reports of United Nations meetings have been built alike for decades: a front matter, headings
with an outline label, paragraphs numbered through the whole document and, where something is
recommended, lettered or numbered items. Every format hands over lines; furniture and footnotes are
set apart, the rest is folded into the structure, and tables are made of it here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.reading.documents import CleanText, Document, read_document, typed_document
from helpers.reading.doubts import headings_found, language_said, warning_table
from helpers.reading.front import read_front
from helpers.reading.furniture import SetApart, set_apart
from helpers.reading.headings import PARTS, is_called
from helpers.reading.lines import Line, ReportError
from helpers.reading.parts import recommendations, set_parts
from helpers.reading.repairs import footnote_table, repair_table
from helpers.reading.sentences import sentence_spans
from helpers.reading.structure import Structure, Unit, fold
from helpers.reading.summary import as_html, as_text
from helpers.resources import DATA

BUNDLED = DATA / "reports" / "draft_report_addendum.md"
PARAGRAPH_COLUMNS = ["paragraph", "section", "topic", "part", "text", "start", "end", "page"]
RECOMMENDATION_COLUMNS = [
    "recommendation", "paragraph", "section", "topic", "text", "start", "end", "page", "negotiated",
]  # fmt: skip
SENTENCE_COLUMNS = ["sentence", "unit", "topic", "part", "text", "start", "end"]
LINE_COLUMNS = ["start", "end", "kind", "page"]
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


@dataclass(frozen=True, repr=False)
class Report:
    """A report with its structure.

    Parameters
    ----------
    clean : CleanText
        The clean text and the way back to the source.
    title : str
        The name of the meeting, or of the report.
    meta : dict
        What the front matter says: ``symbol``, ``session``, ``place``, ``start``, ``end`` and
        ``date`` (ISO 8601), ``distribution``, ``original_language``, ``languages``, ``document``,
        ``part_of_document``, ``rapporteur``, ``agenda_item``. A key is there only if the text
        says it.
    paragraphs : pandas.DataFrame
        One row per numbered paragraph: ``paragraph`` ("5", "16.1"), ``section`` (the headings above
        it, outermost first), ``topic`` (what deliberations and recommendations have in common),
        ``part`` (procedural, deliberations, recommendations), ``text``, ``start``, ``end``,
        ``page`` (missing where there are no pages).
    recommendations : pandas.DataFrame
        One row per recommendation: ``recommendation`` ("12(c)", "113.2", or "12" where the
        paragraph has no items), ``paragraph``, ``section``, ``topic``, ``text``, ``start``,
        ``end``, ``page``, ``negotiated`` ("no", "yes" or "not said": what the report says of it).
    sentences : pandas.DataFrame
        One row per sentence: ``sentence`` ("5.2", "12(c).3"), ``unit`` ("5", "12(c)"), ``topic``,
        ``part``, ``text``, ``start``, ``end``. The words that only introduce a list of
        recommendations are procedural.
    lines : pandas.DataFrame
        What each line of the text was taken for, from the first to the last character: ``start``,
        ``end``, ``kind`` (front, contents, heading, paragraph, item, preamble, table, unnumbered,
        annex), ``page``.
    footnotes : pandas.DataFrame
        The footnotes that were set apart: ``footnote`` (its mark), ``paragraph`` (in which it
        stands, or the last before it), ``page``, ``text``.
    repairs : pandas.DataFrame
        What is in the source and not in the text, and what was joined or changed: ``kind``,
        ``page``, ``text``, ``reason``, ``paragraph`` (in which it stands, or the last before it).
    warnings : pandas.DataFrame
        What a reader should look at before trusting the tables: ``kind``, ``place``, ``message``.
    file : str
        The name of the file that it was read from; "The text" where it was given itself.

    Notes
    -----
    All ``start`` and ``end`` are offsets into `text`, in characters, the end exclusive.
    """

    clean: CleanText
    title: str
    meta: dict[str, object]
    paragraphs: pd.DataFrame
    recommendations: pd.DataFrame
    sentences: pd.DataFrame
    lines: pd.DataFrame
    footnotes: pd.DataFrame
    repairs: pd.DataFrame
    warnings: pd.DataFrame
    file: str = ""

    def __repr__(self) -> str:
        """Show every warning, and what was read."""
        return as_text(self)

    def _repr_html_(self) -> str:
        """Show the same in a notebook."""
        return as_html(self)

    @property
    def text(self) -> str:
        """The clean text that all offsets refer to."""
        return self.clean.text

    @property
    def negotiated(self) -> str:
        """Whether the recommendations were negotiated: "no", "yes" or "not said"."""
        return _negotiated(self.sentences)

    @property
    def note(self) -> str:
        """What must stand wherever the recommendations are shown."""
        return NOTES[self.negotiated]


def read_report(
    source: str | Path | None = None, *, parts: Mapping[str, str | Sequence[str]] | None = None
) -> Report:
    r"""Read a report: its front matter, paragraphs, recommendations and sentences.

    Parameters
    ----------
    source : str or pathlib.Path, optional
        A Word file, a PDF, a web page, a Markdown file or a plain text, whatever its name; or the
        text itself if it has more than one line. Without it, the bundled report.
    parts : mapping of str to str or list of str, optional
        The headings that name the parts, where the report has others than those that are known:
        ``{"deliberations": "Views of the members", "recommendations": "What was agreed"}``.

    Returns
    -------
    Report
        The text with its structure.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ReportError
        If the file cannot be read (damaged, protected, of another kind, without text, beyond the
        limits of `reading.documents` and `reading.apart`), no paragraph in it has a number, or a
        heading that `parts` names is not there.

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
    document = read_document(BUNDLED if source is None else source)
    lines, apart = set_apart(document.lines, document.source)
    named = _named_parts(parts)
    structure = fold(lines, named)
    if not structure.units:
        raise ReportError(_no_paragraphs(document, structure))
    _check_named(named, structure, document.name)
    set_parts(structure)
    return _report(document, structure, lines, apart)


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
    if not source.strip():
        return CleanText(source, "", np.arange(0))
    lines, _ = set_apart(typed_document("The text", source).lines, source)
    structure = fold(lines)
    return CleanText(source, structure.text, np.array(structure.origin, dtype=int))


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


def _negotiated(sentences: pd.DataFrame) -> str:
    """Return what a report says of its recommendations; a view in the deliberations does not."""
    own = sentences.loc[sentences["part"] != "deliberations", "text"]
    said = [found[0] for text in own for found in NEGOTIATED.finditer(text)]
    if any(NEGATED.search(sentence) for sentence in said):
        return "no"
    return "yes" if said else "not said"


def _named_parts(parts: Mapping[str, str | Sequence[str]] | None) -> dict[str, str]:
    """Return the headings that the caller names, each with its part."""
    named = {}
    for part, headings in (parts or {}).items():
        if part not in PARTS:
            raise ValueError(
                f"parts: a part must be one of {', '.join(PARTS)}, but {part!r} was passed."
            )
        for heading in [headings] if isinstance(headings, str) else headings:
            named[heading] = part
    return named


def _check_named(named: dict[str, str], structure: Structure, name: str) -> None:
    there = list(dict.fromkeys(heading.text for heading in structure.headings))
    for called in named:
        if any(is_called(heading, called) for heading in there):
            continue
        near = get_close_matches(called, there, n=1)
        nearest = f" The nearest is “{near[0]}”." if near else ""
        raise ReportError(
            f"{name}: no heading reads “{called}”, which is said to name the {named[called]}."
            f"{nearest} {headings_found(structure)}"
        )


def _no_paragraphs(document: Document, structure: Structure) -> str:
    words = " ".join(structure.text.split())
    return (
        f"{document.name}: no numbered paragraph was found. The paragraphs of a report begin with "
        f'a number and a full stop ("1. Speakers ..."); this text begins with "{words[:60]}". '
        f"{headings_found(structure)} {language_said(structure.text)}"
    ).strip()


def _report(
    document: Document, structure: Structure, lines: list[Line], apart: list[SetApart]
) -> Report:
    """Make the tables."""
    text, units = structure.text, structure.units
    front = "".join(_front(structure))
    heads = [line.text for piece in apart[:12] if piece.kind == "page head" for line in piece.lines]
    heads += [text for _, kind, _, text, _ in document.repairs if kind == "page head"]
    recommending = recommendations(units)
    sentences = _sentence_table(text, units, recommending)
    title, meta = read_front(front, heads, [heading.text for heading in structure.headings])
    return Report(
        CleanText(document.source, text, np.array(structure.origin, dtype=int)),
        title,
        meta,
        _paragraph_table(text, units),
        _recommendation_table(text, recommending, _negotiated(sentences)),
        sentences,
        _table(structure.lines, LINE_COLUMNS),
        footnote_table(apart, structure, lines),
        repair_table(document, apart, structure),
        warning_table(document, structure),
        document.name,
    )


def _front(structure: Structure) -> Iterator[str]:
    """Yield the front matter line by line, without the table of contents."""
    for start, end, kind, _ in structure.lines:
        if kind not in ("front", "contents"):
            return
        yield structure.text[start:end] if kind == "front" else "\n\n"


def _table(rows: Sequence[Sequence[object]], columns: list[str]) -> pd.DataFrame:
    """Return a table; pages are whole numbers, and missing where there are none."""
    table = pd.DataFrame(rows, columns=columns)
    return table.astype({"page": "Int64"}) if "page" in columns else table


def _section(unit: Unit) -> str:
    return " > ".join(heading.text for heading in unit.trail)


def _topic(unit: Unit) -> str:
    return " > ".join(unit.topic)


def _paragraph_table(text: str, units: list[Unit]) -> pd.DataFrame:
    """Return the paragraphs, each with the text of its items."""
    ends: list[int] = []
    for unit in units:
        if unit.is_item:
            ends[-1] = unit.end
        else:
            ends.append(unit.end)
    rows = [
        (
            unit.paragraph,
            _section(unit),
            _topic(unit),
            unit.part,
            text[unit.start : end],
            unit.start,
            end,
            unit.page,
        )
        for unit, end in zip((unit for unit in units if not unit.is_item), ends, strict=True)
    ]
    return _table(rows, PARAGRAPH_COLUMNS)


def _recommendation_table(text: str, recommending: list[Unit], negotiated: str) -> pd.DataFrame:
    rows = [
        (
            unit.id,
            unit.paragraph,
            _section(unit),
            _topic(unit),
            text[unit.start : unit.end],
            unit.start,
            unit.end,
            unit.page,
            negotiated,
        )
        for unit in recommending
    ]
    return _table(rows, RECOMMENDATION_COLUMNS)


def _sentence_table(text: str, units: list[Unit], recommending: list[Unit]) -> pd.DataFrame:
    recommended = {id(unit) for unit in recommending}
    rows = []
    for unit in units:
        introduces = unit.part == "recommendations" and id(unit) not in recommended
        part = "procedural" if introduces else unit.part
        spans = sentence_spans(text, unit.start, unit.end)
        for count, (start, end) in enumerate(spans, start=1):
            place = text[start:end], start, end
            rows.append((f"{unit.id}.{count}", unit.id, _topic(unit), part, *place))
    return _table(rows, SENTENCE_COLUMNS)
