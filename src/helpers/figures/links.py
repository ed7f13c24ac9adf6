"""Figures of links: their scores, and the matrix."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from helpers.contract import LINK_COLUMNS, TableError, check_columns, check_values
from helpers.figures.style import INK, STYLE, draw_cells, ink_on, listed, new_axes, note_of
from helpers.linking.links import standing

MADE_BY = "link_passages(report)"
MATRIX_BLOCKS = ["strength", "linked", "verdict", "negotiated"]


def plot_scores(links: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how the scores of all pairs are spread, and where the linked ones begin.

    Parameters
    ----------
    links : pandas.DataFrame
        What `helpers.link_passages` returned.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new Axes if there are none.

    Returns
    -------
    matplotlib.axes.Axes
        A histogram of the scores: unlinked pairs, linked ones that are to be read, clear ones.

    Examples
    --------
    >>> from helpers import link_passages, read_report
    >>> plot_scores(link_passages(read_report())).get_ylabel()
    'Pairs of sentences'
    """
    check_columns(links, "links", LINK_COLUMNS, MADE_BY, rows=True)
    check_values(links)
    with plt.style.context(STYLE):
        ax = ax or new_axes(8, 3.4)
        edges = np.linspace(0, max(links["score"].max(), 0.1), 31).tolist()
        clear = links["verdict"] == "clear"
        groups = [
            links.loc[of, "score"] for of in (~links["linked"], links["linked"] & ~clear, clear)
        ]
        ax.hist(
            groups, bins=edges, stacked=True, color=["#d9d9d9", "#6baed6", "#08306b"],
            edgecolor=INK, linewidth=0.5, label=["Not linked", "Linked, to be read", "Clear"],
        )  # fmt: skip
        ax.set_yscale("log")
        ax.yaxis.set_major_formatter("{x:.0f}")
        ax.set(
            xlabel=f"Score (0 nothing in common, 1 the same)\n{note_of(links)}",
            ylabel="Pairs of sentences",
            title=_scores_finding(links),
        )
        ax.legend(frameon=False)
    return ax


def describe_scores(links: pd.DataFrame) -> str:
    """Say in words what `plot_scores` shows.

    Parameters
    ----------
    links : pandas.DataFrame
        What `helpers.link_passages` returned.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> from helpers import link_passages, read_report
    >>> describe_scores(link_passages(read_report())).split(" pairs")[0]
    '408'
    """
    check_columns(links, "links", LINK_COLUMNS, MADE_BY, rows=True)
    check_values(links)
    linked = links.loc[links["linked"], "score"]
    reach = f", with scores from {linked.min():.2f} to {linked.max():.2f}" if len(linked) else ""
    return (
        f"{len(links)} pairs: half of them score {links['score'].median():.2f} or less; "
        f"{len(linked)} are linked{reach}."
    )


def plot_matrix(matrix: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw which deliberation paragraphs stand behind which recommendation.

    Parameters
    ----------
    matrix : pandas.DataFrame
        What `helpers.mapping_matrix` returned.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new Axes if there are none.

    Returns
    -------
    matplotlib.axes.Axes
        A heatmap of the strengths; clear cells have a frame and bold figures, those that are to be
        read a line under theirs.

    Examples
    --------
    >>> from helpers import mapping_matrix, read_report
    >>> plot_matrix(mapping_matrix(read_report())).get_ylabel()
    'Recommendation'
    """
    matrix = _checked(matrix)
    strength, states = matrix["strength"], _states(matrix).to_numpy()
    with plt.style.context(STYLE):
        ax = ax or new_axes(8.4, 1.6 + 0.42 * len(strength))
        top = np.nanmax(strength.to_numpy())
        draw_cells(ax, strength, top=top)
        for (row, column), score in np.ndenumerate(strength.to_numpy()):
            _write_strength(ax, row, column, score, states[row, column])
        ax.set(
            xlabel=f"Deliberation paragraph (framed: clear, line: to be read)\n{note_of(matrix)}",
            ylabel="Recommendation",
            title=_matrix_finding(matrix),
        )
    return ax


def describe_matrix(matrix: pd.DataFrame) -> str:
    """Say in words what `plot_matrix` shows.

    Parameters
    ----------
    matrix : pandas.DataFrame
        What `helpers.mapping_matrix` returned.

    Returns
    -------
    str
        The paragraphs behind each recommendation, the strongest first.

    Examples
    --------
    >>> from helpers import mapping_matrix, read_report
    >>> describe_matrix(mapping_matrix(read_report())).splitlines()[5]
    '12(e): clear paragraph 9.'
    """
    matrix = _checked(matrix)
    states = _states(matrix)
    lines = ["Of several paragraphs the strongest comes first."]
    for recommendation, strengths in matrix["strength"].iterrows():
        ranked = strengths.sort_values(ascending=False, kind="stable").index
        own = states.loc[recommendation, ranked]
        clear, to_read = (ranked[own == state] for state in ("clear", "linked"))
        said = [f"clear paragraph{listed(clear)}"] if len(clear) else ["nothing is clear"]
        said += [f"to be read paragraph{listed(to_read)}"] if len(to_read) else []
        lines.append(f"{recommendation}: {'; '.join(said)}.")
    return "\n".join(lines)


def _checked(matrix: pd.DataFrame) -> pd.DataFrame:
    check_columns(matrix, "matrix", MATRIX_BLOCKS, "mapping_matrix(report)", rows=True)
    if matrix.columns.nlevels != 2:
        raise TableError(
            "matrix: it must have blocks of columns, as mapping_matrix(report) returns. From a CSV "
            "file it is read with header=[0, 1] and index_col=0."
        )
    return matrix.fillna({key: "" for key in matrix.columns if key[0] == "verdict"})


def _states(matrix: pd.DataFrame) -> pd.DataFrame:
    """Say of every cell how it stands to a reader."""
    blocks = (matrix[name].stack(future_stack=True) for name in ("linked", "verdict"))
    return standing(pd.concat(blocks, axis=1, keys=["linked", "verdict"])).unstack(sort=False)


def _write_strength(ax: Axes, row: int, column: int, score: float, state: str) -> None:
    if np.isnan(score):
        return
    colour = ink_on(ax.images[0].to_rgba(np.asarray(score)))
    weight = "bold" if state == "clear" else "normal"
    ax.text(
        column, row, f"{score:.2f}", ha="center", va="center", color=colour, weight=weight, size=9
    )
    if state == "linked":
        ax.plot([column - 0.22, column + 0.22], [row + 0.3] * 2, color=colour, linewidth=1)
    if state == "clear":  # a dark frame within a white one is seen on every colour
        for edge, width in (("white", 5), (INK, 2.2)):
            frame = Rectangle((column - 0.45, row - 0.42), 0.9, 0.84, fill=False)
            frame.set(edgecolor=edge, linewidth=width)
            ax.add_patch(frame)


def _scores_finding(links: pd.DataFrame) -> str:
    return (
        f"{links['linked'].sum()} of {len(links)} pairs are linked; "
        f"{(links['score'] == 0).mean():.0%} have nothing in common"
    )


def _matrix_finding(matrix: pd.DataFrame) -> str:
    clear, to_read = (_states(matrix) == state for state in ("clear", "linked"))
    behind, taken = clear.any(axis="columns").sum(), clear.any(axis="index").sum()
    return (
        f"Clear: {behind} of {clear.shape[0]} recommendations, {taken} of {clear.shape[1]} "
        f"paragraphs; {clear.to_numpy().sum()} of {clear.size} cells, "
        f"{to_read.to_numpy().sum()} more to be read"
    )
