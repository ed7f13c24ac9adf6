"""Links: scores of two lists of passages, and which pairs of a report count as linked."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import average_precision_score

from helpers import link_passages, mapping_matrix, read_report, score_passages
from helpers.documents import DATA, ReportError

SAID = ["Speakers stressed extradition.", "Young people need education."]
DELIBERATED = "Summary of deliberations\n\n1. Speakers stressed education.\n\n"
RECOMMENDED = "Outcome of deliberations\n\n2. The following:\n\n(a) Educate youth;"
WORDS = st.text(alphabet="abc ,.\n", max_size=12)


@pytest.fixture(scope="module")
def links(report):
    return link_passages(report)


def test_scores_have_a_row_a_deliberation_and_a_column_a_recommendation():
    assert score_passages(SAID, ["Education", "Trade", "Peace"]).shape == (2, 3)


def test_the_same_words_score_one_and_other_words_nothing():
    scores = score_passages(SAID, [SAID[0], "Nothing alike"])
    assert scores[0].round(6).tolist() == [1, 0]


def test_endings_do_not_matter():
    scores = score_passages(["Empowering youth"], ["Empower the youth", "Youth"])
    assert scores[0, 0] == pytest.approx(1)


def test_function_words_make_no_likeness():
    assert score_passages(["It is of the"], ["It was of the"]).tolist() == [[0]]


def test_a_rare_word_says_more_than_a_common_one():
    scores = score_passages(
        ["crime extradition"], ["crime", "extradition", "crime one", "crime two"]
    )
    assert scores[0, 1] > scores[0, 0]


def test_the_order_of_the_passages_does_not_matter(links, report):
    sides = [
        report.sentences.loc[report.sentences["part"] == part, "text"].tolist()
        for part in ("deliberations", "recommendations")
    ]
    scores = score_passages(*sides)
    assert score_passages(sides[0][::-1], sides[1])[::-1] == pytest.approx(scores)
    assert links["score"].to_numpy() == pytest.approx(scores.ravel())


@given(st.lists(WORDS, min_size=1, max_size=4), st.lists(WORDS, min_size=1, max_size=4))
def test_scores_lie_between_zero_and_one(deliberations, recommendations):
    scores = score_passages(deliberations, recommendations)
    assert scores.shape == (len(deliberations), len(recommendations))
    assert np.isfinite(scores).all()
    assert ((scores >= 0) & (scores <= 1)).all()


@pytest.mark.parametrize(("left", "right"), [([], ["x"]), (["x"], []), ("x", ["x"])])
def test_passages_must_be_lists_with_something_in_them(left, right):
    with pytest.raises(ValueError, match="must be a list of at least one text"):
        score_passages(left, right)


@pytest.mark.parametrize("annotator", ["a", "b", "c"])
def test_scores_put_the_annotators_links_higher_than_plain_tfidf_does(links, report, annotator):
    noted = pd.read_csv(DATA / "gold" / annotator / "links.csv", dtype=str)
    pairs = pd.MultiIndex.from_frame(links[["deliberation", "recommendation"]])
    truth = pairs.isin(pd.MultiIndex.from_frame(noted))
    texts = report.sentences.set_index("sentence")["text"]
    said, recommended = (texts[links[side].unique()] for side in pairs.names)
    vectors = TfidfVectorizer().fit_transform([*said, *recommended])
    plain = (vectors[: len(said)] @ vectors[len(said) :].T).toarray().ravel()
    ours = average_precision_score(truth, links["score"])
    assert ours > average_precision_score(truth, plain) + 0.05


def test_every_pair_has_a_row(links):
    assert len(links) == 24 * 17
    assert not links.duplicated(["deliberation", "recommendation"]).any()


def test_linked_pairs_score_higher_than_all_others(links):
    assert links.loc[links["linked"], "score"].min() > links.loc[~links["linked"], "score"].max()


def test_the_line_between_linked_and_not_is_tukeys(links):
    lower, upper = links["score"].quantile([0.25, 0.75])
    assert (links["linked"] == (links["score"] > upper + 1.5 * (upper - lower))).all()


def test_evidence_names_entities_and_words(links):
    row = links.set_index(["deliberation", "recommendation"]).loc[("11.2", "12(g).1")]
    assert row["evidence"].startswith("entities: United Nations Office on Drugs and Crime")
    assert "words: " in row["evidence"]


def test_evidence_of_words_adds_up_to_the_score_when_it_is_short(links):
    short = links[(links["evidence"].str.count(r"\d\.\d\d") < 6) & (links["score"] > 0)]
    sums = short["evidence"].str.findall(r"\d\.\d\d").map(lambda parts: sum(map(float, parts)))
    assert (sums - short["score"]).abs().max() < 0.03


def test_a_paragraph_is_linked_when_any_of_its_sentences_is(links, report):
    units = link_passages(report, level="unit")
    by_unit = links.assign(
        deliberation=links["deliberation"].str.rsplit(".", n=1).str[0],
        recommendation=links["recommendation"].str.rsplit(".", n=1).str[0],
    ).groupby(["deliberation", "recommendation"])
    keyed = units.set_index(["deliberation", "recommendation"])
    assert len(units) == 9 * 7
    assert keyed["linked"].to_dict() == by_unit["linked"].any().to_dict()
    assert keyed["score"].to_dict() == by_unit["score"].max().to_dict()


def test_every_recommendation_has_a_linked_paragraph(report):
    assert mapping_matrix(report)["linked"].any(axis="columns").all()


def test_the_matrix_keeps_the_order_of_the_report(report):
    strength = mapping_matrix(report)["strength"]
    assert strength.index.tolist() == report.recommendations["recommendation"].tolist()
    assert strength.columns.tolist() == [str(number) for number in range(3, 12)]


def test_a_cell_leads_back_to_its_sentences(report):
    evidence = mapping_matrix(report)["evidence"].loc["12(b)", "7"]
    assert evidence.startswith("7.4 → 12(b).1: words: ")


@pytest.mark.parametrize("option", ["level", "method"])
def test_an_unknown_option_is_answered_with_the_valid_ones(report, option):
    with pytest.raises(ValueError, match=rf"{option} must be one of .*, but 'best' was passed"):
        link_passages(report, **{option: "best"})


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
    with pytest.raises(ReportError, match=r"no recommendations.*'Summary of deliberations'"):
        link_passages(read_report(DELIBERATED))


def test_a_report_without_deliberations_says_why_it_has_no_links():
    with pytest.raises(ReportError, match=r"no deliberations.*'Outcome of deliberations'"):
        mapping_matrix(read_report(RECOMMENDED))


def test_parts_under_different_headings_say_why_there_are_no_links():
    text = "A. Crime\n\n" + DELIBERATED + "B. Justice\n\n" + RECOMMENDED
    with pytest.raises(
        ReportError, match=r"under 'A\. Crime', recommendations under 'B\. Justice'"
    ):
        link_passages(read_report(text))
