"""The mapping of a report as the document that people work with: an Excel workbook."""

import re
from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
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
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from helpers.export.comparison import (
    LIKE,
    NAMED,
    OVERVIEW,
    RECOMMENDED,
    THEMES,
    comparison_tables,
    differing_places,
)
from helpers.export.decisions import (
    ABOUT,
    DECISIONS,
    DISAGREEMENTS,
    HEADS_ROW,
    LEFTOVERS,
    NOTHING,
    check_decisions,
    read_typed,
    remember,
)
from helpers.export.tables import (
    CONTROL,
    FORMULA,
    FOUND,
    HOW_RIGHT,
    TABLES_OF_RECOMMENDATIONS,
    cut,
    export_tables,
    file_to_write,
    title_of,
)
from helpers.linking.evidence import divide_at, shared_places
from helpers.meetings import named_reports, themes_by
from helpers.names.entities import own_entities
from helpers.reading.report import Report

FONT = "Calibri"  # named each time, or programs choose one of their own
MEETINGS_NOTES = {
    OVERVIEW: "How many recommendations of each meeting name something of each theme",
    THEMES: "What each meeting recommends, theme by theme. A star: placed by likeness",
    RECOMMENDED: "Each recommendation, and the nearest of another meeting; bold red: differs",
    NAMED: "What is named, and which meetings recommend it",
    ABOUT: "What this workbook is, and how to read it",
}
MATRIX_HEAD = (
    "Paragraphs of the deliberations. Framed and bold: clear. Underlined: to be read. A click on "
    "either leads to the sentences in Links, unless a filter there hides them; About explains."
)
SHARED_FONT = InlineFont(rFont=FONT, sz=11, b=True)
DIFFERENT_FONT = InlineFont(rFont=FONT, sz=11, b=True, color="9C0006")
HEAD_FONT = Font(name=FONT, bold=True, color="FFFFFF")
CLEAR_FILL = PatternFill("solid", fgColor="CFE2F3")
HEAD_FILL = PatternFill("solid", fgColor="1F3864")
ROW_LINE = Border(*[Side()] * 3, Side(style="hair", color="8C8C8C"))
FRAME = Border(*[Side(style="medium", color="1B1B1B")] * 4)
HIDDEN_FIGURES = [
    "row", "column", "linked", "score", "threshold", "minimal_evidence", "low", "high", "stability",
    "methods", "annotators", "likeness", "by", "beside",
]  # fmt: skip
WIDE, NARROW = 44, 17  # characters; what takes more than twice the narrow width is wrapped
WIDTHS = {
    "text": WIDE, "nearest_text": WIDE, "recommendation_text": WIDE, "deliberation_text": WIDE,
    "passage_text": WIDE, "evidence": 26, "reason": 20, "initials": 9, "decision": 10, "date": 12,
    "theme": 28, "addressee": 18, "agenda_item": 9, "source": 15, "recommendation_source": 15,
    "deliberation_source": 15, "where": 30, "meaning": 26, "via": 20, "note": 26, "behind_it": 24,
    "found": 15, "recommendation": 15, "deliberation": 13, "verdict": 12,
}  # fmt: skip
HIDDEN = {"Ledger": ["status", "entity_id"], LEFTOVERS: []}  # other columns than those
STATE_COLUMNS = ("verdict", "found", "like_it")
CLEAR_WORDS = (FOUND["clear"], LIKE["clear"])
PAGE_WIDTH = 226  # characters that are legible beside each other on A4 in landscape
SMALL_MATRIX = 24  # rows or columns that can be read on one page
COLUMNS_A_PAGE = 24
MATRIX_TEXT = 80
ALL_MEETINGS = 170  # characters for the columns of all meetings
MOST_THEMES = 2  # over a column of the matrix
THEMES_HEIGHT = 150  # points
FILLED = 1.12  # letters for each character of width: most are narrower than the widest
LINE, TALLEST_ROW = 15, 409  # points; Excel takes no taller row
LONGEST_CELL = 32_767  # characters; Excel takes no more
FROZEN = {"Ledger": "C"}  # up to which column, where it is not the second
FIRST_ROW = HEADS_ROW + 1
ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what Excel would read as a character's number
LONGEST_HEADER = 120  # characters; Excel takes 255 with its own marks
MOST_HYPERLINKS = 65_530  # a sheet; Excel takes no more


def write_workbook(
    report: Report | Sequence[Report] | Mapping[str, Report],
    path: str | Path,
    *,
    entities: pd.DataFrame | None = None,
    annotators: dict[str, set[tuple[str, str]]] | None = None,
    made: date | None = None,
    decisions: pd.DataFrame | None = None,
    against: Report | None = None,
) -> Path:
    """Write the mapping of a report, or of several side by side, as an Excel workbook.

    What people type into the columns decision, reason, initials and date stays when the workbook is
    written again: it follows the texts of its sentences. Where these are gone it goes to the sheet
    "Leftovers", as does all else that was typed into the sheets; sheets that people have added are
    kept.

    Parameters
    ----------
    report : Report, or sequence or mapping of them
        What `helpers.read_report` returns. Several, as `helpers.compare_reports` takes them, make a
        workbook of themes by meetings, with a sheet for each meeting.
    path : str or pathlib.Path
        Where to write; the name ends in ``.xlsx``, and its folder is made if it is not there.
    entities, annotators, against
        As `export_tables`; for one report alone.
    made
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
        As `export_tables` or `helpers.compare_reports`; and if `path` is no name of a file, or does
        not end in ``.xlsx``.

    Examples
    --------
    >>> import tempfile
    >>> from helpers import read_report
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_workbook(read_report(), f"{folder}/mapping.xlsx").name
    'mapping.xlsx'
    """
    path = file_to_write(path, ".xlsx", "workbook")
    kept = read_typed(path) if path.exists() else NOTHING
    if decisions is not None:
        both = [kept.decisions, check_decisions(decisions)]
        kept = kept._replace(decisions=pd.concat(both, ignore_index=True))
    if isinstance(report, Sequence | Mapping) and not isinstance(report, str):
        if not (entities is None and annotators is None and against is None):
            raise TypeError(
                "entities, annotators and against are those of one report, not of many."
            )
        tables = comparison_tables(report, made=made, kept=kept)
    else:
        entities = own_entities(report, entities)
        tables = export_tables(
            report, entities=entities, annotators=annotators, made=made, kept=kept, against=against
        )
    book = kept.book or _empty_book()
    added = _make_room(book, list(tables))
    if isinstance(report, Report):
        _fill_mapping(book, tables, report, entities)
    else:
        titles = {name: one.title for name, one in named_reports(report).items()}
        _fill_comparison(book, tables, titles)
    remember(book, list(tables))
    if decisions is not None and "disagreement" in decisions:
        disagreements = decisions[decisions["disagreement"] != ""].fillna("")
        _fill(book.create_sheet(DISAGREEMENTS), disagreements, "Where people decided differently")
    book._sheets.sort(key=lambda sheet: sheet.title in added)  # what people have added stands last
    book.active = 0
    _save(book, path)
    return path


def _empty_book() -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    return book


def _make_room(book: Workbook, names: list[str]) -> set[str]:
    """Give sheets that people have added other names than ours; return what they are called."""
    for sheet in book._sheets:
        if sheet.title in names:
            sheet.title = f"{sheet.title[:20]} (added)"
    return {sheet.title for sheet in book._sheets}


def _save(book: Workbook, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"~{path.name}")
    try:
        book.save(unfinished)
        unfinished.replace(path)
    finally:  # nobody finds half a workbook, whatever has stopped the writing
        unfinished.unlink(missing_ok=True)


def _fill_mapping(
    book: Workbook, tables: dict[str, pd.DataFrame], report: Report, entities: pd.DataFrame
) -> None:
    """Fill the sheets of one report."""
    for name, table in tables.items():
        note = report.note if name in TABLES_OF_RECOMMENDATIONS else report.title
        _fill(book.create_sheet(name), table, note)
    themes = themes_by(report, entities, "unit")
    _mark(book["Matrix"], tables["Matrix"], tables["Links"], themes)
    places = shared_places(report, tables["Links"], entities=entities)
    _embolden(book["Links"], tables["Links"], places)


def _fill_comparison(
    book: Workbook, tables: dict[str, pd.DataFrame], titles: dict[str, str]
) -> None:
    """Fill the sheets of several meetings; `titles` says of each what its report is called."""
    sheets = [name for name in tables if name not in (*MEETINGS_NOTES, LEFTOVERS)]
    called = (f"{name}: {title}" for name, title in titles.items())
    notes = {**MEETINGS_NOTES, **dict(zip(sheets, called, strict=True))}
    meetings = list(tables[THEMES].columns[2:])
    for name, table in tables.items():
        _fill(book.create_sheet(name), table, notes.get(name, name), meetings)
    overview = tables[OVERVIEW]
    book[OVERVIEW].page_setup.fitToHeight = 1
    below = len(overview) + FIRST_ROW + 1
    for number, name in enumerate(meetings, start=below):
        _write(book[OVERVIEW].cell(number, 1), f"{name}: {titles[name]}", {})
        book[OVERVIEW].cell(number, 1).alignment = Alignment(wrap_text=False)
    _shade(book[OVERVIEW], len(overview), 2, overview.shape[1] - 1)
    recommended = tables[RECOMMENDED]
    both = recommended[["text", "nearest_text", "like_it"]].itertuples(index=False, name=None)
    places = [differing_places(*two) if like == LIKE["clear"] else ([], []) for *two, like in both]
    for side, name in enumerate(("text", "nearest_text")):
        _set_apart(
            book[RECOMMENDED], recommended, name, [one[side] for one in places], DIFFERENT_FONT
        )


def _fill(sheet: Worksheet, table: pd.DataFrame, note: str, meetings: Sequence[str] = ()) -> None:
    """Write a note, a head and the rows; freeze the head and put a filter on it."""
    _write(sheet.cell(1, 1), note, {})
    sheet["A1"].font = Font(name=FONT, italic=True)
    if {"verdict", "where"} & {str(name) for name in table.columns}:
        _write(sheet.cell(2, 1), HOW_RIGHT, {})
        sheet["A2"].font = Font(name=FONT, italic=True)
        sheet["A2"].alignment = Alignment(vertical="top", wrap_text=True)
        sheet.merge_cells("A2:D2")  # the widest columns, side by side
        sheet.row_dimensions[2].height = 3 * LINE
    widths: list[float] = []
    for column, name in enumerate(table.columns, start=1):
        head = sheet.cell(FIRST_ROW - 1, column)
        _write(head, name if name in meetings else title_of(str(name)), {})
        head.font, head.fill = HEAD_FONT, HEAD_FILL
        head.alignment = Alignment(vertical="center", wrap_text=True)
        width = _width(str(name), table.iloc[:, column - 1], len(meetings))
        sheet.column_dimensions[get_column_letter(column)].width = width
        widths.append(width)
    styled: dict[tuple[int, type], StyleArray] = {}
    shown = [at for at, name in enumerate(table.columns) if name not in HIDDEN_FIGURES]
    for number, row in enumerate(table.itertuples(index=False), start=FIRST_ROW):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            _write(cell, value, styled)
        sheet.row_dimensions[number].height = min(
            TALLEST_ROW, LINE * max(_lines(row[at], widths[at]) for at in shown)
        )
    _colour_states(sheet, table)
    _let_decide(sheet, table)
    _lay_out_pages(sheet, table, note)
    sheet.freeze_panes = f"{FROZEN.get(sheet.title, 'B')}{FIRST_ROW}"
    last = get_column_letter(table.shape[1])
    sheet.auto_filter.ref = f"A{FIRST_ROW - 1}:{last}{FIRST_ROW - 1 + len(table)}"


def _width(name: str, values: "pd.Series[Any]", meetings: int) -> float:
    """Return how wide a column is, in characters; with many meetings side by side less."""
    longest = max([len(name) + 3, *map(len, map(str, values))])
    widest = WIDE if meetings < 3 else max(NARROW, ALL_MEETINGS / meetings)
    return WIDTHS.get(name, widest if longest > 2 * NARROW else min(longest + 2, widest))


def _lay_out_pages(sheet: Worksheet, table: pd.DataFrame, note: str) -> None:
    """Print on A4, each page with its heads, the sheet's name and its number."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.8, bottom=0.6)
    sheet.print_title_rows = f"{FIRST_ROW - 1}:{FIRST_ROW - 1}"
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes, each as wide as the table
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    head = " ".join(CONTROL.sub("", f"{sheet.title}: {note}").split())
    sheet.oddHeader.left.text = head[:LONGEST_HEADER].replace("&", "&&")
    sheet.oddFooter.right.text = "Page &P of &N"
    if "decision" in table.columns:
        widths = [
            sheet.column_dimensions[get_column_letter(at + 1)] for at in range(table.shape[1])
        ]
        visible = np.cumsum([0 if one.hidden else one.width for one in widths])
        printed = int((visible <= PAGE_WIDTH).sum())
        last = f"{get_column_letter(printed)}{FIRST_ROW - 1 + max(len(table), 1)}"
        sheet.print_area = f"A1:{last}"


def _let_decide(sheet: Worksheet, table: pd.DataFrame) -> None:
    """Offer the decisions in their column, and hide the figures, one click away."""
    heads = list(table.columns)
    if "decision" in heads and len(table):
        column = get_column_letter(heads.index("decision") + 1)
        choice = DataValidation("list", formula1=f'"{",".join(DECISIONS)}"', allow_blank=True)
        choice.errorStyle = "warning"
        sheet.add_data_validation(choice)
        choice.add(f"{column}{FIRST_ROW}:{column}{FIRST_ROW - 1 + len(table)}")
    for name in HIDDEN.get(sheet.title, HIDDEN_FIGURES if "decision" in heads else []):
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
        if 2 * len(text) > LONGEST_CELL and cut(text, LONGEST_CELL) != text:
            text = cut(text, LONGEST_CELL - 40) + " … (cut here; whole in the CSV file)"
        cell.value = text
        cell.data_type = "s"
    if key not in styled or cell.row < FIRST_ROW:
        cell.alignment = Alignment(
            horizontal="center" if isinstance(value, int | float) else "left",
            vertical="top",
            wrap_text=cell.row >= FIRST_ROW,
        )
        if cell.row >= FIRST_ROW:
            cell.border = ROW_LINE
        if isinstance(value, int | float):
            cell.number_format = "0.000" if isinstance(value, float) else "0"
        styled[key] = cell._style
    cell._style = copy(styled[key])
    if cell.data_type == "s" and FORMULA.match(cell.value or ""):
        cell.quotePrefix = True


def _mark(
    sheet: Worksheet,
    matrix: pd.DataFrame,
    links: pd.DataFrame,
    themes: dict[str, list[str]],
) -> None:
    """Shade the strengths, frame the cells that are clear, and lead each to its best pair."""
    _fit_matrix(sheet, matrix)
    _write(sheet.cell(2, 2), MATRIX_HEAD, {})
    sheet.cell(2, 2).font = Font(name=FONT, bold=True)
    sheet.cell(2, 2).alignment = Alignment(vertical="bottom", wrap_text=True)
    sheet.row_dimensions[2].height = THEMES_HEIGHT
    for column, unit in enumerate(matrix.columns[2:], start=3):
        own = themes.get(str(unit), [])
        more = [f"and {len(own) - MOST_THEMES} more"] if len(own) > MOST_THEMES else []
        over = sheet.cell(2, column, "\n".join([*own[:MOST_THEMES], *more]))
        over.font = Font(name=FONT, size=9)
        over.alignment = Alignment(text_rotation=90, horizontal="center", wrap_text=True)
    places = links.assign(place=range(FIRST_ROW, FIRST_ROW + len(links)))
    best = places.groupby(["row", "column"], sort=False)["place"].first().head(MOST_HYPERLINKS)
    best = best.to_dict()
    clear, to_read = (
        set(
            links.loc[links["verdict"] == FOUND[state], ["row", "column"]].itertuples(
                index=False, name=None
            )
        )
        for state in ("clear", "linked")
    )
    for column in range(3, matrix.shape[1] + 1):
        sheet.cell(FIRST_ROW - 1, column).alignment = Alignment(horizontal="center")
    looks: dict[str, StyleArray] = {}
    for row, column in [(r, c) for r in matrix.index for c in range(2, matrix.shape[1])]:
        cell = sheet.cell(FIRST_ROW + row, column + 1)
        at = (matrix.iat[row, 0], matrix.columns[column])
        look = "clear" if at in clear else "to be read" if at in to_read else "plain"
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
    _shade(sheet, len(matrix), 3, matrix.shape[1])


def _fit_matrix(sheet: Worksheet, matrix: pd.DataFrame) -> None:
    """Give the texts room, and print a small matrix on one page, a large one on several."""
    paragraphs = matrix.shape[1] - 2
    small = paragraphs <= SMALL_MATRIX and len(matrix) <= SMALL_MATRIX
    width = MATRIX_TEXT if small else WIDE
    sheet.column_dimensions["B"].width = width
    for number, text in enumerate(matrix["text"], start=FIRST_ROW):
        sheet.row_dimensions[number].height = min(TALLEST_ROW, LINE * _lines(text, width))
    sheet.page_setup.fitToHeight = 1 if small else 0
    if not small:
        sheet.page_setup.fitToWidth = -(-paragraphs // COLUMNS_A_PAGE)
        sheet.print_title_cols = "A:B"
        sheet.print_title_rows = f"2:{FIRST_ROW - 1}"


def _colour_states(sheet: Worksheet, table: pd.DataFrame) -> None:
    """Set apart what is clear, what is to be read, and what is not linked or not found."""
    for column, name in enumerate(table.columns, start=1):
        if name not in STATE_COLUMNS:
            continue
        looks: dict[str, StyleArray] = {}
        for number, value in enumerate(table[name], start=FIRST_ROW):
            cell = sheet.cell(number, column)
            look = "clear" if value in CLEAR_WORDS else "read" if value == FOUND["linked"] else "no"
            if look not in looks:
                quiet = {"italic": True, "color": "595959"} if look == "no" else {}
                cell.font = Font(name=FONT, bold=look == "clear", **quiet)
                if look == "clear":
                    cell.fill = CLEAR_FILL
                looks[look] = cell._style
            cell._style = copy(looks[look])


def _shade(sheet: Worksheet, rows: int, first: int, last: int) -> None:
    """Shade the numbers of some columns, from white for 0 to blue for the highest."""
    area = f"{get_column_letter(first)}{FIRST_ROW}:{get_column_letter(last)}{FIRST_ROW - 1 + rows}"
    colours = {"start_color": "FFFFFF", "end_color": "6BAED6"}
    sheet.conditional_formatting.add(
        area, ColorScaleRule(start_type="num", start_value=0, end_type="max", **colours)
    )


def _embolden(sheet: Worksheet, links: pd.DataFrame, places: pd.DataFrame) -> None:
    """Set what the two sentences of a row share in bold type, where it stands."""
    for name, side in (("deliberation_text", "said"), ("recommendation_text", "recommended")):
        _set_apart(sheet, links, name, places[side].tolist(), SHARED_FONT)


def _set_apart(
    sheet: Worksheet,
    table: pd.DataFrame,
    name: str,
    places: list[list[tuple[int, int]]],
    font: InlineFont,
) -> None:
    """Set places of the texts of a column in another type."""
    column = list(table.columns).index(name) + 1
    for number, marks in enumerate(places):
        cell = sheet.cell(FIRST_ROW + number, column)
        text = table[name].iloc[number]
        if marks and cell.value == text and not ESCAPED.search(text):
            cell.value = _rich_text(text, marks, font)


def _rich_text(text: str, places: list[tuple[int, int]], font: InlineFont) -> CellRichText:
    """Return a text with some places of it in another type."""
    pieces = enumerate(divide_at(text, places))
    blocks = [TextBlock(font, one) if at % 2 else one for at, one in pieces if one]
    return CellRichText(blocks)


def _lines(value: object, width: float) -> int:
    """Return the number of lines that a value takes in a column."""
    return sum(1 + int(len(line) / (width * FILLED)) for line in str(value).split("\n"))
