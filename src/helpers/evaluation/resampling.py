"""Draw anew from what was observed: how far a figure would move with another sample."""

import warnings
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Values = NDArray[np.float64]

# How often to draw: sentences for an F1 of entities, paragraphs for measures of links, the words of
# a pair for its score, recommendations for a gain on other reports, reports for a mean over them.
ENTITY_RESAMPLES = 2000
LINK_RESAMPLES = 500
PAIR_RESAMPLES = 500
GAIN_RESAMPLES = 2000
REPORT_RESAMPLES = 2000


def bootstrap_distribution(
    size: int,
    statistic: Callable[..., object],
    *,
    resamples: int,
    seed: int,
) -> Values:
    """Compute a statistic of samples that are drawn with replacement from a sample.

    Parameters
    ----------
    size : int
        How many there are to draw from, and how many are drawn each time.
    statistic : callable
        Takes the places (0 to size - 1) of those drawn, and returns a number or an array of
        numbers. One that has a parameter ``axis`` is given all samples at once, one per row.
    resamples : int
        How often to draw.
    seed : int
        Where the random numbers begin.

    Returns
    -------
    numpy.ndarray of float
        The statistic of every sample, the samples along the last axis.

    Notes
    -----
    The bootstrap of Efron (1979), by `scipy.stats.bootstrap`. That wants two at least to draw from;
    from one, each sample is the same.

    Examples
    --------
    >>> values = np.array([1.0, 2.0, 6.0])
    >>> means = bootstrap_distribution(3, lambda at: values[at].mean(), resamples=200, seed=0)
    >>> means.shape, float(means.min()), float(means.max())
    ((200,), 1.0, 6.0)
    """
    places = np.arange(size)
    if size < 2:
        only = np.asarray(statistic(places), dtype=float)
        return np.repeat(only[..., np.newaxis], resamples, axis=-1)
    with warnings.catch_warnings():  # of samples without a value, which `interval` leaves out
        warnings.simplefilter("ignore", stats.DegenerateDataWarning)
        drawn = stats.bootstrap(
            (places,), statistic, n_resamples=resamples, method="percentile",
            rng=np.random.default_rng(seed),
        )  # fmt: skip
    return np.asarray(drawn.bootstrap_distribution, dtype=float)


def draw_places(size: int, *, resamples: int, seed: int) -> NDArray[np.intp]:
    """Return the places that are drawn with replacement, one sample a row.

    For a statistic of a few numbers, computed of thousands of samples, `bootstrap_distribution`
    would spend its time around it; the drawings are the same.

    Examples
    --------
    >>> draw_places(3, resamples=2, seed=0).shape
    (2, 3)
    """
    return np.random.default_rng(seed).integers(0, size, (resamples, size))


def interval(distribution: Values, level: float = 0.95) -> tuple[Values, Values]:
    """Return the ends between which a part of the samples lies; those without a value are left out.

    Examples
    --------
    >>> low, high = interval(np.linspace(0, 1, 101), level=0.9)
    >>> round(float(low), 2), round(float(high), 2)
    (0.05, 0.95)
    """
    tail = (1 - level) / 2
    low, high = np.nanquantile(distribution, [tail, 1 - tail], axis=-1)
    return low, high
