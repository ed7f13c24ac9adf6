"""Decisions: what people type into a workbook is never lost."""

import shutil
import subprocess

import meetings
import openpyxl
import pytest
from meetings import fill_in
from openpyxl.comments import Comment
from openpyxl.styles import Font

from helpers import merge_decisions, read_decisions, write_workbook
from helpers.export.decisions import read_typed

SAID = ["Speakers stressed extradition.", "Young people need education in prisons."]
ASKED = ["Educate young people in prisons;", "Strengthen extradition;"]


def report(said=tuple(SAID), asked=tuple(ASKED)):
    return meetings.report(said, asked)


@pytest.fixture
def path(tmp_path):
    return write_workbook(report(), tmp_path / "mapping.xlsx")


def test_nothing_typed_is_no_decision(path):
    assert read_decisions(path).empty


def test_a_decision_is_of_a_pair_or_of_a_point(path):
    fill_in(path, "Links", ["1.1", "3(b).1"], decision="keep", initials="AB")
    fill_in(path, "Deliberations", ["2.1"], decision="reject", reason="asked elsewhere")
    rows = read_decisions(path).set_index("id")
    assert rows.loc["1.1 → 3(b).1", ["decision", "initials"]].tolist() == ["keep", "AB"]
    assert rows.loc["1.1 → 3(b).1", "text"] == " → ".join([SAID[0], ASKED[1]])
    assert rows.loc["2.1", ["decision", "reason", "text"]].tolist() == [
        "reject", "asked elsewhere", SAID[1],
    ]  # fmt: skip


def test_decisions_stay_when_the_workbook_is_written_again(path):
    fill_in(path, "Links", ["1.1", "3(b).1"], decision="keep", date="2026-11-28")
    fill_in(path, "Recommendations", ["3(a).1"], decision="open", reason="ask the Chair")
    before = read_decisions(path)
    for _ in range(2):
        write_workbook(report(), path)
        assert read_decisions(path).equals(before)


def test_a_decision_goes_with_its_texts_to_another_address(path):
    fill_in(path, "Links", ["1.1", "3(b).1"], decision="keep")
    write_workbook(report(["Trains arrive.", *SAID], ASKED[::-1]), path)
    assert read_decisions(path)["id"].tolist() == ["2.1 → 4(a).1"]
    assert "Leftovers" not in openpyxl.load_workbook(path).sheetnames


def test_a_decision_whose_text_is_gone_is_left_over_with_what_it_was_about(path):
    fill_in(path, "Links", ["1.1", "3(b).1"], decision="keep", reason="plain")
    write_workbook(report(["Speakers welcomed whales.", SAID[1]]), path)
    rows = read_decisions(path)
    assert rows[["id", "decision", "reason"]].values.tolist() == [["1.1 → 3(b).1", "keep", "plain"]]
    assert rows["text"].tolist() == [" → ".join([SAID[0], ASKED[1]])]
    sheet = openpyxl.load_workbook(path)["Leftovers"]
    assert sheet.max_row == 4
    write_workbook(report(), path)  # and comes back with its text
    assert read_decisions(path).equals(rows)
    assert "Leftovers" not in openpyxl.load_workbook(path).sheetnames


def test_a_pair_that_somebody_decided_is_shown_though_it_is_not_offered(path):
    # One sentence more that is liker, so that the pair would not be shown of itself.
    fill_in(path, "Links", ["1.1", "3(b).1"], decision="reject")
    asked = [*ASKED, "Stress extradition;", "Extradition of speakers;", "Speakers on extradition;"]
    write_workbook(report(SAID, asked), path)
    assert read_decisions(path)["id"].tolist() == ["1.1 → 3(b).1"]


def test_a_report_whose_sides_share_nothing_has_a_workbook_too(tmp_path):
    path = tmp_path / "mapping.xlsx"
    write_workbook(report(["Whales swim."], ["Schools teach."]), path)
    assert openpyxl.load_workbook(path)["Deliberations"]["C4"].value.startswith("not found")


def test_what_is_typed_elsewhere_is_left_over(path):
    book = openpyxl.load_workbook(path)
    book["Ledger"]["C4"] = "not so"
    book["Links"].cell(4, 40).value = "see the annex"
    book["Matrix"]["A4"].comment = Comment("ask again", "AB")
    mine = book.create_sheet("My notes")
    mine.append(["to do", 7])
    mine["A1"].font, mine["A1"].comment = Font(bold=True), Comment("soon", "AB")
    mine.column_dimensions["A"].width = 33
    book.save(path)
    for _ in range(2):
        write_workbook(report(), path)
        kept = read_typed(path)
        typed = {(sheet, text.split(" | ")[-1]) for sheet, _, text in kept.typed}
        assert {("Links", "see the annex"), ("Matrix", "ask again")} <= typed
        assert any(sheet == "Ledger" and "not so" in text for sheet, _, text in kept.typed)
        (mine,) = kept.book.worksheets
        assert (mine.title, list(mine.values)) == ("My notes", [("to do", 7)])
        assert (mine["A1"].font.b, mine["A1"].comment.text) == (True, "soon")
        assert mine.column_dimensions["A"].width == 33
        assert len(kept.typed) == 3


def test_a_sheet_with_another_name_and_a_row_on_top_lose_nothing(path):
    fill_in(path, "Links", ["1.1", "3(b).1"], decision="keep", reason="plain")
    fill_in(path, "Deliberations", ["2.1"], decision="reject", reason="as agreed")
    book = openpyxl.load_workbook(path)
    book["Links"].title = "Our links"
    book["Deliberations"].insert_rows(1)
    book.save(path)
    write_workbook(report(), path)
    assert "Our links" in openpyxl.load_workbook(path).sheetnames
    found = read_decisions(path).set_index(["sheet", "id"])["reason"].to_dict()
    assert found[("Links", "1.1 → 3(b).1")] == "plain"
    assert found[("Deliberations", "2.1")] == "as agreed"


def test_a_file_that_is_no_workbook_of_ours_is_not_written_over(tmp_path):
    own = openpyxl.Workbook()
    own.active.append(["accounts"])
    own.save(tmp_path / "accounts.xlsx")
    with pytest.raises(ValueError, match=r"'accounts.xlsx' is no workbook of this collection"):
        write_workbook(report(), tmp_path / "accounts.xlsx")
    (tmp_path / "broken.xlsx").write_text("no zip")
    with pytest.raises(ValueError, match=r"'broken.xlsx' cannot be read as a workbook"):
        read_decisions(tmp_path / "broken.xlsx")
    with pytest.raises(FileNotFoundError, match="There is no workbook"):
        read_decisions(tmp_path / "none.xlsx")


def test_two_peoples_decisions_are_brought_together_and_where_they_differ_is_said(tmp_path):
    paths = [write_workbook(report(), tmp_path / f"{name}.xlsx") for name in "ab"]
    for path, decision in zip(paths, ("keep", "reject"), strict=True):
        fill_in(path, "Links", ["1.1", "3(b).1"], decision=decision, initials=path.stem)
        fill_in(path, "Links", ["2.1", "3(a).1"], decision="keep", initials=path.stem)
    fill_in(paths[0], "Deliberations", ["1.1"], decision="open")
    merged = merge_decisions(paths).set_index("id")
    assert merged["decision"].to_dict() == {
        "1.1 → 3(b).1": "",
        "2.1 → 3(a).1": "keep",
        "1.1": "open",
    }
    assert merged.loc["1.1 → 3(b).1", "disagreement"] == "a.xlsx: keep; b.xlsx: reject"
    assert merged.loc["2.1 → 3(a).1", "initials"] == "a; b"
    assert merged["kappa"].eq(0).all()  # one of two: what chance gives
    both = write_workbook(report(), tmp_path / "both.xlsx", decisions=merged.reset_index())
    sheet = openpyxl.load_workbook(both)["Disagreements"]
    assert [sheet.cell(4, 1).value, sheet.max_row] == ["1.1 → 3(b).1", 4]
    assert set(read_decisions(both)["id"]) >= {"2.1 → 3(a).1", "1.1"}


def test_one_workbook_alone_is_not_merged(path):
    for paths in ([path], str(path)):
        with pytest.raises(ValueError, match="two workbooks or more"):
            merge_decisions(paths)


@pytest.mark.spreadsheet
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_decisions_outlive_libreoffice(path, tmp_path):
    fill_in(path, "Links", ["1.1", "3(b).1"], decision="keep", reason="so “it” is", initials="ÄB")
    before = read_decisions(path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    options = ["--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "saved"), str(path)]
    subprocess.run(["soffice", profile, *options], check=True, capture_output=True, timeout=120)
    saved = tmp_path / "saved" / path.name
    assert read_decisions(saved).equals(before)
    assert read_typed(saved).typed == []
    write_workbook(report(), saved)
    assert read_decisions(saved).equals(before)
