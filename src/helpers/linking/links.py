"""Which deliberations of a report are linked to which recommendations."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from helpers.contract import PAIR, check_links
from helpers.linking.baselines import BASELINES
from helpers.linking.evidence import evidence_texts
from helpers.linking.passages import (
    Scores,
    TermVectors,
    cosines,
    margin_scores,
    score_passages,
    share_content_terms,
)
from helpers.linking.topics import topics, vectorize_sentences
from helpers.names.entities import own_entities
from helpers.reading.report import Report

# How pairs can be scored: by our own method, or by another to compare it with. Of a report's own
# sentences the entities are known, so that "joined" takes the way of `score_passages` from there.
METHODS: dict[str, Callable[..., Scores]] = {"joined": score_passages, **BASELINES}
Method = str | Callable[[list[str], list[str]], ArrayLike]
# Tukey, Exploratory Data Analysis (1977): how far above the upper quartile, in quartile ranges, a
# value lies "outside" the others.
TUKEY_FACTOR = 1.5
ROUNDING = 1e-6  # a cosine in single precision may be this much above 1
HIGHEST_THRESHOLD = 0.5  # one above all scores would link nothing in a report that repeats itself


def link_passages(
    report: Report, *, method: Method = "joined", entities: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Score every deliberation against every recommendation of its topic, and say which are linked.

    A pair of sentences is linked when its score stands out from all others of its topic: above
    Tukey's upper fence, the upper quartile and one and a half times the distance between the
    quartiles. This threshold looks at the scores alone and at no annotation. And the two must share
    more than domain stopwords: "crime prevention and criminal justice" is no link. A sentence that
    is linked to none has no counterpart. `links_by_unit` sums the sentences up by paragraph and
    recommendation.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    method : {"joined", "tfidf", "bm25", "lsa"} or callable
        How pairs are scored; "joined" is `score_passages` of the sentences, the others are there
        for comparison. The entities are the report's: a name that reaches over the end of a
        sentence, which `score_passages` would see cut in two, counts in neither. A function of your
        own is called once a topic, with the list of its deliberation sentences and that of its
        recommendation sentences, and returns a table of scores from 0 to 1, one row per
        deliberation and one column per recommendation.
    entities : pandas.DataFrame, optional
        What `helpers.extract_entities` returned for this report; made here if it is not given.

    Returns
    -------
    pandas.DataFrame
        One row per pair: ``deliberation`` and ``recommendation`` (sentence ids), ``score`` (0 to
        1), ``linked`` (bool), ``evidence`` (to read: the entities, broader concepts, words and
        phrases that both have, each with its share of the score by "joined", the weightiest first;
        `helpers.linking.shared_terms` gives the same to compute with) and ``negotiated`` ("no",
        "yes" or "not said": what the report says of its recommendations).

    Raises
    ------
    TypeError
        If `report` is no report, `entities` no table, or a function's scores no numbers.
    ValueError
        If `method` is none of those named, if a function's scores are of another shape or do not
        lie between 0 and 1, or if `entities` lack a column or are of another text.
    ReportError
        If the report has no deliberations, no recommendations, or never both in one topic.

    Examples
    --------
    >>> from helpers import read_report
    >>> links = link_passages(read_report())
    >>> links.shape, links.nlargest(1, "score")["deliberation"].tolist()
    ((408, 6), ['7.4'])

    With a function of one's own, here the part of all words of a pair that both have:

    >>> def jaccard(deliberations, recommendations):
    ...     said, asked = (
    ...         [set(text.lower().split()) for text in side]
    ...         for side in (deliberations, recommendations)
    ...     )
    ...     return [[len(one & other) / len(one | other) for other in asked] for one in said]
    >>> link_passages(read_report(), method=jaccard)["score"].max().round(2).item()
    0.43
    """
    if not callable(method) and method not in METHODS:
        raise ValueError(
            f"method must be one of {', '.join(METHODS)}, or a function of two lists of texts, but "
            f"{method!r} was passed."
        )
    entities = own_entities(report, entities)
    tables = [_link_topic(*sides, entities, method) for sides in topics(report)]
    return pd.concat(tables, ignore_index=True).assign(negotiated=report.negotiated)


def links_by_unit(links: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Sum up links of sentences as links of paragraphs and lettered recommendations.

    A paragraph and a recommendation are linked when any of their sentences are; their score is that
    of their best pair of sentences.

    Parameters
    ----------
    links : pandas.DataFrame
        What `link_passages` returned for this report.
    report : Report
        The report they belong to.

    Returns
    -------
    pandas.DataFrame
        One row per paragraph and recommendation: the columns of `link_passages`, with the ids of
        units in place of those of sentences, and ``best_deliberation`` and
        ``best_recommendation``, the sentences of the pair that score and evidence are those of.

    Raises
    ------
    TypeError
        If `links` is no table, or `report` no report.
    ValueError
        If `links` lack a column, or are not between sentences of this report.

    Examples
    --------
    >>> from helpers import read_report
    >>> report = read_report()
    >>> units = links_by_unit(link_passages(report), report)
    >>> len(units), units.nlargest(1, "score")["best_deliberation"].tolist()
    (63, ['7.4'])
    """
    links = check_links(links, report)
    unit_of = report.sentences.set_index("sentence")["unit"]
    best = {f"best_{side}": links[side] for side in PAIR}
    units = links.assign(**best, **{side: links[side].map(unit_of) for side in PAIR})
    groups = units.groupby(PAIR, sort=False)
    summed = units.loc[groups["score"].idxmax()].set_index(PAIR)
    summed["linked"] = groups["linked"].any()
    return summed.reset_index()


def mapping_matrix(report: Report, *, links: pd.DataFrame | None = None) -> pd.DataFrame:
    """Lay out which deliberations stand behind which recommendation.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    links : pandas.DataFrame, optional
        What `link_passages` returned for this report; made here if it is not given.

    Returns
    -------
    pandas.DataFrame
        One row per recommendation, in three blocks of one column per deliberation paragraph:
        ``matrix["strength"]`` (0 to 1), ``matrix["linked"]`` (bool) and ``matrix["evidence"]``
        (the two sentences and what they share). Cells between two topics are empty, as is the row
        or column of one that has no counterpart in its topic. ``matrix["negotiated"]`` says for
        each recommendation "no", "yes" or "not said".

    Raises
    ------
    TypeError, ValueError, ReportError
        As `link_passages` and `links_by_unit`.

    Examples
    --------
    >>> from helpers import read_report
    >>> matrix = mapping_matrix(read_report())
    >>> matrix["strength"].shape, matrix["strength"].idxmax(axis="columns")["12(e)"]
    ((7, 9), '9')
    """
    units = links_by_unit(link_passages(report) if links is None else links, report)
    pair = units["best_deliberation"] + " → " + units["best_recommendation"]
    texts = (pair + ": " + units["evidence"]).where(units["score"] > 0, "")
    wide = units.assign(strength=units["score"], evidence=texts).pivot(
        index="recommendation", columns="deliberation", values=["strength", "linked", "evidence"]
    )
    rows, paragraphs = (
        report.sentences.loc[report.sentences["part"] == part, "unit"].unique()
        for part in ("recommendations", "deliberations")
    )
    strength, linked, evidence = (
        wide[name].reindex(index=rows, columns=paragraphs)
        for name in ("strength", "linked", "evidence")
    )
    blocks = {
        "strength": strength.astype(float),
        "linked": linked.eq(True),
        "evidence": evidence.fillna("").astype(str),
    }
    matrix = pd.concat(blocks, axis="columns", names=[None, "deliberation"])
    matrix["negotiated", ""] = report.negotiated
    return matrix


def topic_scores(
    sides: tuple[pd.DataFrame, pd.DataFrame], vectors: TermVectors, method: Method
) -> Scores:
    """Return the scores of a topic by a method: one row per deliberation."""
    if method == "joined":
        return margin_scores(cosines(vectors))
    texts = [side["text"].tolist() for side in sides]
    if callable(method):
        return _own_scores(method(*texts), (len(texts[0]), len(texts[1])))
    return METHODS[method](*texts)


def select_links(scores: Scores, vectors: TermVectors) -> NDArray[np.bool_]:
    """Tell which pairs are linked: above the threshold, and sharing more than domain stopwords.

    Examples
    --------
    >>> from helpers.linking.passages import Features, vectorize
    >>> youth = Features(["youth"], [], [])
    >>> select_links(np.array([[0.9]]), vectorize([youth], [youth])).tolist()
    [[True]]
    """
    selected: NDArray[np.bool_] = (scores > link_threshold(scores)) & share_content_terms(vectors)
    return selected


def link_threshold(scores: Scores) -> float:
    """Return the score above which a pair stands out from the others: Tukey's upper fence.

    Parameters
    ----------
    scores : numpy.ndarray of float
        The scores of all pairs.

    Returns
    -------
    float
        One and a half quartile ranges above the upper quartile; where three quarters of the pairs
        have nothing in common, of those that have something. Never more than one half: where most
        pairs are much alike there is no outstanding, and what is the same is linked all the same.

    Examples
    --------
    >>> round(link_threshold(np.array([0.0, 0.1, 0.1, 0.2, 0.2])), 2)
    0.35
    """
    scores = np.asarray(scores, dtype=float)
    common = scores if np.quantile(scores, 0.75) > 0 else scores[scores > 0]
    if not common.size:
        return 0.0
    lower, upper = np.quantile(common, [0.25, 0.75])
    return float(min(upper + TUKEY_FACTOR * (upper - lower), HIGHEST_THRESHOLD))


def _own_scores(table: ArrayLike, shape: tuple[int, int]) -> Scores:
    """Return what a reader's own function scored, once it is a table of scores."""
    try:
        scores = np.asarray(table, dtype=float)
    except (TypeError, ValueError) as error:
        raise TypeError(f"The scores of your method are no table of numbers: {error}") from None
    if scores.shape != shape:
        raise ValueError(
            f"The scores of your method have the shape {scores.shape}, but {shape[0]} "
            f"deliberations and {shape[1]} recommendations need {shape}: one row per deliberation."
        )
    outside = ~((scores >= 0) & (scores <= 1 + ROUNDING))
    if outside.any():
        raise ValueError(
            f"Scores lie between 0 and 1, but your method returned {scores[outside][0]}. Cosines "
            "below 0 count as 0: return scores.clip(0, 1)."
        )
    return scores.clip(0, 1)


def _link_topic(
    deliberations: pd.DataFrame,
    recommendations: pd.DataFrame,
    entities: pd.DataFrame,
    method: Method,
) -> pd.DataFrame:
    sides = deliberations, recommendations
    vectors = vectorize_sentences(*sides, entities)
    joined = topic_scores(sides, vectors, "joined")
    scores = topic_scores(sides, vectors, method)
    pairs = pd.MultiIndex.from_product(
        [deliberations["sentence"], recommendations["sentence"]], names=PAIR
    )
    columns = {
        "score": scores.ravel(),
        "linked": select_links(scores, vectors).ravel(),
        "evidence": evidence_texts(vectors, joined, *sides, entities),
    }
    return pd.DataFrame(columns, index=pairs).reset_index()
