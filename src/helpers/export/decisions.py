"""What people type into a workbook, and how it stays when the workbook is written again.

A decision belongs to a pair of sentences or to one sentence. It is known by the texts, for the
addresses of another version of a report may be others.
"""

import hashlib
from collections.abc import Iterator, Sequence
from copy import copy
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet
from sklearn.metrics import cohen_kappa_score

from helpers.contract import PAIR

DECISIONS = ("keep", "reject", "open")
TYPED = ["decision", "reason", "initials", "date"]
DECISION_COLUMNS = ["id", *TYPED, "text"]
ARROW = " → "  # between the two sides of a pair
HEADS_ROW = 3  # of each sheet, under the note and an empty row
LEFTOVERS, DISAGREEMENTS = "Leftovers", "Disagreements"
SIDE_TEXTS = [f"{side}_text" for side in PAIR]
# What a row decides on: the columns of its ids and texts, those that it has and that are not empty.
ID_COLUMNS = [*PAIR, "passage", "id"]
TEXT_COLUMNS = [*SIDE_TEXTS, "passage_text", "text"]
WRITTEN = "_written"  # hidden: what the rows were like, to tell what somebody changed


class Kept(NamedTuple):
    """What people had typed into a workbook that is written again.

    Parameters
    ----------
    decisions : pandas.DataFrame
        As `read_decisions` returns them.
    typed : list of tuple of str
        What else stands in the program's sheets: sheet, row and text.
    sheets : list of openpyxl.worksheet.worksheet.Worksheet
        The sheets that people have added.
    """

    decisions: pd.DataFrame
    typed: list[tuple[str, str, str]]
    sheets: list[Worksheet]


NOTHING = Kept(pd.DataFrame(columns=DECISION_COLUMNS), [], [])


class Written(NamedTuple):
    """What the program wrote into a sheet: how many columns, and what its rows were like."""

    width: int
    rows: set[str]


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
        ``initials``, ``date``, ``text`` (of both sides, as it was then).

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
    ['id', 'decision', 'reason', 'initials', 'date', 'text']
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
    if isinstance(paths, str | Path) or len(paths) < 2:
        raise ValueError("merge_decisions brings two workbooks or more together: pass a list.")
    read = [
        read_decisions(path).assign(
            file=Path(path).name, meeting=lambda table: table["id"].map(_meeting_of)
        )
        for path in paths
    ]
    together = pd.concat(read, ignore_index=True)
    groups = together.groupby(["meeting", "text"], sort=False)
    rows = [_merged(text, rows) for (_, text), rows in groups]
    columns = [*DECISION_COLUMNS, "disagreement"]
    return pd.DataFrame(rows, columns=columns).assign(kappa=_kappa(read))


def read_typed(path: str | Path) -> Kept:
    """Read the decisions of a workbook, and all else that was typed into it."""
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"There is no workbook {str(path)!r}.")
    try:
        book = load_workbook(path)
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
    decisions = [row for name in (*written, LEFTOVERS) for row in _decided(book, name)]
    typed = [found for name in written for found in _typed(book[name], written[name])]
    table = pd.DataFrame(decisions, columns=DECISION_COLUMNS).drop_duplicates(ignore_index=True)
    own = {*written, WRITTEN, LEFTOVERS, DISAGREEMENTS}
    added = [sheet for sheet in book.worksheets if sheet.title not in own]
    return Kept(table, [*_left_over(book), *typed], added)


def copy_sheet(source: Worksheet, target: Worksheet) -> None:
    """Copy a sheet that somebody has added: what is in its cells, their looks and comments."""
    for cell in (cell for row in source.iter_rows() for cell in row):
        if isinstance(cell, MergedCell):
            continue
        new = target.cell(cell.row, cell.column, cell.value)
        new.data_type = cell.data_type
        if cell.has_style:
            for look in ("font", "fill", "border", "alignment", "number_format"):
                setattr(new, look, copy(getattr(cell, look)))
        if cell.comment:
            new.comment = Comment(cell.comment.text, cell.comment.author)
        if cell.hyperlink:
            new.hyperlink = copy(cell.hyperlink)
    for column, width in source.column_dimensions.items():
        target.column_dimensions[column].width = width.width
    for area in source.merged_cells.ranges:
        target.merge_cells(area.coord)


def remember(book: Workbook) -> None:
    """Note in a hidden sheet what all rows are like, once a workbook is filled."""
    sheets = [sheet for sheet in book.worksheets if sheet.title not in (LEFTOVERS, DISAGREEMENTS)]
    hidden = book.create_sheet(WRITTEN)
    hidden.sheet_state = "veryHidden"
    for column, sheet in enumerate(sheets, start=1):
        hidden.cell(1, column, sheet.title)
        hidden.cell(2, column, sheet.max_column)
        own = _own_columns(sheet, sheet.max_column)
        for number, row in enumerate(sheet.iter_rows(), start=3):
            hidden.cell(number, column, _hash([row[at].value for at in own]))


def place_decisions(
    table: pd.DataFrame, decisions: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put decisions beside the rows with their texts; return the table, and what is left over."""
    rows = table.to_dict("records")
    ids, texts = ([_joined(row, names) for row in rows] for names in (ID_COLUMNS, TEXT_COLUMNS))
    plain = [_plain(text) for text in texts]
    by_text = {text: place for place, text in enumerate(plain)}
    by_both = {both: place for place, both in enumerate(zip(ids, plain, strict=True))}
    keys = zip(decisions["id"], decisions["text"].map(_plain), strict=True)
    found = [by_both.get(key, by_text.get(key[1], -1)) for key in keys]
    here = decisions.assign(place=found)
    left = decisions[here["place"] < 0]
    here = here[here["place"] >= 0].drop_duplicates("place", keep="last").set_index("place")
    typed = here[TYPED].reindex(range(len(table))).fillna("")
    return table.assign(**{name: typed[name].to_numpy() for name in TYPED}), left


def _joined(row: dict[Any, Any], names: list[str]) -> str:
    """Return the ids or texts of what a row decides on: of a pair, or of one sentence."""
    return ARROW.join(str(row[name]) for name in names if row.get(name))


def _meeting_of(address: str) -> str:
    """Return the meeting that stands before an address, where there are several: "north:7(a)"."""
    return address.split(ARROW)[0].rpartition(":")[0]


def _merged(text: object, rows: pd.DataFrame) -> tuple[object, ...]:
    """Return the one row of all decisions on a text."""
    decided = rows[rows["decision"] != ""]
    votes = decided["decision"].unique()
    said = "; ".join(f"{row.file}: {row.decision}" for row in decided.itertuples())
    once = ("; ".join(dict.fromkeys(filter(None, rows[name]))) for name in TYPED[1:])
    decision = votes[0] if len(votes) == 1 else ""
    return rows["id"].iloc[-1], decision, *once, text, said if len(votes) > 1 else ""


def _kappa(read: list[pd.DataFrame]) -> float:
    """Return Cohen's kappa of two people over what both decided."""
    if len(read) != 2:
        return float("nan")
    both = read[0].merge(read[1], on=["meeting", "text"], suffixes=("_a", "_b"))
    both = both[(both["decision_a"] != "") & (both["decision_b"] != "")]
    if len(set(both["decision_a"]) | set(both["decision_b"])) < 2:
        return float("nan")
    return float(cohen_kappa_score(both["decision_a"], both["decision_b"]))


def _decided(book: Workbook, name: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a sheet in which somebody has typed a decision."""
    for found in _rows(book, name):
        if set(TYPED) <= set(found) and any(found[column] for column in TYPED):
            typed = (found[column] for column in TYPED)
            yield _joined(found, ID_COLUMNS), *typed, _joined(found, TEXT_COLUMNS)


def _left_over(book: Workbook) -> Iterator[tuple[str, str, str]]:
    """Yield what had been typed elsewhere, before the workbook was last written."""
    for found in _rows(book, LEFTOVERS):
        if found.get("typed"):
            yield found["sheet"], found["row"], found["typed"]


def _rows(book: Workbook, name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a sheet as texts, by the heads of their columns."""
    if name in book.sheetnames:
        heads = _heads(book[name])
        for row in book[name].iter_rows(min_row=HEADS_ROW + 1, values_only=True):
            yield dict(zip(heads, map(_shown, row), strict=False))


def _typed(sheet: Worksheet, written: Written) -> Iterator[tuple[str, str, str]]:
    """Yield what was typed beside decisions: rows that are not as written, cells, comments."""
    own = _own_columns(sheet, written.width)
    for row in sheet.iter_rows():
        values = [_shown(cell.value) for cell in row]
        known = _hash([row[at].value for at in own if at < len(row)]) in written.rows
        comments = [cell.comment.text for cell in row if cell.comment]
        shown = [*(values[written.width :] if known else values), *comments]
        if any(shown):
            yield sheet.title, str(row[0].row), " | ".join(filter(None, shown))


def _own_columns(sheet: Worksheet, width: int) -> list[int]:
    """Return the places of the columns that the program fills."""
    heads = _heads(sheet)[:width]
    typed = TYPED if set(TYPED) <= set(heads) else ()
    return [at for at, head in enumerate(heads) if head not in typed]


def _heads(sheet: Worksheet) -> list[str]:
    return [_shown(cell.value).lower().replace(" ", "_") for cell in sheet[HEADS_ROW]]


def _hash(values: list[Any]) -> str:
    return hashlib.sha256("\x1f".join(map(_shown, values)).encode()).hexdigest()[:16]


def _shown(value: object) -> str:
    """Return a cell's value as text; a number as another program may have saved it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return f"{value:g}" if isinstance(value, float) else unescape(str(value)).strip()


def _plain(text: str) -> str:
    return " ".join(str(text).split())
