"""What a printed page adds to the text: running heads, page and print numbers, footnotes."""

import itertools
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from helpers.reading.lines import Line
from helpers.reading.marks import SMALL

# A document's symbol ("A/80/15 (Part II)", "E/CN.15/2025/CRP.4"), alone or behind a running title.
SYMBOL = r"[A-Z]{1,6}(?:/[A-Z\d][\w.-]*)+(?: ?\([^()\n]{1,30}\))?"
PRINT_JOB = r"(?:V\.|GE\.|ECE/?\w*\.?)?\d\d-\d{5}(?: ?\([A-Z]\))?(?: \d{6}){0,3}"
PAGE = (
    r"\d{1,3}/\d{1,3}|(?:[Pp]age|[Pp]\.) ?\d{1,3}(?: of \d{1,3})?|[-–] ?\d{1,3} ?[-–]|"
    rf"{PRINT_JOB}|/?\.\.\.|\*\d{{5,8}}\*"
)
ALONE = re.compile(
    rf"(?:(?:{SYMBOL}|{PAGE})(?: (?:{SYMBOL}|{PAGE}|\d{{1,3}}))*|"
    rf"\d{{1,3}} (?:{SYMBOL}|{PRINT_JOB})|(?:\d{{1,3}} )?{PRINT_JOB}(?: \d{{1,3}})?|"
    rf"(?:{PAGE} )?Please recycle.*)"
)
# In a page's text a running title stands far from its symbol or page number.
TITLED = re.compile(rf"{SYMBOL}[ \t]{{2,}}\S.*|\S.*[ \t]{{2,}}{SYMBOL}")
NUMBER = re.compile(r"\d{1,4}|[ivxl]{1,6}")
RULE = re.compile(r"[_*—–―-]{3,}")
MARKDOWN_NOTE = re.compile(r"\[\^(?P<named>[^\]\s]+)\]: ?")
NOTE = re.compile(
    rf"(?:{MARKDOWN_NOTE.pattern})|"
    r"(?P<mark>\d{1,3}|[*†‡]{1,3}|[a-z](?= [A-Z]))(?: ?/)?(?: (?=\S)|(?=[A-Z“(]))"
)
# A footnote's mark in a text: behind a word, or behind what ends a sentence or bracket.
MARK_IN_TEXT = re.compile(
    r"(?:(?<=[^\W\d_])|(?<=[\w)”’][,.;:”’)])) ?(\d{1,3})(?=[\s,;:)]|\.?$|\. )"
)
LONGEST_PAGE = 60  # lines
MOST_NOTES = 20  # lines of footnotes on a page
STAR = "*†‡"
STARS = re.compile(r"(?<=\w)[*†‡]{1,3}$|(?<= )[*†‡]{1,3}$")
NUMBERED_TEXT = re.compile(r"\d{1,3}\. ?\S|\d{1,3}\.\d{1,3}\b|\d{1,3}\.$")
HEAD, FOOT = 0.885, 0.115  # of a page's height: running heads stand above, feet below
LONGEST_PRINTED = 400  # characters of a printed line, with the holes in it
SHORTEST_TITLE = 15  # characters of a line that can be the head of a page in a text


SAID = "is a footnote in the file"


@dataclass(frozen=True)
class SetApart:
    """Lines that are not the text's: what kind, and why."""

    kind: str  # "page head", "page number", "footnote", "rule"
    reason: str
    lines: tuple[Line, ...]
    note: str = ""  # a footnote's mark
    after: int = -1  # the index of the text's line that stands before


def set_apart(lines: list[Line], source: str) -> tuple[list[Line], list[SetApart]]:
    """Part the lines of the text from what the page has added.

    Parameters
    ----------
    lines : list of Line
        All lines of a document.
    source : str
        What their positions refer to.

    Returns
    -------
    list of Line
        The text's.
    list of SetApart
        The rest, in order.
    """
    return _Sorter(lines, source).run()


class _Sorter:
    """Goes through the lines, and puts each with the text, the footnotes or the furniture."""

    def __init__(self, lines: list[Line], source: str) -> None:
        self.lines = lines
        self.printed = bool(lines) and lines[0].place is not None
        self.furniture = _find_furniture(lines, source)
        self.kept: list[Line] = []
        self.apart: list[SetApart] = []
        self.note: list[Line] = []
        self.in_notes = False
        self.stars: set[str] = set()  # the asterisks that lines have ended with
        self.parted = False  # whether a rule stands above the next line

    def run(self) -> tuple[list[Line], list[SetApart]]:
        page, hole = None, 0.0
        for index, line in enumerate(self.lines):
            if line.page != page:
                page, self.in_notes = line.page, False
            if line.note:
                self._close()
                after = len(self.kept) - 1
                self.apart.append(SetApart("footnote", SAID, (line,), line.note, after))
            elif self._is_furniture(index):
                self._put_away(index)
                hole = max(hole, line.gap)
            elif self._is_note(index):
                if self.note and self._begins_another(line):
                    self._close()
                self.note.append(line)
            else:
                self._close()
                if hole and not self.printed:  # the empty lines around a page's head count
                    line, hole = replace(line, gap=max(line.gap, hole), parted=self.parted), 0.0
                self.parted = False
                self.kept.append(line)
                if line.text[-1:] in STAR and (found := STARS.search(line.text)):
                    self.stars.add(found[0])
        self._close()
        if not self.printed:
            _take_marks(self.kept, self.apart)
        return self.kept, self.apart

    def _is_furniture(self, index: int) -> bool:
        """Return whether a line is the page's; a footnote may be a symbol and nothing else."""
        if index not in self.furniture:
            return False
        if self.printed or not self.in_notes:
            return True
        waits = bool(self.note) and self.note[-1].text.isdigit()  # the mark stands alone
        return not (waits or _is_next_note(self.note, self.lines[index]))

    def _put_away(self, index: int) -> None:
        self._close()
        kind, reason = self.furniture[index]
        if kind == "rule":
            self.in_notes = _notes_follow(self.lines, index)
            self.parted = not self.in_notes
        elif not self.printed:
            self.in_notes = False
        self.apart.append(SetApart(kind, reason, (self.lines[index],), after=len(self.kept) - 1))

    def _is_note(self, index: int) -> bool:
        line = self.lines[index]
        if self.in_notes and self.note and _is_past(self.note, line):
            self.in_notes = False
            self._close()
        if not self.in_notes:
            self.in_notes = (
                self._begins_notes(index)
                or MARKDOWN_NOTE.match(line.text) is not None
                or _is_starred(line, self.stars)
            )
        return self.in_notes

    def _begins_notes(self, index: int) -> bool:
        """Return whether a small line at the foot of its page begins the footnotes."""
        line = self.lines[index]
        if line.place is None:
            return self._closes_page(index)
        if line.size > SMALL or line.place > 0.6:
            return False
        if not NOTE.match(line.text):
            return False
        for at in range(index, len(self.lines)):
            later = self.lines[at]
            if later.page != line.page:
                break
            if (
                later.size > SMALL + 0.03
                and at not in self.furniture
                and not _is_above(later, line)
            ):
                return False
        return True

    def _closes_page(self, index: int) -> bool:
        """Return whether a line of a text begins the footnotes at the end of its page.

        No rule stands above them, but their first number stands in the text before, and nothing
        but footnotes stands between it and the page's end.
        """
        line = self.lines[index]
        alone = line.text.isdigit() and index + 1 < len(self.lines)
        words = f"{line.text} {self.lines[index + 1].text}" if alone else line.text
        found = NOTE.match(words)
        if line.gap < 1 or not found or not (found["mark"] or "").isdigit():
            return False
        last = next((int(a.note) for a in reversed(self.apart) if a.note.isdigit()), 0)
        if int(found["mark"]) not in (1, last + 1):
            return False
        rest = self.lines[index + 1 : index + MOST_NOTES]
        for at, later in enumerate(rest, start=index + 1):
            if at in self.furniture or later.page != line.page:
                break
            if later.gap >= 1 and not (NOTE.match(later.text) or later.text.isdigit()):
                return False
        else:
            return False
        above = self.kept[-LONGEST_PAGE:]
        marks = (mark[1] for kept in above for mark in MARK_IN_TEXT.finditer(kept.text))
        return found["mark"] in marks

    def _begins_another(self, line: Line) -> bool:
        if not _begins_note(line):
            return False
        return (line.gap > 0.2 and not line.text.isdigit()) or _rises(self.note, line)

    def _close(self) -> None:
        """Take a footnote's lines together, if there are any."""
        if not self.note:
            return
        found = NOTE.match(" ".join(line.text for line in self.note))
        mark = (found["mark"] or found["named"]) if found else ""
        reason = "stands at the foot of its page"
        after = len(self.kept) - 1
        self.apart.append(SetApart("footnote", reason, tuple(self.note), mark, after))
        self.note.clear()


def _take_marks(kept: list[Line], apart: list[SetApart]) -> None:
    """Take the marks of footnotes out of a text's lines, where only one place can be meant."""
    last = -1
    for piece in apart:
        if piece.kind.startswith("page"):
            last = piece.after
        if piece.kind != "footnote" or not piece.note.isdigit() or piece.after < 0:
            continue
        if piece.lines[0].note:
            continue  # a format that knows its footnotes knows their marks
        page = range(max(last + 1, piece.after - LONGEST_PAGE), piece.after + 1)
        places = [
            (at, found)
            for at in page
            for found in MARK_IN_TEXT.finditer(kept[at].text)
            if found[1] == piece.note and not _in_symbol(kept[at].text, found.start())
        ]
        if len(places) == 1:
            at, found = places[0]
            line = kept[at]
            text = line.text[: found.start()] + line.text[found.end() :]
            rest = [*line.at[: found.start()], *line.at[found.end() :]]
            kept[at] = replace(line, text=text, at=rest)


def _in_symbol(text: str, place: int) -> bool:
    """Return whether a place lies in a document's symbol: "A/80/INF.2"."""
    return "/" in text[:place].rsplit(" ", 1)[-1]


def _find_furniture(lines: list[Line], source: str) -> dict[int, tuple[str, str]]:
    """Return the lines that pages have added, each with what it is and why."""
    repeated = _repeated_heads(lines) if lines and lines[0].place is not None else frozenset()
    beside = _running_titles(lines, source)
    found = {
        index: kind
        for index, line in enumerate(lines)
        if (kind := _furniture(line, index, repeated, beside, source))
    }
    number = "page number", "a number alone between two pages"
    return found | dict.fromkeys(_numbers_between_pages(lines), number)


def _numbers_between_pages(lines: list[Line]) -> set[int]:
    """Return the lines of a text that hold a number only, and interrupt it where a page ends."""
    found = set()
    if len(lines) > 1 and lines[-1].page is not None and lines[-1].text.isdigit():
        found.add(len(lines) - 1)
    for index in range(1, len(lines) - 1):
        before, line, after = lines[index - 1], lines[index], lines[index + 1]
        if line.place is not None or not line.text.isdigit():
            continue
        ends_page = line.page != after.page and line.page is not None
        in_sentence = before.text[-1:].islower() and after.text[:1].islower()
        if ends_page or (in_sentence and min(line.gap, after.gap) >= 1):
            found.add(index)
    return found


def _furniture(
    line: Line, index: int, repeated: frozenset[int], beside: frozenset[int], source: str
) -> tuple[str, str] | None:
    text = line.text
    if len(text) > 200:
        return None
    if RULE.fullmatch(text.replace(" ", "")):
        return "rule", "a line that is drawn, not written"
    if index in repeated:
        return "page head", "stands at the same place on page after page"
    at_edge = line.place is None or not FOOT < line.place < HEAD
    if at_edge and ALONE.fullmatch(text):
        return "page head", "a document's symbol, a page's or print job's number"
    if line.place is not None:
        if at_edge and NUMBER.fullmatch(text):
            return "page number", "a number at the edge of its page"
        return None
    if index in beside:
        return "page head", "stands beside page breaks again and again"
    raw = source[line.at[0] : line.at[-1] + 1]
    if len(raw) <= LONGEST_PRINTED and TITLED.fullmatch(raw):
        return "page head", "a running title beside its document's symbol"
    return None


def _repeated_heads(lines: list[Line]) -> frozenset[int]:
    """Return the lines at the edge of pages that stand there on other pages as well."""
    seen = defaultdict(set)
    places = {}
    for index, line in enumerate(lines):
        if line.place is not None and not FOOT < line.place < HEAD and len(line.text) < 160:
            key = (re.sub(r"\d+", "#", line.text), round(line.place * 100))
            seen[key].add(line.page)
            places[index] = key
    pages = len({line.page for line in lines})
    enough = 2 if pages < 6 else 3
    return frozenset(
        index
        for index, key in places.items()
        if len(seen[key]) >= enough and not re.match(r"#+\. ", key[0])
    )


def _running_titles(lines: list[Line], source: str) -> frozenset[int]:
    """Return the lines of a text that stand beside page breaks again and again."""
    if not lines or lines[0].place is not None:
        return frozenset()
    breaks = [
        index
        for index, line in enumerate(lines)
        if len(line.text) < 100 and ALONE.fullmatch(line.text)
    ]
    edges = set(breaks)
    found = _page_numbers(lines, edges)
    edges |= found
    for _ in range(3):  # a title of two lines goes line by line
        near = {index + step for index in edges for step in (-1, 1)} - edges
        near = {index for index in near if 0 <= index < len(lines)}
        counts = Counter(lines[index].text for index in near)
        more = {
            index
            for index in near
            if counts[lines[index].text] > 1 and len(lines[index].text) >= SHORTEST_TITLE
        }
        if not more:
            break
        found |= more
        edges |= more
    return frozenset(found)


def _page_numbers(lines: list[Line], breaks: set[int]) -> set[int]:
    """Return the lines of a text that hold a page's number, beside its running head.

    A number above the head is a page's. One below it is where such numbers rise page by page; it
    could be a paragraph's otherwise.
    """
    above = {at - 1 for at in breaks if at and NUMBER.fullmatch(lines[at - 1].text)}
    below = sorted(at + 1 for at in breaks if at + 1 < len(lines) and lines[at + 1].text.isdigit())
    numbers = [int(lines[at].text) for at in sorted([*below, *above]) if lines[at].text.isdigit()]
    steps = [after - before for before, after in itertools.pairwise(numbers)]
    if len(numbers) > 1 and all(0 < step <= 2 for step in steps):
        return above | set(below)
    return above


def _notes_follow(lines: list[Line], index: int) -> bool:
    """Return whether the line behind a rule begins a footnote."""
    if index + 1 >= len(lines) or lines[index + 1].page != lines[index].page:
        return False
    return _begins_note(lines[index + 1])


def _is_starred(line: Line, stars: set[str]) -> bool:
    """Return whether a line begins with the asterisks that a line before ended with."""
    found = re.match(r"[*†‡]+(?= ?\S)", line.text)
    return found is not None and found[0] in stars


def _is_above(line: Line, other: Line) -> bool:
    return (line.place or 0.0) > (other.place or 0.0)


def _is_past(note: list[Line], line: Line) -> bool:
    """Return whether a line stands behind the footnotes: above them, or after a hole in a text."""
    if line.level:
        return True
    if line.place is not None:
        return _is_above(line, note[0])
    if NUMBERED_TEXT.match(line.text):
        return True
    if _begins_note(line):
        return note[0].text[0] in STAR and line.text[0].isdigit()
    return line.gap >= 1 or (note[0].text[0] in STAR and note[-1].text.endswith("."))


def _is_next_note(note: list[Line], line: Line) -> bool:
    """Return whether a line begins with the number of the next footnote, or of the first."""
    if _number_of(line) is None:
        return False
    return not note or _rises(note, line)


def _rises(note: list[Line], line: Line) -> bool:
    """Return whether a line's number is the one that follows the last footnote's."""
    last, this = _number_of(note[0]), _number_of(line)
    return last is None or this is None or this == last + 1


def _begins_note(line: Line) -> bool:
    """Return whether a line begins with a footnote's mark, or is one."""
    return NOTE.match(line.text) is not None or line.text.isdigit()


def _number_of(line: Line) -> int | None:
    """Return the number of the footnote that a line begins; None: it has none."""
    found = NOTE.match(line.text)
    mark = found["mark"] if found else line.text
    return int(mark) if mark and mark.isdigit() else None
