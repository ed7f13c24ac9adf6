"""Figures: they draw where they are told, say their finding, and never show themselves."""

import re

import matplotlib.pyplot as plt
import pytest
from matplotlib.testing.compare import compare_images

from helpers import build_ledger, extract_entities, link_passages, mapping_matrix, read_report
from helpers import figures as f
from helpers.documents import DATA
from helpers.report import NOTE


@pytest.fixture(scope="module")
def drawings(report):
    """Give for each figure the function that draws it, and what it is given."""
    entities = extract_entities(report)
    ledger = build_ledger(report, entities)
    return {
        "parts": (f.plot_parts, f.describe_parts, (report,)),
        "mentions": (f.plot_mentions, f.describe_mentions, (entities, report)),
        "scores": (f.plot_scores, f.describe_scores, (link_passages(report),)),
        "matrix": (f.plot_matrix, f.describe_matrix, (mapping_matrix(report),)),
        "ledger": (f.plot_ledger, f.describe_ledger, (ledger,)),
        "concepts": (f.plot_concepts, f.describe_ledger, (ledger,)),
        "flow": (f.plot_flow, f.describe_flow, (ledger[ledger["label"] == "CRIME_TYPE"],)),
    }


@pytest.fixture(autouse=True)
def _closed_figures():
    yield
    plt.close("all")


FIGURES = ["parts", "mentions", "scores", "matrix", "ledger", "concepts", "flow"]


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_drawn_on_the_axes_it_is_given(drawings, name):
    plot, _, given = drawings[name]
    figure, ax = plt.subplots()
    assert plot(*given, ax=ax) is ax
    assert plt.get_fignums() == [figure.number]


@pytest.mark.parametrize("name", FIGURES)
def test_a_title_says_a_finding_with_its_numbers(drawings, name):
    plot, _, given = drawings[name]
    ax = plot(*given)
    assert re.search(r"\d", ax.get_title(loc="left") or ax.figure.get_suptitle())


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_has_its_words(drawings, name):
    _, describe, given = drawings[name]
    assert len(describe(*given).split()) > 8


@pytest.mark.parametrize("name", ["matrix", "ledger", "concepts", "flow"])
def test_figures_of_recommendations_say_that_they_were_not_negotiated(drawings, name):
    plot, _, given = drawings[name]
    assert NOTE in plot(*given).get_xlabel()


@pytest.mark.parametrize("name", FIGURES)
def test_no_text_is_cut_off(drawings, name):
    plot, _, given = drawings[name]
    figure = plot(*given).figure
    figure.canvas.draw()  # lays it out
    drawn = figure.get_tightbbox()  # in inches, as the figure's size is
    width, height = figure.get_size_inches()
    assert drawn.x0 > -0.02
    assert drawn.x1 < width + 0.02
    assert drawn.y0 > -0.02
    assert drawn.y1 < height + 0.02


@pytest.mark.parametrize("styles", [f.PARTS, f.STATUS_STYLES])
def test_colours_that_are_alike_in_grey_have_different_hatches(styles):
    greys = {name: (_grey(colour), hatch) for name, (colour, hatch) in styles.items()}
    for one, (grey, hatch) in greys.items():
        for other, (other_grey, other_hatch) in greys.items():
            assert one == other or hatch != other_hatch or abs(grey - other_grey) > 0.25


@pytest.mark.parametrize("colour", f.LABEL_COLOURS.values())
def test_black_text_is_legible_on_every_label(colour):
    assert (_grey(colour) + 0.05) / 0.05 > 7


def test_the_bars_stand_over_their_paragraphs(report):
    ax = f.plot_parts(report)
    assert [tick.get_text() for tick in ax.get_xticklabels()] == [str(n) for n in range(1, 13)]
    highest = max(ax.patches, key=lambda bar: bar.get_height())
    assert round(highest.get_x() + highest.get_width() / 2) == 11


def test_cells_between_two_topics_stay_empty():
    text = "".join(
        f"{letter}. Theme {letter}\n\nSummary of deliberations\n\n{n}. {word} and more.\n\n"
        f"Outcome of deliberations\n\n{n + 1}. The following:\n\n(a) {word}.\n\n"
        for letter, n, word in (("A", 1, "Schools"), ("B", 3, "Courts"))
    )
    matrix = mapping_matrix(read_report(text))
    assert matrix["strength"].isna().to_numpy().tolist() == [[False, True], [True, False]]
    assert len(f.plot_matrix(matrix).texts) == 2


def test_the_readmes_picture_is_the_figure_of_today(report, tmp_path):
    f.plot_matrix(mapping_matrix(report)).figure.savefig(tmp_path / "today.png")
    picture = DATA / "figures" / "mapping.png"
    (tmp_path / "picture.png").write_bytes(picture.read_bytes())
    assert compare_images(tmp_path / "picture.png", tmp_path / "today.png", tol=5) is None


def _grey(colour: str) -> float:
    """Give the relative luminance of a colour, as WCAG 2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
