"""Evidence: what a pair shares, with the words as they stand on either side."""

import re
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import extract_entities, link_passages, read_report
from helpers.contract import PAIR
from helpers.linking import shared_terms
from helpers.linking.evidence import SharedParts, mark, shared_places
from helpers.linking.parts import marked_places, shared_parts, words_of
from helpers.linking.passages import cosines, is_domain_stopword
from helpers.linking.topics import sides_of, vectorize_sentences
from helpers.reading.report import Report


@pytest.fixture(scope="module")
def links(report):
    return link_passages(report)


@pytest.fixture(scope="module")
def terms(links, report):
    return shared_terms(report, links)


def of(terms: pd.DataFrame, said: str, recommended: str) -> pd.DataFrame:
    pair = (terms["deliberation"] == said) & (terms["recommendation"] == recommended)
    return terms[pair].set_index(["kind", "term"])


def test_the_shares_of_a_pair_add_up_to_its_score(links, terms):
    sums = terms.groupby(PAIR)["share"].sum()
    scores = links.set_index(PAIR)["score"]
    assert sums.to_dict() == pytest.approx(scores[scores > 0].to_dict())


def test_the_weightiest_term_of_a_pair_comes_first(terms):
    assert terms.groupby(PAIR)["share"].apply(lambda shares: shares.is_monotonic_decreasing).all()


def test_both_sides_words_stand_in_their_sentences(terms, report):
    texts = report.sentences.set_index("sentence")["text"]
    for row in terms.itertuples():
        for words, sentence in (
            (row.said, row.deliberation),
            (row.recommended, row.recommendation),
        ):
            assert all(word in texts[sentence] for word in words.split(", ")), (row, sentence)


def test_two_names_of_one_thing_stand_as_they_are_written(terms):
    shared = of(terms, "11.2", "12(g).1").loc["entity", "unodc"]
    assert shared["said"] == shared["recommended"] == "UNODC"
    served = of(terms, "11.1", "12(f).1").loc["entity", "ccpcj"]
    assert served["said"] == "CCPCJ"
    assert served["recommended"].startswith("Commission on Crime Prevention and Criminal Justice, ")


def test_a_class_stands_beside_what_was_said_of_its_member(terms):
    shared = of(terms, "6.2", "12(a).1").loc["broader", "financial-crimes"]
    assert (shared["said"], shared["recommended"]) == (
        "illicit financial flows",
        "financial crimes",
    )


def test_words_and_phrases_are_told_from_entities(terms):
    assert set(terms["kind"]) == {"entity", "broader", "word", "phrase"}
    phrases = terms[terms["kind"] == "phrase"]
    assert phrases["term"].str.count(" ").eq(1).all()


def test_no_name_of_a_state_is_evidence():
    report = read_report(
        "Summary of deliberations\n\n1. Speakers from Viet Nam stressed whales.\n\n"
        "Outcome of deliberations\n\n2. The following:\n\n(a) Help Viet Nam to protect whales;"
    )
    assert "VNM" in extract_entities(report)["entity_id"].tolist()
    shared = shared_terms(report, link_passages(report))
    assert shared["said"].tolist() == ["whales"]


def test_a_pair_of_nothing_in_common_has_no_row(report, links):
    nothing = links[links["score"] == 0]
    assert len(nothing)
    assert shared_terms(report, nothing).empty


SMALL = read_report(
    "Summary of deliberations\n\n"
    "1. The CCPCJ stressed money-laundering, and empowering young people at school.\n\n"
    "2. Whales swim.\n\nOutcome of deliberations\n\n3. The following:\n\n"
    "(a) Request the Commission on Crime Prevention and Criminal Justice to act on financial "
    "crimes, at all schools, by empowerment of youth;\n\n(b) Empower: schools, schooling;"
)


EVIDENCE = [
    ("Money-laundering grew.", "Stop financial crimes.",
     "“Money-laundering” under “financial crimes”"),
    ("Financial crimes grew.", "Stop money-laundering.",
     "“Financial crimes” above “money-laundering”"),
    ("Whales; children.", "Trees; the elderly.",
     "“children” and “elderly”: both under vulnerable populations"),
    ("Young people learn.", "Support youth.", "“Young people” and “youth”"),
    ("CCPCJ spoke.", "Ask the Commission on Crime Prevention and Criminal Justice.",
     "“CCPCJ” and “Commission on Crime Prevention and Criminal Justice”"),
    ("A triple crisis – climate change.", "The triple crisis – climate change.",
     "“triple crisis”; “climate change”"),
    ("At the grass-root level.", "At the grass root level.",
     "“grass-root level” and “grass root level”"),
    ("Strong evidence-based plans.", "Bring evidence.", "“evidence”"),
    ("Access to justice.", "Justice and access.", "“Access”"),
    ("Speakers stressed crime.", "Prevent crime.", "only words that every such text has: “crime”"),
    ("Whales swim.", "Schools teach.", ""),
    ("Convention No. 169 was cited.", "Ratify Convention No. 182.",
     "“Convention” in “Convention No. 169” and in “Convention No. 182”"),
    ("Goals for sustainable development.", "Reach the Sustainable Development Goals.",
     "“sustainable development” and “Sustainable Development Goals”; “Goals”"),
    ("The national human rights plan.", "Heed United Nations human rights bodies.",
     "“human rights”"),
    ("Transnational organized crime grew.", "Stop organized crime.",
     "“Transnational organized crime” under “organized crime”"),
    ("Money-laundering and economic and financial crimes.", "Stop financial crimes.",
     "“economic and financial crimes” above “financial crimes”; "
     "“Money-laundering” under “financial crimes”"),
    ("Whales cite article 6 paragraph 2.", "Sharks cite article 14 paragraph 9.",
     "“cite article”; “paragraph”"),
    ("The “triple planetary” crisis grew.", "Address the triple planetary crisis.",
     "“triple planetary”; “crisis”"),
    ("Gender-responsive plans.", "Build responses.",
     "only words that every such text has: “responsive” and “responses”"),
]  # fmt: skip


def small(said: str, recommended: str) -> Report:
    return read_report(
        f"Summary of deliberations\n\n1. {said}\n\nOutcome of deliberations\n\n"
        f"2. The following:\n\n(a) {recommended}\n\n(b) Nothing else;"
    )


def of_small(said: str, recommended: str) -> str:
    links = link_passages(small(said, recommended))
    return links.set_index("recommendation")["evidence"]["2(a).1"]


@pytest.mark.parametrize(("said", "recommended", "evidence"), EVIDENCE)
def test_evidence_is_in_the_words_of_either_sentence(said, recommended, evidence):
    assert of_small(said, recommended) == evidence


def test_a_class_of_a_readers_own_that_has_no_name_is_called_by_its_id():
    entities = extract_entities(SMALL)
    above = entities["ancestors"].mask(
        entities["entity_id"].isin(["money-laundering", "youth"]), "own-class"
    )
    mine = entities.assign(ancestors=above)[
        lambda e: e["entity_id"].ne("youth") | e["sentence"].eq("3(a).1")
    ]
    evidence = link_passages(SMALL, entities=mine)["evidence"][0]
    assert "both under own-class" in evidence


def test_what_is_named_in_evidence_stands_in_the_sentences(links, report):
    texts = report.sentences.set_index("sentence")["text"]
    for link in links.itertuples():
        both = texts[link.deliberation] + texts[link.recommendation]
        for words in re.findall("“(.+?)”", link.evidence):
            assert words in both


def test_evidence_names_six_parts_and_counts_the_others(links):
    evidence = links.set_index(PAIR)["evidence"]["3.2", "12(a).1"]
    assert evidence.count("; ") == 6
    assert evidence.endswith("; and 4 more")


def test_no_part_is_named_within_another(links):
    for evidence in links["evidence"]:
        named = evidence.split("; ")
        alike = [part.strip("“”").lower() for part in named if "” " not in part]
        assert not [one for one in alike if any(one in other and one != other for other in alike)]


def test_marks_stand_around_what_is_shared_and_take_no_letter_away(links, report):
    places = shared_places(report, links)
    texts = report.sentences.set_index("sentence")["text"]
    for row in places.itertuples():
        for sentence, marks in (
            (row.deliberation, row.said),
            (row.recommendation, row.recommended),
        ):
            marked = mark(texts[sentence], marks, "<", ">")
            assert marked.replace("<", "").replace(">", "") == texts[sentence]
            assert marked.count("<") == len(marks)


def test_every_place_of_what_is_shared_is_marked_on_either_side():
    report = small("Whale sharks swim.", "Protect whale sharks and every whale.")
    row = shared_places(report, link_passages(report)).iloc[0]
    assert row["recommended"] == [(8, 20), (31, 36)] or row["recommended"] == [(8, 36)]


def test_marks_in_any_order_change_no_text():
    assert mark("abcdef", [(4, 6), (0, 3), (2, 3)]) == "**abc**d**ef**"


def test_what_stands_for_nothing_is_no_evidence():
    report = small("Extradition helps whales.", "Teach youth about whales.")
    entities = extract_entities(report).assign(entity_id="", name="", ancestors="", parent="")
    assert link_passages(report, entities=entities)["evidence"][0] == "“whales”"


def test_the_parts_of_a_pair_have_all_of_its_score(report):
    entities, sides = extract_entities(report), sides_of(report)
    vectors = vectorize_sentences(*sides[:2], entities)
    parts_of = SharedParts(vectors, sides, entities)
    for (row, column), score in np.ndenumerate(cosines(vectors)):
        assert sum(part.share for part in parts_of(row, column)) == pytest.approx(score)


def test_long_sentences_without_marks_are_compared_in_time():
    words = [f"{one}{two}a" for one in "bcdfghklmn" for two in "aeiouaeiou"]
    text = " ".join(words[at * at % 97] for at in range(3000))
    before = time.perf_counter()
    shared_parts(
        words_of(text), words_of(text), {("word", stem): 1.0 for stem in words_of(text).stems}
    )
    assert time.perf_counter() - before < 10


def test_what_every_text_has_is_not_marked():
    report = small("Speakers stressed crime.", "Prevent crime.")
    assert shared_places(report, link_passages(report))["said"].tolist() == [[], []]


def test_a_name_of_a_state_is_not_marked():
    report = small("Viet Nam protects whales.", "Ask Viet Nam for whales.")
    row = shared_places(report, link_passages(report)).iloc[0]
    assert (row["said"], row["recommended"]) == ([(18, 24)], [(17, 23)])


TOKENS = ("young", "people", "youth", "crime", "-", "–", ",", "women's", "Viet", "½", "the")
WORDS = st.lists(st.sampled_from(TOKENS), max_size=9).map(" ".join)


@given(WORDS, WORDS)
def test_parts_of_any_sentences_stand_in_them(said, recommended):
    sides = words_of(said), words_of(recommended)
    shares = {("word", stem): 1.0 for stem in {*sides[0].stems} & {*sides[1].stems}}
    parts = shared_parts(*sides, shares)
    places = marked_places(sides[0], parts, [part.said for part in parts])
    covered = {at for start, end in places for at in range(start, end)}
    for stem, (start, _) in zip(sides[0].stems, sides[0].places, strict=True):
        genre = is_domain_stopword(("word", stem))
        assert start in covered or genre or ("word", stem) not in shares
    assert all(0 <= part.recommended[0] < part.recommended[1] <= len(recommended) for part in parts)
    assert sum(part.share for part in parts) == pytest.approx(sum(shares.values()))


def test_pairs_keep_their_order_and_those_of_no_topic_are_left_out(links, report):
    some = links[links["score"] > 0].sample(20, random_state=0)
    shared = shared_terms(report, some)
    assert shared[PAIR].drop_duplicates().to_numpy().tolist() == some[PAIR].to_numpy().tolist()


def test_a_readers_own_entities_are_the_ones_that_count(links, report):
    entities = extract_entities(report)
    shared = shared_terms(report, links, entities=entities[entities["label"] == "INSTRUMENT"])
    ids = set(entities.loc[entities["label"] == "INSTRUMENT", "entity_id"])
    assert set(shared.loc[shared["kind"] == "entity", "term"]) <= ids
