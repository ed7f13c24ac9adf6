"""A PDF's lines: from the places, fonts and sizes of its characters.

pdfium gives the characters in reading order with their origin, size and font. A line of the page
is what shares a baseline; digits that are smaller and higher than their line are footnote marks.
"""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import pairwise
from math import isfinite
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from helpers.reading.lines import Line, Repair, ReportError
from helpers.reading.marks import MARKS, marks_note

LINE_END_HYPHENS = "\x02\ufffe"  # what pdfium gives for a hyphen at the end of a line
BOLD = 600  # the weight of a font from which its letters are bold
RAISED_SIZE = 0.85  # of the size of the line
RAISED_BY = 0.12  # of the size of the line, above its baseline
WIDE = 2.2  # sizes of a letter: a hole that no space between words makes
# What may stand before the words of a line, behind a hole: "5.", "113.2", "(a)", "IV.", a bullet.
LABEL = re.compile(
    r" *(?:\(?(?:\d[\d.]*|[A-Za-z]|[IVXLivxl]+)[.)]?(?= )|\W(?= ))?(?: \(\w+\)(?= ))?"
)


@dataclass
class _Char:
    text: str
    x: float
    y: float
    right: float
    size: float
    bold: bool
    italic: bool


_Printed = tuple[int, float, list[_Char]]  # page, its height, the characters of a line


def read_pdf(data: bytes, name: str) -> tuple[str, list[Line], list[Repair]]:
    """Read the lines of a PDF.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        Its name, for messages.

    Returns
    -------
    str
        The text as it is printed, line by line: the source that offsets refer to.
    list of Line
        The lines in reading order.
    list of tuple
        The pages without text: position, kind, page, text, reason.

    Raises
    ------
    ReportError
        If the file is damaged, asks for a password or holds no text.
    """
    try:
        document = pdfium.PdfDocument(data)
        with closing(document):
            pages = [
                [(number, page.get_height(), line) for line in _whole_lines(_page_lines(page))]
                for number, page in enumerate(document, start=1)
            ]
    except pdfium.PdfiumError as error:
        asks = "password" in str(error).lower()
        raise ReportError(
            f"{name}: this PDF asks for a password. Open it, save it without one, and try again."
            if asks
            else f"{name}: this PDF is damaged or cut off, and cannot be read. Get it anew, or "
            "open it in its own program and save it again."
        ) from error
    printed = [line for page in pages for line in page]
    if not printed:
        raise ReportError(
            f"{name}: no text was found on its {len(pages)} page(s). It is probably a scan: a "
            "picture of the text. Have a program for optical character recognition (OCR) make "
            "text of it."
        )
    source, lines = _with_style(printed)
    return source, lines, list(_without_text(pages, lines))


def _without_text(pages: list[list[_Printed]], lines: list[Line]) -> Iterator[Repair]:
    """Yield the pages on which no text was found: they may be pictures of text."""
    place = 0
    starts = {line.page: line.start for line in reversed(lines)}
    for number, page in enumerate(pages, start=1):
        place = starts.get(number, place)
        if not page:
            reason = "no text was found on it: it is empty, or a picture"
            yield place, "page without text", number, f"page {number}", reason


def _page_lines(page: pdfium.PdfPage) -> Iterator[list[_Char]]:
    """Yield the characters of each line of a page."""
    textpage = page.get_textpage()
    line: list[_Char] = []
    for char in _characters(textpage.raw):
        if char.text == "\n":
            new_line = True
        elif char.text in LINE_END_HYPHENS:
            line.append(replace(line[-1], text=char.text) if line else char)
            new_line = True
            continue
        else:
            new_line = bool(line) and line[-1].text in LINE_END_HYPHENS
        if new_line and line:
            if any(char.text.strip() for char in line):
                yield line
            line = []
        if char.text != "\n":
            line.append(char)
    if any(char.text.strip() for char in line):
        yield line
    textpage.close()


def _whole_lines(pieces: Iterator[list[_Char]]) -> Iterator[list[_Char]]:
    """Yield lines, those put together that pdfium has cut.

    A raised digit, the words behind a wide space and the cells of a table's row come as lines of
    their own; they go on to the right at the height of the line before.
    """
    line: list[_Char] = []
    for piece in pieces:
        if line and (hole := _goes_on(line, piece)) is not None:
            if hole > 0.12 * line[-1].size and not line[-1].text.isspace():
                line.append(replace(line[-1], text=" ", x=line[-1].right, right=piece[0].x))
            line = line + piece
        else:
            if line:
                yield line
            line = piece
    if line:
        yield line


def _goes_on(line: list[_Char], piece: list[_Char]) -> float | None:
    """Return the hole between a line and a piece that goes on with it; None: it does not."""
    if line[-1].text in LINE_END_HYPHENS:
        return None
    first = next(char for char in piece if not char.text.isspace())
    last = next(char for char in reversed(line) if not char.text.isspace())
    sizes = _line_size(line), _line_size(piece)
    hole = first.x - last.right
    if hole < -0.3 * max(sizes):
        return None
    apart = abs(_baseline(line) - _baseline(piece))
    if apart < 0.12 * max(sizes):
        return hole
    raised = min(sizes) <= RAISED_SIZE * max(sizes) and apart < 0.6 * max(sizes)
    return hole if raised and hole < max(sizes) else None


def _characters(page: object) -> Iterator[_Char]:
    """Yield the characters of a page; fonts are asked for once a word."""
    x, y = ctypes.c_double(), ctypes.c_double()
    sides = [ctypes.c_double() for _ in range(4)]
    matrix, name, flags = pdfium_c.FS_MATRIX(), ctypes.create_string_buffer(128), ctypes.c_int()
    size, bold, italic, in_word, last_raw = 1.0, False, False, False, 0.0
    for index in range(pdfium_c.FPDFText_CountChars(page)):
        code = pdfium_c.FPDFText_GetUnicode(page, index)
        if code in (0, 13):
            continue
        text = chr(code) if not 0xD800 <= code < 0xE000 else "\ufffd"
        if text == "\n":
            in_word = False
            yield _Char(text, 0, 0, 0, size, bold, italic)
            continue
        pdfium_c.FPDFText_GetCharOrigin(page, index, x, y)
        pdfium_c.FPDFText_GetCharBox(page, index, *sides)
        is_space = text.isspace()
        if not is_space:
            raw_size = pdfium_c.FPDFText_GetFontSize(page, index)
            if not in_word or raw_size != last_raw:
                pdfium_c.FPDFText_GetMatrix(page, index, matrix)
                scale = (matrix.c**2 + matrix.d**2) ** 0.5 or 1.0
                size = _finite(abs(raw_size * scale)) or 1.0
                pdfium_c.FPDFText_GetFontInfo(page, index, name, 128, flags)
                font = name.value.decode("utf-8", "replace").lower()
                weight = pdfium_c.FPDFText_GetFontWeight(page, index)
                bold = weight >= BOLD or "bold" in font or "black" in font
                italic = "ital" in font or "oblique" in font
            last_raw = raw_size
        in_word = not is_space
        places = _finite(x.value), _finite(y.value), _finite(sides[1].value)
        yield _Char(text, *places, size, bold, italic)


def _finite(number: float) -> float:
    """Return a number that a damaged file may have made infinite, or no number at all."""
    return number if isfinite(number) else 0.0


def _with_style(printed: list[_Printed]) -> tuple[str, list[Line]]:
    """Return the source and its lines, sizes and gaps measured by those of the running text."""
    sizes: Counter[float] = Counter()
    for _, _, chars in printed:
        sizes[round(_line_size(chars) * 2) / 2] += len(chars)
    body = sizes.most_common(1)[0][0] or 1.0
    bases = [_baseline(chars) for _, _, chars in printed]
    steps = Counter(
        round(above - here, 0)
        for above, here, (_, _, chars) in zip(bases, bases[1:], printed[1:], strict=False)
        if 0.8 * body < above - here < 2.5 * body and abs(_line_size(chars) - body) < 1
    )
    pitch = steps.most_common(1)[0][0] if steps else 1.2 * body
    lines, source, last_page, last_base = [], [], 0, 0.0
    at = 0
    for (page, height, chars), base in zip(printed, bases, strict=True):
        raw = "".join("-" if char.text in LINE_END_HYPHENS else char.text for char in chars)
        gap = 0.0
        if page == last_page:
            gap = max(0.0, (last_base - base) / pitch - 1) if last_base > base else 0.0
        line = _line(chars, raw, at, page, gap, body, base / (height or 1.0))
        if line.text:
            lines.append(line)
        source.append(raw)
        at += len(raw) + 1
        last_page, last_base = page, base
    return "\n".join(source), lines


def _line_size(chars: list[_Char]) -> float:
    """Return the size that most of a line's letters have."""
    seen = Counter(round(char.size, 1) for char in chars if not char.text.isspace())
    return seen.most_common(1)[0][0] if seen else 1.0


def _baseline(chars: list[_Char]) -> float:
    size = _line_size(chars)
    return median(
        char.y for char in chars if not char.text.isspace() and char.size > RAISED_SIZE * size
    )


def _line(
    chars: list[_Char], raw: str, at: int, page: int, gap: float, body: float, place: float
) -> Line:
    size, base = _line_size(chars), _baseline(chars)
    kept = [index for index, char in enumerate(chars) if not _is_mark(chars, index, size, base)]
    text, positions = "", []
    for index in kept:
        char = " " if raw[index].isspace() else raw[index]
        if char == " " and (not text or text[-1] == " "):
            continue
        text += char
        positions.append(at + index)
    words = [char for char in chars if char.text.isalpha()] or chars
    return Line(
        text.rstrip(),
        positions[: len(text.rstrip())],
        page,
        gap=round(gap, 2),
        indent=round(chars[0].x, 1),
        size=round(size / body, 2),
        bold=sum(char.bold for char in words) > 0.6 * len(words),
        italic=sum(char.italic for char in words) > 0.6 * len(words),
        columns=_holes(chars, size),
        place=place,
        divided=chars[-1].text in LINE_END_HYPHENS,
    )


def _is_mark(chars: list[_Char], index: int, size: float, base: float) -> bool:
    """Return whether a character is a raised digit or asterisk: the mark of a footnote.

    At the head of a line it is a footnote's own number, and stays.
    """
    char = chars[index]
    raised = char.size <= RAISED_SIZE * size and char.y >= base + RAISED_BY * size
    if not raised or char.text not in MARKS:
        return False
    return marks_note("".join(other.text for other in chars[max(0, index - 6) : index]))


def _holes(chars: list[_Char], size: float) -> int:
    """Count the wide holes of a line, the one behind its number, letter or bullet not."""
    found = LABEL.match("".join(char.text for char in chars))
    label = len(found[0].replace(" ", "")) if found else 0
    solid = [char for char in chars if not char.text.isspace()]
    return sum(
        right.x - left.right > WIDE * size
        for index, (left, right) in enumerate(pairwise(solid), start=1)
        if index > label
    )
