"""Ablation: the whole method is ours, and each variant lacks what it says."""

import pytest

from helpers import extract_entities, link_passages
from helpers.contract import TableError
from helpers.evaluation import (
    OUR_WEIGHTS,
    ablation,
    link_measures,
    read_gold_links,
    weight_grid,
)
from helpers.evaluation.ablation import WEIGHTS_TRIED, WITHOUT
from helpers.linking.passages import Features, cosines, stems, vectorize
from helpers.linking.topics import sides_of


@pytest.fixture(scope="module")
def entities(report):
    return extract_entities(report)


@pytest.fixture(scope="module")
def parts(report, entities):
    return ablation(report, entities, read_gold_links())


@pytest.fixture(scope="module")
def ours(report):
    return link_measures(link_passages(report), read_gold_links())


def test_nothing_left_out_is_our_method(parts, ours):
    assert parts.loc["all of it"].to_dict() == pytest.approx(ours.to_dict())


def test_every_part_left_out_makes_a_difference(parts):
    assert parts.index.tolist() == list(WITHOUT)
    assert not parts.duplicated().any()


def test_words_alone_are_the_cosine_of_stems(parts, report):
    sides = sides_of(report)[:2]
    alone = [[Features(stems_of, [], []) for stems_of in stems(side["text"])] for side in sides]
    alike = cosines(vectorize(*alone, stopword=1.0))
    links = link_passages(report).assign(score=alike.ravel())
    precision = link_measures(links, read_gold_links())["average precision"]
    assert parts.loc["words alone", "average precision"] == pytest.approx(precision)


def test_the_grid_holds_every_setting_once_and_ours_among_them(report, entities, ours):
    grid = weight_grid(report, entities, read_gold_links())
    assert len(grid) == 3 ** len(WEIGHTS_TRIED)
    assert not grid.duplicated(list(WEIGHTS_TRIED)).any()
    (row,) = grid[grid["ours"]].to_dict("records")
    assert {name: row[name] for name in OUR_WEIGHTS} == OUR_WEIGHTS
    assert row["average precision"] == pytest.approx(ours["average precision"])


@pytest.mark.parametrize("measure", [ablation, weight_grid])
def test_entities_of_a_bare_text_are_refused(measure, report):
    with pytest.raises(TableError, match="Entities of a bare text have none"):
        measure(report, extract_entities(report.text), read_gold_links())
