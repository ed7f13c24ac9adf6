"""What people type into a workbook, and how it stays when the workbook is written again.

A decision belongs to a pair of sentences or to one sentence. It is known by the sheet, the address
and the texts; another version of the report may have other addresses, and then the texts decide.
Where it is not certain to which row a decision belongs, it is left over and not lost.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from openpyxl import Workbook, load_workbook
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet
from sklearn.metrics import cohen_kappa_score

from helpers.contract import PAIR, check_columns

DECISIONS = ("keep", "reject", "open")
TYPED = ["decision", "reason", "initials", "date"]
DECISION_COLUMNS = ["id", *TYPED, "text", "sheet"]
ARROW = " → "  # between the two sides of a pair
HEADS_ROW = 3  # of each sheet, under the note and one more row
FIRST_ROWS = 30  # among which the heads are looked for, for people insert rows
LEFTOVERS, DISAGREEMENTS = "Leftovers", "Disagreements"
ABOUT, REPORT = "About", "Report"  # where a workbook says which report it is of
AGAINST = "Other document"  # the sheet that sets the recommendations against one
SIDE_TEXTS = [f"{side}_text" for side in PAIR]
# What a row decides on: the columns of its ids and texts, those that it has and that are not empty.
ID_COLUMNS = [*PAIR, "passage", "id"]
TEXT_COLUMNS = [*SIDE_TEXTS, "passage_text", "text"]
COMPARED = 15_000  # letters of a text by which it is known; a cell holds no more than twice as many
MERGED_BY = ["sheet", "meeting", "text"]  # what makes two people's decisions be on one thing
WRITTEN = "_written"  # hidden: what the rows were like, to tell what somebody changed


class Kept(NamedTuple):
    """What people had typed into a workbook that is written again.

    Parameters
    ----------
    decisions : pandas.DataFrame
        As `read_decisions` returns them.
    typed : list of tuple of str
        What else stands in the program's sheets: sheet, row and text.
    book : openpyxl.Workbook or None
        The workbook with the sheets that people have added, and no others.
    title : str or None
        Of the report that it is of, where it is of one and says so.
    """

    decisions: pd.DataFrame
    typed: list[tuple[str, str, str]]
    book: Workbook | None
    title: str | None


NOTHING = Kept(pd.DataFrame(columns=DECISION_COLUMNS), [], None, None)


class Written(NamedTuple):
    """What the program wrote into a sheet: how many columns, and what its rows were like."""

    width: int
    rows: set[str]


class Place(NamedTuple):
    """A row that decisions can stand in."""

    sheet: str
    row: int
    id: str
    text: str
    meeting: str
    kind: str


def read_decisions(path: str | Path) -> pd.DataFrame:
    """Read what people have decided in a workbook.

    Parameters
    ----------
    path : str or pathlib.Path
        The workbook, as `helpers.write_workbook` wrote it and people filled it in.

    Returns
    -------
    pandas.DataFrame
        One row per pair or point with something typed: ``id`` ("10.1 → 12(d).3", or "10.1"),
        ``decision`` ("keep", "reject", "open", or what was typed instead), ``reason``,
        ``initials``, ``date``, ``text`` (of both sides, as it was then), ``sheet`` (where it was
        typed).

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is no workbook, or none of this collection's.

    Examples
    --------
    >>> import tempfile
    >>> from helpers import read_report, write_workbook
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_workbook(read_report(), f"{folder}/mapping.xlsx")
    ...     read_decisions(path).columns.tolist()
    ['id', 'decision', 'reason', 'initials', 'date', 'text', 'sheet']
    """
    return read_typed(path).decisions


def merge_decisions(paths: Sequence[str | Path]) -> pd.DataFrame:
    """Bring the decisions of several people's workbooks together.

    Parameters
    ----------
    paths : sequence of str or pathlib.Path
        Their workbooks, two at least.

    Returns
    -------
    pandas.DataFrame
        One row per pair or point that somebody decided: ``id``, ``decision`` (what all say who
        decided it; "" where they differ), ``reason``, ``initials`` and ``date`` (of all, each
        once), ``text``, ``disagreement`` ("a.xlsx: keep; b.xlsx: reject", or ""), ``kappa``
        (Cohen's kappa of two people over what both decided: 1 is agreement, 0 what chance gives;
        missing for more than two, or where both decided nothing or all alike; the same in each
        row). To write them into a workbook: ``write_workbook(report, path, decisions=merged)``.

    Raises
    ------
    ValueError
        If fewer than two paths are given.
    FileNotFoundError, ValueError
        As `read_decisions`.
    """
    if isinstance(paths, str | Path) or not isinstance(paths, Sequence) or len(paths) < 2:
        raise ValueError("merge_decisions brings two workbooks or more together: pass a list.")
    files = [Path(path) for path in paths]
    same = len({file.name for file in files}) < len(files)
    read = [
        read_decisions(file).assign(
            file=str(file) if same else file.name,
            meeting=lambda table: table["id"].map(meeting_of),
        )
        for file in files
    ]
    together = pd.concat(read, ignore_index=True)
    rows = [_merged(rows) for _, rows in together.groupby(MERGED_BY, sort=False)]
    columns = [*DECISION_COLUMNS, "disagreement"]
    return pd.DataFrame(rows, columns=columns).assign(kappa=_kappa(read))


def read_typed(path: str | Path) -> Kept:
    """Read the decisions of a workbook, and all else that was typed into it."""
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"There is no workbook {str(path)!r}.")
    try:
        book = load_workbook(path, rich_text=True)
    except Exception as error:  # whatever a file that is no workbook makes of it
        raise ValueError(f"{path.name!r} cannot be read as a workbook: {error}") from None
    if WRITTEN not in book.sheetnames:
        raise ValueError(
            f"{path.name!r} is no workbook of this collection, or one from before decisions could "
            "be typed in. Choose another name for the new one."
        )
    written = {
        str(column[0]): Written(int(column[1]), set(filter(None, column[2:])))
        for column in book[WRITTEN].iter_cols(values_only=True)
        if column[0] in book.sheetnames  # one that was given another name is kept as it is
    }
    added = [one for one in book.sheetnames if one not in (*written, WRITTEN, DISAGREEMENTS)]
    decisions = [row for name in (*added, *written) for row in _decided(book[name])]
    typed = [found for name in written for found in _typed(book[name], written[name])]
    table = pd.DataFrame(decisions, columns=DECISION_COLUMNS).drop_duplicates(ignore_index=True)
    title = _title(book[ABOUT]) if ABOUT in book.sheetnames else None
    for name in (*written, WRITTEN):
        del book[name]
    return Kept(table, typed, book, title)


def _title(about: Worksheet) -> str | None:
    """Return the title of the report that a workbook is of, as its sheet About says it."""
    said = (tuple(map(_shown, row[:2])) for row in about.iter_rows(values_only=True))
    return next((row[1] for row in said if row[0] == REPORT and len(row) > 1), None)


def remember(book: Workbook, names: Sequence[str]) -> None:
    """Note in a hidden sheet what all rows of some sheets are like, once they are filled."""
    hidden = book.create_sheet(WRITTEN)
    hidden.sheet_state = "veryHidden"
    for column, name in enumerate(names, start=1):
        sheet = book[name]
        hidden.cell(1, column, name)
        hidden.cell(2, column, sheet.max_column)
        heads = _heads(sheet, HEADS_ROW)
        for number, row in enumerate(sheet.iter_rows(), start=3):
            own = _own_columns(heads, sheet.max_column, below=number - 2 > HEADS_ROW)
            hidden.cell(number, column, _hash([row[at].value for at in own]))


def check_decisions(decisions: object) -> pd.DataFrame:
    """Return decisions that somebody passes, once they are a table with what is needed."""
    made_by = "read_decisions(path)"
    table = check_columns(decisions, "decisions", ["id", "decision", "text"], made_by)
    texts = table.reindex(columns=DECISION_COLUMNS).astype(object).fillna("")
    return texts.map(_shown)


def place_decisions(
    tables: dict[str, pd.DataFrame],
    decisions: pd.DataFrame,
    *,
    meetings: Sequence[str] = (),
    own: Sequence[str] = (),
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Put decisions beside the rows that they are on.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        The sheets that people decide in.
    decisions : pandas.DataFrame
        What was typed, the latest last.
    meetings : sequence of str
        The meetings of the tables, where there are several.
    own : sequence of str
        What the one report may be called in a workbook of several.

    Returns
    -------
    tuple of dict and pandas.DataFrame
        The tables with the decisions in, and those that are left: on what is not there any more, on
        a text that stands in several places, and what another decision on the same row replaces.
    """
    places = [
        _place(sheet, row, found, meetings)
        for sheet, table in tables.items()
        for row, found in enumerate(table.to_dict("records"))
    ]
    rows = [*decisions.itertuples(index=False, name="Decision")]
    found = _assigned(rows, places, meetings, own)
    values: dict[Place, dict[str, str]] = {}
    for number, place in sorted(found.items()):
        said = {name: getattr(rows[number], name) for name in TYPED}
        values.setdefault(place, {}).update({name: text for name, text in said.items() if text})
    placed = {
        number
        for number, place in found.items()
        if all(getattr(rows[number], name) in ("", values[place].get(name)) for name in TYPED)
    }  # and by no other decision replaced
    left = [number for number in range(len(rows)) if number not in placed]
    filled = {}
    for sheet, table in tables.items():
        typed = pd.DataFrame("", index=range(len(table)), columns=TYPED)
        for place, said in values.items():
            if place.sheet == sheet:
                typed.loc[place.row, list(said)] = list(said.values())
        filled[sheet] = table.assign(**{name: typed[name].to_numpy() for name in TYPED})
    return filled, decisions.iloc[left]


def _assigned(
    rows: list[Any], places: list[Place], meetings: Sequence[str], own: Sequence[str]
) -> dict[int, Place]:
    """Return the place of each decision that has one: the same row, the same text, one like it."""
    exact = {(place.sheet, place.id, place.text): place for place in places}
    by_sheet: dict[tuple[str, str, str], list[Place]] = {}
    by_kind: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        by_sheet.setdefault((place.sheet, place.meeting, place.text), []).append(place)
        by_kind.setdefault((place.kind, place.text), []).append(place)
    found: dict[int, Place] = {}
    later: list[int] = []
    for number, row in enumerate(rows):
        here = (row.sheet, row.id, _key(row.text))
        if here in exact:
            found[number] = exact[here]
        else:
            later.append(number)
    taken = set(found.values())
    for number in later:
        row, key = rows[number], _key(rows[number].text)
        meeting = meeting_of(row.id)
        if not meetings and meeting in own:
            meeting = ""
        alike = by_sheet.get((row.sheet, meeting, key), []) if meeting or not meetings else []
        if not alike and (meetings or not meeting):
            of_kind = by_kind.get((_kind_of(row.sheet, row.id), key), [])
            alike = [place for place in of_kind if not meeting or place.meeting == meeting]
            alike = alike if len(alike) == 1 else []  # in several places: nobody knows in which
        free = [place for place in alike if place not in taken]
        if alike:
            found[number] = (free or alike)[0]
            taken.add(found[number])
    return found


def _place(sheet: str, row: int, values: dict[Any, Any], meetings: Sequence[str]) -> Place:
    address, text = _joined(values, ID_COLUMNS), _key(_joined(values, TEXT_COLUMNS))
    meeting = meeting_of(address) if meetings else ""
    return Place(sheet, row, address, text, meeting, _kind_of(sheet, address))


def _kind_of(sheet: str, address: str) -> str:
    """Say what a decision is on: a passage of another document, a pair, or one sentence."""
    if sheet == AGAINST:
        return "passage"
    return "pair" if ARROW in address else "point"


def _key(text: str) -> str:
    """Return what a text is known by, however a program has saved it and where it was cut."""
    return ARROW.join(_plain(part)[:COMPARED] for part in _unescaped(text).split(ARROW))


def _joined(row: dict[Any, Any], names: list[str]) -> str:
    """Return the ids or texts of what a row decides on: of a pair, or of one sentence."""
    return ARROW.join(str(row[name]) for name in names if row.get(name))


def meeting_of(address: str) -> str:
    """Return the meeting that stands before an address, where there are several: "north:7(a)"."""
    return address.split(ARROW)[0].rpartition(":")[0]


def _merged(rows: pd.DataFrame) -> tuple[object, ...]:
    """Return the one row of all decisions on a thing."""
    decided = rows[rows["decision"] != ""]
    votes = decided["decision"].unique()
    said = "; ".join(f"{row.file}: {row.decision}" for row in decided.itertuples())
    once = ("; ".join(dict.fromkeys(filter(None, rows[name]))) for name in TYPED[1:])
    decision = votes[0] if len(votes) == 1 else ""
    last = rows.iloc[-1]
    disagreement = said if len(votes) > 1 else ""
    return last["id"], decision, *once, last["text"], last["sheet"], disagreement


def _kappa(read: list[pd.DataFrame]) -> float:
    """Return Cohen's kappa of two people over what both decided."""
    if len(read) != 2:
        return float("nan")
    both = read[0].merge(read[1], on=MERGED_BY, suffixes=("_a", "_b"))
    both = both[(both["decision_a"] != "") & (both["decision_b"] != "")]
    if len(set(both["decision_a"]) | set(both["decision_b"])) < 2:
        return float("nan")
    return float(cohen_kappa_score(both["decision_a"], both["decision_b"]))


def _decided(sheet: Worksheet) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a sheet in which somebody has typed a decision."""
    for found in _rows(sheet):
        typed = [found.get(name, "") for name in TYPED]
        text = _joined(found, TEXT_COLUMNS)
        if text and any(typed):
            typed[0] = typed[0].lower() if typed[0].lower() in DECISIONS else typed[0]
            place = found["sheet"] if found.get("sheet") else sheet.title
            yield _joined(found, ID_COLUMNS), *typed, text, place


def _rows(sheet: Worksheet) -> Iterator[dict[str, str]]:
    """Yield the rows of a sheet as texts, by the heads of their columns; none without heads."""
    number = _heads_row(sheet)
    if number:
        heads = _heads(sheet, number)
        for row in sheet.iter_rows(min_row=number + 1, values_only=True):
            values = [*zip(heads, map(_shown, row), strict=False)]
            yield dict(reversed(values))  # of two columns with one head, the first is ours


def _typed(sheet: Worksheet, written: Written) -> Iterator[tuple[str, str, str]]:
    """Yield what was typed beside decisions: rows that are not as written, cells, comments."""
    if sheet.title == LEFTOVERS:
        yield from _left_over(sheet, written)
    number = _heads_row(sheet) or HEADS_ROW
    heads = _heads(sheet, number)
    for row in sheet.iter_rows():
        values = [_shown(cell.value) for cell in row]
        known = _is_written(row, heads, number, written)
        comments = [cell.comment.text for cell in row if cell.comment]
        shown = [*(values[written.width :] if known else values), *comments]
        if any(shown):
            yield sheet.title, str(row[0].row), " | ".join(filter(None, shown))


def _left_over(sheet: Worksheet, written: Written) -> Iterator[tuple[str, str, str]]:
    """Yield what had been typed elsewhere, before the workbook was last written."""
    number = _heads_row(sheet) or HEADS_ROW
    heads = _heads(sheet, number)
    for row, found in zip(sheet.iter_rows(min_row=number + 1), _rows(sheet), strict=False):
        if found.get("typed") and _is_written(row, heads, number, written):
            yield found["sheet"], found["row"], found["typed"]


def _is_written(row: Any, heads: list[str], heads_row: int, written: Written) -> bool:
    """Tell whether the program wrote a row just as it is, but for what is typed beside it."""
    own = _own_columns(heads, written.width, below=row[0].row > heads_row)
    return _hash([row[at].value for at in own if at < len(row)]) in written.rows


def _own_columns(heads: list[str], width: int, *, below: bool) -> list[int]:
    """Return the places of the columns that the program fills, below the heads or above."""
    typed = TYPED if below and len(set(TYPED) & set(heads[:width])) > 1 else ()
    return [at for at, head in enumerate(heads[:width]) if head not in typed]


def _heads_row(sheet: Worksheet) -> int:
    """Return the row in which the heads of decisions stand, or 0."""
    for number in range(1, min(sheet.max_row, FIRST_ROWS) + 1):
        heads = set(_heads(sheet, number))
        if len(heads & set(TYPED)) > 1 and heads & set(TEXT_COLUMNS):
            return number
    return 0


def _heads(sheet: Worksheet, number: int) -> list[str]:
    return [_shown(cell.value).lower().replace(" ", "_") for cell in sheet[number]]


def _hash(values: list[Any]) -> str:
    texts = (_unescaped(_shown(value)) for value in values)
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:16]


def _shown(value: object) -> str:
    """Return a cell's value as text; a number as another program may have saved it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, ArrayFormula):
        return str(value.text or "")
    return str(unescape(str(value))).strip()


def _unescaped(text: str) -> str:
    """Return a text without Excel's way to write characters, however often it was applied."""
    plain = str(unescape(text))
    return text if plain == text else _unescaped(plain)


def _plain(text: str) -> str:
    return " ".join(str(text).split())
