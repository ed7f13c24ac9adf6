"""What linked sentences share: as text to read, and as a table to compute with."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from helpers.contract import PAIR, TableError, check_pairs
from helpers.linking.passages import (
    TermVectors,
    is_word,
    phrase_key,
    phrases_of,
    stem,
)
from helpers.linking.topics import Sides, sides_of, vectorize_sentences
from helpers.names.entities import ancestors_of, own_entities
from helpers.names.gazetteers import known_concepts
from helpers.names.pipeline import default_nlp
from helpers.reading.report import Report

MOST_TERMS = 6  # shown in a text of evidence, of entities, of classes and of words
TERM_COLUMNS = [*PAIR, "kind", "term", "said", "recommended", "share"]


def shared_terms(
    report: Report, pairs: pd.DataFrame, *, entities: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Say what pairs of sentences share, each thing with its share of the score.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    pairs : pandas.DataFrame
        ``deliberation`` and ``recommendation``, such as rows of what `helpers.link_passages`
        returned for this report.
    entities : pandas.DataFrame, optional
        What `helpers.extract_entities` returned for this report; made here if it is not given.

    Returns
    -------
    pandas.DataFrame
        One row per pair and shared term, the weightiest of a pair first: ``deliberation``,
        ``recommendation``, ``kind`` (entity: both name it; broader: a class of what one of them
        names; word; phrase), ``term`` (a concept's id, or stems), ``said`` and ``recommended``
        (the words as they stand on either side), ``share`` (of the score by "joined"; all shares of
        a pair add up to it), ``negotiated`` (as in the links).

    Raises
    ------
    TypeError, ValueError, ReportError
        As `helpers.link_passages`; and a ValueError if a pair is none of this report's sentences.

    Examples
    --------
    >>> from helpers import read_report
    >>> pair = pd.DataFrame({"deliberation": ["6.2"], "recommendation": ["12(a).1"]})
    >>> shared = shared_terms(read_report(), pair).set_index("term")
    >>> shared.loc["financial-crimes", ["kind", "said", "recommended"]].tolist()
    ['broader', 'illicit financial flows', 'financial crimes']
    """
    entities = own_entities(report, entities)
    pairs = check_pairs(pairs, "pairs", report, "link_passages(report)")
    topic_of = report.sentences.set_index("sentence")["topic"]
    between = pairs[PAIR[0]].map(topic_of) != pairs[PAIR[1]].map(topic_of)
    if between.any():
        pair = " and ".join(pairs.loc[between, PAIR].iloc[0])
        raise TableError(f"pairs: {pair} lie in two topics, and links are made within one.")
    table = pd.DataFrame(_terms(sides_of(report), pairs, entities), columns=TERM_COLUMNS)
    return pairs[PAIR].merge(table, on=PAIR).assign(negotiated=report.negotiated)


def evidence_texts(vectors: TermVectors, sides: Sides, entities: pd.DataFrame) -> list[str]:
    """Say of every pair that lies in a topic in a text what it shares, each with its share."""
    names = name_terms(vectors, sides.recommendations["text"], entities)
    ids = entities.groupby("sentence")["entity_id"].agg(set)
    said, recommended = ([ids.get(at, set()) for at in side["sentence"]] for side in sides[:2])
    return [
        _pair_text(shares[column], vectors.terms, names, named & recommended[column])
        for row, named in enumerate(said)
        for shares in [_shares(vectors, row)]
        for column in np.flatnonzero(sides.together[row])
    ]


def _shares(vectors: TermVectors, row: int) -> list[list[tuple[int, float]]]:
    """Return for each pair of a deliberation the terms it shares and their shares of its score."""
    shared = vectors.recommendations.multiply(vectors.deliberations[[row]]).tocsr()
    columns = np.repeat(np.arange(shared.shape[0]), np.diff(shared.indptr))
    order = np.lexsort((-shared.data, columns))  # the weightiest of a pair first
    terms = list(zip(shared.indices[order].tolist(), shared.data[order].tolist(), strict=True))
    return [terms[start:end] for start, end in pairwise(shared.indptr.tolist())]


def name_terms(vectors: TermVectors, texts: pd.Series, entities: pd.DataFrame) -> list[str]:
    """Return for each term a name to show: a concept's, or a word or phrase of the texts."""
    concepts = known_concepts()
    names = dict(zip(concepts["id"], concepts["name"], strict=True))
    names |= dict(zip(entities["entity_id"], entities["name"], strict=True))
    found = {word for text in texts for word in re.findall(r"[^\W\d_]+", text.lower())}
    shortest_last = sorted(found, key=lambda word: (-len(word), word))
    written = {stem(word): word for word in shortest_last}
    for doc in map(default_nlp().make_doc, texts):
        written |= {phrase_key(phrase): phrase.text.lower() for phrase in phrases_of(doc)}
    return [
        (names if kind == "concept" else written).get(term, term) for kind, term in vectors.terms
    ]


def _pair_text(
    parts: list[tuple[int, float]], terms: list[tuple[str, str]], names: list[str], both: set[str]
) -> str:
    groups: dict[str, list[str]] = {"entities": [], "broader": [], "words": []}
    for at, part in parts:
        kind, term = terms[at]
        group = "words" if kind != "concept" else "entities" if term in both else "broader"
        if part and len(groups[group]) < MOST_TERMS:
            groups[group].append(f"{names[at]} {part:.2f}")
    return "; ".join(f"{group}: {', '.join(shown)}" for group, shown in groups.items() if shown)


def _terms(
    sides: Sides, pairs: pd.DataFrame, entities: pd.DataFrame
) -> Iterator[tuple[str, str, str, str, str, str, float]]:
    """Yield the rows of the pairs."""
    vectors = vectorize_sentences(*sides[:2], entities)
    rows, columns = ({at: place for place, at in enumerate(side["sentence"])} for side in sides[:2])
    texts = pd.concat(sides[:2]).set_index("sentence")["text"]
    mentions = {at: list(found.itertuples()) for at, found in entities.groupby("sentence")}
    shares = {at: _shares(vectors, rows[at]) for at in pairs["deliberation"].unique()}
    for pair in pairs[PAIR].itertuples(index=False, name=None):
        own, other = (_written(texts[side], mentions.get(side, [])) for side in pair)
        ids = [{mention.entity_id for mention in mentions.get(side, [])} for side in pair]
        for place, share in shares[pair[0]][columns[pair[1]]]:
            kind, term = key = vectors.terms[place]
            if kind == "concept":
                kind = "entity" if term in ids[0] & ids[1] else "broader"
            yield *pair, kind, term, own[key], other[key], share


def _written(text: str, mentions: list[Any]) -> dict[tuple[str, str], str]:
    """Return for each term of a sentence the words as they stand there."""
    doc = default_nlp().make_doc(text)
    found = [(("word", stem(token.lower_)), token.text) for token in doc if is_word(token)]
    found += [(("phrase", phrase_key(phrase)), phrase.text) for phrase in phrases_of(doc)]
    found += [
        (("concept", concept), mention.text)
        for mention in mentions
        for concept in (mention.entity_id, *ancestors_of(mention))
    ]
    words: dict[tuple[str, str], dict[str, None]] = {}
    for term, written in found:
        words.setdefault(term, {})[written] = None
    return {term: ", ".join(written) for term, written in words.items()}
