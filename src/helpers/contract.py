"""What a step may count on: every table that it is handed is looked at here first.

Each step takes the tables of the steps before it as plain values, and anybody may have filtered,
joined or mixed them up. A table that lacks a column, or was made from another report, is refused
with what is wrong and what to pass instead; no step works on with it and gives an empty answer.
"""

from collections.abc import Iterable

import pandas as pd
from spacy.language import Language

from helpers.reading.report import Report, locate

PAIR = ["deliberation", "recommendation"]  # what names a row of links
ENTITY_COLUMNS = [
    "start", "end", "text", "label", "entity_id", "name", "link", "parent", "ancestors",
    "sentence", "unit", "part",
]  # fmt: skip
LINK_COLUMNS = [*PAIR, "score", "linked", "evidence", "negotiated"]
LEDGER_COLUMNS = [
    "entity_id", "name", "label", "status", "deliberations", "recommendations", "via", "topic",
    "negotiated",
]  # fmt: skip


class TableError(ValueError):
    """A table that a step cannot work with; says what is wrong with it and what to pass."""


def check_report(report: object) -> None:
    """Refuse what is no report."""
    if not isinstance(report, Report):
        raise TypeError(
            f"What read_report() returns is needed, but {_kind(report)} was given. "
            'Read it first: report = read_report("my_report.txt").'
        )


def check_nlp(nlp: object) -> None:
    """Refuse what is no pipeline."""
    if not isinstance(nlp, Language):
        raise TypeError(
            f"nlp must be a spaCy pipeline, as build_nlp() returns, but {_kind(nlp)} was given."
        )


def check_columns(table: object, what: str, columns: Iterable[str], made_by: str) -> None:
    """Refuse what is no table, or lacks a column."""
    if not isinstance(table, pd.DataFrame):
        raise TypeError(
            f"{what} must be a table, as {made_by} returns, but {_kind(table)} was given."
        )
    missing = [column for column in columns if column not in table]
    if missing:
        raise TableError(
            f"{what}: the column {missing[0]!r} is missing. What is needed is what {made_by} "
            f"returned, with its columns; these are there: {', '.join(map(str, table.columns))}."
        )


def check_entities(entities: object, report: Report) -> None:
    """Refuse entities that lack a column, or were found in another text than this report's."""
    made_by = "extract_entities(report)"
    check_report(report)
    check_columns(entities, "entities", ENTITY_COLUMNS, made_by)
    assert isinstance(entities, pd.DataFrame)
    for row in entities.itertuples():
        written = report.text[row.start : row.end]
        if written != row.text:
            raise TableError(
                f"entities: {row.text!r} should stand at {row.start} to {row.end}, where this "
                f"report has {written!r}. They were found in another text. Pass what {made_by} "
                "returned for this report."
            )
    places = locate(report, entities)
    wrong = entities["sentence"].fillna("") != places["sentence"].fillna("")
    if wrong.any():
        row = entities[wrong].iloc[0]
        raise TableError(
            f"entities: {row['text']!r} at {row['start']} lies in sentence "
            f"{places.loc[wrong, 'sentence'].iloc[0]} of this report, but {row['sentence']} stands "
            f"in its row. Entities of a bare text have no sentences. Pass what {made_by} returned "
            "for this report."
        )


def check_ledger(ledger: object) -> None:
    """Refuse a ledger that lacks a column, or whose lists of sentences have become text."""
    made_by = "build_ledger(report)"
    check_columns(ledger, "ledger", LEDGER_COLUMNS, made_by)
    assert isinstance(ledger, pd.DataFrame)
    for side in ("deliberations", "recommendations"):
        lists = ledger[side].map(lambda cell: isinstance(cell, list))
        if not lists.all():
            raise TableError(
                f"ledger: {ledger.loc[~lists, side].iloc[0]!r} in the column {side!r} is no list "
                f"of sentences. A CSV file holds lists as text. Pass what {made_by} returned."
            )


def check_links(links: object, report: Report) -> None:
    """Refuse links that lack a column, or are not between sentences of this report."""
    made_by = "link_passages(report)"
    check_report(report)
    check_columns(links, "links", LINK_COLUMNS, made_by)
    assert isinstance(links, pd.DataFrame)
    check_pairs(links, "links", report, made_by)


def check_pairs(pairs: object, what: str, report: Report, made_by: str) -> None:
    """Refuse pairs that name no sentence of this report, or one of the wrong part."""
    check_columns(pairs, what, PAIR, made_by)
    assert isinstance(pairs, pd.DataFrame)
    sentences = report.sentences
    for side in PAIR:
        if pd.api.types.is_numeric_dtype(pairs[side]) and len(pairs):
            raise TableError(
                f"{what}: the ids in the column {side!r} are numbers, and 3.10 would be 3.1. They "
                f"are text: read a file with dtype={{{side!r}: str}}."
            )
        known = sentences.loc[sentences["part"] == f"{side}s", "sentence"]
        unknown = pairs.loc[~pairs[side].isin(known), side]
        if len(unknown):
            example = f"such as {known.iloc[0]!r}" if len(known) else "and it has none"
            raise TableError(
                f"{what}: {unknown.iloc[0]!r} in the column {side!r} is no sentence of this "
                f"report's {side}s, {example}. Pass what {made_by} returned for this report; "
                "links_by_unit sums up by paragraph, and nothing is made from its sums."
            )
    doubled = pairs.duplicated(PAIR)
    if doubled.any():
        pair = " and ".join(pairs.loc[doubled, PAIR].iloc[0])
        raise TableError(
            f"{what}: the pair {pair} has two rows. Keep the rows of one method, one row per pair."
        )


def _kind(given: object) -> str:
    """Say what sort of thing was given."""
    name = type(given).__name__
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"
