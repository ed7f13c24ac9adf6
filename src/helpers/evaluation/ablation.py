"""What each part of our method adds, and what other weights would give."""

from itertools import product
from typing import NamedTuple

import pandas as pd

from helpers.contract import PAIR, check_entities
from helpers.evaluation.metrics import LINK_MEASURES, link_measures, rank_links
from helpers.linking.links import select_links
from helpers.linking.passages import (
    BROADER_WEIGHT,
    CONCEPT_WEIGHT,
    PHRASE_WEIGHT,
    STOPWORD_WEIGHT,
    Features,
    cosines,
    margin_scores,
    vectorize,
)
from helpers.linking.topics import sentence_features, topics
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
    "without margin": {},
}
PLAIN = ("words alone", "without margin")  # are not held against the best


class _Topic(NamedTuple):
    pairs: pd.MultiIndex
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
    rows = [
        link_measures(_variant(features, weights, margin=name not in PLAIN), gold)
        for name, weights in WITHOUT.items()
    ]
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


def _features(report: Report, entities: pd.DataFrame) -> list[_Topic]:
    """Return for each topic the ids of its pairs and the features of its sentences."""
    entities = check_entities(entities, report)
    return [
        _Topic(
            pd.MultiIndex.from_product([side["sentence"] for side in sides], names=PAIR),
            *sentence_features(*sides, entities),
        )
        for sides in topics(report)
    ]


def _variant(
    features: list[_Topic], weights: dict[str, float], *, margin: bool = True
) -> pd.DataFrame:
    """Return the links that our method would give with other weights, or without its margin."""
    tables = []
    for topic in features:
        vectors = vectorize(topic.deliberations, topic.recommendations, **weights)
        scores = margin_scores(cosines(vectors)) if margin else cosines(vectors)
        columns = {"score": scores.ravel(), "linked": select_links(scores, vectors).ravel()}
        tables.append(pd.DataFrame(columns, index=topic.pairs).reset_index())
    return pd.concat(tables, ignore_index=True)
