"""The table of States, held against the packages it was made from and against known numbers."""

import csv
from importlib import resources

import countrygroups
import make_states
import pytest
from conftest import read_cases

from helpers import extract_entities
from helpers.names.gazetteers import GAZETTEERS, read_gazetteer

STATES = read_gazetteer("states.csv").set_index("id")
NAMES = read_cases("state_names.csv")
PACKAGE = "hdx-python-country"


def taxonomy() -> dict[str, dict[str, str]]:
    """Return the rows of the package's table, by ISO alpha-3 code."""
    with (resources.files("hdx.location") / make_states.TAXONOMY).open(encoding="utf-8") as file:
        return {row["ISO 3166-1 Alpha 3-Codes"]: row for row in csv.DictReader(file)}


def without_article(name: str) -> str:
    """Return a name as an entity has it."""
    return name.removeprefix("the ")


def names_of(kind: str) -> dict[str, str]:
    """Return the names of a kind that the package gives, by State."""
    return {
        row["id"]: row["name"]
        for row in NAMES
        if row["kind"] == kind and row["source"].startswith(PACKAGE)
    }


def test_the_script_makes_the_table_as_it_stands(tmp_path):
    make_states.write_states(tmp_path / "states.csv")
    assert (tmp_path / "states.csv").read_bytes() == (GAZETTEERS / "states.csv").read_bytes()


def test_there_are_193_members_and_two_observer_states():
    assert STATES["membership"].value_counts().to_dict() == {"member": 193, "observer": 2}
    assert set(STATES.index[STATES["membership"] == "observer"]) == {"VAT", "PSE"}


def test_codes_agree_with_the_taxonomy():
    codes = {state: row["m49 numerical code"].zfill(3) for state, row in taxonomy().items()}
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


def test_every_state_is_found_by_every_name_that_the_united_nations_used_in_twenty_years():
    missed = []
    for row in NAMES:
        found = extract_entities(f"Speakers from {row['name']} took the floor.")
        found = [(ent.label, ent.entity_id, ent.text) for ent in found.itertuples()]
        if found != [("STATE", row["id"], without_article(row["name"]))]:
            missed.append((row["id"], row["name"], found))
    assert not missed


def test_every_state_has_a_short_and_a_formal_name():
    assert list(names_of("short")) == list(names_of("formal")) == list(STATES.index)


def test_the_names_of_today_are_those_of_the_package():
    rows = taxonomy()
    short = {state: rows[state]["English Short"].replace("’", "'") for state in STATES.index}
    formal = {state: rows[state]["English Formal"].replace("’", "'") for state in STATES.index}
    assert {state: without_article(name) for state, name in names_of("short").items()} == short
    assert names_of("formal") == formal


def test_every_name_says_its_kind_and_its_source():
    kinds = {"short", "formal", "former short", "former formal"}
    assert {row["kind"] for row in NAMES} == kinds
    assert not [row for row in NAMES if not row["source"]]
    years = {row[column] for row in NAMES for column in ("from", "until")}
    assert not [year for year in years if year and not 1945 <= int(year) <= 2026]


def test_no_name_stands_twice():
    rows = [(row["name"], row["kind"]) for row in NAMES]
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize("kind", ["short", "formal"])
def test_a_name_in_a_list_takes_no_word_of_its_neighbour(kind):
    names = {state: without_article(name) for state, name in names_of(kind).items()}
    found = extract_entities(f"Statements were made by {', '.join(names.values())}.")
    assert dict(zip(found["entity_id"], found["text"], strict=True)) == names
    assert found["label"].eq("STATE").all()


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Qatar, Republic of Korea, Republic of Moldova, Romania", "QAT KOR MDA ROU"),
        ("Republic of Moldova, Republic of Korea", "MDA KOR"),
        ("Republic of Korea, Democratic People's Republic of Korea", "KOR PRK"),
        ("Chad, Congo, Democratic Republic of the Congo", "TCD COG COD"),
    ],
)
def test_republics_in_a_list_are_one_state_each(text, states):
    assert extract_entities(text)["entity_id"].tolist() == states.split()


def test_the_two_spellings_of_nauru_are_one_state_shown_by_the_packages_name():
    found = extract_entities("Nauru and Naoero, the Republic of Nauru and the Republic of Naoero")
    assert found["entity_id"].tolist() == ["NRU"] * 4
    assert set(found["name"]) == {taxonomy()["NRU"]["English Short"]}


@pytest.mark.parametrize("name", ["Yugoslavia", "Macedonia", "Korea", "Serbia and Montenegro"])
def test_a_name_that_is_no_single_states_is_not_found_as_one(name):
    assert name not in set(extract_entities(f"Speakers from {name} took the floor.")["text"])
