"""How strongly each deliberation maps onto each recommendation, and which pairs count as linked."""

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import pandas as pd
import snowballstemmer
import spacy
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import TfidfVectorizer
from spacy.language import Language

from helpers.documents import ReportError
from helpers.entities import extract_entities
from helpers.report import Report

METHODS = ("tfidf",)
LEVELS = ("sentence", "unit")
COLUMNS = ["deliberation", "recommendation", "score", "linked", "evidence"]
STEMMER = snowballstemmer.stemmer("english")
MOST_WORDS = 6  # shown as evidence for a pair
# Tukey, Exploratory Data Analysis (1977): how far above the upper quartile, in quartile ranges, a
# value lies "outside" the others.
FENCE = 1.5


def score_passages(
    deliberations: Sequence[str], recommendations: Sequence[str], *, nlp: Language | None = None
) -> np.ndarray:
    """Score how much two lists of passages have to do with each other.

    Each passage becomes a vector of its word stems, weighted by TF-IDF: a word counts more the
    fewer passages have it, and function words not at all. The score of a pair is the cosine of
    the angle between its vectors.

    Parameters
    ----------
    deliberations, recommendations : sequence of str
        The passages; each list needs one at least.
    nlp : spacy.Language, optional
        A pipeline whose tokenizer and stop words are used instead of blank English's.

    Returns
    -------
    numpy.ndarray of float, shape (n deliberations, n recommendations)
        Scores from 0 (no word in common) to 1 (the same words).

    Raises
    ------
    ValueError
        If a list is empty, or a single string was given instead of a list.

    Examples
    --------
    >>> score_passages(
    ...     ["Speakers stressed extradition.", "Youth need education."],
    ...     ["Educate young people.", "Strengthen extradition."],
    ... ).round(2)
    array([[0.  , 0.3 ],
           [0.24, 0.  ]])
    """
    left, right, _ = _vectors(deliberations, recommendations, nlp or _blank())
    return np.clip((left @ right.T).toarray(), 0, 1)


def link_passages(
    report: Report,
    *,
    level: str = "sentence",
    method: str = "tfidf",
    entities: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Score every deliberation against every recommendation of its topic, and say which are linked.

    A pair of sentences is linked when its score stands out from all others of its topic: above
    the upper quartile by more than one and a half times the distance between the quartiles. This
    fence looks at the scores alone and at no annotation. A paragraph and a recommendation are
    linked when any of their sentences are; their score is that of their best pair of sentences.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    level : {"sentence", "unit"}
        Whether the rows are pairs of sentences, or of paragraphs and lettered recommendations.
    method : {"tfidf"}
        How pairs are scored; "tfidf" is `score_passages`.
    entities : pandas.DataFrame, optional
        What `helpers.extract_entities` returned for this report; made here if it is not given.

    Returns
    -------
    pandas.DataFrame
        One row a pair: ``deliberation`` and ``recommendation`` (ids), ``score`` (0 to 1),
        ``linked`` (bool), ``evidence`` (the entities and words that both have, the weightiest
        first; with ``level="unit"`` behind the ids of the two sentences).

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
    _check_option("method", method, METHODS)
    entities = extract_entities(report) if entities is None else entities
    names = entities.groupby("sentence", sort=False)["name"].unique()
    tables = [_link_topic(*sides, names) for sides in _topics(report)]
    links = pd.concat(tables, ignore_index=True)
    return links if level == "sentence" else _by_unit(links, report)


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
        (the two sentences and what they share). Cells between two topics are empty.

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
    rows = links["recommendation"].unique()
    paragraphs = links["deliberation"].unique()
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
    blocks = {name: block.loc[rows, paragraphs] for name, block in blocks.items()}
    return pd.concat(blocks, axis="columns", names=[None, "deliberation"])


@cache
def _blank() -> Language:
    return spacy.blank("en")


def _check_option(name: str, value: str, options: tuple[str, ...]) -> None:
    if value not in options:
        raise ValueError(f"{name} must be one of {', '.join(options)}, but {value!r} was passed.")


def _topics(report: Report) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Yield the deliberation and the recommendation sentences of each topic that has both."""
    parts = {
        part: report.sentences[report.sentences["part"] == part]
        for part in ("deliberations", "recommendations")
    }
    for part, sentences in parts.items():
        if sentences.empty:
            raise ReportError(_missing_part(part, report))
    deliberations, recommendations = parts.values()
    topics = [
        topic for topic in deliberations["topic"].unique() if topic in set(recommendations["topic"])
    ]
    if not topics:
        raise ReportError(
            "There are no links: no heading has deliberations and recommendations both under it. "
            f"Deliberations stand under {deliberations['topic'].unique()[0]!r}, recommendations "
            f"under {recommendations['topic'].unique()[0]!r}."
        )
    for topic in topics:
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


def _vectors(
    deliberations: Sequence[str], recommendations: Sequence[str], nlp: Language
) -> tuple[csr_array, csr_array, np.ndarray]:
    """Give the TF-IDF vectors of both lists, and the stems that their columns stand for."""
    for name, passages in (("deliberations", deliberations), ("recommendations", recommendations)):
        if isinstance(passages, str) or not len(passages):
            raise ValueError(f"{name} must be a list of at least one text.")
    texts = [*deliberations, *recommendations]
    stems = [list(_stems(text, nlp)) for text in texts]
    if not any(stems):
        return (
            csr_array((len(deliberations), 1)),
            csr_array((len(recommendations), 1)),
            np.array([""]),
        )
    vectorizer = TfidfVectorizer(analyzer=list, sublinear_tf=True)
    vectors = csr_array(vectorizer.fit_transform(stems))
    cut = len(deliberations)
    return vectors[:cut], vectors[cut:], vectorizer.get_feature_names_out()


def _stems(text: str, nlp: Language) -> Iterator[str]:
    for token in nlp.make_doc(text):
        if token.is_alpha and not token.is_stop:
            yield STEMMER.stemWord(token.lower_)


def _link_topic(
    deliberations: pd.DataFrame, recommendations: pd.DataFrame, names: pd.Series
) -> pd.DataFrame:
    left, right, stems = _vectors(
        deliberations["text"].tolist(), recommendations["text"].tolist(), _blank()
    )
    scores = np.clip((left @ right.T).toarray(), 0, 1)
    surface = _surface(recommendations["text"])
    pairs = pd.MultiIndex.from_product(
        [deliberations["sentence"], recommendations["sentence"]], names=COLUMNS[:2]
    )
    evidence = [
        _evidence(left[[i]].multiply(right[[j]]), stems, surface, _shared(names, *pair))
        for (i, j), pair in zip(np.ndindex(scores.shape), pairs, strict=True)
    ]
    return pd.DataFrame(
        {"score": scores.ravel(), "linked": scores.ravel() > _fence(scores), "evidence": evidence},
        index=pairs,
    ).reset_index()


def _fence(scores: np.ndarray) -> float:
    lower, upper = np.quantile(scores, [0.25, 0.75])
    return upper + FENCE * (upper - lower)


def _surface(texts: pd.Series) -> dict[str, str]:
    """Give for each stem a word of the recommendations that has it."""
    tokens = (token for text in texts for token in _blank().make_doc(text) if token.is_alpha)
    return {STEMMER.stemWord(token.lower_): token.lower_ for token in tokens}


def _shared(names: pd.Series, deliberation: str, recommendation: str) -> list[str]:
    """Give the names of the entities that two sentences both have."""
    in_recommendation = set(names.get(recommendation, []))
    return [name for name in names.get(deliberation, []) if name in in_recommendation]


def _evidence(
    products: csr_array, stems: np.ndarray, surface: dict[str, str], shared: list[str]
) -> str:
    """Say what a pair shares: entities, then words with their part of the score."""
    products = products.tocoo()
    order = np.argsort(-products.data, kind="stable")[:MOST_WORDS]
    words = [f"{surface[stems[products.col[at]]]} {products.data[at]:.2f}" for at in order]
    sides = ["entities: " + ", ".join(shared)] * bool(shared)
    return "; ".join(sides + ["words: " + ", ".join(words)] * bool(words))


def _by_unit(links: pd.DataFrame, report: Report) -> pd.DataFrame:
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
