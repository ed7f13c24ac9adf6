"""The gold of the bundled report: what it rests on, and how far its annotators agree."""

import pandas as pd
import pytest

from helpers import build_ledger, read_report
from helpers.contract import STATUSES, TableError
from helpers.evaluation import (
    agreement_on_entities,
    agreement_on_links,
    annotate,
    read_gold,
    read_gold_links,
    read_gold_statuses,
    read_links,
    read_model_entities,
    read_pass,
)
from helpers.evaluation import gold as gold_module
from helpers.resources import GOLD


@pytest.fixture(scope="module")
def gold(report):
    return read_gold(report)


def test_the_gold_is_what_both_passes_have(gold, report):
    assert len(gold) == len(read_pass("a", report)) == 109
    assert gold[["entity_id", "link", "text"]].notna().all(axis=None)


def test_no_name_of_the_gold_stands_for_two_things():
    ids = pd.read_csv(GOLD / "ids.csv", dtype=str)
    assert not ids.duplicated(["label", "text"]).any()
    assert ids["link"].isin(["exact", "near", "none"]).all()


def test_every_difference_between_the_passes_is_decided_with_a_reason():
    table = pd.read_csv(GOLD / "adjudication.csv", dtype=str, keep_default_na=False)
    differences = {f"{one} -> {other}" for one, other in read_links("a") ^ read_links("b")}
    assert set(table.loc[table["kind"] == "link", "item"]) == differences
    assert table["reason"].ne("").all()


def test_the_gold_links_are_those_of_both_and_those_decided(monkeypatch):
    both, one, other = ("1.1", "2(a).1"), ("1.2", "2(a).1"), ("1.3", "2(b).1")
    links = {"a": {both, one}, "b": {both, other}}
    monkeypatch.setattr(gold_module, "read_links", links.get)
    decisions = pd.DataFrame({
        "kind": "link", "item": ["1.2 -> 2(a).1", "1.3 -> 2(b).1"], "decision": ["no", "yes"],
    })  # fmt: skip
    monkeypatch.setattr(gold_module, "read_adjudication", lambda: decisions)
    assert read_gold_links() == {both, other}
    monkeypatch.setattr(gold_module, "read_adjudication", lambda: decisions.head(1))
    with pytest.raises(ValueError, match=r"no row of the kind 'link' for 1\.3 -> 2\(b\)\.1"):
        read_gold_links()


def test_what_annotators_differ_about_must_be_decided(report, monkeypatch):
    passes = {"a": read_pass("a", report), "b": read_pass("b", report).iloc[1:]}
    monkeypatch.setattr(gold_module, "read_pass", lambda annotator, _: passes[annotator])
    with pytest.raises(ValueError, match=r"no row of the kind 'entity' for \d+"):
        read_gold(report)
    nothing = pd.DataFrame({"kind": [], "item": [], "decision": []})
    monkeypatch.setattr(gold_module, "read_adjudication", lambda: nothing)
    with pytest.raises(ValueError, match=r"no row of the kind 'status' for .*scam-centres"):
        read_gold_statuses()


def test_agreement_on_entities_is_counted_by_label_and_for_all(report, monkeypatch):
    passes = {"a": read_pass("a", report)}
    passes["b"] = passes["a"].drop(index=passes["a"].index[passes["a"]["label"] == "STATE"][0])
    monkeypatch.setattr(gold_module, "read_pass", lambda annotator, _: passes[annotator])
    table = agreement_on_entities(report)
    assert table.loc["all", ["a", "b"]].tolist() == [109, 108]
    states = (passes["a"]["label"] == "STATE").sum()
    assert table.loc["STATE", "f1"] == pytest.approx(2 * (states - 1) / (2 * states - 1))
    assert (table["f1"] < 1).sum() == 2


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
        ("8", [(" ", "GROUP")], "needs words"),
    ],
)
def test_a_mark_that_cannot_be_made_says_why(report, unit, names, message):
    with pytest.raises(ValueError, match=message):
        annotate(report, unit, names)


OTHER = read_report(
    "Summary of deliberations\n\n1. Fraud.\n\nOutcome of deliberations\n\n2. Address fraud."
)


@pytest.mark.parametrize(
    "read", [read_gold, agreement_on_entities, agreement_on_links, read_model_entities]
)
def test_the_gold_of_one_report_is_not_laid_upon_another(read):
    with pytest.raises(TableError, match=r"the report that comes with the collection.*read_report"):
        read(OTHER)


def test_an_annotator_who_is_not_there_is_answered_with_those_who_are(report):
    with pytest.raises(ValueError, match=r"one of a, b, c, but 'd'"):
        read_links("d")
    with pytest.raises(ValueError, match=r"one of a, b, but 'c' .* others have noted no entities"):
        read_pass("c", report)
