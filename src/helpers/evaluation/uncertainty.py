"""How sure a link is: what other methods say, how far its score reaches, and what would undo it.

Nothing here looks at gold. A report has few sentences and every link rests on a few words; these
functions show on how few.
"""

import re
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from helpers.contract import PAIR, check_links, check_pairs
from helpers.evaluation.resampling import PAIR_RESAMPLES, bootstrap_distribution, interval
from helpers.linking.evidence import name_terms
from helpers.linking.links import (
    METHODS,
    link_passages,
    link_threshold,
    select_links,
    topic_scores,
)
from helpers.linking.passages import (
    Scores,
    TermVectors,
    cosines,
    is_domain_stopword,
    margin_scores,
)
from helpers.linking.topics import topics, vectorize_sentences
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
    'empower youth, culture of lawfulness'
    """
    entities = own_entities(report, entities)
    ours = link_passages(report, entities=entities) if links is None else links
    ours = check_links(ours, report)
    if pairs is not None:
        pairs = check_pairs(pairs, "pairs", report, "link_passages(report)")
    wanted = ours[ours["linked"]] if pairs is None else pairs
    chosen = ours.merge(wanted[PAIR], on=PAIR)
    tables = [_judge_topic(sides, chosen, entities, seed) for sides in topics(report)]
    judged = chosen.merge(pd.concat(tables), on=PAIR, suffixes=("", "_anew"))
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
    tables = [vectorize_sentences(*sides, entities) for sides in topics(report)]
    chance = np.random.default_rng(seed)
    null_distribution = np.array([
        np.concatenate([_best_scores(_permuted(vectors, chance)) for vectors in tables]).mean()
        for _ in range(permutations)
    ])  # fmt: skip
    statistic = np.concatenate([_best_scores(vectors) for vectors in tables]).mean()
    reached = int((null_distribution >= statistic - ROUNDING).sum())
    return PermutationTest(float(statistic), null_distribution, (1 + reached) / (1 + permutations))


class _Topic(NamedTuple):
    """What the pairs of a topic are judged by."""

    vectors: TermVectors
    alike: Scores
    threshold: float
    names: list[str]  # of the terms
    written: dict[str, str]  # how the text has each name


def _judge_topic(
    sides: tuple[pd.DataFrame, pd.DataFrame],
    chosen: pd.DataFrame,
    entities: pd.DataFrame,
    seed: int,
) -> pd.DataFrame:
    vectors = vectorize_sentences(*sides, entities)
    alike = cosines(vectors)
    scores = margin_scores(alike)
    texts = entities.groupby("name")["text"].agg(" | ".join)
    topic = _Topic(
        vectors,
        alike,
        link_threshold(scores),
        name_terms(vectors, sides[1]["text"], entities),
        {name: f"{_plain(name)}|{_plain(text)}" for name, text in texts.items()},
    )
    votes = [
        select_links(topic_scores(sides, vectors, method), vectors).astype(int)
        for method in METHODS
    ]
    methods = np.sum(votes, axis=0)
    rows_of, columns_of = (
        {sentence: place for place, sentence in enumerate(side["sentence"])} for side in sides
    )
    here = chosen.loc[chosen["deliberation"].isin(rows_of), [*PAIR, "linked"]]
    rows = []
    for said, recommended, linked in here.itertuples(index=False, name=None):
        at = (rows_of[said], columns_of[recommended])
        judgement = _judge_pair(topic, *at, linked, seed)
        rows.append((said, recommended, scores[at], topic.threshold, methods[at], *judgement))
    columns = [
        *PAIR, "score", "threshold", "methods", "low", "high", "stability", "minimal_evidence",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _judge_pair(
    topic: _Topic, row: int, column: int, linked: bool, seed: int
) -> tuple[float, float, float, str]:
    """Return low, high, stability and minimal evidence of a pair."""
    best = (_best_other(topic.alike[row], column), _best_other(topic.alike[:, column], row))
    left = topic.vectors.deliberations[[row]].toarray().ravel()
    right = topic.vectors.recommendations[[column]].toarray().ravel()
    drawn = margin_scores(_redrawn(left, right, seed), *best)
    low, high = interval(drawn, LEVEL)
    fewest = _fewest(_shared_things(left * right, topic), topic.threshold, best) if linked else []
    stability = float((drawn > topic.threshold).mean())
    return float(low), float(high), stability, ", ".join(fewest)


def _best_other(alike: Scores, place: int) -> Scores:
    return np.asarray(np.delete(alike, place).max(initial=0))


def _redrawn(left: Scores, right: Scores, seed: int) -> Scores:
    """Return the cosines of a pair whose terms are drawn anew, with replacement, from its own."""
    here = (left > 0) | (right > 0)
    left, right = left[here], right[here]

    def cosine(terms: NDArray[np.intp], axis: int = -1) -> Scores:
        product = (left[terms] * right[terms]).sum(axis=axis)
        squares = (left[terms] ** 2).sum(axis=axis) * (right[terms] ** 2).sum(axis=axis)
        return np.asarray(product / np.sqrt(np.where(squares > 0, squares, 1)))

    return bootstrap_distribution(left.size, cosine, resamples=PAIR_RESAMPLES, seed=seed)


def _shared_things(parts: Scores, topic: _Topic) -> pd.DataFrame:
    """Return what a pair shares, the weightiest first: its share, and if it is all stopwords.

    A word of a longer name goes with it, also where the text has an acronym for it: who takes the
    name away takes the word.
    """
    shared = [(topic.names[at], parts[at], topic.vectors.terms[at]) for at in np.flatnonzero(parts)]
    things: dict[str, tuple[float, bool]] = {}
    for name, part, term in sorted(shared, key=_longest_first):
        holds = (
            thing for thing in things if _plain(name) in topic.written.get(thing, _plain(thing))
        )
        whole = next(holds, name)
        sum_so_far, stopwords_so_far = things.get(whole, (0.0, True))
        things[whole] = (sum_so_far + part, stopwords_so_far and is_domain_stopword(term))
    table = pd.DataFrame.from_dict(things, orient="index", columns=["part", "stopword"])
    return table.sort_values("part", ascending=False, kind="stable")


def _longest_first(thing: tuple[str, float, tuple[str, str]]) -> tuple[int, object]:
    return (-len(_plain(thing[0]).split()), thing)


def _plain(words: str) -> str:
    """Return words in small letters, each between blanks, hyphenated ones apart."""
    return " " + " ".join(re.findall(r"\w+", words.lower())) + " "


def _fewest(shared: pd.DataFrame, threshold: float, best: tuple[Scores, Scores]) -> list[str]:
    """Name the fewest things without which a pair falls to the threshold, or shares no content."""
    left_over = shared["part"].sum() - np.cumsum([0.0, *shared["part"]])
    by_score = int((margin_scores(left_over.clip(0), *best) > threshold).sum())
    content = shared.index[~shared["stopword"]]
    return list(content if len(content) < by_score else shared.index[:by_score])


def _permuted(vectors: TermVectors, chance: np.random.Generator) -> TermVectors:
    """Deal every term of the deliberations to sentences by chance."""
    permuted = chance.permuted(vectors.deliberations.toarray(), axis=0)
    lengths = np.linalg.norm(permuted, axis=1, keepdims=True)
    return vectors._replace(deliberations=csr_array(permuted / np.where(lengths > 0, lengths, 1)))


def _best_scores(vectors: TermVectors) -> Scores:
    """Return for each recommendation the score of the deliberation that is most like it."""
    return np.asarray(margin_scores(cosines(vectors)).max(axis=0))
