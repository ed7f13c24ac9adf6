"""What became of every concept that was deliberated or recommended, and with what force.

The verbs that have a force stand in ``data/language/verbs.csv``, each with one of three steps: 1
the point is named or left open, 2 it is given weight or furthered, 3 it is asked for or to be done.
The steps are this project's own, a reading aid and no measure: a summary's "stressed" is its
writer's choice, and the two sides of a pair are not of one kind.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

import pandas as pd

from helpers.contract import LEDGER_COLUMNS, PAIR, check_links, check_report
from helpers.linking.links import link_passages
from helpers.linking.topics import check_parts
from helpers.names.entities import ancestors_of, own_entities
from helpers.reading.headings import PARTS
from helpers.reading.report import Report
from helpers.resources import LANGUAGE

FORCE_COLUMNS = [
    "deliberation", "said", "said_force", "recommendation", "asked", "asked_force",
]  # fmt: skip
MOST_NAMED = 3  # sentences in a note
Pairs = list[tuple[str, str]]
VERBS = LANGUAGE / "verbs.csv"
SHIFTS = {-1: "weaker", 0: "the same", 1: "stronger"}


def build_ledger(
    report: Report, entities: pd.DataFrame | None = None, *, links: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Say what became of every concept: carried, generalized, specialized, dropped or emerged.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    entities : pandas.DataFrame, optional
        What `helpers.extract_entities` returned for this report; made here if it is not given.
    links : pandas.DataFrame, optional
        What `helpers.link_passages` returned for this report; made here if it is not given.

    Returns
    -------
    pandas.DataFrame
        One row per concept and topic, in the order of the text: ``entity_id``, ``name``,
        ``label``, ``status``, ``deliberations`` and ``recommendations`` (lists of the ids of the
        sentences that name the concept itself), ``via`` (the ids of the broader or narrower
        concepts that explain the status, separated by "; ", or ""), ``note`` (where the links make
        the status doubtful, why; or ""), ``topic``, ``negotiated`` ("no", "yes" or "not said": what
        the report says of its recommendations).

    Raises
    ------
    TypeError
        If `report` is no report, or `entities` no table.
    ValueError
        If `entities` lack a column, or were found in another text than this report's.
    ReportError
        If the report has no deliberations or no recommendations.

    Notes
    -----
    "Carried" stands in both parts. "Generalized" was deliberated and is recommended as a broader
    class; a class that is recommended only because a member was deliberated is generalized too.
    "Specialized" is recommended and was deliberated as its broader class. "Dropped" was
    deliberated, and neither it nor a broader class is recommended: it is not taken up in the text,
    which does not say that it was rejected. "Emerged" is recommended, and nothing like it was
    deliberated.

    A status goes by names, and links by sentences. Where the sentences behind a status are not
    linked, what they name may be named in different matters; where the sentence of a dropped or
    emerged concept is linked all the same, its point may be there in other words.

    States are left out: the views of a summary are nobody's in particular, and no table of this
    collection joins a State with a view.

    Examples
    --------
    >>> from helpers import read_report
    >>> ledger = build_ledger(read_report()).set_index("entity_id")
    >>> ledger.loc["money-laundering", ["status", "deliberations", "via"]].tolist()
    ['generalized', ['3.2'], 'financial-crimes']
    """
    check_report(report)
    check_parts(report)
    entities = own_entities(report, entities)
    if links is None:
        links = link_passages(report, entities=entities)
    links = check_links(links, report)
    likest = links[links["linked"]].sort_values("score", ascending=False, kind="stable")
    linked = list(likest[PAIR].itertuples(index=False, name=None))
    broader = {row.entity_id: ancestors_of(row) for row in entities.itertuples()}
    topics = report.sentences[["sentence", "topic"]]
    concepts = entities[(entities["label"] != "STATE") & (entities["entity_id"] != "")]
    mentions = concepts.merge(topics, on="sentence")
    rows = [
        (*row, topic, report.negotiated)
        for topic, here in mentions.groupby("topic", sort=False)
        for row in _topic_rows(here, broader, linked)
    ]
    return pd.DataFrame(rows, columns=LEDGER_COLUMNS)


def compare_force(report: Report, links: pd.DataFrame) -> pd.DataFrame:
    """Lay the reporting verb of a deliberation beside the operative verb of its recommendation.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    links : pandas.DataFrame
        What `helpers.link_passages` returned for this report.

    Returns
    -------
    pandas.DataFrame
        One row per linked pair, in the order of the deliberations: ``deliberation``, ``said`` (its
        reporting verbs as written), ``said_force`` (the highest step among them, 1 to 3),
        ``recommendation``, ``asked`` (its first operative verb), ``asked_force``, ``shift``
        (stronger, the same, weaker), ``negotiated`` (as in the links). Where a sentence has no such
        verb, the cells are empty.

    Examples
    --------
    >>> from helpers import link_passages, read_report
    >>> report = read_report()
    >>> table = compare_force(report, link_passages(report)).set_index("deliberation")
    >>> table.loc["5.2", ["said", "asked", "shift"]].tolist()
    ['welcomed, urging', 'Expand', 'weaker']
    """
    links = check_links(links, report, whole=False)
    texts = report.sentences.set_index("sentence")["text"]
    pairs = links.loc[links["linked"], PAIR]
    rows = []
    for deliberation, recommendation in pairs.itertuples(index=False):
        said = verbs_in(texts[deliberation], "deliberations")
        asked = verbs_in(texts[recommendation], "recommendations")[:1]
        rows.append((deliberation, *_summed_up(said), recommendation, *_summed_up(asked)))
    table = pd.DataFrame(rows, columns=FORCE_COLUMNS).astype(
        {"said_force": "Int64", "asked_force": "Int64"}
    )
    steps = table["asked_force"] - table["said_force"]
    shift = steps.clip(-1, 1).map(SHIFTS).fillna("")
    return table.assign(shift=shift, negotiated=report.negotiated)


def verbs_in(text: str, part: str) -> list[tuple[str, int]]:
    """Find the verbs of a sentence that have a force.

    Parameters
    ----------
    text : str
        A sentence.
    part : {"deliberations", "recommendations"}
        Whether to look for reporting verbs or for operative ones.

    Returns
    -------
    list of tuple
        Each verb as written, in the order of the text, and its step, 1 to 3.

    Examples
    --------
    >>> verbs_in("Speakers welcomed the treaty, urging States to ratify it.", "deliberations")
    [('welcomed', 2), ('urging', 3)]
    """
    forces = _forces()[part]
    words = re.findall(r"[^\W\d_]+", text)
    return [(word, forces[word.lower()]) for word in words if word.lower() in forces]


def _topic_rows(
    mentions: pd.DataFrame, broader: dict[str, tuple[str, ...]], linked: Pairs
) -> Iterator[tuple[object, ...]]:
    sides = mentions[mentions["part"].isin(PARTS)]
    said, recommended = (
        sides[sides["part"] == part].groupby("entity_id")["sentence"].agg(_distinct).to_dict()
        for part in PARTS
    )
    names = dict(zip(sides["entity_id"], sides["name"], strict=True))
    for concept, rows in sides.groupby("entity_id", sort=False):
        status, via = _status(concept, set(said), set(recommended), broader)
        own = said.get(concept, []), recommended.get(concept, [])
        here, there = (
            sentences or [at for other in via for at in side.get(other, [])]
            for sentences, side in zip(own, (said, recommended), strict=True)
        )
        note = _note(status, here, there, linked, " and ".join(names[other] for other in via))
        label = rows["label"].iloc[0]
        yield concept, names[concept], label, status, *own, "; ".join(via), note


def _note(status: str, said: list[str], recommended: list[str], linked: Pairs, via: str) -> str:
    """Say what makes a status doubtful: of the sentences behind it, which are linked or not."""
    if status == "dropped":
        found = _listed(there for here, there in linked if here in said)
        return found and f"its sentences are linked to {found}: perhaps there in other words"
    if status == "emerged":
        found = _listed(here for here, there in linked if there in recommended)
        return found and f"its sentences are linked to {found}: perhaps said in other words"
    if any(here in said and there in recommended for here, there in linked):
        return ""
    pair = f"{_listed(said)} (deliberated) and {_listed(recommended)} (recommended) are not linked"
    if status == "carried":
        return f"{pair}: perhaps named in different matters"
    return f"by way of {via}, and {pair}: perhaps on another matter"


def _status(
    concept: str,
    deliberated: set[str],
    recommended: set[str],
    broader: dict[str, tuple[str, ...]],
) -> tuple[str, list[str]]:
    """Return a concept's status, and the broader or narrower concepts that explain it."""
    if concept in deliberated and concept in recommended:
        return "carried", []
    other_side = recommended if concept in deliberated else deliberated
    above = [broad for broad in broader[concept] if broad in other_side][:1]
    below = sorted(member for member in other_side if concept in broader[member])
    if concept in deliberated:
        return ("generalized", above) if above else ("dropped", below)
    if above:
        return "specialized", above
    return ("generalized", below) if below else ("emerged", [])


def _distinct(sentences: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(sentences))


def _listed(sentences: Iterable[str]) -> str:
    """Name some sentences, three at most."""
    names = _distinct(sentences)
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more


def _summed_up(verbs: list[tuple[str, int]]) -> tuple[str, int | None]:
    return ", ".join(verb for verb, _ in verbs), max((step for _, step in verbs), default=None)


@cache
def _forces() -> dict[str, dict[str, int]]:
    """Return for each part the step of every form of its verbs."""
    table = pd.read_csv(VERBS).assign(forms=lambda verbs: verbs["forms"].str.split("|"))
    table = table.explode("forms")
    return {
        part: dict(zip(verbs["forms"], verbs["force"].tolist(), strict=True))
        for part, verbs in table.groupby("part")
    }
