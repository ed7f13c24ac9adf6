"""Force: reporting verbs beside operative verbs, on a scale that says what it is."""

import pandas as pd
import pytest

from helpers import link_passages, read_report
from helpers.ledger import VERBS, compare_force, verbs_in


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
