"""How much two passages have to do with each other.

A passage is read as words, as phrases of two words, and as concepts. Words find what is said in the
same terms, and phrases know that "access to justice" is one thing; concepts find what goes by
different names, or is named as a broader class. Domain stopwords, the words that every text of the
genre has (``data/language/domain_stopwords.csv``), count for less.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import log
from typing import Any, NamedTuple, cast

import numpy as np
import pandas as pd
import snowballstemmer
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfTransformer
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from helpers.contract import check_nlp
from helpers.names.entities import find_entities
from helpers.names.pipeline import concept_of, default_nlp
from helpers.reading.sentences import sentence_spans
from helpers.resources import LANGUAGE

Scores = NDArray[np.float64]

STOPWORDS = LANGUAGE / "domain_stopwords.csv"
HALF = re.compile("[\ud800-\udfff]")  # half of a character, which no tokenizer takes
stem = cache(snowballstemmer.stemmer("english").stemWord)
# What counts how much beside a plain word, which counts 1: round numbers. They and the phrases
# were settled on three other reports (see "Development" in data/README.md); what neighbouring
# values give on ten more is in data/comparison/weights.csv.
STOPWORD_WEIGHT = 0.5  # a domain stopword, or a phrase of the genre's themes, says half as much
PHRASE_WEIGHT = 1.0  # a phrase says as much as a word
CONCEPT_WEIGHT = 1.0  # a concept says as much as a word
BROADER_WEIGHT = 0.5  # a class says half as much as its member, its own class half of that
JOINING = frozenset("-‐‑–'’\"“”")  # marks that a phrase may hold; all others end it
NO_PHRASE = frozenset({"speaker", "reporting", "operative"})  # kinds of domain stopwords
CUT = ";"  # stands for a State's name: it is no word, and no phrase reaches over it


class Features(NamedTuple):
    """What a passage is scored by.

    Parameters
    ----------
    words : list of str
        The stems of its words, without stopwords.
    phrases : list of str
        The stems of each two words that follow each other, with nothing but stopwords between.
    concepts : list of tuple of str
        For each entity that it names, its id and those of its broader concepts, nearest first.
    """

    words: list[str]
    phrases: list[str]
    concepts: list[tuple[str, ...]]


class Mention(NamedTuple):
    """An entity in a passage: its place, its label, and its id before those of its ancestors."""

    start: int
    end: int
    label: str
    concept: tuple[str, ...]


class TermVectors(NamedTuple):
    """Two lists of passages as vectors of length one.

    Parameters
    ----------
    deliberations, recommendations : scipy.sparse.csr_array
        One row per passage, one column per term.
    terms : list of tuple of str
        What each column stands for: ("word", stem), ("phrase", stems) or ("concept", id).
    """

    deliberations: csr_array
    recommendations: csr_array
    terms: list[tuple[str, str]]


def score_passages(
    deliberations: Sequence[str], recommendations: Sequence[str], *, nlp: Language | None = None
) -> Scores:
    """Score how much two lists of passages have to do with each other.

    Each passage becomes a vector of the stems of its words, of its phrases, of the concepts that it
    names, and of the classes that these belong to, weighted by TF-IDF: what few passages have
    counts more. The names of States do not count: who is named is no matter of what is said. The
    score of a pair is the cosine of its vectors.

    A passage may hold several sentences. Then it is scored twice, as a whole and as the pair of
    sentences that are most alike, and the score is the mean of both: a point may be spread over a
    paragraph, or stand in one sentence of it beside others on other matters.

    Parameters
    ----------
    deliberations, recommendations : sequence of str
        The passages; each list needs one at least.
    nlp : spacy.Language, optional
        A pipeline to use instead of that of `helpers.build_nlp`; where it finds no entities with
        an id, the words alone count.

    Returns
    -------
    numpy.ndarray of float, shape (n deliberations, n recommendations)
        Scores from 0 (nothing in common) to 1 (the same).

    Raises
    ------
    ValueError
        If a list is empty, or a single string was given instead of a list.
    TypeError
        If a passage is no text, or `nlp` is no pipeline.

    Examples
    --------
    >>> score_passages(
    ...     ["Speakers stressed extradition.", "Youth need education."],
    ...     ["Educate young people.", "Strengthen extradition."],
    ... ).round(1)
    array([[0. , 0.8],
           [0.2, 0. ]])
    """
    check_passages(deliberations, recommendations)
    nlp = nlp or default_nlp()
    check_nlp(nlp)
    whole = _score_texts(deliberations, recommendations, nlp)
    (said, rows), (asked, columns) = divide(deliberations), divide(recommendations)
    undivided = len(set(rows)) == len(rows) and len(set(columns)) == len(columns)
    if undivided or not said or not asked:
        return whole
    best = best_by_passage(_score_texts(said, asked, nlp), rows, columns, whole.shape)
    return np.asarray((whole + best) / 2)


def divide(passages: Sequence[str]) -> tuple[list[str], NDArray[np.intp]]:
    """Divide passages into their sentences.

    Parameters
    ----------
    passages : sequence of str
        The passages.

    Returns
    -------
    sentences : list of str
        The sentences of all passages; a passage without words has none.
    owners : numpy.ndarray of int
        For each sentence the place of its passage.

    Examples
    --------
    >>> sentences, owners = divide(["Peace. And trade.", "Schools."])
    >>> sentences, owners.tolist()
    (['Peace.', 'And trade.', 'Schools.'], [0, 0, 1])
    """
    sentences = [
        (text[start:end], owner)
        for owner, text in enumerate(passages)
        for start, end in sentence_spans(text)
    ]
    return [text for text, _ in sentences], np.array([owner for _, owner in sentences], dtype=int)


def best_by_passage(
    table: NDArray[Any], rows: NDArray[np.intp], columns: NDArray[np.intp], shape: tuple[int, ...]
) -> Scores:
    """Return the highest value that the sentences of two passages have, 0 where one has none.

    Parameters
    ----------
    table : numpy.ndarray
        A value for each pair of sentences.
    rows, columns : numpy.ndarray of int
        The places of their passages, as `divide` returns them.
    shape : tuple of int
        How many passages there are on either side.

    Returns
    -------
    numpy.ndarray of float
        A value for each pair of passages.

    Examples
    --------
    >>> best_by_passage(np.array([[0.2], [0.5]]), np.array([0, 0]), np.array([0]), (1, 1)).tolist()
    [[0.5]]
    """
    best = np.zeros(shape)
    np.maximum.at(best, (rows[:, None], columns[None, :]), table)
    return best


def extract_features(text: str, nlp: Language | None = None) -> Features:
    """Return what a passage is scored by: its words, its phrases and the concepts it names.

    Parameters
    ----------
    text : str
        The passage.
    nlp : spacy.Language, optional
        A pipeline to use instead of that of `helpers.build_nlp`.

    Returns
    -------
    Features
        The names of States count in none of the three.

    Examples
    --------
    >>> extract_features("Young people and money-laundering").concepts
    [('youth',), ('money-laundering', 'financial-crimes', 'economic-and-financial-crimes')]
    """
    if not isinstance(text, str):
        raise TypeError(f"A passage is a text, and this is of the type {type(text).__name__}.")
    nlp, text = nlp or default_nlp(), str(text)  # numpy's strings are none to the tokenizer
    doc, places = find_entities(text, nlp)
    mentions = [
        Mention(start, end, ent.label_, (ent.ent_id_, *concept_of(ent).ancestors))
        for ent, (start, end) in zip(doc.ents, places, strict=True)
    ]
    return features(text, mentions, nlp)


def tokens_of(text: str, nlp: Language | None = None) -> Doc:
    r"""Return the tokens of a text, at their places; half a character counts as one unknown.

    Examples
    --------
    >>> [token.text for token in tokens_of("Save \ud800 whales")]
    ['Save', '�', 'whales']
    """
    return (nlp or default_nlp()).make_doc(HALF.sub("\ufffd", text))


def features(text: str, mentions: Iterable[Mention], nlp: Language) -> Features:
    """Return the words, phrases and concepts of a text; the names of States count in none."""
    mentions = list(mentions)
    for mention in reversed([one for one in mentions if one.label == "STATE"]):
        text = f"{text[: mention.start]}{CUT}{text[mention.end :]}"
    doc = tokens_of(" ".join(text.split()), nlp)
    concepts = [one.concept for one in mentions if one.label != "STATE" and one.concept[0]]
    return Features(_stems_of(doc), [phrase_key(phrase) for phrase in phrases_of(doc)], concepts)


def stems(texts: Sequence[str], nlp: Language | None = None) -> list[list[str]]:
    """Return the stems of the words of each text, without stopwords."""
    nlp = nlp or default_nlp()
    return [_stems_of(tokens_of(str(text), nlp)) for text in texts]


def phrases_of(doc: Doc) -> Iterator[Span]:
    """Yield each two words of a text that follow each other, with only stopwords between.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        The text. Its sentence marks, commas and brackets end a phrase, and so do speakers and the
        verbs of the genre: "strengthen the response" is no name of anything.

    Yields
    ------
    spacy.tokens.Span
        From the first word to the second.

    Examples
    --------
    >>> doc = default_nlp().make_doc("equal access to justice, for all citizens")
    >>> [phrase.text for phrase in phrases_of(doc)]
    ['equal access', 'access to justice']
    """
    before = None
    for token in doc:
        if token.is_punct and token.text not in JOINING:
            before = None
        elif is_word(token):
            in_phrases = _stopword_kinds().get(stem(token.lower_)) not in NO_PHRASE
            if before is not None and in_phrases:
                yield doc[before.i : token.i + 1]
            before = token if in_phrases else None


def phrase_key(phrase: Span) -> str:
    """Return what a phrase is counted under: the stems of its two words."""
    return f"{stem(phrase[0].lower_)} {stem(phrase[-1].lower_)}"


def vectorize(
    deliberations: list[Features],
    recommendations: list[Features],
    *,
    stopword: float = STOPWORD_WEIGHT,
    phrase: float = PHRASE_WEIGHT,
    concept: float = CONCEPT_WEIGHT,
    broader: float = BROADER_WEIGHT,
) -> TermVectors:
    """Return two lists of passages as TF-IDF vectors of their terms.

    Parameters
    ----------
    deliberations, recommendations : list of Features
        What `extract_features` returns for each passage.
    stopword, phrase, concept : float
        What a domain stopword, a phrase and a concept count, where a plain word counts 1.
    broader : float
        What a broader concept counts, where its member counts 1.

    Returns
    -------
    TermVectors
        The vectors; that of a passage without terms is all zero.

    Examples
    --------
    >>> youth = Features(["youth"], [], [("youth",)])
    >>> vectors = vectorize([youth], [Features(["youth"], [], [])])
    >>> vectors.terms, vectors.deliberations.toarray().round(1).tolist()
    ([('concept', 'youth'), ('word', 'youth')], [[0.8, 0.6]])
    """
    counts = [
        dict(_term_weights(passage, stopword, phrase, concept, broader))
        for passage in (*deliberations, *recommendations)
    ]
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([terms or {("word", ""): 0.0} for terms in counts])
    vectors = csr_array(TfidfTransformer().fit_transform(table))
    cut = len(deliberations)
    return TermVectors(vectors[:cut], vectors[cut:], list(vectorizer.feature_names_))


def cosines(vectors: TermVectors) -> Scores:
    """Return the cosine of every pair, from 0 to 1: one row per deliberation."""
    products = (vectors.deliberations @ vectors.recommendations.T).toarray()
    return np.asarray(np.clip(products, 0, 1), dtype=float)


def share_content_terms(vectors: TermVectors) -> NDArray[np.bool_]:
    """Tell which pairs share more than domain stopwords: one row per deliberation.

    Examples
    --------
    >>> said = Features(["crime", "youth"], [], [])
    >>> share_content_terms(vectorize([said], [Features(["crime"], [], []), said])).tolist()
    [[False, True]]
    """
    content = [at for at, term in enumerate(vectors.terms) if not _is_of_the_genre(term)]
    shared = vectors.deliberations[:, content] @ vectors.recommendations[:, content].T
    return np.asarray(shared.toarray() > 0)


def is_domain_stopword(term: tuple[str, str]) -> bool:
    """Tell whether a term is a word of the genre, or a phrase of its themes; no concept is.

    Examples
    --------
    >>> is_domain_stopword(("word", "strengthen")), is_domain_stopword(("phrase", "human right"))
    (True, False)
    """
    kind, name = term
    kinds = [_stopword_kinds().get(word) for word in name.split()]
    return {"word": all(kinds), "phrase": set(kinds) == {"theme"}}.get(kind, False)


def _is_of_the_genre(term: tuple[str, str]) -> bool:
    """Tell a domain stopword, or a phrase of nothing else, from what has a matter of its own."""
    kind, name = term
    return kind != "concept" and all(is_domain_stopword(("word", one)) for one in name.split())


def is_word(token: Token) -> bool:
    """Tell a word that counts from stopwords, numbers and marks."""
    return token.is_alpha and not token.is_stop


def check_passages(deliberations: object, recommendations: object) -> None:
    """Refuse what is no list of texts, or an empty one."""
    for name, passages in (("deliberations", deliberations), ("recommendations", recommendations)):
        listed = isinstance(passages, list | tuple | np.ndarray | pd.Series | pd.Index)
        if not listed or not len(cast(Sequence[object], passages)):
            raise ValueError(f"{name} must be a list of at least one text.")
        for place, passage in enumerate(cast(Sequence[object], passages)):
            if not isinstance(passage, str):
                raise TypeError(
                    f"{name} must be texts, but number {place} is of the type "
                    f"{type(passage).__name__}."
                )


def _score_texts(
    deliberations: Sequence[str], recommendations: Sequence[str], nlp: Language
) -> Scores:
    """Score texts as they are, undivided."""
    sides = (
        [extract_features(text, nlp) for text in side] for side in (deliberations, recommendations)
    )
    return cosines(vectorize(*sides))


def _stems_of(doc: Doc) -> list[str]:
    return [stem(token.lower_) for token in doc if is_word(token)]


def _term_weights(
    passage: Features, stopword: float, phrase: float, concept: float, broader: float
) -> Iterator[tuple[tuple[str, str], float]]:
    """Yield each term of a passage and how much it counts there, before its rarity is weighed."""
    for term, count in Counter(("word", word) for word in passage.words).items():
        yield term, (1 + log(count)) * (stopword if is_domain_stopword(term) else 1)
    for term, count in Counter(("phrase", pair) for pair in passage.phrases).items():
        yield term, (1 + log(count)) * phrase * (stopword if is_domain_stopword(term) else 1)
    shares: dict[str, float] = {}
    for line, count in Counter(passage.concepts).items():
        for steps, named in enumerate(line):
            share = (1 + log(count)) * concept * broader**steps
            shares[named] = max(share, shares.get(named, 0))
    for named, share in shares.items():
        yield ("concept", named), share


@cache
def _stopword_kinds() -> dict[str, str]:
    """Return for the stems of the words that every text of the genre has what kind each is."""
    table = pd.read_csv(STOPWORDS)
    return dict(zip(map(stem, table["word"]), table["kind"], strict=True))
