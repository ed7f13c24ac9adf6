"""Which lines are headings, how deep they stand, and which part of a report they name."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from helpers.reading.lines import Line, page_width
from helpers.reading.marks import (
    ABBREVIATED_END,
    ADOPTED_TEXT,
    ANNEX,
    ASIDE,
    BIG,
    CAPTION,
    CHAPTER,
    CLOSED,
    ITEM,
    LABEL_ALONE,
    LABELS,
    LEADERS,
    NUMBERED,
    OPEN_END,
    OUTLINE,
    ROMAN,
    SECTIONED,
    UNFINISHED,
    label_of,
    letters,
)
from helpers.resources import LANGUAGE

PART_HEADINGS = LANGUAGE / "part_headings.csv"
PARTS = ("deliberations", "recommendations")
LONGEST = 400  # characters of a heading
LONGEST_ACRONYM = 6  # letters: more of them in capitals are a heading's looks
LONG_NAME = 40  # letters of a heading that are enough to know it by
DOTTED = re.compile(r"\d{1,3}\.\d{1,2}(?!\d)")
DEEPEST = 10  # no format knows a deeper heading
MOST_LINES = 8  # of a heading in other letters than the text's
ANNEX_TITLED = re.compile(rf"(?:annex|appendix)(?: (?:{ROMAN}|\d+))?(?:$| [A-Z])", re.IGNORECASE)


def naming(part: str) -> str:
    """Return the call by which somebody says under which heading a part stands."""
    return f'read_report(..., parts={{"{part}": "<heading>"}})'


@dataclass(frozen=True)
class Heading:
    """A heading.

    Parameters
    ----------
    text : str
        Its words.
    level : tuple of int
        How deep it stands. On a page by its letters first and its label then; elsewhere the other
        way round, for conversions keep labels better than looks.
    look : int
        The rank of its letters, 0 being those of outermost headings.
    lines : int
        How many lines it takes.
    label : str
        What kind of label it has: "chapter", "roman", "letter", "digit", "none".
    part : str
        The part that it names, or "".
    governs : str
        "below": the headings under it; "beside": also those that look like itself; "called": what
        the caller says, whatever stands under it.
    annex : bool
        Whether an annex begins with it.
    """

    text: str
    level: tuple[int, int]
    look: int
    lines: int
    label: str = "none"
    part: str = ""
    governs: str = "below"
    annex: bool = False


@dataclass(frozen=True)
class Context:
    """What stands before a line, as far as it bears on whether the line is a heading.

    Parameters
    ----------
    before : Line, optional
        The line above.
    in_list : bool
        Whether a list without numbers or letters is going on.
    bold_text : bool
        Whether the running paragraph is bold itself.
    after_heading : bool
        Whether the line above is a heading.
    """

    before: Line | None = None
    in_list: bool = False
    bold_text: bool = False
    after_heading: bool = False


@lru_cache(maxsize=1)
def _part_rows() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Return the headings that name a part: pattern, part, what it governs."""
    rows = []
    with PART_HEADINGS.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            words = re.escape(row["pattern"].rstrip("…"))
            rest = r"(?!\w).*" if row["pattern"].endswith("…") else ""
            rows.append((re.compile(words + rest, re.DOTALL), row["part"], row["governs"]))
    return tuple(rows)


@lru_cache(maxsize=4096)
def named_part(heading: str) -> tuple[str, str]:
    """Return the part that a heading names, or "", and what it governs.

    Parameters
    ----------
    heading : str
        Its words, with or without an outline label.

    Returns
    -------
    tuple of str
        "deliberations", "recommendations", "procedural" or ""; "below" or "beside".

    Examples
    --------
    >>> named_part("B. Interactive dialogue and responses by the State under review")
    ('deliberations', 'below')
    >>> named_part("Lamps on the piers")
    ('', 'below')
    """
    words = plain_words(heading)
    for pattern, part, governs in _part_rows():
        if pattern.fullmatch(words):
            return part, governs
    return "", "below"


def plain_words(heading: str) -> str:
    """Return a heading's words in small letters, without its label and footnote marks."""
    words = CHAPTER.sub("", heading, count=1).strip(" .:–-")
    words = OUTLINE.sub("", words, count=1)
    words = re.sub(r"(?<=[a-z])\d{1,2}$|[*†]+$", "", words).strip(" .:")
    return words.lower().removeprefix("the ").replace("'", "’").replace("--", "–")


def names_of(heading: str) -> tuple[str, str]:
    """Return what a heading can be called by: its letters, with its label and without."""
    return letters(heading), letters(plain_words(heading))


def is_called(heading: str, name: str) -> bool:
    """Return whether a heading is what somebody calls it: its words, or its long beginning.

    Parameters
    ----------
    heading : str
        Its words, with or without a label.
    name : str
        What it is called; capitals, marks and blanks do not matter.

    Examples
    --------
    >>> is_called("II. Views of the members", "views of the Members")
    True
    """
    wanted = letters(name)
    long = len(wanted) >= LONG_NAME
    return any(own == wanted or (long and own.startswith(wanted)) for own in names_of(heading))


class HeadingFinder:
    """Says of a line whether a heading begins there.

    Parameters
    ----------
    lines : sequence of Line
        The text's lines.
    paragraphs : set of int
        The indexes of lines that begin a paragraph.
    titles : set of str
        The letters of the headings that the table of contents lists.
    parts : mapping of str to str, optional
        Headings that name a part whatever the table says.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        paragraphs: set[int],
        titles: set[str],
        parts: dict[str, str] | None = None,
    ) -> None:
        self.lines, self.paragraphs, self.titles = lines, paragraphs, titles
        self.parts = parts or {}
        self.printed = any(line.place is not None for line in lines)
        self.break_above = 0.35 if self.printed else 1.0  # lines: more than between lines of a text
        self.width = page_width(lines)
        styles = {_style(line) for line in lines if _stands_out(line)}
        self.ranks = {style: rank for rank, style in enumerate(sorted(styles))}

    def at(self, index: int, context: Context) -> Heading | None:
        """Return the heading that begins at a line, if one does.

        Parameters
        ----------
        index : int
            The line.
        context : Context
            What stands before it.
        """
        line = self.lines[index]
        if index in self.paragraphs or len(line.text) > LONGEST:
            return None
        if (CAPTION.match(line.text) or line.cell) and not line.level:
            return None
        before = context.before
        closed = before is None or context.after_heading or CLOSED.search(before.text) is not None
        blank = before is None or line.gap >= self.break_above or line.page != before.page
        if _stands_out(line) and (count := self._standing_out(index, context, closed, blank)):
            return self._heading(index, count)
        if self._is_plain(index, context, closed, blank):
            return self._heading(index, self._plain_count(index))
        return None

    def _called(self, text: str) -> str:
        """Return the part that the caller says a heading names, with or without its label."""
        return next((part for name, part in self.parts.items() if is_called(text, name)), "")

    @property
    def plain_look(self) -> int:
        """The look of headings that are printed as the running text is."""
        return len(self.ranks)

    # Headings in other letters than the text's.

    def _standing_out(self, index: int, context: Context, closed: bool, blank: bool) -> int:
        """Return how many lines a heading in other letters has; 0: it is none."""
        line = self.lines[index]
        count = 1 if line.level else self._alike(index)
        text = " ".join(other.text for other in self.lines[index : index + count])
        if len(text) > LONGEST or count > MOST_LINES or (line.columns and LEADERS.search(text)):
            return 0
        if line.item and OPEN_END.search(text):  # an item of a list in the style of a heading
            return 0
        if line.level or (line.size >= BIG and (blank or closed)):
            return count
        if not (blank or closed) or text[0].islower() or not any(map(str.isalpha, text)):
            return 0
        if ITEM.match(text) or self._ends_open(text, blank) or self._runs_on(index + count, line):
            return 0
        if context.bold_text and line.bold:
            return count if self._breaks_bold_text(text, index + count, closed and blank) else 0
        return count if line.bold or closed else 0

    def _alike(self, index: int) -> int:
        """Return how many lines look like one that stands out and stand close below it."""
        line, count = self.lines[index], 1
        widest = 0.8 if line.size >= BIG else 0.3  # lines between those of one heading
        for more in self.lines[index + 1 :]:
            near = more.gap < widest and more.page == line.page
            if not near or _style(more) != _style(line) or index + count in self.paragraphs:
                break
            count += 1
        return count

    def _ends_open(self, text: str, blank: bool) -> bool:
        """Return whether a line ends as no heading does; one with a label may have a full stop."""
        if not OPEN_END.search(text) or ABBREVIATED_END.search(text):
            return False
        labelled = label_of(text) in ("roman", "letter", "chapter")
        return not (labelled and blank and text.endswith((".", ".”")))

    def _runs_on(self, after: int, line: Line) -> bool:
        """Return whether the text goes on behind a line that stands out: it was a sentence's."""
        if after >= len(self.lines) or after in self.paragraphs:
            return False
        more = self.lines[after]
        if more.text[:1].islower():
            return True
        near = self.printed and more.page == line.page and more.gap < 0.2
        return near and not _stands_out(more)

    def _breaks_bold_text(self, text: str, after: int, free: bool) -> bool:
        """Return whether a bold line between bold paragraphs is a heading all the same."""
        if SECTIONED.match(text) or NUMBERED.match(text):
            return False
        if label_of(text) != "none":
            return free
        before_text = (
            after < len(self.lines)
            and after not in self.paragraphs
            and not self.lines[after].bold
            and len(self.lines[after].text) > 80
        )
        return free and len(text) < 100 and not before_text

    # Headings in the letters of the running text.

    def _is_plain(self, index: int, context: Context, closed: bool, blank: bool) -> bool:
        """Return whether a line in the letters of the running text is a heading."""
        text = self.lines[index].text
        if self._called(text):
            return True
        if not (closed or blank):
            return False
        if ADOPTED_TEXT.fullmatch(text):
            return True
        if LABEL_ALONE.fullmatch(text):
            return closed and self._plain_count(index) > 1
        if text.endswith(":") and named_part(text)[0] in PARTS and index + 1 in self.paragraphs:
            return True
        if OPEN_END.search(text) and not ABBREVIATED_END.search(text):
            return not self.lines[index].item and self._is_labelled_sentence(index, closed)
        if ANNEX.fullmatch(text) or (len(letters(text)) > 5 and letters(text) in self.titles):
            return True
        if context.after_heading and ASIDE.fullmatch(text):
            return True
        label = label_of(text)
        if label == "digit":
            return closed and not context.in_list and self._is_numbered_heading(index)
        if self._names_part(index, context, closed, blank):
            return True
        if label != "none":
            return len(text) < 250 and (
                label != "letter" or text[3:4].isupper() or text[3:4] in '“‘"('
            )
        return self._is_unlabelled(index, context, closed, blank)

    def _is_labelled_sentence(self, index: int, closed: bool) -> bool:
        """Return whether a labelled line is a heading though it ends in a comma or a full stop."""
        text = self.lines[index].text
        if label_of(text) not in ("roman", "letter", "chapter"):
            return False
        if text.endswith((",", ":")):  # the first line of a long one
            last = index + self._plain_count(index)
            return last > index + 1 and self._ends_before(last)
        return closed and len(text) > 20 and self._before_heading_or_paragraph(index)

    def _ends_before(self, index: int) -> bool:
        """Return whether something new begins at a line."""
        if index >= len(self.lines) or index in self.paragraphs:
            return True
        line = self.lines[index]
        return line.gap >= self.break_above or bool(named_part(line.text)[0])

    def _is_numbered_heading(self, index: int) -> bool:
        text = self.lines[index].text
        if len(text) > 150 or SECTIONED.match(text):
            return False
        return bool(named_part(text)[0]) or index + 1 in self.paragraphs

    def _names_part(self, index: int, context: Context, closed: bool, blank: bool) -> bool:
        part, _ = named_part(self.lines[index].text)
        if not part or not (closed or part != "procedural"):
            return False
        return blank or context.after_heading or index + 1 in self.paragraphs

    def _is_unlabelled(self, index: int, context: Context, closed: bool, blank: bool) -> bool:
        """Return whether a short line with a capital is a heading by its place alone."""
        text = self.lines[index].text
        if not text[:1].isupper() or len(text) > 150 or SECTIONED.match(text):
            return False
        if not closed or self.lines[index].columns > 1:
            return False
        if not (blank or context.after_heading):
            after = index + max(self._block(index), 1)
            return not context.in_list and len(text) < 120 and after in self.paragraphs
        if context.in_list:
            return index + 1 in self.paragraphs
        return self._before_heading_or_paragraph(index)

    def _before_heading_or_paragraph(self, index: int) -> bool:
        """Return whether only headings, or a text of its own, follow a line."""
        for after in range(index + 1, min(index + 5, len(self.lines))):
            line = self.lines[after]
            if after in self.paragraphs:
                return True
            if len(line.text) > 150 or (
                OPEN_END.search(line.text) and not ASIDE.fullmatch(line.text)
            ):
                return line.gap >= self.break_above and len(line.text) > 60
        return False

    def _plain_count(self, index: int) -> int:
        """Return how many lines a plain heading has: two of one title, one in brackets."""
        if block := self._block(index):
            return block
        count, text = 1, self.lines[index].text
        for more in self.lines[index + 1 : index + 6]:
            if index + count in self.paragraphs or NUMBERED.match(more.text):
                break
            aside = ASIDE.fullmatch(more.text) is not None
            near = more.gap < self.break_above
            full = len(text) > 0.8 * self.width > 0 and not text.endswith((".", ";"))
            broken = near and (
                full or more.text[:1].islower() or UNFINISHED.search(text) is not None
            )
            ends = OPEN_END.search(more.text) and not more.text.endswith(",")
            if (ends and not (full and near)) or not (
                aside or broken or self._is_title(text, more, count)
            ):
                break
            text = more.text
            count += 1
        return count

    def _block(self, index: int) -> int:
        """Return how many lines a heading has that is broken by the page's width; 0: not told.

        They stand close below each other, none of them ends a sentence, and something new begins
        behind the last.
        """
        count, first = 1, self.lines[index].text
        if LABEL_ALONE.fullmatch(first) or (named_part(first)[0] and not UNFINISHED.search(first)):
            return 0
        while count < 5 and index + count < len(self.lines):
            more = self.lines[index + count]
            if index + count in self.paragraphs or self._begins_something(more, first):
                return count if count > 1 else 0
            if OPEN_END.search(more.text) and not more.text.endswith(","):
                return 0
            if len(more.text) > 130 or ITEM.match(more.text):
                return 0
            count += 1
        return 0

    def _begins_something(self, line: Line, first: str) -> bool:
        """Return whether a line below a heading does not belong to it."""
        if line.gap >= self.break_above or _stands_out(line) or label_of(line.text) != "none":
            return True
        if NUMBERED.match(line.text) or SECTIONED.match(line.text):
            return True
        return bool(named_part(line.text)[0]) and not CHAPTER.fullmatch(first)

    @staticmethod
    def _is_title(text: str, more: Line, count: int) -> bool:
        """Return whether a line is the title behind a label that stands alone ("Chapter II")."""
        if LABEL_ALONE.fullmatch(text):
            return count == 1 and more.text[0].isupper() and len(more.text) < 200
        alone = CHAPTER.fullmatch(text) or ANNEX.fullmatch(text)
        if count > 1 or alone is None or len(more.text) >= 200:
            return False
        chapter = text.lower().startswith(("chapter", "part"))
        return label_of(more.text) == "none" and (chapter or not named_part(more.text)[0])

    def _heading(self, index: int, count: int) -> Heading:
        first = self.lines[index]
        text = " ".join(line.text for line in self.lines[index : index + count])
        label = label_of(text)
        part, governs = named_part(text)
        if called := self._called(text):
            part, governs = called, "called"
        plain = self.plain_look
        look = self.ranks.get(_style(first), plain) if _stands_out(first) else plain
        # "2.1" stands below "2.".
        depth = 2 * LABELS.index(label) + (DOTTED.match(text) is not None)
        names = label == "none" and part in PARTS
        level = (look, depth + names) if self.printed else (depth, 2 * look + names)
        annex = ANNEX.fullmatch(first.text) or (
            _stands_out(first) and ANNEX_TITLED.match(first.text)
        )
        return Heading(text, level, look, count, label, part, governs, bool(annex))


def _style(line: Line) -> tuple[int, float, bool, bool, bool]:
    """Return what headings of one depth have in common; those of outer ones sort first."""
    said = line.level - DEEPEST if line.level else 0
    capitals = line.text.isupper() and len(line.text) > LONGEST_ACRONYM
    return (said, -round(line.size * 20) / 20, not capitals, not line.bold, line.italic)


def _stands_out(line: Line) -> bool:
    return bool(line.level) or line.size >= BIG or line.bold or line.italic
