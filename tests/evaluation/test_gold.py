"""The gold of the bundled report: what it rests on, and how far its annotators agree."""

import pandas as pd
import pytest

from helpers import build_ledger
from helpers.evaluation import (
    agreement_on_entities,
    agreement_on_links,
    annotate,
    read_gold,
    read_gold_links,
    read_gold_statuses,
    read_links,
    read_pass,
)
from helpers.ledger import STATUSES
from helpers.resources import GOLD


@pytest.fixture(scope="module")
def gold(report):
    return read_gold(report)


def test_the_gold_is_what_both_passes_have(gold, report):
    assert len(gold) == len(read_pass("a", report)) == 109
    assert gold[["entity_id", "link", "text"]].notna().all(axis=None)


def test_every_name_of_the_gold_has_its_id():
    ids = pd.read_csv(GOLD / "ids.csv", dtype=str)
    assert not ids.duplicated(["label", "text"]).any()
    assert ids["link"].isin(["exact", "near", "none"]).all()


def test_every_difference_between_the_passes_is_decided_with_a_reason():
    table = pd.read_csv(GOLD / "adjudication.csv", dtype=str, keep_default_na=False)
    differences = {f"{one} -> {other}" for one, other in read_links("a") ^ read_links("b")}
    assert set(table.loc[table["kind"] == "link", "item"]) == differences
    assert table["reason"].ne("").all()


def test_the_gold_links_are_those_of_both_and_those_decided():
    assert (
        read_links("a") & read_links("b") <= read_gold_links() <= read_links("a") | read_links("b")
    )


def test_agreement_is_computed_for_each_label(report):
    table = agreement_on_entities(report)
    assert table.loc["all", ["a", "b"]].tolist() == [109, 109]
    assert (table["f1"] == 1).all()


def test_agreement_on_links_is_less_with_the_pass_made_before_the_guidelines(report):
    table = agreement_on_links(report)
    assert table["shared"].tolist() == [34, 30, 30]
    assert table.loc["a and b", "kappa"] > table.loc["a and c", "kappa"] > 0.8


def test_every_status_of_the_gold_is_one_of_the_ledgers():
    assert set(read_gold_statuses()) == set(STATUSES)


def test_the_ledger_says_what_the_annotators_say(report):
    gold = read_gold_statuses()
    ledger = build_ledger(report).set_index("entity_id")["status"]
    assert set(ledger.index) == set(gold.index)
    assert (ledger == gold[ledger.index]).mean() >= 0.95


def test_a_readers_marks_stand_where_their_words_do(report):
    marks = annotate(report, "8", [("women", "GROUP"), ("Bangkok Rules", "INSTRUMENT")])
    assert marks["start"].is_monotonic_increasing
    assert [report.text[row.start : row.end] for row in marks.itertuples()] == [*marks["text"]]
    assert set(marks["label"]) == {"GROUP", "INSTRUMENT"}


@pytest.mark.parametrize(
    ("unit", "names", "message"),
    [
        ("99", [], r"no paragraph '99'.*1, 2, 3"),
        ("8", [("women", "PEOPLE")], r"must be one of STATE, .*'PEOPLE' was given"),
        ("8", [("unicorns", "GROUP")], r"'unicorns' does not stand in 8"),
    ],
)
def test_a_mark_that_cannot_be_made_says_why(report, unit, names, message):
    with pytest.raises(ValueError, match=message):
        annotate(report, unit, names)
