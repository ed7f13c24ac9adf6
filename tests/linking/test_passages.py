"""Passages: how two lists of texts are scored, by words and concepts joined, and by others."""

import numpy as np
import pandas as pd
import pytest
import spacy
from conftest import read_cases
from hypothesis import given
from hypothesis import strategies as st

from helpers import score_passages
from helpers.linking.links import METHODS
from helpers.linking.passages import (
    STOPWORDS,
    Features,
    divide,
    extract_features,
    is_domain_stopword,
    phrases_of,
    stem,
    vectorize,
)

SAID = ["Speakers stressed extradition.", "Young people need education."]
WORDS = st.text(alphabet="abc ,.\n", max_size=12)
PASSAGES = st.lists(WORDS, min_size=1, max_size=4)


@pytest.mark.parametrize("case", read_cases("passages.csv"), ids=lambda case: case["rule"])
def test_what_belongs_together_scores_higher(case, nlp):
    scores = score_passages([case["deliberation"]], [case["closer"], case["farther"]], nlp=nlp)
    assert scores[0, 0] > scores[0, 1]


@pytest.mark.parametrize("method", METHODS)
def test_scores_have_a_row_a_deliberation_and_a_column_a_recommendation(method):
    assert METHODS[method](SAID, ["Education", "Trade", "Peace"]).shape == (2, 3)


@pytest.mark.parametrize("method", METHODS)
@given(deliberations=PASSAGES, recommendations=PASSAGES)
def test_scores_lie_between_zero_and_one(method, deliberations, recommendations):
    scores = METHODS[method](deliberations, recommendations)
    assert scores.shape == (len(deliberations), len(recommendations))
    assert np.isfinite(scores).all()
    assert ((scores >= 0) & (scores <= 1)).all()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("left", "right"), [([], ["x"]), (["x"], []), ("x", ["x"])])
def test_passages_must_be_lists_with_something_in_them(method, left, right):
    with pytest.raises(ValueError, match="must be a list of at least one text"):
        METHODS[method](left, right)


def test_the_same_words_score_one_and_other_words_nothing():
    assert score_passages(SAID, [SAID[0], "Nothing alike"])[0].round(6).tolist() == [1, 0]


def test_a_point_in_one_sentence_of_a_long_paragraph_counts_more_than_spread_over_it():
    point = "Young people need education in prisons"
    others = ["Speakers thanked the host", "Reports on trade came late", "Budgets were short"]
    asked = ["Educate young people in prisons.", "Publish trade budgets."]
    divided, undivided = ". ".join([point, *others]), "; ".join([point, *others])
    assert score_passages([divided], asked)[0, 0] > score_passages([undivided], asked)[0, 0]


def test_a_passage_of_one_sentence_scores_as_that_sentence():
    lone = score_passages(["Young people need education."], ["Educate youth.", "Trade."])
    lines = score_passages(["Young people need education.\n"], ["Educate youth.", " Trade."])
    assert lone.tolist() == lines.tolist()


def test_a_pair_of_paragraphs_is_the_mean_of_the_whole_and_of_its_best_sentences():
    said, asked = ["Peace came. Schools opened.", "Trade grew."], ["Open schools. Pay teachers."]
    sentences, owners = divide(said)
    assert owners.tolist() == [0, 0, 1]
    best = score_passages(sentences, divide(asked)[0])[:2].max()
    as_one = [text.replace(". ", "; ") for text in said], [asked[0].replace(". ", "; ")]
    assert score_passages(said, asked)[0, 0] == pytest.approx(
        (score_passages(*as_one)[0, 0] + best) / 2
    )


def test_a_passage_without_words_beside_paragraphs_scores_nothing():
    assert score_passages(["", "Peace came. Schools opened."], ["Open schools."])[0, 0] == 0


def test_function_words_make_no_likeness():
    assert score_passages(["It is of the"], ["It was of the"]).tolist() == [[0]]


def test_the_order_of_the_passages_does_not_matter():
    recommendations = ["Education", "Extradition of young offenders", "Peace"]
    scores = score_passages(SAID, recommendations)
    assert score_passages(SAID[::-1], recommendations)[::-1] == pytest.approx(scores)


def test_without_a_gazetteer_words_alone_count():
    pair = ["The role of UNODC"], ["The United Nations Office on Drugs and Crime"]
    assert score_passages(*pair, nlp=spacy.blank("en")).tolist() == [[0]]
    assert score_passages(*pair)[0, 0] > 0


def test_a_passage_has_its_words_and_concepts(nlp):
    passage = extract_features("UNODC fights wildlife trafficking", nlp)
    assert passage.words == ["unodc", "fight", "wildlif", "traffick"]
    assert [line[0] for line in passage.concepts] == ["unodc", "wildlife-trafficking"]


def test_a_broader_concept_counts_half_and_its_own_a_quarter():
    passage = Features([], [], [("member", "class", "top")])
    vectors = vectorize([passage], [passage])
    assert vectors.terms == [("concept", "class"), ("concept", "member"), ("concept", "top")]
    half, whole, quarter = vectors.deliberations.toarray()[0]
    assert [half / whole, quarter / whole] == pytest.approx([0.5, 0.25])


def test_a_domain_stopword_counts_half():
    passage = Features(["strengthen", "pirat"], [], [])
    vectors = vectorize([passage], [passage])
    pirate, strengthen = vectors.deliberations.toarray()[0]
    assert strengthen / pirate == pytest.approx(0.5)


def test_a_phrase_counts_as_much_as_a_word_and_half_if_it_is_of_the_genre():
    passage = Features(["pirat"], ["human right", "crime prevent"], [])
    stopwords, content, pirate = vectorize([passage], [passage]).deliberations.toarray()[0]
    assert [stopwords / pirate, content / pirate] == pytest.approx([0.5, 1])


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("equal access to justice", ["equal access", "access to justice"]),
        ("people-centred policies", ["people-centred", "centred policies"]),
        ("women, children", []),
        ("peace; justice (and schools)", []),
        ("strengthen the judiciary", []),
        ("speakers stressed schools for girls", ["schools for girls"]),
    ],
)
def test_a_phrase_is_two_words_with_nothing_but_stop_words_between(nlp, text, phrases):
    assert [phrase.text for phrase in phrases_of(nlp.make_doc(text))] == phrases


def test_a_thousand_passages_are_scored_against_a_thousand():
    said = [f"word{n % 50} stressed matter{n}" for n in range(1000)]
    assert score_passages(said, said[::-1]).shape == (1000, 1000)


def test_ids_of_another_pipeline_are_concepts_without_a_class():
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(
        [{"label": "GROUP", "pattern": word, "id": "own-youth"} for word in ("youths", "teenagers")]
    )
    assert score_passages(["The youths"], ["Help teenagers"], nlp=nlp)[0, 0] > 0


@pytest.mark.parametrize("method", METHODS)
def test_an_array_of_texts_is_a_list_of_texts(method):
    assert METHODS[method](np.array(SAID), np.array(SAID)).shape == (2, 2)


@pytest.mark.parametrize("method", METHODS)
def test_a_generator_is_refused_for_it_can_be_read_only_once(method):
    with pytest.raises(ValueError, match="must be a list of at least one text"):
        METHODS[method]((text for text in SAID), SAID)


def test_all_forms_of_a_domain_stopword_are_of_one_kind():
    table = pd.read_csv(STOPWORDS)
    kinds = table.groupby(table["word"].map(stem))["kind"].agg(set)
    assert not kinds[kinds.map(len) > 1].to_dict()


def weight_of(passage: Features, term: tuple[str, str], **weights: float) -> float:
    """Return how much a term counts beside a plain word, which every passage here has once."""
    plain = ("word", "pirat")
    vectors = vectorize([passage], [passage], **weights)
    row = dict(zip(vectors.terms, vectors.deliberations.toarray()[0], strict=True))
    return row[term] / row[plain]


def test_what_stands_twice_counts_by_its_logarithm():
    twice = Features(["pirat", "ship", "ship"], ["old ship", "old ship"], [("un",), ("un",)])
    for term in (("word", "ship"), ("phrase", "old ship"), ("concept", "un")):
        assert weight_of(twice, term) == pytest.approx(1 + np.log(2))


def test_each_kind_of_term_counts_what_its_weight_says():
    passage = Features(["pirat", "strengthen"], ["old ship"], [("un", "bodies")])
    weights = {"stopword": 0.2, "phrase": 3.0, "concept": 5.0, "broader": 0.1}
    assert weight_of(passage, ("word", "strengthen"), **weights) == pytest.approx(0.2)
    assert weight_of(passage, ("phrase", "old ship"), **weights) == pytest.approx(3)
    assert weight_of(passage, ("concept", "un"), **weights) == pytest.approx(5)
    assert weight_of(passage, ("concept", "bodies"), **weights) == pytest.approx(0.5)


def test_a_class_that_is_named_itself_counts_whole_though_a_member_stands_beside_it():
    for concepts in ([("member", "class"), ("class",)], [("class",), ("member", "class")]):
        assert weight_of(Features(["pirat"], [], concepts), ("concept", "class")) == 1


def test_no_concept_is_a_domain_stopword():
    assert is_domain_stopword(("concept", "crime")) is False


@pytest.mark.parametrize(
    ("sides", "error", "message"),
    [
        (([], ["x"]), ValueError, "^deliberations must be a list"),
        ((["x"], []), ValueError, "^recommendations must be a list"),
        ((["x", 3], ["x"]), TypeError, "^deliberations must be texts, but number 1 is of .* int"),
        ((["x"], [None]), TypeError, "^recommendations must be texts, but number 0 .* NoneType"),
    ],
)
def test_a_side_that_is_no_list_of_texts_is_named(sides, error, message):
    with pytest.raises(error, match=message):
        score_passages(*sides)
