"""What is in the source and not in the text: footnotes, furniture, marks, words joined again."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from helpers.reading.documents import Document
from helpers.reading.furniture import NOTE, SetApart
from helpers.reading.lines import Line
from helpers.reading.structure import Structure

FOOTNOTE_COLUMNS = ["footnote", "paragraph", "page", "text"]
REPAIR_COLUMNS = ["kind", "page", "text", "reason", "paragraph"]
KEPT_MARKS = frozenset("0123456789*†‡,")
REASONS = {
    "footnote mark": "a raised digit or asterisk that stands for a footnote",
    "hyphen": "divides a word at the end of a line",
    "unprinted character": "is not printed: a soft hyphen, a joiner, a control of direction",
    "mark": "belongs to the format, not to the text",
}


def footnote_table(
    apart: Sequence[SetApart], structure: Structure, lines: Sequence[Line]
) -> pd.DataFrame:
    """Return the footnotes, each with the paragraph in which, or after which, it stands."""
    rows, places = [], _Places(structure)
    for note in apart:
        if note.kind != "footnote":
            continue
        text = " ".join(line.text for line in note.lines)
        words = text[_mark_of(note, text)[2] :]
        paragraph = places.paragraph(lines[note.after].at[0]) if note.after >= 0 else ""
        rows.append((note.note, paragraph, note.lines[0].page, words))
    table = pd.DataFrame(rows, columns=FOOTNOTE_COLUMNS)
    return table.astype({"page": "Int64"})


def _mark_of(note: SetApart, text: str) -> tuple[int, int, int]:
    """Return where a footnote's mark begins and ends, and where its words begin."""
    if note.lines[0].note:
        return 0, len(note.note), min(len(note.note) + 1, len(text))
    found = NOTE.match(text)
    if not found:
        return 0, 0, 0
    return *found.span("mark" if found["mark"] else "named"), found.end()


class _Places:
    """Says in which paragraph, or after which, a place of the source lies."""

    def __init__(self, structure: Structure) -> None:
        last = len(structure.origin) - 1
        self.starts = [structure.origin[min(unit.mark, last)] for unit in structure.units]
        self.numbers = ["", *(unit.paragraph for unit in structure.units)]

    def paragraph(self, place: int) -> str:
        """Return the number of a paragraph; "" before the first."""
        return self.numbers[bisect_right(self.starts, place)]


def repair_table(
    document: Document, apart: Sequence[SetApart], structure: Structure
) -> pd.DataFrame:
    """Return what was taken out of the source or joined, in the order of the source.

    Every character of the source that is not white space is in the text, in a footnote, or in one
    of these rows.
    """
    source, rows = document.source, [*document.repairs, *structure.joined]
    taken = np.zeros(len(source) + 1, dtype=bool)
    printed = ~np.fromiter(map(str.isspace, structure.text), bool, len(structure.text))
    taken[np.array(structure.origin, dtype=int)[printed]] = True
    for piece in apart:
        positions = [place for line in piece.lines for place in line.at]
        taken[positions] = True
        if piece.kind == "footnote":
            # Its mark and words are in the footnotes; what stands around the mark is not.
            start, end, words = _mark_of(piece, piece.lines[0].text)
            around = [*range(start), *range(end, words)]
            taken[[positions[at] for at in around]] = False
        else:
            text = " ".join("".join(source[at] for at in line.at) for line in piece.lines)
            rows.append((positions[0], piece.kind, piece.lines[0].page, text, piece.reason))
    pages = sorted((line.at[0], line.page) for line in document.lines)
    starts = [start for start, _ in pages]
    for start, text in _left_out(source, taken):
        at = bisect_right(starts, start) - 1
        page = pages[max(at, 0)][1] if pages else None
        kind = _kind_of(text)
        rows.append((start, kind, page, text, REASONS[kind]))
    rows.sort(key=lambda row: row[0])
    places = _Places(structure)
    whole = [(*row[1:], places.paragraph(row[0])) for row in rows]
    table = pd.DataFrame(whole, columns=REPAIR_COLUMNS)
    return table.astype({"page": "Int64"})


def _left_out(source: str, taken: np.ndarray) -> Iterator[tuple[int, str]]:
    """Yield the pieces of the source that are nowhere yet, a line at a time."""
    start = 0
    for raw in source.splitlines(keepends=True):
        rest = [
            place
            for place in (np.flatnonzero(~taken[start : start + len(raw)]) + start)
            if not source[place].isspace()
        ]
        piece: list[int] = []
        for place in rest:
            if piece and place != piece[-1] + 1:
                yield piece[0], source[piece[0] : piece[-1] + 1]
                piece = []
            piece.append(int(place))
        if piece:
            yield piece[0], source[piece[0] : piece[-1] + 1]
        start += len(raw)


def _kind_of(text: str) -> str:
    if set(text) <= KEPT_MARKS and any(character.isdigit() for character in text):
        return "footnote mark"
    if text == "-":
        return "hyphen"
    if all(unicodedata.category(character) in ("Cf", "Cc", "Co", "Cs") for character in text):
        return "unprinted character"
    return "mark"
