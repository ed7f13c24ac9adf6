"""The figure of several meetings: themes by meetings."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from helpers.contract import check_columns
from helpers.figures.style import STYLE, draw_cells, ink_on, new_axes, note_of
from helpers.meetings import COMPARISON_COLUMNS, thematic_matrix

MADE_BY = "compare_reports(reports)"
NARROWEST = 9  # inches, with room for the longest theme and for the finding
LONGEST_MEETING = 14  # letters of a meeting's name that stand beside each other; longer ones slant


def plot_themes(comparison: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how many recommendations each meeting has under each theme.

    Parameters
    ----------
    comparison : pandas.DataFrame
        What `helpers.compare_reports` returned.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new Axes if there are none.

    Returns
    -------
    matplotlib.axes.Axes
        A heatmap: one row per theme, one column per meeting, each cell with its number; a theme
        without recommendations of a meeting has an empty cell.

    Examples
    --------
    >>> from helpers import compare_reports, read_report
    >>> comparison = compare_reports({"one": read_report(), "two": read_report()})
    >>> plot_themes(comparison).get_xlabel().splitlines()[0]
    'Meeting'
    """
    comparison = check_columns(comparison, "comparison", COMPARISON_COLUMNS, MADE_BY, rows=True)
    counts = thematic_matrix(comparison)
    with plt.style.context(STYLE):
        ax = ax or new_axes(max(NARROWEST, 5 + 0.9 * counts.shape[1]), 1.8 + 0.34 * len(counts))
        draw_cells(ax, counts, top=counts.to_numpy().max())
        for (row, column), count in np.ndenumerate(counts.to_numpy()):
            if count:
                colour = ink_on(ax.images[0].to_rgba(np.asarray(count)))
                ax.text(column, row, str(count), ha="center", va="center", color=colour, size=9)
        ax.set(
            xlabel=f"Meeting\n{note_of(comparison)}",
            ylabel="Theme",
            title=_finding(counts),
        )
        ax.xaxis.set_ticks_position("top")
        if max(map(len, map(str, counts.columns))) * counts.shape[1] > LONGEST_MEETING * 5:
            plt.setp(ax.get_xticklabels(), rotation=40, ha="left")
    return ax


def describe_themes(comparison: pd.DataFrame) -> str:
    """Say in words what `plot_themes` shows.

    Parameters
    ----------
    comparison : pandas.DataFrame
        What `helpers.compare_reports` returned.

    Returns
    -------
    str
        One line per theme, with the meetings that recommend something of it.

    Examples
    --------
    >>> from helpers import compare_reports, read_report
    >>> comparison = compare_reports({"one": read_report(), "two": read_report()})
    >>> describe_themes(comparison).splitlines()[0]
    'Corruption: one 1, two 1.'
    """
    comparison = check_columns(comparison, "comparison", COMPARISON_COLUMNS, MADE_BY, rows=True)
    lines = []
    for theme, counts in thematic_matrix(comparison).iterrows():
        some = [f"{meeting} {count}" for meeting, count in counts.items() if count]
        none = [str(meeting) for meeting, count in counts.items() if not count]
        without = f"; none: {', '.join(none)}" if none else ""
        lines.append(f"{theme}: {', '.join(some)}{without}.")
    return "\n".join(lines)


def _finding(counts: pd.DataFrame) -> str:
    """Say how many themes all meetings share, and how many only one has."""
    meetings = (counts > 0).sum(axis="columns")
    everywhere, alone = (meetings == counts.shape[1]).sum(), (meetings == 1).sum()
    return f"Of {len(counts)} themes all meetings recommend on {everywhere}, only one on {alone}"
