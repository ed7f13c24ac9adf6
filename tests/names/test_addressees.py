"""Whom a recommendation addresses: where the text says so, and nobody where it does not."""

import pandas as pd
import pytest
from conftest import read_cases

from helpers import extract_entities, read_report
from helpers.names.addressees import ADDRESSEES, addressees_by_sentence, find_addressees

REPORT = """Summary of deliberations

1. Speakers stressed extradition.

Outcome of deliberations

2. Member States are encouraged to:

(a) Simplify extradition. Ask for help;

(b) Invite UNODC to train judges.

Recommendations to the Commission

3. It was agreed to go on.
"""


@pytest.mark.parametrize("case", read_cases("addressees.csv"), ids=lambda case: case["text"][:40])
def test_addressed_is_who_should_act_and_not_who_is_named(case):
    assert "; ".join(find_addressees(case["text"])) == case["addressees"]


@pytest.mark.parametrize("row", pd.read_csv(ADDRESSEES).itertuples(), ids=lambda row: row.name)
def test_every_addressee_has_its_example(row):
    assert row.name in find_addressees(row.example)


def test_the_lead_in_and_the_heading_say_it_for_what_stands_under_them():
    report = read_report(REPORT)
    assert addressees_by_sentence(report, extract_entities(report)) == {
        "2(a).1": "Member States (the lead-in)",
        "2(a).2": "Member States (the lead-in)",
        "2(b).1": "United Nations Office on Drugs and Crime",
        "3.1": "Commission (the heading)",
    }


@pytest.mark.parametrize("list_", ["the very big banks, ", "States, banks, ", "of the banks and "])
def test_a_list_without_end_is_not_tried_in_all_ways(list_):
    assert find_addressees("The Forum urges " + 200 * list_) == []
