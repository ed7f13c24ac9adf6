"""The sentences of a report, which of them share a topic, and the vectors they are scored by."""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.contract import PAIR
from helpers.linking.passages import Features, Mention, TermVectors, features, vectorize
from helpers.names.entities import ancestors_of
from helpers.names.pipeline import default_nlp
from helpers.reading.headings import PARTS, naming
from helpers.reading.lines import ReportError
from helpers.reading.report import Report


class Sides(NamedTuple):
    """The sentences of a report between which there may be links.

    Parameters
    ----------
    deliberations, recommendations : pandas.DataFrame
        Rows of `Report.sentences`.
    together : numpy.ndarray of bool
        Which pairs lie in one topic: one row per deliberation, one column per recommendation.
    """

    deliberations: pd.DataFrame
    recommendations: pd.DataFrame
    together: NDArray[np.bool_]

    def pairs(self) -> pd.DataFrame:
        """Return the ids of the pairs that lie in one topic, deliberation by deliberation."""
        rows, columns = np.nonzero(self.together)
        ids = self.deliberations["sentence"].to_numpy(), self.recommendations["sentence"].to_numpy()
        return pd.DataFrame({PAIR[0]: ids[0][rows], PAIR[1]: ids[1][columns]})


def check_parts(report: Report) -> list[pd.DataFrame]:
    """Return the sentences of the deliberations and the recommendations, once there are both."""
    return [check_part(report, part) for part in PARTS]


def check_part(report: Report, part: str) -> pd.DataFrame:
    """Return the sentences of a part, once there are some."""
    sentences = report.sentences[report.sentences["part"] == part]
    if sentences.empty:
        raise ReportError(_missing_part(part, report))
    return sentences


def sides_of(report: Report) -> Sides:
    """Return the deliberation and the recommendation sentences, and which of them share a topic.

    Examples
    --------
    >>> from helpers import read_report
    >>> sides_of(read_report()).together.shape
    (24, 17)
    """
    deliberations, recommendations = check_parts(report)
    topics = deliberations["topic"].to_numpy(), recommendations["topic"].to_numpy()
    return Sides(deliberations, recommendations, topics[0][:, None] == topics[1][None, :])


def vectorize_sentences(
    deliberations: pd.DataFrame, recommendations: pd.DataFrame, entities: pd.DataFrame
) -> TermVectors:
    """Return the vectors of sentences, as `score_passages` makes them of their texts."""
    return vectorize(*sentence_features(deliberations, recommendations, entities))


def sentence_features(
    deliberations: pd.DataFrame, recommendations: pd.DataFrame, entities: pd.DataFrame
) -> tuple[list[Features], list[Features]]:
    """Return the features of sentences: deliberations, recommendations."""
    mentions = dict(iter(entities.groupby("sentence")))
    left, right = (
        [
            features(row.text, sentence_mentions(row, mentions.get(row.sentence)), default_nlp())
            for row in side.itertuples()
        ]
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


def sentence_mentions(sentence: Any, entities: pd.DataFrame | None) -> list[Mention]:
    """Return the entities of a sentence, with their places in it."""
    found = [] if entities is None else entities.itertuples()
    return [
        Mention(
            row.start - sentence.start,
            row.end - sentence.start,
            row.label,
            (row.entity_id, *ancestors_of(row)),
        )
        for row in found
    ]
