"""A file is opened in a process of its own: what it does there costs a limited time and memory."""

import time
import zlib
from dataclasses import replace

import psutil
import pytest
from office import paragraph, word_file
from printed import column, printed

from helpers import read_report
from helpers.reading import ReportError, apart
from helpers.reading.apart import read_apart
from helpers.reading.pdf import read_pdf
from helpers.reading.word import read_word

WORD_FILE = word_file(
    paragraph("Discussion"),
    paragraph("Speakers spoke.", level=0),
    paragraph("Of lamps;", level=1),
    comments='<w:comment w:author="B"><w:p><w:r><w:t>No.</w:t></w:r></w:p></w:comment>',
)


def bomb(operators: int) -> bytes:
    """Return a PDF of a few kilobytes whose page writes the same words again and again."""
    words = zlib.compress(b"BT /F1 9 Tf 9 9 Td " + b"(speakers spoke) Tj " * operators + b"ET", 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(words), words),
    ]
    body = b"".join(b"%d 0 obj%s endobj\n" % (at, o) for at, o in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 5>>"


def test_what_is_read_apart_is_what_the_reader_gives():
    taken = _lists(read_apart("Word", WORD_FILE, "a.docx"))
    assert taken == _lists(read_word(WORD_FILE, "a.docx"))


def test_a_pdf_is_the_same_read_apart():
    data = printed([column(["Discussion", "", "1. Speakers spoke of lamps."])])
    assert _lists(read_apart("PDF", data, "a.pdf")) == _lists(read_pdf(data, "a.pdf"))


def _lists(read):
    """Return what a reader gives with positions as they are compared: by value."""
    source, lines, repairs = read
    return source, [replace(line, at=list(line.at)) for line in lines], repairs


def test_what_is_wrong_with_a_file_is_said_as_the_reader_says_it():
    with pytest.raises(ReportError, match=r"a\.docx: this Word file is damaged"):
        read_apart("Word", WORD_FILE[:200], "a.docx")


def test_a_file_that_takes_too_much_memory_is_stopped(monkeypatch):
    monkeypatch.setattr(apart, "MEMORY", 150_000_000)
    data = bomb(3_000_000)
    assert len(data) < 200_000
    with pytest.raises(ReportError, match=r"a\.pdf: opening .* takes more than .* memory"):
        read_apart("PDF", data, "a.pdf")


def test_a_file_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(apart, "SECONDS", 0.5)
    start = time.monotonic()
    with pytest.raises(ReportError, match=r"takes more than 0\.5 seconds"):
        read_apart("PDF", bomb(3_000_000), "a.pdf")
    assert time.monotonic() - start < 20


def test_no_process_stays_behind(monkeypatch):
    monkeypatch.setattr(apart, "SECONDS", 0.2)
    with pytest.raises(ReportError):
        read_apart("PDF", bomb(1_000_000), "a.pdf")
    assert not [child for child in psutil.Process().children() if "apart" in str(child.cmdline())]


def test_a_reader_that_breaks_off_is_an_answer_and_no_crash(monkeypatch):
    monkeypatch.setattr(apart, "COMMAND", "import os; os.abort()")
    with pytest.raises(ReportError, match=r"broke off.*save it again"):
        read_apart("PDF", b"%PDF-1.4", "a.pdf")


def test_a_name_with_blanks_and_accents_goes_through(tmp_path):
    path = tmp_path / "rapport final – é.docx"
    path.write_bytes(WORD_FILE)
    assert read_report(path).recommendations.empty


def test_a_file_is_read_from_any_folder(tmp_path, monkeypatch):
    (tmp_path / "helpers.py").write_text("raise ImportError('the wrong helpers')")
    (tmp_path / "a.docx").write_bytes(WORD_FILE)
    monkeypatch.chdir(tmp_path)
    assert len(read_report("a.docx").paragraphs) == 1


def test_an_unreadable_file_says_what_to_do(tmp_path, monkeypatch):
    path = tmp_path / "a.docx"
    path.write_bytes(WORD_FILE)

    def locked(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "read_bytes", locked)
    with pytest.raises(ReportError, match=r"a\.docx cannot be opened.*Close it in other programs"):
        read_report(path)


def test_the_output_of_the_caller_is_left_alone(capfd):
    read_apart("Word", WORD_FILE, "a.docx")
    assert capfd.readouterr() == ("", "")
