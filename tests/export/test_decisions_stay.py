"""Nothing that a person typed is lost, or stands where it does not belong."""

import shutil
import subprocess
from datetime import datetime

import openpyxl
import pandas as pd
import pytest
from meetings import fill_in, report
from openpyxl.worksheet.formula import ArrayFormula

from helpers import merge_decisions, read_decisions, write_workbook
from helpers.export.decisions import COMPARED, read_typed

TREES = "Plant many apple trees in cities"
ONE = report(["Speakers stressed extradition."], ["Simplify extradition;", f"{TREES};"])
TWO = report(
    ["Speakers noted corruption."], ["Fight corruption;", "Build better schools;", f"{TREES};"]
)
OTHER = report(["We will fight corruption."], ["We build dams;"])


def written(of, path, **more):
    """Write a workbook, and return what is decided in it, by sheet and id."""
    write_workbook(of, path, **more)
    rows = read_decisions(path)
    return {(row.sheet, row.id): (row.decision, row.reason) for row in rows.itertuples()}


def everything(path):
    """Return all texts of a workbook."""
    book = openpyxl.load_workbook(path)
    return [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "mapping.xlsx"


def test_two_sheets_with_a_row_on_the_same_text_keep_their_own(path):
    write_workbook(ONE, path, against=OTHER)
    fill_in(path, "Other document", ["2(b).1"], decision="reject", reason="in other doc")
    fill_in(path, "Recommendations", ["2(b).1"], decision="keep", reason="in recs")
    assert written(ONE, path, against=OTHER) == {
        ("Other document", "2(b).1"): ("reject", "in other doc"),
        ("Recommendations", "2(b).1"): ("keep", "in recs"),
    }


def test_a_decision_on_another_document_does_not_become_one_on_the_report(path):
    write_workbook(ONE, path, against=OTHER)
    fill_in(path, "Other document", ["2(b).1"], decision="reject")
    assert written(ONE, path) == {("Other document", "2(b).1"): ("reject", "")}
    assert "Leftovers" in openpyxl.load_workbook(path).sheetnames
    assert written(ONE, path, against=OTHER) == {("Other document", "2(b).1"): ("reject", "")}
    assert "Leftovers" not in openpyxl.load_workbook(path).sheetnames


def test_the_sheet_of_a_meeting_and_that_of_all_keep_their_own(path):
    both = {"one": ONE, "two": TWO}
    write_workbook(both, path)
    fill_in(path, "one", ["one:2(b).1"], decision="reject", reason="sheet one")
    fill_in(path, "Recommendations", ["one:2(b)"], decision="keep", reason="all")
    assert written(both, path) == {
        ("Recommendations", "one:2(b)"): ("keep", "all"),
        ("one", "one:2(b).1"): ("reject", "sheet one"),
    }


def test_a_sentence_that_stands_in_both_parts_is_decided_on_where_it_was(path):
    same = report([f"{TREES};"], [f"{TREES};", "Simplify extradition;"])
    write_workbook(same, path)
    fill_in(path, "Recommendations", ["2(a).1"], decision="keep")
    assert written(same, path) == {("Recommendations", "2(a).1"): ("keep", "")}


def test_what_another_meeting_decided_does_not_come_into_the_workbook_of_one(path):
    write_workbook({"one": ONE, "two": TWO}, path)
    fill_in(path, "Recommendations", ["one:2(b)"], decision="keep")
    fill_in(path, "Recommendations", ["two:2(c)"], decision="reject")
    write_workbook(ONE, path)
    sheet = openpyxl.load_workbook(path)["Recommendations"]
    assert not {"keep", "reject"} & {cell.value for row in sheet for cell in row}
    assert {"keep", "reject"} <= set(everything(path))


@pytest.mark.parametrize("names", [{"one": ONE, "two": TWO}, {"one": ONE, "second": TWO}])
def test_what_a_meeting_decided_that_is_gone_or_called_otherwise_goes_to_no_other(path, names):
    write_workbook({"one": ONE, "two": TWO, "three": ONE}, path)
    fill_in(path, "Recommendations", ["one:2(b)"], decision="keep")
    fill_in(path, "Recommendations", ["three:2(b)"], decision="reject", reason="of three")
    fill_in(path, "Recommendations", ["two:2(c)"], decision="open", reason="of two")
    found = written(names, path)
    assert found[("Recommendations", "one:2(b)")] == ("keep", "")
    assert {"of three", "of two"} <= set(everything(path))


def test_a_text_of_two_meetings_takes_no_decision_from_the_workbook_of_one_report(path, tmp_path):
    alone = tmp_path / "alone.xlsx"
    write_workbook(TWO, alone)
    fill_in(alone, "Recommendations", ["2(c).1"], decision="keep", reason="mine")
    write_workbook({"one": ONE, "two": TWO}, path, decisions=read_decisions(alone))
    assert "mine" in [
        cell.value for row in openpyxl.load_workbook(path)["Leftovers"] for cell in row
    ]


def test_a_meeting_whose_name_begins_as_anothers_keeps_its_own(path):
    both = {"a": ONE, "a:b": TWO}
    write_workbook(both, path)
    fill_in(path, "Recommendations", ["a:b:2(c)"], decision="keep")
    assert written(both, path) == {("Recommendations", "a:b:2(c)"): ("keep", "")}


def test_of_two_decisions_for_which_one_row_is_left_none_is_lost(path):
    write_workbook(report(["Trees."], [f"{TREES};", "Simplify extradition;", f"{TREES};"]), path)
    fill_in(path, "Recommendations", ["2(a).1"], decision="keep", reason="first")
    fill_in(path, "Recommendations", ["2(c).1"], decision="reject", reason="second")
    write_workbook(report(["Trees."], ["Simplify extradition;", f"{TREES};"]), path)
    assert {"first", "second"} <= set(everything(path))


def test_what_is_given_wipes_nothing_that_is_typed(path, tmp_path):
    other = tmp_path / "other.xlsx"
    for one in (path, other):
        write_workbook(ONE, one)
    fill_in(path, "Recommendations", ["2(b).1"], decision="keep", reason="typed", initials="AB")
    fill_in(other, "Recommendations", ["2(b).1"], initials="CD")
    assert written(ONE, path, decisions=read_decisions(other)) == {
        ("Recommendations", "2(b).1"): ("keep", "typed")
    }
    assert {"AB", "CD"} <= set(everything(path))


def test_disagreements_stay_until_somebody_takes_them_out(path, tmp_path):
    other = tmp_path / "other.xlsx"
    for one, said in ((path, "keep"), (other, "Reject")):
        write_workbook(ONE, one)
        fill_in(one, "Recommendations", ["2(b).1"], decision=said)
    write_workbook(ONE, path, decisions=merge_decisions([path, other]))
    book = openpyxl.load_workbook(path)
    book["Disagreements"]["M4"] = "RESOLVED: keep"
    book.save(path)
    write_workbook(ONE, path)
    assert {"mapping.xlsx: keep; other.xlsx: reject", "RESOLVED: keep"} <= set(everything(path))


@pytest.mark.parametrize("cell", ["E1", "F2", "Z9"])
@pytest.mark.parametrize("sheet", ["Recommendations", "Matrix", "About"])
def test_a_note_in_any_cell_is_kept(path, sheet, cell):
    write_workbook(ONE, path)
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = "NOTE"
    book.save(path)
    for _ in range(2):
        write_workbook(ONE, path)
        assert any("NOTE" in text for text in everything(path))


def test_what_is_typed_into_the_leftovers_is_kept(path):
    write_workbook(ONE, path)
    book = openpyxl.load_workbook(path)
    book["Ledger"]["Z4"] = "a note"
    book.save(path)
    write_workbook(ONE, path)
    book = openpyxl.load_workbook(path)
    book["Leftovers"]["L4"] = "beside it"
    book["Leftovers"].append(["a row", "of my own"])
    book["Leftovers"].insert_rows(1)
    book.save(path)
    write_workbook(ONE, path)
    text = " ".join(everything(path))
    assert all(note in text for note in ("a note", "beside it", "a row", "of my own"))


@pytest.mark.parametrize("name", ["Disagreements", "Leftovers", "Ledger (2)", "Notes"])
def test_a_sheet_of_ones_own_is_kept_whatever_it_is_called(path, name):
    write_workbook(ONE, path)
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet(name)
    sheet.append(["mine", "=1+1"])
    sheet.freeze_panes, sheet.sheet_state = "B2", "hidden"
    book.save(path)
    write_workbook(ONE, path)
    (kept,) = [one for one in openpyxl.load_workbook(path) if one["A1"].value == "mine"]
    assert (kept["B1"].value, kept.freeze_panes, kept.sheet_state) == ("=1+1", "B2", "hidden")


def test_a_column_of_ones_own_with_one_of_our_heads_changes_nothing(path):
    write_workbook(ONE, path)
    fill_in(path, "Recommendations", ["2(b).1"], decision="keep", reason="ours")
    book = openpyxl.load_workbook(path)
    sheet = book["Recommendations"]
    wide = sheet.max_column
    for at, head in ((1, "Reason"), (2, "Text")):
        sheet.cell(3, wide + at, head)
        sheet.cell(5, wide + at, f"my {head}")
    book.save(path)
    assert written(ONE, path) == {("Recommendations", "2(b).1"): ("keep", "ours")}
    assert "my Reason" in " ".join(everything(path))


@pytest.mark.parametrize("gone", ["Initials", "Date"])
def test_a_head_that_was_changed_or_a_row_on_top_loses_no_decision(path, gone):
    write_workbook(ONE, path)
    fill_in(path, "Recommendations", ["2(b).1"], decision="keep", reason="because")
    book = openpyxl.load_workbook(path)
    sheet = book["Recommendations"]
    next(cell for cell in sheet[3] if cell.value == gone).value = "Who"
    sheet.insert_rows(1)
    book.save(path)
    assert written(ONE, path) == {("Recommendations", "2(b).1"): ("keep", "because")}


def test_a_very_long_sentence_keeps_its_decision(path):
    long = report(["Speakers spoke of " + "trees " * 8000 + "."], [f"{TREES};"])
    assert len(long.sentences["text"].iloc[0]) > 2 * COMPARED
    write_workbook(long, path)
    fill_in(path, "Deliberations", ["1.1"], decision="keep")
    assert written(long, path) == {("Deliberations", "1.1"): ("keep", "")}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1234567.89, "1234567.89"),
        (7, "7"),
        (datetime(2025, 1, 21), "2025-01-21"),
        (datetime(2025, 1, 21, 14, 30), "2025-01-21 14:30:00"),
        (ArrayFormula("A1", "=SUM(A2)"), "=SUM(A2)"),
    ],
)
def test_a_value_is_kept_as_it_was_typed(path, value, shown):
    write_workbook(ONE, path)
    fill_in(path, "Recommendations", ["2(b).1"], reason=value)
    assert read_decisions(path)["reason"].tolist() == [shown]


@pytest.mark.parametrize(
    "names", [("Disagreements", "b"), ("_written", "b"), ("😀" * 31, "b"), ("a\ufffe", "b")]
)
def test_meetings_with_awkward_names_keep_their_decisions(path, names):
    both = dict(zip(names, (ONE, TWO), strict=True))
    write_workbook(both, path)
    fill_in(path, "Recommendations", ["b:2(a)"], decision="keep")
    assert written(both, path) == {("Recommendations", "b:2(a)"): ("keep", "")}
    assert all(
        len(name.encode("utf-16-le")) <= 62 for name in openpyxl.load_workbook(path).sheetnames
    )


def test_two_people_with_files_of_one_name_are_told_apart(tmp_path):
    paths = []
    for who, said in (("ann", "keep"), ("bob", "reject")):
        (tmp_path / who).mkdir()
        paths.append(write_workbook(ONE, tmp_path / who / "mapping.xlsx"))
        fill_in(paths[-1], "Recommendations", ["2(b).1"], decision=said)
    (said,) = merge_decisions(paths)["disagreement"]
    assert "ann" in said
    assert "bob" in said


@pytest.mark.parametrize("wrong", ["x", 3, [1], {}, pd.DataFrame()])
def test_what_are_no_decisions_is_said(path, wrong):
    with pytest.raises((TypeError, ValueError), match="decisions"):
        write_workbook(ONE, path, decisions=wrong)


def test_nothing_is_said_of_leftovers_where_there_are_none(path):
    write_workbook(ONE, path)
    assert read_typed(path).typed == []


@pytest.mark.spreadsheet
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_what_looks_like_a_characters_number_keeps_its_decision_through_libreoffice(path, tmp_path):
    odd = report(["Speakers stressed extradition _x0041_."], ["Simplify extradition _x0041_;"])
    write_workbook(odd, path)
    fill_in(path, "Recommendations", ["2(a).1"], decision="keep")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    options = ["--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "saved"), str(path)]
    subprocess.run(["soffice", profile, *options], check=True, capture_output=True, timeout=120)
    saved = tmp_path / "saved" / path.name
    assert written(odd, saved) == {("Recommendations", "2(a).1"): ("keep", "")}
    assert "Leftovers" not in openpyxl.load_workbook(saved).sheetnames
