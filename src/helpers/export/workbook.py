"""The mapping of a report as the document that people work with: an Excel workbook."""

import re
from copy import copy
from datetime import date
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from helpers.export.decisions import (
    DECISION_COLUMNS,
    DECISIONS,
    DISAGREEMENTS,
    HEADS_ROW,
    NOTHING,
    read_typed,
    remember,
)
from helpers.export.tables import FORMULA, TABLES_OF_RECOMMENDATIONS, export_tables, title_of
from helpers.linking.evidence import divide_at, shared_places
from helpers.names.entities import own_entities
from helpers.reading.report import Report

FONT = "Calibri"  # named each time, or programs choose one of their own
MATRIX_HEAD = (
    "Paragraphs of the deliberations. Framed and bold: clear. Underlined: to be read. A click on "
    "either leads to the sentences; the sheet About explains."
)
SHARED_FONT = InlineFont(rFont=FONT, sz=11, b=True)
HEAD_FONT = Font(name=FONT, bold=True, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor="1F3864")
FRAME = Border(*[Side(style="medium", color="1B1B1B")] * 4)
WIDE, NARROW = 50, 17  # characters; what takes more than twice the narrow width is wrapped
LINE, TALLEST_ROW = 15, 409  # points; Excel takes no taller row
LONGEST_CELL = 32_767  # characters; Excel takes no more
A3 = 8  # the number of that paper in Office Open XML
FROZEN = {"Ledger": "C"}  # up to which column, where it is not the second
HIDDEN = {
    "Links": [
        "row", "column", "linked", "score", "threshold", "minimal_evidence", "low", "high",
        "stability", "methods", "annotators",
    ],
}  # fmt: skip
FIRST_ROW = HEADS_ROW + 1
ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what Excel would read as a character's number
MOST_HYPERLINKS = 65_530  # a sheet; Excel takes no more
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_workbook(
    report: Report,
    path: str | Path,
    *,
    entities: pd.DataFrame | None = None,
    annotators: dict[str, set[tuple[str, str]]] | None = None,
    made: date | None = None,
    decisions: pd.DataFrame | None = None,
) -> Path:
    """Write the mapping of a report as an Excel workbook, one sheet per table.

    What people type into the columns decision, reason, initials and date stays when the workbook is
    written again: it follows the texts of its sentences. Where these are gone it goes to the sheet
    "Leftovers", as does all else that was typed into the sheets; sheets that people have added are
    kept.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    path : str or pathlib.Path
        Where to write; the name ends in ``.xlsx``, and its folder is made if it is not there.
    entities, annotators, made
        As `export_tables`.
    decisions : pandas.DataFrame, optional
        What `read_decisions` or `merge_decisions` returned, to be written in as well.

    Returns
    -------
    pathlib.Path
        Where the workbook is.

    Raises
    ------
    TypeError, ValueError, ReportError
        As `export_tables`; and if `path` is no name of a file, or does not end in ``.xlsx``.

    Examples
    --------
    >>> import tempfile
    >>> from helpers import read_report
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_workbook(read_report(), f"{folder}/mapping.xlsx").name
    'mapping.xlsx'
    """
    if not isinstance(path, str | Path):
        raise TypeError(f"path is the name of a file, and this is a {type(path).__name__}.")
    path = Path(path)
    if path.suffix != ".xlsx":
        raise ValueError(f"A workbook's name ends in .xlsx, but {path.name!r} was given.")
    entities = own_entities(report, entities)
    kept = read_typed(path) if path.exists() else NOTHING
    if decisions is not None:
        both = [kept.decisions, decisions[DECISION_COLUMNS]]
        kept = kept._replace(decisions=pd.concat(both, ignore_index=True))
    book = Workbook()
    book.remove(book.worksheets[0])
    tables = export_tables(report, entities=entities, annotators=annotators, made=made, kept=kept)
    if decisions is not None and "disagreement" in decisions:
        tables[DISAGREEMENTS] = decisions[decisions["disagreement"] != ""].fillna("")
    for name, table in tables.items():
        sheet = book.create_sheet(name)
        _fill(sheet, table, report.note if name in TABLES_OF_RECOMMENDATIONS else report.title)
    _mark(book["Matrix"], tables["Matrix"], tables["Links"])
    places = shared_places(report, tables["Links"], entities=entities)
    _embolden(book["Links"], tables["Links"], places)
    remember(book)
    for name, rows in kept.sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"~{path.name}")
    try:
        book.save(unfinished)
        unfinished.replace(path)
    finally:  # nobody finds half a workbook, whatever has stopped the writing
        unfinished.unlink(missing_ok=True)
    return path


def _fill(sheet: Worksheet, table: pd.DataFrame, note: str) -> None:
    """Write a note, a head and the rows; freeze the head and put a filter on it."""
    _write(sheet.cell(1, 1), note, {})
    sheet["A1"].font = Font(name=FONT, italic=True)
    for column, name in enumerate(table.columns, start=1):
        head = sheet.cell(FIRST_ROW - 1, column, title_of(str(name)))
        head.font, head.fill = HEAD_FONT, HEAD_FILL
        head.alignment = Alignment(vertical="center", wrap_text=True)
        longest = max([len(head.value) + 3, *map(len, map(str, table.iloc[:, column - 1]))])
        sheet.column_dimensions[get_column_letter(column)].width = (
            WIDE if longest > 2 * NARROW else longest + 2
        )
    styled: dict[tuple[int, type], StyleArray] = {}
    hidden = HIDDEN.get(sheet.title, [])
    shown = [at for at, name in enumerate(table.columns) if name not in hidden]
    for number, row in enumerate(table.itertuples(index=False), start=FIRST_ROW):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            _write(cell, value, styled)
        sheet.row_dimensions[number].height = min(
            TALLEST_ROW, LINE * max(_lines(row[at]) for at in shown)
        )
    _let_decide(sheet, table)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A3
    sheet.print_title_rows = f"1:{FIRST_ROW - 1}"
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes, each as wide as the table
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.freeze_panes = f"{FROZEN.get(sheet.title, 'B')}{FIRST_ROW}"
    last = get_column_letter(table.shape[1])
    sheet.auto_filter.ref = f"A{FIRST_ROW - 1}:{last}{FIRST_ROW - 1 + len(table)}"


def _let_decide(sheet: Worksheet, table: pd.DataFrame) -> None:
    """Offer the decisions in their column, and hide the figures, one click away."""
    heads = list(table.columns)
    if "decision" in heads and len(table):
        column = get_column_letter(heads.index("decision") + 1)
        choice = DataValidation("list", formula1=f'"{",".join(DECISIONS)}"', allow_blank=True)
        choice.errorStyle = "warning"
        sheet.add_data_validation(choice)
        choice.add(f"{column}{FIRST_ROW}:{column}{FIRST_ROW - 1 + len(table)}")
    for name in HIDDEN.get(sheet.title, []):
        if name in heads:
            letter = get_column_letter(heads.index(name) + 1)
            sheet.column_dimensions[letter].outlineLevel = 1
            sheet.column_dimensions[letter].hidden = True


def _write(cell: Cell, value: object, styled: dict[tuple[int, type], StyleArray]) -> None:
    """Write a number as a number and all else as text, never as a formula.

    Cells of one column and kind look alike: the style of the first is the style of all.
    """
    key = cell.column, type(value)
    if isinstance(value, int | float):
        cell.value = None if pd.isna(value) else value
    else:
        text = ESCAPED.sub("_x005F_", CONTROL.sub("", str(value)))
        if len(text) > LONGEST_CELL:
            text = text[: LONGEST_CELL - 40] + " … (cut here; whole in the CSV file)"
        cell.value = text
        cell.data_type = "s"
    if key not in styled or cell.row < FIRST_ROW:
        narrow = (cell.parent.column_dimensions[cell.column_letter].width or WIDE) < NARROW
        centred = narrow and cell.row >= FIRST_ROW
        cell.alignment = Alignment(
            horizontal="center" if centred else None,
            vertical="top",
            wrap_text=cell.row >= FIRST_ROW,
        )
        if isinstance(value, int | float):
            cell.number_format = "0.000" if isinstance(value, float) else "0"
        styled[key] = cell._style
    cell._style = copy(styled[key])
    if cell.data_type == "s" and FORMULA.match(cell.value or ""):
        cell.quotePrefix = True


def _mark(sheet: Worksheet, matrix: pd.DataFrame, links: pd.DataFrame) -> None:
    """Shade the strengths, frame the cells that are linked, and lead each to its best pair."""
    sheet.page_setup.fitToHeight = 1
    _write(sheet.cell(2, 3), MATRIX_HEAD, {})
    sheet.cell(2, 3).font = Font(name=FONT, bold=True)
    sheet.cell(2, 3).alignment = Alignment(vertical="top", wrap_text=True)
    sheet.merge_cells(start_row=2, start_column=3, end_row=2, end_column=max(3, matrix.shape[1]))
    sheet.row_dimensions[2].height = 3 * LINE
    places = links.assign(place=range(FIRST_ROW, FIRST_ROW + len(links)))
    best = places.groupby(["row", "column"], sort=False)["place"].first().head(MOST_HYPERLINKS)
    best = best.to_dict()
    clear = set(
        links.loc[links["verdict"] == "clear", ["row", "column"]].itertuples(index=False, name=None)
    )
    for column in range(3, matrix.shape[1] + 1):
        sheet.cell(FIRST_ROW - 1, column).alignment = Alignment(horizontal="center")
    looks: dict[str, StyleArray] = {}
    for row, column in [(r, c) for r in matrix.index for c in range(2, matrix.shape[1])]:
        cell = sheet.cell(FIRST_ROW + row, column + 1)
        at = (matrix.iat[row, 0], matrix.columns[column])
        look = "clear" if at in clear else "to be read" if at in best else "plain"
        if look not in looks:
            cell.font = Font(
                name=FONT,
                bold=look == "clear",
                underline="single" if look == "to be read" else None,
            )
            cell.number_format = "0.00"
            if look == "clear":
                cell.border = FRAME
            looks[look] = cell._style
        cell._style = copy(looks[look])
        if at in best:
            cell.hyperlink = Hyperlink(cell.coordinate, location=f"Links!A{best[at]}")
    area = f"C{FIRST_ROW}:{get_column_letter(matrix.shape[1])}{FIRST_ROW - 1 + len(matrix)}"
    colours = {"start_color": "FFFFFF", "end_color": "6BAED6"}
    sheet.conditional_formatting.add(
        area, ColorScaleRule(start_type="num", start_value=0, end_type="max", **colours)
    )


def _embolden(sheet: Worksheet, links: pd.DataFrame, places: pd.DataFrame) -> None:
    """Set what the two sentences of a row share in bold type, where it stands."""
    for name, side in (("deliberation_text", "said"), ("recommendation_text", "recommended")):
        column = list(links.columns).index(name) + 1
        for number, marks in enumerate(places[side], start=FIRST_ROW):
            cell = sheet.cell(number, column)
            text = links[name].iloc[number - FIRST_ROW]
            if marks and cell.value == text and not ESCAPED.search(text):
                cell.value = _rich_text(text, marks)


def _rich_text(text: str, places: list[tuple[int, int]]) -> CellRichText:
    """Return a text with some places of it in bold type."""
    pieces = enumerate(divide_at(text, places))
    blocks = [TextBlock(SHARED_FONT, one) if at % 2 else one for at, one in pieces if one]
    return CellRichText(blocks)


def _lines(value: object) -> int:
    """Return the number of lines that a value takes in a wide column."""
    return sum(1 + len(line) // WIDE for line in str(value).split("\n"))
