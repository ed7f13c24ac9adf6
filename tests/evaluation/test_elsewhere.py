"""Links of other reports: what is kept of them, and how they are measured."""

from hashlib import sha256

import pandas as pd
import pytest

from helpers import read_report
from helpers.contract import PAIR
from helpers.evaluation import elsewhere, read_links_by_report
from helpers.evaluation.elsewhere import (
    ANNOTATORS,
    BUNDLED,
    bundled_units,
    find_units,
    rates_elsewhere,
    read_unit_links,
    read_units,
    score_links_elsewhere,
)
from helpers.evaluation.metrics import rank_links
from helpers.linking.links import METHODS, link_passages, links_by_unit

TEXT = """Summary of deliberations

1. Speakers stressed extradition.

2. Young people need education in prisons.

Outcome of deliberations

3. The following:

(a) Educate young people in prisons;

(b) Strengthen extradition.
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder with one annotated report; its second recommendation is read otherwise."""
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    texts = {
        "1": "Speakers stressed extradition.",
        "2": "Young people need education in prisons.",
        "3(a)": "Educate young people in prisons;",
        "3(b)": "Another text.",
    }
    units = pd.DataFrame(
        {
            "report": "one",
            "file": "one.txt",
            "part": ["deliberations"] * 2 + ["recommendations"] * 2,
            "unit": list(texts),
            "sha256": [sha256(text.encode()).hexdigest() for text in texts.values()],
        }
    )
    links = pd.DataFrame({
        "report": "one", "deliberation": ["2", "1"], "recommendation": ["3(a)", "3(b)"], "grade": 2,
    })  # fmt: skip
    monkeypatch.setattr(elsewhere, "read_units", lambda: units)
    monkeypatch.setattr(elsewhere, "read_unit_links", lambda _: links)
    return tmp_path


def test_every_link_is_between_units_that_are_kept():
    units = read_units().groupby(["report", "part"])["unit"].agg(set)
    for annotator in ANNOTATORS:
        for row in read_unit_links(annotator).itertuples():
            assert row.deliberation in units[row.report, "deliberations"]
            assert row.recommendation in units[row.report, "recommendations"]


def test_units_are_found_by_their_text_and_what_is_read_otherwise_is_left_out(folder):
    units = find_units(folder)["one"]
    assert units.deliberations.index.tolist() == ["1", "2"]
    assert units.recommendations.to_dict() == {"3(a)": "Educate young people in prisons;"}
    assert units.links == [{("2", "3(a)")}] * 2


def test_what_is_measured_is_what_the_collection_links(report):
    """Of the bundled report the units hold every sentence, so that both ways must agree."""
    links = links_by_unit(link_passages(report), report)
    row = score_links_elsewhere({BUNDLED: bundled_units(report)}).set_index("method").loc["joined"]
    assert row["linked"] == links["linked"].sum()
    assert row["clear"] == (links["verdict"] == "clear").sum()


def test_the_rates_of_a_report_are_settled_on_the_others(folder):
    units = {BUNDLED: bundled_units(read_report()), **find_units(folder)}
    rates = rates_elsewhere(units).set_index("report")
    apart = {"one": units["one"], "again": units["one"]}
    assert rates.loc[BUNDLED, "link_rate"] == rates_elsewhere(apart)["link_rate"].iloc[0]


def test_measures_are_the_mean_over_the_passes():
    units = bundled_units(read_report())
    table = score_links_elsewhere({BUNDLED: units}).set_index("method")
    pairs = pd.MultiIndex.from_product(
        [units.deliberations.index, units.recommendations.index], names=PAIR
    )
    scores = METHODS["tfidf"](list(units.deliberations), list(units.recommendations))
    ranked = pd.DataFrame({"score": scores.ravel()}, index=pairs).reset_index()
    mean = sum(rank_links(ranked, gold) for gold in units.links) / 2
    assert table.loc["tfidf", "average_precision"] == pytest.approx(mean)


def test_the_measured_figures_of_the_bundled_report_are_todays():
    frozen = read_links_by_report().query("report == @BUNDLED and method in @METHODS")
    today = score_links_elsewhere({BUNDLED: bundled_units(read_report())}).round(4)
    pd.testing.assert_frame_equal(frozen.reset_index(drop=True), today, check_dtype=False)


def test_on_every_report_ours_ranks_above_the_peers():
    table = read_links_by_report().query("method in @METHODS")
    precision = table.pivot(index="report", columns="method", values="average_precision")
    assert precision.idxmax(axis="columns").eq("joined").all()
    assert BUNDLED in precision.index
