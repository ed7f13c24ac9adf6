"""Uncertainty: how sure a link is, and whether there is anything to link at all."""

import numpy as np
import pytest

from helpers import extract_entities, link_passages, read_report
from helpers.evaluation.uncertainty import judge_links, permutation_test
from helpers.linking.links import METHODS, link_threshold


@pytest.fixture(scope="module")
def judged(report):
    return judge_links(report)


def test_every_link_is_judged_and_nothing_else(judged, report):
    links = link_passages(report)
    pairs = links.loc[links["linked"], ["deliberation", "recommendation"]]
    assert set(judged[pairs.columns].itertuples(index=False)) == set(pairs.itertuples(index=False))


def test_an_interval_holds_values_that_a_score_can_have(judged):
    assert (judged["low"] <= judged["high"]).all()
    assert judged[["low", "high", "stability"]].stack().between(0, 1).all()


def test_our_own_method_is_among_those_that_agree(judged):
    assert judged["methods"].between(1, len(METHODS)).all()


def test_a_link_is_gone_without_what_it_rests_on(judged, report):
    links = link_passages(report)
    line = link_threshold(links["score"].to_numpy())
    weakest = judged.iloc[-1]
    assert weakest["minimal_evidence"].count(",") == 0
    assert weakest["score"] > line
    texts = report.sentences.set_index("sentence")["text"]
    without = report.text.replace("transnational organized crime", "it")
    assert "transnational organized crime" in texts["6.1"]
    assert (
        judged.set_index(["deliberation", "recommendation"]).loc[
            ("6.1", "12(a).1"), "minimal_evidence"
        ]
        == "transnational organized crime"
    )
    pairs = judge_links(read_report(without)).set_index(["deliberation", "recommendation"]).index
    assert ("6.1", "12(a).1") not in pairs


def test_the_words_of_a_concepts_name_go_with_it(judged):
    rests = judged.set_index(["deliberation", "recommendation"])["minimal_evidence"]
    assert rests["7.1", "12(g).2"] == "crimes that affect the environment"


def test_the_same_seed_gives_the_same_answer(judged, report):
    assert judge_links(report, entities=extract_entities(report)).equals(judged)


def test_a_report_whose_recommendations_answer_it_stands_out_from_chance(report):
    outcome = permutation_test(report, permutations=99)
    assert outcome.observed > outcome.null_distribution.max()
    assert outcome.p == 0.01


def test_where_all_say_the_same_nothing_stands_out_from_chance():
    text = "Summary of deliberations\n\n" + "".join(
        f"{n}. Speakers stressed education.\n\n" for n in range(1, 6)
    )
    text += "Outcome of deliberations\n\n6. The following:\n\n(a) Promote education;"
    outcome = permutation_test(read_report(text), permutations=49)
    assert outcome.p == 1
    assert np.ptp(outcome.null_distribution) == pytest.approx(0)


def test_where_dealing_changes_nothing_nothing_is_more_than_chance():
    text = (
        "Summary of deliberations\n\n1. Youth water.\n\n2. Youth water.\n\n"
        "Outcome of deliberations\n\n3. The following:\n\n(a) Youth firearms;"
    )
    assert permutation_test(read_report(text), permutations=49).p == 1


def test_pairs_are_judged_by_their_ids_whatever_their_order(report, judged):
    links = link_passages(report)
    shuffled = links.sort_values("score", ignore_index=True)
    assert (
        judge_links(report, links=shuffled)
        .drop(columns="evidence")
        .equals(judged.drop(columns="evidence"))
    )
    some = links[links["deliberation"] == "7.2"].reset_index(drop=True)
    found = judge_links(report, links=links, pairs=some)
    assert set(found["deliberation"]) == {"7.2"}
    assert len(found) == len(some)


@pytest.mark.parametrize("options", [{"level": "unit"}, {"method": "bm25"}])
def test_links_of_another_kind_are_refused(report, options):
    with pytest.raises(ValueError, match=r"by sentence, with the method \"joined\""):
        judge_links(report, links=link_passages(report, **options))


def test_a_pair_without_words_scores_nothing_however_it_is_drawn():
    text = (
        "Summary of deliberations\n\n1. The of.\n\n2. Youth.\n\n"
        "Outcome of deliberations\n\n3. The following:\n\n(a) To the;\n\n(b) Youth;"
    )
    made = read_report(text)
    found = judge_links(made, pairs=link_passages(made)).set_index("deliberation")
    assert found.loc["1.1", ["low", "high"]].to_numpy().max() == 0


def test_an_acronym_goes_with_the_name_it_stands_for(judged):
    rests = judged.set_index(["deliberation", "recommendation"])["minimal_evidence"]
    assert "ccpcj" not in rests["11.1", "12(f).1"]
    assert rests["9.1", "12(e).1"] == "multi-stakeholder partnerships"
