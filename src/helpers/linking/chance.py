"""What chance would give in a report: the scores of sentences whose words were dealt anew.

Most sentences of a report have nothing to do with each other, but all speak its language. How alike
two sentences become by that alone is seen when the words of the deliberations are dealt anew to
their sentences: each word stands in as many of them as before, but no longer beside the same
others. What stands out from such scores, its null distribution, is more than the common language.
"""

from collections.abc import Callable

import numpy as np
from scipy.sparse import csr_array

from helpers.linking.passages import Scores, TermVectors, cosines

CHANCE_PAIRS = 50_000  # as many are scored, so that the threshold does not hang on how they fell
CHANCE_PAIRS_OF_TEXTS = 5_000  # fewer where each text is scored anew, by a slow model perhaps
MOST_ROUNDS = 99
TAIL = 0.99  # above this part of the scores by chance, too few are left to count
# Of the pairs that are linked, the part that chance alone would give as well: half of them. Settled
# on five annotated reports, each left out in turn (see "Links of other reports", data/README.md).
LINK_RATE = 0.5
CLEAR_RATE = 0.005  # the same for the pairs that are called clear
HIGHEST_THRESHOLD = 0.5  # what is more than half the same is linked in any report
NO_LIMIT = 1.0


def chance_of_vectors(vectors: TermVectors, *, seed: int = 0) -> Scores:
    """Return the scores of a report's sentences after their terms were dealt anew.

    Parameters
    ----------
    vectors : TermVectors
        Its deliberations and recommendations.
    seed : int
        Where the random numbers begin.

    Returns
    -------
    numpy.ndarray of float
        The scores of all pairs in all rounds, in ascending order.
    """
    shape = vectors.deliberations.shape[0], vectors.recommendations.shape[0]
    rounds = _rounds(CHANCE_PAIRS, shape)
    return _repeated(lambda random: cosines(deal_terms(vectors, random)), rounds, seed)


def chance_of_texts(
    score: Callable[[list[str], list[str]], Scores],
    deliberations: list[str],
    recommendations: list[str],
    *,
    seed: int = 0,
) -> Scores:
    """Return what a way to score makes of sentences whose words were dealt anew.

    Parameters
    ----------
    score : callable
        Takes two lists of texts, returns a table of scores.
    deliberations, recommendations : list of str
        The sentences.
    seed : int
        Where the random numbers begin.

    Returns
    -------
    numpy.ndarray of float
        The scores of all pairs in all rounds, in ascending order.
    """
    rounds = _rounds(CHANCE_PAIRS_OF_TEXTS, (len(deliberations), len(recommendations)))
    return _repeated(
        lambda random: score(deal_words(deliberations, random), recommendations), rounds, seed
    )


def deal_terms(vectors: TermVectors, random: np.random.Generator) -> TermVectors:
    """Deal every term of the deliberations to sentences by chance, as many as have it.

    Examples
    --------
    >>> from helpers.linking.passages import Features, vectorize
    >>> said = [Features(["youth"], [], []), Features([], [], []), Features(["trade"], [], [])]
    >>> dealt = deal_terms(vectorize(said, said[:1]), np.random.default_rng(0))
    >>> (dealt.deliberations > 0).sum(axis=0).tolist()
    [0, 1, 1]
    """
    dealt = random.permuted(vectors.deliberations.toarray(), axis=0)
    lengths = np.linalg.norm(dealt, axis=1, keepdims=True)
    return vectors._replace(deliberations=csr_array(dealt / np.where(lengths > 0, lengths, 1)))


def deal_words(texts: list[str], random: np.random.Generator) -> list[str]:
    """Deal the words of texts anew to them, each as many as it had.

    Examples
    --------
    >>> deal_words(["peace and trade", "schools"], np.random.default_rng(3))
    ['schools trade and', 'peace']
    """
    words = [text.split() for text in texts]
    dealt = random.permutation([word for text in words for word in text])
    ends = np.cumsum([len(text) for text in words])[:-1]
    return [" ".join(text) for text in np.split(dealt, ends)]


def link_threshold(
    scores: Scores, chance: Scores, rate: float = LINK_RATE, *, highest: float = HIGHEST_THRESHOLD
) -> float:
    """Return the score above which pairs stand out from what chance gives.

    Parameters
    ----------
    scores : numpy.ndarray of float
        The scores of all pairs.
    chance : numpy.ndarray of float
        The scores that chance gives, from as many pairs as you like.
    rate : float
        How many of the pairs above it may be there by chance: 0 to 1.
    highest : float
        What the threshold is at most, for a report so short that chance cannot be told.

    Returns
    -------
    float
        The lowest threshold at which the false discovery rate is no higher than `rate`: the pairs
        above it that chance would give, divided by those that are.

    Notes
    -----
    The false discovery rate is that of Benjamini and Hochberg (1995), estimated by a null
    distribution from permutations, as Storey and Tibshirani (2003) do; its tail by
    `chance_above`.

    Examples
    --------
    >>> round(link_threshold(np.array([0.0, 0.1, 0.3, 0.4]), np.array([0.0, 0.0, 0.1, 0.1])), 2)
    0.2
    """
    scores, chance = (np.sort(np.asarray(one, dtype=float).ravel()) for one in (scores, chance))
    values = np.unique(scores[scores > 0])
    above = len(scores) - np.searchsorted(scores, values)
    kept = values[chance_above(chance, values) * len(scores) <= rate * above]
    if not kept.size:
        return highest
    below = values[values < kept[0]].max(initial=0)
    return float(min((below + kept[0]) / 2, highest))


def chance_above(chance: Scores, values: Scores) -> Scores:
    """Return the part of the scores by chance that are as high as each of some values.

    Parameters
    ----------
    chance : numpy.ndarray of float
        The scores that chance gives, in ascending order.
    values : numpy.ndarray of float
        The scores asked for.

    Returns
    -------
    numpy.ndarray of float
        For each value its part, 0 to 1: counted, but for the highest hundredth, of which so few
        scores are left that their fall as an exponential says more than the next one by chance.

    Notes
    -----
    Peaks over a threshold with an exponential tail: a generalized Pareto distribution (Pickands,
    1975) of shape 0, whose scale is the mean of what exceeds the threshold.

    Examples
    --------
    >>> chance_above(np.array([0.1, 0.2, 0.3, 0.4]), np.array([0.2, 0.35])).tolist()
    [0.75, 0.25]
    """
    counted = 1 - np.searchsorted(chance, values) / max(len(chance), 1)
    start = np.quantile(chance, TAIL) if len(chance) else 0.0
    excess = chance[chance > start] - start
    if not excess.size:
        return np.asarray(counted)
    falling = excess.size / len(chance) * np.exp(-np.maximum(values - start, 0) / excess.mean())
    return np.where(values > start, falling, counted)


def _rounds(pairs: int, shape: tuple[int, int]) -> int:
    """Return how often words are dealt, so that as many pairs are scored."""
    return min(MOST_ROUNDS, -(-pairs // (shape[0] * shape[1])))


def _repeated(draw: Callable[[np.random.Generator], Scores], rounds: int, seed: int) -> Scores:
    """Return what some rounds give, in ascending order."""
    random = np.random.default_rng(seed)
    return np.sort(np.concatenate([draw(random).ravel() for _ in range(rounds)]))
