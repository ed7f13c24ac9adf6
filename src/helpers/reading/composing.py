"""The text of a report, put together from lines: what stands between two of them."""

import re
from collections.abc import Sequence
from functools import cached_property

from helpers.reading.lines import WIDEST_PAGE, Line
from helpers.reading.marks import BIG, CLOSED, UNFINISHED

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
HYPHEN_END = re.compile(r"[^\W\d_]-$")
KEEP, DIVIDE = "keep", "divide"  # a hyphen that stays at a line's end; one that divides a word


class Composer:
    """Writes lines one behind the other, and keeps where each character came from.

    Parameters
    ----------
    lines : sequence of Line
        All that will be written, in order: it shows what words stand undivided.
    break_above : float
        Empty lines above a line from which it begins a new block.
    width : int
        The characters of a full line; 0 where lines are not broken by width.
    running : bool
        Whether all is one running text, without front matter and paragraphs.
    """

    def __init__(
        self, lines: Sequence[Line], break_above: float, width: int, *, running: bool
    ) -> None:
        self.lines = lines
        self.break_above = break_above
        self.width = width
        self.running = running
        self.pieces: list[str] = []
        self.origin: list[int] = []
        self.kinds: list[tuple[int, int, str, int | None]] = []
        self.joined: list[tuple[int, str, int | None, str, str]] = []

    @property
    def length(self) -> int:
        """The number of characters that are written."""
        return len(self.origin)

    @property
    def text(self) -> str:
        """What is written."""
        return "".join(self.pieces)

    def put(self, line: Line, joint: str, kind: str) -> int:
        """Write a line behind a joint; return where it begins.

        Parameters
        ----------
        line : Line
            The line.
        joint : str
            White space, `KEEP` or `DIVIDE`.
        kind : str
            What the line was taken for.
        """
        if joint == DIVIDE:
            self._undivide(line)
        if self.pieces and joint not in (KEEP, DIVIDE):
            place = min(self.origin[-1] + 1, max(line.start - 1, 0))
            self.pieces.append(joint)
            self.origin.extend([place] * len(joint))
            self._stretch()
        start = self.length
        self.pieces.append(line.text)
        self.origin.extend(line.at)
        self.kinds.append((start, self.length, kind, line.page))
        return start

    def _undivide(self, line: Line) -> None:
        """Take back the hyphen at the end of what is written."""
        head = self.pieces[-1][:-1]
        self.pieces[-1] = head
        self.origin.pop()
        self._stretch()
        whole = head.rsplit(" ", 1)[-1] + line.text.split(" ", 1)[0]
        reason = "was divided at the end of a line"
        self.joined.append((line.start, "word joined", line.page, whole, reason))

    def _stretch(self) -> None:
        start, _, kind, page = self.kinds[-1]
        self.kinds[-1] = (start, self.length, kind, page)

    def joint(self, before: Line | None, line: Line) -> str:
        """Return what stands between a line and the one before in the same block."""
        if before is None:
            return "\n\n"
        goes_on = line.text[:1].islower() or not CLOSED.search(before.text)
        if line.gap >= self.break_above and not goes_on:
            return "\n\n"
        return self.within(before, line)

    def within(self, before: Line, line: Line) -> str:
        """Return what stands between two lines of one paragraph or heading."""
        if before.divided and not before.text.endswith("-"):
            return KEEP  # a soft hyphen, which is gone already
        if HYPHEN_END.search(before.text) and line.text[:1].isalpha():
            return KEEP if self._keeps_hyphen(before.text, line.text) else DIVIDE
        return " " if self._is_soft(before, line) else "\n"

    def in_front(self, before: Line | None, line: Line) -> str:
        """Return what stands between two lines of the front matter: a title's lines are one."""
        blank = line.gap >= self.break_above
        if before is None:
            return "\n"
        if line.place is not None:
            alike = (before.page, before.size, before.bold) == (line.page, line.size, line.bold)
            full = len(before.text) > 60 and line.gap < 0.2
            if alike and (full or (line.size >= BIG and line.gap < 1.35)):
                return self.within(before, line)
        if not CLOSED.search(before.text):
            full = not blank and (self.running or len(before.text) > 0.8 * self.width > 0)
            unfinished = UNFINISHED.search(before.text) or HYPHEN_END.search(before.text)
            if full or unfinished or line.text[:1].islower():
                return self.within(before, line)
        return "\n\n" if blank else "\n"

    def _keeps_hyphen(self, head: str, tail: str) -> bool:
        """Return whether a hyphen at a line's end belongs to the word, by words that are undivided.

        "capacity-" and "building" are words of their own, "harb-" and "our" are not.
        """
        if not tail[:1].islower():
            return True
        first, last = _parts(head, tail)
        if f"{first}-{last}" in self._words:
            return True
        if first + last in self._words:
            return False
        if {first, last} <= self._words:
            return True
        return first in self._words and min(len(first), len(last)) > 3 and not self._divides_words

    @cached_property
    def _divides_words(self) -> bool:
        """Whether words are divided here: one of them stands whole somewhere else."""
        pairs = zip(self.lines, self.lines[1:], strict=False)
        return any(
            "".join(_parts(head.text, tail.text)) in self._words
            for head, tail in pairs
            if HYPHEN_END.search(head.text) and tail.text[:1].islower()
        )

    def _is_soft(self, before: Line, line: Line) -> bool:
        """Return whether only the page's width, or its end, has broken a line."""
        if line.place is not None:
            return max(line.columns, before.columns) < 2
        if line.text[:1].islower():
            return True
        if not CLOSED.search(before.text):
            if self.running:
                return True
            short = len(before.text) < 60 and line.text[:1].isupper() and line.gap < 1
            return not short or len(before.text) > 0.7 * (self.width or WIDEST_PAGE)
        next_word = line.text.split(" ", 1)[0]
        return len(before.text) + len(next_word) > 0.85 * self.width > 0

    @cached_property
    def _words(self) -> frozenset[str]:
        """The words that stand somewhere undivided."""
        words: set[str] = set()
        divided = False
        for line in self.lines:
            found = WORD.findall(line.text.lower())[divided:]
            divided = line.divided or line.text.endswith("-")
            words.update(found[:-1] if divided else found)
        return frozenset(words)


def _parts(head: str, tail: str) -> tuple[str, str]:
    """Return the parts of a word that is cut at a hyphen, small."""
    return WORD.findall(head.lower())[-1], WORD.findall(tail.lower())[0]
