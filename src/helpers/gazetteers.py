"""The tables of names: what is known of States, instruments, crime types and the rest.

One row a concept, with every form in which texts write it, its broader concept, its code in a
standard, where that was found, and a sentence that proves the row. People edit these tables; the
code only reads them, and says in which file, line and column something is wrong.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pandas as pd

from helpers.documents import DATA

GAZETTEERS = DATA / "gazetteers"

TABLES = {
    "STATE": "states.csv",
    "INSTRUMENT": "instruments.csv",
    "CRIME_TYPE": "crime_types.csv",
    "GOAL": "goals.csv",
    "BODY": "bodies.csv",
    "GROUP": "groups.csv",
    "MEASURE": "measures.csv",
}
# Names that are no entity and whose parts are none either ("Gulf of Guinea").
SHIELD = "NOT_ENTITY"
SHIELDS = "not_entities.csv"
FORMS = "forms.jsonl"
ORGANS = "organs.csv"

REQUIRED = ["id", "name", "patterns", "parent", "link", "source", "example"]
REQUIRED_OF_SHIELDS = ["id", "name", "patterns", "reason", "example"]
REQUIRED_OF_ORGANS = ["id", "patterns", "resolutions", "decisions", "source", "example"]
LINKS = ("exact", "near", "none")


class GazetteerError(ValueError):
    """A row of a table that cannot be used; names the file, the line and the column."""


def read_gazetteer(path: str | Path) -> pd.DataFrame:
    """Read one table and check every row.

    Parameters
    ----------
    path : str or pathlib.Path
        A CSV file, or the bare name of a table that comes with the project ("states.csv").

    Returns
    -------
    pandas.DataFrame
        The table's own columns, all as text, empty cells as "", and ``line``, the row's line in
        the file.

    Raises
    ------
    FileNotFoundError
        If there is no such table.
    GazetteerError
        If a column is missing, an id, a pattern or a link is missing, doubled or malformed, or a
        parent is unknown or lies under itself.

    Examples
    --------
    >>> states = read_gazetteer("states.csv").set_index("id")
    >>> states.loc["VNM", ["name", "m49", "un_regional_group"]].tolist()
    ['Viet Nam', '704', 'Asia-Pacific States']
    """
    path = Path(path) if Path(path).is_file() else GAZETTEERS / path
    if not path.is_file():
        raise FileNotFoundError(
            f"There is no table {path.name!r}. Those that come with the project are "
            f"{', '.join([*TABLES.values(), SHIELDS])}."
        )
    required = REQUIRED_OF_SHIELDS if path.name == SHIELDS else REQUIRED
    rows = list(_rows(path, required))
    if not rows:
        raise GazetteerError(f"{path.name}: there is no row under the head. Add one.")
    table = pd.DataFrame(rows)
    _check_rows(table, path.name)
    if "parent" in table:
        _check_parents(table, path.name)
    return table


def read_concepts(folder: str | Path = GAZETTEERS) -> pd.DataFrame:
    """Read all tables of a folder as one.

    Parameters
    ----------
    folder : str or pathlib.Path, optional
        The folder of the tables.

    Returns
    -------
    pandas.DataFrame
        One row a concept: ``label``, ``id``, ``name``, ``patterns`` (list of str), ``parent``,
        ``link``, ``source``, ``example``, ``file``, ``line``. The label of names that only shield
        their parts is ``NOT_ENTITY``.

    Raises
    ------
    GazetteerError
        As `read_gazetteer`, and if an id or a pattern stands in two tables.

    Examples
    --------
    >>> concepts = read_concepts().set_index("id")
    >>> concepts.loc["money-laundering", ["label", "parent", "link"]].tolist()
    ['CRIME_TYPE', 'financial-crimes', 'exact']
    """
    tables = [
        read_gazetteer(Path(folder) / name).assign(label=label, file=name)
        for label, name in [*TABLES.items(), (SHIELD, SHIELDS)]
    ]
    concepts = pd.concat(tables, ignore_index=True)
    _check_unique(concepts, "id", concepts["id"])
    concepts["patterns"] = concepts["patterns"].str.split("|")
    forms = concepts[["file", "line", "patterns"]].explode("patterns")
    _check_unique(forms, "patterns", forms["patterns"].str.casefold())
    columns = ["label", "id", "name", "patterns", "parent", "link", "source", "example"]
    return concepts[[*columns, "file", "line"]].fillna({"parent": "", "link": "none"})


def lineage(concept: str, parent: str) -> tuple[str, ...]:
    """Give a concept and its broader concepts, the nearest first.

    Parameters
    ----------
    concept : str
        Its id.
    parent : str
        The id of its broader concept, or "".

    Returns
    -------
    tuple of str
        The ids, that of the concept itself first.

    Examples
    --------
    >>> lineage("human-trafficking-ring", "trafficking-in-persons")[:2]
    ('human-trafficking-ring', 'trafficking-in-persons')
    """
    line = [concept]
    while parent:
        line.append(parent)
        parent = _parents().get(parent, "")
    return tuple(line)


def read_organs() -> pd.DataFrame:
    """Read the organs whose resolutions and decisions are cited by number.

    Returns
    -------
    pandas.DataFrame
        One row an organ: ``id``, ``patterns`` (names, separated by "|"), ``resolutions`` and
        ``decisions`` (what their symbols begin with, or ""), ``source``, ``example``.

    Examples
    --------
    >>> read_organs().set_index("id").loc["security-council", "resolutions"]
    'S/RES/'
    """
    return pd.DataFrame(_rows(GAZETTEERS / ORGANS, REQUIRED_OF_ORGANS))


@cache
def known_concepts() -> pd.DataFrame:
    """Give the concepts of the project's own tables, read once.

    Returns
    -------
    pandas.DataFrame
        What `read_concepts` returns; nobody may change it.

    Examples
    --------
    >>> known_concepts() is known_concepts()
    True
    """
    return read_concepts()


@cache
def _parents() -> dict[str, str]:
    concepts = known_concepts()
    return dict(zip(concepts["id"], concepts["parent"], strict=True))


def _rows(path: Path, required: list[str]) -> Iterator[dict[str, str | int]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        missing = [column for column in required if column not in (reader.fieldnames or [])]
        if missing:
            raise GazetteerError(
                f"{path.name}, line 1: the column {missing[0]!r} is missing. "
                f"A table needs the columns {', '.join(required)}."
            )
        for row in reader:
            if None in row or None in row.values():
                raise GazetteerError(
                    f"{path.name}, line {reader.line_num}: the row has another number of cells "
                    f"than the head's {len(reader.fieldnames or [])}. Put a cell that holds a "
                    "comma between double quotes."
                )
            yield {**row, "line": reader.line_num}


def _check_rows(table: pd.DataFrame, name: str) -> None:
    for row in table.to_dict("records"):
        for column, problem in _problems(row):
            raise GazetteerError(f"{name}, line {row['line']}, column {column!r}: {problem}")
    _check_unique(table.assign(file=name), "id", table["id"])


def _problems(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield column and message of what is wrong with a row."""
    for column in ("id", "name", "patterns", "example"):
        if not row[column].strip():
            yield column, f"the cell is empty, and every row needs its {column}."
    if not re.fullmatch(r"[\w.-]+", row["id"]):
        yield "id", f"{row['id']!r} must be letters, digits, hyphens and full stops."
    if row.get("link", "none") not in LINKS:
        yield "link", f"must be one of {', '.join(LINKS)}, but {row['link']!r} stands there."
    if "source" in row and not row["source"].strip():
        yield "source", "the cell is empty: say where the name and its code were found."
    for pattern in row["patterns"].split("|"):
        if problem := _bad_pattern(pattern):
            yield "patterns", problem


def _bad_pattern(pattern: str) -> str | None:
    if not re.search(r"\w", pattern):
        return f"{pattern!r} holds no word. Take the pattern, or a doubled '|', out."
    if pattern != " ".join(pattern.split()):
        return f"{pattern!r} has a space too many."
    if re.match(r"(?:the|an?) ", pattern, re.IGNORECASE):
        return f"{pattern!r} begins with an article. A name is found without it: take it out."
    if re.search(r"[‘’“”‐‑\u00a0]", pattern):
        return (
            f"{pattern!r}: write straight quotes, plain hyphens and spaces; others are found too."
        )
    return None


def _check_parents(table: pd.DataFrame, name: str) -> None:
    parents = dict(zip(table["id"], table["parent"], strict=True))
    for row in table.itertuples():
        if problem := _bad_ancestry(row.id, parents):
            raise GazetteerError(f"{name}, line {row.line}, column 'parent': {problem}")


def _bad_ancestry(concept: str, parents: dict[str, str]) -> str | None:
    seen, above = {concept}, parents[concept]
    while above:
        if above not in parents:
            return f"there is no row with the id {above!r} in this table."
        if above in seen:
            return f"{concept!r} lies under itself, by way of {above!r}."
        seen.add(above)
        above = parents[above]
    return None


def _check_unique(table: pd.DataFrame, column: str, keys: pd.Series) -> None:
    """Raise at the second row of two with the same key; `table` has ``file`` and ``line``."""
    doubled = keys.duplicated()
    if doubled.any():
        second = table[doubled].iloc[0]
        first = table[(keys == keys[doubled].iloc[0]).to_numpy()].iloc[0]
        raise GazetteerError(
            f"{second['file']}, line {second['line']}, column {column!r}: "
            f"{keys[doubled].iloc[0]!r} stands already in {first['file']}, line {first['line']}."
        )
