"""Links: which pairs of a report count as linked, and what speaks for them."""

import re
import sys
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import (
    extract_entities,
    link_passages,
    links_by_unit,
    mapping_matrix,
    read_report,
    score_passages,
)
from helpers.contract import LINK_COLUMNS, PAIR, TableError
from helpers.evaluation import read_gold_links
from helpers.linking import shared_terms
from helpers.linking.baselines import BASELINES
from helpers.linking.chance import (
    CLEAR_RATE,
    HIGHEST_THRESHOLD,
    LINK_RATE,
    link_threshold,
)
from helpers.linking.links import METHODS, chance_of_report, select_links
from helpers.linking.passages import Features, vectorize
from helpers.reading import Report, ReportError
from helpers.resources import CHECKOUT

DELIBERATED = "Summary of deliberations\n\n1. Speakers stressed education.\n\n"
RECOMMENDED = "Outcome of deliberations\n\n2. The following:\n\n(a) Educate youth;"


def made(said: list[str], recommended: list[str]) -> Report:
    """Make a report of these paragraphs and lettered recommendations."""
    paragraphs = "\n\n".join(f"{number}. {text}" for number, text in enumerate(said, start=1))
    items = "\n\n".join(
        f"({letter}) {text};" for letter, text in zip("abcdef", recommended, strict=False)
    )
    return read_report(
        f"Summary of deliberations\n\n{paragraphs}\n\nOutcome of deliberations\n\n"
        f"{len(said) + 1}. The following recommendations were identified:\n\n{items}"
    )


@pytest.fixture(scope="module")
def links(report):
    return link_passages(report)


def test_every_pair_has_a_row(links):
    assert len(links) == 24 * 17
    assert not links.duplicated(["deliberation", "recommendation"]).any()


def test_what_is_the_same_is_linked_whatever_else_is_there():
    for others in ([], ["Buy umbrellas"]):
        report = made(["Protect whales.", "Trains arrive."], ["Protect whales", "Paint", *others])
        links = link_passages(report)
        pair = (links["deliberation"] == "1.1") & (links["recommendation"] == "3(a).1")
        assert links.loc[pair, "linked"].all()
    same = ["Protect whales.", "Trains arrive.", "Umbrellas open.", "Bananas ripen."]
    assert link_passages(made(same, same))["linked"].sum() == len(same)


def test_a_recommendation_without_deliberations_in_its_topic_has_an_empty_row():
    text = (
        "A. Youth\n\nSummary of deliberations\n\n1. Youth need schools.\n\n"
        "Outcome of deliberations\n\n2. The following:\n\n(a) Build schools for youth.\n\n"
        "B. Trade\n\nOutcome of deliberations\n\n3. The following:\n\n(a) Buy umbrellas."
    )
    matrix = mapping_matrix(read_report(text))
    assert matrix.index.tolist() == ["2(a)", "3(a)"]
    assert matrix["strength"].loc["3(a)"].isna().all()
    assert not matrix["linked"].loc["3(a)"].any()


def test_every_method_scores_the_same_pairs(links, report):
    others = link_passages(report, method="bm25")
    ids = ["deliberation", "recommendation", "evidence"]
    assert others[ids].equals(links[ids])
    assert not others["score"].equals(links["score"])


def test_every_recommendation_has_a_linked_paragraph(report):
    assert mapping_matrix(report)["linked"].any(axis="columns").all()


def test_the_matrix_keeps_the_order_of_the_report(report):
    strength = mapping_matrix(report)["strength"]
    assert strength.index.tolist() == report.recommendations["recommendation"].tolist()
    assert strength.columns.tolist() == [str(number) for number in range(3, 12)]


def test_the_strongest_paragraph_is_right_for_every_recommendation(report):
    strongest = mapping_matrix(report)["strength"].idxmax(axis="columns")
    gold = {(recommendation.rsplit(".", 1)[0], deliberation.rsplit(".", 1)[0])
            for deliberation, recommendation in read_gold_links()}  # fmt: skip
    assert set(strongest.items()) <= gold


def test_links_stay_within_a_topic():
    text = "".join(
        f"{letter}. Theme {letter}\n\nSummary of deliberations\n\n{n}. Youth need schools.\n\n"
        f"Outcome of deliberations\n\n{n + 1}. The following:\n\n(a) Build schools for youth.\n\n"
        for letter, n in (("A", 1), ("B", 3))
    )
    links = link_passages(read_report(text))
    assert links[["deliberation", "recommendation"]].to_numpy().tolist() == [
        ["1.1", "2(a).1"],
        ["3.1", "4(a).1"],
    ]


def test_a_report_without_recommendations_says_why_it_has_no_links():
    with pytest.raises(
        ReportError,
        match=r"no recommendations.*such as 'Outcome of d.*here: 'Summary of deliberations'\.",
    ):
        link_passages(read_report(DELIBERATED))


def test_a_report_without_deliberations_says_why_it_has_no_links():
    with pytest.raises(
        ReportError,
        match=r"no deliberations.*such as 'Summary of d.*here: 'Outcome of deliberations'\.",
    ):
        mapping_matrix(read_report(RECOMMENDED))


def test_deliberations_in_one_chapter_and_recommendations_in_another_are_one_topic():
    text = "A. Crime\n\n" + DELIBERATED + "B. Justice\n\n" + RECOMMENDED
    assert len(link_passages(read_report(text)))


def test_at_most_half_of_the_pairs_that_are_linked_would_be_there_by_chance(links, report):
    chance = chance_of_report(report)
    threshold = link_threshold(links["score"].to_numpy(), chance)
    above = links["score"] > threshold
    assert (chance > threshold).mean() * len(links) <= LINK_RATE * above.sum()
    apart = links[above & ~links["linked"]]
    assert set(links.index[links["linked"]]) == set(links.index[above]) - set(apart.index)


def test_a_clear_pair_is_linked_and_hardly_to_be_had_by_chance(links, report):
    chance = chance_of_report(report)
    clear = links[links["verdict"] == "clear"]
    assert clear["linked"].all()
    expected = (chance >= clear["score"].min()).mean() * len(links)
    assert expected <= CLEAR_RATE * len(clear)


def test_open_are_the_three_best_of_every_paragraph_and_recommendation_that_are_not_clear(
    links, report
):
    units = links_by_unit(links, report)
    rest = units[(units["verdict"] != "clear") & (units["score"] > 0)]
    best = [
        rest.sort_values("score", ascending=False, kind="stable").groupby(side).head(3).index
        for side in PAIR
    ]
    assert set(units.index[units["verdict"] == "open"]) == set(best[0]) | set(best[1])
    per_pair = links[links["verdict"] == "open"]
    unit_of = report.sentences.set_index("sentence")["unit"]
    assert (
        not per_pair.assign(
            deliberation=per_pair["deliberation"].map(unit_of),
            recommendation=per_pair["recommendation"].map(unit_of),
        )
        .duplicated(PAIR)
        .any()
    )


def test_domain_stopwords_alone_make_no_link():
    """The first pair shares nothing else, and would be linked for its score; the second is."""
    words = "crime prevention and criminal justice"
    one = made(
        [f"Speakers addressed {words}.", "Whales swim.", *(f"Ship{n} sails." for n in range(30))],
        [f"Strengthen {words}", "Protect whales"],
    )
    links = link_passages(one).set_index(PAIR)
    stopwords, whales = links.loc[("1.1", "33(a).1")], links.loc[("2.1", "33(b).1")]
    assert stopwords["score"] > whales["score"]
    assert not stopwords["linked"]
    assert whales["linked"]


@pytest.mark.parametrize(
    ("scores", "chance", "threshold"),
    [
        ([0, 0, 0.3, 0.4], [0, 0, 0, 0], 0.15),  # nothing by chance: all that is alike
        ([0, 0.1, 0.3, 0.4], [0, 0, 0.1, 0.1], 0.2),  # two of four by chance at 0.1
        ([0.1, 0.2], [0.3, 0.3], HIGHEST_THRESHOLD),  # chance gives more
        ([0.0, 0.0], [0.0, 0.0], HIGHEST_THRESHOLD),
        ([0.9, 0.8], [0.0, 0.0], 0.4),
    ],
)
def test_the_threshold_is_the_lowest_at_which_half_may_be_chance(scores, chance, threshold):
    assert link_threshold(np.array(scores), np.array(chance)) == pytest.approx(threshold)


def test_a_phrase_of_nothing_but_domain_stopwords_makes_no_link():
    report = read_report(
        "Summary of deliberations\n\n1. Speakers stressed the importance of crime prevention.\n\n"
        "Outcome of deliberations\n\n2. The following:\n\n"
        "(a) Stress the importance of crime prevention;"
    )
    assert not link_passages(report)["linked"].any()


@given(st.lists(st.floats(0, 1), min_size=1), st.lists(st.floats(0, 1), min_size=1))
def test_a_lower_rate_has_no_lower_threshold(scores, chance):
    strict, loose = (
        link_threshold(np.array(scores), np.array(chance), rate) for rate in (0.1, 0.5)
    )
    assert 0 <= loose <= strict <= HIGHEST_THRESHOLD


def sides_of(report: Report) -> list[list[str]]:
    sentences = report.sentences
    return [
        sentences.loc[sentences["part"] == part, "text"].tolist()
        for part in ("deliberations", "recommendations")
    ]


STATES = made(
    [
        "Speakers from Viet Nam and Peru reported on whales.",
        "UNODC helped Fiji on whales and fuel.",
    ],
    ["Assist Viet Nam in protecting whales", "Ask the United Nations Office on Drugs and Crime"],
)


def test_links_have_the_scores_of_their_passages(report):
    for one in (report, STATES):
        scores = score_passages(*sides_of(one)).ravel()
        assert link_passages(one)["score"].to_numpy() == pytest.approx(scores)


@given(st.lists(st.sampled_from(
    ["Viet Nam", "the Republic of Korea", "Korea", "UNODC", "whales", "and", ",", "the Niger",
     "money-laundering", "Convention against Corruption", "resolution 77/231", "2030 Agenda1"]
), min_size=2, max_size=12))  # fmt: skip
def test_links_have_the_scores_of_their_passages_whatever_is_named(words):
    said, recommended = " ".join(words[::2]), " ".join(words[1::2])
    one = made(
        [f"It was said that {said}.", "Whales swim."], [f"Act on {recommended}", "Save fuel"]
    )
    scores = score_passages(*sides_of(one)).ravel()
    assert link_passages(one)["score"].to_numpy() == pytest.approx(scores)


def test_the_names_of_states_count_in_no_score():
    report = made(
        ["Viet Nam reported on whales.", "Bananas ripen."],
        ["Assist Viet Nam in painting", "Buy umbrellas"],
    )
    assert not link_passages(report)["score"].any()
    assert not score_passages(*sides_of(report)).any()


def test_no_phrase_reaches_over_the_name_of_a_state():
    with_state = made(["Schools in Fiji need books.", "Bananas ripen."], ["Buy umbrellas"])
    terms = shared_terms(with_state, link_passages(with_state))
    assert terms.empty
    pairs = [["schools Fiji books"], ["schools books"]]
    apart, together = score_passages(pairs[0], pairs[1]), score_passages(pairs[1], pairs[1])
    assert apart < together


def test_a_paragraph_has_the_best_pair_of_its_sentences_and_is_linked_when_any_is(links, report):
    units = links_by_unit(links, report).set_index(PAIR)
    by_hand = links.assign(**{side: links[side].str.rsplit(".", n=1).str[0] for side in PAIR})
    groups = by_hand.groupby(PAIR)
    assert len(units) == 9 * 7
    assert units["linked"].to_dict() == groups["linked"].any().to_dict()
    assert units["score"].to_dict() == groups["score"].max().to_dict()
    best = links.set_index(PAIR)["score"]
    for row in units.itertuples():
        assert best[row.best_deliberation, row.best_recommendation] == row.score


def test_units_and_the_matrix_keep_the_order_of_the_text_not_that_of_the_alphabet(links, report):
    paragraphs = report.paragraphs.query("part == 'deliberations'")["paragraph"].tolist()
    assert paragraphs != sorted(paragraphs)  # "10" stands after "9" in the text
    units, matrix = links_by_unit(links, report), mapping_matrix(report, links=links)
    assert list(units["deliberation"].unique()) == paragraphs
    assert list(matrix["strength"].columns) == paragraphs
    assert list(matrix.index) == list(units["recommendation"].unique())


def test_a_matrix_is_the_same_from_links_that_are_given(links, report):
    assert mapping_matrix(report, links=links).equals(mapping_matrix(report))


TWO_TOPICS = read_report("".join(
    f"{letter}. Theme {letter}\n\nSummary of deliberations\n\n{n}. {word} need books.\n\n"
    f"{n + 1}. Trains arrive.\n\n"
    f"Outcome of deliberations\n\n{n + 2}. The following:\n\n(a) Build {word}.\n\n"
    for letter, n, word in (("A", 1, "schools"), ("B", 4, "courts"))
))  # fmt: skip


def test_a_cell_holds_the_strength_the_link_and_the_evidence_of_its_units():
    units = links_by_unit(link_passages(TWO_TOPICS), TWO_TOPICS).set_index(PAIR)
    matrix = mapping_matrix(TWO_TOPICS)
    assert matrix["strength"].columns.name == "deliberation"
    for recommendation, row in matrix.iterrows():
        for paragraph in ["1", "2", "4", "5"]:
            cell = row["strength"][paragraph], row["linked"][paragraph], row["evidence"][paragraph]
            if (paragraph, recommendation) not in units.index:
                assert np.isnan(cell[0])
                assert cell[1:] == (False, "")
                continue
            unit = units.loc[(paragraph, recommendation)]
            pair = f"{unit['best_deliberation']} → {unit['best_recommendation']}: "
            text = pair + unit["evidence"] if unit["score"] else ""
            assert cell == (unit["score"], unit["linked"], text)
    assert matrix["linked"].to_numpy().tolist() == [[True, False] * 1 + [False] * 2,
                                                    [False] * 2 + [True, False]]  # fmt: skip
    assert matrix["strength"].dtypes.eq(float).all()
    assert matrix["linked"].dtypes.eq(bool).all()


def test_links_of_several_topics_are_counted_through():
    links = link_passages(TWO_TOPICS)
    assert links.index.tolist() == list(range(4))
    assert links["deliberation"].tolist() == ["1.1", "2.1", "4.1", "5.1"]


def test_a_paragraph_is_linked_also_by_a_pair_that_is_not_its_best(links, report):
    weak = links[links["deliberation"].str.startswith("3.") & (links["score"] > 0)]
    weakest = weak.sort_values("score").index[0]
    only = links.assign(linked=links.index == weakest)
    linked = links_by_unit(only, report).query("linked")
    assert len(linked) == 1
    assert linked["score"].item() > links.loc[weakest, "score"]


def test_a_link_needs_a_score_above_the_threshold_and_shared_content():
    youth, words = Features(["youth"], [], []), Features(["strengthen"], [], [])
    vectors = vectorize([youth, words, youth], [youth, words])
    scores = np.array([[0.9, 0.9], [0.9, 0.9], [0.4, 0.4]])
    assert select_links(scores, vectors, 0.5).tolist() == [
        [True, False],  # the same content; nothing in common
        [False, False],  # nothing in common; a domain stopword alone
        [False, False],  # content, but a score below
    ]
    assert not select_links(np.full((3, 2), 0.5), vectors, 0.5).any()


def test_every_other_method_scores_the_texts_as_they_stand(report):
    texts = sides_of(report)
    for name in BASELINES:
        links = link_passages(report, method=name)
        assert links["score"].to_numpy() == pytest.approx(BASELINES[name](*texts).ravel())


def test_links_and_matrix_say_whether_the_recommendations_were_negotiated(report):
    for one, said in ((report, "no"), (STATES, "not said")):
        assert set(link_passages(one)["negotiated"]) == {said}
        assert set(mapping_matrix(one)["negotiated"]) == {said}
        assert set(one.recommendations["negotiated"]) == {said}


def test_links_from_a_file_are_links(links, report, tmp_path):
    links.to_csv(tmp_path / "links.csv", index=False)
    with pytest.raises(TableError, match=r"are numbers, and 3\.10 would be 3\.1"):
        mapping_matrix(report, links=pd.read_csv(tmp_path / "links.csv"))
    ids = dict.fromkeys(PAIR, str)
    again = pd.read_csv(tmp_path / "links.csv", dtype=ids, keep_default_na=False)
    assert mapping_matrix(report, links=again).equals(mapping_matrix(report))


def test_links_have_the_columns_that_are_promised(links):
    assert links.columns.tolist() == LINK_COLUMNS


def test_an_unknown_method_is_answered_with_the_valid_ones(report):
    with pytest.raises(ValueError, match=r"must be one of joined, .*, but 'best' was passed"):
        link_passages(report, method="best")


def test_every_method_can_be_named(report):
    for method in METHODS:
        assert len(link_passages(report, method=method)) == 24 * 17


def test_a_function_of_ones_own_scores_each_topic_and_nothing_is_added(report):
    lengths = link_passages(
        report, method=lambda said, asked: [[len(a) / 5000 for a in asked] for _ in said]
    )
    asked = report.sentences.set_index("sentence")["text"][lengths["recommendation"]]
    assert lengths["score"].tolist() == pytest.approx((asked.str.len() / 5000).tolist())


@pytest.mark.parametrize(
    ("method", "error", "message"),
    [
        (lambda said, asked: np.zeros((len(asked), len(said))), ValueError, "one row per delib"),
        (lambda said, asked: -np.ones((len(said), len(asked))), ValueError, "between 0 and 1"),
        (lambda said, asked: np.full((len(said), len(asked)), np.nan), ValueError, "returned nan"),
        (lambda said, _: said, TypeError, "no table of numbers"),
        (lambda *_: None, ValueError, r"have the shape \(\)"),
    ],
)
def test_a_function_that_returns_no_scores_is_told_what_is_missing(report, method, error, message):
    with pytest.raises(error, match=message):
        link_passages(report, method=method)


def test_the_readme_puts_a_sentence_model_in_the_place_of_our_scores(report, monkeypatch):
    class Letters:
        """Stands for a sentence model, which is no part of the environment."""

        def __init__(self, folder):
            assert folder

        def encode(self, texts, *, normalize_embeddings):
            assert normalize_embeddings
            counts = np.array([[text.count(letter) for letter in "etaoin"] for text in texts])
            return counts / np.linalg.norm(counts, axis=1, keepdims=True)

    fake = SimpleNamespace(SentenceTransformer=Letters)
    monkeypatch.setitem(sys.modules, "sentence_transformers", fake)
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    [block] = re.findall(r"```py\n(.*?)```", readme, re.DOTALL)
    names = {"link_passages": link_passages, "report": report}
    exec(block, names)
    assert names["links"]["score"].between(0.5, 1).all()


def test_links_in_another_order_or_with_another_index_are_the_same_links(links, report):
    shuffled = links.sample(frac=1, random_state=0)
    assert mapping_matrix(report, links=shuffled).equals(mapping_matrix(report))
    for index in ([0] * len(links), links["deliberation"]):
        units = links_by_unit(links.set_axis(index), report)
        assert units.equals(links_by_unit(links, report))


def test_entities_in_another_order_give_the_same_links(links, report):
    entities = extract_entities(report)
    assert link_passages(report, entities=entities.iloc[::-1]).equals(links)
    anew = entities.set_axis([0] * len(entities))
    assert link_passages(report, entities=anew).equals(links)


def test_a_crime_behind_a_question_is_no_part_of_an_offices_name():
    one = made(
        ["Was there a Special Representative? Work on corruption followed."], ["End corruption"]
    )
    scores = score_passages(*sides_of(one)).ravel()
    assert link_passages(one)["score"].to_numpy() == pytest.approx(scores)
