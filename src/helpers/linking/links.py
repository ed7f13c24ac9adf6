"""Which deliberations of a report are linked to which recommendations."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from helpers.contract import PAIR, VERDICTS, check_links
from helpers.linking.baselines import BASELINES
from helpers.linking.chance import (
    CLEAR_RATE,
    HIGHEST_THRESHOLD,
    LINK_RATE,
    NO_LIMIT,
    chance_of_texts,
    chance_of_vectors,
    link_threshold,
)
from helpers.linking.evidence import evidence_texts
from helpers.linking.passages import (
    Scores,
    TermVectors,
    cosines,
    score_passages,
    share_content_terms,
)
from helpers.linking.topics import Sides, sides_of, vectorize_sentences
from helpers.names.entities import own_entities
from helpers.reading.report import Report

# How pairs can be scored: by our own method, or by another to compare it with. Of a report's own
# sentences the entities are known, so that "joined" takes the way of `score_passages` from there.
METHODS: dict[str, Callable[..., Scores]] = {"joined": score_passages, **BASELINES}
Method = str | Callable[[list[str], list[str]], ArrayLike]
ROUNDING = 1e-6  # a cosine in single precision may be this much above 1
SHORTLIST = 3  # counterparts of a paragraph or recommendation that are left open


def link_passages(
    report: Report, *, method: Method = "joined", entities: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Score every deliberation against every recommendation of its topic, and say which are linked.

    A pair of sentences is linked when its score stands out from what chance gives in this report:
    when at most half of the pairs that score as high would do so with the words of the
    deliberations dealt anew (`helpers.linking.link_threshold`). This threshold looks at no
    annotation. And the two must share more than domain stopwords: "crime prevention and criminal
    justice" is no link. A sentence that is linked to none has no counterpart. `links_by_unit` sums
    the sentences up by paragraph and recommendation.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    method : {"joined", "tfidf", "bm25", "lsa"} or callable
        How pairs are scored; "joined" is `score_passages` of the sentences, the others are there
        for comparison. The entities are the report's: a name that reaches over the end of a
        sentence, which `score_passages` would see cut in two, counts in neither. A function of your
        own takes the list of the deliberation sentences and that of the recommendation sentences
        and returns a table of scores from 0 to 1, one row per
        deliberation and one column per recommendation.
    entities : pandas.DataFrame, optional
        What `helpers.extract_entities` returned for this report; made here if it is not given.

    Returns
    -------
    pandas.DataFrame
        One row per pair: ``deliberation`` and ``recommendation`` (sentence ids), ``score`` (0 to
        1), ``linked`` (bool), ``verdict`` ("clear": linked, and of two hundred such pairs chance
        would give one; "open": on the shortlist, for it belongs to the best three counterparts of a
        paragraph or a recommendation that are not clear; or ""), ``evidence`` (to read: what
        both sentences have, in the words of either and the weightiest by "joined" first;
        `helpers.linking.shared_terms` gives it to compute with, `helpers.linking.shared_places` to
        mark it in the sentences) and ``negotiated`` ("no", "yes" or "not said": what the report
        says of its recommendations).

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
    ((408, 7), ['7.4'])

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
    if not callable(method) and (not isinstance(method, str) or method not in METHODS):
        raise ValueError(
            f"method must be one of {', '.join(METHODS)}, or a function of two lists of texts, but "
            f"{method!r} was passed."
        )
    entities = own_entities(report, entities)
    links = link_sides(sides_of(report), entities, method)
    return links.assign(negotiated=report.negotiated)


def link_sides(sides: Sides, entities: pd.DataFrame, method: Method = "joined") -> pd.DataFrame:
    """Score all pairs of two sides that share a topic, and say which are linked, and how surely.

    Parameters
    ----------
    sides : Sides
        The sentences; an id stands on one side alone.
    entities : pandas.DataFrame
        Those of both sides, by the same ids of sentences.
    method : str or callable
        As `link_passages`.

    Returns
    -------
    pandas.DataFrame
        The columns of `link_passages` without ``negotiated``.

    Examples
    --------
    >>> from helpers import extract_entities, read_report
    >>> report = read_report()
    >>> len(link_sides(sides_of(report), extract_entities(report)))
    408
    """
    vectors = vectorize_sentences(*sides[:2], entities)
    scores = score_sides(sides, vectors, method)
    chance = chance_scores(sides, vectors, method)
    links = sides.pairs().assign(score=scores[sides.together])
    linked, clear = (
        select_links(scores, vectors, threshold)
        for threshold in two_thresholds(links["score"].to_numpy(), chance, method)
    )
    links["linked"] = linked[sides.together]
    links["verdict"] = _verdicts(links, clear[sides.together], sides)
    links["evidence"] = evidence_texts(vectors, sides, entities)
    return links


def links_by_unit(links: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Sum up links of sentences as links of paragraphs and lettered recommendations.

    A paragraph and a recommendation are linked when any of their sentences are; their score is that
    of their best pair of sentences, their verdict the strongest.

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
    weakest_first = ["", *reversed(VERDICTS)]
    strength = units["verdict"].map(weakest_first.index)
    strongest = strength.groupby([units[side] for side in PAIR], sort=False).max()
    summed["verdict"] = strongest.map(weakest_first.__getitem__)
    return summed.reset_index()


def offered(links: pd.DataFrame) -> "pd.Series[bool]":
    """Tell which pairs are offered to a reader: those that are linked or have a verdict."""
    return links["linked"] | (links["verdict"] != "")


def standing(links: pd.DataFrame) -> "pd.Series[str]":
    """Say of each pair how it stands to a reader.

    Parameters
    ----------
    links : pandas.DataFrame
        What `link_passages` or `links_by_unit` returned.

    Returns
    -------
    pandas.Series of str
        "clear"; "linked": to be read; "nearest": not linked, and among the likest of a paragraph or
        recommendation; or "".

    Examples
    --------
    >>> rows = [("clear", True), ("open", True), ("", True), ("open", False), ("", False)]
    >>> standing(pd.DataFrame(rows, columns=["verdict", "linked"])).tolist()
    ['clear', 'linked', 'linked', 'nearest', '']
    """
    states = links["verdict"].map({"clear": "clear", "open": "nearest"}).fillna("").astype(str)
    return states.mask(links["linked"] & (states != "clear"), "linked")


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
        One row per recommendation, in four blocks of one column per deliberation paragraph:
        ``matrix["strength"]`` (0 to 1), ``matrix["linked"]`` (bool), ``matrix["verdict"]``
        ("clear", "open" or "") and ``matrix["evidence"]`` (the two sentences and what
        they share). Cells between two topics are empty, as is the row
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
    blocks = ["strength", "linked", "verdict", "evidence"]
    wide = units.assign(strength=units["score"], evidence=texts).pivot(
        index="recommendation", columns="deliberation", values=blocks
    )
    rows, paragraphs = (
        report.sentences.loc[report.sentences["part"] == part, "unit"].unique()
        for part in ("recommendations", "deliberations")
    )
    tables = {name: wide[name].reindex(index=rows, columns=paragraphs) for name in blocks}
    tables["strength"] = tables["strength"].astype(float)
    tables["linked"] = tables["linked"].eq(True)
    for name in ("verdict", "evidence"):
        tables[name] = tables[name].fillna("").astype(str)
    matrix = pd.concat(tables, axis="columns", names=[None, "deliberation"])
    matrix["negotiated", ""] = report.negotiated
    return matrix


def chance_of_report(
    report: Report, *, method: Method = "joined", entities: pd.DataFrame | None = None
) -> Scores:
    """Return the scores that pairs have when the words of the deliberations are dealt anew.

    Parameters
    ----------
    report, method, entities
        As `link_passages`.

    Returns
    -------
    numpy.ndarray of float
        The scores of some ten thousand pairs, in ascending order; always the same ones.

    Examples
    --------
    >>> from helpers import read_report
    >>> chance = chance_of_report(read_report())
    >>> len(chance) >= 20_000, bool(chance[-1] < 0.4)
    (True, True)
    """
    entities = own_entities(report, entities)
    sides = sides_of(report)
    return chance_scores(sides, vectorize_sentences(*sides[:2], entities), method)


def score_sides(sides: Sides, vectors: TermVectors, method: Method) -> Scores:
    """Return the scores of all pairs by a method: one row per deliberation."""
    if method == "joined":
        return cosines(vectors)
    return _by_texts(method)(*_texts(sides))


def chance_scores(sides: Sides, vectors: TermVectors, method: Method) -> Scores:
    """Return the scores that a method gives when the words of the deliberations are dealt anew."""
    if method == "joined":
        return chance_of_vectors(vectors)
    return chance_of_texts(_by_texts(method), *_texts(sides))


def two_thresholds(scores: Scores, chance: Scores, method: Method) -> tuple[float, float]:
    """Return the scores above which pairs are linked, and are clear.

    How right a pair is that is more than half the same was measured for our own method: by another
    one nothing is clear that does not stand out from chance.

    Examples
    --------
    >>> alike = np.full(4, 0.9)
    >>> two_thresholds(alike, alike, "joined"), two_thresholds(alike, alike, "lsa")
    ((0.5, 0.5), (0.5, 1.0))
    """
    highest = HIGHEST_THRESHOLD if method == "joined" else NO_LIMIT
    clear = link_threshold(scores, chance, CLEAR_RATE, highest=highest)
    return link_threshold(scores, chance, LINK_RATE), clear


def select_links(scores: Scores, vectors: TermVectors, threshold: float) -> NDArray[np.bool_]:
    """Tell which pairs are linked: above the threshold, and sharing more than domain stopwords.

    Examples
    --------
    >>> from helpers.linking.passages import Features, vectorize
    >>> youth = Features(["youth"], [], [])
    >>> select_links(np.array([[0.9]]), vectorize([youth], [youth]), 0.5).tolist()
    [[True]]
    """
    selected: NDArray[np.bool_] = (scores > threshold) & share_content_terms(vectors)
    return selected


def shortlist(units: pd.DataFrame) -> "pd.Series[bool]":
    """Tell which pairs are among the best three that are not clear, of either of their units.

    Examples
    --------
    >>> pairs = pd.DataFrame({"deliberation": ["8"] * 5, "recommendation": list("abcde"),
    ...                       "score": [0.9, 0.5, 0.4, 0.3, 0.0], "clear": [True] + [False] * 4})
    >>> shortlist(pairs).tolist()
    [False, True, True, True, False]
    """
    rest = units[~units["clear"] & (units["score"] > 0)]
    places = [rest.groupby(side)["score"].rank("first", ascending=False) for side in PAIR]
    chosen = rest.index[(places[0] <= SHORTLIST) | (places[1] <= SHORTLIST)]
    return pd.Series(units.index.isin(chosen), index=units.index)


def _verdicts(links: pd.DataFrame, clear: NDArray[np.bool_], sides: Sides) -> list[str]:
    """Say of each pair whether it is clear, or the best of a pair of units on the shortlist."""
    unit_of = pd.concat(sides[:2]).set_index("sentence")["unit"]
    units = links.assign(clear=clear, **{side: links[side].map(unit_of) for side in PAIR})
    pairs = units.groupby(PAIR, sort=False)
    best = units.loc[pairs["score"].idxmax()].assign(clear=pairs["clear"].any().to_numpy())
    verdicts = pd.Series("", index=links.index)
    verdicts[best.index[shortlist(best)]] = "open"
    return list(verdicts.mask(clear, "clear"))


def _texts(sides: Sides) -> tuple[list[str], list[str]]:
    return sides.deliberations["text"].tolist(), sides.recommendations["text"].tolist()


def _by_texts(method: Method) -> Callable[[list[str], list[str]], Scores]:
    """Return a way to score two lists of texts; a reader's own is looked at first."""
    if not callable(method):
        return METHODS[method]
    return lambda said, asked: _own_scores(method(said, asked), (len(said), len(asked)))


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
