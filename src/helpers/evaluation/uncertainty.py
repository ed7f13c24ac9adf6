"""How sure a link is: what other methods say, how far its score reaches, and what would undo it.

Nothing here looks at gold. A report has few sentences and every link rests on a few words; these
functions show on how few.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.contract import PAIR, check_links, check_pairs
from helpers.evaluation.resampling import PAIR_RESAMPLES, draw_places, interval
from helpers.linking.chance import deal_terms, link_threshold
from helpers.linking.evidence import NamedPart, SharedParts
from helpers.linking.links import (
    METHODS,
    chance_scores,
    link_passages,
    score_sides,
    select_links,
)
from helpers.linking.passages import Scores, TermVectors, cosines
from helpers.linking.topics import Sides, sides_of, vectorize_sentences
from helpers.names.entities import own_entities
from helpers.reading.report import Report

LEVEL = 0.9  # the part of a pair's resampled scores that lies between low and high
PERMUTATIONS = 999
ROUNDING = 1e-9  # sums in another order differ by less
JUDGED_COLUMNS = [
    *PAIR, "linked", "score", "threshold", "low", "high", "stability", "methods",
    "minimal_evidence", "evidence", "negotiated",
]  # fmt: skip


class PermutationTest(NamedTuple):
    """The outcome of `permutation_test`.

    Parameters
    ----------
    statistic : float
        Over all recommendations, the mean of the best score.
    null_distribution : numpy.ndarray of float
        The same for every permutation.
    pvalue : float
        The part of all permutations, the report itself counted in, that reach the statistic.
    """

    statistic: float
    null_distribution: Scores
    pvalue: float


def judge_links(
    report: Report,
    *,
    links: pd.DataFrame | None = None,
    entities: pd.DataFrame | None = None,
    pairs: pd.DataFrame | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Say of every link how sure it is.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    links, entities : pandas.DataFrame, optional
        What `helpers.link_passages` and `helpers.extract_entities` returned for this report; made
        here if they are not given.
    pairs : pandas.DataFrame, optional
        ``deliberation`` and ``recommendation`` of those to judge, linked or not; the linked ones if
        they are not given.
    seed : int
        Where the random numbers begin.

    Returns
    -------
    pandas.DataFrame
        One row per pair of sentences, the strongest first: ``deliberation``, ``recommendation``,
        ``linked``, ``score``, ``threshold`` (the score above which pairs of its topic are linked),
        ``low`` and ``high`` (90 % of the scores that the pair would have if its words were drawn
        anew from its own), ``stability`` (the part of those that are above the threshold),
        ``methods`` (how many of the four in `helpers.linking.METHODS` link the pair),
        ``minimal_evidence`` (the fewest shared things without which it would not be linked, or
        ""), ``evidence`` and ``negotiated`` (as in the links).

    Raises
    ------
    ReportError
        As `helpers.link_passages`.
    TypeError, ValueError
        If a table lacks a column or is another report's, if `links` are not those of the method
        "joined", or if `pairs` are not among them.

    Examples
    --------
    >>> from helpers import read_report
    >>> judged = judge_links(read_report()).set_index(["deliberation", "recommendation"])
    >>> judged.loc[("10.1", "12(d).3"), "minimal_evidence"]
    '“Empowering youth” and “Empower youth”; “culture of lawfulness”'
    """
    entities = own_entities(report, entities)
    ours = link_passages(report, entities=entities) if links is None else links
    ours = check_links(ours, report)
    if pairs is not None:
        pairs = check_pairs(pairs, "pairs", report, "link_passages(report)")
    wanted = ours[ours["linked"]] if pairs is None else pairs
    chosen = ours.merge(wanted[PAIR], on=PAIR)
    judged = chosen.merge(
        _judge(sides_of(report), chosen, entities, seed), on=PAIR, suffixes=("", "_anew")
    )
    if len(judged) < len(wanted) or not np.allclose(
        *judged[["score", "score_anew"]].astype(float).to_numpy().T
    ):
        raise ValueError(
            "links must be what link_passages(report) returned for this report, with the method "
            '"joined" and the same entities; and pairs must be among them.'
        )
    judged = judged.sort_values("score", ascending=False, kind="stable", ignore_index=True)
    return judged[JUDGED_COLUMNS]


def permutation_test(
    report: Report,
    *,
    entities: pd.DataFrame | None = None,
    permutations: int = PERMUTATIONS,
    seed: int = 0,
) -> PermutationTest:
    """Test whether the recommendations answer these deliberations, or just share their vocabulary.

    Every word and concept of the deliberations is dealt anew to their sentences: each stands in as
    many sentences as before, but no longer beside the same others. If the recommendations only
    spoke the language of the meeting, they would find sentences as like them as the real ones.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    entities : pandas.DataFrame, optional
        What `helpers.extract_entities` returned for this report; made here if it is not given.
    permutations : int
        How often the words are permuted.
    seed : int
        Where the random numbers begin.

    Returns
    -------
    PermutationTest
        ``statistic``, ``null_distribution`` and ``pvalue``.

    Raises
    ------
    TypeError, ValueError, ReportError
        As `helpers.link_passages`.

    Examples
    --------
    >>> from helpers import read_report
    >>> permutation_test(read_report(), permutations=99).pvalue
    0.01
    """
    if permutations < 1:
        raise ValueError(f"permutations must be 1 or more, but {permutations} was passed.")
    entities = own_entities(report, entities)
    sides = sides_of(report)
    vectors = vectorize_sentences(*sides[:2], entities)
    random = np.random.default_rng(seed)
    null_distribution = np.array([
        _mean_best(deal_terms(vectors, random), sides) for _ in range(permutations)
    ])  # fmt: skip
    statistic = _mean_best(vectors, sides)
    reached = int((null_distribution >= statistic - ROUNDING).sum())
    return PermutationTest(float(statistic), null_distribution, (1 + reached) / (1 + permutations))


class _Judged(NamedTuple):
    """What the pairs of a report are judged by."""

    vectors: TermVectors
    threshold: float
    parts: SharedParts


def _judge(sides: Sides, chosen: pd.DataFrame, entities: pd.DataFrame, seed: int) -> pd.DataFrame:
    vectors = vectorize_sentences(*sides[:2], entities)
    scores = {method: score_sides(sides, vectors, method) for method in METHODS}
    thresholds = {
        method: link_threshold(table[sides.together], chance_scores(sides, vectors, method))
        for method, table in scores.items()
    }
    by = _Judged(vectors, thresholds["joined"], SharedParts(vectors, sides, entities))
    votes = [select_links(scores[method], vectors, thresholds[method]) for method in METHODS]
    methods = np.sum(votes, axis=0)
    rows_of, columns_of = (
        {sentence: place for place, sentence in enumerate(side["sentence"])} for side in sides[:2]
    )
    rows = []
    for said, recommended, linked in chosen[[*PAIR, "linked"]].itertuples(index=False, name=None):
        at = (rows_of[said], columns_of[recommended])
        judgement = _judge_pair(by, *at, linked, seed)
        score = scores["joined"][at]
        rows.append((said, recommended, score, by.threshold, methods[at], *judgement))
    columns = [
        *PAIR, "score", "threshold", "methods", "low", "high", "stability", "minimal_evidence",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _judge_pair(
    by: _Judged, row: int, column: int, linked: bool, seed: int
) -> tuple[float, float, float, str]:
    """Return low, high, stability and minimal evidence of a pair."""
    left = by.vectors.deliberations[[row]].toarray().ravel()
    right = by.vectors.recommendations[[column]].toarray().ravel()
    drawn = _redrawn(left, right, seed)
    low, high = interval(drawn, LEVEL)
    parts = by.parts.named(row, column) if linked else []
    fewest = _fewest(parts, float(left @ right), by.threshold) if linked else []
    stability = float((drawn > by.threshold).mean())
    return float(low), float(high), stability, "; ".join(fewest)


def _redrawn(left: Scores, right: Scores, seed: int) -> Scores:
    """Return the cosines of a pair whose terms are drawn anew, with replacement, from its own."""
    here = (left > 0) | (right > 0)
    if not here.any():
        return np.zeros(PAIR_RESAMPLES)
    terms = draw_places(int(here.sum()), resamples=PAIR_RESAMPLES, seed=seed)
    left, right = left[here][terms], right[here][terms]
    squares = (left**2).sum(axis=1) * (right**2).sum(axis=1)
    return np.asarray((left * right).sum(axis=1) / np.sqrt(np.where(squares > 0, squares, 1)))


def _fewest(parts: list[NamedPart], score: float, threshold: float) -> list[str]:
    """Name the fewest parts without which a pair falls to the threshold, or shares no content."""
    by_share = sorted(parts, key=lambda named: -named.part.share)
    left_over = score - np.cumsum([0.0, *(named.part.share for named in by_share)])
    by_score = [named.text for named in by_share[: int((left_over > threshold).sum())]]
    content = [named.text for named in by_share if named.part.relation != "genre"]
    return content if len(content) < len(by_score) else by_score


def _mean_best(vectors: TermVectors, sides: Sides) -> float:
    """Return the mean, over recommendations, of the score of the deliberation most like it."""
    scores = np.where(sides.together, cosines(vectors), 0)
    return float(scores[:, sides.together.any(axis=0)].max(axis=0).mean())
