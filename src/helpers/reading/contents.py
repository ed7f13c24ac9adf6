"""The table of contents: which lines it takes, and the headings that it lists."""

import re
from collections.abc import Sequence

from helpers.reading.lines import Line
from helpers.reading.marks import LEADERS, letters

TITLE = re.compile(r"(?:table of )?contents?", re.IGNORECASE)
COLUMNS = re.compile(
    r"(?:chapter|section|part)?s? ?(?:paragraphs?|page)s?(?: (?:paragraphs?|page)s?)?",
    re.IGNORECASE,
)
LEADING = " \t.…_"  # what leads the eye from an entry to its page
# "... 12", "27–72 6", "– 11": the paragraphs and the page of an entry.
PAGE = re.compile(rf"[{LEADING}](?:\d{{1,3}}|[ivxl]{{1,5}})$")
PARAGRAPHS = re.compile(rf"[{LEADING}](?:\d{{1,3}}(?: ?[–-] ?\d{{1,3}})?|–)$")
LED_BY = ("....", ". . .", "……", "____")
FEWEST_LEADING = 6  # of which an entry without its page ends
AGENDA_ITEM = re.compile(r" \((?:agenda|sub-)?[^()]*items?\b.*$", re.IGNORECASE)
LONGEST_NUMBERS = 20  # characters
LONGEST_ENTRY = 200  # characters
FARTHEST_ENTRY = 8  # lines without a page number that a table of contents may hold in a row


def find_contents(lines: Sequence[Line]) -> tuple[set[int], set[str]]:
    """Return the lines of the table of contents, and the letters of the headings it lists.

    Parameters
    ----------
    lines : sequence of Line
        The text's lines.

    Returns
    -------
    tuple of set
        Indexes of lines; headings as `marks.letters` gives them.
    """
    taken: set[int] = set()
    titles: set[str] = set()
    for index, line in enumerate(lines):
        if index in taken:
            continue
        if TITLE.fullmatch(line.text.strip(" .:*")):
            more, listed = _table(lines, index)
            taken |= more
            titles |= listed
        elif _is_led(line.text) and (title := _entry(line.text)) is not None:
            taken.add(index)
            titles.add(letters(title))
    return taken, titles - {""}


def _is_led(text: str) -> bool:
    """Tell whether leaders stand in a line; most lines have none of their signs."""
    return any(sign in text for sign in LED_BY) and LEADERS.search(text) is not None


def _entry(text: str) -> str | None:
    """Return the heading that an entry lists, without its paragraphs and page; None: it is none."""
    for pattern in (PAGE, PARAGRAPHS):
        found = pattern.search(text, max(0, len(text) - LONGEST_NUMBERS))
        if found:
            text = text[: found.start()].rstrip(LEADING)
        elif pattern is PAGE:
            title = text.rstrip(LEADING)
            return title if len(text) - len(title) >= FEWEST_LEADING else None
    return text


def _table(lines: Sequence[Line], title: int) -> tuple[set[int], set[str]]:
    """Return the lines of the table under a title, and the headings in it."""
    last = title
    entry: list[str] = []
    titles: list[str] = []
    for index in range(title + 1, len(lines)):
        text = lines[index].text
        if (len(text) > LONGEST_ENTRY and not _is_led(text)) or index - last > FARTHEST_ENTRY:
            break
        if len(letters(text)) > 3 and letters(text) in titles[:3]:
            break  # the first heading of the text itself
        if COLUMNS.fullmatch(text):
            last, entry = index, []
            continue
        entry.append(text)
        if _entry(text) is not None:
            titles.append(letters(AGENDA_ITEM.sub("", _entry(" ".join(entry)) or "")))
            last, entry = index, []
    return set(range(title, last + 1)), set(titles)
