"""What is found in small texts: one rule, one text, and all names of the labels it is about."""

import pytest
from conftest import read_cases

from helpers import extract_entities

ABOUT = {
    "states": {"STATE"},
    "citations": {"INSTRUMENT"},
    "goals": {"GOAL"},
    "crimes": {"CRIME_TYPE"},
    "unicode": set(),  # of the labels that the case names
}
CASES = [(name, case) for name in ABOUT for case in read_cases(f"{name}.csv")]


@pytest.mark.parametrize(
    ("about", "case"), CASES, ids=[f"{about}: {case['rule']}" for about, case in CASES]
)
def test_what_is_found(about, case):
    wanted = [*filter(None, case["found"].split("|"))]
    labels = ABOUT[about] or {name.split()[0] for name in wanted}
    with_id = " = " in case["found"]
    found = [
        f"{row.label} {row.text}" + f" = {row.entity_id}" * with_id
        for row in extract_entities(case["text"]).itertuples()
        if row.label in labels
    ]
    assert found == wanted
