"""Several meetings side by side: what each recommends, theme by theme.

What makes a theme, what it is called and in which order themes stand is said in
``data/language/themes.csv``: the ids of concepts, each with all that lies under it, or a label in
capitals for all of its kind that no row above names; and words, for what no table of names has.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.contract import PAIR, VERDICTS, check_report
from helpers.linking.chance import (
    CLEAR_RATE,
    HIGHEST_THRESHOLD,
    chance_of_texts,
    link_threshold,
)
from helpers.linking.links import link_passages, links_by_unit, offered
from helpers.linking.passages import Scores, score_passages
from helpers.names.entities import ancestors_of, own_entities
from helpers.reading.report import Report
from helpers.resources import LANGUAGE

THEMES = LANGUAGE / "themes.csv"
COMPARISON_COLUMNS = [
    "theme", "meeting", "recommendation", "text", "deliberations", "clear", "open", "nearest",
    "likeness", "verdict", "also_in", "by", "beside", "negotiated",
]  # fmt: skip
TELLING = ("INSTRUMENT", "GROUP")  # two that name others of these do not recommend the same
NO_THEME = "Other matters"
NO_RECOMMENDATION = "Notes on the report itself"  # paragraphs among them that recommend nothing


def compare_reports(
    reports: Sequence[Report] | Mapping[str, Report],
    *,
    entities: Mapping[str, pd.DataFrame] | None = None,
    links: Mapping[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    r"""Lay the recommendations of several meetings side by side, theme by theme.

    Parameters
    ----------
    reports : sequence of Report, or mapping of str to Report
        Two at least; a mapping says what each meeting is called. Else it is its symbol, or the name
        of its file.
    entities, links : mapping of str to pandas.DataFrame, optional
        By meeting, what `helpers.extract_entities` and `helpers.link_passages` returned for its
        report; made here if they are not given.

    Returns
    -------
    pandas.DataFrame
        One row per theme, meeting and recommendation, in the order of the themes' table: ``theme``,
        ``meeting`` (a category, in the order given), ``recommendation`` ("samoa2011:73.1"),
        ``text``, ``deliberations`` (a list of the paragraphs linked to it, with the meeting before
        them), ``clear`` (those of them that are clear), ``open`` (others, not linked, that are
        offered to be read), ``nearest`` (the recommendation of another meeting that is most like
        it, or ""), ``likeness`` (0 to 1), ``verdict`` (of the nearest: "clear" where the two are
        more than half the same, a likeness above 0.5, and name the same instruments and groups of
        people; "open" where of two hundred pairs so alike chance would give one at most; or ""),
        ``also_in`` (a list of the recommendations of other meetings that are clear), ``by``
        ("theme": it names something of the theme; "nearest": it names nothing of any theme, and
        stands with the recommendation most like it; "none": nor is it more like any than chance
        gives), ``beside`` (the recommendation that it stands with, or ""), ``negotiated`` ("no",
        "yes" or "not said").

    Raises
    ------
    TypeError
        If `reports` is no list or mapping of reports.
    ValueError
        If there are fewer than two, or two are called the same.
    ReportError
        If one has no deliberations or no recommendations.

    Examples
    --------
    >>> from helpers import read_report
    >>> text = (
    ...     "Summary of deliberations\n\n1. Speakers stressed extradition.\n\n"
    ...     "Outcome of deliberations\n\n2. The following:\n\n(a) {};"
    ... )
    >>> asked = {"one": "Simplify extradition", "two": "Extradite sooner"}
    >>> table = compare_reports({name: read_report(text.format(a)) for name, a in asked.items()})
    >>> table[["theme", "recommendation", "by"]].iloc[0].tolist()
    ['International cooperation', 'one:2(a)', 'theme']
    """
    named = named_reports(reports)
    parts = [
        _units(name, report, (entities or {}).get(name), (links or {}).get(name))
        for name, report in named.items()
    ]
    units = pd.concat(parts, ignore_index=True)
    likeness = score_passages(units["text"].tolist(), units["text"].tolist())
    threshold = _by_chance(units, likeness)
    table = _with_themes(_with_nearest(units, likeness, threshold), likeness, threshold)
    table = table.explode("theme")
    order = {theme: place for place, theme in enumerate(_all_themes())}
    table = table.sort_values("theme", key=lambda names: names.map(order), kind="stable")
    table["meeting"] = pd.Categorical(table["meeting"], categories=list(named))
    return table[COMPARISON_COLUMNS].reset_index(drop=True)


def themes_by(report: Report, entities: pd.DataFrame, place: str) -> dict[str, list[str]]:
    """Return the themes of each sentence or unit, the one it names most first.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    entities : pandas.DataFrame
        What `helpers.extract_entities` returned for this report.
    place : {"sentence", "unit"}
        What to go by.

    Returns
    -------
    dict of str to list of str
        By id; a list is empty where nothing of a theme is named. A State makes no theme.

    Examples
    --------
    >>> from helpers import extract_entities, read_report
    >>> report = read_report()
    >>> themes_by(report, extract_entities(report), "unit")["12(f)"]
    ['Organs and bodies', 'International instruments']
    """
    texts = report.sentences.groupby(place, sort=False)["text"].agg(" ".join)
    found = {at: Counter[str]() for at in texts.index}
    named = entities[(entities["label"] != "STATE") & entities[place].isin(found)]
    for row in named.itertuples():
        line = (row.entity_id, *ancestors_of(row))
        found[getattr(row, place)].update(_themes_of_concept(line, row.label))
    for at, text in texts.items():
        found[at].update(themes_of_words(text))
    return {at: [theme for theme, _ in themes.most_common()] for at, themes in found.items()}


def themes_of_words(text: str) -> list[str]:
    """Return the themes whose words stand in a text, in their own order.

    Examples
    --------
    >>> themes_of_words("Abolish the death penalty, and fight poverty.")
    ['Death penalty', 'Poverty, work and living conditions']
    """
    return [theme for theme, words in _words_of_themes().items() if words.search(text)]


def thematic_matrix(comparison: pd.DataFrame) -> pd.DataFrame:
    """Count the recommendations of each theme and meeting.

    Parameters
    ----------
    comparison : pandas.DataFrame
        What `compare_reports` returned.

    Returns
    -------
    pandas.DataFrame
        One row per theme, one column per meeting, both in the order of the comparison: how many
        recommendations name something of it. What stands there by likeness is not counted, nor what
        only says of the report how to take it.

    Examples
    --------
    >>> rows = [("one", "one:1"), ("one", "one:2"), ("two", "two:1")]
    >>> table = pd.DataFrame(rows, columns=["meeting", "recommendation"])
    >>> table = table.assign(theme="Drugs", by="theme")
    >>> thematic_matrix(table).loc["Drugs"].to_dict()
    {'one': 2, 'two': 1}
    """
    meeting = comparison["meeting"]
    meetings = meeting.cat.categories if meeting.dtype == "category" else meeting.unique()
    rows = comparison.assign(meeting=meeting.astype(str))
    rows = rows[(rows["theme"] != NO_RECOMMENDATION) & (rows["by"] != "nearest")]
    counts = rows.groupby(["theme", "meeting"])["recommendation"].nunique().unstack(fill_value=0)
    table = counts.reindex(index=rows["theme"].unique(), columns=list(meetings), fill_value=0)
    return table.rename_axis(index="theme", columns=None)


def named_reports(reports: Sequence[Report] | Mapping[str, Report]) -> dict[str, Report]:
    """Return the reports by what each meeting is called."""
    if isinstance(reports, Report) or not isinstance(reports, Sequence | Mapping):
        raise TypeError("reports must be a list of reports, or a mapping of names to reports.")
    listed = list(reports.values() if isinstance(reports, Mapping) else reports)
    for report in listed:
        check_report(report)
    called = reports if isinstance(reports, Mapping) else map(short_name, listed)
    names = [str(name) for name in called]
    if len(listed) < 2:
        raise ValueError(f"There is nothing to compare: {len(listed)} of two reports is there.")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ValueError(
            f"Two of the reports are called {twice!r}. Name them: "
            'compare_reports({"one": ..., "two": ...}).'
        )
    return dict(zip(names, listed, strict=True))


def short_name(report: Report) -> str:
    """Return what a meeting is called if nobody says: its symbol, or the name of its file."""
    symbol = report.meta.get("symbol")
    return str(symbol or Path(report.file).stem or report.title)


def _units(
    meeting: str, report: Report, entities: pd.DataFrame | None, links: pd.DataFrame | None
) -> pd.DataFrame:
    """Return the recommendations of a report, with what is behind them and what they name."""
    entities = own_entities(report, entities)
    links = links_by_unit(
        link_passages(report, entities=entities) if links is None else links, report
    )
    links = links.sort_values("score", ascending=False, kind="stable")
    behind = {
        "deliberations": links["linked"],
        "clear": links["verdict"] == "clear",
        "open": offered(links) & ~links["linked"],
    }
    said = {
        name: (f"{meeting}:" + links.loc[rows, PAIR[0]]).groupby(links[PAIR[1]]).agg(list).to_dict()
        for name, rows in behind.items()
    }
    themes = themes_by(report, entities, "unit")
    sentences = report.sentences[report.sentences["part"] == "recommendations"]
    texts = sentences.groupby("unit", sort=False)["text"].agg(" ".join)
    telling = entities[entities["label"].isin(TELLING)]
    named = telling.groupby("unit")["entity_id"].agg(frozenset)
    return pd.DataFrame({
        "meeting": meeting,
        "recommendation": [f"{meeting}:{unit}" for unit in texts.index],
        "text": texts.to_numpy(),
        "without": [_without_instruments(report, entities, unit) for unit in texts.index],
        **{name: [units.get(unit, []) for unit in texts.index] for name, units in said.items()},
        "theme": [themes[unit] for unit in texts.index],
        "named": [named.get(unit, frozenset()) for unit in texts.index],
        "negotiated": report.negotiated,
    })  # fmt: skip


def _without_instruments(report: Report, entities: pd.DataFrame, unit: str) -> str:
    """Return what a recommendation says beside the names of instruments."""
    own = entities[(entities["unit"] == unit) & (entities["label"] == "INSTRUMENT")]
    pieces = []
    for row in report.sentences[report.sentences["unit"] == unit].itertuples():
        start = row.start
        for name in own[own["sentence"] == row.sentence].itertuples():
            pieces.append(report.text[start : name.start])
            start = name.end
        pieces.append(report.text[start : row.end])
    return " ".join(pieces)


def _with_nearest(units: pd.DataFrame, likeness: Scores, threshold: float) -> pd.DataFrame:
    """Add the recommendation of another meeting that each is most like, and how surely.

    Two that name different instruments or groups of people are not the same, however alike their
    words, nor are two that share a treaty and little else: the titles of treaties are long. So what
    they say beside the instruments must be alike as well.
    """
    meetings, ids = units["meeting"].to_numpy(), units["recommendation"].to_numpy()
    named, notes = units["named"].to_numpy(), _are_notes(units)
    others = (meetings[:, None] != meetings[None, :]) & ~notes[:, None] & ~notes[None, :]
    elsewhere = np.where(others, likeness, 0.0)
    beside = score_passages(units["without"].tolist(), units["without"].tolist())
    same = (elsewhere > HIGHEST_THRESHOLD) & (named[:, None] == named[None, :])
    same &= beside > threshold
    best = (elsewhere + same).argmax(axis=1)
    row = np.arange(len(units))
    score = elsewhere[row, best]
    return units.assign(
        nearest=np.where(score > 0, ids[best], ""),
        likeness=score.round(3),
        verdict=np.select([same[row, best], score > threshold], VERDICTS, ""),
        also_in=[list(ids[one]) for one in same],
    )


def _with_themes(units: pd.DataFrame, likeness: Scores, threshold: float) -> pd.DataFrame:
    """Add the themes of each recommendation; to one that names none, that of the likest.

    It must be more like it than chance gives; else the recommendation is left with other matters.
    """
    own = units["theme"].tolist()
    known = np.array([bool(themes) for themes in own])
    sources = known & ~_are_notes(units)
    others = np.where(sources[None, :], likeness, 0.0)
    nearest = others.argmax(axis=1)
    borrowed = ~known & (others[np.arange(len(units)), nearest] > threshold)
    themes = [
        here or (own[at][:1] if like else [NO_THEME])
        for here, at, like in zip(own, nearest, borrowed, strict=True)
    ]
    return units.assign(
        theme=themes,
        by=np.select([known, borrowed], ["theme", "nearest"], "none"),
        beside=np.where(borrowed, units["recommendation"].to_numpy()[nearest], ""),
    )


def _by_chance(units: pd.DataFrame, likeness: Scores) -> float:
    """Return the likeness that chance gives to one in two hundred pairs that are so alike."""
    texts, meetings = units["text"].tolist(), units["meeting"].to_numpy()
    chance = chance_of_texts(score_passages, texts, texts)
    return link_threshold(likeness[meetings[:, None] != meetings[None, :]], chance, CLEAR_RATE)


def _are_notes(units: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell which paragraphs among the recommendations recommend nothing."""
    return np.array([NO_RECOMMENDATION in themes for themes in units["theme"]])


def _themes_of_concept(line: tuple[str, ...], label: str) -> list[str]:
    """Return the themes of a concept: those of its nearest class that has some, and of its kind."""
    table = _themes_by_concept()
    return [*next((table[one] for one in line if one in table), []), *table.get(label, [])]


@cache
def _themes_by_concept() -> dict[str, list[str]]:
    table = _themes()
    found: dict[str, list[str]] = {}
    for theme, concepts in zip(table["theme"], table["concepts"].str.split("|"), strict=True):
        for concept in filter(None, concepts):
            found.setdefault(concept, []).append(theme)
    return found


@cache
def _words_of_themes() -> dict[str, re.Pattern[str]]:
    table = _themes()
    rows = table.loc[table["words"] != "", ["theme", "words"]].itertuples(index=False, name=None)
    return {
        theme: re.compile(rf"\b(?:{'|'.join(map(re.escape, words.split('|')))})\b", re.IGNORECASE)
        for theme, words in rows
    }


def _all_themes() -> list[str]:
    return [*dict.fromkeys(_themes()["theme"]), NO_THEME]


def _themes() -> pd.DataFrame:
    return pd.read_csv(THEMES, keep_default_na=False)
