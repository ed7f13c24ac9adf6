"""A Word file's blocks: paragraphs with their numbers, tables, boxes, footnotes, tracked changes.

Read by hand from the XML and not with python-docx, which knows neither automatic numbers nor
insertions, content controls, text boxes and footnotes. What is read is the document as it is when
all tracked changes are accepted and hidden text is not shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml.etree import _Element

from helpers.reading.blocks import Block, Run, print_blocks, table_blocks
from helpers.reading.counting import printed_number
from helpers.reading.lines import Line, Repair, ReportError
from helpers.reading.word_fields import Fields
from helpers.reading.word_lists import KINDS, Lists
from helpers.reading.word_package import DAMAGED, Package
from helpers.reading.word_styles import (
    OFF,
    Look,
    Place,
    Style,
    Styles,
    W,
    child,
    look_of,
    place_of,
    value,
)

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
KNOWN = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/", "urn:")
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Symbols of the fonts Symbol and Wingdings that stand in texts; all others are bullets.
SYMBOLS = {
    0xF0B0: "°", 0xF0B1: "±", 0xF0B4: "×", 0xF0A3: "≤", 0xF0B3: "≥", 0xF06D: "µ", 0xF0E0: "→",
    0xF0AE: "→", 0xF0FC: "✓", 0xF02D: "–", 0xF0BE: "—", 0xF061: "α", 0xF062: "β", 0xF0A2: "′",
}  # fmt: skip
BULLET = "•"
SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
DELETED, INSERTED = ("del", "moveFrom"), ("ins", "moveTo")


def read_word(data: bytes, name: str) -> tuple[str, list[Line], list[Repair]]:
    """Read the lines of a Word file (.docx, .docm, .dotx).

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        Its name, for messages.

    Returns
    -------
    str
        The text as Word prints it, line by line: the source that offsets refer to.
    list of Line
        The lines in reading order, each footnote behind the paragraph that refers to it.
    list of tuple
        What was left out or changed (deleted, inserted, hidden text, heads, comments): position,
        kind, page, text, reason.

    Raises
    ------
    ReportError
        If the file is damaged, asks for a password, is too large or holds no text.
    """
    source, lines, repairs = print_blocks(_Reader(Package(data, name)).blocks())
    if not lines:
        raise ReportError(
            f"{name}: no text was found in it. If it shows pictures of a text, have a program for "
            "optical character recognition (OCR) make text of them."
        )
    return source, lines, repairs


@dataclass
class _Paragraph(Block):
    """A block while it is read, and the boxes that hang on it."""

    runs: list[Run] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class _Change:
    """The tracked change that words stand in: what, and whose."""

    kind: str = ""
    author: str = ""


class _Reader:
    """Walks the parts of a Word file."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = package.main()
        self.styles = Styles(self._part("styles"))
        self.lists = Lists(self._part("numbering"), self.styles)
        self.notes = {kind: self._notes(kind) for kind in ("footnote", "endnote")}
        self.settings = self._part("settings")
        self.note_counts = {"footnote": 0, "endnote": 0}
        self.fields = Fields()
        self.cells = 0
        self.left = _Paragraph()  # of paragraphs whose end was deleted
        self.left_place: tuple[Place, Style] | None = None

    def _part(self, kind: str) -> _Element | None:
        for name in self.package.related(self.main, kind):
            return self.package.part(name)
        return None

    def _notes(self, kind: str) -> dict[str, _Element]:
        """Return the footnotes or endnotes by the ids that marks lead by."""
        root = self._part(f"{kind}s")
        found = root.iterchildren(f"{W}{kind}") if root is not None else ()
        return {note.get(f"{W}id", ""): note for note in found}

    def blocks(self) -> Iterator[Block]:
        """Yield the document's blocks, the first page's head before them."""
        root = self.package.part(self.main)
        body = child(root, "body")
        if root is None or body is None:
            raise self.package.error(f"{DAMAGED} (it holds no body of text)")
        first, heads = self._heads(body)
        yield from first
        yield Block([], repairs=heads)
        yield from self._contents(body)
        yield Block([], repairs=list(self._comments()))

    # Heads, feet, comments.

    def _heads(self, body: _Element) -> tuple[list[Block], list[tuple[str, str, str]]]:
        """Return the head of the first page, and those of the other pages as what is left out."""
        own = _first_head(body)
        first: list[Block] = []
        texts: dict[str, None] = {}
        for kind in ("header", "footer"):
            for relation, name in self.package.relations(self.main, kind).items():
                root = self.package.part(name)
                blocks = list(self._contents(root)) if root is not None else []
                if relation == own:
                    first = blocks
                else:
                    texts |= dict.fromkeys(" ".join(block.text.split()) for block in blocks)
        reason = "stands at the head or foot of pages"
        return first, [("page head", text, reason) for text in texts if text]

    def _comments(self) -> Iterator[tuple[str, str, str]]:
        root = self._part("comments")
        for comment in root.iterchildren(f"{W}comment") if root is not None else ():
            text = " ".join(" ".join(block.text for block in self._contents(comment)).split())
            if text:
                yield "comment", text, f"a comment{_by(comment)}, not part of the text"

    # Blocks.

    def _contents(self, parent: _Element, *, in_cell: bool = False) -> Iterator[Block]:
        """Yield the blocks in a body, cell, box or note."""
        gap = 1.0
        for element in _transparent(parent):
            if element.tag == f"{W}p":
                block, boxes = self._paragraph(element, in_cell)
                if block and (block.text.strip() or block.repairs or block.notes):
                    yield replace(block, gap=gap)
                yield from boxes
                gap = 1.0 if block and block.text.strip() else gap + 1.0
            elif element.tag == f"{W}tbl":
                yield from self._table(element)
            elif element.tag == f"{W}altChunk":
                reason = "another file that is pasted in; it is not read"
                yield Block([], repairs=[("part not read", "altChunk", reason)])
        if self.left.runs:  # its paragraph's end was deleted, and no other paragraph follows
            place = self.left_place or ({}, self.styles.style(None))
            yield self._block(self.left, *place, in_cell)
            self.left, self.left_place = _Paragraph(), None

    def _table(self, table: _Element) -> Iterator[Block]:
        rows = []
        for row in _transparent(table):
            if row.tag != f"{W}tr":
                continue
            deleted = child(row, "trPr", "del")
            cells = [
                list(self._contents(cell, in_cell=True))
                for cell in _transparent(row)
                if cell.tag == f"{W}tc" and child(cell, "tcPr", "cellDel") is None
            ]
            if deleted is None:
                rows.append(cells)
                continue
            text = " ".join(block.text for blocks in cells for block in blocks).strip()
            reason = f"a row of a table that was deleted{_by(deleted)}"
            yield Block([], repairs=[("deleted text", text, reason)] if text else [])
        yield from table_blocks(rows, self.cells + 1)
        self.cells += sum(map(len, rows))

    def _paragraph(self, element: _Element, in_cell: bool) -> tuple[Block | None, list[Block]]:
        """Return a paragraph's block, None where it is empty, and the boxes that hang on it."""
        properties = child(element, "pPr")
        own, style = place_of(properties), self.styles.style(value(properties, "pStyle"))
        mark = child(properties, "rPr")
        paragraph, self.left = self.left, _Paragraph()
        place, self.left_place = self.left_place, None
        hidden = self._look(style, mark).get("hidden", 0.0) > 0
        paragraph.runs.extend(self._words(element, style, _Change(), paragraph))
        self.fields.end_paragraph()
        if any(child(mark, kind) is not None for kind in DELETED):
            self.left = paragraph
            self.left_place = (own, style) if paragraph.text.strip() else place
            boxes, paragraph.boxes = paragraph.boxes, []
            return None, boxes
        if place and "num" not in own | style.place:
            own, style = place
        if hidden and not paragraph.text.strip():
            return Block([], repairs=paragraph.repairs), paragraph.boxes
        return self._block(paragraph, own, style, in_cell), paragraph.boxes

    def _block(self, paragraph: _Paragraph, own: Place, style: Style, in_cell: bool) -> Block:
        number, item = self.lists.number(own, style)
        repairs = list(paragraph.repairs)
        runs = paragraph.runs
        if number and in_cell and not paragraph.text.strip():
            runs = [Run(number)]  # the rows of a table are counted
        elif number and not paragraph.text.strip():
            reason = "a paragraph with a number and without words"
            repairs.append(("empty paragraph", number.strip(), reason))
        elif number:
            first = next(run for run in runs if run.text.strip())
            runs = [replace(first, text=number, raised=False), *_without_lead(runs)]
        level = self.styles.level(style, own)
        return Block(runs, level, item=item, notes=paragraph.notes, repairs=repairs)

    # Words.

    def _words(
        self, parent: _Element, style: Style, change: _Change, into: _Paragraph
    ) -> Iterator[Run]:
        """Yield the runs of a paragraph; what is not printed goes to its repairs."""
        for element in parent:
            if not isinstance(element.tag, str):
                continue
            name = element.tag.rpartition("}")[2]
            if element.tag == f"{W}r":
                yield from self._run(element, style, change, into)
            elif element.tag.startswith(MATH):
                yield from _formula(element)
            elif name in DELETED:
                change_here = _Change("deleted text", _by(element))
                yield from self._words(element, style, change_here, into)
            elif name in INSERTED and not change.kind:
                change_here = _Change("inserted text", _by(element))
                yield from self._words(element, style, change_here, into)
            elif element.tag == f"{MC}AlternateContent":
                yield from self._words(_chosen(element), style, change, into)
            elif name not in ("pPr", "sdtPr", "sdtEndPr", "rubyPr", "rt"):
                yield from self._words(element, style, change, into)

    def _run(
        self, element: _Element, style: Style, change: _Change, into: _Paragraph
    ) -> Iterator[Run]:
        look = self._look(style, child(element, "rPr"))
        text, mark = "", ""
        for part in _parts(element):
            name = part.tag.rpartition("}")[2]
            if name == "fldChar":
                text += self.fields.mark(part)
            elif name == "instrText":
                self.fields.code(part.text or "")
            elif self.fields.in_code:
                continue
            elif name in ("t", "delText"):
                text += part.text or ""
            elif name in SIGNS:
                text += SIGNS[name]
            elif name == "sym":
                text += _symbol(part)
            elif name in ("footnoteReference", "endnoteReference") and change.kind != DELETED_TEXT:
                mark = self._note(part, name.removesuffix("Reference"), into)
            elif name in ("drawing", "pict", "object"):
                self._keep_boxes(part, into)
            elif name == "ruby":
                yield from self._words(part, style, change, into)
        if mark == OWN_MARK:  # the run's words are the mark
            mark = text.strip() or "*"
            into.notes[-1] = (mark, into.notes[-1][1].removeprefix(mark).strip())
            text = ""
        if not text:
            return
        if change.kind == DELETED_TEXT:
            _note_change(into, change, text, "; it is left out")
        elif look.get("hidden", 0.0) > 0:
            _add(into, "hidden text", text, "is in the file, and is not shown")
        else:
            if change.kind:
                _note_change(into, change, text, "; it is read as part of the text")
            yield Run(
                text,
                look.get("bold", 0.0) > 0,
                look.get("italic", 0.0) + look.get("underlined", 0.0) > 0,
                look.get("raised", 0.0) > 0,
                look.get("size", 0.0),
            )

    def _look(self, style: Style, properties: _Element | None) -> Look:
        key = value(properties, "rStyle")
        character = self.styles.style(key) if key is not None else None
        return self.styles.look(style, character, look_of(properties))

    def _note(self, reference: _Element, kind: str, into: _Paragraph) -> str:
        """Keep the footnote that a mark leads to; return its mark."""
        note = self.notes[kind].get(reference.get(f"{W}id", ""))
        own = reference.get(f"{W}customMarkFollows", "0") not in OFF
        if own:
            mark = OWN_MARK
        else:
            self.note_counts[kind] += 1
            mark = printed_number(self.note_counts[kind], self._note_format(kind), repeat=True)
        words = " ".join(block.text for block in self._contents(note)) if note is not None else ""
        words = " ".join(words.split()).removeprefix(f"{mark} ")  # some type the mark again
        into.notes.append((mark, words))
        return mark

    def _note_format(self, kind: str) -> str:
        said = value(self.settings, f"{kind}Pr", "numFmt")
        default = "digit" if kind == "footnote" else "roman"
        return KINDS.get(said or "", default)

    def _keep_boxes(self, element: _Element, into: _Paragraph) -> None:
        """Keep the text boxes of a drawing: each is a cell of its own."""
        for box in _outermost(element, f"{W}txbxContent"):
            fields, self.fields = self.fields, Fields()
            left, self.left = self.left, _Paragraph()
            self.cells += 1
            cell = self.cells
            for block in self._contents(box):
                into.boxes.append(replace(block, cell=block.cell or cell))
            self.fields, self.left = fields, left


DELETED_TEXT = "deleted text"
OWN_MARK = "\0"


def _first_head(body: _Element) -> str:
    """Return the id by which the first page leads to its own head, or "" where it has none."""
    section = next(body.iter(f"{W}sectPr"), None)
    own = child(section, "titlePg")
    if section is None or own is None or own.get(f"{W}val", "1") in OFF:
        return ""
    for reference in section.iterchildren(f"{W}headerReference"):
        if reference.get(f"{W}type") == "first":
            return str(reference.get(RELATION, ""))
    return ""


def _transparent(parent: _Element) -> Iterator[_Element]:
    """Yield an element's children, those of content controls and the like in their place."""
    for element in parent:
        if not isinstance(element.tag, str):
            continue
        name = element.tag.rpartition("}")[2]
        if name in ("sdt", "sdtContent", "customXml", "smartTag", *INSERTED):
            yield from _transparent(element)
        elif element.tag == f"{MC}AlternateContent":
            yield from _transparent(_chosen(element))
        else:
            yield element


def _chosen(element: _Element) -> _Element:
    """Return the first of several ways to draw the same that Word knows."""
    for choice in element.iterchildren(f"{MC}Choice"):
        needed = choice.get("Requires", "").split()
        if all(choice.nsmap.get(prefix, "").startswith(KNOWN) for prefix in needed):
            return choice
    fallback = element.find(f"{MC}Fallback")
    return element if fallback is None else fallback


def _parts(run: _Element) -> Iterator[_Element]:
    """Yield what stands in a run."""
    for element in run:
        if not isinstance(element.tag, str):
            continue
        if element.tag == f"{MC}AlternateContent":
            yield from _parts(_chosen(element))
        else:
            yield element


def _outermost(element: _Element, tag: str) -> Iterator[_Element]:
    """Yield the outermost elements of a name, of several ways to draw them only one."""
    for part in element:
        if part.tag == tag:
            yield part
        elif part.tag == f"{MC}AlternateContent":
            yield from _outermost(_chosen(part), tag)
        elif isinstance(part.tag, str):
            yield from _outermost(part, tag)


def _formula(element: _Element) -> Iterator[Run]:
    text = "".join(part.text or "" for part in element.iter(f"{MATH}t"))
    if text:
        yield Run(text)


def _symbol(element: _Element) -> str:
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return BULLET
    if 0xF000 <= code <= 0xF0FF:
        return SYMBOLS.get(code, BULLET)
    return chr(code) if 0x20 <= code < 0xD800 else BULLET


def _by(element: _Element | None) -> str:
    author = element.get(f"{W}author") if element is not None else None
    return f" by {author}" if author else ""


def _note_change(into: _Paragraph, change: _Change, text: str, rest: str) -> None:
    verb = change.kind.removesuffix(" text")
    _add(into, change.kind, text, f"was {verb} in a tracked change{change.author}{rest}")


def _add(into: _Paragraph, kind: str, text: str, reason: str) -> None:
    """Keep what is left out or changed; pieces of one change are one."""
    if into.repairs and into.repairs[-1][0::2] == (kind, reason):
        text = into.repairs.pop()[1] + text
    into.repairs.append((kind, text, reason))


def _without_lead(runs: list[Run]) -> list[Run]:
    """Return the runs without the white space before the first word: a number stands there."""
    first = next(at for at, run in enumerate(runs) if run.text.strip())
    return [replace(runs[first], text=runs[first].text.lstrip()), *runs[first + 1 :]]
