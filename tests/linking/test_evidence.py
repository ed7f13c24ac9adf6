"""Evidence: what a pair shares, with the words as they stand on either side."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import extract_entities, link_passages, read_report
from helpers.contract import PAIR
from helpers.linking import shared_terms
from helpers.linking.evidence import mark, shared_places
from helpers.linking.parts import shared_parts, words_of
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
    ("Strong evidence-based plans.", "Bring evidence.", "“evidence-based” and “evidence”"),
    ("Access to justice.", "Justice and access.", "“Access”"),
    ("Speakers stressed crime.", "Prevent crime.", "only words that every such text has: “crime”"),
    ("Whales swim.", "Schools teach.", ""),
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
    covered = {at for part in parts for start, end in part.said for at in range(start, end)}
    for stem, (start, _) in zip(sides[0].stems, sides[0].places, strict=True):
        assert (start in covered) or ("word", stem) not in shares
    assert all(0 <= start < end <= len(recommended) for p in parts for start, end in p.recommended)


def test_pairs_keep_their_order_and_those_of_no_topic_are_left_out(links, report):
    some = links[links["score"] > 0].sample(20, random_state=0)
    shared = shared_terms(report, some)
    assert shared[PAIR].drop_duplicates().to_numpy().tolist() == some[PAIR].to_numpy().tolist()


def test_a_readers_own_entities_are_the_ones_that_count(links, report):
    entities = extract_entities(report)
    shared = shared_terms(report, links, entities=entities[entities["label"] == "INSTRUMENT"])
    ids = set(entities.loc[entities["label"] == "INSTRUMENT", "entity_id"])
    assert set(shared.loc[shared["kind"] == "entity", "term"]) <= ids
