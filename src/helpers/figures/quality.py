"""Figures of how good the links are, and how sure."""

import re

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from helpers.contract import PAIR, check_columns
from helpers.evaluation.uncertainty import PermutationTest
from helpers.figures.style import INK, QUIET, STYLE, capitalized, new_axes, note_of
from helpers.linking.links import METHODS

# Each with a dash pattern of its own, so that colour is never alone.
CURVES = {
    "precision": ("#b35806", (0, (5, 2))),
    "recall": ("#4292c6", (0, (1, 1.5))),
    "f1": ("#08306b", "-"),
}
# What a method is called in a figure that stands alone.
METHOD_NAMES = {
    "joined": "Ours: words, phrases, concepts",
    "tfidf": "TF-IDF, words as written",
    "bm25": "BM25, as in search engines",
    "lsa": "Latent semantic analysis",
    "static word vectors": "Static word vectors",
    "sentence model": "Sentence model",
}
# How well links agree: what it is called, its mark and its colour.
REPORT_MARKS = {
    "linked_f1": ("what is linked", "o", "#08306b"),
    "best_f1": ("at the best threshold, in hindsight", "D", "#9ecae1"),
    "agreement": ("between two annotation passes", "s", "#fdd0a2"),
}
CURVE_COLUMNS = ["threshold", "linked", *CURVES, "negotiated"]
JUDGED_COLUMNS = [*PAIR, "linked", "score", "low", "high", "methods", "negotiated"]


def plot_methods(scores: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how well each way to score ranks the gold links, with its interval.

    Parameters
    ----------
    scores : pandas.DataFrame
        One row per method, the best first: ``value``, ``low``, ``high`` of one measure of
        `helpers.evaluation.score_links`, whose name is that of the columns.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new Axes if there are none.

    Returns
    -------
    matplotlib.axes.Axes
        One point and line per method.

    Examples
    --------
    >>> scores = pd.DataFrame({"value": [0.9], "low": [0.8], "high": [1.0]}, index=["ours"])
    >>> plot_methods(scores.rename_axis(columns="average precision")).get_xlabel()
    'Average precision (0 to 1; line: 95 % interval)'
    """
    check_columns(scores, "scores", ["value", "low", "high"], "score_links(links, gold)")
    with plt.style.context(STYLE):
        ax = ax or new_axes(8.4, 1.4 + 0.36 * len(scores))
        _draw_intervals(ax, scores, range(len(scores)))
        for row, value in enumerate(scores["value"]):
            ax.text(value, row - 0.22, f"{value:.2f}", ha="center", va="bottom", fontsize=9)
        ax.set_yticks(range(len(scores)), [METHOD_NAMES.get(name, name) for name in scores.index])
        ax.set(xlim=(0, 1.02), ylim=(len(scores) - 0.5, -0.8))
        ax.set(
            xlabel=f"{_measure_name(scores)} (0 to 1; line: 95 % interval)",
            title=_methods_finding(scores),
        )
    return ax


def describe_methods(scores: pd.DataFrame) -> str:
    """Say in words what `plot_methods` shows.

    Parameters
    ----------
    scores : pandas.DataFrame
        As `plot_methods`.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> scores = pd.DataFrame({"value": [0.9], "low": [0.8], "high": [1.0]}, index=["ours"])
    >>> describe_methods(scores.rename_axis(columns="average precision"))
    'Average precision: ours 0.90 (0.80 to 1.00).'
    """
    check_columns(scores, "scores", ["value", "low", "high"], "score_links(links, gold)")
    said = (
        f"{row.Index} {row.value:.2f} ({row.low:.2f} to {row.high:.2f})"
        for row in scores.itertuples()
    )
    return f"{_measure_name(scores)}: {', '.join(said)}."


def plot_thresholds(curve: pd.DataFrame, threshold: float, *, ax: Axes | None = None) -> Axes:
    """Draw what other thresholds between linked and not linked would give.

    Parameters
    ----------
    curve : pandas.DataFrame
        What `helpers.evaluation.threshold_curve` returned.
    threshold : float
        The one that was used.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new Axes if there are none.

    Returns
    -------
    matplotlib.axes.Axes
        Precision, recall and F1 by threshold, and the one that was used.

    Examples
    --------
    >>> curve = pd.DataFrame({"threshold": [0.1, 0.2], "linked": [4, 2],
    ...                       "precision": [0.5, 1.0], "recall": [1.0, 1.0], "f1": [0.7, 1.0],
    ...                       "negotiated": "no"})
    >>> plot_thresholds(curve, 0.15).get_ylabel()
    'Precision, recall, F1'
    """
    curve = _in_order(curve)
    with plt.style.context(STYLE):
        ax = ax or new_axes(8.4, 3.8)
        for name, (colour, dashes) in CURVES.items():
            ax.plot(curve["threshold"], curve[name], color=colour, linestyle=dashes, linewidth=2,
                    label=capitalized(name))  # fmt: skip
        ax.axvline(threshold, color=INK, linewidth=1.2)
        ax.text(threshold, 1.02, f" our threshold, {threshold:.2f}", va="bottom", fontsize=9)
        ax.set(
            xlim=(0, curve["threshold"].max()), ylim=(0, 1.1),
            xlabel=f"Threshold: pairs with this score or more count as linked\n{note_of(curve)}",
            ylabel="Precision, recall, F1", title=_thresholds_finding(curve, threshold),
        )  # fmt: skip
        ax.legend(frameon=False, loc="center right")
    return ax


def describe_thresholds(curve: pd.DataFrame, threshold: float) -> str:
    """Say in words what `plot_thresholds` shows.

    Parameters
    ----------
    curve, threshold
        As `plot_thresholds`.

    Returns
    -------
    str
        Two sentences.

    Examples
    --------
    >>> curve = pd.DataFrame({"threshold": [0.1, 0.2], "linked": [4, 2],
    ...                       "precision": [0.5, 1.0], "recall": [1.0, 1.0], "f1": [0.7, 1.0],
    ...                       "negotiated": "no"})
    >>> describe_thresholds(curve, 0.15).split(":")[0]
    'At our threshold, 0.15'
    """
    curve = _in_order(curve)
    here, best = _at_threshold(curve, threshold), curve.loc[curve["f1"].idxmax()]
    return (
        f"At our threshold, {threshold:.2f}: {here.linked:.0f} pairs linked, precision "
        f"{here.precision:.2f}, recall {here.recall:.2f}, F1 {here.f1:.2f}. The best in hindsight, "
        f"{best.threshold:.2f}, would give F1 {best.f1:.2f}. A higher threshold links fewer pairs "
        "and more of them rightly; a lower one misses fewer."
    )


def plot_agreement(agreement: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how far each two lists of links agree.

    Parameters
    ----------
    agreement : pandas.DataFrame
        One row per two lists, with ``f1``, like `helpers.evaluation.agreement_on_links`.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new Axes if there are none.

    Returns
    -------
    matplotlib.axes.Axes
        One bar per row.

    Examples
    --------
    >>> plot_agreement(pd.DataFrame({"f1": [0.9]}, index=["a and b"])).get_xlabel()
    'F1 between the two lists of links'
    """
    check_columns(agreement, "agreement", ["f1"], "agreement_on_links(report)")
    with plt.style.context(STYLE):
        ax = ax or new_axes(8.4, 1.3 + 0.4 * len(agreement))
        names = [_list_name(name) for name in agreement.index]
        bars = ax.barh(names, agreement["f1"], color="#6baed6", edgecolor=INK, height=0.6)
        ax.bar_label(bars, fmt="%.2f", padding=4)
        ax.invert_yaxis()
        ax.set(xlim=(0, 1.1), xlabel="F1 between the two lists of links",
               title=_agreement_finding(agreement))  # fmt: skip
    return ax


def describe_agreement(agreement: pd.DataFrame) -> str:
    """Say in words what `plot_agreement` shows.

    Parameters
    ----------
    agreement : pandas.DataFrame
        As `plot_agreement`.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> describe_agreement(pd.DataFrame({"f1": [0.9]}, index=["a and b"]))
    'F1 between two lists of links: a and b 0.90.'
    """
    check_columns(agreement, "agreement", ["f1"], "agreement_on_links(report)")
    said = ", ".join(f"{name} {f1:.2f}" for name, f1 in agreement["f1"].items())
    return f"F1 between two lists of links: {said}."


def plot_reports(scores: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how far our links agree with annotators, report by report.

    Parameters
    ----------
    scores : pandas.DataFrame
        What `helpers.evaluation.read_links_by_report` returns.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new Axes if there are none.

    Returns
    -------
    matplotlib.axes.Axes
        One row per report: F1 of what is linked, F1 at the threshold that would be best, and F1
        between two annotation passes.

    Examples
    --------
    >>> from helpers.evaluation import read_links_by_report
    >>> plot_reports(read_links_by_report()).get_xlabel()
    'F1: agreement on which paragraph and recommendation are linked'
    """
    ours = _ours_by_report(scores)
    with plt.style.context(STYLE):
        ax = ax or new_axes(8.4, 1.9 + 0.5 * len(ours))
        rows = range(len(ours))
        ax.hlines(rows, ours[list(REPORT_MARKS)].min(axis=1), ours["agreement"], color="#cccccc")
        for column, (label, marker, colour) in REPORT_MARKS.items():
            ax.scatter(ours[column], rows, s=80, marker=marker, color=colour, edgecolor=INK,
                       label=label, zorder=3)  # fmt: skip
        ax.set_yticks(rows, ours.index)
        ax.invert_yaxis()
        ax.set(xlim=(0, 1.05), title=_reports_finding(ours),
               xlabel="F1: agreement on which paragraph and recommendation are linked")  # fmt: skip
        ax.legend(frameon=False, loc="upper center", bbox_to_anchor=(0.4, -0.22), ncols=3)
    return ax


def describe_reports(scores: pd.DataFrame) -> str:
    """Say in words what `plot_reports` shows.

    Parameters
    ----------
    scores : pandas.DataFrame
        As `plot_reports`.

    Returns
    -------
    str
        One line per report.

    Examples
    --------
    >>> from helpers.evaluation import read_links_by_report
    >>> describe_reports(read_links_by_report()).split(":")[0]
    'The bundled report'
    """
    return "\n".join(
        f"{name}: what is linked {row['linked_f1']:.2f}; at the threshold that would be best "
        f"{row['best_f1']:.2f}; between two annotation passes {row['agreement']:.2f}."
        for name, row in _ours_by_report(scores).iterrows()
    )


def plot_chance(outcome: PermutationTest, *, ax: Axes | None = None) -> Axes:
    """Draw what chance gives beside what the report gives.

    Parameters
    ----------
    outcome : PermutationTest
        What `helpers.evaluation.permutation_test` returned.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new Axes if there are none.

    Returns
    -------
    matplotlib.axes.Axes
        A histogram of the permutations, and a line for the report.

    Examples
    --------
    >>> import numpy as np
    >>> plot_chance(PermutationTest(0.4, np.array([0.1, 0.2]), 0.33)).get_ylabel()
    'Permutations'
    """
    with plt.style.context(STYLE):
        ax = ax or new_axes(8.4, 3.2)
        ax.hist(outcome.null_distribution, bins=25, color="#d9d9d9", edgecolor=INK, linewidth=0.5)
        ax.axvline(outcome.statistic, color="#08519c", linewidth=2.5)
        top = ax.get_ylim()[1]
        ax.text(outcome.statistic, top, "the report ", ha="right", va="top", color="#08519c")
        ax.text(outcome.null_distribution.max(), 0.6 * top, "  words dealt by chance", ha="left")
        ax.yaxis.set_major_locator(MaxNLocator(integer=True))
        ax.set(
            xlim=(0, 1.1 * max(outcome.statistic, outcome.null_distribution.max())),
            xlabel="Mean, over the recommendations, of the best score",
            ylabel="Permutations", title=_chance_finding(outcome),
        )  # fmt: skip
    return ax


def describe_chance(outcome: PermutationTest) -> str:
    """Say in words what `plot_chance` shows.

    Parameters
    ----------
    outcome : PermutationTest
        What `helpers.evaluation.permutation_test` returned.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> import numpy as np
    >>> describe_chance(PermutationTest(0.4, np.array([0.1, 0.2]), 0.33)).split(";")[0]
    'The report: 0.40'
    """
    chance = outcome.null_distribution
    return (
        f"The report: {outcome.statistic:.2f}; {len(chance)} permutations: {chance.min():.2f} to "
        f"{chance.max():.2f}, on average {chance.mean():.2f}."
    )


def plot_certainty(judged: pd.DataFrame, threshold: float, *, ax: Axes | None = None) -> Axes:
    """Draw how far the score of each link reaches when its words are drawn anew.

    Parameters
    ----------
    judged : pandas.DataFrame
        What `helpers.evaluation.judge_links` returned.
    threshold : float
        The score above which pairs are linked.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new Axes if there are none.

    Returns
    -------
    matplotlib.axes.Axes
        One row per link, with its score, its interval and how many methods agree.

    Examples
    --------
    >>> judged = pd.DataFrame({"deliberation": ["3.1"], "recommendation": ["12(a).1"],
    ...                        "score": [0.4], "low": [0.2], "high": [0.6], "methods": [4],
    ...                        "linked": True, "negotiated": "no"})
    >>> plot_certainty(judged, 0.1).get_yticklabels()[0].get_text()
    '3.1 → 12(a).1'
    """
    judged = check_columns(judged, "judged", JUDGED_COLUMNS, "judge_links(report)", rows=True)
    with plt.style.context(STYLE):
        ax = ax or new_axes(8.4, 1.6 + 0.24 * len(judged))
        _draw_intervals(ax, judged.rename(columns={"score": "value"}), range(len(judged)))
        ax.axvline(threshold, color=INK, linewidth=1.2, linestyle=(0, (4, 2)))
        for row, methods in enumerate(judged["methods"]):
            ax.text(1.04, row, f"{methods} of {len(METHODS)}", va="center", fontsize=9)
        ax.text(1.04, -1.2, "methods", va="bottom", fontsize=9)
        ax.text(threshold, -0.6, " our threshold", va="center", fontsize=9)
        pairs = judged["deliberation"] + " → " + judged["recommendation"]
        ax.set_yticks(range(len(judged)), pairs, fontsize=9)
        ax.set(
            xlim=(0, 1), ylim=(len(judged) - 0.4, -1),
            xlabel="Score (line: nine in ten of the scores with the pair's words drawn anew)\n"
            + note_of(judged),
            title=_certainty_finding(judged, threshold),
        )  # fmt: skip
    return ax


def describe_certainty(judged: pd.DataFrame, threshold: float) -> str:
    """Say in words what `plot_certainty` shows.

    Parameters
    ----------
    judged, threshold
        As `plot_certainty`.

    Returns
    -------
    str
        Two sentences.

    Examples
    --------
    >>> judged = pd.DataFrame({"deliberation": ["3.1"], "recommendation": ["12(a).1"],
    ...                        "score": [0.4], "low": [0.2], "high": [0.6], "methods": [4],
    ...                        "linked": True, "negotiated": "no"})
    >>> describe_certainty(judged, 0.1).split(".")[0]
    'Of 1 links, 1 keep their whole interval above the threshold'
    """
    judged = check_columns(judged, "judged", JUDGED_COLUMNS, "judge_links(report)", rows=True)
    firm, all_methods = judged["low"] > threshold, judged["methods"] == len(METHODS)
    return (
        f"Of {len(judged)} {_pairs(judged)}, {firm.sum()} keep their whole interval above the "
        "threshold. "
        f"{all_methods.sum()} are linked by all {len(METHODS)} methods, "
        f"{(judged['methods'] == 1).sum()} by ours alone."
    )


def _draw_intervals(ax: Axes, table: pd.DataFrame, places: range) -> None:
    """Draw a point and a line for each row's value, low and high."""
    ax.hlines(list(places), table["low"], table["high"], color=QUIET, linewidth=2.5)
    ax.scatter(table["value"], list(places), s=42, color="#08519c", edgecolor=INK, zorder=2)
    ax.grid(axis="x", color="#e5e5e5", zorder=-1)
    ax.set_axisbelow(True)


def _in_order(curve: pd.DataFrame) -> pd.DataFrame:
    made_by = "threshold_curve(links, gold)"
    table = check_columns(curve, "curve", CURVE_COLUMNS, made_by, rows=True)
    return table.sort_values("threshold", ignore_index=True)


def _at_threshold(curve: pd.DataFrame, threshold: float) -> pd.Series:
    """Return the row of the first threshold above one."""
    above = curve[curve["threshold"] > threshold]
    return (curve.tail(1) if above.empty else above.head(1)).iloc[0]


def _measure_name(scores: pd.DataFrame) -> str:
    """Return the name of the measure, which the columns of several methods' scores carry."""
    return capitalized(str(scores.columns.name or "value"))


def _methods_finding(scores: pd.DataFrame) -> str:
    best = scores["value"].idxmax()
    others = scores.drop(index=best)["value"]
    beside = f", the next {others.max():.2f}" if len(others) else ""
    name = METHOD_NAMES.get(best, best).split(":")[0]
    return f"{name} ranks best: {scores['value'].max():.2f}{beside}"


def _thresholds_finding(curve: pd.DataFrame, threshold: float) -> str:
    here, best = _at_threshold(curve, threshold)["f1"], curve["f1"].max()
    return f"Our threshold gives F1 {here:.2f}; the best in hindsight would give {best:.2f}"


def _agreement_finding(agreement: pd.DataFrame) -> str:
    low, high = agreement["f1"].agg(["idxmin", "idxmax"])
    values = agreement["f1"]
    return (
        f"Most alike: {_list_name(high).lower()}, {values[high]:.2f}; "
        f"least: {_list_name(low).lower()}, {values[low]:.2f}"
    )


def _ours_by_report(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of our method by the name of the report."""
    needed = ["report", "method", *REPORT_MARKS]
    scores = check_columns(scores, "scores", needed, "read_links_by_report()")
    ours = scores[scores["method"] == "joined"].set_index("report")
    return ours.rename(index=capitalized)


def _reports_finding(ours: pd.DataFrame) -> str:
    here, elsewhere = ours["linked_f1"].iloc[0], ours["linked_f1"].iloc[1:]
    return (
        f"F1 of the links: {here:.2f} on {ours.index[0].lower()}, "
        f"{elsewhere.min():.2f} to {elsewhere.max():.2f} on others"
    )


def _list_name(name: str) -> str:
    """Name two lists of links so that it can be read without the lesson."""
    short = re.fullmatch(r"\w and \w", name)
    return f"Annotators {name}" if short else capitalized(name)


def _chance_finding(outcome: PermutationTest) -> str:
    chance = outcome.null_distribution
    reached = int((chance >= outcome.statistic).sum())
    count = "None" if not reached else str(reached)
    return f"{count} of {len(chance)} permutations scores as high (p = {outcome.pvalue:.3f})"


def _certainty_finding(judged: pd.DataFrame, threshold: float) -> str:
    firm = int((judged["low"] > threshold).sum())
    return f"{firm} of {len(judged)} {_pairs(judged)} keep their whole interval above the threshold"


def _pairs(judged: pd.DataFrame) -> str:
    return "links" if judged["linked"].all() else "pairs, linked or not,"
