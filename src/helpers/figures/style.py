"""One style for all figures, and how a figure is shown."""

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from IPython.display import Markdown, display
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from helpers.contract import TableError
from helpers.reading.report import NOTES

INK = "#1b1b1b"
QUIET = "#5a5a5a"
STYLE: dict[str, Any] = {
    "figure.dpi": 110,
    "font.size": 10,
    "axes.titlesize": 12,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}
# What is said where the rows of several reports stand together.
SOME = {
    "no": "some were not negotiated by the participants",
    "yes": "some were negotiated by the participants",
    "not said": "of some it is not said whether they were negotiated",
}


def show(ax: Axes, words: str, table: pd.DataFrame | None = None) -> None:
    """Show a figure in a notebook, with a text alternative, and in words below it.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        What a ``plot_`` function returned. Its figure is closed once it is shown.
    words : str
        What the ``describe_`` function of the same name returned.
    table : pandas.DataFrame, optional
        The numbers of a figure that holds more of them than words can say; they are folded away.

    Examples
    --------
    >>> from helpers import figures, read_report
    >>> report = read_report()
    >>> figures.show(figures.plot_parts(report), figures.describe_parts(report))
    Figure(880x374)
    <IPython.core.display.Markdown object>
    """
    display(ax.figure, metadata={"image/png": {"alt": text_alternative(ax)}})
    plt.close(ax.get_figure(root=True))
    text = words.replace("\n", "  \n")  # two blanks: each line stays one
    if table is not None:
        head = "<summary>The numbers of the figure</summary>"
        text += f"\n\n<details>\n{head}\n\n{table.to_html(border=0)}\n\n</details>"
    display(Markdown(text))


def text_alternative(ax: Axes) -> str:
    """Return the short text that stands for a figure where it is not seen: its finding.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        What a ``plot_`` function returned.

    Returns
    -------
    str
        The finding, and that the text below the figure says the rest.

    Examples
    --------
    >>> from helpers import figures, read_report
    >>> text_alternative(figures.plot_parts(read_report())).split(". ")[-1]
    'The text below describes it.'
    """
    finding = ax.get_title(loc="left") or ax.figure.get_suptitle()
    return f"Figure: {finding}. The text below describes it."


def note_of(table: pd.DataFrame) -> str:
    """Return what must stand under a figure of recommendations: whether they were negotiated."""
    values = table[["negotiated"]].to_numpy().ravel()
    known = [value for value in NOTES if value in values]
    if not known:
        raise TableError(
            f"negotiated must be one of {', '.join(NOTES)}, and none of them stands in the table. "
            "Pass what link_passages, mapping_matrix or build_ledger returned."
        )
    if len(known) == 1:
        return NOTES[known[0]]
    return f"Of the recommendations of several reports, {' and '.join(SOME[v] for v in known)}."


def new_axes(width: float, height: float) -> Axes:
    """Return the axes of a new figure, in inches, laid out so that nothing is cut off."""
    return plt.subplots(figsize=(width, height), layout="constrained")[1]


def ink_on(colour: ArrayLike) -> str:
    """Return "black" or "white": what letters can be read on a colour (red, green, blue, 0 to 1).

    Whichever differs more in lightness, by at least 4.5 to 1, as the Web Content Accessibility
    Guidelines 2.2 ask for and define it (relative luminance).
    """
    light = np.asarray(colour)[:3]
    light = np.where(light <= 0.04045, light / 12.92, ((light + 0.055) / 1.055) ** 2.4)
    return "white" if light @ (0.2126, 0.7152, 0.0722) < 0.179 else "black"


def draw_cells(ax: Axes, table: pd.DataFrame, *, top: float) -> None:
    """Draw a table as cells from white to dark blue, its heads as labels."""
    ax.imshow(table.to_numpy(dtype=float), cmap="Blues", vmin=0, vmax=1.15 * top, aspect="auto")
    ax.set_xticks(range(table.shape[1]), table.columns)
    ax.set_yticks(range(table.shape[0]), table.index)
    ax.set_xticks(np.arange(table.shape[1] + 1) - 0.5, minor=True)
    ax.set_yticks(np.arange(table.shape[0] + 1) - 0.5, minor=True)
    ax.grid(which="minor", color="white", linewidth=1.5)
    ax.tick_params(which="both", length=0)
    ax.spines[:].set_visible(False)


def capitalized(words: str) -> str:
    """Return words with their first letter as a capital."""
    return words[:1].upper() + words[1:]


def listed(numbers: pd.Index) -> str:
    """Say "s 3, 4 and 5" or " 3", to go behind "paragraph"."""
    *most, last = numbers
    return f"s {', '.join(most)} and {last}" if most else f" {last}"
