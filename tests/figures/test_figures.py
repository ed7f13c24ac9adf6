"""Figures: they draw where they are told, say their finding, and never show themselves."""

import re

import matplotlib.colors
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.testing.compare import compare_images

from helpers import (
    build_ledger,
    compare_reports,
    extract_entities,
    link_passages,
    mapping_matrix,
    read_report,
)
from helpers import figures as f
from helpers.contract import LABEL_NAMES, STATUSES, TableError
from helpers.evaluation.comparison import read_links_by_report
from helpers.evaluation.gold import agreement_on_links, read_gold_links
from helpers.evaluation.metrics import score_links, threshold_curve
from helpers.evaluation.uncertainty import judge_links, permutation_test
from helpers.figures import ledger as ledger_figures
from helpers.figures import report as report_figures
from helpers.figures import style
from helpers.linking import chance_of_report, link_threshold
from helpers.names import TABLES
from helpers.reading.report import NOTES
from helpers.resources import DATA


@pytest.fixture(scope="module")
def drawings(report):
    """Return for each figure the function that draws it, and what it is given."""
    entities = extract_entities(report)
    ledger, links = build_ledger(report, entities), link_passages(report, entities=entities)
    line = link_threshold(links["score"].to_numpy(), chance_of_report(report))
    methods = score_links(links, read_gold_links()).rename_axis(columns="ours, by measure")
    curve = threshold_curve(links, read_gold_links())
    chance = permutation_test(report, entities=entities, permutations=49)
    judged = judge_links(report, links=links, entities=entities)
    two = {"one": report, "two": report}
    return {
        "parts": (f.plot_parts, f.describe_parts, (report,)),
        "mentions": (f.plot_mentions, f.describe_mentions, (entities, report)),
        "scores": (f.plot_scores, f.describe_scores, (links,)),
        "matrix": (f.plot_matrix, f.describe_matrix, (mapping_matrix(report),)),
        "ledger": (f.plot_ledger, f.describe_ledger, (ledger,)),
        "concepts": (f.plot_concepts, f.describe_ledger, (ledger,)),
        "methods": (f.plot_methods, f.describe_methods, (methods,)),
        "thresholds": (f.plot_thresholds, f.describe_thresholds, (curve, line)),
        "agreement": (f.plot_agreement, f.describe_agreement, (agreement_on_links(report),)),
        "reports": (f.plot_reports, f.describe_reports, (read_links_by_report(),)),
        "chance": (f.plot_chance, f.describe_chance, (chance,)),
        "certainty": (f.plot_certainty, f.describe_certainty, (judged, line)),
        "themes": (f.plot_themes, f.describe_themes, (compare_reports(two),)),
        "flow": (f.plot_flow, f.describe_flow, (ledger[ledger["label"] == "CRIME_TYPE"],)),
    }


@pytest.fixture(autouse=True)
def _closed_figures():
    plt.close("all")  # what examples elsewhere have left open
    yield
    plt.close("all")


FIGURES = [
    "parts", "mentions", "scores", "matrix", "ledger", "concepts", "flow",
    "methods", "thresholds", "agreement", "reports", "chance", "certainty",
    "themes",
]  # fmt: skip


def test_every_figure_is_tried_here(drawings):
    tried = {plot.__name__ for plot, _, _ in drawings.values()}
    assert tried == {name for name in f.__all__ if name.startswith("plot_")}
    assert set(FIGURES) == set(drawings)


def test_every_status_and_every_label_has_its_looks():
    assert tuple(ledger_figures.STATUS_STYLES) == STATUSES
    assert set(ledger_figures.TAKEN_UP) <= set(STATUSES)
    assert list(LABEL_NAMES) == list(TABLES)
    assert list(f.LABEL_COLOURS) == list(TABLES)


OF_RECOMMENDATIONS = sorted(set(FIGURES) - {"methods", "agreement", "reports", "chance"})


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
    assert re.search(r"(?<!F)\d", ax.get_title(loc="left") or ax.figure.get_suptitle())


def test_a_figure_is_shown_with_its_finding_as_text_alternative_and_its_words_below(
    report, monkeypatch
):
    shown = []
    monkeypatch.setattr(style, "display", lambda *what, **how: shown.append((what, how)))
    ax = f.plot_parts(report)
    f.show(ax, "Two lines.\nOf words.")
    (_, how), ((words,), _) = shown
    assert ax.get_title(loc="left") in how["metadata"]["image/png"]["alt"]
    assert words.data == "Two lines.  \nOf words."
    assert not plt.get_fignums()


def test_the_numbers_of_a_figure_are_folded_below_its_words(report, monkeypatch):
    shown = []
    monkeypatch.setattr(style, "display", lambda *what, **_: shown.extend(what))
    f.show(f.plot_parts(report), "Words.", pd.DataFrame({"sentences": [7]}, index=["3"]))
    words, numbers = shown[-1].data.split("\n\n<details>\n<summary>")
    assert words == "Words."
    assert "<th>3</th>" in numbers
    assert "\n\n\n" not in numbers  # a blank line inside would end the table in Markdown


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_has_its_words(drawings, name):
    _, describe, given = drawings[name]
    assert len(describe(*given).split()) > 8


@pytest.mark.parametrize("name", OF_RECOMMENDATIONS)
def test_figures_of_recommendations_say_that_they_were_not_negotiated(drawings, name):
    plot, _, given = drawings[name]
    assert NOTES["no"] in plot(*given).get_xlabel()


def test_a_report_that_does_not_say_whether_they_were_is_not_spoken_for(drawings):
    plot, _, (ledger,) = drawings["ledger"]
    assert NOTES["not said"] in plot(ledger.assign(negotiated="not said")).get_xlabel()


def test_the_note_comes_back_from_a_file(drawings, tmp_path):
    plot, _, (links,) = drawings["scores"]
    links.to_csv(tmp_path / "links.csv", index=False)
    assert NOTES["no"] in plot(pd.read_csv(tmp_path / "links.csv")).get_xlabel()


def test_of_two_reports_both_notes_are_said(drawings):
    plot, _, (links,) = drawings["scores"]
    other = links.assign(negotiated="not said", deliberation="b:" + links["deliberation"])
    said = plot(pd.concat([links, other])).get_xlabel()
    assert "some were not negotiated" in said
    assert "of some it is not said" in said
    assert not any(note in said for note in NOTES.values())


def test_a_note_that_a_merge_has_lost_is_not_made_up(drawings):
    plot, _, (links,) = drawings["scores"]
    assert NOTES["no"] in plot(links.assign(negotiated=["no"] + [None] * 407)).get_xlabel()
    with pytest.raises(TableError, match="negotiated must be one of no, yes, not said"):
        plot(links.assign(negotiated=None))


def test_a_matrix_comes_back_from_a_file(drawings, tmp_path):
    plot, describe, (matrix,) = drawings["matrix"]
    matrix.to_csv(tmp_path / "matrix.csv")
    again = pd.read_csv(tmp_path / "matrix.csv", header=[0, 1], index_col=0)
    assert NOTES["no"] in plot(again).get_xlabel()
    assert describe(again) == describe(matrix)
    with pytest.raises(TableError, match=r"read with header=\[0, 1\]"):
        plot(matrix["strength"].assign(strength=1.0, linked=True, verdict="", negotiated="no"))


@pytest.mark.parametrize("name", ["scores", "matrix", "ledger", "flow", "thresholds", "certainty"])
def test_nothing_is_drawn_of_nothing(drawings, name):
    plot, _, (table, *more) = drawings[name]
    with pytest.raises(TableError, match="there is no row"):
        plot(table.head(0), *more)


def test_pairs_that_are_not_linked_are_called_pairs(report):
    links = link_passages(report)
    judged = judge_links(report, links=links, pairs=links[links["deliberation"] == "7.2"])
    assert "17 pairs, linked or not, keep" in f.plot_certainty(judged, 0.15).get_title(loc="left")
    assert f.describe_certainty(judged, 0.15).startswith("Of 17 pairs, linked or not,")


def test_a_curve_is_read_in_its_order_whatever_the_order_of_its_rows(drawings):
    _, describe, (curve, threshold) = drawings["thresholds"]
    assert describe(curve.iloc[::-1], threshold) == describe(curve, threshold)


def test_where_nothing_is_linked_no_scores_of_links_are_said(drawings):
    _, describe, (links,) = drawings["scores"]
    assert describe(links.assign(linked=False)).endswith("0 are linked.")


def test_a_report_of_one_part_is_described_by_that_part():
    words = f.describe_parts(read_report("Summary of deliberations\n\n1. Speakers spoke."))
    assert words == "Sentences by part: deliberations 1 (paragraph 1)."


def test_a_label_of_another_pipeline_has_its_row(drawings, report):
    _, _, (entities, _) = drawings["mentions"]
    other = entities.assign(label=entities["label"].replace("BODY", "ORG"))
    assert f.plot_mentions(other, report).get_yticklabels()[-1].get_text() == "ORG"


def test_a_report_that_names_nothing_has_no_mentions_to_draw():
    nothing = read_report("Summary of deliberations\n\n1. It was so.")
    with pytest.raises(TableError, match="there is none to draw"):
        f.plot_mentions(extract_entities(nothing), nothing)


NEEDED = {
    "mentions": "label", "scores": "negotiated", "matrix": "linked", "ledger": "status",
    "concepts": "via", "flow": "deliberations", "methods": "low", "thresholds": "f1",
    "agreement": "f1", "reports": "linked_f1", "certainty": "methods",
    "themes": "theme",
}  # fmt: skip


@pytest.mark.parametrize(("name", "column"), NEEDED.items())
def test_a_table_that_lacks_a_column_is_refused_and_none_is_drawn(drawings, name, column):
    plot, describe, (given, *more) = drawings[name]
    level = 0 if given.columns.nlevels > 1 else None
    for step in (plot, describe):
        with pytest.raises(TableError, match=f"the column '{column}' is missing"):
            step(given.drop(columns=column, level=level), *more)
    assert not plt.get_fignums()


def test_a_way_leads_through_every_concept_that_is_carried(drawings):
    plot, _, (ledger,) = drawings["flow"]
    ways = plot(ledger).patches
    ends = ledger["deliberations"].map(ledger_figures._units).map(len) + ledger[
        "recommendations"
    ].map(ledger_figures._units).map(len)
    assert len(ways) == ends.sum()
    broken = [way for way in ways if way.get_linestyle() != "solid"]
    through = (ledger["deliberations"].map(len) > 0) & (ledger["recommendations"].map(len) > 0)
    assert len(broken) == ends[~through].sum()


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


@pytest.mark.parametrize("styles", [report_figures.PARTS, ledger_figures.STATUS_STYLES])
def test_colours_that_are_alike_in_grey_have_different_hatches(styles):
    greys = {name: (luminance(colour), hatch) for name, (colour, hatch) in styles.items()}
    for one, (grey, hatch) in greys.items():
        for other, (other_grey, other_hatch) in greys.items():
            assert one == other or hatch != other_hatch or abs(grey - other_grey) > 0.25


@pytest.mark.parametrize("colour", f.LABEL_COLOURS.values())
def test_black_text_is_legible_on_every_label(colour):
    assert (luminance(colour) + 0.05) / 0.05 > 7


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


def test_letters_can_be_read_on_every_colour_of_a_heatmap():
    for place in range(256):
        colour = plt.get_cmap("Blues")(place)
        low, high = sorted(map(luminance, (colour, style.ink_on(colour))))
        assert (high + 0.05) / (low + 0.05) >= 4.5


def luminance(colour):
    """Return the relative luminance of a colour, as WCAG 2 defines it."""
    channels = matplotlib.colors.to_rgb(colour)
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
