"""Other ways to score two lists of passages, to compare ours with."""

import re
import warnings
from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize
from sklearn.utils.extmath import randomized_svd
from spacy.language import Language

from helpers.linking.passages import Scores, check_passages, stems

MOST_TOPICS = 100  # customary for LSA; in a short report no more than half the passages


def score_tfidf(
    deliberations: Sequence[str], recommendations: Sequence[str], *, nlp: Language | None = None
) -> Scores:
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
    check_passages(deliberations, recommendations)
    texts, cut = [*deliberations, *recommendations], len(deliberations)
    if not any(re.search(r"\w", text) for text in texts):
        return np.zeros((cut, len(recommendations)))
    vectors = TfidfVectorizer(token_pattern=r"\w+").fit_transform(texts)
    return np.asarray(np.clip((vectors[:cut] @ vectors[cut:].T).toarray(), 0, 1))


def score_bm25(
    deliberations: Sequence[str], recommendations: Sequence[str], *, nlp: Language | None = None
) -> Scores:
    """Score by BM25, the measure of search engines: the deliberation asks, recommendations answer.

    Parameters
    ----------
    deliberations, recommendations : sequence of str
        The passages.
    nlp : spacy.Language, optional
        A pipeline whose tokenizer and stopwords are used.

    Returns
    -------
    numpy.ndarray of float, shape (n deliberations, n recommendations)
        Divided by the highest, so that it lies between 0 and 1 as well.

    Examples
    --------
    >>> score_bm25(["schools"], ["more schools", "trade"]).tolist()
    [[1.0, 0.0]]
    """
    check_passages(deliberations, recommendations)
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
    return np.asarray(scores.astype(float) / (scores.max() or 1))


def score_lsa(
    deliberations: Sequence[str], recommendations: Sequence[str], *, nlp: Language | None = None
) -> Scores:
    """Score by latent semantic analysis: TF-IDF of the stems, reduced to fewer dimensions.

    Parameters
    ----------
    deliberations, recommendations : sequence of str
        The passages.
    nlp : spacy.Language, optional
        A pipeline whose tokenizer and stopwords are used.

    Returns
    -------
    numpy.ndarray of float, shape (n deliberations, n recommendations)
        From 0 to 1; cosines below 0 count as 0.

    Examples
    --------
    >>> score_lsa(["schools", "trade"], ["more schools", "trade", "more trade"]).shape
    (2, 3)
    """
    check_passages(deliberations, recommendations)
    words = stems([*deliberations, *recommendations], nlp)
    if not any(words):
        return np.zeros((len(deliberations), len(recommendations)))
    vectors = TfidfVectorizer(analyzer=list, sublinear_tf=True).fit_transform(words)
    topics = max(1, min(MOST_TOPICS, len(words) // 2))
    left, sizes, _ = randomized_svd(vectors, topics, random_state=0)
    reduced = normalize(left * sizes)
    cut = len(deliberations)
    return np.asarray(np.clip(reduced[:cut] @ reduced[cut:].T, 0, 1))


# Other ways to score two lists of passages, all called as `score_passages` is.
BASELINES: dict[str, Callable[..., Scores]] = {
    "tfidf": score_tfidf,
    "bm25": score_bm25,
    "lsa": score_lsa,
}
