"""The automatic numbers of a Word file, counted as Word counts them.

After ECMA-376, part 1, section 17.9: paragraphs belong to a numbering (``w:num``), numberings to
an abstract one, which holds the levels; the counters are the abstract one's.
"""

import re
from dataclasses import dataclass

from lxml.etree import _Element

from helpers.reading.counting import LARGEST_NUMBER, printed_number
from helpers.reading.word_styles import Place, Style, Styles, W, child, value

LEVELS = 9
KINDS = {
    "decimal": "digit",
    "decimalZero": "padded",
    "lowerLetter": "letter",
    "upperLetter": "LETTER",
    "lowerRoman": "roman",
    "upperRoman": "ROMAN",
}
SILENT = ("none", "bullet")
BULLETS = "–—-•▪●○*"
PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class Level:
    """A level of a list: where it starts, how its number is written, what makes it begin anew."""

    start: int
    kind: str
    text: str
    restart: int  # the level below which it begins anew, from 1; 0: never
    plain: bool  # whether all numbers in it are digits
    space: str  # what stands behind the number
    style: str


def _whole(said: str | None, default: int) -> int:
    """Return a number that a file says, within what people write."""
    try:
        number = int(said or "")
    except ValueError:
        return default
    return number if 0 <= number <= LARGEST_NUMBER else default


def _level(element: _Element, index: int) -> Level:
    legal = child(element, "isLgl")
    restart = value(element, "lvlRestart")
    return Level(
        start=_whole(value(element, "start"), 0 if child(element, "start") is None else 1),
        kind=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        restart=index if restart is None else min(_whole(restart, index), index),
        plain=legal is not None and legal.get(W + "val", "1") not in ("0", "false"),
        space="\t" if value(element, "suff") in (None, "tab") else " ",
        style=value(element, "pStyle") or "",
    )


class Lists:
    """The lists of a file, and how far each has counted.

    Parameters
    ----------
    root : lxml.etree._Element, optional
        The part ``numbering.xml``, where there is one.
    styles : Styles
        The file's styles.
    """

    def __init__(self, root: _Element | None, styles: Styles) -> None:
        self.styles = styles
        self.levels: dict[str, dict[int, Level]] = {}
        self.links: dict[str, str] = {}
        self.owners: dict[str, str] = {}
        self.overrides: dict[str, dict[int, Level]] = {}
        self.starts: dict[str, dict[int, int]] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()
        if root is None:
            return
        for element in root.iterchildren(W + "abstractNum"):
            key = element.get(W + "abstractNumId", "")
            self.levels[key] = _levels(element)
            if link := value(element, "numStyleLink"):
                self.links[key] = link
        for element in root.iterchildren(W + "num"):
            self._add(element)

    def _add(self, element: _Element) -> None:
        """Keep a numbering: whose it is, and where it differs."""
        key = element.get(W + "numId", "")
        self.owners[key] = value(element, "abstractNumId") or ""
        self.overrides[key], self.starts[key] = {}, {}
        for override in element.iterchildren(W + "lvlOverride"):
            index = _whole(override.get(W + "ilvl"), 0)
            own = child(override, "lvl")
            if own is not None:
                self.overrides[key][index] = _level(own, index)
            start = value(override, "startOverride")
            if start is not None:
                self.starts[key][index] = _whole(start, 1)

    def _abstract(self, num: str) -> str | None:
        """Return the abstract numbering of a numbering, through styles of lists."""
        seen: set[str] = set()
        while num in self.owners and num not in seen:
            seen.add(num)
            abstract = self.owners[num]
            if abstract not in self.links:
                return abstract if abstract in self.levels else None
            num = self.styles.numbering_of(self.links[abstract]) or ""
        return None

    def number(self, own: Place, style: Style) -> tuple[str, str]:
        """Count a paragraph; return its number or bullet with what stands behind, or "".

        What comes second is the number, letter or Roman numeral itself, if it is one alone.

        Parameters
        ----------
        own : dict
            What the paragraph says itself.
        style : Style
            The style it has.
        """
        num = own.get("num", style.place.get("num", "0"))
        abstract = self._abstract(num)
        if abstract is None:
            return "", ""
        index = self._index(own, style, num, abstract)
        level = self.overrides[num].get(index, self.levels[abstract].get(index))
        if level is None:
            return "", ""
        self._count(num, abstract, index)
        text = self._text(num, abstract, level)
        around = PLACEHOLDER.sub("", level.text, count=1)
        alone = level.kind in KINDS and not re.search(r"[%\d]", around)
        count = self.counts[abstract].get(index, 0)
        kind = "digit" if level.plain or level.kind == "decimalZero" else KINDS.get(level.kind, "")
        number = printed_number(count, kind, repeat=True) if alone else ""
        return (f"{text}{level.space}", number) if text else ("", "")

    def _index(self, own: Place, style: Style, num: str, abstract: str) -> int:
        """Return the level of a paragraph, from 0: its own, its style's, the style's by name."""
        said = own.get("ilvl", style.place.get("ilvl"))
        if said is not None:
            return min(_whole(said, 0), LEVELS - 1)
        levels = self.levels[abstract] | self.overrides[num]
        named = [at for at, level in levels.items() if level.style and level.style == style.listed]
        return named[0] if named else 0

    def _start(self, num: str, abstract: str, index: int) -> int:
        level = self.overrides[num].get(index, self.levels[abstract].get(index))
        return self.starts[num].get(index, level.start if level else 1)

    def _count(self, num: str, abstract: str, index: int) -> None:
        counts = self.counts.setdefault(abstract, {})
        anew = index in self.starts[num] and (num, index) not in self.begun
        self.begun.add((num, index))
        if anew or index not in counts:
            counts[index] = self._start(num, abstract, index)
        else:
            counts[index] += 1
        levels = self.levels[abstract] | self.overrides[num]
        for deeper in [at for at in counts if at > index]:
            if deeper not in levels or index < levels[deeper].restart:
                del counts[deeper]

    def _text(self, num: str, abstract: str, level: Level) -> str:
        if level.kind == "bullet":
            return level.text if level.text and level.text in BULLETS else "•"
        counts = self.counts[abstract]
        levels = self.levels[abstract] | self.overrides[num]

        def printed(found: re.Match[str]) -> str:
            index = int(found[1]) - 1
            if index not in levels or levels[index].kind in SILENT:
                return ""
            kind = "digit" if level.plain else KINDS.get(levels[index].kind, "digit")
            number = counts.get(index, self._start(num, abstract, index))
            return printed_number(number, kind, repeat=True)

        return PLACEHOLDER.sub(printed, level.text)


def _levels(element: _Element) -> dict[int, Level]:
    found = {}
    for level in element.iterchildren(W + "lvl"):
        index = _whole(level.get(W + "ilvl"), 0)
        if index < LEVELS:
            found[index] = _level(level, index)
    return found
