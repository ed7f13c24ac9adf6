"""Figures of a report and of what it names."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from helpers.contract import LABEL_NAMES, TableError, check_entities, check_report
from helpers.figures.style import (
    INK,
    STYLE,
    capitalized,
    draw_cells,
    ink_on,
    listed,
    new_axes,
)
from helpers.reading.report import Report

# Dark to light in the order of the legend; hatches repeat the difference without colour.
PARTS = {
    "deliberations": ("#08519c", ""),
    "recommendations": ("#e08214", "//"),
    "procedural": ("#d9d9d9", ""),
}
# For displaCy: dark text is legible on each of them.
LABEL_COLOURS = {
    "STATE": "#9ecae1",
    "INSTRUMENT": "#fdd0a2",
    "CRIME_TYPE": "#fcae91",
    "GOAL": "#c7e9c0",
    "BODY": "#dadaeb",
    "GROUP": "#fff3b0",
    "MEASURE": "#d9d9d9",
}


def plot_parts(report: Report, *, ax: Axes | None = None) -> Axes:
    """Draw how long each paragraph is, and which part of the report it belongs to.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new Axes if there are none.

    Returns
    -------
    matplotlib.axes.Axes
        One bar per paragraph, its height the number of sentences.

    Examples
    --------
    >>> from helpers import read_report
    >>> plot_parts(read_report()).get_ylabel()
    'Sentences'
    """
    check_report(report)
    counts = _sentences_by_paragraph(report)
    with plt.style.context(STYLE):
        ax = ax or new_axes(8, 3.4)
        places, bottom = np.arange(len(counts)), np.zeros(len(counts))
        for part, (colour, hatch) in PARTS.items():
            ax.bar(
                places, counts[part], bottom=bottom, color=colour, hatch=hatch,
                edgecolor=INK, linewidth=0.6, label=part.capitalize(),
            )  # fmt: skip
            bottom += counts[part].to_numpy()
        ax.set_xticks(places, counts.index)
        ax.yaxis.set_major_locator(MaxNLocator(integer=True))
        ax.set(
            xlabel=f"Numbered paragraph\n{report.note}",
            ylabel="Sentences",
            title=_parts_finding(counts),
        )
        ax.legend(frameon=False, loc="upper left")
    return ax


def describe_parts(report: Report) -> str:
    """Say in words what `plot_parts` shows.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.

    Returns
    -------
    str
        One or two sentences.

    Examples
    --------
    >>> from helpers import read_report
    >>> describe_parts(read_report()).split(":")[0]
    'Sentences by part'
    """
    check_report(report)
    counts = _sentences_by_paragraph(report)
    parts = ", ".join(
        f"{part} {column.sum()} (paragraph{listed(column.index[column > 0])})"
        for part, column in counts.items()
        if column.any()
    )
    return f"Sentences by part: {parts}."


def plot_mentions(entities: pd.DataFrame, report: Report, *, ax: Axes | None = None) -> Axes:
    r"""Draw where in the report each kind of entity is mentioned.

    Parameters
    ----------
    entities : pandas.DataFrame
        What `helpers.extract_entities` returned for `report`.
    report : Report
        What `helpers.read_report` returned.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new Axes if there are none.

    Returns
    -------
    matplotlib.axes.Axes
        One row per label, one column per paragraph or recommendation, the number of mentions
        in each.

    Examples
    --------
    >>> from helpers import extract_entities, read_report
    >>> report = read_report()
    >>> plot_mentions(extract_entities(report), report).get_xlabel().split("\n")[0]
    'Paragraph or recommendation'
    """
    entities = check_entities(entities, report)
    counts = _mentions_by_unit(entities, report)
    with plt.style.context(STYLE):
        ax = ax or new_axes(10.5, 3.8)
        draw_cells(ax, counts, top=counts.to_numpy().max())
        for (row, column), count in np.ndenumerate(counts.to_numpy()):
            if count:
                colour = ink_on(ax.images[0].to_rgba(np.asarray(count)))
                ax.text(column, row, count, ha="center", va="center", color=colour)
        ax.set(
            xlabel=f"Paragraph or recommendation\n{report.note}", title=_mentions_finding(counts)
        )
    return ax


def describe_mentions(entities: pd.DataFrame, report: Report) -> str:
    """Say in words what `plot_mentions` shows.

    Parameters
    ----------
    entities : pandas.DataFrame
        What `helpers.extract_entities` returned for `report`.
    report : Report
        What `helpers.read_report` returned.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> from helpers import extract_entities, read_report
    >>> report = read_report()
    >>> describe_mentions(extract_entities(report), report).split()[0]
    'Most'
    """
    entities = check_entities(entities, report)
    counts = _mentions_by_unit(entities, report)
    fullest = ", ".join(
        f"{name} in {row.idxmax()} ({row.max()})" for name, row in counts.iterrows()
    )
    return f"Most mentions of each kind, by paragraph or recommendation: {fullest}."


def _sentences_by_paragraph(report: Report) -> pd.DataFrame:
    """Count sentences: one row per paragraph, one column per part."""
    paragraph = report.sentences["unit"].str.replace(r"\(.*", "", regex=True)
    counts = pd.crosstab(paragraph, report.sentences["part"])
    return counts.reindex(report.paragraphs["paragraph"], columns=list(PARTS), fill_value=0)


def _mentions_by_unit(entities: pd.DataFrame, report: Report) -> pd.DataFrame:
    counts = pd.crosstab(entities["label"], entities["unit"])
    if counts.empty:
        raise TableError("entities: none of them stands in a paragraph, and there is none to draw.")
    labels = [*LABEL_NAMES, *counts.index.difference(list(LABEL_NAMES))]
    labels = [label for label in labels if label in counts.index]
    counts = counts.reindex(labels, columns=report.sentences["unit"].unique(), fill_value=0)
    return counts.rename(index=LABEL_NAMES).rename(index=capitalized)


def _parts_finding(counts: pd.DataFrame) -> str:
    totals = counts.sum(axis="columns")
    return (
        f"Paragraph {totals.idxmax()} holds {totals.max()} of the report's {totals.sum()} sentences"
    )


def _mentions_finding(counts: pd.DataFrame) -> str:
    totals = counts.sum(axis="columns")
    return f"{totals.idxmax()} are mentioned most: {totals.max()} of {totals.sum()} mentions"
