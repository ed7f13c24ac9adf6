"""Where a point of the deliberations went, and what stands behind a recommendation."""

import pandas as pd

from helpers.contract import PAIR, check_links
from helpers.linking.links import link_passages, links_by_unit, offered
from helpers.reading.report import Report

COUNTERPART_COLUMNS = ["counterpart", "verdict", "score", "text", "evidence", "negotiated"]


def trace(report: Report, point: str, *, links: pd.DataFrame | None = None) -> pd.DataFrame:
    """Say where a point of the deliberations went: "where did 8.2 go?".

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    point : str
        The id of a sentence ("8.2") or of a paragraph ("8") of the deliberations; of a paragraph
        where a report has both ("1.1").
    links : pandas.DataFrame, optional
        What `helpers.link_passages` returned for this report; made here if it is not given.

    Returns
    -------
    pandas.DataFrame
        One row per counterpart that is linked or on the shortlist, the likest first:
        ``counterpart`` (of a sentence, a sentence's id; of a paragraph, a recommendation's),
        ``verdict`` ("clear", "open" or ""), ``score``, ``text`` (the counterpart's), ``evidence``,
        ``negotiated``. No row: not found in the recommendations, perhaps there in other words.

    Raises
    ------
    ValueError
        If the report's deliberations have no such sentence or paragraph.
    TypeError, ReportError
        As `helpers.link_passages`; and a TypeError if `point` is no text.

    Examples
    --------
    >>> from helpers import read_report
    >>> trace(read_report(), "10")[["counterpart", "verdict"]].to_numpy().tolist()[:2]
    [['12(d)', 'clear'], ['12(a)', 'open']]
    """
    return _counterparts(report, point, links, *PAIR)


def sources(report: Report, point: str, *, links: pd.DataFrame | None = None) -> pd.DataFrame:
    """Say what in the deliberations stands behind a recommendation: "what stands behind 12(d)?".

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    point : str
        The id of a recommendation ("12(d)") or of one of its sentences ("12(d).1").
    links : pandas.DataFrame, optional
        What `helpers.link_passages` returned for this report; made here if it is not given.

    Returns
    -------
    pandas.DataFrame
        As `trace`, with paragraphs or sentences of the deliberations as counterparts.

    Raises
    ------
    ValueError
        If the report's recommendations have no such id.
    TypeError, ReportError
        As `helpers.link_passages`.

    Examples
    --------
    >>> from helpers import read_report
    >>> sources(read_report(), "12(e)").iloc[0][["counterpart", "verdict"]].tolist()
    ['9', 'clear']
    """
    return _counterparts(report, point, links, *reversed(PAIR))


def _counterparts(
    report: Report, point: str, links: pd.DataFrame | None, here: str, there: str
) -> pd.DataFrame:
    """Return the counterparts of a sentence or unit of one side on the other."""
    links = link_passages(report) if links is None else check_links(links, report)
    side = report.sentences[report.sentences["part"] == f"{here}s"]
    others = report.sentences[report.sentences["part"] == f"{there}s"]
    if not isinstance(point, str):
        raise TypeError(f"An id is a text such as '8.2', and this is a {type(point).__name__}.")
    if point in set(side["unit"]):
        texts = others.groupby("unit", sort=False)["text"].agg(" ".join)
        links = links_by_unit(links, report)
    elif point in set(side["sentence"]):
        texts = others.set_index("sentence")["text"]
    else:
        raise ValueError(_unknown(point, report, here))
    found = links[(links[here] == point) & offered(links)]
    found = found.sort_values("score", ascending=False, kind="stable", ignore_index=True)
    table = found.assign(counterpart=found[there], text=found[there].map(texts))
    return table[COUNTERPART_COLUMNS]


def _unknown(point: object, report: Report, here: str) -> str:
    """Say that a side has no such id, and what to ask instead."""
    sentences = report.sentences
    there = next(side for side in PAIR if side != here)
    side, other = (sentences[sentences["part"] == f"{name}s"] for name in (here, there))
    lettered = [unit for unit in side["unit"].unique() if unit.startswith(f"{point}(")]
    if lettered:
        known = f"Ask for one of its parts: {', '.join(lettered)}."
    elif point in {*other["sentence"], *other["unit"]}:
        ask = "sources" if here == PAIR[0] else "trace"
        known = f"It stands in another part of the report; {ask}(report, {point!r}) may be meant."
    elif point in {*sentences["sentence"], *sentences["unit"]}:
        known = "It stands in a part of the report that neither deliberates nor recommends."
    else:
        known = f"They have {side['unit'].iloc[0]!r} and {side['sentence'].iloc[0]!r}, for example."
    return f"The {here}s of this report have no {point!r}. {known}"
