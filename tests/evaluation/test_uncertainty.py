"""Uncertainty: how sure a link is, and whether there is anything to link at all."""

import numpy as np
import pandas as pd
import pytest

from helpers import extract_entities, link_passages, read_report
from helpers.contract import PAIR, TableError
from helpers.evaluation.uncertainty import judge_links, permutation_test
from helpers.linking import shared_terms
from helpers.linking.links import METHODS
from helpers.linking.topics import sides_of, vectorize_sentences


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
    weakest = judged.iloc[-1]
    assert weakest["minimal_evidence"].count(";") == 0
    assert weakest["score"] > weakest["threshold"]
    texts = report.sentences.set_index("sentence")["text"]
    without = report.text.replace("transnational organized crime", "it")
    assert "transnational organized crime" in texts["6.1"]
    assert (
        judged.set_index(["deliberation", "recommendation"]).loc[
            ("6.1", "12(a).1"), "minimal_evidence"
        ]
        == "“transnational organized crime”"
    )
    pairs = judge_links(read_report(without)).set_index(["deliberation", "recommendation"]).index
    assert ("6.1", "12(a).1") not in pairs


def test_the_words_of_a_concepts_name_go_with_it(judged):
    rests = judged.set_index(["deliberation", "recommendation"])["minimal_evidence"]
    assert rests["7.1", "12(g).2"] == "“crimes that affect the environment”"


def test_the_same_seed_gives_the_same_answer(judged, report):
    assert judge_links(report, entities=extract_entities(report)).equals(judged)


def test_a_report_whose_recommendations_answer_it_stands_out_from_chance(report):
    outcome = permutation_test(report, permutations=99)
    assert outcome.statistic > outcome.null_distribution.max()
    assert outcome.pvalue == 0.01


def test_where_all_say_the_same_nothing_stands_out_from_chance():
    text = "Summary of deliberations\n\n" + "".join(
        f"{n}. Speakers stressed education.\n\n" for n in range(1, 6)
    )
    text += "Outcome of deliberations\n\n6. The following:\n\n(a) Promote education;"
    outcome = permutation_test(read_report(text), permutations=49)
    assert outcome.pvalue == 1
    assert np.ptp(outcome.null_distribution) == pytest.approx(0)


def test_where_dealing_changes_nothing_nothing_is_more_than_chance():
    text = (
        "Summary of deliberations\n\n1. Youth water.\n\n2. Youth water.\n\n"
        "Outcome of deliberations\n\n3. The following:\n\n(a) Youth firearms;"
    )
    assert permutation_test(read_report(text), permutations=49).pvalue == 1


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


def test_links_of_another_method_are_refused(report):
    with pytest.raises(ValueError, match=r"with the method \"joined\""):
        judge_links(report, links=link_passages(report, method="bm25"))


def test_pairs_that_no_link_is_about_are_refused(report):
    pairs = pd.DataFrame({"deliberation": ["3"], "recommendation": ["12(a).1"]})
    with pytest.raises(TableError, match=r"pairs: '3' in the column 'deliberation' is no sentence"):
        judge_links(report, pairs=pairs)


def test_the_threshold_of_all_pairs_parts_the_linked_ones_from_the_others(judged, report):
    links = link_passages(report)
    (threshold,) = set(judged["threshold"])
    content = links[links["linked"] | (links["score"] <= threshold)]
    assert (content["linked"] == (content["score"] > threshold)).all()


def test_an_interval_is_that_of_terms_drawn_by_hand():
    """Each has a word of its own and the two share one: three terms, of which three are drawn."""
    text = (
        "Summary of deliberations\n\n1. Whales swim.\n\n2. Trains arrive.\n\n"
        "Outcome of deliberations\n\n3. The following:\n\n(a) Whales sing;\n\n(b) Trains stop;"
    )
    made = read_report(text)
    pairs = pd.DataFrame({"deliberation": ["1.1"], "recommendation": ["3(a).1"]})
    (row,) = judge_links(made, pairs=pairs).itertuples()
    vectors = vectorize_sentences(*sides_of(made)[:2], extract_entities(made))
    left, right = vectors.deliberations.toarray()[0], vectors.recommendations.toarray()[0]
    here = (left > 0) | (right > 0)
    left, right = left[here], right[here]
    drawn = np.random.default_rng(0).integers(here.sum(), size=(500, here.sum()))
    lengths = np.sqrt((left[drawn] ** 2).sum(axis=1) * (right[drawn] ** 2).sum(axis=1))
    scores = (left[drawn] * right[drawn]).sum(axis=1) / np.where(lengths > 0, lengths, 1)
    assert (row.low, row.high) == pytest.approx(tuple(np.quantile(scores, [0.05, 0.95])))
    assert row.stability == (scores > row.threshold).mean()


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
    assert rests["11.1", "12(f).1"].count("CCPCJ") == 1
    assert "Commission" not in rests["11.1", "12(f).1"]
    assert rests["9.1", "12(e).1"] == "“multi-stakeholder partnerships”"


def test_methods_counts_those_of_the_four_that_link_the_pair(report, judged):
    tables = [link_passages(report, method=method).set_index(PAIR)["linked"] for method in METHODS]
    for row in judged.itertuples():
        pair = row.deliberation, row.recommendation
        assert row.methods == sum(table[pair] for table in tables)
    assert set(judged["methods"]) == {1, 2, 3, 4}


def test_a_pair_that_is_not_linked_has_no_minimal_evidence(report):
    links = link_passages(report)
    found = judge_links(report, links=links, pairs=links[links["deliberation"] == "7.2"])
    assert found.loc[~found["linked"], "minimal_evidence"].eq("").all()
    assert found.loc[found["linked"], "minimal_evidence"].ne("").all()


def test_a_readers_own_entities_are_the_ones_that_are_judged_by(report):
    some = extract_entities(report).query("label == 'INSTRUMENT'")
    links = link_passages(report, entities=some)
    linked = links.loc[links["linked"], [*PAIR, "score"]].sort_values("score", ascending=False)
    judged = judge_links(report, entities=some)
    assert judged["score"].tolist() == linked["score"].tolist()


def review(said: list[str], recommended: list[str]):
    paragraphs = "\n\n".join(f"{n}. {text}" for n, text in enumerate(said, start=1))
    items = "\n\n".join(f"({x}) {text};" for x, text in zip("abcdef", recommended, strict=False))
    return read_report(
        f"Summary of deliberations\n\n{paragraphs}\n\nOutcome of deliberations\n\n"
        f"{len(said) + 1}. The following:\n\n{items}"
    )


def test_content_is_named_where_less_of_it_carries_the_link_than_of_all_that_is_shared():
    """All but "whales" are domain stopwords, and they weigh more together than it does."""
    words = "crime; justice; prevention; criminal; national; regional; global; international"
    one = review([f"Whales; {words}.", "Trains arrive."], [f"Whales; {words}", "Buy umbrellas"])
    (row,) = judge_links(one).itertuples()
    pair = pd.DataFrame({side: [getattr(row, side)] for side in PAIR})
    shares = shared_terms(one, pair).set_index("term")["share"]
    assert row.score - shares["whale"] > row.threshold  # enough is left over without it
    assert row.minimal_evidence == "“Whales”"


def test_what_is_shared_is_named_from_the_weightiest_on_until_the_link_is_gone():
    one = review(
        ["Whales, dolphins, seals.", "Trains arrive.", "Seals sleep."],
        ["Whales, dolphins, seals", "Buy umbrellas"],
    )
    judged = judge_links(one).set_index(PAIR)
    named = judged.loc[("1.1", "4(a).1"), "minimal_evidence"].split("; ")
    assert named[:2] == ["“Whales”", "“dolphins”"]  # seals stand elsewhere too, and weigh less


def by_hand(vectors, deliberations):
    """Return the mean, over the recommendations, of the best score."""
    return (deliberations @ vectors.recommendations.toarray().T).max(axis=0).mean()


def test_a_permutation_deals_each_term_to_as_many_sentences_and_lengths_stay_one():
    one = review(["Whales swim.", "Trains arrive late.", "Schools need books."],
                 ["Protect whales", "Books for schools"])  # fmt: skip
    vectors = vectorize_sentences(*sides_of(one)[:2], extract_entities(one))
    real = vectors.deliberations.toarray()
    chance, null = np.random.default_rng(7), []
    for _ in range(20):
        dealt = chance.permuted(real, axis=0)
        lengths = np.linalg.norm(dealt, axis=1, keepdims=True)
        null.append(by_hand(vectors, np.divide(dealt, lengths, out=dealt, where=lengths > 0)))
    outcome = permutation_test(one, permutations=20, seed=7)
    assert outcome.statistic == pytest.approx(by_hand(vectors, real))
    assert outcome.null_distribution == pytest.approx(np.array(null))
    reached = (outcome.null_distribution >= outcome.statistic - 1e-9).sum()
    assert outcome.pvalue == pytest.approx((1 + reached) / 21)
    assert permutation_test(one, permutations=20, seed=8).null_distribution.tolist() != null
