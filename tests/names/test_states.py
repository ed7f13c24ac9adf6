"""The table of States, held against the packages it was made from and against known numbers."""

import csv
from importlib import resources

import countrygroups
import make_states
import pytest

from helpers.names.gazetteers import GAZETTEERS, read_gazetteer

STATES = read_gazetteer("states.csv").set_index("id")


def test_the_script_makes_the_table_as_it_stands(tmp_path):
    make_states.write_states(tmp_path / "states.csv")
    assert (tmp_path / "states.csv").read_bytes() == (GAZETTEERS / "states.csv").read_bytes()


def test_there_are_193_members_and_two_observer_states():
    assert STATES["membership"].value_counts().to_dict() == {"member": 193, "observer": 2}
    assert set(STATES.index[STATES["membership"] == "observer"]) == {"VAT", "PSE"}


def test_codes_agree_with_the_taxonomy():
    with (resources.files("hdx.location") / make_states.TAXONOMY).open(encoding="utf-8") as file:
        codes = {
            row["ISO 3166-1 Alpha 3-Codes"]: row["m49 numerical code"].zfill(3)
            for row in csv.DictReader(file)
        }
    assert STATES["m49"].to_dict() == {state: codes[state] for state in STATES.index}
    assert STATES["m49"].is_unique


def test_every_member_has_the_regional_group_that_lists_it():
    for state, group in STATES["un_regional_group"].items():
        listed = {
            title
            for name, title in make_states.GROUPS.items()
            if state in getattr(countrygroups.UN_REGIONAL_GROUPS, name)
        }
        assert group in (listed or {""})


def test_turkiye_counts_with_the_group_for_elections():
    assert STATES.loc["TUR", "un_regional_group"] == "Western European and other States"


@pytest.mark.parametrize(
    ("group", "members"),
    [
        ("African States", 54),
        ("Asia-Pacific States", 54),
        ("Eastern European States", 23),
        ("Latin American and Caribbean States", 33),
        ("Western European and other States", 29),
    ],
)
def test_the_regional_groups_have_their_size(group, members):
    assert (STATES["un_regional_group"] == group).sum() == members


def test_the_regional_group_is_not_the_region():
    azerbaijan = STATES.loc["AZE"]
    assert (azerbaijan["region"], azerbaijan["un_regional_group"]) == (
        "Asia",
        "Eastern European States",
    )
