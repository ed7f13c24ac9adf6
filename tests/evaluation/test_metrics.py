"""Scoring: the four schemes, the gold and what it rests on, intervals and mistakes."""

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from nervaluate import Evaluator
from sklearn.metrics import average_precision_score

from helpers import build_ledger, extract_entities, link_passages
from helpers.evaluation.ablation import OUR_WEIGHTS, ablation, weight_grid
from helpers.evaluation.comparison import read_link_scores, read_ranking, read_weights_elsewhere
from helpers.evaluation.gold import (
    agreement_on_entities,
    agreement_on_links,
    read_gold,
    read_gold_links,
    read_gold_statuses,
    read_links,
    read_pass,
)
from helpers.evaluation.metrics import (
    SCHEMES,
    bootstrap_f1,
    entity_errors,
    score_entities,
    score_entity_linking,
    score_links,
    threshold_curve,
)
from helpers.linking.links import METHODS
from helpers.resources import GOLD

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


def test_precision_falls_with_the_invented_and_recall_with_the_missed():
    gold = spans((0, 5, "STATE"), (10, 15, "STATE"))
    scores = score_entities(gold, spans((0, 5, "STATE"), (20, 25, "STATE"), (30, 35, "STATE")))
    strict = scores.loc[("all", "strict")]
    assert (strict["precision"], strict["recall"]) == (pytest.approx(1 / 3), 1 / 2)


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


def test_the_ledger_says_what_the_annotators_say(report):
    gold = read_gold_statuses()
    ledger = build_ledger(report).set_index("entity_id")["status"]
    assert set(ledger.index) == set(gold.index)
    assert (ledger == gold[ledger.index]).mean() >= 0.95


def test_the_extraction_meets_what_is_asked_of_it_on_this_report(gold, report):
    found = extract_entities(report)
    three = [table[table["label"].isin(LABELS)] for table in (gold, found)]
    assert score_entities(*three).loc[("all", "strict"), "f1"] >= 0.99
    assert score_entities(gold, found).loc[("all", "strict"), "f1"] >= 0.95
    assert score_entity_linking(gold, found)["id"] >= 0.99


def test_agreement_is_computed_for_each_label(report):
    table = agreement_on_entities(report)
    assert table.loc["all", ["a", "b"]].tolist() == [109, 109]
    assert (table["f1"] == 1).all()


def test_agreement_on_links_is_less_with_the_pass_made_before_the_guidelines(report):
    table = agreement_on_links(report)
    assert table["shared"].tolist() == [34, 30, 30]
    assert table.loc["a and b", "kappa"] > table.loc["a and c", "kappa"] > 0.8


def test_an_interval_holds_its_score_and_comes_out_the_same_again(gold, report):
    worse = gold[gold.index % 3 > 0]
    f1 = score_entities(gold, worse).loc[("all", "strict"), "f1"]
    low, high = bootstrap_f1(gold, worse)
    assert low < f1 < high
    assert (low, high) == bootstrap_f1(gold, worse)


def test_an_unknown_scheme_is_answered_with_the_valid_ones(gold):
    with pytest.raises(ValueError, match="scheme must be one of strict, exact, partial, type"):
        bootstrap_f1(gold, gold, scheme="loose")


def test_every_mistake_is_listed_by_its_kind(gold, report):
    wrong = gold.drop(index=0).reset_index(drop=True)
    wrong.loc[0, "label"] = "BODY"
    wrong.loc[1, "start"] += 1
    wrong.loc[2, "entity_id"] = "PER"
    wrong.loc[3, "link"] = "near"
    wrong.loc[len(wrong)] = {**wrong.iloc[-1], "start": 60, "end": 65, "text": "words"}
    kinds = entity_errors(gold, wrong, report)["kind"].tolist()
    assert kinds == ["missed", "invented", "wrong span", "wrong label", "wrong id", "wrong grade"]


PAIRS = pd.MultiIndex.from_product(
    [["3.1", "3.2", "4.1"], ["12(a).1", "12(b).1"]], names=["deliberation", "recommendation"]
)
RIGHT = {("3.1", "12(a).1"), ("4.1", "12(b).1")}


def _scored(scores):
    return PAIRS.to_frame(index=False).assign(score=scores)


def test_links_ranked_before_all_others_are_perfect():
    measures = score_links(_scored([0.9, 0, 0, 0, 0, 0.8]), RIGHT)["value"]
    ranking = ["average precision", "mean average precision", "hit@1", "hit@1 back"]
    assert (measures[ranking] == 1).all()


def test_a_sentence_without_a_gold_link_asks_for_none():
    measures = score_links(_scored([0.9, 0, 0, 0.7, 0, 0.8]), RIGHT)["value"]
    assert measures["hit@1"] == 1
    assert measures["hit@1 back"] == 1


def _average_precision(links, gold):
    truth = links.set_index(["deliberation", "recommendation"]).index.isin(sorted(gold))
    return average_precision_score(truth, links["score"])


def test_average_precision_is_that_of_scikit_learn(report):
    links, gold = link_passages(report), read_gold_links()
    value = score_links(links, gold).loc["average precision", "value"]
    assert value == pytest.approx(_average_precision(links, gold))


def test_a_paragraphs_line_is_drawn_without_it():
    alone = _scored([0.9, 0.5, 0.4, 0.3, 0.2, 0.8])
    measures = score_links(alone, RIGHT)["value"]
    assert measures["F1, line from the other paragraphs"] < 1


def test_links_of_another_report_are_refused():
    with pytest.raises(ValueError, match="gold and links are of two reports"):
        score_links(_scored(0.5), {("99.1", "100(a).1")})


def test_our_links_reach_what_is_aimed_at(report):
    measures = score_links(link_passages(report), read_gold_links())["value"]
    assert measures["average precision"] >= 0.85
    assert measures["F1, line from the other paragraphs"] >= 0.80
    assert measures["hit@1 back"] >= 0.92


@pytest.mark.parametrize("annotator", ["a", "b", "c"])
@pytest.mark.parametrize("method", [name for name in METHODS if name != "joined"])
def test_words_and_concepts_joined_rank_better_than_other_methods(report, method, annotator):
    noted = read_links(annotator)
    ours, other = (link_passages(report, method=name) for name in ("joined", method))
    assert _average_precision(ours, noted) > _average_precision(other, noted)


def test_they_rank_better_than_vectors_of_words_and_sentences(report):
    ours = _average_precision(link_passages(report), read_gold_links())
    for _, links in read_link_scores().groupby("method"):
        assert _average_precision(links, read_gold_links()) < ours


def test_nine_in_ten_weights_that_were_tried_rank_better_than_any_other_method(report):
    gold = read_gold_links()
    tried = weight_grid(report, extract_entities(report), gold)["average precision"]
    others = [link_passages(report, method=name) for name in METHODS if name != "joined"]
    best = max(_average_precision(links, gold) for links in others)
    assert (tried > best).mean() > 0.9


def test_our_method_ranks_better_than_with_any_of_its_parts_left_out(report):
    precision = ablation(report, extract_entities(report), read_gold_links())["average precision"]
    assert precision.drop("all of it").max() < precision["all of it"]


def test_frozen_scores_are_of_every_pair_of_todays_report(report):
    pairs = ["deliberation", "recommendation"]
    for _, links in read_link_scores().groupby("method"):
        assert links[pairs].to_numpy().tolist() == link_passages(report)[pairs].to_numpy().tolist()


def test_a_lower_line_links_more_pairs_and_misses_fewer():
    curve = threshold_curve(_scored([0.9, 0.1, 0.4, 0.3, 0.2, 0.8]), RIGHT)
    assert curve["linked"].tolist() == [6, 5, 4, 3, 2, 1]
    assert curve["recall"].tolist() == [1, 1, 1, 1, 1, 0.5]
    assert curve["precision"].iloc[-2:].tolist() == [1, 1]


def test_on_the_reports_they_were_settled_on_no_neighbouring_weight_ranks_better():
    elsewhere = read_weights_elsewhere().query("report != 'A/HRC/59/15'")
    means = elsewhere.groupby(["part", "weight"])["mean_reciprocal_rank"].mean()
    ours = {**OUR_WEIGHTS, "margin_scores": 1.0}
    assert means.groupby("part").idxmax().tolist() == sorted(ours.items())


def test_on_other_reports_our_method_is_never_clearly_worse_than_another():
    ranking = read_ranking()
    assert (ranking["high"] >= 0).all()
    ranks = ranking.groupby("method")["mean_reciprocal_rank"].mean()
    assert ranks.idxmax() == "joined"
