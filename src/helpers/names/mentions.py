"""Later mentions of a text by a shorter name: only where its full title stands before.

"The Global Plan of Action" is the one of the title that the text has introduced; without such a
title it may be anybody's. So is an acronym that stands in brackets behind the title.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

KIND = (
    r"(?:Plan of Action|Programme of Action|Platform for Action|Action Plan|Declaration|Protocol|"
    r"Convention|Strategy|Agenda|Framework|Compact|Rules|Guidelines|Principles|Standards|Consensus|"
    r"Covenant|Pact|Model Strategies|Code of Conduct|Statement|Memorandum)"
)
# Looked for at every word, for a short name may begin within a longer one.
SHORT = re.compile(rf"[A-Z](?<![\w-].)(?=([\w'-]+ (?:[A-Z][\w'-]+ ){{0,2}}{KIND}\b))")
NO_SHORT = re.compile(r"(?:Optional|Additional|The|This|Draft|National|Second|First|Revised) ")
ACRONYM = re.compile(r" \((?:the )?[“\"]?([A-Z]{3,8})[”\"]?\)")
CAPITALS = re.compile(r"[A-Z]{3,8}(?![\w-])")
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
    ['GPAC', 'GPAC', 'Global Plan of Action']
    """
    meant = _introduced(text, titles)
    if not meant:
        return
    occupied = set(taken)
    places = [(found.start(), found[0]) for found in CAPITALS.finditer(text)]
    places += [(found.start(), found[0] + found[1]) for found in SHORT.finditer(text)]
    for start, name in sorted(places, key=lambda place: (place[0], -len(place[1]))):
        standing = {entity_id for entity_id, end in meant.get(name, {}).items() if end <= start}
        if len(standing) == 1 and start not in occupied:
            occupied.update(range(start, start + len(name)))
            yield start, start + len(name), standing.pop()


def _introduced(text: str, titles: Sequence[Mention]) -> dict[str, dict[str, int]]:
    """Return the short names that titles give, each with the ids and where they are introduced."""
    meant: dict[str, dict[str, int]] = {}
    for start, end, entity_id in titles:
        shorts = (found[0] + found[1] for found in SHORT.finditer(text, start, end))
        names = [name for name in shorts if name in text[start:end]]
        acronym = ACRONYM.match(text, end)
        if acronym and _abbreviates(acronym[1], text[start:end]):
            names.append(acronym[1])
        for name in names:
            if name != text[start:end] and not NO_SHORT.match(name):
                meant.setdefault(name, {}).setdefault(entity_id, end)
    return meant


def _abbreviates(acronym: str, title: str) -> bool:
    """Tell whether an acronym is made of the first letters of a title's words."""
    initials = iter(word[0].upper() for word in re.findall(r"\w+", title))
    return all(letter in initials for letter in acronym)
