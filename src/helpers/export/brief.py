"""The mapping of a report as two pages for a delegate's folder: a Word document."""

from datetime import date
from pathlib import Path

import pandas as pd
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell

from helpers.contract import PAIR
from helpers.export.tables import (
    CONTROL,
    FOUND,
    HOW_RIGHT,
    NAMED_THERE,
    NOT_FOUND,
    about_report,
    decided_tables,
    file_to_write,
    ledger_table,
    made_with,
    who_checked,
)
from helpers.ledger import build_ledger
from helpers.linking.links import link_passages, links_by_unit
from helpers.names.entities import own_entities
from helpers.reading.report import Report

CLEAR, TO_READ = "●", "○"
MOST_COLUMNS, MOST_ROWS = 14, 12  # of the matrix, so that it leaves room on the first page
MOST_TO_READ = 4  # paragraphs named for a recommendation where there is no matrix
MOST_POINTS, MOST_NAMES = 6, 24  # in a list
SHORT, SHORTER = 220, 100  # letters of a sentence, and of a recommendation beside the matrix
TEXT_WIDTH, NARROW_COLUMN, WIDE_COLUMN = 17.4, 0.8, 4.5  # centimetres
SHADE = "D6E4F0"
CAVEATS = (
    "The comparison goes by words and names. What is not found may be there in other words, and "
    "what is not reflected was not thereby rejected: a report is short.",
    "The views in the deliberations are the speakers' and nobody's in particular: nothing here "
    "attributes one to a State.",
)


def write_brief(
    report: Report,
    path: str | Path,
    *,
    entities: pd.DataFrame | None = None,
    made: date | None = None,
) -> Path:
    """Write the mapping of a report as a Word document of two pages.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    path : str or pathlib.Path
        Where to write; the name ends in ``.docx``, and its folder is made if it is not there.
    entities : pandas.DataFrame, optional
        What `helpers.extract_entities` returned for this report; made here if it is not given.
    made : datetime.date, optional
        The day to put on it; today if it is not given.

    Returns
    -------
    pathlib.Path
        Where it is: which paragraphs stand behind which recommendation, what is reflected, what is
        not, what is new, and what to be careful about. Of a long report it says how much more the
        workbook holds.

    Raises
    ------
    TypeError, ValueError, ReportError
        As `helpers.link_passages`; and if `path` is no name of a file, or does not end in
        ``.docx``.

    Examples
    --------
    >>> import tempfile
    >>> from helpers import read_report
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_brief(read_report(), f"{folder}/brief.docx").name
    'brief.docx'
    """
    path = file_to_write(path, ".docx", "brief")
    entities = own_entities(report, entities)
    links = link_passages(report, entities=entities)
    ledger = build_ledger(report, entities, links=links)
    points = decided_tables(report, entities, links, ledger)
    document = _new_document(report)
    _write_matrix(document, report, links_by_unit(links, report), points["Recommendations"])
    _write_names(document, ledger_table(report, ledger, links))
    _write_points(document, points)
    _write_caveats(document, report, links, made)
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))
    return path


def _new_document(report: Report) -> WordDocument:
    """Return a document with its style, the report's name and what must stand first."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(1.8))
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(9.5)
    normal.paragraph_format.space_after = Pt(3)
    _say_language(document)
    _heading(document, "From the deliberations to the recommendations", 1)
    facts = [report.title, report.meta.get("symbol"), report.meta.get("place")]
    start, end = report.meta.get("start"), report.meta.get("end")
    facts += [f"{start} to {end}" if start and end else start or report.meta.get("date")]
    document.add_paragraph(_clean(", ".join(str(fact) for fact in facts if fact)))
    document.add_paragraph().add_run(report.note).bold = True
    return document


def _say_language(document: WordDocument) -> None:
    """Say that the text is English, for those who listen to it."""
    properties = document.styles["Normal"].element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    properties.append(language)


def _write_matrix(
    document: WordDocument, report: Report, units: pd.DataFrame, points: pd.DataFrame
) -> None:
    """Write which paragraphs stand behind which recommendation."""
    recommendations = report.sentences.loc[report.sentences["part"] == "recommendations", "unit"]
    paragraphs = report.sentences.loc[report.sentences["part"] == "deliberations", "unit"].unique()
    texts = report.sentences.groupby("unit", sort=False)["text"].first()
    ranked = units[units["linked"]].sort_values("score", ascending=False, kind="stable")
    clear = ranked[ranked["verdict"] == "clear"]
    _heading(document, "What stands behind each recommendation", 2)
    rows = _likest(recommendations.unique().tolist(), ranked, clear)
    of = recommendations.nunique()
    some = f"The likest {len(rows)} are shown; the workbook has all. " if len(rows) < of else ""
    document.add_paragraph(
        f"{(points['found'] == FOUND['clear']).sum()} of the {len(points)} sentences of the "
        f"recommendations have a sentence of the deliberations clearly behind them, and "
        f"{(points['found'] == FOUND['linked']).sum()} more have one to be read. {some}"
        f"{CLEAR} a pair of their sentences is clear; {TO_READ} a pair is linked and to be read "
        f"before it is cited."
    )
    document.add_paragraph(HOW_RIGHT)
    wide = len(paragraphs) <= MOST_COLUMNS
    heads = list(paragraphs) if wide else ["Clear", "To be read"]
    table = document.add_table(rows=1, cols=1 + len(heads), style="Table Grid")
    table.autofit = False
    _repeat_head(table)
    for cell, head in zip(table.rows[0].cells, ["Recommendation", *heads], strict=True):
        _fill_cell(cell, head, bold=True)
    for unit in rows:
        own = ranked[ranked[PAIR[1]] == unit].set_index(PAIR[0])["verdict"]
        cells = table.add_row().cells
        _fill_cell(cells[0], f"{unit} {_shortened(texts[unit], SHORTER)}")
        for cell, head in zip(cells[1:], heads, strict=True):
            if wide and head in own.index:
                found = own[head] == "clear"
                _fill_cell(cell, CLEAR if found else TO_READ, shade=found, centred=True)
        if not wide:
            _fill_cell(cells[1], ", ".join(own.index[own == "clear"]), shade=(own == "clear").any())
            _fill_cell(cells[2], ", ".join(own.index[own != "clear"][:MOST_TO_READ]))
    other = NARROW_COLUMN if wide else WIDE_COLUMN
    for column, width in zip(
        table.columns, [TEXT_WIDTH - other * len(heads), *[other] * len(heads)], strict=True
    ):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _likest(units: list[str], ranked: pd.DataFrame, clear: pd.DataFrame) -> list[str]:
    """Return the recommendations that there is room for, in the order of the report."""
    if len(units) <= MOST_ROWS:
        return units
    linked = pd.concat([clear, ranked])[PAIR[1]].tolist()
    best = list(dict.fromkeys([*linked, *units]))[:MOST_ROWS]
    return [unit for unit in units if unit in best]


def _write_names(document: WordDocument, ledger: pd.DataFrame) -> None:
    """Write what became of everything that has a name."""
    _heading(document, "What became of what was named", 2)
    for meaning, rows in ledger.groupby("meaning", sort=False):
        paragraph = document.add_paragraph()
        words = str(meaning).removesuffix(": see via")
        paragraph.add_run(f"{words[:1].upper()}{words[1:]}: ").bold = True
        names = (rows["name"] + rows["note"].ne("").map({True: " (?)", False: ""})).tolist()
        paragraph.add_run(_clean(_some(names, MOST_NAMES) + "."))
    document.add_paragraph(
        "(?): the workbook's sheet Ledger says in its column note what speaks against it."
    )


def _write_points(document: WordDocument, points: dict[str, pd.DataFrame]) -> None:
    """Write the sentences of either side for which nothing was found on the other."""
    for sheet, side, words in (
        ("Deliberations", PAIR[0], "Points not found in the recommendations"),
        ("Recommendations", PAIR[1], "Recommendations with no deliberation found behind them"),
    ):
        own = points[sheet]
        left = own[own["found"] == NOT_FOUND[side]]
        by_name = (own["found"] == NAMED_THERE).sum()
        more = f"; {by_name} more by a name alone" if by_name else ""
        _heading(document, f"{words}: {len(left)} of {len(own)} sentences{more}", 2)
        for row in left.head(MOST_POINTS).itertuples():
            text = f"{row.id} {_shortened(row.text, SHORT)}"
            document.add_paragraph(_clean(text), style="List Bullet")
        if len(left) > MOST_POINTS:
            document.add_paragraph(f"{len(left) - MOST_POINTS} more stand in the workbook.")


def _write_caveats(
    document: WordDocument, report: Report, links: pd.DataFrame, made: date | None
) -> None:
    _heading(document, "Before you use it", 2)
    for caveat in (who_checked(report, links, None), *CAVEATS):
        document.add_paragraph(caveat, style="List Bullet")
    facts = {**about_report(report), **made_with(made)}
    if len(report.warnings):
        document.add_paragraph(
            f"The reader of the file gave {len(report.warnings)} warnings: the workbook's sheet "
            "About has them.",
            style="List Bullet",
        )
    last = document.add_paragraph()
    last.add_run(
        _clean(
            f"Made on {facts['Made on']} with {facts['Made with']} from {facts['File']} "
            f"(SHA-256 {facts['SHA-256 of the text'][:12]})."
        )
    ).italic = True


def _heading(document: WordDocument, text: str, level: int) -> None:
    heading = document.add_heading(text, level)
    heading.paragraph_format.space_before = Pt(4)
    heading.paragraph_format.space_after = Pt(2)
    for run in heading.runs:
        run.font.name, run.font.size = "Calibri", Pt(15 if level == 1 else 11.5)


def _repeat_head(table: Table) -> None:
    """Let the first row of a table stand on every page, and be read as its head."""
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def _fill_cell(
    cell: _Cell, text: str, *, bold: bool = False, shade: bool = False, centred: bool = False
) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(_clean(text))
    run.bold, run.font.size = bold, Pt(8.5)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if shade:
        shading = OxmlElement("w:shd")
        shading.set(qn("w:val"), "clear")
        shading.set(qn("w:fill"), SHADE)
        cell._tc.get_or_add_tcPr().append(shading)


def _some(names: list[str], most: int) -> str:
    """Name some, and say how many more there are."""
    more = f" and {len(names) - most} more, in the workbook" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _shortened(text: str, letters: int) -> str:
    """Return the beginning of a text, cut between words."""
    text = " ".join(text.split())
    return text if len(text) <= letters else text[:letters].rsplit(" ", 1)[0].rstrip(",;") + " …"


def _clean(text: str) -> str:
    """Return a text without what no Word file may hold."""
    return CONTROL.sub("", text)
