"""What became of every concept that was deliberated or recommended."""

from collections.abc import Iterator

import pandas as pd

from helpers.entities import extract_entities
from helpers.gazetteers import lineage
from helpers.report import Report

STATUSES = ("carried", "generalised", "specialised", "dropped", "emerged")
COLUMNS = [
    "entity_id", "name", "label", "status", "deliberations", "recommendations", "via", "topic",
]  # fmt: skip


def build_ledger(report: Report, entities: pd.DataFrame | None = None) -> pd.DataFrame:
    """Say what became of every concept: carried, generalised, specialised, dropped or emerged.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    entities : pandas.DataFrame, optional
        What `helpers.extract_entities` returned for this report; made here if it is not given.

    Returns
    -------
    pandas.DataFrame
        One row a concept and topic, in the order of the text: ``entity_id``, ``name``, ``label``,
        ``status``, ``deliberations`` and ``recommendations`` (lists of the ids of the sentences
        that name the concept itself), ``via`` (the ids of the broader or narrower concepts that
        explain the status, separated by "; ", or ""), ``topic``. ``ledger.attrs["note"]`` says
        what must stand wherever it is shown.

    Notes
    -----
    "Carried" stands in both parts. "Generalised" was deliberated and is recommended as a broader
    class; a class that is recommended only because a member was deliberated is generalised too.
    "Specialised" is recommended and was deliberated as its broader class. "Dropped" was
    deliberated, and neither it nor a broader class is recommended: it is not taken up in the text,
    which does not say that it was rejected. "Emerged" is recommended, and nothing like it was
    deliberated.

    States are left out: the views of a summary are nobody's in particular, and no table of this
    collection joins a State with a view.

    Examples
    --------
    >>> from helpers import read_report
    >>> ledger = build_ledger(read_report()).set_index("entity_id")
    >>> ledger.loc["money-laundering", ["status", "deliberations", "via"]].tolist()
    ['generalised', ['3.2'], 'financial-crimes']
    """
    entities = extract_entities(report) if entities is None else entities
    broader = {
        row.entity_id: lineage(row.entity_id, row.parent)[1:] for row in entities.itertuples()
    }
    places = report.sentences[["sentence", "topic", "part"]]
    mentions = entities[entities["label"] != "STATE"].merge(places, on="sentence")
    rows = [
        row
        for topic, here in mentions.groupby("topic", sort=False)
        for row in _topic_rows(here, broader, topic)
    ]
    ledger = pd.DataFrame(rows, columns=COLUMNS)
    ledger.attrs["note"] = report.note
    return ledger


def _topic_rows(
    mentions: pd.DataFrame, broader: dict[str, tuple[str, ...]], topic: str
) -> Iterator[tuple]:
    sides = mentions[mentions["part"].isin(["deliberations", "recommendations"])]
    deliberated = set(sides.loc[sides["part"] == "deliberations", "entity_id"])
    recommended = set(sides.loc[sides["part"] == "recommendations", "entity_id"])
    for concept, rows in sides.groupby("entity_id", sort=False):
        status, via = _status(concept, deliberated, recommended, broader)
        first = rows.iloc[0]
        yield (
            concept,
            first["name"],
            first["label"],
            status,
            _sentences(rows, "deliberations"),
            _sentences(rows, "recommendations"),
            "; ".join(via),
            topic,
        )


def _status(
    concept: str,
    deliberated: set[str],
    recommended: set[str],
    broader: dict[str, tuple[str, ...]],
) -> tuple[str, list[str]]:
    """Give a concept's status, and the broader or narrower concepts that explain it."""
    if concept in deliberated and concept in recommended:
        return "carried", []
    other_side = recommended if concept in deliberated else deliberated
    above = [concept for concept in broader[concept] if concept in other_side][:1]
    below = sorted(member for member in other_side if concept in broader[member])
    if concept in deliberated:
        return ("generalised", above) if above else ("dropped", below)
    if above:
        return "specialised", above
    return ("generalised", below) if below else ("emerged", [])


def _sentences(mentions: pd.DataFrame, part: str) -> list[str]:
    return mentions.loc[mentions["part"] == part, "sentence"].unique().tolist()
