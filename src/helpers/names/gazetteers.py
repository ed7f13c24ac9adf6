"""The tables of names: what is known of States, instruments, crime types and the rest.

One row per concept, with every form in which texts write it, its broader concept, its code in a
standard, where that was found, and a sentence that proves the row. People edit these tables; the
code only reads them, and says in which file, line and column something is wrong.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from io import StringIO
from pathlib import Path

import pandas as pd

from helpers.resources import DATA

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
EXCLUDED = "NOT_ENTITY"
EXCLUSIONS = "exclusions.csv"
ORGANS = "organs.csv"
CONTEXTS = "contexts.csv"
TITLE_WORDS = "title_words.csv"
CRIME_FORMS = "crime_forms.csv"
OTHER_TABLES = (EXCLUSIONS, CRIME_FORMS, ORGANS, CONTEXTS, TITLE_WORDS)
REQUIRED = ["id", "name", "patterns", "parent", "link", "source", "example"]
REQUIRED_OF_EXCLUSIONS = ["id", "name", "patterns", "kind", "reason", "source", "example"]
REQUIRED_OF_ORGANS = [
    "id", "patterns", "short", "abbreviated", "numbers", "first_session", "last_session",
    "resolutions", "decisions", "source", "example",
]  # fmt: skip
REQUIRED_OF_CONTEXTS = [
    "id", "label", "side", "words", "joined_by", "between", "reason", "source", "example", "finds",
]  # fmt: skip
REQUIRED_OF_CRIME_FORMS = [
    "id", "kind", "starts", "pattern", "class", "reason", "source", "example", "finds",
]  # fmt: skip
REQUIRED_OF_TITLE_WORDS = ["role", "words", "reason", "source"]
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
            f"{', '.join([*TABLES.values(), EXCLUSIONS])}."
        )
    required = REQUIRED_OF_EXCLUSIONS if path.name == EXCLUSIONS else REQUIRED
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
        One row per concept: ``label``, ``id``, ``name``, ``patterns`` (list of str), ``parent``,
        ``link``, ``source``, ``example``, ``file``, ``line``. The label of exclusions is
        ``NOT_ENTITY``.

    Raises
    ------
    FileNotFoundError
        If a table is not there.
    GazetteerError
        As `read_gazetteer`, and if an id or a pattern stands in two tables.

    Examples
    --------
    >>> concepts = read_concepts().set_index("id")
    >>> concepts.loc["money-laundering", ["label", "parent", "link"]].tolist()
    ['CRIME_TYPE', 'financial-crimes', 'exact']
    """
    tables = [
        read_gazetteer(_in_folder(folder, name)).assign(label=label, file=name)
        for label, name in [*TABLES.items(), (EXCLUDED, EXCLUSIONS)]
    ]
    concepts = pd.concat(tables, ignore_index=True)
    _check_unique(concepts, "id", concepts["id"])
    concepts["patterns"] = concepts["patterns"].str.split("|")
    forms = concepts[["file", "line", "patterns"]].explode("patterns")
    _check_unique(forms, "patterns", forms["patterns"].str.casefold())
    columns = ["label", "id", "name", "patterns", "parent", "link", "source", "example"]
    return concepts[[*columns, "file", "line"]].fillna({"parent": "", "link": "none"})


def ancestors(concept: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of a concept's broader concepts, the nearest first and without its own."""
    above = []
    while concept := parents.get(concept, ""):
        above.append(concept)
    return tuple(above)


def read_organs(folder: str | Path = GAZETTEERS) -> list[dict[str, str]]:
    """Read the organs whose resolutions and decisions are cited by number.

    Parameters
    ----------
    folder : str or pathlib.Path, optional
        The folder of the tables.

    Returns
    -------
    list of dict
        One per organ: ``id``, ``patterns`` (names, separated by "|"), ``short`` (what it is called
        once it is known, such as "Council"), ``abbreviated`` (what stands for its name and the
        word "resolution", such as "UNSCR"), ``numbers`` (the forms of its numbers: session 70/1,
        year 2015/20, dated 1373 (2001), undated 1540, old 217 A (III), parties 1/CP.21),
        ``first_session`` and ``last_session`` (of numbers by session, with room for years to come),
        ``resolutions`` and ``decisions`` (what their symbols begin with, or "" where none is
        known), ``source``, ``example``.

    Raises
    ------
    FileNotFoundError
        If the folder has no such table.
    GazetteerError
        If a column or a cell is missing.

    Examples
    --------
    >>> {organ["id"]: organ["resolutions"] for organ in read_organs()}["security-council"]
    'S/RES/'
    """
    rows = _rows(_in_folder(folder, ORGANS), REQUIRED_OF_ORGANS)
    return [{column: str(row[column]) for column in REQUIRED_OF_ORGANS} for row in rows]


def read_goals(folder: str | Path = GAZETTEERS) -> list[dict[str, str]]:
    """Read the numbers of the Sustainable Development Goals and of their targets.

    Parameters
    ----------
    folder : str or pathlib.Path, optional
        The folder of the tables.

    Returns
    -------
    list of dict
        One per goal: ``number`` and ``targets`` (their last parts, separated by "|").

    Raises
    ------
    FileNotFoundError
        If the folder has no such table.
    GazetteerError
        If a column or a cell is missing.

    Examples
    --------
    >>> read_goals()[15]["targets"]
    '1|2|3|4|5|6|7|8|9|10|a|b'
    """
    rows = _rows(_in_folder(folder, TABLES["GOAL"]), [*REQUIRED, "number", "targets"])
    columns = ("number", "targets")
    return [{column: str(row[column]) for column in columns} for row in rows if row["number"]]


def read_contexts(folder: str | Path = GAZETTEERS) -> list[dict[str, str]]:
    """Read the words beside which a name is part of another name: "Mission in" and a State.

    Parameters
    ----------
    folder : str or pathlib.Path, optional
        The folder of the tables.

    Returns
    -------
    list of dict
        One per kind of context: ``id``, ``label`` (of what is no entity there), ``side`` ("before"
        or "after"), ``words`` and ``joined_by`` (regular expressions: the words, and what stands
        between them and the name), ``between`` ("names" where up to three capitalized words may
        stand there too), ``reason``, ``source``, ``example``, ``finds``.

    Raises
    ------
    FileNotFoundError
        If the folder has no such table.
    GazetteerError
        If a column or a cell is missing, or the words are no regular expression.

    Examples
    --------
    >>> [context["id"] for context in read_contexts() if context["label"] == "STATE"][:2]
    ['missions', 'experts']
    """
    columns = ("words", "joined_by")
    return _expressions(folder, CONTEXTS, REQUIRED_OF_CONTEXTS, columns)


def read_title_words(folder: str | Path = GAZETTEERS) -> list[dict[str, str]]:
    """Read the words by which titles of treaties and other texts are known.

    Parameters
    ----------
    folder : str or pathlib.Path, optional
        The folder of the tables.

    Returns
    -------
    list of dict
        One per role: ``role`` (treaty, plan, placed, owned: kinds of text; owner, next title, no
        start, no place: what stands beside them, or is none of them), ``words`` (a regular
        expression), ``reason``, ``source``.

    Raises
    ------
    FileNotFoundError
        If the folder has no such table.
    GazetteerError
        If a column or a cell is missing, or the words are no regular expression.

    Examples
    --------
    >>> [row["role"] for row in read_title_words()][:2]
    ['treaty', 'plan']
    """
    return _expressions(folder, TITLE_WORDS, REQUIRED_OF_TITLE_WORDS, ("words",))


def read_crime_forms(folder: str | Path = GAZETTEERS) -> list[dict[str, str]]:
    """Read the forms of kinds of crime that no table can list.

    Parameters
    ----------
    folder : str or pathlib.Path, optional
        The folder of the tables.

    Returns
    -------
    list of dict
        One per row: ``id``, ``kind`` ("form", or "words": what ``{ID}`` stands for in a form),
        ``starts`` (the words, or rows of words, with which a form begins), ``pattern`` (a regular
        expression over small letters), ``class`` (the broader concept of what is found, or ""),
        ``reason``, ``source``, ``example``, ``finds`` (what a form finds in its example).

    Raises
    ------
    FileNotFoundError
        If the folder has no such table.
    GazetteerError
        If a cell is missing, a pattern is no regular expression, or names words that no row has.

    Examples
    --------
    >>> [row["id"] for row in read_crime_forms() if row["kind"] == "form"][:2]
    ['illicit-acts', 'criminal-acts']
    """
    rows = list(_rows(_in_folder(folder, CRIME_FORMS), REQUIRED_OF_CRIME_FORMS))
    known = {row["id"] for row in rows if row["kind"] == "words"}
    for row in rows:
        unknown = set(re.findall(r"\{([A-Z_]+)\}", str(row["pattern"]))) - known
        if unknown:
            raise GazetteerError(
                f"{CRIME_FORMS}, line {row['line']}, column 'pattern': no row of words is called "
                f"{min(unknown)!r}."
            )
    return _expressions(folder, CRIME_FORMS, REQUIRED_OF_CRIME_FORMS, ("pattern",))


@cache
def known_concepts() -> pd.DataFrame:
    """Return the concepts of the project's own tables, read once; nobody may change them."""
    return read_concepts()


def _expressions(
    folder: str | Path, name: str, required: list[str], columns: tuple[str, ...]
) -> list[dict[str, str]]:
    """Read a table of which some columns hold regular expressions."""
    table = []
    for row in _rows(_in_folder(folder, name), required):
        for column in columns:
            try:
                re.compile(str(row[column]))
            except re.error as error:
                raise GazetteerError(
                    f"{name}, line {row['line']}, column {column!r}: this is no regular "
                    f"expression: {error}."
                ) from error
        table.append({column: str(row[column]) for column in required})
    return table


def _in_folder(folder: str | Path, name: str) -> Path:
    path = Path(folder) / name
    if not path.is_file():
        raise FileNotFoundError(
            f"There is no {name} in the folder {Path(folder).name!r}. A folder of gazetteers holds "
            f"{', '.join([*TABLES.values(), *OTHER_TABLES])}; copy data/gazetteers and change what "
            "you need."
        )
    return path


def _rows(path: Path, required: list[str]) -> Iterator[dict[str, str | int]]:
    try:
        text = path.read_text(encoding="utf-8-sig")  # Excel writes a mark at the beginning
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise GazetteerError(
            f"{path.name}, line {line}: this is not UTF-8. Save the table again with that encoding."
        ) from error
    reader = csv.DictReader(StringIO(text, newline=""), strict=True)
    try:
        yield from _checked(reader, path.name, required)
    except csv.Error as error:
        raise GazetteerError(
            f"{path.name}, line {reader.line_num}: this is no CSV ({error}). Is a double quote "
            "left open, or alone within a cell?"
        ) from error


def _checked(
    reader: "csv.DictReader[str]", name: str, required: list[str]
) -> Iterator[dict[str, str | int]]:
    missing = [column for column in required if column not in (reader.fieldnames or [])]
    if missing:
        raise GazetteerError(
            f"{name}, line 1: the column {missing[0]!r} is missing. "
            f"A table needs the columns {', '.join(required)}."
        )
    for row in reader:
        if None in row or None in row.values():
            raise GazetteerError(
                f"{name}, line {reader.line_num}: the row has another number of cells "
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
