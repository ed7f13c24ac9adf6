"""Which deliberations of a report are linked to which recommendations, and what speaks for it."""

import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pandas as pd

from helpers.documents import ReportError
from helpers.entities import default_nlp, extract_entities
from helpers.gazetteers import known_concepts, lineage
from helpers.passages import (
    METHODS,
    Weights,
    as_passage,
    contrast,
    cosines,
    phrase_key,
    phrases_of,
    share_matter,
    stem,
    weigh,
)
from helpers.report import Report

LEVELS = ("sentence", "unit")
PAIR = ["deliberation", "recommendation"]  # what names a row of links
COLUMNS = [*PAIR, "score", "linked", "evidence"]
MOST_TERMS = 6  # shown as evidence for a pair, of entities and of words
# Tukey, Exploratory Data Analysis (1977): how far above the upper quartile, in quartile ranges, a
# value lies "outside" the others.
FENCE = 1.5
HIGHEST_LINE = 0.5  # a line above all scores would link nothing in a report that repeats itself


def link_passages(
    report: Report,
    *,
    level: str = "sentence",
    method: str = "joined",
    entities: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Score every deliberation against every recommendation of its topic, and say which are linked.

    A pair of sentences is linked when its score stands out from all others of its topic: above
    the upper quartile by more than one and a half times the distance between the quartiles. This
    fence looks at the scores alone and at no annotation. And the two must share more than words of
    the genre: "crime prevention and criminal justice" is no link. A sentence that is linked to none
    has no counterpart. A paragraph and a recommendation are linked when any of their sentences are;
    their score is that of their best pair of sentences.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    level : {"sentence", "unit"}
        Whether the rows are pairs of sentences, or of paragraphs and lettered recommendations.
    method : {"joined", "tfidf", "bm25", "lsa"}
        How pairs are scored; "joined" is `score_passages`, the others are there for comparison.
    entities : pandas.DataFrame, optional
        What `helpers.extract_entities` returned for this report; made here if it is not given.

    Returns
    -------
    pandas.DataFrame
        One row a pair: ``deliberation`` and ``recommendation`` (ids), ``score`` (0 to 1),
        ``linked`` (bool), ``evidence`` (the entities, broader concepts, words and phrases that
        both have, each with its part of the score by "joined", the weightiest first; with
        ``level="unit"`` behind the ids of the two sentences). ``links.attrs["note"]`` says what
        must stand wherever it is shown.

    Raises
    ------
    ValueError
        If `level` or `method` is none of those named.
    ReportError
        If the report has no deliberations, no recommendations, or never both in one topic.

    Examples
    --------
    >>> from helpers import read_report
    >>> links = link_passages(read_report())
    >>> links.shape, links.nlargest(1, "score")["deliberation"].tolist()
    ((408, 5), ['7.4'])
    """
    _check_option("level", level, LEVELS)
    _check_option("method", method, tuple(METHODS))
    entities = extract_entities(report) if entities is None else entities
    tables = [_link_topic(*sides, entities, method) for sides in topics(report)]
    links = pd.concat(tables, ignore_index=True)
    links.attrs["note"] = report.note
    return links if level == "sentence" else links_by_unit(links, report)


def mapping_matrix(report: Report, *, links: pd.DataFrame | None = None) -> pd.DataFrame:
    """Lay out which deliberations stand behind which recommendation.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    links : pandas.DataFrame, optional
        What `link_passages` returned for this report with ``level="unit"``.

    Returns
    -------
    pandas.DataFrame
        One row a recommendation, in three blocks of one column a deliberation paragraph:
        ``matrix["strength"]`` (0 to 1), ``matrix["linked"]`` (bool) and ``matrix["evidence"]``
        (the two sentences and what they share). Cells between two topics are empty, as is the row
        or column of one that has no counterpart in its topic.
        ``matrix.attrs["note"]`` says what must stand wherever it is shown.

    Raises
    ------
    ReportError
        As `link_passages`.

    Examples
    --------
    >>> from helpers import read_report
    >>> matrix = mapping_matrix(read_report())
    >>> matrix["strength"].shape, matrix["strength"].idxmax(axis="columns")["12(e)"]
    ((7, 9), '9')
    """
    links = link_passages(report, level="unit") if links is None else links
    rows, paragraphs = (
        report.sentences.loc[report.sentences["part"] == part, "unit"].unique()
        for part in ("recommendations", "deliberations")
    )
    wide = links.rename(columns={"score": "strength"}).pivot(
        index="recommendation",
        columns="deliberation",
        values=["strength", "linked", "evidence"],
    )
    blocks = {
        "strength": wide["strength"].astype(float),
        "linked": wide["linked"].eq(True),
        "evidence": wide["evidence"].fillna(""),
    }
    empty = {"strength": float("nan"), "linked": False, "evidence": ""}
    blocks = {
        name: block.reindex(index=rows, columns=paragraphs, fill_value=empty[name])
        for name, block in blocks.items()
    }
    matrix = pd.concat(blocks, axis="columns", names=[None, "deliberation"])
    matrix.attrs["note"] = report.note
    return matrix


def _check_option(name: str, value: str, options: tuple[str, ...]) -> None:
    if value not in options:
        raise ValueError(f"{name} must be one of {', '.join(options)}, but {value!r} was passed.")


def topics(report: Report) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Yield the deliberation and the recommendation sentences of each topic that has both.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.

    Yields
    ------
    tuple of pandas.DataFrame
        Rows of ``report.sentences``: the deliberations, the recommendations.

    Raises
    ------
    ReportError
        If the report has no deliberations, no recommendations, or never both in one topic.

    Examples
    --------
    >>> from helpers import read_report
    >>> [[len(side) for side in sides] for sides in topics(read_report())]
    [[24, 17]]
    """
    parts = {
        part: report.sentences[report.sentences["part"] == part]
        for part in ("deliberations", "recommendations")
    }
    for part, sentences in parts.items():
        if sentences.empty:
            raise ReportError(_missing_part(part, report))
    deliberations, recommendations = parts.values()
    shared = [
        topic for topic in deliberations["topic"].unique() if topic in set(recommendations["topic"])
    ]
    if not shared:
        raise ReportError(
            "There are no links: no heading has deliberations and recommendations both under it. "
            f"Deliberations stand under {deliberations['topic'].unique()[0]!r}, recommendations "
            f"under {recommendations['topic'].unique()[0]!r}."
        )
    for topic in shared:
        yield (
            deliberations[deliberations["topic"] == topic],
            recommendations[recommendations["topic"] == topic],
        )


def _missing_part(part: str, report: Report) -> str:
    heading = {
        "deliberations": "Summary of deliberations",
        "recommendations": "Outcome of deliberations",
    }[part]
    seen = report.paragraphs["section"].str.split(" > ").str[-1].unique()
    headings = ", ".join(repr(title) for title in seen if title) or "none"
    return (
        f"There are no links: this report has no {part}. They are the numbered paragraphs under "
        f"a heading such as {heading!r}; the headings that stand over paragraphs here: {headings}."
    )


def weigh_sentences(
    deliberations: pd.DataFrame,
    recommendations: pd.DataFrame,
    entities: pd.DataFrame,
    **weights: float,
) -> Weights:
    """Weigh the words and concepts of the sentences of one topic.

    Parameters
    ----------
    deliberations, recommendations : pandas.DataFrame
        What `topics` yields.
    entities : pandas.DataFrame
        What `helpers.extract_entities` returned for the report.
    **weights : float
        What a frame word, a phrase, a concept and a broader concept count, as
        `helpers.passages.weigh`.

    Returns
    -------
    Weights
        One row a sentence. The names of States count neither as concepts nor as words: who is
        named is no matter of what is recommended.

    Examples
    --------
    >>> from helpers import read_report
    >>> report = read_report()
    >>> (sides,) = topics(report)
    >>> weigh_sentences(*sides, extract_entities(report)).deliberations.shape[0]
    24
    """
    of_state = entities["label"] == "STATE"
    counted, states = entities[~of_state], entities[of_state]
    lines = pd.Series(
        map(lineage, counted["entity_id"], counted["parent"]),
        index=counted["sentence"],
        dtype=object,
    )
    named = lines.groupby(level=0).agg(list)
    nlp = default_nlp()
    left, right = (
        [
            as_passage(nlp.make_doc(text), named.get(sentence, []))
            for text, sentence in zip(_without(states, side), side["sentence"], strict=True)
        ]
        for side in (deliberations, recommendations)
    )
    return weigh(left, right, **weights)


def _without(names: pd.DataFrame, sentences: pd.DataFrame) -> Iterator[str]:
    """Yield the text of each sentence with a mark in the place of each of these names."""
    spans = {at: rows[["start", "end"]].to_numpy() for at, rows in names.groupby("sentence")}
    columns = sentences[["sentence", "start", "text"]]
    for sentence, first, text in columns.itertuples(index=False, name=None):
        for start, end in spans.get(sentence, [])[::-1]:
            text = f"{text[: start - first]};{text[end - first :]}"
        yield text


def _link_topic(
    deliberations: pd.DataFrame,
    recommendations: pd.DataFrame,
    entities: pd.DataFrame,
    method: str,
) -> pd.DataFrame:
    weights = weigh_sentences(deliberations, recommendations, entities)
    joined = contrast(cosines(weights))
    if method == "joined":
        scores = joined
    else:
        scores = METHODS[method](deliberations["text"].tolist(), recommendations["text"].tolist())
    pairs = pd.MultiIndex.from_product(
        [deliberations["sentence"], recommendations["sentence"]], names=COLUMNS[:2]
    )
    named = entities.groupby("sentence")["entity_id"].agg(set)
    sides = (
        [named.get(at, set()) for at in side["sentence"]]
        for side in (deliberations, recommendations)
    )
    names = name_terms(weights, recommendations["text"], entities)
    columns = {
        "score": scores.ravel(),
        "linked": stand_out(scores, weights).ravel(),
        "evidence": _evidence(weights, joined, names, *sides),
    }
    return pd.DataFrame(columns, index=pairs).reset_index()


def stand_out(scores: np.ndarray, weights: Weights) -> np.ndarray:
    """Tell which pairs are linked: above the fence, and with more in common than the genre.

    Parameters
    ----------
    scores : numpy.ndarray of float
        The scores of all pairs, by whatever method.
    weights : Weights
        What `weigh_sentences` returns.

    Returns
    -------
    numpy.ndarray of bool
        Of the shape of `scores`.

    Examples
    --------
    >>> from helpers import read_report
    >>> report = read_report()
    >>> (sides,) = topics(report)
    >>> weights = weigh_sentences(*sides, extract_entities(report))
    >>> bool(stand_out(np.zeros((24, 17)), weights).any())
    False
    """
    return (scores > fence(scores)) & share_matter(weights)


def fence(scores: np.ndarray) -> float:
    """Give the score above which a pair stands out from the others.

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
    >>> fence(np.array([0.0, 0.1, 0.1, 0.2, 0.2])).round(2)
    np.float64(0.35)
    """
    common = scores if np.quantile(scores, 0.75) > 0 else scores[scores > 0]
    if not common.size:
        return 0.0
    lower, upper = np.quantile(common, [0.25, 0.75])
    return min(upper + FENCE * (upper - lower), HIGHEST_LINE)


def name_terms(weights: Weights, texts: pd.Series, entities: pd.DataFrame) -> list[str]:
    """Give each term a name to show: a concept's, or a word or phrase of the recommendations.

    Parameters
    ----------
    weights : Weights
        What `weigh_sentences` returns.
    texts : pandas.Series of str
        The recommendations.
    entities : pandas.DataFrame
        What `helpers.extract_entities` returned for the report.

    Returns
    -------
    list of str
        One name a term, in their order.

    Examples
    --------
    >>> from helpers import read_report
    >>> report = read_report()
    >>> (sides,), entities = topics(report), extract_entities(report)
    >>> names = name_terms(weigh_sentences(*sides, entities), sides[1]["text"], entities)
    >>> "privacy" in names
    True
    """
    concepts = known_concepts()
    names = dict(zip(concepts["id"], concepts["name"], strict=True))
    names |= dict(zip(entities["entity_id"], entities["name"], strict=True))
    found = {word for text in texts for word in re.findall(r"[^\W\d_]+", text.lower())}
    shortest_last = sorted(found, key=lambda word: (-len(word), word))
    written = {stem(word): word for word in shortest_last}
    for doc in map(default_nlp().make_doc, texts):
        written |= {phrase_key(phrase): phrase.text.lower() for phrase in phrases_of(doc)}
    return [
        (names if kind == "concept" else written).get(term, term) for kind, term in weights.terms
    ]


def _evidence(
    weights: Weights,
    scores: np.ndarray,
    names: list[str],
    said: list[set[str]],
    recommended: list[set[str]],
) -> list[str]:
    """Say for every pair what it shares, each with its part of the score."""
    texts = []
    for row, named in enumerate(said):
        shared = weights.recommendations.multiply(weights.deliberations[[row]]).tocsr()
        columns = np.repeat(np.arange(len(recommended)), np.diff(shared.indptr))
        alike = np.bincount(columns, shared.data, minlength=len(recommended))
        data = shared.data * (scores[row] / np.where(alike > 0, alike, 1))[columns]
        order = np.lexsort((-data, columns))
        parts = list(zip(shared.indices[order].tolist(), data[order].tolist(), strict=True))
        for column, (start, end) in enumerate(pairwise(shared.indptr.tolist())):
            both = named & recommended[column]
            texts.append(_pair_evidence(parts[start:end], weights.terms, names, both))
    return texts


def _pair_evidence(
    parts: list[tuple[int, float]], terms: list[tuple[str, str]], names: list[str], both: set[str]
) -> str:
    groups: dict[str, list[str]] = {"entities": [], "broader": [], "words": []}
    for at, part in parts:
        kind, term = terms[at]
        group = "words" if kind != "concept" else "entities" if term in both else "broader"
        if part and len(groups[group]) < MOST_TERMS:
            groups[group].append(f"{names[at]} {part:.2f}")
    return "; ".join(f"{group}: {', '.join(shown)}" for group, shown in groups.items() if shown)


def links_by_unit(links: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Sum up links of sentences as links of paragraphs and lettered recommendations.

    Parameters
    ----------
    links : pandas.DataFrame
        What `link_passages` returned by sentence.
    report : Report
        The report they belong to.

    Returns
    -------
    pandas.DataFrame
        What `link_passages` returns with ``level="unit"``.

    Examples
    --------
    >>> from helpers import read_report
    >>> report = read_report()
    >>> len(links_by_unit(link_passages(report), report))
    63
    """
    unit_of = report.sentences.set_index("sentence")["unit"]
    units = links.assign(
        evidence=links["deliberation"] + " → " + links["recommendation"] + ": " + links["evidence"],
        deliberation=links["deliberation"].map(unit_of),
        recommendation=links["recommendation"].map(unit_of),
    )
    keys = ["deliberation", "recommendation"]
    best = units.loc[units.groupby(keys, sort=False)["score"].idxmax()].set_index(keys)
    best["linked"] = units.groupby(keys, sort=False)["linked"].any()
    best.loc[best["score"] == 0, "evidence"] = ""
    return best.reset_index()
