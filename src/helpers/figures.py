"""The collection's figures, each with its finding as title, and each in words as well.

Every ``plot_`` function draws on the Axes it is given, or on new ones, and returns them; the
``describe_`` function of the same name says what the figure shows to those who do not see it.
Colours are told apart by lightness too, so that they survive grey printing and colour blindness.
"""

import re
import textwrap
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from IPython.display import Markdown, display
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from helpers.ledger import STATUSES
from helpers.report import UNKNOWN_NOTE, Report

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
# Dark to light in the order of the legend; hatches repeat the difference without colour.
PARTS = {
    "deliberations": ("#08519c", ""),
    "recommendations": ("#e08214", "//"),
    "procedural": ("#d9d9d9", ""),
}
STATUS_STYLES = {
    "carried": ("#08306b", ""),
    "generalised": ("#4292c6", "//"),
    "specialised": ("#9ecae1", ".."),
    "dropped": ("#f0f0f0", ""),
    "emerged": ("#e08214", "xx"),
}
LABEL_NAMES = {
    "STATE": "States",
    "INSTRUMENT": "instruments",
    "CRIME_TYPE": "crime types",
    "GOAL": "goals",
    "BODY": "bodies",
    "GROUP": "groups of people",
    "MEASURE": "measures",
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


NAME_REACH = 0.38  # how far the widest name of a flow reaches from the middle
NAMED = {"boxstyle": "round,pad=0.25", "facecolor": "white", "edgecolor": QUIET, "linewidth": 0.6}


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
    >>> from helpers import read_report
    >>> report = read_report()
    >>> show(plot_parts(report), describe_parts(report))
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
    """Give the short text that stands for a figure where it is not seen: its finding.

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
    >>> from helpers import read_report
    >>> text_alternative(plot_parts(read_report())).split(". ")[-1]
    'The text below describes it.'
    """
    finding = ax.get_title(loc="left") or ax.figure.get_suptitle()
    return f"Figure: {finding}. The text below describes it."


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
        One bar a paragraph, its height the number of sentences.

    Examples
    --------
    >>> from helpers import read_report
    >>> plot_parts(read_report()).get_ylabel()
    'Sentences'
    """
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
    counts = _sentences_by_paragraph(report)
    parts = ", ".join(
        f"{part} {column.sum()} (paragraph{_list(column.index[column > 0])})"
        for part, column in counts.items()
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
        One row a label, one column a paragraph or recommendation, the number of mentions in each.

    Examples
    --------
    >>> from helpers import extract_entities, read_report
    >>> report = read_report()
    >>> plot_mentions(extract_entities(report), report).get_xlabel().split("\n")[0]
    'Paragraph or recommendation'
    """
    counts = _mentions_by_unit(entities, report)
    with plt.style.context(STYLE):
        ax = ax or new_axes(10.5, 3.8)
        _draw_cells(ax, counts, top=counts.to_numpy().max())
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
    counts = _mentions_by_unit(entities, report)
    fullest = ", ".join(
        f"{name} in {row.idxmax()} ({row.max()})" for name, row in counts.iterrows()
    )
    return f"Most mentions of each kind, by paragraph or recommendation: {fullest}."


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
        A histogram of the scores, unlinked and linked pairs apart.

    Examples
    --------
    >>> from helpers import link_passages, read_report
    >>> plot_scores(link_passages(read_report())).get_ylabel()
    'Pairs of sentences'
    """
    with plt.style.context(STYLE):
        ax = ax or new_axes(8, 3.4)
        edges = np.linspace(0, max(links["score"].max(), 0.1), 31).tolist()
        groups = [links.loc[links["linked"] == linked, "score"] for linked in (False, True)]
        ax.hist(
            groups, bins=edges, stacked=True, color=["#d9d9d9", "#08519c"],
            edgecolor=INK, linewidth=0.5, label=["Not linked", "Linked"],
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
    linked = links.loc[links["linked"], "score"]
    return (
        f"{len(links)} pairs: half of them score {links['score'].median():.2f} or less; "
        f"{len(linked)} are linked, with scores from {linked.min():.2f} to {linked.max():.2f}."
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
        A heatmap of the strengths; linked cells have a frame and bold figures.

    Examples
    --------
    >>> from helpers import mapping_matrix, read_report
    >>> plot_matrix(mapping_matrix(read_report())).get_ylabel()
    'Recommendation'
    """
    strength, linked = matrix["strength"], matrix["linked"].to_numpy()
    with plt.style.context(STYLE):
        ax = ax or new_axes(8.4, 1.6 + 0.42 * len(strength))
        top = np.nanmax(strength.to_numpy())
        _draw_cells(ax, strength, top=top)
        for (row, column), score in np.ndenumerate(strength.to_numpy()):
            _write_strength(ax, row, column, score, linked=linked[row, column])
        ax.set(
            xlabel=f"Deliberation paragraph (framed: linked)\n{note_of(matrix)}",
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
    '12(e) is linked to paragraph 9.'
    """
    lines = ["Of several paragraphs the strongest comes first."]
    for recommendation, strengths in matrix["strength"].iterrows():
        strongest = strengths[matrix["linked"].loc[recommendation]].sort_values(ascending=False)
        what = "no paragraph" if strongest.empty else f"paragraph{_list(strongest.index)}"
        lines.append(f"{recommendation} is linked to {what}.")
    return "\n".join(lines)


def plot_ledger(ledger: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how many concepts of each kind were carried, generalised, specialised, dropped, emerged.

    Parameters
    ----------
    ledger : pandas.DataFrame
        What `helpers.build_ledger` returned.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new Axes if there are none.

    Returns
    -------
    matplotlib.axes.Axes
        One bar a kind, cut into the statuses, each with its count.

    Examples
    --------
    >>> from helpers import build_ledger, read_report
    >>> plot_ledger(build_ledger(read_report())).get_xlabel().splitlines()[0]
    'Number of concepts'
    """
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
        One line a kind of concept.

    Examples
    --------
    >>> from helpers import build_ledger, read_report
    >>> describe_ledger(build_ledger(read_report())).splitlines()[0].split(":")[0]
    'Crime types'
    """
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
        One row a concept, a mark under each part that names it, a line where both do.

    Examples
    --------
    >>> from helpers import build_ledger, read_report
    >>> ledger = build_ledger(read_report())
    >>> ax = plot_concepts(ledger[ledger["label"] == "INSTRUMENT"])
    >>> [label.get_text() for label in ax.get_xticklabels()]
    ['Deliberated', 'Recommended']
    """
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
    'Taken up: 1 of 5 deliberated instruments; added: 2'
    """
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
        One line a concept.

    Examples
    --------
    >>> from helpers import build_ledger, read_report
    >>> ledger = build_ledger(read_report())
    >>> describe_flow(ledger[ledger["entity_id"] == "un-cybercrime-convention"])
    'United Nations Convention against Cybercrime: from 5 to 12(c), carried.'
    """
    lines = []
    for row in ledger.itertuples():
        came, went = _units(row.deliberations), _units(row.recommendations)
        way = f"from {', '.join(came)}" * bool(came) + " " * bool(came and went)
        way += f"to {', '.join(went)}" * bool(went)
        lines.append(f"{row.name}: {way}, {row.status}.")
    return "\n".join(lines)


def note_of(table: pd.DataFrame) -> str:
    """Give what must stand under a figure of recommendations."""
    return table.attrs.get("note", UNKNOWN_NOTE)


def _units(sentences: list[str]) -> list[str]:
    """Give the paragraphs or recommendations of sentences, each once."""
    return list(dict.fromkeys(sentence.rsplit(".", 1)[0] for sentence in sentences))


def _units_of(column: pd.Series) -> list[str]:
    units = {unit for sentences in column for unit in _units(sentences)}
    return sorted(units, key=lambda unit: (int(re.sub(r"\D.*", "", unit) or 0), len(unit), unit))


def _spread(units: list[str], length: int) -> dict[str, float]:
    """Give each unit its height, so that they fill the length."""
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


def new_axes(width: float, height: float) -> Axes:
    """Make a figure with one pair of axes.

    Parameters
    ----------
    width, height : float
        Of the figure, in inches.

    Returns
    -------
    matplotlib.axes.Axes
        The axes; the figure is laid out so that nothing is cut off.

    Examples
    --------
    >>> new_axes(8, 3).figure.get_size_inches().tolist()
    [8.0, 3.0]
    """
    return plt.subplots(figsize=(width, height), layout="constrained")[1]


def _draw_cells(ax: Axes, table: pd.DataFrame, *, top: float) -> None:
    """Draw a table as cells from white to dark blue, its heads as labels."""
    ax.imshow(table.to_numpy(dtype=float), cmap="Blues", vmin=0, vmax=1.15 * top, aspect="auto")
    ax.set_xticks(range(table.shape[1]), table.columns)
    ax.set_yticks(range(table.shape[0]), table.index)
    ax.set_xticks(np.arange(table.shape[1] + 1) - 0.5, minor=True)
    ax.set_yticks(np.arange(table.shape[0] + 1) - 0.5, minor=True)
    ax.grid(which="minor", color="white", linewidth=1.5)
    ax.tick_params(which="both", length=0)
    ax.spines[:].set_visible(False)


def ink_on(colour: ArrayLike) -> str:
    """Choose the colour of letters that can be read on a colour.

    Parameters
    ----------
    colour : array_like of float
        Red, green and blue, each from 0 to 1; what follows does not count.

    Returns
    -------
    str
        "black" or "white", whichever differs more in lightness: by at least 4.5 to 1, as the Web
        Content Accessibility Guidelines 2.2 ask for and define it (relative luminance).

    Examples
    --------
    >>> ink_on((1, 1, 1)), ink_on((0, 0, 0.5))
    ('black', 'white')
    """
    light = np.asarray(colour)[:3]
    light = np.where(light <= 0.04045, light / 12.92, ((light + 0.055) / 1.055) ** 2.4)
    return "white" if light @ (0.2126, 0.7152, 0.0722) < 0.179 else "black"


def _write_strength(ax: Axes, row: int, column: int, score: float, *, linked: bool) -> None:
    if np.isnan(score):
        return
    colour, weight = ink_on(ax.images[0].to_rgba(np.asarray(score))), "bold" if linked else "normal"
    ax.text(
        column, row, f"{score:.2f}", ha="center", va="center", color=colour, weight=weight, size=9
    )
    if linked:  # a dark frame within a white one is seen on every colour
        for edge, width in (("white", 5), (INK, 2.2)):
            frame = plt.Rectangle((column - 0.45, row - 0.42), 0.9, 0.84, fill=False)
            frame.set(edgecolor=edge, linewidth=width)
            ax.add_patch(frame)


def _sentences_by_paragraph(report: Report) -> pd.DataFrame:
    """Count sentences: one row a paragraph, one column a part."""
    paragraph = report.sentences["unit"].str.replace(r"\(.*", "", regex=True)
    counts = pd.crosstab(paragraph, report.sentences["part"])
    return counts.reindex(report.paragraphs["paragraph"], columns=list(PARTS), fill_value=0)


def _mentions_by_unit(entities: pd.DataFrame, report: Report) -> pd.DataFrame:
    counts = pd.crosstab(entities["label"], entities["unit"])
    labels = [label for label in LABEL_NAMES if label in counts.index]
    counts = counts.reindex(labels, columns=report.sentences["unit"].unique(), fill_value=0)
    return counts.rename(index=LABEL_NAMES).rename(index=_capitalised)


def _status_counts(ledger: pd.DataFrame) -> pd.DataFrame:
    counts = pd.crosstab(ledger["label"], ledger["status"])
    counts = counts.reindex(columns=list(STATUSES), fill_value=0)
    counts = counts.loc[
        counts.sum(axis="columns").sort_values(ascending=False, kind="stable").index
    ]
    return counts.rename(index=LABEL_NAMES).rename(index=_capitalised)


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]


def _parts_finding(counts: pd.DataFrame) -> str:
    totals = counts.sum(axis="columns")
    return (
        f"Paragraph {totals.idxmax()} holds {totals.max()} of the report's {totals.sum()} sentences"
    )


def _mentions_finding(counts: pd.DataFrame) -> str:
    totals = counts.sum(axis="columns")
    return f"{totals.idxmax()} are mentioned most: {totals.max()} of {totals.sum()} mentions"


def _scores_finding(links: pd.DataFrame) -> str:
    return (
        f"{links['linked'].sum()} of {len(links)} pairs are linked; "
        f"{(links['score'] == 0).mean():.0%} have nothing in common"
    )


def _matrix_finding(matrix: pd.DataFrame) -> str:
    linked = matrix["linked"]
    behind, taken = linked.any(axis="columns").sum(), linked.any(axis="index").sum()
    return (
        f"Linked: {behind} of {linked.shape[0]} recommendations, "
        f"{taken} of {linked.shape[1]} paragraphs; {linked.to_numpy().sum()} of {linked.size} cells"
    )


def _ledger_finding(ledger: pd.DataFrame) -> str:
    labels = ledger["label"].unique()
    kind = LABEL_NAMES[labels[0]] if len(labels) == 1 else "concepts"
    deliberated = ledger[ledger["deliberations"].map(len) > 0]
    kept = deliberated["status"].isin(["carried", "generalised"]).sum()
    return (
        f"Taken up: {kept} of {len(deliberated)} deliberated {kind}; "
        f"added: {len(ledger) - len(deliberated)}"
    )


def _list(numbers: pd.Index) -> str:
    """Say "s 3, 4 and 5" or " 3", to go behind "paragraph"."""
    *most, last = numbers
    return f"s {', '.join(most)} and {last}" if most else f" {last}"
