"""The workbook: what people work with opens, says what it is, and holds no formula."""

import codecs
import csv
import io
import shutil
import subprocess
import zipfile
from datetime import date

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from helpers import link_passages, read_report
from helpers.contract import PAIR, STATUSES
from helpers.evaluation import elsewhere, read_links_by_report
from helpers.evaluation.gold import PASSES, read_gold_links, read_links
from helpers.export import workbook
from helpers.export.tables import (
    ANNOTATED,
    BUNDLED_ANNOTATED,
    CONTROL,
    FOUND,
    HOW_RIGHT,
    NAMED_THERE,
    NOT_ANNOTATED,
    NOT_OFFERED,
    STOPWORDS_ALONE,
    TABLES_OF_RECOMMENDATIONS,
    _csv_value,
    _meaning,
    export_tables,
    write_csv,
)
from helpers.export.workbook import FIRST_ROW, write_workbook
from helpers.reading.report import NOTES
from helpers.resources import CHECKOUT

DECIDED = ["Links", "Deliberations", "Recommendations"]
SHEETS = ["Matrix", *DECIDED, "Ledger", "Entities", "Text", "Left out", "About"]
MADE = date(2025, 1, 23)


@pytest.fixture(scope="module")
def tables(report):
    return export_tables(report, made=MADE)


@pytest.fixture(scope="module")
def annotated(report):
    return export_tables(report, annotators={who: read_links(who) for who in PASSES})


@pytest.fixture(scope="module")
def path(report, tmp_path_factory):
    return write_workbook(report, tmp_path_factory.mktemp("book") / "mapping.xlsx", made=MADE)


@pytest.fixture(scope="module")
def book(path):
    return openpyxl.load_workbook(path)


def _shown(value):
    return f"{value:g}" if isinstance(value, int | float) else value or ""


def _rows(sheet):
    return list(sheet.iter_rows(min_row=3, values_only=True))


def test_there_is_a_sheet_a_table(book):
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == SHEETS


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_reads_back_as_its_table(book, tables, name):
    table = tables[name]
    head, *rows = _rows(book[name])
    assert [title.lower().replace(" ", "_") for title in head] == [
        str(column).lower() for column in table.columns
    ]
    assert [[_shown(value) for value in row] for row in rows] == [
        [_shown(value) for value in row] for row in table.itertuples(index=False)
    ]


@pytest.mark.parametrize("name", SHEETS)
def test_heads_stay_in_sight_and_can_be_filtered(book, name):
    assert book[name].freeze_panes == ("C4" if name == "Ledger" else "B4")
    assert book[name].auto_filter.ref.startswith("A3:")


@pytest.mark.parametrize("name", TABLES_OF_RECOMMENDATIONS)
def test_every_sheet_of_recommendations_says_that_they_were_not_negotiated(book, name):
    assert book[name]["A1"].value == NOTES["no"]


def test_a_report_that_does_not_say_is_not_spoken_for(tmp_path):
    report = read_report(
        "Summary of deliberations\n\n1. Speakers stressed fraud.\n\n"
        "Outcome of deliberations\n\n2. The following:\n\n(a) Address fraud."
    )
    book = openpyxl.load_workbook(write_workbook(report, tmp_path / "book.xlsx"))
    assert {book[name]["A1"].value for name in TABLES_OF_RECOMMENDATIONS} == {NOTES["not said"]}


def test_clear_cells_are_framed_and_those_to_be_read_lead_to_their_pair(book, tables):
    links, sheet = tables["Links"], book["Matrix"]
    paragraphs = [cell.value for cell in sheet[3]]
    cells = [cell for row in sheet.iter_rows(min_row=4, min_col=3) for cell in row]
    framed = [cell for cell in cells if cell.border.left.style and cell.font.bold]
    clear, linked = links["verdict"] == "clear", links["linked"] == "yes"
    for right_ones, chosen in (
        (clear, framed),
        (linked, framed + [cell for cell in cells if cell.font.underline]),
        (links["verdict"] != "", [cell for cell in cells if cell.hyperlink]),
    ):
        marked = {(sheet.cell(c.row, 1).value, paragraphs[c.column - 1]) for c in chosen}
        right = links.loc[right_ones, ["row", "column"]]
        assert marked == set(right.itertuples(index=False, name=None))


@pytest.mark.parametrize("name", DECIDED)
def test_what_is_clear_is_told_apart_at_a_glance(book, tables, name):
    column = "verdict" if name == "Links" else "found"
    at = list(tables[name].columns).index(column) + 1
    for number, said in enumerate(tables[name][column], start=FIRST_ROW):
        cell = book[name].cell(number, at)
        assert (cell.value, bool(cell.font.b)) == (said, said == "clear")
        assert (cell.fill.fill_type == "solid") == (said == "clear")
        assert bool(cell.font.i) == (said not in ("clear", "to be read"))


def test_every_cell_that_is_offered_has_its_best_pair_in_the_links(tables):
    links, matrix = tables["Links"], tables["Matrix"].set_index("recommendation")
    for (recommendation, paragraph), score in (
        links.groupby(["row", "column"])["score"].max().items()
    ):
        assert matrix.loc[recommendation, paragraph] == pytest.approx(score, abs=0.006)


def test_every_cell_that_is_offered_leads_to_its_best_pair(book, tables):
    links = tables["Links"]
    paragraphs = [cell.value for cell in book["Matrix"][3]]
    cells = [cell for row in book["Matrix"].iter_rows(min_row=4, min_col=3) for cell in row]
    led = [cell for cell in cells if cell.hyperlink]
    assert len(led) == len(links.drop_duplicates(["row", "column"]))
    for cell in led:
        row = int(cell.hyperlink.location.removeprefix("Links!A"))
        found = dict(zip((c.value for c in book["Links"][3]), book["Links"][row], strict=True))
        assert found["Row"].value == book["Matrix"].cell(cell.row, 1).value
        assert found["Column"].value == paragraphs[cell.column - 1]
        assert found["Score"].value == pytest.approx(cell.value, abs=0.006)


def test_no_more_cells_lead_anywhere_than_excel_takes(report, tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_HYPERLINKS", 3)
    sheet = openpyxl.load_workbook(write_workbook(report, tmp_path / "few.xlsx"))["Matrix"]
    assert sum(bool(cell.hyperlink) for row in sheet.iter_rows() for cell in row) == 3


def test_every_pair_says_why_it_is_there(annotated):
    links = annotated["Links"].set_index(["deliberation", "recommendation"])
    above = links["score"] > links["threshold"]
    assert (above == ((links["linked"] == "yes") | (links["verdict"] == STOPWORDS_ALONE))).all()
    assert set(links["verdict"]) <= {
        *FOUND.values(), NOT_OFFERED, STOPWORDS_ALONE,
    }  # fmt: skip
    assert links.loc[links["verdict"] == "clear", "linked"].eq("yes").all()
    assert links.loc[links["linked"] == "yes", "verdict"].isin(["clear", "to be read"]).all()
    assert (links[["low", "high", "stability", "methods"]] != "").all(axis=None)
    assert (links["minimal_evidence"] != "").equals(links["linked"] == "yes")


def test_every_sentence_of_either_side_has_a_row_that_says_where_it_is_found(tables, report):
    links = link_passages(report)
    for name, side in (("Deliberations", "deliberation"), ("Recommendations", "recommendation")):
        points = tables[name].set_index("id")
        part = report.sentences[report.sentences["part"] == name.lower()]
        assert points.index.tolist() == part["sentence"].tolist()
        linked = set(links.loc[links["linked"], side])
        assert set(points.index[points["found"].isin(["clear", "to be read"])]) == linked
        clear = set(links.loc[links["verdict"] == "clear", side])
        assert set(points.index[points["found"] == "clear"]) == clear
    said = tables["Deliberations"].set_index("id")
    assert said.loc["8.2", "found"].startswith("not found in")
    assert said.loc["6.2", "found"] == NAMED_THERE
    assert said.loc["6.2", "where"].startswith(
        "corruption: 12(a).1; illicit financial flows (as financial crimes): 12(a).1"
    )


def test_figures_are_hidden_and_texts_are_not(book):
    sheet = book["Links"]
    hidden = {cell.value for cell in sheet[3] if sheet.column_dimensions[cell.column_letter].hidden}
    assert hidden == {
        "Row", "Column", "Linked", "Score", "Threshold", "Minimal evidence", "Low", "High",
        "Stability", "Methods",
    }  # fmt: skip


def test_what_most_annotators_link_is_shown_though_it_is_not_linked(annotated):
    links = annotated["Links"]
    missed = links[(links["linked"] == "no") & links["annotators"].isin(["2 of 3", "3 of 3"])]
    pairs = set(missed[["deliberation", "recommendation"]].itertuples(index=False, name=None))
    assert ("7.2", "12(b).3") in pairs
    assert pairs <= read_gold_links()


def test_a_concept_that_is_explained_by_another_shows_that_ones_sentences(tables):
    ledger = tables["Ledger"].set_index("name")
    row = ledger.loc["money-laundering"]
    assert row["recommendations"] == ""
    assert row["recommendations_text"].startswith("financial crimes – 12(a).1: Strengthen")
    assert row["meaning"] == "reflected in broader terms: see via"


def test_annotators_are_counted_where_there_are_some(tables, annotated):
    links = annotated["Links"].set_index(["deliberation", "recommendation"])
    assert links.loc[("5.1", "12(c).3"), "annotators"] == "2 of 3"
    about = annotated["About"].set_index("what")["value"]
    assert "Of the 30 linked pairs, 25 are linked by most of them" in about[ANNOTATED]
    assert "annotators" not in tables["Links"]


def test_what_the_book_says_of_its_links_is_what_the_gold_says(report):
    links = link_passages(report)
    found = set(links.loc[links["linked"], PAIR].itertuples(index=False, name=None))
    gold = read_gold_links()
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    assert all(
        "about five in" in text.lower() for text in (NOT_ANNOTATED, BUNDLED_ANNOTATED, readme)
    )
    assert round(6 * len(found & gold) / len(found)) == 5
    assert all("about three in four of theirs" in text for text in (NOT_ANNOTATED, readme))
    assert round(4 * len(found & gold) / len(gold)) == 3


def test_the_book_of_the_bundled_report_does_not_say_that_nobody_has_checked_it(tables):
    about = tables["About"].set_index("what")["value"]
    assert about[ANNOTATED] == BUNDLED_ANNOTATED
    other = export_tables(read_report(TWO_TOPICS))["About"].set_index("what")["value"]
    assert other[ANNOTATED] == NOT_ANNOTATED


def test_what_the_book_says_of_links_on_other_reports_is_what_was_measured():
    table = read_links_by_report()
    others = table[(table["method"] == "joined") & (table["report"] != elsewhere.BUNDLED)]
    wrong = 1 - others["linked_precision"]
    assert "between a third and somewhat more than half" in NOT_ANNOTATED
    assert wrong.min() == pytest.approx(1 / 3, abs=0.02)
    assert 0.5 < wrong.max() < 0.6


def test_what_the_book_says_of_clear_pairs_is_what_was_measured():
    table = read_links_by_report()
    measured = table[(table["method"] == "joined") & (table["report"] != elsewhere.BUNDLED)]
    for said in (
        "clear pairs between three quarters and nine in ten",
        "to be read between three and six in ten",
        "not linked between one and three in ten",
    ):
        assert said in HOW_RIGHT
    assert len(measured) == 4
    assert measured["clear_precision"].between(0.75, 0.95).all()
    assert measured["to_read_precision"].between(0.25, 0.65).all()
    assert measured["nearest_precision"].between(0.05, 0.35).all()


@pytest.mark.parametrize("name", DECIDED)
def test_how_many_are_right_stands_where_links_are_read(book, name):
    assert book[name]["A2"].value == HOW_RIGHT


def test_what_two_sentences_share_is_bold(tmp_path, report):
    path = write_workbook(report, tmp_path / "mapping.xlsx")
    sheet = openpyxl.load_workbook(path, rich_text=True)["Links"]
    heads = [cell.value for cell in sheet[FIRST_ROW - 1]]
    row = next(row for row in _rows(sheet) if (row[0], row[2]) == ("12(d).3", "10.1"))
    pieces = row[heads.index("Deliberation text")]
    bold = [piece.text for piece in pieces if getattr(piece, "font", None) and piece.font.b]
    assert bold == ["Empowering youth", "culture of lawfulness"]
    assert str(pieces) == report.sentences.set_index("sentence").loc["10.1", "text"]


def test_the_book_says_where_it_comes_from(book):
    about = dict(_rows(book["About"])[1:])
    assert about["Made on"] == "2025-01-23"
    assert about["Place"] == "Bangkok"
    assert about["Negotiated?"] == NOTES["no"]
    assert about["Warnings of the reader"] == "none"
    assert {"Method", "Licence", "Made with", "SHA-256 of the text"} <= set(about)


@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
def test_text_that_looks_like_a_formula_stays_text(tmp_path, sign):
    report = read_report(
        f"Summary of deliberations\n\n1. {sign}SUM(A1) is fraud.\n\n"
        f"Outcome of deliberations\n\n2. The following:\n\n(a) {sign}Address fraud."
    )
    sheet = openpyxl.load_workbook(write_workbook(report, tmp_path / "book.xlsx"))["Matrix"]
    cell = sheet["B4"]
    assert (cell.value[0], cell.data_type, cell.quotePrefix) == (sign, "s", True)
    paths = write_csv(report, tmp_path)
    assert pd.read_csv(paths[0])["text"].tolist() == [f"'{sign}Address fraud."]


def test_what_looks_like_a_characters_number_is_not_read_as_one(tmp_path):
    """Excel takes _x0041_ for the letter A, unless its first line is written as a number too."""
    report = read_report(
        "Summary of deliberations\n\n1. The file a_x0041_b is fraud.\n\n"
        "Outcome of deliberations\n\n2. The following:\n\n(a) Address the fraud of a_x0041_b."
    )
    path = write_workbook(report, tmp_path / "book.xlsx")
    with zipfile.ZipFile(path) as package:
        written = "".join(package.read(name).decode() for name in package.namelist()
                          if name.startswith("xl/") and name.endswith(".xml"))  # fmt: skip
    assert "a_x005F_x0041_b" in written
    assert "a_x0041_b" not in written
    write_workbook(report, path)
    assert "Leftovers" not in openpyxl.load_workbook(path).sheetnames


def test_an_address_that_excel_would_read_as_another_number_stays_what_it_is():
    values = ["1.10", "1.1", "12(a).1", "3/4", "007", "1e5", "10", "1.10.2", 1.1]
    assert [_csv_value(value) for value in values] == [
        "'1.10", "1.1", "12(a).1", "'3/4", "'007", "'1e5", "10", "1.10.2", 1.1,
    ]  # fmt: skip


def test_csv_files_tell_excel_how_they_are_written(report, tmp_path):
    assert all(
        path.read_bytes().startswith(codecs.BOM_UTF8) for path in write_csv(report, tmp_path)
    )


def test_a_control_character_does_not_break_the_book(tmp_path):
    report = read_report(
        "Summary of deliberations\n\n1. Fraud\x07 \uffff matters.\n\n"
        "Outcome of deliberations\n\n2. The following:\n\n(a) Address fraud\x1b."
    )
    book = openpyxl.load_workbook(write_workbook(report, tmp_path / "book.xlsx"))
    assert book["Matrix"]["B4"].value.startswith("Address fraud")


TWO_TOPICS = "".join(
    f"{letter}. Theme {letter}\n\nSummary of deliberations\n\n{n}. {said}\n\n"
    f"Outcome of deliberations\n\n{n + 1}. The following:\n\n(a) {recommended}.\n\n"
    for letter, n, said, recommended in (
        ("A", 1, "Financial crimes were noted.", "Prevent financial crimes everywhere"),
        ("B", 3, "Money-laundering was stressed.", "Counter financial crimes in trade"),
    )
)


def test_the_ledger_says_what_its_sentences_are_linked_to(tables):
    ledger = tables["Ledger"].set_index("name")
    assert "topic" not in ledger
    dropped = ledger.loc["community-based crime prevention initiatives"]
    assert dropped["status"] == "dropped"
    assert "12(d).3" in dropped["linked_to"]
    emerged = ledger.loc["Kyoto Declaration"]
    assert emerged["linked_to"] == ""
    assert ledger.loc["smuggling of migrants", "linked_to"].startswith("3.2")


def test_cells_between_two_topics_are_blank(tmp_path):
    book = openpyxl.load_workbook(write_workbook(read_report(TWO_TOPICS), tmp_path / "two.xlsx"))
    cells = [[cell.value for cell in row] for row in book["Matrix"]["C4:D5"]]
    assert [[value is None for value in row] for row in cells] == [[False, True], [True, False]]


def test_a_concept_is_explained_by_the_sentences_of_its_own_topic():
    ledger = export_tables(read_report(TWO_TOPICS))["Ledger"].set_index("name")
    row = ledger.loc["money-laundering"]
    assert row["recommendations_text"].startswith("financial crimes – 4(a).1: Counter")
    assert row["topic"].startswith("B.")


def test_annotators_of_another_report_are_refused(report):
    with pytest.raises(ValueError, match=r"Annotator x links \('1\.1', '99\(z\)\.1'\)"):
        export_tables(report, annotators={"x": {("1.1", "99(z).1")}})


def test_every_column_of_links_is_explained(annotated):
    explained = " ".join(annotated["About"]["what"]).replace(",", "").casefold()
    own = {"recommendation", "deliberation", "recommendation_text", "deliberation_text"}
    for column in set(annotated["Links"].columns) - own:
        assert column.replace("_", " ") in explained, column


def test_no_row_joins_a_state_with_a_view():
    tables = export_tables(read_report(
        "Summary of deliberations\n\n1. Viet Nam stressed fraud.\n\n2. Trains arrive.\n\n"
        "Outcome of deliberations\n\n3. The following:\n\n(a) Help Viet Nam to address fraud."
    ))  # fmt: skip
    assert "STATE" in tables["Entities"]["label"].tolist()
    assert tables["Ledger"]["name"].tolist() == ["fraud"]
    for column in ("evidence", "minimal_evidence"):
        assert not tables["Links"][column].str.contains("Viet|Nam").any()


def test_every_status_has_words_for_people():
    for status in STATUSES:
        assert _meaning(status, True, False)
    assert _meaning("generalized", False, True) != _meaning("generalized", True, True)


def test_csv_files_hold_the_same_tables_and_say_the_same(report, tables, tmp_path):
    for path, (name, table) in zip(write_csv(report, tmp_path, made=MADE), tables.items(),
                                   strict=True):  # fmt: skip
        read = pd.read_csv(path, dtype=str, keep_default_na=False)
        if name in TABLES_OF_RECOMMENDATIONS:
            assert (read.pop("negotiated") == "no").all()
        read = read.map(lambda value: value.removeprefix("'"))  # it keeps formulas out
        assert read.to_numpy().tolist() == table.fillna("").astype(str).to_numpy().tolist()


def test_another_kind_of_file_is_refused(report, tmp_path):
    with pytest.raises(ValueError, match=r"ends in \.xlsx, but 'mapping\.xls' was given"):
        write_workbook(report, tmp_path / "mapping.xls")


@pytest.mark.spreadsheet
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_the_book(path, report, tmp_path):
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    utf8 = "csv:Text - txt - csv (StarCalc):44,34,76,1"
    options = ["--headless", "--convert-to", utf8, "--outdir", str(tmp_path), str(path)]
    subprocess.run(["soffice", profile, *options], check=True, capture_output=True, timeout=120)
    with (tmp_path / "mapping.csv").open(encoding="utf-8", newline="") as file:
        note, _, head, *rows = csv.reader(file)
    assert note[0] == NOTES["no"]
    assert head[:3] == ["Recommendation", "Text", "3"]
    assert [row[0] for row in rows] == report.recommendations["recommendation"].tolist()


HOSTILE = st.text(
    st.one_of(
        st.sampled_from("=+-@\t\r＝＋－＠_x0041\x0b\x1f'\"&<>\n"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


@given(st.lists(st.tuples(HOSTILE, HOSTILE), min_size=1, max_size=5), HOSTILE)
@settings(max_examples=60)
def test_whatever_a_text_holds_it_comes_back_as_text(rows, note):
    table = pd.DataFrame(rows, columns=["text", "found"])
    made = openpyxl.Workbook()
    workbook._fill(made.active, table, note)
    file = io.BytesIO()
    made.save(file)
    sheet = openpyxl.load_workbook(file).active
    cells = [sheet.cell(FIRST_ROW + at, side + 1) for at in range(len(rows)) for side in (0, 1)]
    for cell, text in zip(cells, [text for row in rows for text in row], strict=True):
        assert cell.data_type != "f"
        assert _as_saved(cell.value) == _as_saved(text)


def _as_saved(text):
    """Return a text without what no file may hold, and with the line ends of XML."""
    plain = CONTROL.sub("", unescape(text or ""))
    return plain.replace("\r\n", "\n").replace("\r", "\n")
