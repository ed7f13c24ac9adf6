"""The gold of the bundled report, what it is made of, and how far its annotators agree.

The gold of the bundled report is derived, each time, from two annotation passes (``data/gold/a``
and ``data/gold/b``), from a table that decides where they differ (``adjudication.csv``) and from
one that says which thing each name stands for (``ids.csv``).
"""

import csv
import json
import re
from collections.abc import Collection
from itertools import combinations

import numpy as np
import pandas as pd
from sklearn.metrics import cohen_kappa_score

from helpers.contract import STATUSES, check_bundled, check_report
from helpers.evaluation.metrics import score_entities
from helpers.names.gazetteers import TABLES
from helpers.reading.report import Report, locate
from helpers.resources import GOLD

PASSES = ("a", "b", "c")
AFTER_THE_GUIDELINES = ("a", "b")  # c, links only, was made before there were any


def read_pass(annotator: str, report: Report) -> pd.DataFrame:
    """Read the entities of one annotation pass.

    Parameters
    ----------
    annotator : {"a", "b"}
        Which pass.
    report : Report
        The bundled report.

    Returns
    -------
    pandas.DataFrame
        One row per entity: ``start``, ``end`` (offsets into ``report.text``), ``text``, ``label``.

    Examples
    --------
    >>> from helpers import read_report
    >>> len(read_pass("a", read_report()))
    109
    """
    check_bundled(report)
    if annotator not in AFTER_THE_GUIDELINES:
        raise ValueError(
            f"annotator must be one of {', '.join(AFTER_THE_GUIDELINES)}, but {annotator!r} was "
            "passed; others have noted no entities."
        )
    lines = (GOLD / annotator / "entities.jsonl").read_text(encoding="utf-8").splitlines()
    rows = []
    for annotation in map(json.loads, lines):
        start, end = np.searchsorted(
            report.clean.origin, [annotation["start"], annotation["end"]]
        ).tolist()
        rows.append((start, end, report.text[start:end], annotation["label"]))
    return pd.DataFrame(rows, columns=["start", "end", "text", "label"])


def read_gold(report: Report) -> pd.DataFrame:
    """Derive the gold entities of the bundled report.

    Parameters
    ----------
    report : Report
        The bundled report.

    Returns
    -------
    pandas.DataFrame
        One row per entity: ``start``, ``end``, ``text``, ``label``, ``entity_id``, ``link``,
        ``sentence``.

    Raises
    ------
    ValueError
        If the passes differ about an entity that no row of the adjudication decides.

    Examples
    --------
    >>> from helpers import read_report
    >>> gold = read_gold(read_report())
    >>> gold["label"].value_counts().head(2).to_dict()
    {'CRIME_TYPE': 37, 'MEASURE': 26}
    """
    first, second = (read_pass(annotator, report) for annotator in AFTER_THE_GUIDELINES)
    both = first.merge(second, how="outer", indicator=True)
    decided = _decided("entity", set(both.loc[both["_merge"] != "both", "start"].astype(str)))
    keep = (both["_merge"] == "both") | both["start"].astype(str).map(decided).eq("yes")
    ids = pd.read_csv(GOLD / "ids.csv", dtype=str, keep_default_na=False)
    gold = both[keep].drop(columns="_merge").merge(ids, on=["label", "text"], how="left")
    gold["sentence"] = locate(report, gold)["sentence"]
    return gold.sort_values("start", ignore_index=True)


def read_gold_links() -> set[tuple[str, str]]:
    """Derive the gold links of the bundled report.

    Returns
    -------
    set of tuple of str
        Pairs of a deliberation's and a recommendation's sentence id.

    Raises
    ------
    ValueError
        If the passes differ about a pair that no row of the adjudication decides.

    Examples
    --------
    >>> ("5.2", "12(c).3") in read_gold_links()
    True
    """
    first, second = (read_links(annotator) for annotator in AFTER_THE_GUIDELINES)
    differences = {" -> ".join(pair): pair for pair in first ^ second}
    decided = _decided("link", differences)
    return (first & second) | {pair for item, pair in differences.items() if decided[item] == "yes"}


def read_links(annotator: str) -> set[tuple[str, str]]:
    """Read the links of one annotation pass.

    Parameters
    ----------
    annotator : {"a", "b", "c"}
        Which pass.

    Returns
    -------
    set of tuple of str
        Pairs of a deliberation's and a recommendation's sentence id.

    Examples
    --------
    >>> [len(read_links(annotator)) for annotator in "abc"]
    [35, 34, 32]
    """
    if annotator not in PASSES:
        raise ValueError(
            f"annotator must be one of {', '.join(PASSES)}, but {annotator!r} was passed."
        )
    with (GOLD / annotator / "links.csv").open(encoding="utf-8", newline="") as file:
        return {(row["deliberation"], row["recommendation"]) for row in csv.DictReader(file)}


def read_gold_statuses() -> pd.Series:
    """Derive what became of each concept of the bundled report, by the annotators.

    Returns
    -------
    pandas.Series
        The status (carried, generalized, specialized, dropped, emerged), by ``entity_id``.

    Raises
    ------
    ValueError
        If the passes differ about a concept that no row of the adjudication decides.

    Examples
    --------
    >>> read_gold_statuses()[["money-laundering", "kyoto-declaration"]].tolist()
    ['generalized', 'emerged']
    """
    ids = pd.read_csv(GOLD / "ids.csv", dtype=str)
    id_of = dict(zip(ids["text"].str.casefold(), ids["entity_id"], strict=True))
    noted: dict[str, set[str]] = {}
    for annotator in AFTER_THE_GUIDELINES:
        ledger = pd.read_csv(GOLD / annotator / "ledger.csv", dtype=str)
        for names, status in zip(ledger["concept"], ledger["status"], strict=True):
            for name in names.split(" / "):
                noted.setdefault(id_of[name.casefold()], set()).add(status)
    differ = {concept for concept, own in noted.items() if len(own) > 1}
    settled = _decided("status", differ, STATUSES)
    agreed = {concept: min(own) for concept, own in noted.items()}
    return pd.Series({concept: settled.get(concept, agreed[concept]) for concept in agreed},
                     name="status")  # fmt: skip


def read_adjudication() -> pd.DataFrame:
    """Read what the gold has where the annotators differ, or the guidelines decide otherwise.

    Returns
    -------
    pandas.DataFrame
        One row per case: ``kind`` (entity, link or status), ``item``, ``a``, ``b``, ``c`` (what
        each has), ``decision``, ``reason``.

    Examples
    --------
    >>> read_adjudication()["kind"].unique().tolist()
    ['link', 'status']
    """
    return pd.read_csv(GOLD / "adjudication.csv", dtype=str, keep_default_na=False)


def annotate(report: Report, unit: str, names: list[tuple[str, str]]) -> pd.DataFrame:
    """Make a table of entities of names that a reader has marked.

    Parameters
    ----------
    report : Report
        The report that was read.
    unit : str
        The paragraph or recommendation that was marked ("8", "12(c)").
    names : list of tuple of str
        Words as they stand in the text, and their label; each is taken wherever it stands.

    Returns
    -------
    pandas.DataFrame
        One row per mark: ``start``, ``end``, ``text``, ``label``.

    Raises
    ------
    ValueError
        If there is no such unit, a label is none of the seven, or words do not stand in the text.

    Examples
    --------
    >>> from helpers import read_report
    >>> annotate(read_report(), "8", [("women", "GROUP")])["text"].tolist()
    ['women', 'women']
    """
    check_report(report)
    sentences = report.sentences[report.sentences["unit"] == unit]
    if sentences.empty:
        units = ", ".join(report.sentences["unit"].unique())
        raise ValueError(f"There is no paragraph {unit!r}. Those that exist: {units}.")
    start, end = sentences["start"].min(), sentences["end"].max()
    rows = []
    for words, label in names:
        if label not in TABLES:
            raise ValueError(f"label must be one of {', '.join(TABLES)}, but {label!r} was given.")
        if not words.strip():
            raise ValueError("A mark needs words, as they stand in the text; this one has none.")
        places = list(re.finditer(rf"\b{re.escape(words)}\b", report.text[start:end]))
        if not places:
            raise ValueError(f"{words!r} does not stand in {unit}, letter for letter.")
        rows += [(start + at.start(), start + at.end(), words, label) for at in places]
    table = pd.DataFrame(rows, columns=["start", "end", "text", "label"])
    return table.sort_values("start", ignore_index=True)


def agreement_on_entities(report: Report) -> pd.DataFrame:
    """Say how far the two passes agree on entities.

    Parameters
    ----------
    report : Report
        The bundled report.

    Returns
    -------
    pandas.DataFrame
        One row per label and one for all: ``a``, ``b`` (how many), ``f1`` (strict).

    Examples
    --------
    >>> from helpers import read_report
    >>> float(agreement_on_entities(read_report()).loc["all", "f1"])
    1.0
    """
    first, second = (read_pass(annotator, report) for annotator in AFTER_THE_GUIDELINES)
    strict = score_entities(first, second)["f1"].unstack()["strict"]
    sizes = {"a": first["label"].value_counts(), "b": second["label"].value_counts()}
    table = pd.DataFrame(sizes).reindex(strict.index)
    table.loc["all"] = [len(first), len(second)]
    return table.astype(int).assign(f1=strict)


def agreement_on_links(report: Report) -> pd.DataFrame:
    """Say how far each two passes agree on the links between sentences.

    Parameters
    ----------
    report : Report
        The bundled report.

    Returns
    -------
    pandas.DataFrame
        One row per two passes: ``shared`` (links both have), ``f1``, ``kappa`` (Cohen's kappa over
        all pairs of sentences: agreement beyond what chance gives).

    Examples
    --------
    >>> from helpers import read_report
    >>> agreement_on_links(read_report())["shared"].tolist()
    [34, 30, 30]
    """
    check_bundled(report)
    sides = [
        report.sentences.loc[report.sentences["part"] == part, "sentence"]
        for part in ("deliberations", "recommendations")
    ]
    pairs = pd.MultiIndex.from_product(sides)
    rows = {}
    for one, other in combinations(PASSES, 2):
        left, right = (pairs.isin(sorted(read_links(annotator))) for annotator in (one, other))
        shared = int((left & right).sum())
        rows[f"{one} and {other}"] = {
            "shared": shared,
            "f1": 2 * shared / int(left.sum() + right.sum()),
            "kappa": cohen_kappa_score(left, right),
        }
    return pd.DataFrame(rows).T.astype({"shared": int})


def _decided(
    kind: str, differences: Collection[str], choices: Collection[str] = ("yes", "no")
) -> dict[str, str]:
    """Return the decisions of a kind that are one of the choices, once none is missing."""
    table = read_adjudication()
    of_kind = table[(table["kind"] == kind) & table["decision"].isin(choices)]
    decided = dict(zip(of_kind["item"], of_kind["decision"], strict=True))
    if undecided := sorted(set(differences) - set(decided)):
        raise ValueError(
            f"The annotators differ, and adjudication.csv has no row of the kind {kind!r} for "
            f"{', '.join(undecided)}. Add one, with a decision and a reason."
        )
    return decided
