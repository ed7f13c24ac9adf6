"""The mapping as the document that people work with: an Excel workbook, and the same as CSV."""

import hashlib
import re
from collections import Counter
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from helpers.documents import DATA
from helpers.entities import extract_entities
from helpers.force import compare_force
from helpers.ledger import build_ledger
from helpers.links import PAIR, link_passages, links_by_unit, mapping_matrix
from helpers.report import Report
from helpers.uncertainty import judge_links

PROJECT = "deliberations-to-recommendations"
LINK_COLUMNS = [
    "row", "column", "recommendation", "deliberation", "linked", "verdict", "score", "line",
    "rests_on", "recommendation_text", "deliberation_text", "evidence", "low", "high", "stays",
    "methods", "said", "said_force", "asked", "asked_force", "shift",
]  # fmt: skip
LEDGER_COLUMNS = [
    "label", "name", "status", "meaning", "via", "deliberations", "recommendations", "linked_to",
    "deliberations_text", "recommendations_text", "entity_id", "topic",
]  # fmt: skip
TEXT_COLUMNS = ["sentence", "part", "text"]
GENRE_ALONE = "not linked: shares words of the genre alone"
ANNOTATED = "Links: annotators"
NOT_ANNOTATED = (
    "Nobody has checked these links. On the report that the collection comes with, about two in "
    "three links are those of its annotators, and nearly all of theirs are found. A link is a "
    "reason to read the two sentences."
)
ABOUT = DATA / "language" / "workbook.csv"  # what each sheet and column means
FONT = "Calibri"  # named each time, or programs choose one of their own
MATRIX_HEAD = (
    "Paragraphs of the deliberations. Framed: linked, clearly where the frame is unbroken and the "
    "figure bold. A click leads to the sentences; the sheet About explains."
)
HEAD_FONT = Font(name=FONT, bold=True, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor="1F3864")
FRAME, DASHES = (
    Border(*[Side(style=style, color="1B1B1B")] * 4) for style in ("medium", "mediumDashed")
)
WIDE, NARROW = 60, 17  # characters; what takes more than twice the narrow width is wrapped
LINE, TALLEST_ROW = 15, 409  # points; Excel takes no taller row
LONGEST_CELL = 32_767  # characters; Excel takes no more
A3 = 8  # the number of that paper in Office Open XML
TABLES_OF_RECOMMENDATIONS = ("Matrix", "Links", "Ledger")
FROZEN = {"Links": "E", "Ledger": "C"}  # up to which column, where it is not the second
FIRST_ROW = 4  # under the note, an empty row and the head
# What spreadsheet programs would take for the beginning of a formula, and what no cell may hold.
FORMULA = re.compile(r"[=+\-@\t\r]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def export_tables(
    report: Report,
    *,
    entities: pd.DataFrame | None = None,
    annotators: dict[str, set[tuple[str, str]]] | None = None,
    made: date | None = None,
) -> dict[str, pd.DataFrame]:
    """Lay out the mapping of a report as tables for people.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    entities : pandas.DataFrame, optional
        What `helpers.extract_entities` returned for this report; made here if it is not given.
    annotators : dict of str to set of tuple, optional
        By annotator, the pairs of sentence ids that they linked; ``Links`` then says of each pair
        how many of them did.
    made : datetime.date, optional
        The day to put on the sheet "About"; today if it is not given.

    Returns
    -------
    dict of str to pandas.DataFrame
        "Matrix" (one row a recommendation, one column a paragraph, the strengths), "Links" (the
        linked pairs of sentences, the best pair of every other cell, and what most annotators
        link, in the order of the matrix, with evidence, uncertainty, force and both texts),
        "Ledger" (one row a concept, with the sentences of both sides), "Entities" (one row a
        mention), "Text" (one row a sentence) and "About" (source, method, versions, licences,
        caveats, the meaning of every column).

    Raises
    ------
    ReportError
        As `helpers.link_passages`.

    Examples
    --------
    >>> from helpers import read_report
    >>> tables = export_tables(read_report())
    >>> list(tables), tables["Matrix"].shape
    (['Matrix', 'Links', 'Ledger', 'Entities', 'Text', 'About'], (7, 11))
    """
    entities = extract_entities(report) if entities is None else entities
    links = link_passages(report, entities=entities)
    return {
        "Matrix": _matrix_table(report, links),
        "Links": _links_table(report, links, entities, annotators),
        "Ledger": _ledger_table(report, entities, links),
        "Entities": entities.drop(columns=["unit"]).fillna(""),
        "Text": report.sentences[TEXT_COLUMNS],
        "About": _about_table(report, links, annotators, made or date.today()),
    }


def write_workbook(
    report: Report,
    path: str | Path,
    *,
    entities: pd.DataFrame | None = None,
    annotators: dict[str, set[tuple[str, str]]] | None = None,
    made: date | None = None,
) -> Path:
    """Write the mapping of a report as an Excel workbook, one sheet a table.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    path : str or pathlib.Path
        Where to write; the name ends in ``.xlsx``, and its folder is made if it is not there.
    entities, annotators, made
        As `export_tables`.

    Returns
    -------
    pathlib.Path
        Where the workbook is.

    Raises
    ------
    ValueError
        If the name does not end in ``.xlsx``.

    Examples
    --------
    >>> import tempfile
    >>> from helpers import read_report
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_workbook(read_report(), f"{folder}/mapping.xlsx").name
    'mapping.xlsx'
    """
    path = Path(path)
    if path.suffix != ".xlsx":
        raise ValueError(f"A workbook's name ends in .xlsx, but {path.name!r} was given.")
    book = Workbook()
    book.remove(book.worksheets[0])
    tables = export_tables(report, entities=entities, annotators=annotators, made=made)
    for name, table in tables.items():
        sheet = book.create_sheet(name)
        _fill(sheet, table, report.note if name in TABLES_OF_RECOMMENDATIONS else report.title)
    _mark(book["Matrix"], tables["Matrix"], tables["Links"])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def write_csv(
    report: Report,
    folder: str | Path,
    *,
    entities: pd.DataFrame | None = None,
    annotators: dict[str, set[tuple[str, str]]] | None = None,
    made: date | None = None,
) -> list[Path]:
    """Write the mapping of a report as CSV, one file a table.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    folder : str or pathlib.Path
        Where to write; it is made if it is not there.
    entities, annotators, made
        As `export_tables`.

    Returns
    -------
    list of pathlib.Path
        The files. Each row of a table of recommendations ends in ``note``, which says that they
        were not negotiated, for rows are copied out of their files.

    Examples
    --------
    >>> import tempfile
    >>> from helpers import read_report
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_csv(read_report(), folder)]
    ['matrix.csv', 'links.csv', 'ledger.csv', 'entities.csv', 'text.csv', 'about.csv']
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    tables = export_tables(report, entities=entities, annotators=annotators, made=made)
    for name, table in tables.items():
        if name in TABLES_OF_RECOMMENDATIONS:
            table = table.assign(note=report.note)
        path = folder / f"{name.lower()}.csv"
        table.map(_csv_value).to_csv(path, index=False, lineterminator="\n")
        paths.append(path)
    return paths


def _matrix_table(report: Report, links: pd.DataFrame) -> pd.DataFrame:
    strength = mapping_matrix(report, links=links_by_unit(links, report))["strength"].round(2)
    texts = report.recommendations.set_index("recommendation")["text"]
    table = strength.reset_index(names="recommendation").rename_axis(columns=None)
    table.insert(1, "text", table["recommendation"].map(texts))
    return table


def _links_table(
    report: Report,
    links: pd.DataFrame,
    entities: pd.DataFrame,
    annotators: dict[str, set[tuple[str, str]]] | None,
) -> pd.DataFrame:
    _check_annotators(annotators or {}, links)
    shown = _pairs_to_show(report, links, _of_most(annotators or {}))
    judged = judge_links(report, links=links, entities=entities, pairs=shown)
    table = judged.merge(shown[[*PAIR, "row", "column"]], on=PAIR)
    table = table.merge(compare_force(report, links), on=PAIR, how="left")
    texts = report.sentences.set_index("sentence")["text"]
    for side in PAIR:
        table[f"{side}_text"] = table[side].map(texts)
    order = {unit: place for place, unit in enumerate(report.sentences["unit"].unique())}
    table = table.sort_values(["row", "column"], key=lambda units: units.map(order), kind="stable")
    columns = LINK_COLUMNS.copy()
    if annotators:
        table["annotators"] = [
            f"{sum(pair in noted for noted in annotators.values())} of {len(annotators)}"
            for pair in zip(table["deliberation"], table["recommendation"], strict=True)
        ]
        columns.insert(columns.index("methods") + 1, "annotators")
    table["verdict"] = _verdict(table)
    table["linked"] = table["linked"].map({True: "yes", False: "no"})
    return table[columns].round(3).astype(object).fillna("")


def _pairs_to_show(
    report: Report, links: pd.DataFrame, noted: set[tuple[str, str]]
) -> pd.DataFrame:
    """Keep what is linked by us or noted by most annotators, and the best pair of every cell."""
    unit_of = report.sentences.set_index("sentence")["unit"]
    links = links.assign(
        row=links["recommendation"].map(unit_of), column=links["deliberation"].map(unit_of)
    )
    best = links.index.isin(links.groupby(["row", "column"], sort=False)["score"].idxmax())
    by_most = links[PAIR].apply(tuple, axis="columns").isin(noted)
    return links[links["linked"] | by_most | (best & (links["score"] > 0))]


def _check_annotators(annotators: dict[str, set[tuple[str, str]]], links: pd.DataFrame) -> None:
    pairs = set(links[PAIR].itertuples(index=False, name=None))
    for annotator, noted in annotators.items():
        unknown = sorted(noted - pairs)
        if unknown:
            raise ValueError(
                f"Annotator {annotator} links {unknown[0]}, which is no pair of a deliberation's "
                "and a recommendation's sentence of this report."
            )


def _verdict(table: pd.DataFrame) -> list[str]:
    """Say of each pair whether it is linked, and whether its interval lies on that side."""
    linked = table["linked"].map({True: "linked", False: "not linked"})
    above, below = table["low"] > table["line"], table["high"] <= table["line"]
    clear = above.where(table["linked"], below)
    verdict = linked + clear.map({True: ", clear", False: ", open"})
    of_genre = ~table["linked"] & (table["score"] > table["line"])
    return verdict.mask(of_genre, GENRE_ALONE).tolist()


def _ledger_table(report: Report, entities: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    ledger = build_ledger(report, entities)
    names = dict(zip(ledger["entity_id"], ledger["name"], strict=True))
    via = ledger["via"].str.split("; ")
    table = ledger.assign(via=[", ".join(names.get(id_, id_) for id_ in ids) for ids in via])
    table["meaning"] = [
        _meaning(row.status, bool(row.deliberations), bool(row.via)) for row in ledger.itertuples()
    ]
    texts = report.sentences.set_index("sentence")["text"]
    for side in ("deliberations", "recommendations"):
        of_concept = ledger.set_index(["topic", "entity_id"])[side]
        table[f"{side}_text"] = [
            "\n".join(f"{at}: {texts[at]}" for at in own)
            or "\n".join(
                f"{names[id_]} – {at}: {texts[at]}"
                for id_ in ids
                for at in of_concept.get((topic, id_), [])
            )
            for topic, own, ids in zip(ledger["topic"], ledger[side], via, strict=True)
        ]
        table[side] = ledger[side].str.join(", ")
    pairs = links.loc[links["linked"], PAIR]
    table["linked_to"] = [
        ", ".join(_linked_to(row.deliberations, row.recommendations, pairs))
        for row in ledger.itertuples()
    ]
    one_topic = ledger["topic"].nunique() < 2
    return table[LEDGER_COLUMNS].drop(columns=["topic"] if one_topic else [])


def _linked_to(said: list[str], recommended: list[str], pairs: pd.DataFrame) -> list[str]:
    """Give what is linked to where a concept was said, or if it was not, to where it is asked."""
    if said:
        found = pairs.loc[pairs["deliberation"].isin(said), "recommendation"]
    else:
        found = pairs.loc[pairs["recommendation"].isin(recommended), "deliberation"]
    return found.unique().tolist()


def _meaning(status: str, deliberated: bool, explained: bool) -> str:
    """Say in words what a status says of a concept that was, or was not, deliberated itself."""
    if status == "generalised" and not deliberated:
        return "recommended as the broader class of what was deliberated, which via names"
    if status == "dropped" and explained:
        return (
            "deliberated, and not taken up in the text except for what via names, which is "
            "narrower; this does not say that it was rejected"
        )
    return {
        "carried": "deliberated and recommended",
        "generalised": "deliberated, and recommended only as its broader class, which via names",
        "specialised": "recommended, and deliberated only as its broader class, which via names",
        "dropped": "deliberated, and neither it nor a broader class is taken up in the text; this "
        "does not say that it was rejected",
        "emerged": "recommended, and neither it nor a broader or narrower concept was deliberated",
    }[status]


def _about_table(
    report: Report,
    links: pd.DataFrame,
    annotators: dict[str, set[tuple[str, str]]] | None,
    made: date,
) -> pd.DataFrame:
    facts = {
        "Report": report.title,
        **{_title(key): _as_text(value) for key, value in report.meta.items()},
        "SHA-256 of the text": hashlib.sha256(report.clean.source.encode()).hexdigest(),
        "Made on": made.isoformat(),
        "Made with": f"{PROJECT} {version(PROJECT)}, spaCy {version('spacy')}, "
        f"scikit-learn {version('scikit-learn')}, pandas {version('pandas')}",
        "Negotiated?": report.note,
        ANNOTATED: _how_sure(links, annotators) if annotators else NOT_ANNOTATED,
    }
    table = pd.DataFrame({"what": facts.keys(), "value": facts.values()})
    return pd.concat([table, pd.read_csv(ABOUT)], ignore_index=True)


def _how_sure(links: pd.DataFrame, annotators: dict[str, set[tuple[str, str]]]) -> str:
    """Say how far our links and those of the annotators are the same."""
    ours = set(links.loc[links["linked"], PAIR].itertuples(index=False, name=None))
    most = _of_most(annotators)
    return (
        f"How many of the annotators {', '.join(map(str, annotators))} linked the pair. Of the "
        f"{len(ours)} linked pairs, {len(ours & most)} are linked by most of them; of the "
        f"{len(most)} that most of them link, {len(ours & most)} are linked here."
    )


def _of_most(annotators: dict[str, set[tuple[str, str]]]) -> set[tuple[str, str]]:
    """Give the pairs that more than half of the annotators link."""
    votes = Counter(pair for noted in annotators.values() for pair in noted)
    return {pair for pair, count in votes.items() if 2 * count > len(annotators)}


def _fill(sheet: Worksheet, table: pd.DataFrame, note: str) -> None:
    """Write a note, a head and the rows; freeze the head and put a filter on it."""
    _write(sheet.cell(1, 1), note)
    sheet["A1"].font = Font(name=FONT, italic=True)
    for column, name in enumerate(table.columns, start=1):
        head = sheet.cell(FIRST_ROW - 1, column, _title(str(name)))
        head.font, head.fill = HEAD_FONT, HEAD_FILL
        head.alignment = Alignment(vertical="center", wrap_text=True)
        longest = max([len(head.value) + 3, *map(len, map(str, table.iloc[:, column - 1]))])
        sheet.column_dimensions[get_column_letter(column)].width = (
            WIDE if longest > 2 * NARROW else longest + 2
        )
    for number, row in enumerate(table.itertuples(index=False), start=FIRST_ROW):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            _write(cell, value)
            if sheet.column_dimensions[cell.column_letter].width < NARROW:
                cell.alignment = Alignment(horizontal="center", vertical="top")
        sheet.row_dimensions[number].height = min(TALLEST_ROW, LINE * max(map(_lines, row)))
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A3
    sheet.print_title_rows = f"1:{FIRST_ROW - 1}"
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes, each as wide as the table
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.freeze_panes = f"{FROZEN.get(sheet.title, 'B')}{FIRST_ROW}"
    last = get_column_letter(table.shape[1])
    sheet.auto_filter.ref = f"A{FIRST_ROW - 1}:{last}{FIRST_ROW - 1 + len(table)}"


def _write(cell: Cell, value: object) -> None:
    """Write a number as a number and all else as text, never as a formula."""
    cell.alignment = Alignment(vertical="top", wrap_text=cell.row >= FIRST_ROW)
    if isinstance(value, int | float):
        cell.value = None if pd.isna(value) else value
        cell.number_format = "0.000" if isinstance(value, float) else "0"
        return
    text = CONTROL.sub("", str(value))
    if len(text) > LONGEST_CELL:
        text = text[: LONGEST_CELL - 40] + " … (cut here; whole in the CSV file)"
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = bool(FORMULA.match(text))


def _mark(sheet: Worksheet, matrix: pd.DataFrame, links: pd.DataFrame) -> None:
    """Shade the strengths, frame the cells that are linked, and lead each to its best pair."""
    sheet.page_setup.fitToHeight = 1
    _write(sheet.cell(2, 3), MATRIX_HEAD)
    sheet.cell(2, 3).font = Font(name=FONT, bold=True)
    sheet.cell(2, 3).alignment = Alignment(vertical="top", wrap_text=True)
    sheet.merge_cells(start_row=2, start_column=3, end_row=2, end_column=max(3, matrix.shape[1]))
    sheet.row_dimensions[2].height = 3 * LINE
    places = links.assign(place=range(FIRST_ROW, FIRST_ROW + len(links)))
    best = places.groupby(["row", "column"])["place"].first()
    linked, clear = (
        set(links.loc[chosen, ["row", "column"]].itertuples(index=False, name=None))
        for chosen in (links["linked"] == "yes", links["verdict"] == "linked, clear")
    )
    for row, column in [(r, c) for r in matrix.index for c in range(2, matrix.shape[1])]:
        cell = sheet.cell(FIRST_ROW + row, column + 1)
        at = (matrix.iat[row, 0], matrix.columns[column])
        if at in best.index:
            cell.hyperlink = Hyperlink(cell.coordinate, location=f"Links!A{best[at]}")
        sheet.cell(FIRST_ROW - 1, column + 1).alignment = Alignment(horizontal="center")
        cell.font = Font(name=FONT, bold=at in clear)
        cell.number_format = "0.00"
        if at in linked:
            cell.border = FRAME if at in clear else DASHES
    area = f"C{FIRST_ROW}:{get_column_letter(matrix.shape[1])}{FIRST_ROW - 1 + len(matrix)}"
    colours = {"start_color": "FFFFFF", "end_color": "6BAED6"}
    sheet.conditional_formatting.add(
        area, ColorScaleRule(start_type="num", start_value=0, end_type="max", **colours)
    )


def _lines(value: object) -> int:
    """Give the number of lines that a value takes in a wide column."""
    return sum(1 + len(line) // WIDE for line in str(value).split("\n"))


def _title(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _as_text(value: object) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _csv_value(value: object) -> object:
    """Put an apostrophe before what a spreadsheet program would take for a formula."""
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value
