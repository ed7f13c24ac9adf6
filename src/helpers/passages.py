"""How much two passages have to do with each other: our way, and others to compare it with.

A passage is read as words, as phrases of two words, and as concepts. Words find what is said in the
same terms, and phrases know that "access to justice" is one thing; concepts find what goes by
different names, or is named as a broader class. The words of the genre (``data/language``) count
for less, for every passage has them. And a pair is held against the best that its two passages
have: a likeness that others surpass by far says little.
"""

import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import chain
from math import log
from typing import NamedTuple

import numpy as np
import pandas as pd
import snowballstemmer
from scipy.sparse import csr_array
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfTransformer, TfidfVectorizer
from sklearn.preprocessing import normalize
from sklearn.utils.extmath import randomized_svd
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from helpers.documents import DATA
from helpers.entities import concept_of, default_nlp
from helpers.gazetteers import lineage

LANGUAGE = DATA / "language"  # the words of the genre
stem = cache(snowballstemmer.stemmer("english").stemWord)
# What counts how much beside a plain word, which counts 1: round numbers. They, the phrases and the
# contrast were settled on three other reports, where no neighbouring value ranks better (see
# "Development" in data/README.md, and data/comparison/weights.csv).
FRAME_WEIGHT = 0.5  # a word of the genre, or a phrase of its themes, says half as much
PHRASE_WEIGHT = 1.0  # a phrase says as much as a word
CONCEPT_WEIGHT = 1.0  # a concept says as much as a word
BROADER_WEIGHT = 0.5  # a class says half as much as its member, its own class half of that
JOINING = frozenset("-‐‑–'’\"“”")  # marks that a phrase may hold; all others end it
NO_PHRASE = frozenset({"speaker", "reporting", "operative"})  # kinds of frame words
MOST_TOPICS = 100  # customary for LSA; in a short report no more than half the passages


class Passage(NamedTuple):
    """What a passage is scored by.

    Parameters
    ----------
    words : list of str
        The stems of its words, without stop words.
    phrases : list of str
        The stems of each two words that follow each other, with nothing but stop words between.
    concepts : list of tuple of str
        For each entity that it names, its id and those of its broader concepts, nearest first.
    """

    words: list[str]
    phrases: list[str]
    concepts: list[tuple[str, ...]]


class Weights(NamedTuple):
    """Two lists of passages as vectors of length one.

    Parameters
    ----------
    deliberations, recommendations : scipy.sparse.csr_array
        One row a passage, one column a term.
    terms : list of tuple of str
        What each column stands for: ("word", stem), ("phrase", stems) or ("concept", id).
    """

    deliberations: csr_array
    recommendations: csr_array
    terms: list[tuple[str, str]]


def score_passages(
    deliberations: Sequence[str], recommendations: Sequence[str], *, nlp: Language | None = None
) -> np.ndarray:
    """Score how much two lists of passages have to do with each other.

    Each passage becomes a vector of the stems of its words, of its phrases, of the concepts that it
    names, and of the classes that these belong to, weighted by TF-IDF: what few passages have
    counts more. The score of a pair is the geometric mean of the cosine of its vectors and of how
    that cosine compares with the best that either passage has.

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

    Examples
    --------
    >>> score_passages(
    ...     ["Speakers stressed extradition.", "Youth need education."],
    ...     ["Educate young people.", "Strengthen extradition."],
    ... ).round(1)
    array([[0. , 0.9],
           [0.5, 0. ]])
    """
    _check_passages(deliberations, recommendations)
    nlp = nlp or default_nlp()
    weights = weigh(read_passages(deliberations, nlp), read_passages(recommendations, nlp))
    return contrast(cosines(weights))


def read_passages(texts: Sequence[str], nlp: Language) -> list[Passage]:
    """Find the words and concepts of passages.

    Parameters
    ----------
    texts : sequence of str
        The passages.
    nlp : spacy.Language
        A pipeline like that of `helpers.build_nlp`.

    Returns
    -------
    list of Passage
        One for each text.

    Examples
    --------
    >>> from helpers import build_nlp
    >>> read_passages(["Young people and money-laundering"], build_nlp())[0].concepts
    [('youth',), ('money-laundering', 'financial-crimes', 'economic-and-financial-crimes')]
    """
    docs = nlp.pipe(" ".join(text.split()) for text in texts)
    return [
        as_passage(
            doc, [lineage(ent.ent_id_, concept_of(ent).parent) for ent in doc.ents if ent.ent_id_]
        )
        for doc in docs
    ]


def as_passage(doc: Doc, concepts: list[tuple[str, ...]]) -> Passage:
    """Join the words of a text with the concepts that were found in it.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        The text.
    concepts : list of tuple of str
        The concepts, as in `Passage`.

    Returns
    -------
    Passage
        Its words, phrases and concepts.

    Examples
    --------
    >>> as_passage(default_nlp().make_doc("access to justice"), [])
    Passage(words=['access', 'justic'], phrases=['access justic'], concepts=[])
    """
    return Passage(_stems_of(doc), [phrase_key(phrase) for phrase in phrases_of(doc)], concepts)


def stems(texts: Sequence[str], nlp: Language | None = None) -> list[list[str]]:
    """Give the stems of the words of each text, without stop words.

    Parameters
    ----------
    texts : sequence of str
        The texts.
    nlp : spacy.Language, optional
        A pipeline whose tokenizer and stop words are used.

    Returns
    -------
    list of list of str
        One list a text.

    Examples
    --------
    >>> stems(["Empowering the youth"])
    [['empow', 'youth']]
    """
    nlp = nlp or default_nlp()
    return [_stems_of(nlp.make_doc(str(text))) for text in texts]


def phrases_of(doc: Doc) -> Iterator[Span]:
    """Yield each two words of a text that follow each other, with only stop words between.

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
        elif _is_word(token):
            in_phrases = _frame_kinds().get(stem(token.lower_)) not in NO_PHRASE
            if before is not None and in_phrases:
                yield doc[before.i : token.i + 1]
            before = token if in_phrases else None


def phrase_key(phrase: Span) -> str:
    """Give what a phrase is counted under: the stems of its two words.

    Parameters
    ----------
    phrase : spacy.tokens.Span
        What `phrases_of` yields.

    Returns
    -------
    str
        The two stems, with a blank between.

    Examples
    --------
    >>> phrase_key(default_nlp().make_doc("empowering the youth")[:])
    'empow youth'
    """
    return f"{stem(phrase[0].lower_)} {stem(phrase[-1].lower_)}"


def weigh(
    deliberations: list[Passage],
    recommendations: list[Passage],
    *,
    frame: float = FRAME_WEIGHT,
    phrase: float = PHRASE_WEIGHT,
    concept: float = CONCEPT_WEIGHT,
    broader: float = BROADER_WEIGHT,
) -> Weights:
    """Weigh the terms of two lists of passages.

    Parameters
    ----------
    deliberations, recommendations : list of Passage
        What `read_passages` returns.
    frame, phrase, concept : float
        What a word of the genre, a phrase and a concept count, where a plain word counts 1.
    broader : float
        What a broader concept counts, where its member counts 1.

    Returns
    -------
    Weights
        The vectors; that of a passage without terms is all zero.

    Examples
    --------
    >>> weights = weigh([Passage(["youth"], [], [("youth",)])], [Passage(["youth"], [], [])])
    >>> weights.terms, weights.deliberations.toarray().round(1).tolist()
    ([('concept', 'youth'), ('word', 'youth')], [[0.8, 0.6]])
    """
    counts = [
        dict(_shares(passage, frame, phrase, concept, broader))
        for passage in (*deliberations, *recommendations)
    ]
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([terms or {("word", ""): 0.0} for terms in counts])
    vectors = csr_array(TfidfTransformer().fit_transform(table))
    cut = len(deliberations)
    return Weights(vectors[:cut], vectors[cut:], list(vectorizer.feature_names_))


def cosines(weights: Weights) -> np.ndarray:
    """Give the cosine of every pair.

    Parameters
    ----------
    weights : Weights
        What `weigh` returns.

    Returns
    -------
    numpy.ndarray of float, shape (n deliberations, n recommendations)
        From 0 to 1.

    Examples
    --------
    >>> cosines(weigh([Passage(["youth"], [], [])], [Passage(["youth"], [], [])])).round(2)
    array([[1.]])
    """
    return np.clip((weights.deliberations @ weights.recommendations.T).toarray(), 0, 1)


def contrast(
    alike: np.ndarray, said: np.ndarray | None = None, recommended: np.ndarray | None = None
) -> np.ndarray:
    """Hold the likeness of each pair against the best that its two passages have.

    Parameters
    ----------
    alike : numpy.ndarray of float
        What `cosines` returns, or the likeness that one pair would have under several conditions.
    said, recommended : numpy.ndarray of float, optional
        The best likeness that the deliberation, and that the recommendation, has in other pairs;
        for a table of all pairs they are taken from it.

    Returns
    -------
    numpy.ndarray of float, shape of `alike`
        The geometric mean of the likeness and of its ratio to the (geometric) mean of the two
        best: 0 to 1, and 1 only for what is the same.

    Notes
    -----
    The thought is that of the margin by which aligned sentences are told from others in
    translation (Artetxe and Schwenk, 2019). There, a sentence has one counterpart; here it may
    have several, so that the likeness itself is kept as one half.

    Examples
    --------
    >>> contrast(np.array([[0.5, 0.1], [0.0, 0.1]])).round(2)
    array([[0.71, 0.21],
           [0.  , 0.32]])
    """
    if said is None or recommended is None:
        said, recommended = alike.max(axis=1, keepdims=True), alike.max(axis=0, keepdims=True)
    best = np.sqrt(np.maximum(said, alike) * np.maximum(recommended, alike))
    return np.sqrt(np.divide(alike**2, best, out=np.zeros_like(alike), where=best > 0))


def share_matter(weights: Weights) -> np.ndarray:
    """Tell which pairs share more than words of the genre.

    Parameters
    ----------
    weights : Weights
        What `weigh` returns.

    Returns
    -------
    numpy.ndarray of bool, shape (n deliberations, n recommendations)
        False where all that both have is of the genre, or where they have nothing in common.

    Examples
    --------
    >>> said = Passage(["crime", "youth"], [], [])
    >>> share_matter(weigh([said], [Passage(["crime"], [], []), said])).tolist()
    [[False, True]]
    """
    matter = [place for place, term in enumerate(weights.terms) if not is_of_genre(term)]
    shared = weights.deliberations[:, matter] @ weights.recommendations[:, matter].T
    return shared.toarray() > 0


def score_tfidf(
    deliberations: Sequence[str], recommendations: Sequence[str], *, nlp: Language | None = None
) -> np.ndarray:
    """Score by TF-IDF and the cosine at their plainest: every word as it is written.

    Parameters
    ----------
    deliberations, recommendations : sequence of str
        The passages.
    nlp : spacy.Language, optional
        Not used; every way to score is called alike.

    Returns
    -------
    numpy.ndarray of float, shape (n deliberations, n recommendations)
        From 0 to 1.

    Examples
    --------
    >>> score_tfidf(["more schools"], ["more schools", "trade"]).round(2)
    array([[1., 0.]])
    """
    _check_passages(deliberations, recommendations)
    texts, cut = [*deliberations, *recommendations], len(deliberations)
    if not any(re.search(r"\w", text) for text in texts):
        return np.zeros((cut, len(recommendations)))
    vectors = TfidfVectorizer(token_pattern=r"\w+").fit_transform(texts)
    return np.clip((vectors[:cut] @ vectors[cut:].T).toarray(), 0, 1)


def score_bm25(
    deliberations: Sequence[str], recommendations: Sequence[str], *, nlp: Language | None = None
) -> np.ndarray:
    """Score by BM25, the measure of search engines: the deliberation asks, recommendations answer.

    Parameters
    ----------
    deliberations, recommendations : sequence of str
        The passages.
    nlp : spacy.Language, optional
        A pipeline whose tokenizer and stop words are used.

    Returns
    -------
    numpy.ndarray of float, shape (n deliberations, n recommendations)
        Divided by the highest, so that it lies between 0 and 1 as well.

    Examples
    --------
    >>> score_bm25(["schools"], ["more schools", "trade"]).tolist()
    [[1.0, 0.0]]
    """
    _check_passages(deliberations, recommendations)
    asked, answers = (stems(texts, nlp) for texts in (deliberations, recommendations))
    if not any(answers):
        return np.zeros((len(asked), len(answers)))
    with warnings.catch_warnings():  # of its progress bar, which is not used
        warnings.simplefilter("ignore")
        import bm25s  # here, for nobody else should wait for it
    retriever = bm25s.BM25()
    retriever.index(answers, show_progress=False)
    known = set(chain.from_iterable(answers))
    scores = np.array([
        retriever.get_scores(words) if (words := [w for w in query if w in known])
        else np.zeros(len(answers))
        for query in asked
    ])  # fmt: skip
    return scores.astype(float) / (scores.max() or 1)


def score_lsa(
    deliberations: Sequence[str], recommendations: Sequence[str], *, nlp: Language | None = None
) -> np.ndarray:
    """Score by latent semantic analysis: TF-IDF of the stems, reduced to fewer dimensions.

    Parameters
    ----------
    deliberations, recommendations : sequence of str
        The passages.
    nlp : spacy.Language, optional
        A pipeline whose tokenizer and stop words are used.

    Returns
    -------
    numpy.ndarray of float, shape (n deliberations, n recommendations)
        From 0 to 1; cosines below 0 count as 0.

    Examples
    --------
    >>> score_lsa(["schools", "trade"], ["more schools", "trade", "more trade"]).shape
    (2, 3)
    """
    _check_passages(deliberations, recommendations)
    words = stems([*deliberations, *recommendations], nlp)
    if not any(words):
        return np.zeros((len(deliberations), len(recommendations)))
    vectors = TfidfVectorizer(analyzer=list, sublinear_tf=True).fit_transform(words)
    topics = max(1, min(MOST_TOPICS, len(words) // 2))
    left, sizes, _ = randomized_svd(vectors, topics, random_state=0)
    reduced = normalize(left * sizes)
    cut = len(deliberations)
    return np.clip(reduced[:cut] @ reduced[cut:].T, 0, 1)


# Ways to score two lists of passages, all called alike.
METHODS: dict[str, Callable[..., np.ndarray]] = {
    "joined": score_passages,
    "tfidf": score_tfidf,
    "bm25": score_bm25,
    "lsa": score_lsa,
}


def _check_passages(deliberations: Sequence[str], recommendations: Sequence[str]) -> None:
    for name, passages in (("deliberations", deliberations), ("recommendations", recommendations)):
        if isinstance(passages, str) or not (hasattr(passages, "__len__") and len(passages)):
            raise ValueError(f"{name} must be a list of at least one text.")


def _is_word(token: Token) -> bool:
    return token.is_alpha and not token.is_stop


def _stems_of(doc: Doc) -> list[str]:
    return [stem(token.lower_) for token in doc if _is_word(token)]


def _shares(
    passage: Passage, frame: float, phrase: float, concept: float, broader: float
) -> Iterator[tuple[tuple[str, str], float]]:
    """Yield each term of a passage and how much it counts there, before its rarity is weighed."""
    for term, count in Counter(("word", word) for word in passage.words).items():
        yield term, (1 + log(count)) * (frame if is_of_genre(term) else 1)
    for term, count in Counter(("phrase", pair) for pair in passage.phrases).items():
        yield term, (1 + log(count)) * phrase * (frame if is_of_genre(term) else 1)
    shares: dict[str, float] = {}
    for line, count in Counter(passage.concepts).items():
        for steps, named in enumerate(line):
            share = (1 + log(count)) * concept * broader**steps
            shares[named] = max(share, shares.get(named, 0))
    for named, share in shares.items():
        yield ("concept", named), share


def is_of_genre(term: tuple[str, str]) -> bool:
    """Tell whether a term is a word of the genre, or a phrase of its themes.

    Parameters
    ----------
    term : tuple of str
        As in `Weights.terms`.

    Returns
    -------
    bool
        Never true for a concept.

    Examples
    --------
    >>> is_of_genre(("word", "strengthen")), is_of_genre(("phrase", "human right"))
    (True, False)
    """
    kind, name = term
    kinds = [_frame_kinds().get(word) for word in name.split()]
    return {"word": all(kinds), "phrase": set(kinds) == {"theme"}}.get(kind, False)


@cache
def _frame_kinds() -> dict[str, str]:
    """Give for the stems of the words that every text of the genre has what kind each is."""
    table = pd.read_csv(LANGUAGE / "frame_words.csv")
    return dict(zip(map(stem, table["word"]), table["kind"], strict=True))
