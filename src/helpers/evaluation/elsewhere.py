"""Links of other reports, kept without a word of them: ids, grades and hashes.

Of four real reports of two kinds, paragraphs were linked to recommendations twice, each time
without sight of the other pass and of any score (models' passes under the guidelines, not people).
Of each paragraph and recommendation the file, the id and the SHA-256 of its text are kept. Where
the files are at hand, links can be measured against them; where they are not, nothing is said.
"""

from collections.abc import Callable
from hashlib import sha256
from math import nan
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score

from helpers.contract import PAIR
from helpers.evaluation.gold import read_links
from helpers.evaluation.metrics import flags_f1, threshold_curve
from helpers.evaluation.resampling import LINK_RESAMPLES, bootstrap_distribution, interval
from helpers.linking.chance import (
    chance_of_texts,
    chance_of_vectors,
    link_threshold,
)
from helpers.linking.links import METHODS, select_links, shortlist, two_thresholds
from helpers.linking.passages import (
    Scores,
    TermVectors,
    best_by_passage,
    cosines,
    divide,
    extract_features,
    vectorize,
)
from helpers.reading.headings import PARTS
from helpers.reading.report import Report, read_report
from helpers.resources import GOLD

ELSEWHERE = GOLD / "links"
ANNOTATORS = ("a", "b")
BUNDLED = "the bundled report"
LINK_RATES = tuple(round(0.05 * step, 2) for step in range(2, 19))
CLEAR_RATES = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05)
PROMISED = 0.85  # the precision that "clear" should have
Scorer = Callable[..., Scores]


class AnnotatedUnits(NamedTuple):
    """Paragraphs and recommendations of a report, and which of them two passes link.

    Parameters
    ----------
    deliberations, recommendations : pandas.Series of str
        Their texts, by id.
    links : list of set of tuple of str
        For each pass, the pairs of ids that it links.
    """

    deliberations: "pd.Series[str]"
    recommendations: "pd.Series[str]"
    links: list[set[tuple[str, str]]]


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
        sides = [here[here["part"] == part].set_index("unit")["text"] for part in PARTS]
        links = [_pairs(links[links["report"] == name], sides) for links in passes]
        found[name] = AnnotatedUnits(sides[0], sides[1], links)
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
        for part in PARTS
    ]
    unit = sentences["unit"]
    links = [
        {(unit[said], unit[recommended]) for said, recommended in read_links(annotator)}
        for annotator in ANNOTATORS
    ]
    return AnnotatedUnits(sides[0], sides[1], links)


def score_links_elsewhere(
    units: dict[str, AnnotatedUnits], methods: dict[str, Scorer] = METHODS
) -> pd.DataFrame:
    """Measure how ways to score rank and select links, report by report.

    Parameters
    ----------
    units : dict of str to AnnotatedUnits
        By report, what `find_units` or `bundled_units` returned.
    methods : dict of str to callable
        Ways to score two lists of passages.

    Returns
    -------
    pandas.DataFrame
        One row per report and method: ``report``, ``paragraphs``, ``recommendations`` (how many
        were found), ``links`` (the mean of the passes), ``agreement`` (F1 of one pass against the
        other), ``method``; each the mean over the passes: ``average_precision`` with ``low`` and
        ``high`` (a 95 % interval by drawing paragraphs anew), ``best_f1`` (at the threshold that is
        best for this report, which nobody knows beforehand), ``linked`` (how many pairs of a
        paragraph and a recommendation), ``linked_precision``, ``linked_f1``, ``clear`` (how many
        have that verdict), ``clear_precision``; ``to_read`` (linked and not clear), ``nearest``
        (on the shortlist and not linked), each with its ``_precision``; and ``clear_recall`` and
        ``offered_recall`` (of the links of both passes, the part that is clear, and that is clear
        or open).

    Examples
    --------
    >>> units = {"bundled": bundled_units(read_report())}
    >>> score_links_elsewhere(units)["method"].tolist()
    ['joined', 'tfidf', 'bm25', 'lsa']
    """
    rows = [
        {"report": name, **_sizes(one), "method": method, **_measures(one, method, score)}
        for name, one in units.items()
        for method, score in methods.items()
    ]
    return pd.DataFrame(rows)


def rates_elsewhere(units: dict[str, AnnotatedUnits]) -> pd.DataFrame:
    """Say which rates the other reports would settle, and what they give on the one left out.

    Parameters
    ----------
    units : dict of str to AnnotatedUnits
        By report, what `find_units` or `bundled_units` returned; two at least.

    Returns
    -------
    pandas.DataFrame
        One row per report: ``report``, ``link_rate`` (of `LINK_RATES`, that with the best mean F1
        on the others), ``linked_f1`` (here, at that rate), ``best_f1``, ``clear_rate`` (of
        `CLEAR_RATES`, the highest at which the pooled precision on the others is `PROMISED` or
        more), ``clear_precision`` (here, at that rate), ``clear`` (how many pairs).
    """
    tables = {name: _by_rate(one) for name, one in units.items()}
    rows = []
    for name, here in tables.items():
        others = [table for other, table in tables.items() if other != name]
        f1 = sum(table["f1"] for table in others).loc[list(LINK_RATES)]
        found, right = (sum(table[column] for table in others) for column in ("found", "right"))
        kept = [rate for rate in CLEAR_RATES if right[rate] >= PROMISED * found[rate]]
        link_rate, clear_rate = f1.idxmax(), max(kept, default=min(CLEAR_RATES))
        row = here.loc[clear_rate]
        precision = row["right"] / row["found"] if row["found"] else nan
        rows.append((name, link_rate, here.loc[link_rate, "f1"], here["f1"].max(), clear_rate,
                     precision, int(row["found"])))  # fmt: skip
    columns = ["report", "link_rate", "linked_f1", "best_f1", "clear_rate", "clear_precision"]
    return pd.DataFrame(rows, columns=[*columns, "clear"])


class _Scored(NamedTuple):
    """The sentences of two lists of units, scored, and which units they belong to."""

    units: AnnotatedUnits
    method: str
    scores: Scores
    chance: Scores
    vectors: TermVectors
    owners: tuple[NDArray[np.intp], NDArray[np.intp]]

    def selected(self, threshold: float) -> NDArray[np.bool_]:
        """Return which pairs of units have a pair of sentences above a threshold."""
        return self.by_unit(select_links(self.scores, self.vectors, threshold)) > 0

    def by_unit(self, table: NDArray[Any]) -> Scores:
        """Return the highest value that the sentences of each pair of units have."""
        shape = len(self.units.deliberations), len(self.units.recommendations)
        return best_by_passage(table, *self.owners, shape)


def _scored(units: AnnotatedUnits, method: str, score: Scorer) -> _Scored:
    """Score the sentences of units as `helpers.link_passages` scores those of a report."""
    (said, rows), (asked, columns) = (
        divide(side.tolist()) for side in (units.deliberations, units.recommendations)
    )
    vectors = vectorize(*(list(map(extract_features, side)) for side in (said, asked)))
    if method == "joined":
        scores, chance = cosines(vectors), chance_of_vectors(vectors)
    else:
        scores, chance = score(said, asked), chance_of_texts(score, said, asked)
    return _Scored(units, method, scores, chance, vectors, (rows, columns))


def _by_rate(units: AnnotatedUnits) -> pd.DataFrame:
    """Return for each rate the F1, how many pairs it selects and how many of them are right."""
    scored = _scored(units, "joined", METHODS["joined"])
    golds = [_as_table(gold, units) for gold in units.links]
    rows = []
    for rate in (*CLEAR_RATES, *LINK_RATES):
        found = scored.selected(link_threshold(scored.scores, scored.chance, rate))
        f1 = fmean(flags_f1(gold, found) for gold in golds)
        rows.append((f1, found.sum(), _right(found, golds)))
    index = pd.Index([*CLEAR_RATES, *LINK_RATES], name="rate")
    return pd.DataFrame(rows, columns=["f1", "found", "right"], index=index)


def _sizes(units: AnnotatedUnits) -> dict[str, float]:
    first, second = units.links
    return {
        "paragraphs": len(units.deliberations),
        "recommendations": len(units.recommendations),
        "links": (len(first) + len(second)) / 2,
        "agreement": 2 * len(first & second) / (len(first) + len(second)),
    }


def _measures(units: AnnotatedUnits, method: str, score: Scorer) -> dict[str, float]:
    scores = score(units.deliberations.tolist(), units.recommendations.tolist())
    golds = [_as_table(links, units) for links in units.links]

    def precision(rows: NDArray[np.intp]) -> float:
        parts = [gold[rows].ravel() for gold in golds]
        return fmean(average_precision_score(one, scores[rows].ravel()) for one in parts)

    everything = np.arange(len(scores))
    drawn = bootstrap_distribution(len(scores), precision, resamples=LINK_RESAMPLES, seed=0)
    low, high = interval(drawn)
    table = _pairs_of(units).assign(score=scores.ravel(), negotiated="")
    best = fmean(threshold_curve(table, gold)["f1"].max() for gold in units.links)
    return {
        "average_precision": precision(everything), "low": float(low), "high": float(high),
        "best_f1": best, **_selected(_scored(units, method, score), golds),
    }  # fmt: skip


def _selected(scored: _Scored, golds: list[NDArray[np.bool_]]) -> dict[str, float]:
    """Measure what is linked, clear and open."""
    linked, clear = map(
        scored.selected, two_thresholds(scored.scores, scored.chance, scored.method)
    )
    pairs = _pairs_of(scored.units).assign(
        score=scored.by_unit(scored.scores).ravel(), clear=clear.ravel()
    )
    offered = clear | shortlist(pairs).to_numpy().reshape(clear.shape)
    both, to_read, nearest = golds[0] & golds[1], linked & ~clear, offered & ~linked
    return {
        "linked": int(linked.sum()),
        "linked_precision": _right(linked, golds) / (linked.sum() or nan),
        "linked_f1": fmean(flags_f1(gold, linked) for gold in golds),
        "clear": int(clear.sum()),
        "clear_precision": _right(clear, golds) / (clear.sum() or nan),
        "to_read": int(to_read.sum()),
        "to_read_precision": _right(to_read, golds) / (to_read.sum() or nan),
        "nearest": int(nearest.sum()),
        "nearest_precision": _right(nearest, golds) / (nearest.sum() or nan),
        "clear_recall": (clear & both).sum() / both.sum(),
        "offered_recall": (offered & both).sum() / both.sum(),
    }


def _right(found: NDArray[np.bool_], golds: list[NDArray[np.bool_]]) -> float:
    """Return how many pairs are right, the mean over the passes."""
    return fmean((found & gold).sum() for gold in golds)


def _pairs_of(units: AnnotatedUnits) -> pd.DataFrame:
    sides = [units.deliberations.index, units.recommendations.index]
    return pd.MultiIndex.from_product(sides, names=PAIR).to_frame(index=False)


def _as_table(links: set[tuple[str, str]], units: AnnotatedUnits) -> NDArray[np.bool_]:
    pairs = _pairs_of(units).itertuples(index=False, name=None)
    flags = np.array([pair in links for pair in pairs])
    return flags.reshape(len(units.deliberations), len(units.recommendations))


def _by_hash(report: Report) -> dict[str, str]:
    """Return the texts of a report's paragraphs, recommendations and units by their hash."""
    units = report.sentences.groupby("unit", sort=False)["text"].agg(" ".join)
    texts = (*report.paragraphs["text"], *report.recommendations["text"], *units)
    return {sha256(" ".join(text.split()).encode()).hexdigest(): text for text in texts}


def _pairs(links: pd.DataFrame, sides: list["pd.Series[str]"]) -> set[tuple[str, str]]:
    """Return the pairs of a table whose units are both there."""
    known = [links[name].isin(side.index) for name, side in zip(PAIR, sides, strict=True)]
    return set(links.loc[known[0] & known[1], PAIR].itertuples(index=False, name=None))
