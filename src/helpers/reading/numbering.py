"""Which of the numbered lines are the report's paragraphs: the best row of rising numbers.

A report of the United Nations numbers its paragraphs from the first to the last page. Agendas,
draft resolutions, lists of recommendations, footnotes and the wrapped ends of sentences have
numbers too. What tells them apart is that the paragraphs' numbers follow each other through the
whole report. So each numbered line is a candidate with a weight (how much it looks like the
beginning of a paragraph), and the row of candidates with the highest sum of weights is taken, where
each number that is jumped over costs something: dynamic programming over the numbers, in time
that grows with their count.
"""

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from helpers.reading.headings import PARTS, named_part
from helpers.reading.lines import Line
from helpers.reading.marks import (
    ADOPTED_TEXT,
    ANNEX,
    BIG,
    CLOSED,
    NUMBERED,
    ODD_NUMBER,
    REFERENCE_END,
    SECTIONED,
    SMALL,
    label_of,
    letters,
)

FARTHEST = 10  # numbers that may be jumped over for their price; beyond, the price is FAR
JUMP, FAR, ANEW = 0.15, 1.6, 0.9  # what a missing number, a far jump, and beginning anew cost
DOUBTFUL = 0.3  # the weight below which a number neither begins nor ends a list
SECTIONED_WEIGHT = 0.9  # of "16.1" before a capital
SURE = 0.75  # the weight from which a number outside the row may be a misprinted paragraph's
IN_LIST = 0.8  # how much of its weight a number loses that stands in a list
FEWEST = 3  # numbered lines of a report; with fewer, other ways to write numbers are tried
COLUMN = 14  # points by which paragraphs' numbers may stand apart
LONGEST_HEADING = 120  # characters of one that may stand there again
PRINTED_LINE = 60  # characters: a shorter line was not broken by the page's width


@dataclass(frozen=True)
class Candidate:
    """A numbered line: where, what number, how much it looks like a paragraph's first line.

    Parameters
    ----------
    index : int
        Of the line.
    number : int
        The printed number; of "16.1" the second part.
    mark : int
        How many characters of the line the number takes.
    weight : float
        0 (no paragraph) to 1.
    section : str
        Of "16.1" the first part, of "3.1.2" the first two; "": there is none.
    may_begin : bool
        Whether a chapter begins above it, so that numbers may begin anew.
    suffix : str
        What a number that was put in later ends with: " bis", "A".
    """

    index: int
    number: int
    mark: int
    weight: float
    section: str = ""
    may_begin: bool = False
    suffix: str = ""

    @property
    def label(self) -> str:
        """The number as it is printed."""
        return f"{self.section}.{self.number}" if self.section else f"{self.number}{self.suffix}"


def number_paragraphs(lines: Sequence[Line], contents: set[int]) -> list[Candidate]:
    """Return the lines that begin the report's paragraphs.

    Parameters
    ----------
    lines : sequence of Line
        The text's lines.
    contents : set of int
        The indexes of the lines of the table of contents.

    Returns
    -------
    list of Candidate
        In the order of the text. All or none have a `section`.
    """
    single = _candidates(lines, contents)
    if len(single) < FEWEST:
        single = max(single, _candidates(lines, contents, ODD_NUMBER), key=len)
    double = _sectioned(lines, contents)
    annexed = _annexed(lines, contents, single, double)
    single = [candidate for candidate in single if candidate.index not in annexed]
    double = _section_row(candidate for candidate in double if candidate.index not in annexed)
    row = rising_row(_in_column(lines, single))
    if len(double) > len(row) and not _are_labels(lines, double, row):
        return double
    if len(single) > 1 and len({candidate.number for candidate in single}) == 1:
        return [  # "1." before every paragraph: a list that counts by itself
            replace(candidate, number=candidate.number + count)
            for count, candidate in enumerate(single)
        ]
    return _with_misprints(row, single)


def rising_row(found: Sequence[Candidate]) -> list[Candidate]:
    """Return the row of rising numbers with the highest sum of weights.

    Parameters
    ----------
    found : sequence of Candidate
        In the order of the text.

    Returns
    -------
    list of Candidate
        The row, in the order of the text.

    Examples
    --------
    >>> numbers = [1, 2, 1, 2, 3, 3, 4]  # an agenda of three entries in paragraph 2
    >>> weights = [1, 1, 0.2, 0.2, 0.2, 1, 1]
    >>> found = [Candidate(i, n, 2, w) for i, (n, w) in enumerate(zip(numbers, weights))]
    >>> [candidate.index for candidate in rising_row(found)]
    [0, 1, 5, 6]
    """
    best: list[float] = []
    before: list[int] = []
    latest: dict[int, int] = {}  # by number, the candidate with the highest sum so far
    top = -1
    for position, candidate in enumerate(found):
        total, source = _best_before(candidate, found, best, latest, top)
        best.append(total + candidate.weight)
        before.append(source)
        last = latest.get(candidate.number)
        if last is None or best[position] >= best[last]:
            latest[candidate.number] = position
        if top < 0 or best[position] >= best[top]:
            top = position
    row = []
    while top >= 0:
        row.append(found[top])
        top = before[top]
    return row[::-1]


def _best_before(
    candidate: Candidate,
    found: Sequence[Candidate],
    best: list[float],
    latest: dict[int, int],
    top: int,
) -> tuple[float, int]:
    """Return the highest sum that a candidate can follow, and whose it is (-1: nobody's)."""
    number = candidate.number
    total, source = -min(0.05 * max(number - 1, 0), 0.5), -1
    for step in range(1, FARTHEST + 1):
        other = latest.get(number - step)
        if other is not None and best[other] - JUMP * (step - 1) >= total:
            total, source = best[other] - JUMP * (step - 1), other
    if top >= 0 and candidate.may_begin and best[top] - ANEW > total:
        total, source = best[top] - ANEW, top
    if top >= 0 and found[top].number < number - FARTHEST and best[top] - FAR > total:
        total, source = best[top] - FAR, top
    return total, source


# Candidates and their weights.


def _candidates(
    lines: Sequence[Line], contents: set[int], pattern: re.Pattern[str] = NUMBERED
) -> list[Candidate]:
    """Return the lines that begin with a single number and might be paragraphs."""
    found: list[Candidate] = []
    anew, headings = False, set[str]()
    for index, line in enumerate(lines):
        if index in contents:
            continue
        anew = anew or _opens_chapter(lines, index)
        if line.level and len(line.text) < LONGEST_HEADING:
            # A heading that stands there again: reports of several groups in one file.
            anew = anew or letters(line.text) in headings
            headings.add(letters(line.text))
        number, mark, stop, suffix = _number_of(line, pattern)
        if not mark or _is_year(number, found):
            continue
        weight = _weight(lines, index, mark, stop)
        if weight <= 0:
            continue
        found.append(Candidate(index, number, mark, weight, "", anew and number == 1, suffix))
        anew = False
    return _without_lists(found, lines)


def _number_of(line: Line, pattern: re.Pattern[str]) -> tuple[int, int, str, str]:
    """Return the number that a line begins with, how long it is, its stop and its suffix.

    Where it has none, the length is 0.
    """
    if match := pattern.match(line.text):
        said = {"stop": ".", "suffix": "", **match.groupdict()}  # odd numbers have neither
        return int(said["number"]), match.end(), said["stop"] or "", said["suffix"] or ""
    if line.item.isdecimal():  # however its list writes it: "[5]", "5.-", "Para. 5"
        place = re.search(rf"(?<!\d){line.item}(?!\d)\S*\s*", line.text)
        return (int(line.item), place.end(), ".", "") if place else (0, 0, "", "")
    return 0, 0, "", ""


def _is_year(number: int, found: list[Candidate]) -> bool:
    """Return whether a number is a year's, and none that the paragraphs have come to."""
    follows = bool(found) and 0 < number - found[-1].number <= FARTHEST
    return 1800 <= number <= 2100 and not follows


def _weight(lines: Sequence[Line], index: int, mark: int, stop: str) -> float:
    """Return how much a numbered line looks like the beginning of a paragraph."""
    line, rest = lines[index], lines[index].text[mark:]
    before = lines[index - 1] if index else None
    after = lines[index + 1] if index + 1 < len(lines) else None
    if not rest:
        return _weight_alone(stop, after)
    if before and line.gap < 0.4 and REFERENCE_END.search(before.text):
        return 0.1  # "art.", and on the next line "5."
    weight = {".": 1.0, "．": 1.0, ")": 0.3}.get(stop, 0.35)
    if rest[0].islower():
        weight -= 0.6
    if before and _is_wrapped(before, line) and not before.level:
        weight -= 0.5
    if line.size > BIG or line.level or line.columns > 1:
        weight -= 0.5
    if line.size < SMALL:
        weight -= 0.4
    if line.cell:
        weight -= 0.5
    short = len(rest) < 100 and not CLOSED.search(rest)
    if short and line.bold:
        weight -= 0.3
    if short and (after is None or after.gap >= 0.4 or NUMBERED.match(after.text)):
        weight -= 0.5  # as a heading or the entry of a list has it
    return weight


def _weight_alone(stop: str, after: Line | None) -> float:
    """Return the weight of a number that stands alone on its line: words must follow."""
    words = after.text if after else ""
    if not (words[:1].isalpha() or words[:1] in '“‘"(*[') or not words:
        return 0.0
    if words[0].islower():
        return 0.2
    return 0.9 if stop == "." else 0.4


def _is_wrapped(before: Line, line: Line) -> bool:
    """Return whether a line only goes on with the sentence of the one before."""
    near = line.gap < 0.3 and line.page == before.page
    return near and len(before.text) > PRINTED_LINE and not CLOSED.search(before.text)


def _opens_chapter(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    if len(line.text) > 250 or re.search(r"[.;:,]$", line.text):
        return False
    if label_of(line.text) not in ("chapter", "roman") and named_part(line.text)[0] not in PARTS:
        return False
    return not index or line.size >= BIG or not _is_wrapped(lines[index - 1], line)


# Lists within paragraphs.


@dataclass
class _Run:
    """Numbers that follow each other from 1, or from where the text begins."""

    members: list[int]
    expected: int
    price: float


def _without_lists(found: list[Candidate], lines: Sequence[Line]) -> list[Candidate]:
    """Return the candidates, those of lists with less weight.

    A run that begins at 1 inside another, which then goes on, is a list: an agenda, a draft
    resolution. So is one, if less surely, that a colon or the title of an adopted text announces.
    """
    prices = [0.0] * len(found)
    runs: list[_Run] = []
    for position, candidate in enumerate(found):
        number = candidate.number
        if candidate.weight < DOUBTFUL:
            continue
        depth = _run_that_goes_on(runs, number)
        if depth is not None:
            for run in runs[depth + 1 :]:
                for member in run.members:
                    prices[member] = IN_LIST
            del runs[depth + 1 :]
            runs[depth].members.append(position)
            runs[depth].expected = number + 1
        elif number == 1 or not runs:
            runs.append(_Run([position], number + 1, _announced(candidate, lines)))
    _price_announced(runs, found, prices)
    return [
        replace(candidate, weight=candidate.weight * (1 - price))
        for candidate, price in zip(found, prices, strict=True)
    ]


def _run_that_goes_on(runs: list[_Run], number: int) -> int | None:
    """Return the innermost run that a number continues, or misses by a little."""
    if number == 1:
        return None
    for farthest in (0, 3):
        for depth in reversed(range(len(runs))):
            if 0 <= number - runs[depth].expected <= farthest:
                return depth
    return None


def _price_announced(runs: list[_Run], found: list[Candidate], prices: list[float]) -> None:
    """Raise the prices of announced runs, as far as the run before has the same numbers."""
    for below, run in itertools.pairwise(runs):
        for member in run.members:
            if found[member].number < below.expected:
                prices[member] = max(prices[member], run.price)
    for member in runs[0].members if runs and runs[0].price >= 0.5 else ():
        prices[member] = max(prices[member], 0.5)


def _announced(candidate: Candidate, lines: Sequence[Line]) -> float:
    """Return how surely the words above a number announce a list."""
    if candidate.may_begin:
        return 0.0
    for line in lines[max(0, candidate.index - 4) : candidate.index]:
        if ADOPTED_TEXT.fullmatch(line.text.strip(" .:")):
            return 0.6
    return 0.3 if candidate.index and lines[candidate.index - 1].text.endswith(":") else 0.0


# Columns, sections, annexes, misprints.


def _in_column(lines: Sequence[Line], found: list[Candidate]) -> list[Candidate]:
    """Return the candidates, those beside the column of the paragraphs' numbers with less weight.

    Margins may be mirrored, so odd and even pages have a column each.
    """
    row = rising_row(found)
    if len(row) < 5 or lines[0].place is None:
        return found
    columns: dict[int, Counter[int]] = {0: Counter(), 1: Counter()}
    for candidate in row:
        line = lines[candidate.index]
        columns[(line.page or 0) % 2][round(line.indent)] += 1
    weighed = []
    for candidate in found:
        line = lines[candidate.index]
        counts = columns[(line.page or 0) % 2]
        near = sum(count for at, count in counts.items() if abs(at - line.indent) <= COLUMN)
        outside = near < 0.15 * counts.total()
        weighed.append(replace(candidate, weight=candidate.weight - 0.6 * outside))
    return [candidate for candidate in weighed if candidate.weight > 0]


def _sectioned(lines: Sequence[Line], contents: set[int]) -> list[Candidate]:
    """Return the lines that begin with a number of two parts ("16.1") and words."""
    found = []
    for index, line in enumerate(lines):
        match = SECTIONED.match(line.text) if index not in contents else None
        if match:
            rest = line.text[match.end() :]
            alone = not rest and not line.cell  # in a table it is an amount
            opens = rest[:1].isupper() or rest[:1] in tuple('“‘"(')
            worded = any(map(str.isalpha, rest))
            if alone or (opens and worded):
                weight = SECTIONED_WEIGHT
            elif worded and not line.cell and line.gap and len(rest) > PRINTED_LINE:
                weight = DOUBTFUL  # "27.13 5 posts are proposed", if it follows from 27.12
            else:
                continue
            numbers = int(match["number"]), match.end(), weight, match["section"]
            found.append(Candidate(index, *numbers))
    return _of_one_depth(found)


def _section_row(found: Iterable[Candidate]) -> list[Candidate]:
    """Return the row of those that follow each other, section by section."""
    row: list[Candidate] = []
    for candidate in found:
        last = row[-1] if row else None
        later = last is not None and _place(candidate.section) > _place(last.section)
        sure = candidate.weight > DOUBTFUL
        begins = sure and (last is None or (candidate.number <= 3 and later))
        if begins or (last and _follows(last, candidate)):
            row.append(candidate)
    return row


def _place(section: str) -> tuple[int, ...]:
    return tuple(map(int, section.split(".")))


def _of_one_depth(found: list[Candidate]) -> list[Candidate]:
    """Return the candidates with as many parts as most have: "3.1" is a heading over "3.1.2"."""
    depths = Counter(candidate.section.count(".") for candidate in found)
    most = max(depths, key=lambda depth: depths[depth], default=0)
    return [candidate for candidate in found if candidate.section.count(".") == most]


def _follows(last: Candidate, candidate: Candidate) -> bool:
    farthest = FARTHEST if candidate.weight > DOUBTFUL else 1
    return candidate.section == last.section and 0 < candidate.number - last.number <= farthest


def _are_labels(lines: Sequence[Line], double: list[Candidate], row: list[Candidate]) -> bool:
    """Return whether numbers like "113.2" name recommendations of the paragraphs above them."""
    owners = [candidate for candidate in row if _is_sentence(lines, candidate)]
    places = [candidate.index for candidate in owners]
    own = 0
    for candidate in double:
        above = bisect_left(places, candidate.index) - 1
        own += above >= 0 and str(owners[above].number) == candidate.section
    return own > 0.5 * len(double)


def _is_sentence(lines: Sequence[Line], candidate: Candidate) -> bool:
    """Return whether words and no heading stand behind a number."""
    line = lines[candidate.index]
    words = line.text[candidate.mark :]
    if line.size >= BIG or line.level:
        return False
    return not words or len(words) > PRINTED_LINE or CLOSED.search(words) is not None


def _annexed(
    lines: Sequence[Line], contents: set[int], single: list[Candidate], double: list[Candidate]
) -> set[int]:
    """Return the lines of annexes, up to where the report's own numbers go on."""
    annexed: set[int] = set()
    places = [candidate.index for candidate in single]
    for start in range(len(lines)):
        if start in annexed or start in contents or not _is_annex(lines, start):
            continue
        inside = bisect_left(places, start)
        row = rising_row(single[:inside])
        sections = sum(candidate.index < start for candidate in double)
        if sum(candidate.weight for candidate in row) < 0.9 and sections < 2:
            continue  # nothing stands before it that it could be annexed to
        last = row[-1].number if row else 0
        annexed.update(range(start, _annex_end(lines, start, last, single[inside:])))
    return annexed


def _annex_end(lines: Sequence[Line], start: int, last: int, behind: list[Candidate]) -> int:
    """Return the line at which a number follows `last` that is not the annex's own."""
    expected = 0
    for candidate in behind:
        if candidate.number == 1 or candidate.number == expected:
            expected = candidate.number + 1
        elif candidate.number == last + 1 and candidate.weight > 0.5:
            if any(_opens_section(line) for line in lines[start + 1 : candidate.index]):
                return candidate.index
        else:
            expected = 0
    return len(lines)


def _opens_section(line: Line) -> bool:
    labelled = label_of(line.text) in ("chapter", "roman", "letter")
    return labelled and len(line.text) < 250 and not re.search(r"[.;:,]$", line.text)


def _is_annex(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    before = lines[index - 1] if index else None
    if not ANNEX.match(line.text) or len(line.text) > 200 or re.search(r"[.;,]$", line.text):
        return False
    if before and line.gap < 0.5 and line.page == before.page and not CLOSED.search(before.text):
        return False
    stands_out = line.size >= BIG or line.bold or line.level > 0
    return stands_out or ANNEX.fullmatch(line.text) is not None


def _with_misprints(row: list[Candidate], found: list[Candidate]) -> list[Candidate]:
    """Return the row with the paragraphs whose printed number is wrong or stands there twice."""
    places = [candidate.index for candidate in found]
    more = []
    for last, this in itertools.pairwise(row):
        expected = last.number + 1
        missing = this.number > expected
        between = slice(bisect_left(places, last.index + 1), bisect_left(places, this.index))
        for candidate in found[between]:
            doubled = candidate.number in (last.number, this.number)
            if candidate.weight < SURE or candidate.number == 1:
                continue
            if missing or doubled or candidate.number == expected:
                more.append(candidate)
                expected = candidate.number + 1
                if missing:
                    break
    return sorted([*row, *more], key=lambda candidate: candidate.index)
