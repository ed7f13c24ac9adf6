"""Every offence of ICCS and of the conventions has a row, or a reason why it has none."""

import csv

import pytest

from helpers.names.gazetteers import GAZETTEERS, read_gazetteer

with (GAZETTEERS / "offences.csv").open(encoding="utf-8", newline="") as file:
    OFFENCES = list(csv.DictReader(file))
CRIMES = read_gazetteer("crime_types.csv").set_index("id")
ICCS = {row["code"]: row for row in OFFENCES if row["standard"] == "ICCS 1.0"}


def test_every_class_of_iccs_is_there_level_by_level():
    sizes = [2, 4, 5, 6]  # digits of a code
    assert [sum(len(code) == size for code in ICCS) for size in sizes] == [11, 63, 148, 98]
    assert all(code[:2] in ICCS for code in ICCS)


def test_an_offence_has_a_row_or_a_reason_and_not_both():
    wrong = [row for row in OFFENCES if bool(row["concept"]) == bool(row["reason"])]
    assert not wrong
    assert {row["concept"] for row in OFFENCES if row["concept"]} <= set(CRIMES.index)


def test_the_code_of_a_crime_is_one_of_iccs():
    coded = CRIMES.loc[CRIMES["iccs"] != "", "iccs"]
    assert set(coded) <= set(ICCS)


def test_a_code_said_to_be_exact_is_that_of_the_class_that_names_the_crime():
    exact = CRIMES[(CRIMES["link"] == "exact") & (CRIMES["iccs"] != "")]
    for crime, row in exact.iterrows():
        named = ICCS[row["iccs"]]["concept"]
        assert named == "" or crime == named or named in _family(crime), (crime, row["iccs"], named)


def _family(crime: str) -> set[str]:
    """Return the crime's broader crimes, and those of which it is the broader one."""
    above, family = CRIMES.loc[crime, "parent"], set(CRIMES.index[CRIMES["parent"] == crime])
    while above:
        family.add(above)
        above = CRIMES.loc[above, "parent"]
    return family


@pytest.mark.parametrize(
    "convention", ["Cybercrime", "Transnational Organized Crime", "Corruption", "Bombings", "1988"]
)
def test_the_conventions_on_crime_are_walked_through(convention):
    assert sum(convention in row["standard"] for row in OFFENCES) >= 2
