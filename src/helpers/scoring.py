"""How good an extraction is: compared with gold, and the gold with itself.

The gold of the bundled report is derived, each time, from two annotation passes (``data/gold/a``
and ``data/gold/b``), from a table that decides where they differ (``adjudication.csv``) and from
one that says which thing each name stands for (``ids.csv``).
"""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from sklearn.metrics import average_precision_score, cohen_kappa_score

from helpers.documents import DATA
from helpers.gazetteers import TABLES
from helpers.ledger import STATUSES
from helpers.links import PAIR, fence, stand_out, topics, weigh_sentences
from helpers.passages import (
    BROADER_WEIGHT,
    CONCEPT_WEIGHT,
    FRAME_WEIGHT,
    PHRASE_WEIGHT,
    contrast,
    cosines,
)
from helpers.report import Report, places_of

GOLD = DATA / "gold"
PASSES = ("a", "b", "c")
SCHEMES = ("strict", "exact", "partial", "type")
SPAN = ["start", "end", "label"]
KINDS = ("missed", "invented", "wrong span", "wrong label", "wrong id", "wrong grade")
RESAMPLES = 2000
LINK_RESAMPLES = 500
WEIGHTS_TRIED = {
    "frame": (0.0, 0.5, 1.0),
    "phrase": (0.5, 1.0, 2.0),
    "concept": (0.5, 1.0, 2.0),
    "broader": (0.0, 0.5, 1.0),
}
OUR_WEIGHTS = {
    "frame": FRAME_WEIGHT,
    "phrase": PHRASE_WEIGHT,
    "concept": CONCEPT_WEIGHT,
    "broader": BROADER_WEIGHT,
}
# Our method and the same without one of its parts.
WITHOUT = {
    "all of it": {},
    "without phrases": {"phrase": 0.0},
    "without concepts": {"concept": 0.0},
    "without broader concepts": {"broader": 0.0},
    "frame words like others": {"frame": 1.0},
    "words alone": {"phrase": 0.0, "concept": 0.0, "frame": 1.0},
    "without contrast": {},
}
PLAIN = ("words alone", "without contrast")  # are not held against the best
LINK_MEASURES = (
    "average precision",
    "F1, line from the other paragraphs",
    "F1, line from the scores",
    "mean average precision",
    "hit@1",
    "hit@1 back",
)


@dataclass
class Counts:
    """What became of the gold and the predicted entities, in the terms of MUC-5.

    Parameters
    ----------
    correct, incorrect, partial, missed, spurious : int
        Gold entities found, found wrongly, found in part, not found; predictions without gold.
    """

    correct: int = 0
    incorrect: int = 0
    partial: int = 0
    missed: int = 0
    spurious: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Add up two counts."""
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def hits(self) -> float:
        """Entities that count as found: a partial one counts half."""
        return self.correct + 0.5 * self.partial

    @property
    def precision(self) -> float:
        """Of what was predicted, how much is right."""
        return _ratio(self.hits, self.correct + self.incorrect + self.partial + self.spurious)

    @property
    def recall(self) -> float:
        """Of what is right, how much was predicted."""
        return _ratio(self.hits, self.correct + self.incorrect + self.partial + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _ratio(2 * self.precision * self.recall, self.precision + self.recall)


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
        One row an entity: ``start``, ``end`` (offsets into ``report.text``), ``text``, ``label``.

    Examples
    --------
    >>> from helpers import read_report
    >>> len(read_pass("a", read_report()))
    109
    """
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
        One row an entity: ``start``, ``end``, ``text``, ``label``, ``entity_id``, ``link``,
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
    first, second = (read_pass(annotator, report) for annotator in "ab")
    both = first.merge(second, how="outer", indicator=True)
    decided = _decided("entity")
    open_cases = [
        f"{row.text!r} at {row.start}"
        for row in both[both["_merge"] != "both"].itertuples()
        if str(row.start) not in decided
    ]
    if open_cases:
        raise ValueError(f"adjudication.csv does not decide {', '.join(open_cases)}.")
    keep = (both["_merge"] == "both") | both["start"].astype(str).map(decided).eq("yes")
    ids = pd.read_csv(GOLD / "ids.csv", dtype=str, keep_default_na=False)
    gold = both[keep].drop(columns="_merge").merge(ids, on=["label", "text"], how="left")
    gold["sentence"] = places_of(report, gold)["sentence"]
    return gold.sort_values("start", ignore_index=True)


def read_gold_links() -> set[tuple[str, str]]:
    """Derive the gold links of the bundled report.

    Returns
    -------
    set of tuple of str
        Pairs of a deliberation's and a recommendation's sentence id.

    Examples
    --------
    >>> ("5.2", "12(c).3") in read_gold_links()
    True
    """
    first, second = read_links("a"), read_links("b")
    decided = {tuple(item.split(" -> ")): choice for item, choice in _decided("link").items()}
    return (first & second) | {pair for pair in first ^ second if decided[pair] == "yes"}


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
    with (GOLD / annotator / "links.csv").open(encoding="utf-8", newline="") as file:
        return {(row["deliberation"], row["recommendation"]) for row in csv.DictReader(file)}


def read_gold_fates() -> pd.Series:
    """Derive what became of each concept of the bundled report, by the annotators.

    Returns
    -------
    pandas.Series
        The status (carried, generalised, specialised, dropped, emerged), by ``entity_id``.

    Raises
    ------
    ValueError
        If the passes differ about a concept that no row of the adjudication decides.

    Examples
    --------
    >>> read_gold_fates()[["money-laundering", "kyoto-declaration"]].tolist()
    ['generalised', 'emerged']
    """
    ids = pd.read_csv(GOLD / "ids.csv", dtype=str)
    id_of = dict(zip(ids["text"].str.casefold(), ids["entity_id"], strict=True))
    noted: dict[str, set[str]] = {}
    for annotator in "ab":
        ledger = pd.read_csv(GOLD / annotator / "ledger.csv", dtype=str)
        for names, status in zip(ledger["concept"], ledger["status"], strict=True):
            for name in names.split(" / "):
                noted.setdefault(id_of[name.casefold()], set()).add(status)
    decided = {item: {fate} for item, fate in _decided("fate").items() if fate in STATUSES}
    fates = noted | {concept: fate for concept, fate in decided.items() if concept in noted}
    undecided = [concept for concept, statuses in fates.items() if len(statuses) > 1]
    if undecided:
        raise ValueError(f"adjudication.csv does not decide what became of {', '.join(undecided)}.")
    return pd.Series({concept: status for concept, (status,) in fates.items()}, name="status")


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
        One row a mark: ``start``, ``end``, ``text``, ``label``.

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
    sentences = report.sentences[report.sentences["unit"] == unit]
    if sentences.empty:
        units = ", ".join(report.sentences["unit"].unique())
        raise ValueError(f"There is no paragraph {unit!r}. Those that exist: {units}.")
    start, end = sentences["start"].min(), sentences["end"].max()
    rows = []
    for words, label in names:
        if label not in TABLES:
            raise ValueError(f"label must be one of {', '.join(TABLES)}, but {label!r} was given.")
        places = list(re.finditer(rf"\b{re.escape(words)}\b", report.text[start:end]))
        if not places:
            raise ValueError(f"{words!r} does not stand in {unit}, letter for letter.")
        rows += [(start + at.start(), start + at.end(), words, label) for at in places]
    table = pd.DataFrame(rows, columns=["start", "end", "text", "label"])
    return table.sort_values("start", ignore_index=True)


def read_model_entities(report: Report) -> pd.DataFrame:
    """Read what the statistical model has found in the bundled report, as far as we label it.

    Parameters
    ----------
    report : Report
        The bundled report.

    Returns
    -------
    pandas.DataFrame
        ``start``, ``end``, ``text``, ``label``, ``model_label``, ``model``, ``sentence``, and
        ``entity_id`` and ``link``, which are empty: the model links nothing.

    Examples
    --------
    >>> from helpers import read_report
    >>> sorted(read_model_entities(read_report())["label"].unique())
    ['BODY', 'INSTRUMENT', 'STATE']
    """
    table = pd.read_csv(DATA / "comparison" / "model_entities.csv", keep_default_na=False)
    table = table[table["label"] != ""].reset_index(drop=True).assign(entity_id="", link="")
    table["sentence"] = places_of(report, table)["sentence"]
    return table


def agreement_on_entities(report: Report) -> pd.DataFrame:
    """Say how far the two passes agree on entities.

    Parameters
    ----------
    report : Report
        The bundled report.

    Returns
    -------
    pandas.DataFrame
        One row a label and one for all: ``a``, ``b`` (how many), ``f1`` (strict).

    Examples
    --------
    >>> from helpers import read_report
    >>> float(agreement_on_entities(read_report()).loc["all", "f1"])
    1.0
    """
    first, second = (read_pass(annotator, report) for annotator in "ab")
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
        One row two passes: ``shared`` (links both have), ``f1``, ``kappa`` (Cohen's kappa over all
        pairs of sentences: agreement beyond what chance gives).

    Examples
    --------
    >>> from helpers import read_report
    >>> agreement_on_links(read_report())["shared"].tolist()
    [34, 30, 30]
    """
    sides = [
        report.sentences.loc[report.sentences["part"] == part, "sentence"]
        for part in ("deliberations", "recommendations")
    ]
    pairs = pd.MultiIndex.from_product(sides)
    rows = {}
    for one, other in (("a", "b"), ("a", "c"), ("b", "c")):
        left, right = (pairs.isin(sorted(read_links(annotator))) for annotator in (one, other))
        shared = int((left & right).sum())
        rows[f"{one} and {other}"] = {
            "shared": shared,
            "f1": 2 * shared / int(left.sum() + right.sum()),
            "kappa": cohen_kappa_score(left, right),
        }
    return pd.DataFrame(rows).T.astype({"shared": int})


def score_entities(gold: pd.DataFrame, predicted: pd.DataFrame) -> pd.DataFrame:
    """Compare predicted entities with gold, in the four schemes of SemEval-2013 task 9.1.

    Parameters
    ----------
    gold, predicted : pandas.DataFrame
        Entities with ``start``, ``end`` and ``label``, of the same text.

    Returns
    -------
    pandas.DataFrame
        One row a label and scheme, and for the label "all": ``precision``, ``recall``, ``f1``
        (0 to 1) and the counts they rest on. *strict*: same span and label; *exact*: same span;
        *partial*: overlapping spans, half for an inexact one; *type*: overlapping spans with the
        same label.

    Examples
    --------
    >>> gold = pd.DataFrame({"start": [0, 20], "end": [10, 30], "label": ["STATE", "BODY"]})
    >>> found = pd.DataFrame({"start": [0, 22], "end": [10, 30], "label": ["STATE", "BODY"]})
    >>> score_entities(gold, found).loc["all", "f1"].to_dict()
    {'strict': 0.5, 'exact': 0.5, 'partial': 0.75, 'type': 1.0}
    """
    counts = _count(gold, predicted)
    labels = [label for label in TABLES if any(label == key[0] for key in counts)]
    rows = {}
    for scheme in SCHEMES:
        for label in labels:
            rows[label, scheme] = counts.get((label, scheme), Counts())
        rows["all", scheme] = sum((rows[label, scheme] for label in labels), Counts())
    index = pd.MultiIndex.from_tuples(
        [(label, scheme) for label in [*labels, "all"] for scheme in SCHEMES],
        names=["label", "scheme"],
    )
    return pd.DataFrame([_scores(rows[key]) for key in index], index=index)


def score_links_to_ids(gold: pd.DataFrame, predicted: pd.DataFrame) -> pd.Series:
    """Say how often an entity that was found has the right id, and the right grade of its link.

    Parameters
    ----------
    gold, predicted : pandas.DataFrame
        Entities with ``start``, ``end``, ``label``, ``entity_id`` and ``link``.

    Returns
    -------
    pandas.Series
        ``entities`` (how many have the same span and label in both), ``id`` and ``grade`` (the
        part of them that is right, 0 to 1).

    Examples
    --------
    >>> one = pd.DataFrame([(0, 4, "STATE", "PER", "exact")],
    ...                    columns=[*SPAN, "entity_id", "link"])
    >>> score_links_to_ids(one, one.assign(entity_id="PRY")).tolist()
    [1.0, 0.0, 1.0]
    """
    both = gold.merge(predicted, on=SPAN, suffixes=("_gold", ""))
    right_id = both["entity_id_gold"] == both["entity_id"]
    right_grade = both["link_gold"] == both["link"]
    return pd.Series({"entities": len(both), "id": right_id.mean(), "grade": right_grade.mean()})


def bootstrap_f1(
    gold: pd.DataFrame, predicted: pd.DataFrame, *, scheme: str = "strict", seed: int = 0
) -> tuple[float, float]:
    """Give a 95 % interval of the F1 over all labels, by drawing sentences anew.

    Parameters
    ----------
    gold, predicted : pandas.DataFrame
        Entities with ``start``, ``end``, ``label`` and ``sentence``; those without a sentence are
        drawn as one.
    scheme : {"strict", "exact", "partial", "type"}
        How a prediction counts as right.
    seed : int
        Where the random numbers begin.

    Returns
    -------
    tuple of float
        Lower and upper end.

    Notes
    -----
    If nothing is wrong in the sample, every drawing is perfect and the interval has no width. That
    shows what a bootstrap cannot see: mistakes of a kind that the sample does not hold.

    Examples
    --------
    >>> from helpers import extract_entities, read_report
    >>> report = read_report()
    >>> bootstrap_f1(read_gold(report), extract_entities(report))
    (1.0, 1.0)
    """
    if scheme not in SCHEMES:
        raise ValueError(f"scheme must be one of {', '.join(SCHEMES)}, but {scheme!r} was passed.")
    sides = [table.assign(sentence=table["sentence"].fillna("")) for table in (gold, predicted)]
    places = sorted(set(sides[0]["sentence"]) | set(sides[1]["sentence"]))
    table = np.array([_row_of(sides, place, scheme) for place in places])
    draws = np.random.default_rng(seed).integers(len(places), size=(RESAMPLES, len(places)))
    f1 = [Counts(*table[draw].sum(axis=0).tolist()).f1 for draw in draws]
    low, high = np.quantile(f1, [0.025, 0.975])
    return float(low), float(high)


def score_links(links: pd.DataFrame, gold: set[tuple[str, str]], *, seed: int = 0) -> pd.DataFrame:
    """Say how well scores of pairs of sentences put the gold links first, each with an interval.

    Parameters
    ----------
    links : pandas.DataFrame
        Every pair once: ``deliberation``, ``recommendation`` (sentence ids), ``score``; and
        ``linked``, or pairs above `helpers.links.fence` count as linked.
    gold : set of tuple of str
        What `read_gold_links` returns.
    seed : int
        Where the random numbers begin.

    Returns
    -------
    pandas.DataFrame
        One row a measure, with ``value``, ``low`` and ``high`` (a 95 % interval by drawing whole
        paragraphs anew). *average precision*: 1 when all gold links stand before all other pairs;
        *F1, line from the other paragraphs*: above the line that is best for all paragraphs but
        the one that is judged; *F1, line from the scores*: as linked; *mean
        average precision* and *hit@1*: for each deliberation that has links, how high they stand
        among its pairs, and whether the first is one; *hit@1 back*: the same, from the
        recommendations.

    Raises
    ------
    ValueError
        If no pair is a gold link.

    Examples
    --------
    >>> pairs = pd.MultiIndex.from_product([["3.1", "4.1"], ["12(a).1", "12(b).1"]])
    >>> links = pairs.to_frame(index=False, name=["deliberation", "recommendation"])
    >>> gold = {("3.1", "12(a).1"), ("4.1", "12(b).1")}
    >>> score_links(links.assign(score=[0.9, 0.1, 0.2, 0.8]), gold).loc["hit@1", "value"]
    np.float64(1.0)
    """
    scores = links.pivot(index="deliberation", columns="recommendation", values="score")
    right = np.array([[(row, column) in gold for column in scores] for row in scores.index])
    if not right.any():
        raise ValueError("None of the pairs is a gold link: gold and links are of two reports.")
    groups = scores.index.str.rsplit(".", n=1).str[0].to_numpy()
    if "linked" in links:
        linked = links.pivot(index="deliberation", columns="recommendation", values="linked")
    else:
        linked = scores > fence(scores.to_numpy())
    outcomes = _link_outcomes(scores.to_numpy(), right, linked.to_numpy(), groups)
    values = _link_measures(outcomes, np.arange(len(right)))
    draws = np.random.default_rng(seed)
    rows_of = [np.flatnonzero(groups == group) for group in np.unique(groups)]
    drawn = [
        _link_measures(outcomes, np.concatenate([rows_of[at] for at in draw]))
        for draw in draws.integers(len(rows_of), size=(LINK_RESAMPLES, len(rows_of)))
    ]
    low, high = np.nanquantile(drawn, [0.025, 0.975], axis=0)
    index = pd.Index(LINK_MEASURES, name="measure")
    return pd.DataFrame({"value": values, "low": low, "high": high}, index=index)


def threshold_curve(links: pd.DataFrame, gold: set[tuple[str, str]]) -> pd.DataFrame:
    """Say what each line between linked and not linked would give.

    Parameters
    ----------
    links : pandas.DataFrame
        What `helpers.link_passages` returns.
    gold : set of tuple of str
        What `read_gold_links` returns.

    Returns
    -------
    pandas.DataFrame
        One row a score that a line could be drawn at: ``threshold``, ``linked`` (pairs with that
        score or more), ``precision``, ``recall``, ``f1``.

    Examples
    --------
    >>> from helpers import link_passages, read_report
    >>> curve = threshold_curve(link_passages(read_report()), read_gold_links())
    >>> bool(curve["recall"].is_monotonic_decreasing)
    True
    """
    right = links.set_index(["deliberation", "recommendation"]).index.isin(sorted(gold))
    by_score = pd.DataFrame({"threshold": links["score"], "right": right}).sort_values(
        "threshold", ascending=False, kind="stable"
    )
    curve = by_score[["threshold"]].assign(
        linked=np.arange(1, len(by_score) + 1), hits=by_score["right"].cumsum()
    )
    curve = curve[curve["threshold"] > 0].drop_duplicates("threshold", keep="last")
    precision, recall = curve["hits"] / curve["linked"], curve["hits"] / right.sum()
    f1 = 2 * curve["hits"] / (curve["linked"] + right.sum())
    curve = curve.assign(precision=precision, recall=recall, f1=f1).drop(columns="hits")
    curve = curve.sort_values("threshold", ignore_index=True)
    curve.attrs |= links.attrs
    return curve


def try_weights(report: Report, entities: pd.DataFrame, gold: set[tuple[str, str]]) -> pd.DataFrame:
    """Say what other weights of frame words, concepts and broader concepts would have given.

    Parameters
    ----------
    report : Report
        The bundled report.
    entities : pandas.DataFrame
        What `helpers.extract_entities` returned for it.
    gold : set of tuple of str
        What `read_gold_links` returns.

    Returns
    -------
    pandas.DataFrame
        One row a setting of `WEIGHTS_TRIED`: ``frame``, ``phrase``, ``concept``, ``broader``,
        ``average precision``, ``ours`` (bool: the setting that is used).

    Examples
    --------
    >>> from helpers import extract_entities, read_report
    >>> report = read_report()
    >>> len(try_weights(report, extract_entities(report), read_gold_links()))
    81
    """
    (sides,) = topics(report)
    right = [pair in gold for pair in product(*(side["sentence"] for side in sides))]
    rows = []
    for setting in product(*WEIGHTS_TRIED.values()):
        weights = dict(zip(WEIGHTS_TRIED, setting, strict=True))
        scores = contrast(cosines(weigh_sentences(*sides, entities, **weights)))
        rows.append((*setting, average_precision_score(right, scores.ravel())))
    table = pd.DataFrame(rows, columns=[*WEIGHTS_TRIED, "average precision"])
    ours = table[list(OUR_WEIGHTS)] == list(OUR_WEIGHTS.values())
    return table.assign(ours=ours.all(axis="columns"))


def leave_out_parts(
    report: Report, entities: pd.DataFrame, gold: set[tuple[str, str]]
) -> pd.DataFrame:
    """Say what each part of our method adds, by leaving it out.

    Parameters
    ----------
    report : Report
        The bundled report.
    entities : pandas.DataFrame
        What `helpers.extract_entities` returned for it.
    gold : set of tuple of str
        What `read_gold_links` returns.

    Returns
    -------
    pandas.DataFrame
        One row a variant of `WITHOUT`, one column a measure of `score_links`.

    Examples
    --------
    >>> from helpers import extract_entities, read_report
    >>> report = read_report()
    >>> parts = leave_out_parts(report, extract_entities(report), read_gold_links())
    >>> parts["average precision"].idxmin()
    'words alone'
    """
    (sides,) = topics(report)
    pairs = pd.MultiIndex.from_product([side["sentence"] for side in sides], names=PAIR)
    pairs = pairs.to_frame(index=False)
    rows = {}
    for name, weights in WITHOUT.items():
        weighed = weigh_sentences(*sides, entities, **weights)
        alike = cosines(weighed)
        scores = alike if name in PLAIN else contrast(alike)
        linked = stand_out(scores, weighed)
        table = pairs.assign(score=scores.ravel(), linked=linked.ravel())
        rows[name] = score_links(table, gold)["value"]
    return pd.DataFrame(rows).T


def read_link_scores() -> pd.DataFrame:
    """Read how word vectors and a sentence model, which are not installed, score the report.

    Returns
    -------
    pandas.DataFrame
        One row a pair and method: ``deliberation``, ``recommendation``, ``method``, ``score``,
        ``model`` (name and version).

    Examples
    --------
    >>> read_link_scores()["method"].unique().tolist()
    ['static word vectors', 'sentence model']
    """
    ids = {"deliberation": str, "recommendation": str}
    return pd.read_csv(DATA / "comparison" / "link_scores.csv", dtype=ids)


def read_ranking() -> pd.DataFrame:
    """Read how high each way to score ranks the right intervention, on four other reports.

    Returns
    -------
    pandas.DataFrame
        One row a report and method: ``report`` (its symbol), ``interventions``,
        ``recommendations`` (how many), ``method``, ``mean_rank``, ``mean_reciprocal_rank``,
        ``low`` and ``high`` (a 95 % interval of the gain of "joined" over it).

    Examples
    --------
    >>> read_ranking()["report"].unique().tolist()
    ['A/HRC/14/15', 'A/HRC/28/15', 'A/HRC/43/15', 'A/HRC/59/15']
    """
    return _read_elsewhere("ranking.csv")


def read_weights_elsewhere() -> pd.DataFrame:
    """Read how our method would rank the interventions of four other reports with other weights.

    Returns
    -------
    pandas.DataFrame
        One row a report and weight: ``report`` (its symbol), ``part`` (frame, phrase, concept,
        broader, contrast), ``weight`` (of that part, all others as they are),
        ``mean_reciprocal_rank``.

    Examples
    --------
    >>> read_weights_elsewhere()["part"].unique().tolist()
    ['frame', 'phrase', 'concept', 'broader', 'contrast']
    """
    return _read_elsewhere("weights.csv")


def entity_errors(gold: pd.DataFrame, predicted: pd.DataFrame, report: Report) -> pd.DataFrame:
    """List every mistake with its sentence, sorted by kind.

    Parameters
    ----------
    gold, predicted : pandas.DataFrame
        Entities with ``start``, ``end``, ``text``, ``label``, ``entity_id`` and ``link``.
    report : Report
        The report they were found in.

    Returns
    -------
    pandas.DataFrame
        One row a mistake: ``kind`` (missed, invented, wrong span, wrong label, wrong id, wrong
        grade), ``gold`` and ``predicted`` (label, words and, for a wrong id or grade, that),
        ``sentence`` (the id or ""), ``context`` (the words around it).

    Examples
    --------
    >>> from helpers import read_report
    >>> report = read_report()
    >>> gold = read_gold(report)
    >>> entity_errors(gold, gold.iloc[1:], report)[["kind", "gold"]].values.tolist()
    [['missed', 'BODY General Assembly']]
    """
    mistakes = list(_mistakes(gold, predicted))
    rows = []
    for kind, right, found in sorted(mistakes, key=lambda mistake: KINDS.index(mistake[0])):
        place = right if right is not None else found
        context = report.text[max(0, place.start - 40) : place.end + 40].replace("\n", " ")
        rows.append((kind, _words(kind, right), _words(kind, found), place.start, context))
    table = pd.DataFrame(rows, columns=["kind", "gold", "predicted", "start", "context"])
    places = places_of(report, table.assign(end=table["start"] + 1))
    table.insert(3, "sentence", places["sentence"].fillna(""))
    return table.drop(columns="start")


def _read_elsewhere(name: str) -> pd.DataFrame:
    """Read what was measured on other reports; a file's name holds no stroke, a symbol does."""
    table = pd.read_csv(DATA / "comparison" / name)
    return table.assign(report=table["report"].str.replace("-", "/"))


class _LinkOutcomes(NamedTuple):
    """The pairs: their scores, which are right, and which two ways of drawing a line link."""

    scores: np.ndarray
    right: np.ndarray
    by_others: np.ndarray
    linked: np.ndarray
    precision: np.ndarray  # the average precision of each deliberation, NaN without a gold link


def _link_outcomes(
    scores: np.ndarray, right: np.ndarray, linked: np.ndarray, groups: np.ndarray
) -> _LinkOutcomes:
    by_others = np.zeros_like(right)
    for group in np.unique(groups):
        judged = groups == group
        by_others[judged] = scores[judged] >= _best_line(scores[~judged], right[~judged])
    rows = zip(right, scores, strict=True)
    precision = [average_precision_score(*row) if row[0].any() else np.nan for row in rows]
    return _LinkOutcomes(scores, right, by_others, linked, np.array(precision))


def _best_line(scores: np.ndarray, right: np.ndarray) -> float:
    """Give the score that would be the best line for these pairs."""
    order = np.argsort(-scores, axis=None, kind="stable")
    ranked, hits = scores.ravel()[order], right.ravel()[order].cumsum()
    f1 = 2 * hits / (np.arange(1, hits.size + 1) + right.sum())
    last_of_ties = np.append(ranked[1:] != ranked[:-1], True)
    return ranked[np.where(last_of_ties, f1, -1).argmax()]


def _link_measures(outcomes: _LinkOutcomes, rows: np.ndarray) -> list[float]:
    """Give the measures of `LINK_MEASURES` over some of the deliberations."""
    scores, right, by_others, linked, precision = (table[rows] for table in outcomes)
    if not right.any():
        return [np.nan] * len(LINK_MEASURES)
    asked, answered = right.any(axis=1), right.any(axis=0)
    first, source = scores.argmax(axis=1), scores.argmax(axis=0)
    return [
        average_precision_score(right.ravel(), scores.ravel()),
        _f1(right, by_others),
        _f1(right, linked),
        np.nanmean(precision),
        right[np.arange(len(right)), first][asked].mean(),
        right[source, np.arange(right.shape[1])][answered].mean(),
    ]


def _f1(right: np.ndarray, linked: np.ndarray) -> float:
    return _ratio(2 * (right & linked).sum(), right.sum() + linked.sum())


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _scores(counts: Counts) -> dict[str, float]:
    numbers = {f.name: getattr(counts, f.name) for f in fields(counts)}
    return {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1, **numbers}


def _decided(kind: str) -> dict[str, str]:
    table = pd.read_csv(GOLD / "adjudication.csv", dtype=str, keep_default_na=False)
    of_kind = table[table["kind"] == kind]
    return dict(zip(of_kind["item"], of_kind["decision"], strict=True))


def _overlapping(gold: pd.DataFrame, predicted: pd.DataFrame) -> Iterator[tuple[Any, Any]]:
    """Yield pairs of gold and predicted rows; where one side has no counterpart it is None.

    A prediction is paired with the gold of its very span, or else with the first it overlaps; no
    gold is paired twice.
    """
    left = {(row.start, row.end): row for row in gold.itertuples()}
    exact = {
        span for span in zip(predicted["start"], predicted["end"], strict=True) if span in left
    }
    for found in predicted.itertuples():
        span = (found.start, found.end)
        if span not in exact:
            free = (key for key in left if key not in exact)
            span = next((key for key in free if key[0] < span[1] and span[0] < key[1]), span)
        yield left.pop(span, None), found
    for right in left.values():
        yield right, None


def _count(gold: pd.DataFrame, predicted: pd.DataFrame) -> dict[tuple[str, str], Counts]:
    counts: dict[tuple[str, str], Counts] = {}
    for right, found in _overlapping(gold, predicted):
        label = found.label if right is None else right.label
        for scheme in SCHEMES:
            outcome = _outcome(scheme, right, found)
            counts[label, scheme] = counts.get((label, scheme), Counts()) + Counts(**{outcome: 1})
    return counts


def _outcome(scheme: str, right: Any, found: Any) -> str:
    if right is None:
        return "spurious"
    if found is None:
        return "missed"
    same_span = (right.start, right.end) == (found.start, found.end)
    same_label = right.label == found.label
    good = {
        "strict": same_span and same_label,
        "exact": same_span,
        "partial": same_span,
        "type": same_label,
    }[scheme]
    if good:
        return "correct"
    return "partial" if scheme == "partial" else "incorrect"


def _row_of(sides: list[pd.DataFrame], place: str, scheme: str) -> list[int]:
    here = [table[table["sentence"] == place] for table in sides]
    counts = [value for key, value in _count(*here).items() if key[1] == scheme]
    return [getattr(sum(counts, Counts()), f.name) for f in fields(Counts)]


def _mistakes(gold: pd.DataFrame, predicted: pd.DataFrame) -> Iterator[tuple]:
    for right, found in _overlapping(gold, predicted):
        if right is None or found is None:
            yield ("invented" if right is None else "missed"), right, found
        elif (right.start, right.end) != (found.start, found.end):
            yield "wrong span", right, found
        elif right.label != found.label:
            yield "wrong label", right, found
        elif right.entity_id != found.entity_id:
            yield "wrong id", right, found
        elif right.link != found.link:
            yield "wrong grade", right, found


def _words(kind: str, entity: Any) -> str:
    if entity is None:
        return ""
    extra = {"wrong id": "entity_id", "wrong grade": "link"}.get(kind)
    return f"{entity.label} {entity.text}" + (f" ({getattr(entity, extra)})" if extra else "")
