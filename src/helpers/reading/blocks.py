"""What Word files and web pages have in common: blocks of runs, cells of tables, written as lines.

Such a file says itself where a paragraph begins and ends, what is a heading, a footnote, a cell.
Its text is printed here, one line a block, and nothing is guessed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from helpers.reading.lines import Line, Repair, tidy
from helpers.reading.marks import (
    BULLET,
    LABEL_ALONE,
    LETTERED,
    MARKS,
    NUMBERED,
    SECTIONED,
    marks_note,
)


@dataclass(frozen=True)
class Run:
    r"""Words that look alike.

    Parameters
    ----------
    text : str
        The words; a line break is ``\n``.
    bold, italic, raised : bool
        How they are printed; what is underlined counts as italic, as typewriters had it.
    size : float
        Of the letters, in points; 0: not known.
    """

    text: str
    bold: bool = False
    italic: bool = False
    raised: bool = False
    size: float = 0.0


@dataclass
class Block:
    """A paragraph of a file, a heading, or a row of a table whose cells are short.

    Parameters
    ----------
    runs : list of Run
        Its words, its number or bullet among them.
    level : int
        How deep a heading it is; 0: it is none.
    gap : float
        Empty lines above it.
    cell : int
        In which cell of a table it stands; 0: in none.
    columns : int
        The cells of a row, less one.
    whole_row : bool
        Whether the cell is all that its row holds.
    item : str
        The number, letter or Roman numeral that its list gives it.
    notes : list of tuple of str
        The footnotes that it refers to: mark and words.
    repairs : list of tuple of str
        What was left out of it or changed: kind, text and reason.
    """

    runs: list[Run]
    level: int = 0
    gap: float = 1.0
    cell: int = 0
    columns: int = 0
    whole_row: bool = False
    item: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)
    repairs: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs)


LONGEST_BANNER = 120  # characters of a heading in a frame
SENTENCE = (".", ";", ":", ",")
PAGE_ROWS = -1  # all rows of a single cell


def begins_with_label(text: str) -> bool:
    """Return whether a text begins with the number or letter of a paragraph or item."""
    for pattern in (NUMBERED, SECTIONED, LETTERED):
        found = pattern.match(text)
        if found and found.end() < len(text):
            return pattern is not NUMBERED or found["stop"] is not None
    return False


def is_label(text: str) -> bool:
    """Return whether a text is the number, letter or bullet of a paragraph and nothing else."""
    patterns = (NUMBERED, SECTIONED, LETTERED, BULLET, LABEL_ALONE)
    return any(pattern.fullmatch(text) for pattern in patterns)


def table_blocks(rows: Sequence[Sequence[list[Block]]], first_cell: int) -> list[Block]:
    """Return the blocks of a table.

    A number in a cell of its own belongs to the next cell. Cells of a few words each are one block.
    Where one begins with the number of a paragraph, or goes over several, each stands alone: it
    may be a report's paragraph, and its neighbours are not part of it. A table of one short cell is
    a heading in a frame, and no table.

    Parameters
    ----------
    rows : sequence of sequence of list of Block
        What stands in each cell of each row.
    first_cell : int
        A number for the first cell; the others follow it.
    """
    kept: list[Block] = []
    for row in rows:
        kept += _row_blocks(row, first_cell, 0.0 if kept else 1.0)
        first_cell += len(row)
    if len(rows) == 1 and len(kept) == 1 and _is_heading(kept[0].text.strip()):
        return [replace(kept[0], cell=0, whole_row=False)]
    return kept


def _is_heading(words: str) -> bool:
    return len(words) < LONGEST_BANNER and not words.endswith(SENTENCE)


def _row_blocks(row: Sequence[list[Block]], first_cell: int, gap: float) -> list[Block]:
    """Return the blocks of a table's row."""
    kept = _with_their_labels([blocks for blocks in row if blocks])
    short = all(len(blocks) == 1 and not blocks[0].cell for blocks in kept)
    if len(kept) > 1 and short and not any(begins_with_label(b[0].text.strip()) for b in kept):
        joined = kept[0][0]
        for (block,) in kept[1:]:
            joined = _joined(joined, block)
        return [replace(joined, cell=first_cell, columns=len(kept) - 1, gap=gap)]
    whole = len(kept) == 1
    return [
        block if block.cell else replace(block, cell=first_cell + number, whole_row=whole)
        for number, blocks in enumerate(kept)
        for block in blocks
    ]


def _with_their_labels(cells: list[list[Block]]) -> list[list[Block]]:
    """Return the cells, those that hold only a label joined with the next."""
    kept: list[list[Block]] = []
    for blocks in cells:
        last = kept[-1] if kept else []
        simple = len(last) == 1 and not last[0].cell and not blocks[0].cell
        if simple and is_label(last[0].text.strip()) and not is_label(blocks[0].text.strip()):
            kept[-1] = [_joined(last[0], blocks[0]), *blocks[1:]]
        else:
            kept.append(blocks)
    return kept


def _joined(first: Block, second: Block) -> Block:
    return Block(
        [*first.runs, Run("\t"), *second.runs],
        first.level or second.level,
        first.gap,
        item=first.item,
        notes=first.notes + second.notes,
        repairs=first.repairs + second.repairs,
    )


def print_blocks(blocks: Iterable[Block]) -> tuple[str, list[Line], list[Repair]]:
    """Print blocks as lines.

    Parameters
    ----------
    blocks : iterable of Block
        In reading order.

    Returns
    -------
    str
        What is printed, line by line: the source that positions refer to.
    list of Line
        The lines.
    list of tuple
        What was left out or changed: position, kind, page, text, reason.
    """
    every = _without_page_tables(list(blocks))
    body = _body_size(every)
    printed = _Printed(body)
    for block in every:
        printed.add(block)
    return "\n".join(printed.rows), printed.lines, printed.repairs


def _without_page_tables(blocks: list[Block]) -> list[Block]:
    """Return the blocks, those in no cell whose table only lays out the page.

    That is a cell, or the rows of a single cell, in which most of the document stands.
    """
    lengths: Counter[int] = Counter()
    for block in blocks:
        lengths[PAGE_ROWS if block.cell and block.whole_row else block.cell] += len(block.text)
    most, length = max(lengths.items(), key=lambda item: item[1], default=(0, 0))
    if not most or length <= sum(lengths.values()) / 2:
        return blocks
    return [
        replace(block, cell=0)
        if block.cell == most or (most == PAGE_ROWS and block.whole_row)
        else block
        for block in blocks
    ]


def _body_size(blocks: list[Block]) -> float:
    """Return the size of the running text's letters, in points; 0: not known."""
    sizes: Counter[float] = Counter()
    for block in blocks:
        if not block.cell and not block.level:
            for run in block.runs:
                sizes[run.size] += len(run.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


class _Printed:
    """The lines that are printed so far."""

    def __init__(self, body: float) -> None:
        self.body = body
        self.rows: list[str] = []
        self.length = 0
        self.lines: list[Line] = []
        self.repairs: list[Repair] = []

    def add(self, block: Block) -> None:
        place, count = self.length, len(self.lines)
        gap = block.gap
        item = block.item
        for runs in _rows(block):
            line = self._line(runs, gap, block, item=item)
            item = "" if line else item
            gap = gap + 1.0 if line is None and self.lines else 0.0
        if len(self.lines) > count:
            place = self.lines[count].start
        for mark, words in block.notes:
            self._line([Run(f"{mark} {words}")], 0.0, Block([]), note=mark)
        self.repairs += [(place, kind, None, text, why) for kind, text, why in block.repairs]

    def _line(
        self, runs: list[Run], gap: float, block: Block, *, note: str = "", item: str = ""
    ) -> Line | None:
        raw = "".join(run.text for run in runs)
        kept = _without_marks(runs)
        words, order = tidy(raw if kept is None else "".join(raw[at] for at in kept), self.length)
        if kept is not None:
            order = [self.length + kept[at - self.length] for at in order]
        self.rows.append(raw)
        self.length += len(raw) + 1
        if not words:
            return None
        letters = {run: sum(map(str.isalnum, run.text)) for run in runs}
        total = sum(map(str.isalnum, raw)) or 1
        size = max(runs, key=lambda run: letters[run]).size
        line = Line(
            words,
            order,
            gap=gap,
            size=round(size / self.body, 2) if size and self.body else 1.0,
            bold=sum(letters[run] for run in runs if run.bold) > 0.6 * total,
            italic=sum(letters[run] for run in runs if run.italic) > 0.6 * total,
            level=block.level,
            columns=block.columns,
            cell=block.cell,
            note=note,
            item=item,
        )
        self.lines.append(line)
        return line


def _rows(block: Block) -> Iterator[list[Run]]:
    """Yield the runs of each line of a block; a heading is one line."""
    if block.level or block.columns:
        yield [replace(run, text=run.text.replace("\n", " ")) for run in block.runs]
        return
    row: list[Run] = []
    for run in block.runs:
        first, *more = run.text.split("\n")
        row.append(replace(run, text=first))
        for text in more:
            yield row
            row = [replace(run, text=text)]
    yield row


def _is_mark(raised: str, following: str) -> bool:
    """Return whether raised characters can be a footnote's mark: "1", "1/", "(1)", no fraction."""
    own = set(raised) - set("/()[]")
    return bool(own) and own <= MARKS and not following.startswith("⁄")


def _without_marks(runs: Sequence[Run]) -> list[int] | None:
    """Return which characters are no footnote marks; None: there are no marks."""
    if not any(run.raised for run in runs):
        return None
    kept: list[int] = []
    at, before = 0, ""
    for index, run in enumerate(runs):
        following = runs[index + 1].text if index + 1 < len(runs) else ""
        is_mark = run.raised and _is_mark(run.text.strip(), following) and marks_note(before)
        if not is_mark:
            kept += range(at, at + len(run.text))
        at += len(run.text)
        before = (before + run.text)[-12:]
    return kept
