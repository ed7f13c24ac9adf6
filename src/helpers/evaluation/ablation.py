"""What each part of our method adds, and what other weights would give."""

from itertools import product
from typing import NamedTuple

import pandas as pd

from helpers.contract import check_entities
from helpers.evaluation.metrics import LINK_MEASURES, link_measures, rank_links
from helpers.linking.chance import chance_of_vectors, link_threshold
from helpers.linking.links import select_links
from helpers.linking.passages import (
    BROADER_WEIGHT,
    CONCEPT_WEIGHT,
    PHRASE_WEIGHT,
    STOPWORD_WEIGHT,
    Features,
    cosines,
    vectorize,
)
from helpers.linking.topics import Sides, sentence_features, sides_of
from helpers.reading.report import Report

OUR_WEIGHTS = {
    "stopword": STOPWORD_WEIGHT,
    "phrase": PHRASE_WEIGHT,
    "concept": CONCEPT_WEIGHT,
    "broader": BROADER_WEIGHT,
}
WEIGHTS_TRIED = {
    "stopword": (0.0, 0.5, 1.0),
    "phrase": (0.5, 1.0, 2.0),
    "concept": (0.5, 1.0, 2.0),
    "broader": (0.0, 0.5, 1.0),
}
# Our method and the same without one of its parts.
WITHOUT: dict[str, dict[str, float]] = {
    "all of it": {},
    "without phrases": {"phrase": 0.0},
    "without concepts": {"concept": 0.0},
    "without broader concepts": {"broader": 0.0},
    "domain stopwords like others": {"stopword": 1.0},
    "words alone": {"phrase": 0.0, "concept": 0.0, "stopword": 1.0},
}


class _Features(NamedTuple):
    sides: Sides
    deliberations: list[Features]
    recommendations: list[Features]


def ablation(report: Report, entities: pd.DataFrame, gold: set[tuple[str, str]]) -> pd.DataFrame:
    """Say what each part of our method adds, by leaving it out.

    Parameters
    ----------
    report : Report
        The bundled report.
    entities : pandas.DataFrame
        What `helpers.extract_entities` returned for it.
    gold : set of tuple of str
        What `read_gold_links` returns.

    Returns
    -------
    pandas.DataFrame
        One row per variant of `WITHOUT`, one column per measure of `score_links`.

    Raises
    ------
    ValueError
        If `entities` are not this report's, or no pair is a gold link.

    Examples
    --------
    >>> from helpers import extract_entities, read_report
    >>> from helpers.evaluation import read_gold_links
    >>> report = read_report()
    >>> parts = ablation(report, extract_entities(report), read_gold_links())
    >>> parts.index.tolist()[:3]
    ['all of it', 'without phrases', 'without concepts']
    """
    features = _features(report, entities)
    rows = [link_measures(_variant(features, weights), gold) for weights in WITHOUT.values()]
    return pd.DataFrame(rows, index=pd.Index(WITHOUT), columns=pd.Index(LINK_MEASURES))


def weight_grid(report: Report, entities: pd.DataFrame, gold: set[tuple[str, str]]) -> pd.DataFrame:
    """Say what other weights of domain stopwords, phrases and concepts would have given.

    Parameters
    ----------
    report : Report
        The bundled report.
    entities : pandas.DataFrame
        What `helpers.extract_entities` returned for it.
    gold : set of tuple of str
        What `read_gold_links` returns.

    Returns
    -------
    pandas.DataFrame
        One row per setting of `WEIGHTS_TRIED`: ``stopword``, ``phrase``, ``concept``, ``broader``,
        ``average precision``, ``ours`` (bool: the setting that is used).

    Raises
    ------
    ValueError
        If `entities` are not this report's, or no pair is a gold link.

    Examples
    --------
    >>> from helpers import extract_entities, read_report
    >>> from helpers.evaluation import read_gold_links
    >>> report = read_report()
    >>> len(weight_grid(report, extract_entities(report), read_gold_links()))
    81
    """
    features = _features(report, entities)
    settings = [
        dict(zip(WEIGHTS_TRIED, setting, strict=True))
        for setting in product(*WEIGHTS_TRIED.values())
    ]
    precision = [rank_links(_variant(features, setting), gold) for setting in settings]
    ours = [setting == OUR_WEIGHTS for setting in settings]
    return pd.DataFrame(settings).assign(**{"average precision": precision}, ours=ours)


def _features(report: Report, entities: pd.DataFrame) -> _Features:
    """Return the features of a report's sentences."""
    entities = check_entities(entities, report)
    sides = sides_of(report)
    return _Features(sides, *sentence_features(*sides[:2], entities))


def _variant(features: _Features, weights: dict[str, float]) -> pd.DataFrame:
    """Return the links that our method would give with other weights."""
    vectors = vectorize(features.deliberations, features.recommendations, **weights)
    scores, together = cosines(vectors), features.sides.together
    threshold = link_threshold(scores[together], chance_of_vectors(vectors))
    linked = select_links(scores, vectors, threshold)
    return features.sides.pairs().assign(score=scores[together], linked=linked[together])
