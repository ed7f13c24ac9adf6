"""The ledger: five statuses, none of which joins a State with a view; and the force of verbs."""

import pandas as pd
import pytest

from helpers import build_ledger, extract_entities, link_passages, links_by_unit, read_report
from helpers.contract import LEDGER_COLUMNS, STATUSES, TableError
from helpers.ledger import VERBS, compare_force, verbs_in
from helpers.reading import ReportError

REPORT = """
Summary of deliberations

1. {said}

Outcome of deliberations

2. The following recommendations were identified:

(a) {recommended}
"""


def statuses(said: str, recommended: str) -> dict[str, tuple[str, str]]:
    """Return status and via of each concept of a report of two sentences."""
    report = read_report(REPORT.format(said=said, recommended=recommended))
    ledger = build_ledger(report)
    return {row.entity_id: (row.status, row.via) for row in ledger.itertuples()}


@pytest.fixture(scope="module")
def ledger(report):
    return build_ledger(report).set_index("entity_id")


def test_what_stands_in_both_is_carried():
    assert statuses("Corruption.", "Fight corruption.") == {"corruption": ("carried", "")}


def test_two_names_of_one_thing_are_one_concept():
    assert statuses("The CCPCJ met.", "Strengthen the CCPCJ.") == {"ccpcj": ("carried", "")}


def test_what_is_recommended_as_its_class_is_generalized_and_so_is_the_class():
    assert statuses("Money-laundering grew.", "Fight financial crimes.") == {
        "money-laundering": ("generalized", "financial-crimes"),
        "financial-crimes": ("generalized", "money-laundering"),
    }


def test_a_class_that_was_deliberated_itself_is_carried():
    found = statuses("Financial crimes, including money-laundering.", "Fight financial crimes.")
    assert found == {
        "financial-crimes": ("carried", ""),
        "money-laundering": ("generalized", "financial-crimes"),
    }


def test_what_was_deliberated_as_its_class_is_specialized():
    found = statuses("Vulnerable populations need help.", "Help the elderly.")
    assert found["elderly"] == ("specialized", "vulnerable-populations")


def test_a_class_of_which_only_a_member_is_recommended_is_dropped_and_says_so():
    found = statuses("Vulnerable populations need help.", "Help the elderly.")
    assert found["vulnerable-populations"] == ("dropped", "elderly")


def test_what_has_no_counterpart_is_dropped_or_emerged():
    assert statuses("Scam centres grew.", "Ban hate crime.") == {
        "scam-centres": ("dropped", ""),
        "hate-crime": ("emerged", ""),
    }


def test_a_class_further_up_explains_as_well():
    found = statuses("Scam centres grew.", "Prosecute fraud.")
    assert found["scam-centres"] == ("generalized", "fraud")


def test_a_kind_that_no_row_names_lies_under_its_class():
    found = statuses("Smuggling of fuel grew.", "Stop illicit trafficking.")
    assert found["smuggling-of-fuel"] == ("generalized", "illicit-trafficking")


def test_no_state_stands_in_the_ledger():
    assert statuses("Viet Nam stressed education.", "Fund education.") == {
        "education": ("carried", "")
    }


def test_procedural_paragraphs_have_no_part_in_it(ledger):
    assert "tij" not in ledger.index


def test_a_ledger_without_concepts_keeps_its_columns():
    report = read_report(REPORT.format(said="Nothing.", recommended="Nothing."))
    assert build_ledger(report).columns[:4].tolist() == ["entity_id", "name", "label", "status"]


@pytest.mark.parametrize(
    ("concept", "status", "via"),
    [
        ("terrorism", "carried", ""),
        ("un-cybercrime-convention", "carried", ""),
        ("money-laundering", "generalized", "financial-crimes"),
        ("sdg-16", "generalized", "sdgs"),
        ("sdgs", "generalized", "sdg-16"),
        ("children", "generalized", "vulnerable-populations"),
        ("elderly", "specialized", "vulnerable-populations"),
        ("bangkok-rules", "dropped", ""),
        ("scam-centres", "dropped", ""),
        ("trafficking-in-persons", "emerged", ""),
        ("kyoto-declaration", "emerged", ""),
    ],
)
def test_the_reports_ledger(ledger, concept, status, via):
    assert ledger.loc[concept, ["status", "via"]].tolist() == [status, via]


def test_every_line_leads_to_sentences_on_the_side_its_status_says(ledger):
    for row in ledger.itertuples():
        assert bool(row.deliberations) == (row.status in {"carried", "dropped"}) or row.via
        assert bool(row.recommendations) or row.status in {"generalized", "dropped"}


def test_the_lists_of_crimes_in_3_and_12a_differ_by_these(ledger):
    crimes = ledger[ledger["label"] == "CRIME_TYPE"]
    said = set(crimes.index[crimes["deliberations"].map(lambda at: "3.2" in at)])
    recommended = set(crimes.index[crimes["recommendations"].map(lambda at: "12(a).1" in at)])
    assert said - recommended == {"money-laundering"}
    assert recommended - said == {
        "trafficking-in-persons",
        "smuggling-of-migrants",
        "new-and-emerging-forms-of-crime",
    }


def test_a_ledger_has_the_columns_that_are_promised(report):
    ledger = build_ledger(report)
    assert ledger.columns.tolist() == LEDGER_COLUMNS
    assert set(ledger["status"]) == set(STATUSES)


def test_the_nearest_class_that_is_recommended_explains_and_no_other():
    found = statuses("Scam centres grew.", "Prosecute fraud and economic crime.")
    assert found["scam-centres"] == ("generalized", "fraud")
    assert found["economic-crime"] == ("generalized", "scam-centres")


def test_all_members_that_were_deliberated_explain_their_class():
    found = statuses("Money-laundering and illicit financial flows.", "Financial crimes.")
    assert found["financial-crimes"] == ("generalized", "illicit-financial-flows; money-laundering")


def test_concepts_stand_in_the_order_in_which_the_text_names_them():
    assert list(statuses("Terrorism, corruption.", "Act on hate crime and piracy.")) == [
        "terrorism", "corruption", "hate-crime", "piracy",
    ]  # fmt: skip


def test_a_concept_leads_to_every_sentence_that_names_it_on_either_side():
    report = read_report(
        REPORT.format(
            said="Corruption grew. Trade grew. Corruption, it was said, is corruption.",
            recommended="Fight it. Corruption is costly. Prevent corruption",
        )
    )
    (row,) = build_ledger(report).itertuples()
    assert (row.deliberations, row.recommendations) == (["1.1", "1.3"], ["2(a).2", "2(a).3"])


def test_topics_stand_in_the_order_of_the_text():
    text = "".join(
        f"{letter}. Theme {letter}\n\nSummary of deliberations\n\n{n}. Corruption.\n\n"
        f"Outcome of deliberations\n\n{n + 1}. The following:\n\n(a) Fight corruption.\n\n"
        for letter, n in (("B", 1), ("A", 3))
    )
    assert build_ledger(read_report(text))["topic"].str[0].tolist() == ["B", "A"]


def test_a_concept_has_a_row_per_topic():
    text = "".join(
        f"{letter}. Theme {letter}\n\nSummary of deliberations\n\n{n}. {said}\n\n"
        f"Outcome of deliberations\n\n{n + 1}. The following:\n\n(a) {recommended}.\n\n"
        for letter, n, said, recommended in (
            ("A", 1, "Corruption grew.", "Fight corruption"),
            ("B", 3, "Corruption grew.", "Fight piracy"),
        )
    )
    ledger = build_ledger(read_report(text)).query("entity_id == 'corruption'")
    assert ledger["status"].tolist() == ["carried", "dropped"]
    assert ledger["topic"].str[0].tolist() == ["A", "B"]
    assert ledger["deliberations"].tolist() == [["1.1"], ["3.1"]]


NOTES = [
    ("Corruption grew.", "Fight corruption.", True, {"corruption": ""}),
    ("Corruption grew.", "Fight corruption.", False,
     {"corruption": "1.1 (deliberated) and 2(a).1 (recommended) are not linked: perhaps named in "
                    "different matters"}),
    ("Money-laundering grew.", "Fight financial crimes.", True,
     {"money-laundering": "", "financial-crimes": ""}),
    ("Money-laundering grew.", "Fight financial crimes.", False,
     {"money-laundering": "by way of financial crimes, and 1.1 (deliberated) and 2(a).1 "
                          "(recommended) are not linked: perhaps on another matter",
      "financial-crimes": "by way of money-laundering, and 1.1 (deliberated) and 2(a).1 "
                          "(recommended) are not linked: perhaps on another matter"}),
    ("Vulnerable populations need help.", "Help the elderly.", False,
     {"vulnerable-populations": "",
      "elderly": "by way of vulnerable populations, and 1.1 (deliberated) and 2(a).1 "
                 "(recommended) are not linked: perhaps on another matter"}),
    ("Piracy grew.", "Fight arson.", True,
     {"piracy": "its sentences are linked to 2(a).1: perhaps there in other words",
      "arson": "its sentences are linked to 1.1: perhaps said in other words"}),
    ("Piracy grew.", "Fight arson.", False, {"piracy": "", "arson": ""}),
]  # fmt: skip


@pytest.mark.parametrize(("said", "recommended", "linked", "notes"), NOTES)
def test_a_note_says_where_links_make_a_status_doubtful(said, recommended, linked, notes):
    report = read_report(REPORT.format(said=said, recommended=recommended))
    links = link_passages(report).assign(linked=linked)
    ledger = build_ledger(report, links=links)
    assert dict(zip(ledger["entity_id"], ledger["note"], strict=True)) == notes


def test_a_note_names_three_sentences_the_likest_first_and_counts_the_others():
    letters = "".join(f"\n({letter}) Fight arson;\n" for letter in "bcde")
    report = read_report(REPORT.format(said="Piracy grew.", recommended="Fight arson;") + letters)
    links = link_passages(report).assign(linked=True, score=[0.1, 0.2, 0.3, 0.4, 0.5])
    note = build_ledger(report, links=links).set_index("entity_id")["note"]["piracy"]
    assert note.startswith("its sentences are linked to 2(e).1, 2(d).1, 2(c).1 and 2 more: ")


def test_what_stands_for_nothing_has_no_row():
    report = read_report(REPORT.format(said="Piracy grew.", recommended="Teach youth."))
    entities = extract_entities(report).assign(entity_id="", name="", ancestors="", parent="")
    assert build_ledger(report, entities).empty


def test_a_class_named_in_a_sentence_on_another_matter_is_noted(ledger):
    """What 12(c).3 calls "global cooperation" stands in a sentence on technology."""
    row = ledger.loc["mutual-legal-assistance"]
    assert (row["status"], row["via"]) == ("generalized", "international-cooperation")
    assert "6.1 (deliberated) and 12(c).3 (recommended) are not linked" in row["note"]


def test_crimes_of_the_protocols_have_no_parent_in_organized_crime():
    """The guidelines say why."""
    said = "Transnational organized crime grew."
    for recommended in ("Fight trafficking in persons.", "Fight the smuggling of migrants."):
        assert set(statuses(said, recommended).values()) == {("dropped", ""), ("emerged", "")}


def test_entities_of_a_bare_text_give_no_empty_ledger_but_a_reason(report):
    with pytest.raises(TableError, match=r"lies in the sentence .* extract_entities\(report\)"):
        build_ledger(report, extract_entities(report.text))


def test_entities_of_another_report_are_refused(report):
    other = read_report(REPORT.format(said="Corruption grew.", recommended="Fight corruption."))
    with pytest.raises(TableError, match=r"'corruption' should stand .* found in another"):
        build_ledger(report, extract_entities(other).tail(1))
    with pytest.raises(TableError, match=r"entities: the column 'ancestors' is missing"):
        build_ledger(report, extract_entities(report).drop(columns="ancestors"))
    with pytest.raises(TypeError, match="entities must be a table"):
        build_ledger(report, "Corruption")


def test_a_ledger_says_whether_the_recommendations_were_negotiated(ledger):
    assert set(ledger["negotiated"]) == {"no"}
    unsaid = read_report(REPORT.format(said="Corruption.", recommended="Fight corruption."))
    assert set(build_ledger(unsaid)["negotiated"]) == {"not said"}


def test_entities_from_a_file_give_the_same_ledger(report, ledger, tmp_path):
    extract_entities(report).to_csv(tmp_path / "entities.csv", index=False)
    again = build_ledger(report, pd.read_csv(tmp_path / "entities.csv"))
    assert again.set_index("entity_id").equals(ledger)


@pytest.mark.parametrize(
    ("sentence", "part", "verbs"),
    [
        ("It was noted that trade grew.", "deliberations", [("noted", 1)]),
        ("Speakers welcomed it, urging ratification.", "deliberations",
         [("welcomed", 2), ("urging", 3)]),
        ("The need to address crime is known.", "deliberations", []),
        ("Ensure transparency and promote trust;", "recommendations",
         [("Ensure", 3), ("promote", 2)]),
        ("CONSIDER the matter.", "recommendations", [("CONSIDER", 1)]),
        ("", "recommendations", []),
    ],
)  # fmt: skip
def test_verbs_with_a_force_are_found_in_their_part(sentence, part, verbs):
    assert verbs_in(sentence, part) == verbs


def test_every_form_of_a_verb_has_one_force_in_its_part():
    table = pd.read_csv(VERBS).assign(forms=lambda verbs: verbs["forms"].str.split("|"))
    forms = table.explode("forms")
    assert not forms.duplicated(["part", "forms"]).any()
    assert set(table.groupby("force")["meaning"].nunique()) == {2}  # one a part


@pytest.mark.parametrize(
    ("said", "asked", "shift"),
    [
        ("Speakers noted fraud.", "Criminalize fraud.", "stronger"),
        ("Speakers urged action on fraud.", "Consider fraud.", "weaker"),
        ("Speakers stressed fraud.", "Address fraud.", "the same"),
        ("Fraud is a crime.", "Address fraud.", ""),
        ("Speakers stressed fraud.", "Fraud is a crime.", ""),
    ],
)
def test_the_shift_goes_from_what_was_said_to_what_is_asked(said, asked, shift):
    report = read_report(
        f"Summary of deliberations\n\n1. {said}\n\nOutcome of deliberations\n\n"
        f"2. The following:\n\n(a) {asked}"
    )
    links = link_passages(report).assign(linked=True)
    assert compare_force(report, links)["shift"].tolist() == [shift]


def test_only_linked_pairs_are_compared(report):
    links = link_passages(report)
    assert len(compare_force(report, links)) == links["linked"].sum()


def test_sums_of_units_have_no_verbs_and_are_refused(report):
    with pytest.raises(TableError, match="is no sentence of this report's deliberations"):
        compare_force(report, links_by_unit(link_passages(report), report))


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("Summary of deliberations\n\n1. Corruption.", "recommendations"),
        ("Outcome of deliberations\n\n1. Corruption.", "deliberations"),
    ],
)
def test_where_one_side_is_missing_nothing_is_dropped_or_emerged_but_it_is_said(text, lacks):
    with pytest.raises(ReportError, match=f"nothing to map: this report has no {lacks}"):
        build_ledger(read_report(text))


def test_a_ledger_in_the_order_of_the_text_whatever_the_order_of_the_entities(report, ledger):
    backwards = build_ledger(report, extract_entities(report).iloc[::-1])
    assert backwards.set_index("entity_id").equals(ledger)


def test_verbs_are_compared_of_links_that_were_filtered_as_well(report):
    links = link_passages(report)
    table = compare_force(report, links[links["linked"]])
    assert table.equals(compare_force(report, links))
    assert set(table["negotiated"]) == {"no"}
