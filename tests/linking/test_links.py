"""Links: which pairs of a report count as linked, and what speaks for them."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import extract_entities, link_passages, mapping_matrix, read_report, score_passages
from helpers.evaluation.gold import read_gold_links
from helpers.linking.links import HIGHEST_THRESHOLD, TUKEY_FACTOR, link_threshold
from helpers.linking.passages import is_domain_stopword, stem
from helpers.reading.documents import ReportError
from helpers.reading.report import NOTES, Report
from helpers.resources import DATA

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


def test_the_line_between_linked_and_not_is_tukeys(links):
    lower, upper = links["score"].quantile([0.25, 0.75])
    line = upper + TUKEY_FACTOR * (upper - lower)
    assert links.loc[links["linked"], "score"].min() > line
    apart = links[~links["linked"] & (links["score"] > line)]
    assert apart[["deliberation", "recommendation"]].to_numpy().tolist() == [["3.1", "12(f).1"]]


def test_words_of_the_genre_alone_make_no_link(links):
    """The one pair above the line that is not linked shares nothing else."""
    evidence = links.set_index(["deliberation", "recommendation"])["evidence"]["3.1", "12(f).1"]
    names = [name.split() for name in re.findall(r"([a-z ]+) 0\.", evidence)]
    terms = [("phrase" if words[1:] else "word", " ".join(map(stem, words))) for words in names]
    assert len(terms) == 6
    assert all(map(is_domain_stopword, terms))


def test_where_most_pairs_share_nothing_the_line_is_drawn_among_the_others():
    scores = np.array([0.0] * 90 + [0.1] * 8 + [0.5, 0.9])
    assert 0.1 <= link_threshold(scores) < 0.5
    assert link_threshold(np.zeros(4)) == 0


@given(st.lists(st.floats(0, 1), min_size=1))
def test_a_line_lies_at_no_score_below_the_middle_and_can_be_reached(scores):
    line = link_threshold(np.array(scores))
    assert min(np.quantile(scores, 0.75), HIGHEST_THRESHOLD) <= line <= HIGHEST_THRESHOLD


def test_what_is_the_same_is_linked_whatever_else_is_there():
    for others in ([], ["Buy umbrellas"]):
        report = made(["Protect whales.", "Trains arrive."], ["Protect whales", "Paint", *others])
        links = link_passages(report)
        pair = (links["deliberation"] == "1.1") & (links["recommendation"] == "3(a).1")
        assert links.loc[pair, "linked"].all()
    same = ["Protect whales.", "Trains arrive.", "Umbrellas open.", "Bananas ripen."]
    assert link_passages(made(same, same))["linked"].sum() == len(same)


def test_the_name_of_a_state_links_nothing():
    report = made(
        ["Viet Nam reported on whales.", "Bananas ripen."],
        ["Assist Viet Nam in painting", "Buy umbrellas"],
    )
    assert not link_passages(report)["score"].any()


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


def test_scores_are_those_of_the_passages(links, report):
    sides = [
        report.sentences.loc[report.sentences["part"] == part, "text"].tolist()
        for part in ("deliberations", "recommendations")
    ]
    assert links["score"].to_numpy() == pytest.approx(score_passages(*sides).ravel())


def test_every_method_scores_the_same_pairs(links, report):
    others = link_passages(report, method="bm25")
    ids = ["deliberation", "recommendation", "evidence"]
    assert others[ids].equals(links[ids])
    assert not others["score"].equals(links["score"])


def test_evidence_names_entities_broader_concepts_and_words(links):
    evidence = links.set_index(["deliberation", "recommendation"])["evidence"]
    served = evidence["11.2", "12(g).1"]
    assert served.startswith("entities: ")
    assert "United Nations Office on Drugs and Crime 0." in served
    assert "; words: " in served
    assert "broader: financial crimes" in evidence["6.2", "12(a).1"]


def test_evidence_adds_up_to_the_score_where_all_of_it_is_shown(links):
    parts = links["evidence"].str.findall(r" (0\.\d\d)(?=[,;]|$)")
    shown = links[(parts.str.len() < 6) & (links["score"] > 0)]
    sums = parts[shown.index].map(lambda numbers: sum(map(float, numbers)))
    assert (sums - shown["score"]).abs().max() < 0.03


def test_states_are_no_evidence(report):
    text = report.text.replace("Speakers stressed", "Speakers from Viet Nam stressed", 1)
    text = text.replace("Foster multi", "Foster with Viet Nam multi", 1)
    marked = read_report(text)
    assert "VNM" in extract_entities(marked).query("sentence == '6.2'")["entity_id"].tolist()
    assert not link_passages(marked)["evidence"].str.contains("entities:[^;]*Viet Nam").any()


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


def test_the_strongest_paragraph_is_right_for_every_recommendation(report):
    strongest = mapping_matrix(report)["strength"].idxmax(axis="columns")
    gold = {(recommendation.rsplit(".", 1)[0], deliberation.rsplit(".", 1)[0])
            for deliberation, recommendation in read_gold_links()}  # fmt: skip
    assert set(strongest.items()) <= gold


def test_the_matrix_says_that_the_recommendations_were_not_negotiated(report):
    assert mapping_matrix(report).attrs["note"] == NOTES["no"]


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


def test_time_and_memory_as_measured_grow_no_faster_than_the_number_of_pairs():
    times = pd.read_csv(DATA / "comparison" / "mapping_time.csv").set_index(["what", "pairs"])
    assert times.loc["text to workbook", "seconds"].item() < 2
    for what in ("score", "link, with evidence"):
        table = times.loc[what]
        smallest, largest = table.index.min(), table.index.max()
        assert largest == 1000 * 1000
        assert table.loc[largest, "seconds"] < 10
        assert table.loc[largest, "peak_mib"] < 1024
        growth = table.loc[largest, "seconds"] / table.loc[smallest, "seconds"]
        assert growth < 1.25 * largest / smallest
