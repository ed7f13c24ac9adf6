"""Figures of the ledger: what became of every concept."""

import re
import textwrap

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator

from helpers.contract import LABEL_NAMES, STATUSES, check_ledger
from helpers.figures.style import INK, QUIET, STYLE, capitalized, new_axes, note_of

STATUS_STYLES = {
    "carried": ("#08306b", ""),
    "generalized": ("#4292c6", "//"),
    "specialized": ("#9ecae1", ".."),
    "dropped": ("#f0f0f0", ""),
    "emerged": ("#e08214", "xx"),
}
TAKEN_UP = ("carried", "generalized")  # of what was deliberated
NAME_REACH = 0.38  # how far the widest name of a flow reaches from the middle
NAMED = {"boxstyle": "round,pad=0.25", "facecolor": "white", "edgecolor": QUIET, "linewidth": 0.6}


def plot_ledger(ledger: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how many concepts of each kind were carried, generalized, specialized, dropped, emerged.

    Parameters
    ----------
    ledger : pandas.DataFrame
        What `helpers.build_ledger` returned.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new Axes if there are none.

    Returns
    -------
    matplotlib.axes.Axes
        One bar per kind, cut into the statuses, each with its count.

    Examples
    --------
    >>> from helpers import build_ledger, read_report
    >>> plot_ledger(build_ledger(read_report())).get_xlabel().splitlines()[0]
    'Number of concepts'
    """
    ledger = check_ledger(ledger)
    counts = _status_counts(ledger)
    with plt.style.context(STYLE):
        ax = ax or new_axes(8.4, 1.7 + 0.45 * len(counts))
        left = np.zeros(len(counts))
        for status, (colour, hatch) in STATUS_STYLES.items():
            bars = ax.barh(
                counts.index, counts[status], left=left, color=colour, hatch=hatch,
                edgecolor=INK, linewidth=0.6, label=status.capitalize(),
            )  # fmt: skip
            ax.bar_label(
                bars, [count or "" for count in counts[status]], label_type="center",
                bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"},
                fontsize=9,
            )  # fmt: skip
            left += counts[status].to_numpy()
        ax.invert_yaxis()
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.set(xlabel=f"Number of concepts\n{note_of(ledger)}", title=_ledger_finding(ledger))
        ax.legend(frameon=False, loc="lower right")
    return ax


def describe_ledger(ledger: pd.DataFrame) -> str:
    """Say in words what `plot_ledger` shows.

    Parameters
    ----------
    ledger : pandas.DataFrame
        What `helpers.build_ledger` returned.

    Returns
    -------
    str
        One line per kind of concept.

    Examples
    --------
    >>> from helpers import build_ledger, read_report
    >>> describe_ledger(build_ledger(read_report())).splitlines()[0].split(":")[0]
    'Crime types'
    """
    ledger = check_ledger(ledger)
    lines = []
    for kind, counts in _status_counts(ledger).iterrows():
        said = ", ".join(f"{count} {status}" for status, count in counts.items() if count)
        lines.append(f"{kind}: {said}.")
    return "\n".join(lines)


def plot_concepts(ledger: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw concept by concept in which part of the report it stands.

    Parameters
    ----------
    ledger : pandas.DataFrame
        Rows of what `helpers.build_ledger` returned, a dozen or two.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new Axes if there are none.

    Returns
    -------
    matplotlib.axes.Axes
        One row per concept, a mark under each part that names it, a line where both do.

    Examples
    --------
    >>> from helpers import build_ledger, read_report
    >>> ledger = build_ledger(read_report())
    >>> ax = plot_concepts(ledger[ledger["label"] == "INSTRUMENT"])
    >>> [label.get_text() for label in ax.get_xticklabels()]
    ['Deliberated', 'Recommended']
    """
    ledger = check_ledger(ledger)
    with plt.style.context(STYLE):
        ax = ax or new_axes(9.4, 1.6 + 0.33 * len(ledger))
        for row, concept in enumerate(ledger.itertuples()):
            colour = STATUS_STYLES[concept.status][0]
            sides = [bool(concept.deliberations), bool(concept.recommendations)]
            if all(sides):
                ax.plot([0, 1], [row, row], color=INK, linewidth=2, zorder=1)
            at = [column for column, present in enumerate(sides) if present]
            ax.scatter(at, [row] * len(at), s=90, color=colour, edgecolor=INK, zorder=2)
            via = f" (via {concept.via})" if concept.via else ""
            ax.text(1.2, row, concept.status + via, va="center", fontsize=9)
        names = [textwrap.shorten(name, 58, placeholder=" ...") for name in ledger["name"]]
        ax.set_yticks(range(len(ledger)), names)
        ax.set_xticks([0, 1], ["Deliberated", "Recommended"])
        ax.set(xlim=(-0.25, 3.4 if ledger["via"].any() else 1.8), ylim=(len(ledger) - 0.5, -0.7))
        ax.figure.suptitle(
            _ledger_finding(ledger), x=0.01, ha="left", weight="bold", size=STYLE["axes.titlesize"]
        )
        ax.set_xlabel(note_of(ledger), loc="left")
        ax.tick_params(length=0, top=True, labeltop=True, bottom=False, labelbottom=False)
        ax.spines[["left", "bottom"]].set_visible(False)
    return ax


def plot_flow(ledger: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the way of concepts from the paragraphs that name them to the recommendations.

    Parameters
    ----------
    ledger : pandas.DataFrame
        Rows of what `helpers.build_ledger` returned, of one topic, two dozen or fewer.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new Axes if there are none.

    Returns
    -------
    matplotlib.axes.Axes
        Paragraphs on the left, concepts in the middle, recommendations on the right; a line where
        a passage names a concept, broken where the other side does not.

    Examples
    --------
    >>> from helpers import build_ledger, read_report
    >>> ledger = build_ledger(read_report())
    >>> ax = plot_flow(ledger[ledger["label"] == "INSTRUMENT"])
    >>> ax.get_title(loc="left")
    'Taken up: 1 of 5 deliberated instruments; emerged: 2'
    """
    ledger = check_ledger(ledger)
    concepts = {row.entity_id: row for row in ledger.itertuples()}
    sides = [_units_of(ledger[side]) for side in ("deliberations", "recommendations")]
    with plt.style.context(STYLE):
        ax = ax or new_axes(10.5, 1.6 + 0.3 * len(ledger))
        heights = [_spread(units, len(ledger)) for units in sides]
        for place, concept in enumerate(concepts.values()):
            ends = [_units(concept.deliberations), _units(concept.recommendations)]
            for x, units, at in zip((0, 2), ends, heights, strict=True):
                for unit in units:
                    _draw_way(ax, (x, at[unit]), (1, place), through=all(ends))
            label = f"{textwrap.shorten(concept.name, 44, placeholder=' ...')} · {concept.status}"
            ax.text(1, place, label, ha="center", va="center", fontsize=9, bbox=NAMED)
        for x, at in zip((0, 2), heights, strict=True):
            for unit, height in at.items():
                ax.text(x, height, unit, ha="center", va="center", weight="bold", bbox=NAMED)
        ax.set(xlim=(-0.15, 2.2), ylim=(len(ledger) - 0.4, -0.9), yticks=[])
        ax.set_xticks([0, 1, 2], ["Paragraph", "Concept and what became of it", "Recommendation"])
        ax.tick_params(length=0, top=True, labeltop=True, bottom=False, labelbottom=False)
        ax.spines[:].set_visible(False)
        ax.set_title(_ledger_finding(ledger))
        ax.set_xlabel(note_of(ledger), loc="left")
    return ax


def describe_flow(ledger: pd.DataFrame) -> str:
    """Say in words what `plot_flow` shows.

    Parameters
    ----------
    ledger : pandas.DataFrame
        Rows of what `helpers.build_ledger` returned.

    Returns
    -------
    str
        One line per concept.

    Examples
    --------
    >>> from helpers import build_ledger, read_report
    >>> ledger = build_ledger(read_report())
    >>> describe_flow(ledger[ledger["entity_id"] == "un-cybercrime-convention"])
    'United Nations Convention against Cybercrime: from 5 to 12(c), carried.'
    """
    ledger = check_ledger(ledger)
    lines = []
    for row in ledger.itertuples():
        came, went = _units(row.deliberations), _units(row.recommendations)
        way = f"from {', '.join(came)}" * bool(came) + " " * bool(came and went)
        way += f"to {', '.join(went)}" * bool(went)
        lines.append(f"{row.name}: {way}, {row.status}.")
    return "\n".join(lines)


def _units(sentences: list[str]) -> list[str]:
    """Return the paragraphs or recommendations of sentences, each once."""
    return list(dict.fromkeys(sentence.rsplit(".", 1)[0] for sentence in sentences))


def _units_of(column: pd.Series) -> list[str]:
    units = {unit for sentences in column for unit in _units(sentences)}
    return sorted(units, key=lambda unit: (int(re.sub(r"\D.*", "", unit) or 0), len(unit), unit))


def _spread(units: list[str], length: int) -> dict[str, float]:
    """Return the height of each unit, so that they fill the length."""
    step = length / max(len(units), 1)
    return {unit: (place + 0.5) * step - 0.5 for place, unit in enumerate(units)}


def _draw_way(
    ax: Axes, start: tuple[float, float], end: tuple[float, float], *, through: bool
) -> None:
    """Draw a curve to the edge of the widest name, and from there straight to the middle."""
    edge = end[0] + (NAME_REACH if start[0] > end[0] else -NAME_REACH)
    middle = (start[0] + edge) / 2
    path = Path(
        [start, (middle, start[1]), (middle, end[1]), (edge, end[1]), end],
        [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4, Path.LINETO],
    )
    line = {"edgecolor": "#08519c"} if through else {"edgecolor": QUIET, "linestyle": (0, (3, 2))}
    ax.add_patch(PathPatch(path, facecolor="none", linewidth=1.8, zorder=0, **line))


def _status_counts(ledger: pd.DataFrame) -> pd.DataFrame:
    counts = pd.crosstab(ledger["label"], ledger["status"])
    counts = counts.reindex(columns=list(STATUSES), fill_value=0)
    counts = counts.loc[
        counts.sum(axis="columns").sort_values(ascending=False, kind="stable").index
    ]
    return counts.rename(index=LABEL_NAMES).rename(index=capitalized)


def _ledger_finding(ledger: pd.DataFrame) -> str:
    labels = ledger["label"].unique()
    kind = LABEL_NAMES.get(labels[0], labels[0]) if len(labels) == 1 else "concepts"
    deliberated = ledger[ledger["deliberations"].map(len) > 0]
    kept = deliberated["status"].isin(TAKEN_UP).sum()
    emerged = (ledger["status"] == "emerged").sum()
    return f"Taken up: {kept} of {len(deliberated)} deliberated {kind}; emerged: {emerged}"
