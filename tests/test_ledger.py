"""The ledger: five fates, and none of them joins a State with a view."""

import pytest

from helpers import build_ledger, read_report

REPORT = """
Summary of deliberations

1. {said}

Outcome of deliberations

2. The following recommendations were identified:

(a) {recommended}
"""


def fates(said: str, recommended: str) -> dict[str, tuple[str, str]]:
    """Return status and via of each concept of a report of two sentences."""
    report = read_report(REPORT.format(said=said, recommended=recommended))
    ledger = build_ledger(report)
    return {row.entity_id: (row.status, row.via) for row in ledger.itertuples()}


@pytest.fixture(scope="module")
def ledger(report):
    return build_ledger(report).set_index("entity_id")


def test_what_stands_in_both_is_carried():
    assert fates("Corruption.", "Fight corruption.") == {"corruption": ("carried", "")}


def test_two_names_of_one_thing_are_one_concept():
    assert fates("The CCPCJ met.", "Strengthen the CCPCJ.") == {"ccpcj": ("carried", "")}


def test_what_is_recommended_as_its_class_is_generalised_and_so_is_the_class():
    assert fates("Money-laundering grew.", "Fight financial crimes.") == {
        "money-laundering": ("generalized", "financial-crimes"),
        "financial-crimes": ("generalized", "money-laundering"),
    }


def test_a_class_that_was_deliberated_itself_is_carried():
    found = fates("Financial crimes, including money-laundering.", "Fight financial crimes.")
    assert found == {
        "financial-crimes": ("carried", ""),
        "money-laundering": ("generalized", "financial-crimes"),
    }


def test_what_was_deliberated_as_its_class_is_specialised():
    found = fates("Vulnerable populations need help.", "Help the elderly.")
    assert found["elderly"] == ("specialized", "vulnerable-populations")


def test_a_class_of_which_only_a_member_is_recommended_is_dropped_and_says_so():
    found = fates("Vulnerable populations need help.", "Help the elderly.")
    assert found["vulnerable-populations"] == ("dropped", "elderly")


def test_what_has_no_counterpart_is_dropped_or_emerged():
    assert fates("Scam centres grew.", "Ban hate crime.") == {
        "scam-centres": ("dropped", ""),
        "hate-crime": ("emerged", ""),
    }


def test_a_class_further_up_explains_as_well():
    found = fates("Scam centres grew.", "Prosecute fraud.")
    assert found["scam-centres"] == ("generalized", "fraud")


def test_a_kind_that_no_row_names_lies_under_its_class():
    found = fates("Smuggling of fuel grew.", "Stop illicit trafficking.")
    assert found["smuggling-of-fuel"] == ("generalized", "illicit-trafficking")


def test_no_state_stands_in_the_ledger():
    assert fates("Viet Nam stressed education.", "Fund education.") == {
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
