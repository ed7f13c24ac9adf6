"""``python -m helpers``: for people who know no Python."""

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import TESTS
from meetings import fill_in
from openpyxl import load_workbook

from helpers import __main__ as command
from helpers import read_decisions
from helpers.__main__ import main
from helpers.export import workbook
from helpers.names import entities
from helpers.resources import CHECKOUT

REPORT = """# Discussion

1. Speakers called for lamps on all piers and for training of pilots.

# Recommendations

2. The Meeting recommended lamps on all piers.
"""
NO_PARTS = (
    "# Views of the members\n\n1. Speakers called for lamps.\n\n# What to do\n\n2. Light lamps."
)


@pytest.fixture
def written(tmp_path) -> Path:
    path = tmp_path / "my report.md"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_a_workbook_is_written_beside_the_report(written, capsys):
    assert main([str(written)]) == 0
    book = written.with_name("my report mapping.xlsx")
    assert "Matrix" in load_workbook(book).sheetnames
    said = capsys.readouterr().out
    assert "Paragraphs: 2: deliberations 1, recommendations 1" in said
    assert "Comparing 1 paragraph with 1 recommendation" in said
    assert f"Written: {book}" in said


def test_a_word_file_is_read_with_its_warnings_first(tmp_path, capsys):
    path = tmp_path / "draft.docx"
    path.write_bytes((TESTS / "made" / "word" / "32_tracked_words.docx").read_bytes())
    assert main([str(path)]) == 0
    said = capsys.readouterr().out
    assert said.index("tracked changes") < said.index("Paragraphs:")


def test_no_workbook_is_ever_written_over(written, capsys):
    theirs = written.with_name("my report mapping.xlsx")
    theirs.write_text("what somebody has written")
    assert main([str(written)]) == main([str(written)]) == 0
    assert theirs.read_text() == "what somebody has written"
    assert {path.name for path in written.parent.glob("*.xlsx")} == {
        "my report mapping.xlsx", "my report mapping 2.xlsx", "my report mapping 3.xlsx"
    }  # fmt: skip


def test_what_was_decided_in_the_last_workbook_stands_in_the_next(written, capsys):
    assert main([str(written)]) == 0
    path = written.with_name("my report mapping.xlsx")
    book = load_workbook(path)
    sheet = book["Deliberations"]
    column = [cell.value for cell in sheet[3]].index("Decision") + 1
    sheet.cell(4, column).value = "keep"
    book.save(path)
    assert main([str(written)]) == 0
    assert "What was decided in my report mapping.xlsx stands in it too;" in capsys.readouterr().out
    decided = read_decisions(path.with_name("my report mapping 2.xlsx"))
    assert decided["decision"].tolist() == ["keep"]


def test_a_folder_stands_for_the_reports_in_it(tmp_path, written, capsys):
    (tmp_path / "~$my report.docx").write_text("what Word leaves there")
    (tmp_path / "notes.xlsx").write_text("no report")
    (tmp_path / "bad.docx").write_text("1. no Word file, but a text")
    (tmp_path / "old.doc").write_text("an old file")
    (tmp_path / "more").mkdir()
    assert main([str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "1 of 2 workbooks written" in said
    assert "not written: " + str(tmp_path / "bad.docx") in said
    assert "old.doc: not read. If it is a report, save it as .docx." in said
    assert "more: a folder within the folder" in said
    assert "notes.xlsx: not read" in said


def test_a_pattern_stands_for_the_reports_that_fit(tmp_path, written, capsys):
    assert main([str(tmp_path / "my*.md")]) == 0
    assert main([str(tmp_path / "other*.md")]) == 1
    assert "no report has such a name" in capsys.readouterr().out


def test_an_empty_folder_is_said_to_be_empty(tmp_path, capsys):
    assert main([str(tmp_path)]) == 1
    assert "no report in this folder" in capsys.readouterr().out


def test_headings_that_are_not_known_can_be_named(tmp_path, capsys):
    path = tmp_path / "a.md"
    path.write_text(NO_PARTS)
    assert main([str(path)]) == 1
    said = capsys.readouterr().out
    assert '--deliberations "<heading>"' in said
    assert "read_report" not in said
    assert 'DELIBERATIONS="<heading>"' in said
    assert "nothing to map without deliberations and recommendations" in said
    named = ["--deliberations", "views of the members", "--recommendations", "What to do"]
    assert main([str(path), *named]) == 0


def test_a_heading_that_is_misspelt_is_answered_with_the_nearest(tmp_path, capsys):
    path = tmp_path / "a.md"
    path.write_text(NO_PARTS)
    assert main([str(path), "--deliberations", "View of members"]) == 1
    said = capsys.readouterr().out
    assert "no heading reads “View of members”" in said
    assert "The nearest is “Views of the members”" in said


def test_another_folder_can_be_named(written, tmp_path):
    assert main([str(written), "--to", str(tmp_path / "there")]) == 0
    assert (tmp_path / "there" / "my report mapping.xlsx").exists()


@pytest.mark.parametrize(
    ("name", "message"), [("missing.docx", "no such file"), ("empty.txt", "is empty")]
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, capsys, name, message):
    (tmp_path / "empty.txt").touch()
    assert main([str(tmp_path / name)]) == 1
    said = capsys.readouterr().out
    assert "No workbook was written" in said
    assert message in said


def test_a_folder_that_cannot_be_written_to_says_what_to_do(written, monkeypatch, capsys):
    def refuse(*args, **kwargs):
        raise PermissionError(13, "Permission denied", "there/my report mapping.xlsx")

    monkeypatch.setattr(workbook, "write_workbook", refuse)
    assert main([str(written)]) == 1
    assert "Permission denied: there/my report mapping.xlsx. Name another folder: --to" in (
        capsys.readouterr().out
    )


def test_a_fault_of_the_program_does_not_stop_the_other_files(
    tmp_path, written, monkeypatch, capsys
):
    def fail(*args, **kwargs):
        raise KeyError("x")

    monkeypatch.setattr(entities, "extract_entities", fail)
    assert main([str(written), str(written)]) == 1
    said = capsys.readouterr().out
    assert said.count("This is a fault of the program (KeyError: 'x')") == 2


def test_half_a_workbook_is_never_left(written, monkeypatch, capsys):
    def full(self, path):
        Path(path).write_bytes(b"half a work")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(workbook.Workbook, "save", full)
    assert main([str(written)]) == 1
    assert "No space left on device. Name another folder" in capsys.readouterr().out
    assert list(written.parent.glob("*.xlsx")) == []


def test_a_reader_that_goes_away_is_no_fault(written):
    done = subprocess.run(
        f'"{sys.executable}" -m helpers "{written}" | head -1',
        shell=True, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout == "Starting ...\n"
    assert "Traceback" not in done.stderr


def test_long_work_is_said_to_go_on(written, monkeypatch, capsys):
    monkeypatch.setattr(command, "STILL", 0.001)
    assert main([str(written)]) == 0
    assert " 0 s ... " in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["--help"]])
def test_without_a_file_it_says_how_it_is_used(arguments):
    done = subprocess.run(
        [sys.executable, "-m", "helpers", *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == (0 if arguments else 2)
    assert "usage: python -m helpers" in done.stdout + done.stderr


def test_make_says_which_report_it_needs():
    text = (CHECKOUT / "Makefile").read_text()
    assert 'make workbook REPORT="my report.docx"' in text


def test_several_reports_make_one_workbook_together(tmp_path, capsys):
    for name in ("north", "south"):
        (tmp_path / f"{name}.md").write_text(REPORT, encoding="utf-8")
    files = [str(tmp_path / f"{name}.md") for name in ("north", "south")]
    assert main([*files, "--together"]) == 0
    book = tmp_path / "meetings mapping.xlsx"
    assert {"Overview", "Themes", "north", "south"} <= set(load_workbook(book).sheetnames)
    assert f"Written: {book}" in capsys.readouterr().out


def test_of_meetings_with_files_of_one_name_the_folders_tell_them_apart(tmp_path):
    files = [tmp_path / place / "report.md" for place in ("north", "south")]
    for file in files:
        file.parent.mkdir()
        file.write_text(REPORT, encoding="utf-8")
    assert main([*map(str, files), "--together", "--to", str(tmp_path)]) == 0
    heads = [
        cell.value for cell in load_workbook(tmp_path / "meetings mapping.xlsx")["Overview"][3]
    ]
    assert heads[1:3] == [str(file) for file in files]


def test_one_report_that_cannot_be_read_makes_no_workbook_of_meetings(written, capsys):
    other = written.with_name("other.md")
    other.write_text(NO_PARTS, encoding="utf-8")
    assert main([str(written), str(other), "--together"]) == 1
    assert f"Not read: {other}" in capsys.readouterr().out
    assert not list(written.parent.glob("*.xlsx"))


def test_one_report_alone_is_no_meetings(written, capsys):
    assert main([str(written), "--together"]) == 1
    assert "takes two reports or more" in capsys.readouterr().out


def test_a_brief_and_another_document_on_request(written):
    other = written.with_name("declaration.md")
    other.write_text("# Declaration\n\n1. We put lamps on all piers.\n", encoding="utf-8")
    assert main([str(written), "--brief", "--against", str(other)]) == 0
    book = load_workbook(written.with_name("my report mapping.xlsx"))
    rows = list(book["Other document"].iter_rows(min_row=4, values_only=True))
    assert rows[0][2:5] == ("1.1", "We put lamps on all piers.", "clear")
    assert written.with_name("my report mapping.docx").exists()


def test_a_brief_is_no_report_of_its_folder(written):
    assert main([str(written), "--brief"]) == 0
    assert main([str(written.parent)]) == 0
    assert sorted(file.name for file in written.parent.iterdir()) == [
        "my report mapping 2.xlsx", "my report mapping.docx", "my report mapping.xlsx",
        "my report.md",
    ]  # fmt: skip


def test_another_report_of_the_same_name_takes_no_decisions(written, tmp_path, capsys):
    out = tmp_path / "out"
    assert main([str(written), "--to", str(out)]) == 0
    fill_in(out / "my report mapping.xlsx", "Recommendations", ["2.1"], decision="keep")
    other = tmp_path / "other" / written.name
    other.parent.mkdir()
    other.write_text(f"# Another report\n\n{REPORT}", encoding="utf-8")
    assert main([str(other), "--to", str(out)]) == 0
    assert "is of another report" in capsys.readouterr().out
    assert read_decisions(out / "my report mapping 2.xlsx").empty


def test_decisions_are_those_of_the_last_workbook_though_the_first_is_gone(written):
    for _ in range(2):
        assert main([str(written)]) == 0
    second = written.with_name("my report mapping 2.xlsx")
    fill_in(second, "Recommendations", ["2.1"], decision="keep")
    written.with_name("my report mapping.xlsx").unlink()
    assert main([str(written)]) == 0
    third = written.with_name("my report mapping 3.xlsx")
    assert read_decisions(third)["decision"].tolist() == ["keep"]


def test_a_report_that_is_named_twice_is_one(written, capsys):
    assert main([str(written), str(written), "--together"]) == 1
    assert "two reports or more, each once" in capsys.readouterr().out
