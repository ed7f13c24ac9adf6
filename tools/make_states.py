"""Make the table of States from its sources: ``make states``.

The facts are those of two packages: hdx-python-country (MIT; names, ISO 3166 and M49 codes,
regions) and countrygroups (CC0; the regional groups of the United Nations). Customary and former
names that neither has stand in ``gazetteers/sources/state_names.csv``. A State's ``name`` is the
short name that hdx-python-country gives, also where it is new ("Naoero"); all others are patterns.
From "Republic of Korea" the forms of lists and tables are made: "Korea, Republic of", "Korea
(Republic of)", "Rep. of Korea".
"""

import csv
import re
from importlib import metadata, resources
from pathlib import Path

import countrygroups

from helpers.names.gazetteers import GAZETTEERS

TAXONOMY = "Countries & Territories Taxonomy MVP - C&T Taxonomy.csv"
COLUMNS = [
    "id", "name", "patterns", "parent", "iso2", "iso3", "m49", "region", "subregion",
    "un_regional_group", "membership", "link", "source", "example",
]  # fmt: skip

OBSERVERS = {"VAT", "PSE"}
# Independent in the taxonomy, but neither members nor observer States.
OTHERS = {"COK", "NIU"}
GROUPS = {
    "AFRICAN_GROUP": "African States",
    "ASIA_PACIFIC_GROUP": "Asia-Pacific States",
    "EASTERN_EUROPEAN_GROUP": "Eastern European States",
    "GRULAC": "Latin American and Caribbean States",
    "WEOG": "Western European and other States",
}
# Listed twice by countrygroups; for elections it counts with the group given here.
ELECTORAL_GROUP = {"TUR": "WEOG"}
# "Democratic Republic of the Congo": what it is, "of" with or without "the", and where.
FORMAL = re.compile(
    r"(?P<kind>(?:[A-Z][\w']+ )*(?:Republic|Kingdom|States?|Commonwealth|Union|Principality|"
    r"Sultanate|Duchy)) of(?P<the> the)? (?P<place>.+)"
)
SHARED = ("Congo", "Korea")  # of two States each
ABBREVIATIONS = {"Democratic ": "Dem. ", "Republic": "Rep.", "Federated": "Fed."}
EXAMPLES = (
    "A statement was made by the representative of {}.",
    "The observer for {} took part in the discussion.",
    "The workshop was chaired by the expert from {}.",
    "Investigators and prosecutors from {} met in the spring.",
    "The panel was told of a new law in {}.",
)


def state_rows() -> list[dict[str, str]]:
    """Return the rows of the table, in the order of the names.

    Returns
    -------
    list of dict
        One row per State, its cells by column.
    """
    with (resources.files("hdx.location") / TAXONOMY).open(encoding="utf-8") as file:
        taxonomy = [row for row in csv.DictReader(file) if row["Independent"] == "Y"]
    states = [row for row in taxonomy if row["ISO 3166-1 Alpha 3-Codes"] not in OTHERS]
    states.sort(key=lambda row: row["English Short"].replace("ü", "u").replace("ô", "o"))
    rows = [_row(row, count) for count, row in enumerate(states)]
    places = {pattern for row in rows for pattern in row["patterns"].split("|")} | {*SHARED}
    for row in rows:
        names = row["patterns"].split("|")
        made = [form for name in names for form in _written_otherwise(name, places)]
        row["patterns"] = "|".join(dict.fromkeys([*names, *made]))
    return rows


def write_states(path: Path) -> None:
    """Write the table of States.

    Parameters
    ----------
    path : pathlib.Path
        Where to.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(state_rows())


def _row(facts: dict[str, str], count: int) -> dict[str, str]:
    iso3 = facts["ISO 3166-1 Alpha 3-Codes"]
    name = _plain(facts["English Short"])
    formal = _plain(facts["English Formal"])  # with its article
    group = _group(iso3)
    return {
        "id": iso3,
        "name": name,
        "patterns": "|".join(
            dict.fromkeys([name, formal.removeprefix("the "), *_customary_names(iso3)])
        ),
        "parent": "",
        "iso2": facts["ISO 3166-1 Alpha 2-Codes"],
        "iso3": iso3,
        "m49": facts["m49 numerical code"].zfill(3),
        "region": facts["Region Name"],
        "subregion": facts["Intermediate Region Name"] or facts["Sub-region Name"],
        "un_regional_group": GROUPS.get(group, ""),
        "membership": "observer" if iso3 in OBSERVERS else "member",
        "link": "exact",
        "source": _source(iso3, group),
        "example": EXAMPLES[count % len(EXAMPLES)].format(formal),
    }


def _written_otherwise(name: str, places: set[str]) -> list[str]:
    """Return the forms of a formal name in lists and tables."""
    found = FORMAL.fullmatch(name)
    if not found or found["place"] not in places:
        return []
    kind, the, place = found["kind"], found["the"] or "", found["place"]
    short = kind
    for word, abbreviation in ABBREVIATIONS.items():
        short = short.replace(word, abbreviation)
    forms = [f"{place}, {kind} of{the}", f"{place} ({kind} of{the})", f"{kind} of {place}"]
    if short != kind:
        forms += [f"{short} of{the} {place}", f"{place} ({short} of{the})"]
    return forms


def _plain(name: str) -> str:
    return name.replace("’", "'").strip()


def _group(iso3: str) -> str:
    listed = [name for name in GROUPS if iso3 in getattr(countrygroups.UN_REGIONAL_GROUPS, name)]
    return ELECTORAL_GROUP.get(iso3, listed[0] if listed else "")


def _customary_names(iso3: str) -> list[str]:
    with (GAZETTEERS / "sources" / "state_names.csv").open(encoding="utf-8", newline="") as file:
        return [row["pattern"] for row in csv.DictReader(file) if row["iso3"] == iso3]


def _source(iso3: str, group: str) -> str:
    packages = ["hdx-python-country", "countrygroups"] if group else ["hdx-python-country"]
    source = "; ".join(f"{name} {metadata.version(name)}" for name in packages)
    if iso3 in ELECTORAL_GROUP:
        source += " (in two regional groups; the one for elections is given)"
    return source + "; sources/state_names.csv" * bool(_customary_names(iso3))


if __name__ == "__main__":
    write_states(GAZETTEERS / "states.csv")
