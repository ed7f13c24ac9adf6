"""Evidence: what a pair shares, with the words as they stand on either side."""

import re

import pandas as pd
import pytest

from helpers import extract_entities, link_passages, read_report
from helpers.contract import PAIR
from helpers.linking import shared_terms


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


def test_the_text_to_read_names_what_the_table_holds(links, terms):
    """Six of a kind at most, entities before classes before words, none with a share of nothing."""
    texts = links.set_index(PAIR)["evidence"]
    served = texts["11.2", "12(g).1"]
    assert served.startswith("entities: ")
    assert "United Nations Office on Drugs and Crime 0." in served
    assert "; words: " in served
    assert "broader: financial crimes" in texts["6.2", "12(a).1"]
    for pair, shown in texts.items():
        kinds = of(terms, *pair).index.get_level_values("kind")
        counts = [
            min(6, kinds.isin(group).sum())
            for group in (["entity"], ["broader"], ["word", "phrase"])
        ]
        assert len(re.findall(r" 0\.\d\d\b", shown)) == sum(counts), (pair, shown)
