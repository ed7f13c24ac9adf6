"""Metrics: the four schemes, measures of links, intervals and mistakes."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from nervaluate import Evaluator
from sklearn.metrics import average_precision_score

from helpers import extract_entities, link_passages
from helpers.contract import PAIR, TableError
from helpers.evaluation import read_gold, read_gold_links
from helpers.evaluation.metrics import (
    SCHEMES,
    Counts,
    _best_threshold,
    _curve,
    bootstrap_f1,
    entity_errors,
    link_measures,
    score_entities,
    score_entity_linking,
    score_links,
    threshold_curve,
)

LABELS = ["STATE", "INSTRUMENT", "CRIME_TYPE"]
COUNTS = ["correct", "incorrect", "partial", "missed", "spurious"]


def spans(*rows: tuple[int, int, str]) -> pd.DataFrame:
    """Return a table of entities."""
    return pd.DataFrame(rows, columns=["start", "end", "label"]).astype({"start": int, "end": int})


def inclusive(table: pd.DataFrame) -> list[dict[str, object]]:
    """Return entities as nervaluate takes them."""
    return [{"start": r.start, "end": r.end - 1, "label": r.label} for r in table.itertuples()]


def _one_after_another(steps):
    end = 0
    for gap, length, label in steps:
        start, end = end + gap, end + gap + length
        yield start, end, label


# Entities do not overlap: each begins where the one before has ended, or later.
TABLES = st.lists(
    st.tuples(st.integers(0, 2), st.integers(1, 3), st.sampled_from(LABELS)), max_size=6
).map(lambda steps: spans(*_one_after_another(steps)))


@pytest.fixture(scope="module")
def gold(report):
    return read_gold(report)


@pytest.mark.parametrize(
    ("found", "strict", "exact", "partial", "kind"),
    [
        (spans((0, 10, "STATE")), 1, 1, 1, 1),
        (spans((0, 10, "BODY")), 0, 1, 1, 0),
        (spans((2, 10, "STATE")), 0, 0, 0.5, 1),
        (spans((2, 10, "BODY")), 0, 0, 0.5, 0),
        (spans((20, 30, "STATE")), 0, 0, 0, 0),
        (spans(), 0, 0, 0, 0),
    ],
)
def test_each_scheme_forgives_something_else(found, strict, exact, partial, kind):
    scores = score_entities(spans((0, 10, "STATE")), found).loc["all", "f1"]
    assert scores[list(SCHEMES)].tolist() == [strict, exact, partial, kind]


@given(TABLES, TABLES)
def test_the_scores_are_those_of_nervaluate(gold, found):
    # It needs something on both sides, takes ends as inclusive, and settles by its own order
    # what overlaps more than one counterpart.
    overlaps = [
        (one.Index, other.Index)
        for one in gold.itertuples()
        for other in found.itertuples()
        if one.start < other.end and other.start < one.end
    ]
    assume(len(gold) and len(found))
    assume(all(len(side) == len(set(side)) for side in zip(*overlaps, strict=True)))
    theirs = Evaluator([inclusive(gold)], [inclusive(found)], tags=LABELS).evaluate()["overall"]
    ours = score_entities(gold, found).loc["all"]
    for scheme, name in zip(SCHEMES, ("strict", "exact", "partial", "ent_type"), strict=True):
        numbers = [getattr(theirs[name], count) for count in COUNTS]
        assert ours.loc[scheme, COUNTS].tolist() == numbers
        assert ours.loc[scheme, "f1"] == pytest.approx(theirs[name].f1)


@given(TABLES)
def test_gold_against_itself_is_perfect(gold):
    scores = score_entities(gold, gold)
    assert (scores["f1"] == (1.0 if len(gold) else 0.0)).all()


def test_precision_falls_with_the_spurious_and_recall_with_the_missed():
    gold = spans((0, 5, "STATE"), (10, 15, "STATE"))
    scores = score_entities(gold, spans((0, 5, "STATE"), (20, 25, "STATE"), (30, 35, "STATE")))
    strict = scores.loc[("all", "strict")]
    assert (strict["precision"], strict["recall"]) == (pytest.approx(1 / 3), 1 / 2)


def test_the_extraction_meets_what_is_asked_of_it_on_this_report(gold, report):
    found = extract_entities(report)
    three = [table[table["label"].isin(LABELS)] for table in (gold, found)]
    assert score_entities(*three).loc[("all", "strict"), "f1"] >= 0.99
    assert score_entities(gold, found).loc[("all", "strict"), "f1"] >= 0.95
    assert score_entity_linking(gold, found)["id"] >= 0.99


def test_an_interval_holds_its_score_and_comes_out_the_same_again(gold, report):
    worse = gold[gold.index % 3 > 0]
    f1 = score_entities(gold, worse).loc[("all", "strict"), "f1"]
    low, high = bootstrap_f1(gold, worse)
    assert low < f1 < high
    assert (low, high) == bootstrap_f1(gold, worse)


def test_an_unknown_scheme_is_answered_with_the_valid_ones(gold):
    with pytest.raises(ValueError, match="scheme must be one of strict, exact, partial, type"):
        bootstrap_f1(gold, gold, scheme="loose")


def test_every_mistake_is_listed_by_its_kind_with_its_words_and_its_place(report):
    def entities(*rows):
        columns = ["text", "label", "entity_id", "link"]
        table = pd.DataFrame(rows, columns=columns)
        start = table["text"].map(report.text.index)
        return table.assign(start=start, end=start + table["text"].str.len())

    gold = entities(
        ("Asia and Pacific", "BODY", "ap", "none"),  # stands in no sentence
        ("Bangkok Rules", "INSTRUMENT", "bangkok-rules", "exact"),
        ("scam centres", "CRIME_TYPE", "scam-centres", "near"),
        ("extradition", "MEASURE", "extradition", "exact"),
        ("mutual legal assistance", "MEASURE", "mla", "exact"),
    )
    found = entities(
        ("The Bangkok Rules", "INSTRUMENT", "bangkok-rules", "exact"),
        ("scam centres", "MEASURE", "scam-centres", "near"),
        ("extradition", "MEASURE", "expulsion", "exact"),
        ("mutual legal assistance", "MEASURE", "mla", "near"),
        ("cross-border", "MEASURE", "cross-border", "none"),
    )
    errors = entity_errors(gold, found, report)
    assert errors.columns.tolist() == ["kind", "gold", "predicted", "sentence", "context"]
    assert errors.drop(columns="context").to_numpy().tolist() == [
        ["missed", "BODY Asia and Pacific", "", ""],
        ["spurious", "", "MEASURE cross-border", "6.1"],
        ["wrong span", "INSTRUMENT Bangkok Rules", "INSTRUMENT The Bangkok Rules", "8.2"],
        ["wrong label", "CRIME_TYPE scam centres", "MEASURE scam centres", "5.1"],
        ["wrong id", "MEASURE extradition (extradition)", "MEASURE extradition (expulsion)", "6.1"],
        ["wrong grade", "MEASURE mutual legal assistance (exact)",
         "MEASURE mutual legal assistance (near)", "6.1"],
    ]  # fmt: skip
    assert not errors["context"].str.contains("\n").any()
    before, after = errors["context"][4].split("extradition")
    assert (len(before), len(after)) == (40, 40)
    assert errors["context"][4] in report.text


def test_counts_are_added_up():
    assert Counts(1, 2, 3, 4, 5) + Counts(1, 1, 1, 1, 1) == Counts(2, 3, 4, 5, 6)


def test_a_prediction_of_the_very_span_takes_it_before_one_that_overlaps_it():
    gold = spans((0, 10, "STATE"), (20, 30, "BODY"))
    found = spans((5, 12, "STATE"), (0, 10, "STATE"), (20, 30, "BODY"))
    strict = score_entities(gold, found).loc[("all", "strict")]
    assert (strict["correct"], strict["spurious"]) == (2, 1)


def test_scores_are_told_by_label_and_scheme():
    scores = score_entities(spans((0, 5, "STATE")), spans((0, 5, "STATE"), (7, 9, "BODY")))
    assert scores.index.names == ["label", "scheme"]
    labels = scores.index.get_level_values("label").unique().tolist()
    assert labels == ["STATE", "BODY", "all"]
    assert scores.loc[("BODY", "strict"), ["precision", "spurious"]].tolist() == [0, 1]


def test_entity_linking_looks_at_what_has_the_same_span_and_label():
    gold = spans((0, 5, "STATE"), (7, 9, "BODY"), (11, 12, "BODY")).assign(
        entity_id=["PER", "un", "ilo"], link=["exact", "exact", "near"]
    )
    found = gold.iloc[:2].assign(entity_id=["PRY", "un"], link=["exact", "none"])
    linking = score_entity_linking(gold, found)
    assert linking.to_dict() == {"entities": 2, "id": 0.5, "grade": 0.5}


def test_each_scheme_has_its_own_interval():
    gold = spans(*((n, n + 5, "STATE") for n in range(0, 100, 10)))
    gold = gold.assign(sentence=[f"1.{n}" for n in range(10)])
    half = gold.assign(end=gold["end"] - (gold.index % 2))
    strict, partial, kind = (
        bootstrap_f1(gold, half, scheme=scheme) for scheme in ("strict", "partial", "type")
    )
    assert strict[0] < 0.5 < strict[1] < 1
    assert partial == pytest.approx(tuple((1 + end) / 2 for end in strict))
    assert kind == (1, 1)


@pytest.mark.parametrize("what", ["gold", "predicted"])
def test_a_table_without_spans_is_refused_by_its_name(what):
    tables = {"gold": spans(), "predicted": spans()}
    tables[what] = tables[what].drop(columns="end")
    with pytest.raises(TableError, match=rf"^{what}: the column 'end' is missing.*read_gold"):
        score_entities(**tables)


PAIRS = pd.MultiIndex.from_product(
    [["3.1", "3.2", "4.1"], ["12(a).1", "12(b).1"]], names=["deliberation", "recommendation"]
)
RIGHT = {("3.1", "12(a).1"), ("4.1", "12(b).1")}


def _scored(scores):
    return PAIRS.to_frame(index=False).assign(score=scores, negotiated="no")


def test_links_ranked_before_all_others_are_perfect():
    measures = link_measures(_scored([0.9, 0, 0, 0, 0, 0.8]), RIGHT)
    ranking = ["average precision", "mean average precision", "hit@1", "hit@1 back"]
    assert (measures[ranking] == 1).all()


def test_a_sentence_without_a_gold_link_asks_for_none():
    measures = link_measures(_scored([0.9, 0, 0, 0.7, 0, 0.8]), RIGHT)
    assert measures["hit@1"] == 1
    assert measures["hit@1 back"] == 1


def _average_precision(links, gold):
    truth = links.set_index(["deliberation", "recommendation"]).index.isin(sorted(gold))
    return average_precision_score(truth, links["score"])


def test_average_precision_is_that_of_scikit_learn(report):
    links, gold = link_passages(report), read_gold_links()
    value = link_measures(links, gold)["average precision"]
    assert value == pytest.approx(_average_precision(links, gold))


def test_links_of_another_report_are_refused():
    with pytest.raises(ValueError, match="gold and links are of two reports"):
        score_links(_scored(0.5), {("99.1", "100(a).1")})


def test_our_links_reach_what_is_aimed_at(report):
    measures = link_measures(link_passages(report), read_gold_links())
    assert measures["average precision"] >= 0.85
    assert measures["F1, threshold from the other paragraphs"] >= 0.80
    assert measures["hit@1 back"] >= 0.92


def test_a_paragraphs_threshold_is_set_without_it():
    scores = link_measures(_scored([0.9, 0.5, 0.4, 0.3, 0.2, 0.45]), RIGHT)
    # From 4, all from 0.45 are linked in 3 (two pairs); from 3, all from 0.9 in 4 (none).
    assert scores["F1, threshold from the other paragraphs"] == pytest.approx(2 * 1 / (2 + 2))


def test_where_no_other_paragraph_has_a_gold_link_the_highest_score_is_the_threshold():
    only = {("3.1", "12(a).1")}
    value = link_measures(_scored([0.9, 0.1, 0, 0, 0.2, 0.3]), only)
    assert value["F1, threshold from the other paragraphs"] == 1


def test_as_linked_counts_what_the_table_says_and_else_nothing_is_known():
    table = _scored([0.9, 0, 0, 0, 0, 0.8])
    said = table.assign(linked=[True, True, True, False, False, False])
    measure = "F1, threshold from the scores"
    assert link_measures(said, RIGHT)[measure] == pytest.approx(2 * 1 / (3 + 2))
    assert np.isnan(link_measures(table, RIGHT)[measure])
    assert score_links(table, RIGHT).loc[measure].isna().all()


def test_every_measure_lies_within_its_interval(report):
    scored = score_links(link_passages(report), read_gold_links())
    assert (scored["low"] <= scored["value"]).all()
    assert (scored["value"] <= scored["high"]).all()
    assert (scored["low"] < scored["high"]).all()


def test_an_interval_of_links_comes_from_whole_paragraphs_drawn_anew():
    """One of two paragraphs is right: samples hold it twice, the other twice, or both."""
    scored = score_links(_scored([0.9, 0, 0.9, 0, 0.9, 0.1]), RIGHT).loc["hit@1"]
    assert scored.tolist() == [0.5, 0.0, 1.0]


def test_hits_are_counted_from_both_sides():
    found = link_measures(_scored([0.9, 0.8, 0, 0, 0, 0.7]), RIGHT)
    assert (found["hit@1"], found["hit@1 back"]) == (1, 0.5)


def test_a_lower_threshold_links_more_pairs_and_misses_fewer():
    curve = threshold_curve(_scored([0.9, 0.1, 0.4, 0.3, 0.2, 0.8]), RIGHT)
    assert curve["linked"].tolist() == [6, 5, 4, 3, 2, 1]
    assert curve["recall"].tolist() == [1, 1, 1, 1, 1, 0.5]
    assert curve["precision"].iloc[-2:].tolist() == [1, 1]
    assert curve["f1"].iloc[[0, -1]].tolist() == pytest.approx([2 * 2 / (6 + 2), 2 * 1 / (1 + 2)])


@given(st.lists(st.sampled_from([0, 0.1, 0.2, 0.5, 1]), min_size=6, max_size=6))
def test_a_threshold_counts_all_pairs_with_its_score_or_more(scores):
    links = _scored(scores)
    right = np.array([pair in RIGHT for pair in PAIRS])
    for row in threshold_curve(links, RIGHT).itertuples():
        linked = links["score"] >= row.threshold
        hits = (linked & right).sum()
        assert row.linked == linked.sum()
        assert (row.precision, row.recall) == pytest.approx((hits / linked.sum(), hits / 2))
        assert row.f1 == pytest.approx(2 * hits / (linked.sum() + 2))


def test_a_score_of_nothing_is_no_threshold():
    assert threshold_curve(_scored([0.9, 0, 0, 0, 0, 0]), RIGHT)["threshold"].tolist() == [0.9]


def test_of_thresholds_that_are_as_good_the_highest_is_taken():
    scores, right = np.array([0.9, 0.5, 0.4]), np.array([True, False, True])
    curve = _curve(scores, right)
    assert curve["f1"].round(3).tolist() == [0.8, 0.5, 0.667]
    assert _best_threshold(scores, right) == 0.4
    assert _best_threshold(np.array([0.9, 0.8, 0.1]), np.array([True, True, False])) == 0.8
    # One linked, one right; or four linked, two right: F1 is two thirds either way.
    scores, right = np.array([0.9, 0.8, 0.7, 0.6]), np.array([True, False, False, True])
    assert _best_threshold(scores, right) == 0.9


def test_links_that_lack_a_column_are_refused(report):
    with pytest.raises(TableError, match=r"links: the column 'score' is missing"):
        score_links(PAIRS.to_frame(index=False), RIGHT)


def test_the_interval_of_an_f1_is_that_of_sentences_drawn_by_hand(gold, report):
    worse = gold[gold.index % 3 > 0]
    found = [table.assign(sentence=table["sentence"].fillna("")) for table in (gold, worse)]
    places = sorted(set(found[0]["sentence"]))
    hits = np.array([
        [(table["sentence"] == place).sum() for table in found] for place in places
    ])  # fmt: skip
    drawn = np.random.default_rng(0).integers(len(places), size=(2000, len(places)))
    right, predicted = hits[drawn].sum(axis=1).T
    f1 = 2 * predicted / (right + predicted)  # all that was predicted is right
    assert bootstrap_f1(gold, worse) == pytest.approx(tuple(np.quantile(f1, [0.025, 0.975])))


def test_a_paragraph_whose_number_has_a_full_stop_is_one_paragraph():
    """16.1.1 and 16.1.2 are its sentences; 16.2 is another."""
    said = pd.MultiIndex.from_product(
        [["16.1.1", "16.1.2", "16.2.1"], ["17(a).1", "17(b).1"]], names=PAIR
    ).to_frame(index=False)
    links = said.assign(score=[0.9, 0.5, 0.4, 0.3, 0.2, 0.45], negotiated="no")
    gold = {("16.1.1", "17(a).1"), ("16.2.1", "17(b).1")}
    scores = link_measures(links, gold)
    assert scores.index.name == "measure"
    assert scores["F1, threshold from the other paragraphs"] == pytest.approx(0.5)


def test_a_curve_begins_at_the_lowest_score_and_says_whether_they_were_negotiated():
    curve = threshold_curve(_scored([0.9, 0, 0.4, 0, 0.4, 0.8]), RIGHT)
    assert curve.columns.tolist() == [
        "threshold", "linked", "precision", "recall", "f1", "negotiated",
    ]  # fmt: skip
    assert curve.index.tolist() == [0, 1, 2]
    assert curve["threshold"].tolist() == [0.4, 0.8, 0.9]
    assert set(curve["negotiated"]) == {"no"}


def test_intervals_come_out_the_same_again():
    links = _scored([0.9, 0.5, 0.4, 0.3, 0.2, 0.8])
    assert score_links(links, RIGHT).equals(score_links(links, RIGHT, seed=0))


TWO_TOPICS = pd.DataFrame(
    [
        ("1.1", "2(a).1", 0.9),
        ("1.2", "2(a).1", 0.2),
        ("3.1", "4(a).1", 0.3),
        ("3.2", "4(a).1", 0.1),
    ],
    columns=[*PAIR, "score"],
).assign(negotiated="no")


def test_pairs_between_two_topics_are_none_and_count_nowhere():
    found = link_measures(TWO_TOPICS, {("1.1", "2(a).1"), ("3.1", "4(a).1")})
    assert found["average precision"] == 1
    assert found["F1, threshold from the other paragraphs"] == pytest.approx(2 * 1 / (1 + 2))
    lowest = link_measures(TWO_TOPICS, {("1.1", "2(a).1"), ("3.2", "4(a).1")})
    assert lowest["average precision"] == pytest.approx((1 + 2 / 4) / 2)
    table = score_links(TWO_TOPICS.assign(linked=TWO_TOPICS["score"] > 0.25), {("1.1", "2(a).1")})
    assert table.loc["F1, threshold from the scores", "value"] == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("links", "message"),
    [
        (pd.concat([TWO_TOPICS] * 2), r"the pair 1\.1 and 2\(a\)\.1 has two rows"),
        (TWO_TOPICS.assign(deliberation=1.1), "the ids in the column 'deliberation' are numbers"),
        (TWO_TOPICS.assign(score=np.nan), "a score is missing"),
    ],
)
def test_pairs_that_cannot_be_ranked_are_refused_with_the_reason(links, message):
    with pytest.raises(TableError, match=message):
        score_links(links, {("1.1", "2(a).1")})


def test_mistakes_are_looked_for_in_the_text_that_both_are_of(gold, report):
    with pytest.raises(TableError, match=r"predicted: .* should stand at .* found in another text"):
        entity_errors(gold, extract_entities("The Republic of Chad.").assign(start=0), report)
