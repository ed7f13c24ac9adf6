"""The structure of a report, folded from its lines: headings, paragraphs, items, annexes."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from helpers.reading.composing import Composer
from helpers.reading.contents import find_contents
from helpers.reading.headings import Context, Heading, HeadingFinder
from helpers.reading.lines import Line
from helpers.reading.marks import (
    ASIDE,
    BULLET,
    CAPTION,
    CAPTION_ALONE,
    CLOSED,
    ITEM_END,
    LETTERED,
    NUMBERED,
    SECTIONED,
    SMALL,
    letters,
)
from helpers.reading.numbering import Candidate, number_paragraphs
from helpers.reading.trails import only_look, trails

# "The General Assembly," and then "Recalling ...", "Deeply concerned about ...": a resolution.
OPENING = re.compile(r"(?:The|We,) .{3,150},")
PREAMBLE = re.compile(
    r"(?:(?:deeply|gravely|further|also|fully|strongly|seriously|keenly|particularly|again|once "
    r"more) )*(?:\w+ing|aware|mindful|concerned|convinced|alarmed|guided|determined|inspired|"
    r"conscious|encouraged|disturbed|cognizant|desirous|committed|resolved|persuaded)\b",
    re.IGNORECASE,
)
# A number or heading in the middle of a line: a copy of a web page, with a chapter in a line.
INNER_NUMBER = re.compile(r"(?:^|(?<=[.;:!?”’)] )|(?<=[a-z] ))(\d{1,3})\. (?=[A-Z“])")
INNER_HEADING = re.compile(r"(?<=[.;:!?”’)]) ((?:[IVXLC]+|[A-Z])\. [A-Z][^.;:]{2,120})$")
ROMAN_ITEMS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
MOST_SUBHEADINGS, LONGEST_SUBHEADING = 4, 120  # lines and characters between two items of a list
MOST_SKIPPED = 2  # letters that may be missing between two items of a list
FEWEST_INNER = 3  # numbers in the middle of lines, from 1, that make such a copy


@dataclass
class Unit:
    """A paragraph, or an item of one, with its place in the text.

    Parameters
    ----------
    id : str
        "5", "12(c)", "113.2", "PP1".
    paragraph : str
        The number of the paragraph that it is or belongs to.
    mark, start, end : int
        Where its number or letter, its words, and what follows begin.
    page : int, optional
        The page it begins on.
    kind : str
        "paragraph", "preamble"; "item" (lettered), "numbered", "bullet".
    trail : tuple of Heading
        The headings above it, outermost first.
    prefix : str
        The chapter that makes its number unique, where it must be named.
    part : str
        "procedural", "deliberations" or "recommendations".
    topic : tuple of str
        What deliberations and recommendations of one subject have in common.
    """

    id: str
    paragraph: str
    mark: int
    start: int
    end: int
    page: int | None
    kind: str = "paragraph"
    trail: tuple[Heading, ...] = ()
    prefix: str = ""
    part: str = "procedural"
    topic: tuple[str, ...] = ()

    @property
    def is_item(self) -> bool:
        """Whether it belongs to a paragraph."""
        return self.kind in ("item", "numbered", "bullet")

    @property
    def number(self) -> int:
        """The printed number, of "16.1" the second part; 0 for preambular paragraphs."""
        last = self.paragraph.rpartition(".")[2]
        return int(last) if last.isdigit() else 0


@dataclass
class Structure:
    """What the lines of a report are folded into.

    Parameters
    ----------
    text : str
        The text, written from the lines.
    origin : list of int
        For each character of it, its position in the source.
    units : list of Unit
        Paragraphs and their items, in order.
    lines : list of tuple
        Start, end, kind and page of each line of the text.
    headings : list of Heading
        In order.
    joined : list of tuple
        Words that were divided at a line's end: position, kind, page, text, reason.
    """

    text: str
    origin: list[int]
    units: list[Unit]
    lines: list[tuple[int, int, str, int | None]]
    headings: list[Heading]
    joined: list[tuple[int, str, int | None, str, str]] = field(default_factory=list)


def fold(lines: Sequence[Line], parts: dict[str, str] | None = None) -> Structure:
    """Fold the lines of a text into its structure.

    Parameters
    ----------
    lines : sequence of Line
        The text's lines, without furniture and footnotes.
    parts : mapping of str to str, optional
        Headings that name a part, by their words.

    Returns
    -------
    Structure
        The text and what it is made of.
    """
    contents, titles = find_contents(lines)
    row = number_paragraphs(lines, contents)
    whole = _unrolled(lines, len(row))
    if len(whole) > len(lines):
        return fold(whole, parts)
    return _Fold(lines, contents, titles, row, parts).run()


class _Fold:
    """Goes through the lines, says of each what it is, and writes it."""

    def __init__(
        self,
        lines: Sequence[Line],
        contents: set[int],
        titles: set[str],
        row: list[Candidate],
        parts: dict[str, str] | None,
    ) -> None:
        self.lines, self.contents, self.titles, self.row = lines, contents, titles, row
        self.paragraphs = {candidate.index: candidate for candidate in row}
        self.sectioned = bool(row) and bool(row[0].section)
        self.preamble = _preambular(lines, row)
        self.finder = HeadingFinder(lines, set(self.paragraphs), titles, parts)
        self.composer = Composer(lines, self.finder.break_above, self.finder.width, running=not row)
        self.units: list[Unit] = []
        self.under: list[int] = []  # for each unit, how many headings stand before it
        self.headings: list[Heading] = []
        self.state = "front"
        self.aside = False
        self.cell = 0  # the cell of a table in which the running paragraph begins
        self.asides: list[Line] = []  # of the running paragraph; they are written behind it
        self.context = Context()

    def run(self) -> Structure:
        """Write the text line by line, each under what it was taken for."""
        first, index = self._first(), 0
        while index < len(self.lines):
            heading = None
            if index in self.contents or index in self.paragraphs:
                self._write_asides()
            if index == first:
                self.context = Context(after_heading=True)
            if index in self.contents:
                self.composer.put(self.lines[index], "\n", "contents")
                self.context = Context(after_heading=True)
            elif index in self.paragraphs or index in self.preamble:
                self._paragraph(index)
            elif index >= first and (heading := self.finder.at(index, self._context())):
                its_lines = self.lines[index : index + heading.lines]
                if self._belongs_to_caption(its_lines[0]):
                    self.asides.extend(its_lines)
                elif self._heads_items(index, heading):
                    self._subhead(its_lines)
                else:
                    self._heading(index, heading)
            else:
                self._text(self.lines[index])
            index += heading.lines if heading else 1
        self._write_asides()
        written = self.composer
        plain = self.finder.plain_look
        if not any(line.level for line in self.lines):
            plain = only_look(self.headings, plain)
        above = [(), *trails(self.headings, plain)]
        for unit, count in zip(self.units, self.under, strict=True):
            unit.trail = above[count]
        return Structure(
            written.text, written.origin, self.units, written.kinds, self.headings, written.joined
        )

    def _context(self) -> Context:
        bold = self.context.bold_text and self.state == "paragraph"
        return replace(self.context, bold_text=bold)

    def _first(self) -> int:
        """Return the line at which the body begins: its first heading, or its first paragraph."""
        if self.preamble:
            return min(self.preamble) - 1
        end = self.row[0].index if self.row else len(self.lines)
        start = max((index + 1 for index in self.contents if index < end), default=0)
        for index in range(start, end):
            heading = self.finder.at(index, Context())
            if heading and heading.text.lower().startswith(("agenda item", "item")):
                continue  # the item under which a document is issued
            if heading and (heading.label not in ("digit", "none") or heading.part):
                return index
            if heading and letters(heading.text) in self.titles:
                return index
        return self._headings_above(start, end)

    def _headings_above(self, start: int, end: int) -> int:
        """Return where the headings begin that stand right above the first paragraph."""
        first = end
        while first > max(start, end - 3):
            before = self.lines[first - 2] if first > start + 1 else None
            if not self.finder.at(first - 1, Context(before, after_heading=True)):
                break
            first -= 1
            if self.lines[first].gap >= 1.5:
                break
        return first

    # What a line is written as.

    def _paragraph(self, index: int) -> None:
        line = self.lines[index]
        if index in self.preamble:
            number = f"PP{1 + sum(unit.kind == 'preamble' for unit in self.units)}"
            kind, mark = "preamble", 0
        else:
            candidate = self.paragraphs[index]
            number, kind, mark = candidate.label, "paragraph", candidate.mark
        start = self.composer.put(line, "\n\n", kind)
        end = self.composer.length
        self._add(Unit(number, number, start, min(start + mark, end), end, line.page, kind))
        self.state, self.aside, self.cell = "paragraph", False, line.cell
        self.context = Context(line, line.text.endswith(":"), line.bold)

    def _add(self, unit: Unit) -> None:
        self.units.append(unit)
        self.under.append(len(self.headings))

    def _heads_items(self, index: int, heading: Heading) -> bool:
        """Return whether a heading only parts the items of a list, which goes on behind it."""
        if self.state != "paragraph" or heading.part or heading.label != "none":
            return False
        unit = self.units[-1]
        if self.lines[index].level or not (unit.kind == "item" or self.context.in_list):
            return False
        for at in range(index + heading.lines, min(index + MOST_SUBHEADINGS, len(self.lines))):
            line = self.lines[at]
            if at in self.paragraphs or line.level:
                return False
            if self._lettered(line, unit, blank=True):
                return True
            if len(line.text) > LONGEST_SUBHEADING:
                return False
        return False

    def _subhead(self, lines: Sequence[Line]) -> None:
        """Write a heading between two items, which belongs to neither."""
        for line in lines:
            self.composer.put(line, "\n\n", "unnumbered")
        self.context = replace(self.context, before=lines[-1])

    def _belongs_to_caption(self, line: Line) -> bool:
        """Return whether a line is the title of a table or figure, or says what it counts."""
        if not (self.aside and self.asides):
            return False
        return bool(CAPTION_ALONE.fullmatch(self.asides[-1].text) or ASIDE.fullmatch(line.text))

    def _heading(self, index: int, heading: Heading) -> None:
        self._write_asides()
        last = index + heading.lines
        later = any(candidate.index > index for candidate in self.row[-1:])
        in_annex = heading.annex or (self.state == "annex" and not later)
        if not in_annex or heading.annex:
            self.headings.append(heading)
        self.state = "annex" if in_annex else "heading"
        for at in range(index, last):
            line = self.lines[at]
            joint = self.composer.within(self.lines[at - 1], line) if at > index else "\n\n"
            self.composer.put(line, joint, self.state)
        self.aside = False
        self.context = Context(self.lines[last - 1], after_heading=True)

    def _text(self, line: Line) -> None:
        """Write a line that is neither number nor heading."""
        before = self.context.before
        if self.state in ("front", "annex"):
            between = self.composer.in_front if self.state == "front" else self.composer.joint
            self.composer.put(line, between(before, line), self.state)
        elif self.state != "paragraph":
            joint = "\n\n" if self.state == "heading" else self.composer.joint(before, line)
            self.composer.put(line, joint, "table" if _is_tabular(line) else "unnumbered")
            self.state = "unnumbered"
        elif line.parted and self._ends_text(line):
            self.state = "unnumbered"
            self.composer.put(line, "\n\n", self.state)
        elif self._is_aside(line):
            self.aside = True
            self.asides.append(line)
            return  # what it interrupts goes on behind it
        else:
            self.aside = False
            self._continue(line)
        in_list = self.context.in_list
        if line.text.endswith(":"):
            in_list = True
        elif len(line.text) > 60 and CLOSED.search(line.text) and not line.text.endswith(";"):
            in_list = False
        self.context = Context(line, in_list, line.bold)

    def _ends_text(self, line: Line) -> bool:
        """Return whether what stands behind a rule is no longer the paragraph's: a signature."""
        before = self.context.before
        ended = before is None or CLOSED.search(before.text) is not None
        return ended and not line.text[:1].islower() and not self._item(line, self.units[-1])

    def _write_asides(self) -> None:
        """Write what interrupted a paragraph: behind it, for its text is whole."""
        before = self.context.before
        for line in self.asides:
            self.composer.put(line, self.composer.joint(before, line), "table")
            before = line
        self.asides.clear()

    def _is_aside(self, line: Line) -> bool:
        """Return whether a line belongs to a table or figure that interrupts a paragraph."""
        before = self.context.before
        closed = before is None or CLOSED.search(before.text) is not None
        if line.cell and line.cell != self.cell:
            # Where the paragraph stands in a table itself, so do its items.
            unit = self.units[-1]
            if self._labelled(line, unit):  # "113.2", the number of the paragraph in it
                return False
            tabled = not any(CAPTION.match(aside.text) for aside in self.asides)
            listed = self.cell or (self.context.in_list and tabled)
            return not (listed and self._lettered(line, unit, blank=True))
        if line.place is not None and _is_tabular(line):
            return True
        if CAPTION.match(line.text) and line.gap >= self.finder.break_above:
            if CAPTION_ALONE.fullmatch(line.text):
                return True
            if closed:
                return len(line.text) < 120 and not line.text.endswith(",")
        if not self.aside or LETTERED.match(line.text) or line.item.isalpha():
            return False
        printed_text = line.place is not None and len(line.text) > 60 and not line.columns
        return not printed_text and (closed or not line.text[:1].islower())

    def _continue(self, line: Line) -> None:
        """Write a line that belongs to the running paragraph, or begins an item of it."""
        unit, before = self.units[-1], self.context.before
        if item := self._item(line, unit):
            name, kind, mark = item
            start = self.composer.put(line, "\n\n", "item")
            end = self.composer.length
            self._add(Unit(name, unit.paragraph, start, start + mark, end, line.page, kind))
            self.cell = line.cell
            return
        empty = unit.start >= unit.end  # its number stands alone on a line
        joint = " " if empty else self.composer.joint(before, line)
        self.composer.put(line, joint, "item" if unit.is_item else unit.kind)
        unit.end = self.composer.length

    # Items.

    def _item(self, line: Line, unit: Unit) -> tuple[str, str, int] | None:
        """Return the id, kind and mark of an item that begins at a line."""
        before = self.context.before
        blank = before is None or line.gap >= self.finder.break_above
        if before and not blank and not ITEM_END.search(before.text):
            return None
        return (
            self._lettered(line, unit, blank)
            or self._labelled(line, unit)
            or self._numbered(line, unit)
            or self._bulleted(line, unit)
        )

    def _lettered(self, line: Line, unit: Unit, blank: bool) -> tuple[str, str, int] | None:
        if line.item.isalpha():
            return self._listed(line, unit)
        found = LETTERED.match(line.text)
        skips = found and blank and _skips_letters(unit, found["letter"])
        if not found or not (skips or found["letter"] in _next_letters(unit)):
            return None
        if unit.kind == "numbered":  # "3. Reporting: (a) ...": the letters are the entry's
            return None
        # Behind "paragraph 15" or a bracket, "(a)" goes on with a reference.
        before = self.context.before
        ended = before is None or re.search(r"(?:[;:.,]|\band|\bor)[\d*]*$", before.text)
        if not (blank or ended or found.end() == len(line.text)):
            return None
        return f"{unit.paragraph}({found['letter']})", "item", found.end()

    def _listed(self, line: Line, unit: Unit) -> tuple[str, str, int] | None:
        """Return an item whose letter its format has counted: a list may begin at any letter."""
        begins = unit.kind in ("paragraph", "preamble") and line.gap > 0
        letter = line.item.lower()
        if not (begins or letter in _next_letters(unit) or _skips_letters(unit, letter)):
            return None
        mark = len(line.text.split(" ", 1)[0]) + 1
        return f"{unit.paragraph}({line.item})", "item", min(mark, len(line.text))

    def _labelled(self, line: Line, unit: Unit) -> tuple[str, str, int] | None:
        """Return an item with a label of two numbers ("113.2"); the first may be misprinted."""
        found = SECTIONED.match(line.text)
        if not found or self.sectioned:
            return None
        step = int(found["number"]) - _last_number(unit)
        own = found["section"] == unit.paragraph and step > 0
        if own or (step == 1 and unit.kind == "numbered"):
            return f"{unit.paragraph}.{found['number']}", "numbered", found.end()
        return None

    def _numbered(self, line: Line, unit: Unit) -> tuple[str, str, int] | None:
        """Return an item of a numbered list within a paragraph ("56.1" for "1." under 56)."""
        found = NUMBERED.match(line.text)
        if not found or len(found["number"]) > 3:
            return None
        number, last = int(found["number"]), _last_number(unit)
        if number == last + 1 and (last or self._announces_list()):
            return f"{unit.paragraph}.{number}", "numbered", found.end()
        return None

    def _announces_list(self) -> bool:
        before = self.context.before
        return before is None or before.text.rstrip("0123456789*")[-1:] in (":", ";", ".")

    def _bulleted(self, line: Line, unit: Unit) -> tuple[str, str, int] | None:
        found = BULLET.match(line.text)
        if not found or unit.kind not in ("paragraph", "bullet"):
            return None
        return f"{unit.paragraph}.{_last_number(unit) + 1}", "bullet", found.end()


def _is_tabular(line: Line) -> bool:
    """Return whether a line is a row of a table: cells, or smaller letters than the text's."""
    return line.cell > 0 or line.columns > 1 or (line.place is not None and line.size < SMALL)


def _next_letters(unit: Unit) -> set[str]:
    """Return the letters that the next item can have: "(i)" after "(h)" is one, else a numeral."""
    if unit.kind != "item":
        return {"a", "i"}
    letter = unit.id.rsplit("(", 1)[1][:-1].lower()
    numeral = ROMAN_ITEMS.index(letter) + 1 if letter in ROMAN_ITEMS else 0
    following = {ROMAN_ITEMS[numeral]} if 0 < numeral < len(ROMAN_ITEMS) else set()
    if letter[-1] == "z":
        return {"a" * (len(letter) + 1)}
    if len(set(letter)) == 1:  # "z" is followed by "aa", "bb", ...
        following.add(chr(ord(letter[-1]) + 1) * len(letter))
    return following


def _skips_letters(unit: Unit, letter: str) -> bool:
    """Return whether a letter follows an item's though one or two are missing between them."""
    last = unit.id.rsplit("(", 1)[-1][:-1].lower() if unit.kind == "item" else ""
    return len(last) == len(letter) == 1 and 1 < ord(letter) - ord(last) <= 1 + MOST_SKIPPED


def _last_number(unit: Unit) -> int:
    """Return the number of a numbered or bulleted item; 0 for what is none."""
    return int(unit.id.rsplit(".", 1)[1]) if unit.kind in ("numbered", "bullet") else 0


def _preambular(lines: Sequence[Line], row: list[Candidate]) -> set[int]:
    """Return where preambular paragraphs begin, if the text is a resolution or declaration."""
    end = row[0].index if row and row[0].number == 1 else 0
    openings = [at for at in range(end) if OPENING.fullmatch(lines[at].text)]
    if not openings or openings[-1] + 1 >= end or not lines[end - 1].text.endswith((",", ";", ":")):
        return set()
    first = openings[-1] + 1
    return {first} | {
        index
        for index in range(first + 1, end)
        if PREAMBLE.match(lines[index].text) and lines[index - 1].text.endswith((",", ";"))
    }


def _unrolled(lines: Sequence[Line], known: int) -> Sequence[Line]:
    """Return the lines, those cut that hold a whole chapter, as copies of web pages do.

    Paragraphs that run on in one line are told by their numbers, which follow each other from 1.
    """
    cuts: dict[int, list[int]] = {}
    expected = 1
    for index, line in enumerate(lines):
        for found in INNER_NUMBER.finditer(line.text) if line.place is None else ():
            if int(found[1]) == expected:
                cuts.setdefault(index, []).append(found.start(1))
                expected += 1
    if expected - 1 < FEWEST_INNER or expected - 1 <= known or not any(map(any, cuts.values())):
        return lines
    whole: list[Line] = []
    for index, line in enumerate(lines):
        places = [0, *cuts.get(index, []), len(line.text)]
        for start, end in itertools.pairwise(places):
            piece = line.piece(start, end)
            tail = INNER_HEADING.search(piece.text) if index in cuts else None
            cut = [piece.piece(0, tail.start(1)), piece.piece(tail.start(1))] if tail else [piece]
            whole += [replace(part, gap=1.0) for part in cut if part.text]
    return whole
