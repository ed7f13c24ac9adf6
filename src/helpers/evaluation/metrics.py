"""How good entities and links are, held against gold."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, precision_recall_curve

from helpers.contract import PAIR, check_columns, check_report, check_scores, check_texts
from helpers.evaluation.resampling import (
    ENTITY_RESAMPLES,
    LINK_RESAMPLES,
    bootstrap_distribution,
    interval,
)
from helpers.linking.passages import Scores
from helpers.names.gazetteers import TABLES
from helpers.reading.report import Report, locate

Flags = NDArray[np.bool_]
NO_PAIR = (
    -1.0
)  # the score of what is no pair: sentences of two topics. Below all, it ranks nothing.

SCHEMES = ("strict", "exact", "partial", "type")
SPAN = ["start", "end", "label"]
KINDS = ("missed", "spurious", "wrong span", "wrong label", "wrong id", "wrong grade")
LINK_MEASURES = (
    "average precision",
    "F1, threshold from the other paragraphs",
    "F1, threshold from the scores",
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


def score_entities(gold: pd.DataFrame, predicted: pd.DataFrame) -> pd.DataFrame:
    """Compare predicted entities with gold, in the four schemes of SemEval-2013 task 9.1.

    Parameters
    ----------
    gold, predicted : pandas.DataFrame
        Entities with ``start``, ``end`` and ``label``, of the same text.

    Returns
    -------
    pandas.DataFrame
        One row per label and scheme, and for the label "all": ``precision``, ``recall``, ``f1``
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
    _check_spans(gold, predicted, SPAN)
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


def score_entity_linking(gold: pd.DataFrame, predicted: pd.DataFrame) -> pd.Series:
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
    >>> score_entity_linking(one, one.assign(entity_id="PRY")).tolist()
    [1.0, 0.0, 1.0]
    """
    _check_spans(gold, predicted, [*SPAN, "entity_id", "link"])
    both = gold.merge(predicted, on=SPAN, suffixes=("_gold", ""))
    right_id = both["entity_id_gold"] == both["entity_id"]
    right_grade = both["link_gold"] == both["link"]
    return pd.Series({"entities": len(both), "id": right_id.mean(), "grade": right_grade.mean()})


def bootstrap_f1(
    gold: pd.DataFrame, predicted: pd.DataFrame, *, scheme: str = "strict", seed: int = 0
) -> tuple[float, float]:
    """Return a 95 % interval of the F1 over all labels, by drawing sentences anew.

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
    >>> from helpers.evaluation import read_gold
    >>> report = read_report()
    >>> bootstrap_f1(read_gold(report), extract_entities(report))
    (1.0, 1.0)
    """
    _check_spans(gold, predicted, [*SPAN, "sentence"])
    if scheme not in SCHEMES:
        raise ValueError(f"scheme must be one of {', '.join(SCHEMES)}, but {scheme!r} was passed.")
    sides = [table.assign(sentence=table["sentence"].fillna("")) for table in (gold, predicted)]
    places = sorted(set(sides[0]["sentence"]) | set(sides[1]["sentence"]))
    table = np.array([_row_of(sides, place, scheme) for place in places])
    f1 = bootstrap_distribution(
        len(places),
        lambda drawn: Counts(*table[drawn].sum(axis=0).tolist()).f1,
        resamples=ENTITY_RESAMPLES,
        seed=seed,
    )
    low, high = interval(f1)
    return float(low), float(high)


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
        One row per mistake: ``kind`` (missed, spurious, wrong span, wrong label, wrong id, wrong
        grade), ``gold`` and ``predicted`` (label, words and, for a wrong id or grade, that),
        ``sentence`` (the id or ""), ``context`` (the words around it).

    Examples
    --------
    >>> from helpers import read_report
    >>> from helpers.evaluation import read_gold
    >>> report = read_report()
    >>> gold = read_gold(report)
    >>> entity_errors(gold, gold.iloc[1:], report)[["kind", "gold"]].values.tolist()
    [['missed', 'BODY General Assembly']]
    """
    check_report(report)
    _check_spans(gold, predicted, [*SPAN, "text", "entity_id", "link"])
    for what, table in (("gold", gold), ("predicted", predicted)):
        check_texts(table, what, report, "read_gold(report) or extract_entities(report)")
    mistakes = list(_mistakes(gold, predicted))
    rows = []
    for kind, right, found in sorted(mistakes, key=lambda mistake: KINDS.index(mistake[0])):
        place = right if right is not None else found
        context = report.text[max(0, place.start - 40) : place.end + 40].replace("\n", " ")
        rows.append((kind, _words(kind, right), _words(kind, found), place.start, context))
    table = pd.DataFrame(rows, columns=["kind", "gold", "predicted", "start", "context"])
    places = locate(report, table.assign(end=table["start"] + 1))
    table.insert(3, "sentence", places["sentence"].fillna(""))
    return table.drop(columns="start")


def score_links(links: pd.DataFrame, gold: set[tuple[str, str]], *, seed: int = 0) -> pd.DataFrame:
    """Say how well scores of pairs of sentences put the gold links first, each with an interval.

    Parameters
    ----------
    links : pandas.DataFrame
        Every pair once: ``deliberation``, ``recommendation`` (sentence ids), ``score``; and
        ``linked``, where it is known.
    gold : set of tuple of str
        What `read_gold_links` returns.
    seed : int
        Where the random numbers begin.

    Returns
    -------
    pandas.DataFrame
        One row per measure, with ``value``, ``low`` and ``high`` (a 95 % interval by drawing whole
        paragraphs anew). *average precision*: 1 when all gold links stand before all other pairs;
        *F1, threshold from the other paragraphs*: above the threshold that is best for all
        paragraphs but the one that is judged; *F1, threshold from the scores*: as linked, missing
        where that is not known; *mean average precision* and *hit@1*: for each deliberation that
        has links, how high they stand among its pairs, and whether the first is one; *hit@1 back*:
        the same, from the recommendations.

    Raises
    ------
    ValueError
        If a column is missing, or no pair is a gold link.

    Examples
    --------
    >>> pairs = pd.MultiIndex.from_product([["3.1", "4.1"], ["12(a).1", "12(b).1"]])
    >>> links = pairs.to_frame(index=False, name=["deliberation", "recommendation"])
    >>> gold = {("3.1", "12(a).1"), ("4.1", "12(b).1")}
    >>> score_links(links.assign(score=[0.9, 0.1, 0.2, 0.8]), gold).loc["hit@1", "value"]
    np.float64(1.0)
    """
    outcomes, groups = _link_outcomes(links, gold)
    rows_of = [np.flatnonzero(groups == group) for group in np.unique(groups)]
    drawn = bootstrap_distribution(
        len(rows_of),
        lambda places: _link_measures(outcomes, np.concatenate([rows_of[at] for at in places])),
        resamples=LINK_RESAMPLES,
        seed=seed,
    )
    value = _all_measures(outcomes)
    known = value.notna().to_numpy()
    measures = value[known].to_frame("value")
    measures["low"], measures["high"] = interval(drawn[known])
    return measures.reindex(value.index)


def link_measures(links: pd.DataFrame, gold: set[tuple[str, str]]) -> pd.Series:
    """Return the measures of `score_links` without their intervals, which take most of its time.

    Parameters
    ----------
    links, gold
        As `score_links`.

    Returns
    -------
    pandas.Series
        The value of each measure.

    Raises
    ------
    ValueError
        As `score_links`.

    Examples
    --------
    >>> from helpers import link_passages, read_report
    >>> from helpers.evaluation import read_gold_links
    >>> bool(link_measures(link_passages(read_report()), read_gold_links())["hit@1 back"] > 0.9)
    True
    """
    outcomes, _ = _link_outcomes(links, gold)
    return _all_measures(outcomes)


def rank_links(links: pd.DataFrame, gold: set[tuple[str, str]]) -> float:
    """Return the average precision of links alone, of `link_measures` the first."""
    return float(average_precision_score(_gold_links(links, gold), links["score"]))


def threshold_curve(links: pd.DataFrame, gold: set[tuple[str, str]]) -> pd.DataFrame:
    """Say what each threshold between linked and not linked would give.

    Parameters
    ----------
    links : pandas.DataFrame
        What `helpers.link_passages` returns.
    gold : set of tuple of str
        What `read_gold_links` returns.

    Returns
    -------
    pandas.DataFrame
        One row per score above 0: ``threshold``, ``linked`` (pairs with that score or more),
        ``precision``, ``recall``, ``f1``, ``negotiated`` (as in `links`).

    Raises
    ------
    ValueError
        If a column is missing, or no pair is a gold link.

    Examples
    --------
    >>> from helpers import link_passages, read_report
    >>> from helpers.evaluation import read_gold_links
    >>> curve = threshold_curve(link_passages(read_report()), read_gold_links())
    >>> bool(curve["recall"].is_monotonic_decreasing)
    True
    """
    links = check_scores(links, [*PAIR, "score", "negotiated"])
    curve = _curve(links["score"].to_numpy(), _gold_links(links, gold))
    below = np.searchsorted(np.sort(links["score"]), curve["threshold"])
    curve.insert(1, "linked", len(links) - below)
    curve = curve[curve["threshold"] > 0].reset_index(drop=True)
    return curve.assign(negotiated=links["negotiated"].iloc[0])


class _LinkOutcomes(NamedTuple):
    """The pairs: their scores, which are right, and which two kinds of threshold link."""

    scores: Scores
    right: Flags
    by_others: Flags
    linked: Flags | None  # None where it is not known
    precision: Scores  # the average precision of each deliberation, NaN without a gold link


def _link_outcomes(
    links: pd.DataFrame, gold: set[tuple[str, str]]
) -> tuple[_LinkOutcomes, NDArray[np.object_]]:
    """Return the pairs as a table of deliberations by recommendations, and each row's paragraph."""
    links = check_scores(links)
    table = links.pivot(index="deliberation", columns="recommendation", values="score")
    scores = table.fillna(NO_PAIR).to_numpy()
    right = np.array([[(row, column) in gold for column in table] for row in table.index])
    _need_gold(right)
    selected = None
    if "linked" in links:
        linked = links.pivot(index="deliberation", columns="recommendation", values="linked")
        selected = linked.eq(True).to_numpy()
    groups = table.index.str.rsplit(".", n=1).str[0].to_numpy()
    by_others = np.zeros_like(right)
    for group in np.unique(groups):
        judged = groups == group
        by_others[judged] = scores[judged] >= _best_threshold(scores[~judged], right[~judged])
    rows = zip(right, scores, strict=True)
    precision = [average_precision_score(*row) if row[0].any() else np.nan for row in rows]
    return _LinkOutcomes(scores, right, by_others, selected, np.array(precision)), groups


def _check_spans(gold: object, predicted: object, columns: list[str]) -> None:
    for what, table in (("gold", gold), ("predicted", predicted)):
        check_columns(table, what, columns, "read_gold(report) or extract_entities(report)")


def _gold_links(links: pd.DataFrame, gold: set[tuple[str, str]]) -> Flags:
    """Tell which of the pairs are gold links, once one of them is."""
    right = np.array([pair in gold for pair in links[PAIR].itertuples(index=False, name=None)])
    _need_gold(right)
    return right


def _need_gold(right: Flags) -> None:
    if not right.any():
        raise ValueError("None of the pairs is a gold link: gold and links are of two reports.")


def _curve(scores: Scores, right: Flags) -> pd.DataFrame:
    """Return precision, recall and F1 at each score, the lowest first."""
    pairs = scores > NO_PAIR
    precision, recall, thresholds = precision_recall_curve(right[pairs], scores[pairs])
    precision, recall = precision[:-1], recall[:-1]  # the last is that of no pair at all
    both = precision + recall
    f1 = np.divide(2 * precision * recall, both, out=np.zeros_like(both), where=both > 0)
    return pd.DataFrame(
        {"threshold": thresholds, "precision": precision, "recall": recall, "f1": f1}
    )


def _best_threshold(scores: Scores, right: Flags) -> float:
    """Return the score that would be the best threshold for these pairs, the highest of several."""
    if not right.any():
        return float(scores.max(initial=0))
    curve = _curve(scores, right)
    best = curve["f1"].round(12) == curve["f1"].round(12).max()
    return float(curve.loc[best, "threshold"].max())


def _all_measures(outcomes: _LinkOutcomes) -> pd.Series:
    """Return the measures over all deliberations, by name."""
    values = _link_measures(outcomes, np.arange(len(outcomes.right)))
    return pd.Series(values, index=pd.Index(LINK_MEASURES, name="measure"))


def _link_measures(outcomes: _LinkOutcomes, rows: NDArray[np.intp]) -> list[float]:
    """Return the measures of `LINK_MEASURES` over some of the deliberations."""
    scores, precision = outcomes.scores[rows], outcomes.precision[rows]
    right, by_others = outcomes.right[rows], outcomes.by_others[rows]
    if not right.any():
        return [np.nan] * len(LINK_MEASURES)
    asked, answered = right.any(axis=1), right.any(axis=0)
    first, source = scores.argmax(axis=1), scores.argmax(axis=0)
    return [
        average_precision_score(right.ravel(), scores.ravel()),
        flags_f1(right, by_others),
        np.nan if outcomes.linked is None else flags_f1(right, outcomes.linked[rows]),
        float(np.nanmean(precision)),
        right[np.arange(len(right)), first][asked].mean(),
        right[source, np.arange(right.shape[1])][answered].mean(),
    ]


def flags_f1(right: Flags, linked: Flags) -> float:
    """Return the F1 of what is linked, against what is right."""
    return _ratio(2 * (right & linked).sum(), right.sum() + linked.sum())


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else 0.0


def _scores(counts: Counts) -> dict[str, float]:
    numbers = {f.name: getattr(counts, f.name) for f in fields(counts)}
    return {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1, **numbers}


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


def _mistakes(gold: pd.DataFrame, predicted: pd.DataFrame) -> Iterator[tuple[str, Any, Any]]:
    for right, found in _overlapping(gold, predicted):
        if right is None or found is None:
            yield ("spurious" if right is None else "missed"), right, found
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
