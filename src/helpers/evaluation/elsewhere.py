"""Links of other reports, kept without a word of them: ids, grades and hashes.

Of four real reports of two kinds, paragraphs were linked to recommendations twice, each time
without sight of the other pass and of any score (models' passes under the guidelines, not people).
Of each paragraph and recommendation the file, the id and the SHA-256 of its text are kept. Where
the files are at hand, links can be measured against them; where they are not, nothing is said.
"""

from hashlib import sha256
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

import pandas as pd

from helpers.contract import PAIR
from helpers.evaluation.gold import read_links
from helpers.evaluation.metrics import rank_links, threshold_curve
from helpers.linking.links import METHODS, link_passages, links_by_unit
from helpers.reading.lines import ReportError
from helpers.reading.report import Report, read_report
from helpers.resources import GOLD

ELSEWHERE = GOLD / "links"
ANNOTATORS = ("a", "b")
BUNDLED = "the bundled report"


class AnnotatedUnits(NamedTuple):
    """Paragraphs and recommendations of a report, and which of them two passes link.

    Parameters
    ----------
    deliberations, recommendations : pandas.Series of str
        Their texts, by id.
    links : list of set of tuple of str
        For each pass, the pairs of ids that it links.
    found : pandas.DataFrame or None
        Of each pair whether `helpers.link_passages` links it, and its verdict; None where the
        report does not say by its headings which paragraphs deliberate and which recommend.
    """

    deliberations: "pd.Series[str]"
    recommendations: "pd.Series[str]"
    links: list[set[tuple[str, str]]]
    found: pd.DataFrame | None


def read_units() -> pd.DataFrame:
    """Return the paragraphs and recommendations of other reports that were annotated.

    Returns
    -------
    pandas.DataFrame
        One row per unit: ``report``, ``file``, ``part`` (deliberations, recommendations), ``unit``
        (its id), ``sha256`` of its text in UTF-8, with single spaces.

    Examples
    --------
    >>> read_units().groupby("report", sort=False).size().to_dict()
    {'Samoa 2011': 167, 'Belize 2009': 81, 'Benin 2008': 84, 'Forum 2025': 58}
    """
    return pd.read_csv(ELSEWHERE / "units.csv", dtype={"unit": str})


def read_unit_links(annotator: str) -> pd.DataFrame:
    """Return the links of one annotation pass over those reports.

    Parameters
    ----------
    annotator : {"a", "b"}
        Which pass.

    Returns
    -------
    pandas.DataFrame
        One row per link: ``report``, ``deliberation``, ``recommendation`` (ids of units),
        ``grade`` (2 plainly the same point, 1 arguably).

    Examples
    --------
    >>> read_unit_links("a").groupby("report", sort=False).size().to_dict()
    {'Samoa 2011': 459, 'Belize 2009': 161, 'Benin 2008': 253, 'Forum 2025': 160}
    """
    return pd.read_csv(ELSEWHERE / f"{annotator}.csv", dtype=dict.fromkeys(PAIR, str))


def find_units(folder: str | Path) -> dict[str, AnnotatedUnits]:
    """Find the annotated paragraphs and recommendations in the files of a folder.

    Parameters
    ----------
    folder : str or pathlib.Path
        Where the files are.

    Returns
    -------
    dict of str to AnnotatedUnits
        By report. A report whose file is not there is missing; a unit that is read otherwise than
        when it was annotated is left out, with its links.

    Examples
    --------
    >>> find_units("no such folder")
    {}
    """
    passes = [read_unit_links(annotator) for annotator in ANNOTATORS]
    found = {}
    for (name, file), units in read_units().groupby(["report", "file"], sort=False):
        if not (Path(folder) / file).is_file():
            continue
        report = read_report(Path(folder) / file)
        texts = _by_hash(report)
        here = units.assign(text=units["sha256"].map(texts)).dropna(subset="text")
        sides = [
            here[here["part"] == part].set_index("unit")["text"]
            for part in ("deliberations", "recommendations")
        ]
        links = [_pairs(links[links["report"] == name], sides) for links in passes]
        found[name] = AnnotatedUnits(sides[0], sides[1], links, _found(report, sides))
    return found


def bundled_units(report: Report) -> AnnotatedUnits:
    """Return the bundled report's paragraphs and recommendations and what two passes link.

    Examples
    --------
    >>> units = bundled_units(read_report())
    >>> len(units.deliberations), len(units.recommendations), [len(one) for one in units.links]
    (9, 7, [16, 16])
    """
    sentences = report.sentences.set_index("sentence")
    sides = [
        sentences[sentences["part"] == part].groupby("unit", sort=False)["text"].agg(" ".join)
        for part in ("deliberations", "recommendations")
    ]
    unit = sentences["unit"]
    links = [
        {(unit[said], unit[recommended]) for said, recommended in read_links(annotator)}
        for annotator in ANNOTATORS
    ]
    return AnnotatedUnits(sides[0], sides[1], links, _found(report, sides))


def score_links_elsewhere(folder: str | Path) -> pd.DataFrame:
    """Measure how the ways to score rank links, on the bundled report and on those of a folder.

    Parameters
    ----------
    folder : str or pathlib.Path
        Where the other reports' files are.

    Returns
    -------
    pandas.DataFrame
        One row per report and method: ``report``, ``paragraphs``, ``recommendations`` (how many
        were found), ``links`` (the mean of the passes), ``agreement`` (F1 of one pass against the
        other), ``method``, ``average_precision``, ``best_f1`` (at the threshold that is best for
        this report, which nobody knows beforehand), ``linked`` (how many pairs `link_passages`
        links), ``linked_f1``, ``clear`` (how many have that verdict), ``clear_precision``; each the
        mean over the passes; ``clear_recall`` and ``offered_recall`` (of the links of both passes,
        the part that is clear, and that is clear or open). Those of `link_passages` are of our
        method, and missing where the report does not say which of its paragraphs deliberate and
        which recommend.

    Examples
    --------
    >>> score_links_elsewhere("no such folder")["report"].unique().tolist()
    ['the bundled report']
    """
    found = {BUNDLED: bundled_units(read_report()), **find_units(folder)}
    rows = [
        {"report": name, **_sizes(units), "method": method, **_measures(units, method)}
        for name, units in found.items()
        for method in METHODS
    ]
    return pd.DataFrame(rows)


def _sizes(units: AnnotatedUnits) -> dict[str, float]:
    first, second = units.links
    return {
        "paragraphs": len(units.deliberations),
        "recommendations": len(units.recommendations),
        "links": (len(first) + len(second)) / 2,
        "agreement": _f1(first, second),
    }


def _measures(units: AnnotatedUnits, method: str) -> dict[str, float]:
    scores = METHODS[method](units.deliberations.tolist(), units.recommendations.tolist())
    pairs = pd.MultiIndex.from_product(
        [units.deliberations.index, units.recommendations.index], names=PAIR
    )
    table = pd.DataFrame({"score": scores.ravel(), "negotiated": ""}, index=pairs).reset_index()
    return {
        "average_precision": fmean(rank_links(table, gold) for gold in units.links),
        "best_f1": fmean(threshold_curve(table, gold)["f1"].max() for gold in units.links),
        **(_selected(units.found, units.links) if method == "joined" else {}),
    }


def _selected(found: pd.DataFrame | None, links: list[set[tuple[str, str]]]) -> dict[str, float]:
    """Measure what is linked, clear and open."""
    if found is None:
        return {}
    linked, clear, offered = (
        set(found.loc[chosen, PAIR].itertuples(index=False, name=None))
        for chosen in (found["linked"], found["verdict"] == "clear", found["verdict"] != "")
    )
    both = set.intersection(*links)
    return {
        "linked": len(linked),
        "linked_f1": fmean(_f1(gold, linked) for gold in links),
        "clear": len(clear),
        "clear_precision": fmean(len(gold & clear) for gold in links) / max(len(clear), 1),
        "clear_recall": len(both & clear) / len(both),
        "offered_recall": len(both & offered) / len(both),
    }


def _f1(gold: set[tuple[str, str]], found: set[tuple[str, str]]) -> float:
    return 2 * len(gold & found) / (len(gold) + len(found))


def _by_hash(report: Report) -> dict[str, str]:
    """Return the texts of a report's paragraphs, recommendations and units by their hash."""
    units = report.sentences.groupby("unit", sort=False)["text"].agg(" ".join)
    texts = (*report.paragraphs["text"], *report.recommendations["text"], *units)
    return {sha256(" ".join(text.split()).encode()).hexdigest(): text for text in texts}


def _found(report: Report, sides: list["pd.Series[str]"]) -> pd.DataFrame | None:
    """Return what the collection says of the pairs, once the report says what deliberates."""
    try:
        links = links_by_unit(link_passages(report), report)
    except ReportError:
        return None
    known = [links[name].isin(side.index) for name, side in zip(PAIR, sides, strict=True)]
    return links.loc[known[0] & known[1], [*PAIR, "linked", "verdict"]]


def _pairs(links: pd.DataFrame, sides: list["pd.Series[str]"]) -> set[tuple[str, str]]:
    """Return the pairs of a table whose units are both there."""
    known = [links[name].isin(side.index) for name, side in zip(PAIR, sides, strict=True)]
    return set(links.loc[known[0] & known[1], PAIR].itertuples(index=False, name=None))
