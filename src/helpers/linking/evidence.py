"""What linked sentences share: as text to read, as marks in them, and to compute with."""

from collections.abc import Iterator
from functools import cache, partial
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.contract import PAIR, TableError, check_pairs
from helpers.linking.parts import (
    Part,
    Words,
    marked_places,
    merge_places,
    name_at,
    shared_parts,
    words_of,
)
from helpers.linking.passages import (
    TermVectors,
    is_word,
    phrase_key,
    phrases_of,
    stem,
    tokens_of,
)
from helpers.linking.topics import Sides, sentence_mentions, sides_of, vectorize_sentences
from helpers.names.entities import ancestors_of, own_entities
from helpers.names.gazetteers import known_concepts
from helpers.reading.report import Report

MOST_PARTS = 6  # named in a text of evidence
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
    pairs = _check_pairs(report, pairs)
    table = pd.DataFrame(_terms(sides_of(report), pairs, entities), columns=TERM_COLUMNS)
    return pairs[PAIR].merge(table, on=PAIR).assign(negotiated=report.negotiated)


def shared_places(
    report: Report, pairs: pd.DataFrame, *, entities: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Say where in either sentence stands what a pair shares, to mark it there.

    Parameters
    ----------
    report, pairs, entities
        As `shared_terms`.

    Returns
    -------
    pandas.DataFrame
        One row per pair: ``deliberation``, ``recommendation``, ``said`` and ``recommended`` (lists
        of start and end in the sentence's text, in order; words of the genre are in none),
        ``negotiated``.

    Raises
    ------
    TypeError, ValueError, ReportError
        As `shared_terms`.

    Examples
    --------
    >>> from helpers import read_report
    >>> report = read_report()
    >>> pair = pd.DataFrame({"deliberation": ["10.1"], "recommendation": ["12(d).3"]})
    >>> row = shared_places(report, pair).iloc[0]
    >>> text = report.sentences.set_index("sentence").loc["10.1", "text"]
    >>> mark(text, row["said"])[:62]
    '**Empowering youth** and fostering a **culture of lawfulness**'
    """
    entities = own_entities(report, entities)
    pairs = _check_pairs(report, pairs)
    sides = sides_of(report)
    rows, columns = (
        pairs[side].map({at: place for place, at in enumerate(table["sentence"])})
        for side, table in zip(PAIR, sides[:2], strict=True)
    )
    vectors = vectorize_sentences(*sides[:2], entities)
    parts_of = SharedParts(vectors, sides, entities)
    places = [parts_of.places(*cell) for cell in zip(rows, columns, strict=True)]
    said, recommended = ([cell[side] for cell in places] for side in (0, 1))
    return pairs[PAIR].assign(said=said, recommended=recommended, negotiated=report.negotiated)


def mark(text: str, places: list[tuple[int, int]], before: str = "**", after: str = "**") -> str:
    """Put marks around places of a text, for a start those that make it bold in Markdown.

    Examples
    --------
    >>> mark("Help young people.", [(5, 17)])
    'Help **young people**.'
    """
    pieces = divide_at(text, merge_places(places))
    pieces[1::2] = [f"{before}{piece}{after}" for piece in pieces[1::2]]
    return "".join(pieces)


def divide_at(text: str, places: list[tuple[int, int]]) -> list[str]:
    """Divide a text at places of it: every second piece is one of them.

    Examples
    --------
    >>> divide_at("Help young people.", [(5, 17)])
    ['Help ', 'young people', '.']
    """
    ends = [0, *(end for place in places for end in place), len(text)]
    return [text[start:end] for start, end in pairwise(ends)]


def evidence_texts(vectors: TermVectors, sides: Sides, entities: pd.DataFrame) -> list[str]:
    """Say of every pair that lies in a topic in a text what it shares, in the report's words."""
    parts_of = SharedParts(vectors, sides, entities)
    return [_pair_text(parts_of.named(*cell)) for cell in np.argwhere(sides.together)]


class SharedParts:
    """What pairs of a report's sentences share, by the places of the sentences in their sides.

    Parameters
    ----------
    vectors : TermVectors
        Of the sentences.
    sides : Sides
        The sentences.
    entities : pandas.DataFrame
        What they name.
    """

    def __init__(self, vectors: TermVectors, sides: Sides, entities: pd.DataFrame) -> None:
        mentions = dict(iter(entities.groupby("sentence")))
        self.texts = [side["text"].tolist() for side in sides[:2]]
        self.words = [
            [
                words_of(row.text, sentence_mentions(row, mentions.get(row.sentence)))
                for row in side.itertuples()
            ]
            for side in sides[:2]
        ]
        concepts = known_concepts()
        self.names = dict(zip(concepts["id"], concepts["name"], strict=True))
        self.names |= dict(zip(entities["entity_id"], entities["name"], strict=True))
        self.terms = vectors.terms
        self.shares = cache(partial(_shares, vectors))

    def __call__(self, row: int, column: int) -> list[Part]:
        """Return the parts that a deliberation and a recommendation share."""
        shares = {self.terms[at]: share for at, share in self.shares(row)[column]}
        if not shares:
            return []
        return shared_parts(self.words[0][row], self.words[1][column], shares)

    def named(self, row: int, column: int) -> list["NamedPart"]:
        """Return the parts with a text for each, in the words of either sentence."""
        return [self._named(part, row, column) for part in self(row, column)]

    def places(self, row: int, column: int) -> list[list[tuple[int, int]]]:
        """Return where either sentence has what both share."""
        parts = [part for part in self(row, column) if part.relation != "genre"]
        own = [[part.said for part in parts], [part.recommended for part in parts]]
        words = self.words[0][row], self.words[1][column]
        return [marked_places(side, parts, at) for side, at in zip(words, own, strict=True)]

    def _named(self, part: Part, row: int, column: int) -> "NamedPart":
        said, recommended = self.texts[0][row], self.texts[1][column]
        here, there = said[slice(*part.said)], recommended[slice(*part.recommended)]
        if part.relation == "apart":
            names = [
                _name_around(said, self.words[0][row], part.said),
                _name_around(recommended, self.words[1][column], part.recommended),
            ]
            text = f"“{here}” in “{names[0]}” and in “{names[1]}”"
            return NamedPart(text, here, names[1], part)
        if part.relation in ("same", "genre"):
            text = f"“{here}”" if here.lower() == there.lower() else f"“{here}” and “{there}”"
        elif part.relation == "beside":
            concept = self.names.get(part.concept, part.concept)
            text = f"“{here}” and “{there}”: both under {concept}"
        else:
            text = f"“{here}” {part.relation} “{there}”"
        return NamedPart(text, here, there, part)


class NamedPart(NamedTuple):
    """A part with its words on either side, and the text that names it."""

    text: str
    said: str
    recommended: str
    part: Part


def _name_around(text: str, words: Words, place: tuple[int, int]) -> str:
    """Return the name that a place of a text lies in."""
    name = name_at(words, place)
    return text[name.start : name.end] if name else text[slice(*place)]


def _check_pairs(report: Report, pairs: pd.DataFrame) -> pd.DataFrame:
    """Return pairs of a report's sentences, once each lies within a topic."""
    pairs = check_pairs(pairs, "pairs", report, "link_passages(report)")
    topic_of = report.sentences.set_index("sentence")["topic"]
    between = pairs[PAIR[0]].map(topic_of) != pairs[PAIR[1]].map(topic_of)
    if between.any():
        pair = " and ".join(pairs.loc[between, PAIR].iloc[0])
        raise TableError(f"pairs: {pair} lie in two topics, and links are made within one.")
    return pairs


def _shares(vectors: TermVectors, row: int) -> list[list[tuple[int, float]]]:
    """Return for each pair of a deliberation the terms it shares and their shares of its score."""
    shared = vectors.recommendations.multiply(vectors.deliberations[[row]]).tocsr()
    columns = np.repeat(np.arange(shared.shape[0]), np.diff(shared.indptr))
    order = np.lexsort((-shared.data, columns))  # the weightiest of a pair first
    terms = list(zip(shared.indices[order].tolist(), shared.data[order].tolist(), strict=True))
    return [terms[start:end] for start, end in pairwise(shared.indptr.tolist())]


def _pair_text(parts: list[NamedPart]) -> str:
    """Say what two sentences share; words that every text of the genre has only if nothing else."""
    telling = [named for named in parts if named.part.relation != "genre"]
    texts = list(_each_once(telling or parts))
    more = f"; and {len(texts) - MOST_PARTS} more" if len(texts) > MOST_PARTS else ""
    head = "" if telling or not parts else "only words that every such text has: "
    return head + "; ".join(texts[:MOST_PARTS]) + more


def _each_once(parts: list[NamedPart]) -> Iterator[str]:
    """Yield the texts of parts, but not the words again that an earlier one has on both sides."""
    told: list[tuple[str, str]] = []
    for named in parts:
        here, there = named.said.lower(), named.recommended.lower()
        again = any(here in one and there in other for one, other in told)
        if named.part.relation != "same" or not again:
            yield named.text
        told.append((here, there))


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
    doc = tokens_of(text)
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
