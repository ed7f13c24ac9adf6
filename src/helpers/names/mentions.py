"""Later mentions of a text by a shorter name: only where its full title stands before.

"The Global Plan of Action" is the one of the title that the text has introduced; without such a
title it may be anybody's. So is an acronym that stands in brackets behind the title.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

KIND = (
    r"(?:Plan of Action|Programme of Action|Platform for Action|Action Plan|Declaration|Protocol|"
    r"Convention|Strategy|Agenda|Framework|Compact|Rules|Guidelines|Principles|Standards|Consensus|"
    r"Covenant|Agreement|Pact|Model Strategies|Code of Conduct|Statement|Memorandum)"
)
SHORT = re.compile(rf"(?:[A-Z][\w'-]+ ){{1,3}}{KIND}\b")
NO_SHORT = re.compile(r"(?:Optional|Additional|The|This|Draft|National|Second|First|Revised) ")
ACRONYM = re.compile(r" \((?:the )?[“\"]?([A-Z]{3,8})[”\"]?\)")
Mention = tuple[int, int, str]  # start, end and the id of what is mentioned


def later_mentions(text: str, titles: Sequence[Mention], taken: Iterable[int]) -> Iterator[Mention]:
    """Yield the later mentions of texts whose full titles were found.

    Parameters
    ----------
    text : str
        The text in its normal form.
    titles : sequence of tuple
        Start, end and id of the titles, in the order of the text.
    taken : iterable of int
        The characters that belong to names already.

    Examples
    --------
    >>> text = "the Global Plan of Action on Cats (GPAC). The GPAC and the Global Plan of Action"
    >>> [text[start:end] for start, end, _ in later_mentions(text, [(4, 33, "cats")], range(4, 33))]
    ['Global Plan of Action', 'GPAC', 'GPAC']
    """
    occupied = set(taken)
    for found in SHORT.finditer(text):
        start = found.start()
        while NO_SHORT.match(text, start):
            start = text.index(" ", start) + 1
        if start in occupied or not re.match(rf"[A-Z][\w'-]+ (?:\w+ )*?{KIND}", text[start:]):
            continue
        meant = {
            name
            for first, last, name in titles
            if last <= start
            and re.search(rf"\b{re.escape(text[start : found.end()])}\b", text[first:last])
        }
        if len(meant) == 1:
            yield start, found.end(), meant.pop()
    yield from _acronyms(text, titles, occupied)


def _acronyms(text: str, titles: Sequence[Mention], occupied: set[int]) -> Iterator[Mention]:
    for start, end, name in titles:
        found = ACRONYM.match(text, end)
        if found and _abbreviates(found[1], text[start:end]):
            for again in re.finditer(rf"\b{found[1]}\b", text[found.start() :]):
                at = found.start() + again.start()
                if at not in occupied:
                    occupied.update(range(at, at + len(found[1])))
                    yield at, at + len(found[1]), name


def _abbreviates(acronym: str, title: str) -> bool:
    """Tell whether an acronym is made of the first letters of a title's words."""
    initials = iter(word[0].upper() for word in re.findall(r"\w+", title))
    return all(letter in initials for letter in acronym)
