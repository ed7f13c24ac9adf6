"""Evidence: what a pair shares, with the words as they stand on either side."""

import pandas as pd
import pytest

from helpers import extract_entities, link_passages, read_report
from helpers.contract import PAIR
from helpers.linking import shared_terms
from helpers.linking.evidence import name_terms
from helpers.linking.topics import sides_of, vectorize_sentences


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


def test_the_text_to_read_names_concepts_by_their_names_and_words_by_their_shortest_form():
    assert link_passages(SMALL)["evidence"].tolist() == [
        "entities: youth 0.05, Commission on Crime Prevention and Criminal Justice 0.05; "
        "broader: financial crimes 0.02, economic and financial crimes 0.01; words: schools 0.03",
        "words: schools 0.14, empower 0.13",
        "",
        "",
    ]


def test_a_class_that_nobody_names_has_its_name_from_the_tables_and_an_unknown_one_its_id():
    entities = extract_entities(SMALL)
    laundering = entities["entity_id"] == "money-laundering"
    both = entities["entity_id"].isin(["money-laundering", "financial-crimes"])
    above = entities["ancestors"].mask(both, "own-class").mask(laundering, "fraud; own-class")
    evidence = link_passages(SMALL, entities=entities.assign(ancestors=above))["evidence"][0]
    assert "broader: own-class 0." in evidence
    assert "fraud" not in evidence


def test_the_text_holds_the_first_six_of_each_kind_in_the_tables_order(links, terms, report):
    sides, entities = sides_of(report), extract_entities(report)
    vectors = vectorize_sentences(*sides[:2], entities)
    names = dict(zip(vectors.terms, name_terms(vectors, sides[1]["text"], entities), strict=True))
    kinds = {"entity": "concept", "broader": "concept"}
    groups = {"entities": ["entity"], "broader": ["broader"], "words": ["word", "phrase"]}
    for link in links.itertuples():
        rows = of(terms, link.deliberation, link.recommendation).reset_index()
        parts = []
        for group, of_group in groups.items():
            first = rows[rows["kind"].isin(of_group)].head(6).itertuples()
            shown = [f"{names[kinds.get(r.kind, r.kind), r.term]} {r.share:.2f}" for r in first]
            parts += [f"{group}: {', '.join(shown)}"] * bool(shown)
        assert link.evidence == "; ".join(parts)


def test_pairs_keep_their_order_and_those_of_no_topic_are_left_out(links, report):
    some = links[links["score"] > 0].sample(20, random_state=0)
    shared = shared_terms(report, some)
    assert shared[PAIR].drop_duplicates().to_numpy().tolist() == some[PAIR].to_numpy().tolist()


def test_a_readers_own_entities_are_the_ones_that_count(links, report):
    entities = extract_entities(report)
    shared = shared_terms(report, links, entities=entities[entities["label"] == "INSTRUMENT"])
    ids = set(entities.loc[entities["label"] == "INSTRUMENT", "entity_id"])
    assert set(shared.loc[shared["kind"] == "entity", "term"]) <= ids
