"""Where another document, an outcome declaration say, takes up a report's recommendations."""

import numpy as np
import pandas as pd

from helpers.contract import PAIR, check_report
from helpers.linking.links import link_sides, offered
from helpers.linking.topics import Sides, check_part
from helpers.names.entities import extract_entities
from helpers.reading.lines import ReportError
from helpers.reading.report import Report

THERE = "there:"  # before the ids of the other document, for both may have a 5.1
MOST_SHOWN = 3  # passages of the other document for a recommendation, beside those that are clear


def link_documents(report: Report, other: Report) -> pd.DataFrame:
    """Look in another document for what a report recommends.

    Every sentence of the other document's paragraphs is scored against every recommendation, and
    linked as `helpers.link_passages` does; the document may have parts or none.

    Parameters
    ----------
    report : Report
        The report whose recommendations are looked for.
    other : Report
        The document: all its paragraphs count.

    Returns
    -------
    pandas.DataFrame
        One row per recommendation sentence and sentence of the other document that it may stand in,
        the likest first: ``recommendation``, ``deliberation`` (the sentence of the other document),
        ``score``, ``linked``, ``verdict``, ``evidence``, as `helpers.link_passages`. No row: not
        found.

    Raises
    ------
    TypeError
        If one of the two is no report.
    ReportError
        If `report` has no recommendations, or `other` no paragraphs.

    Examples
    --------
    >>> from helpers import read_report
    >>> link_documents(read_report(), read_report()).iloc[0]["recommendation"]
    '12(a).1'
    """
    check_report(other)
    check_report(report)
    asked = check_part(report, "recommendations")
    if other.sentences.empty:
        raise ReportError(
            f"{other.title!r} has no numbered paragraphs to set the recommendations against."
        )
    there = other.sentences.assign(
        **{name: THERE + other.sentences[name] for name in ("sentence", "unit")}
    )
    names = extract_entities(other)
    entities = [names.assign(sentence=THERE + names["sentence"]), extract_entities(report)]
    sides = Sides(there, asked, np.ones((len(there), len(asked)), dtype=bool))
    links = link_sides(sides, pd.concat(entities, ignore_index=True))
    links = links[offered(links)].sort_values("score", ascending=False, kind="stable")
    place = links.groupby(PAIR[1]).cumcount()
    links = links[(place < MOST_SHOWN) | (links["verdict"] == "clear")]
    order = {sentence: at for at, sentence in enumerate(asked["sentence"])}
    links = links.sort_values(PAIR[1], key=lambda ids: ids.map(order), kind="stable")
    links[PAIR[0]] = links[PAIR[0]].str.removeprefix(THERE)
    return links[[PAIR[1], PAIR[0], "score", "linked", "verdict", "evidence"]].reset_index(
        drop=True
    )
