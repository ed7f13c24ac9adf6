"""What a step may count on: every table that it is handed is looked at here first.

Each step takes the tables of the steps before it as plain values, and anybody may have filtered,
joined or mixed them up. A table that lacks a column, or was made from another report, is refused
with what is wrong and what to pass instead; no step works on with it and gives an empty answer.
"""

from collections.abc import Iterable

import pandas as pd
from spacy.language import Language

from helpers.reading.documents import decode
from helpers.reading.report import BUNDLED, Report, locate

PAIR = ["deliberation", "recommendation"]  # what names a row of links
ENTITY_COLUMNS = [
    "start", "end", "text", "label", "entity_id", "name", "link", "parent", "ancestors",
    "sentence", "unit", "part",
]  # fmt: skip
LINK_COLUMNS = [*PAIR, "score", "linked", "verdict", "evidence", "negotiated"]
LEDGER_COLUMNS = [
    "entity_id", "name", "label", "status", "deliberations", "recommendations", "via", "note",
    "topic", "negotiated",
]  # fmt: skip
LABEL_NAMES = {
    "STATE": "States",
    "INSTRUMENT": "instruments",
    "CRIME_TYPE": "crime types",
    "GOAL": "goals",
    "BODY": "bodies",
    "GROUP": "groups of people",
    "MEASURE": "measures",
}
VERDICTS = ("clear", "open")  # the strongest first
STATUSES = ("carried", "generalized", "specialized", "dropped", "emerged")


class TableError(ValueError):
    """A table that a step cannot work with; says what is wrong with it and what to pass."""


def check_report(report: object) -> None:
    """Refuse what is no report."""
    if not isinstance(report, Report):
        raise TypeError(
            f"What read_report() returns is needed, but {_kind(report)} was given. "
            'Read it first: report = read_report("my_report.txt").'
        )


def check_bundled(report: Report) -> None:
    """Refuse another report than the one that comes with the collection, which the gold is of."""
    check_report(report)
    if report.clean.source != decode(BUNDLED.read_bytes(), BUNDLED.name)[0]:
        raise TableError(
            f"The gold is that of the report that comes with the collection, and this is "
            f"{report.title!r}. Pass read_report()."
        )


def check_nlp(nlp: object) -> None:
    """Refuse what is no pipeline."""
    if not isinstance(nlp, Language):
        raise TypeError(
            f"nlp must be a spaCy pipeline, as build_nlp() returns, but {_kind(nlp)} was given."
        )


def check_columns(
    table: object, what: str, columns: Iterable[str], made_by: str, *, rows: bool = False
) -> pd.DataFrame:
    """Return a table, its rows counted anew, once it has its columns and, if asked for, a row."""
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
    if rows and table.empty:
        raise TableError(f"{what}: there is no row. Pass what {made_by} returned, or part of it.")
    return table.reset_index(drop=True)


def check_entities(entities: object, report: Report) -> pd.DataFrame:
    """Return entities in the order of the text, once they are known to be this report's."""
    made_by = "extract_entities(report)"
    check_report(report)
    table = check_columns(entities, "entities", ENTITY_COLUMNS, made_by)
    table = table.fillna({"parent": "", "ancestors": ""})  # as a CSV file has them
    check_texts(table, "entities", report, made_by)
    places = locate(report, table)
    for column in ("sentence", "unit", "part"):
        wrong = table[column].fillna("") != places[column].fillna("")
        if wrong.any():
            row = table[wrong].iloc[0]
            raise TableError(
                f"entities: {row['text']!r} at {row['start']} lies in the {column} "
                f"{places.loc[wrong, column].iloc[0]} of this report, but {row[column]} stands in "
                f"its row. Entities of a bare text have none. Pass what {made_by} returned for "
                "this report."
            )
    if table["entity_id"].isna().any():
        name = table.loc[table["entity_id"].isna(), "text"].iloc[0]
        raise TableError(
            f'entities: {name!r} has no entity_id. One that stands for nothing has "".'
        )
    doubled = table.duplicated(["start", "end"])
    if doubled.any():
        name = table.loc[doubled, "text"].iloc[0]
        raise TableError(f"entities: {name!r} has two rows for one place. Keep one of them.")
    return table.sort_values("start", kind="stable", ignore_index=True)


def check_texts(entities: pd.DataFrame, what: str, report: Report, made_by: str) -> None:
    """Refuse entities whose words do not stand where they say."""
    for side in ("start", "end"):
        if len(entities) and not pd.api.types.is_integer_dtype(entities[side]):
            raise TableError(
                f"{what}: the offsets in the column {side!r} must be whole numbers, and "
                f"{entities[side].iloc[0]!r} stands there."
            )
    places = entities[["start", "end", "text"]].itertuples(index=False, name=None)
    for start, end, text in places:
        if report.text[start:end] != text:
            raise TableError(
                f"{what}: {text!r} should stand at {start} to {end}, where this report has "
                f"{report.text[start:end]!r}. They were found in another text. Pass what {made_by} "
                "returned for this report."
            )


def check_ledger(ledger: object) -> pd.DataFrame:
    """Return a ledger, once it has rows, lists of sentences, and statuses that are known."""
    made_by = "build_ledger(report)"
    table = check_columns(ledger, "ledger", LEDGER_COLUMNS, made_by, rows=True)
    for side in ("deliberations", "recommendations"):
        lists = table[side].map(lambda cell: isinstance(cell, list))
        if not lists.all():
            raise TableError(
                f"ledger: {table.loc[~lists, side].iloc[0]!r} in the column {side!r} is no list "
                f"of sentences. A CSV file holds lists as text. Pass what {made_by} returned."
            )
    unknown = table.loc[~table["status"].isin(STATUSES), "status"]
    if len(unknown):
        raise TableError(
            f"ledger: status must be one of {', '.join(STATUSES)}, but {unknown.iloc[0]!r} stands "
            "there."
        )
    return table


def check_links(links: object, report: Report, *, whole: bool = True) -> pd.DataFrame:
    """Return links, once they are between this report's sentences, and every pair of a topic is."""
    made_by = "link_passages(report)"
    check_report(report)
    table = check_pairs(links, "links", report, made_by)
    table = check_scores(table, LINK_COLUMNS)
    table = table.fillna({"verdict": "", "evidence": ""})  # as a CSV file has them
    unknown = table[~table["verdict"].isin([*VERDICTS, ""])]
    if len(unknown):
        raise TableError(
            f"links: the verdict {unknown['verdict'].iloc[0]!r} is none of {', '.join(VERDICTS)} "
            f"and the empty one. Pass what {made_by} returned."
        )
    if len(table) and set(table["negotiated"]) != {report.negotiated}:
        raise TableError(
            f"links: {table['negotiated'].iloc[0]!r} stands in the column 'negotiated', and of "
            f"this report it is {report.negotiated!r}: they are another report's. Pass what "
            f"{made_by} returned for this report."
        )
    sides = [
        report.sentences.loc[report.sentences["part"] == f"{side}s", "topic"].value_counts()
        for side in PAIR
    ]
    pairs = int((sides[0] * sides[1]).sum())
    if whole and len(table) != pairs:
        raise TableError(
            f"links: {len(table)} pairs are there, and this report has {pairs} within its topics. "
            f"Pass all that {made_by} returned; what is linked, its column says. Filter what comes "
            "out, not what goes in."
        )
    return table


def check_scores(links: object, columns: Iterable[str] = (*PAIR, "score")) -> pd.DataFrame:
    """Return scored pairs, each once, with ids as text."""
    table = check_columns(links, "links", columns, "link_passages(report)")
    _check_ids(table, "links")
    check_values(table)
    return table


def check_values(links: pd.DataFrame) -> None:
    """Refuse links whose scores are no numbers, or whose flags are not True or False."""
    score = links["score"].infer_objects()
    if len(links) and not pd.api.types.is_numeric_dtype(score):
        raise TableError(f"links: a score must be a number; {score.iloc[0]!r} is none.")
    if score.isna().any():
        raise TableError("links: a score is missing (NaN). A pair that shares nothing scores 0.")
    if "linked" in links and len(links) and not pd.api.types.is_bool_dtype(links["linked"]):
        raise TableError(
            f"links: linked must be True or False, and {links['linked'].iloc[0]!r} stands there."
        )


def check_pairs(pairs: object, what: str, report: Report, made_by: str) -> pd.DataFrame:
    """Return pairs, once each side names a sentence of this report's part."""
    table = check_columns(pairs, what, PAIR, made_by)
    _check_ids(table, what)
    sentences = report.sentences
    for side in PAIR:
        known = sentences.loc[sentences["part"] == f"{side}s", "sentence"]
        unknown = table.loc[~table[side].isin(known), side]
        if len(unknown):
            example = f"such as {known.iloc[0]!r}" if len(known) else "and it has none"
            raise TableError(
                f"{what}: {unknown.iloc[0]!r} in the column {side!r} is no sentence of this "
                f"report's {side}s, {example}. Pass what {made_by} returned for this report; "
                "links_by_unit sums up by paragraph, and nothing is made from its sums."
            )
    return table


def _check_ids(pairs: pd.DataFrame, what: str) -> None:
    for side in PAIR:
        if pd.api.types.is_numeric_dtype(pairs[side]) and len(pairs):
            raise TableError(
                f"{what}: the ids in the column {side!r} are numbers, and 3.10 would be 3.1. They "
                f"are text: read a file with dtype={{{side!r}: str}}."
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
