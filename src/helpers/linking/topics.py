"""The sentences of a topic, which links are made within, and the vectors they are scored by."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from helpers.linking.passages import Features, Mention, TermVectors, features, vectorize
from helpers.names.entities import ancestors_of
from helpers.names.pipeline import default_nlp
from helpers.reading.headings import PARTS, naming
from helpers.reading.lines import ReportError
from helpers.reading.report import Report


def check_parts(report: Report) -> list[pd.DataFrame]:
    """Return the sentences of the deliberations and the recommendations, once there are both."""
    parts = {part: report.sentences[report.sentences["part"] == part] for part in PARTS}
    for part, sentences in parts.items():
        if sentences.empty:
            raise ReportError(_missing_part(part, report))
    return list(parts.values())


def topics(report: Report) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Yield the deliberation and the recommendation sentences of each topic that has both.

    Examples
    --------
    >>> from helpers import read_report
    >>> [[len(side) for side in sides] for sides in topics(read_report())]
    [[24, 17]]
    """
    deliberations, recommendations = check_parts(report)
    shared = [
        topic for topic in deliberations["topic"].unique() if topic in set(recommendations["topic"])
    ]
    for topic in shared:
        yield (
            deliberations[deliberations["topic"] == topic],
            recommendations[recommendations["topic"] == topic],
        )


def vectorize_sentences(
    deliberations: pd.DataFrame, recommendations: pd.DataFrame, entities: pd.DataFrame
) -> TermVectors:
    """Return the vectors of a topic's sentences, as `score_passages` makes them of their texts."""
    return vectorize(*sentence_features(deliberations, recommendations, entities))


def sentence_features(
    deliberations: pd.DataFrame, recommendations: pd.DataFrame, entities: pd.DataFrame
) -> tuple[list[Features], list[Features]]:
    """Return the features of a topic's sentences: deliberations, recommendations."""
    mentions = dict(iter(entities.groupby("sentence")))
    left, right = (
        [_sentence_features(row, mentions.get(row.sentence)) for row in side.itertuples()]
        for side in (deliberations, recommendations)
    )
    return left, right


def _missing_part(part: str, report: Report) -> str:
    heading = {
        "deliberations": "Summary of deliberations",
        "recommendations": "Outcome of deliberations",
    }[part]
    seen = report.paragraphs["section"].str.split(" > ").str[-1].unique()
    headings = ", ".join(repr(title) for title in seen if title) or "none"
    return (
        f"There is nothing to map: this report has no {part}. They are the numbered paragraphs "
        f"under a heading such as {heading!r}, or under one that you name: {naming(part)}. The "
        f"headings that stand over paragraphs here: {headings}."
    )


def _sentence_features(sentence: Any, entities: pd.DataFrame | None) -> Features:
    found = [] if entities is None else entities.itertuples()
    mentions = [
        Mention(
            row.start - sentence.start,
            row.end - sentence.start,
            row.label,
            (row.entity_id, *ancestors_of(row)),
        )
        for row in found
    ]
    return features(sentence.text, mentions, default_nlp())
