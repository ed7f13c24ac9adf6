"""Resolutions and decisions cited by number, and the symbols they stand for.

The organ decides the symbol: "resolution 16/21" is one text of the Human Rights Council, and would
be another of the General Assembly. Where the organ is not named, the form of the number says
whose it can be, and what else the text cites says whether that is sure.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

NEAR, UNKNOWN = "~", "?"  # begin an id that is likely, and one that no organ vouches for
LETTER = r"(?: [A-F](?= [a-z]|[,.;:)]| \.|$))?"
NUMBER = (
    rf"(?:(?P<session>(?:E?S-)?\d{{1,2}}/\d{{1,3}}{LETTER})(?![\w/])"  # 70/1, 57/270 B, S-30/1
    rf"|(?P<year>(?:19|20)\d\d/\d{{1,3}}{LETTER})(?![\w/])"  # 2015/20
    r"|(?P<old>\d{1,4}(?: [A-Z])?(?: [IVXL]+)? \((?:[IVXL]+|E?S-[IVXL]+)\))"  # 217 A (III)
    r"|(?P<dated>\d{1,4} \((?:19|20)\d\d\))"  # 1373 (2001)
    r"|(?P<parties>\d{1,3}/(?:CP|CMP|CMA|COP)\.\d{1,2}|[IVXL]+/\d{1,3}|"
    r"(?:[A-Z]{2,3})?\d{1,2}\.\d{1,3})"
    r"(?![\w/])"
    r"|(?P<undated>\d{3,4})(?![\w/%]|[.,-]\d))"  # 1540, of an organ that counts on
)
NUMBERED = re.compile(NUMBER)
# Both begin with letters, not with a look behind: the search is several times faster so.
HEAD = re.compile(
    r"(?P<kind>resolutions?|Resolutions?|RESOLUTIONS?|res\.|Res\.|decisions?|Decisions?|DECISIONS?)"
    rf" (?:[Nn]os?\. ?)?(?={NUMBER})"
)
NO_HEAD = re.compile(r"(?:\w|[Cc]onflict |[Dd]ispute )$")  # "conflict resolution 2015/16"
SYMBOL = re.compile(
    r"(?:A|S|E|T|A/HRC|E/CN\.\d{1,2}|CCPCJ|CND)/(?:RES|DEC)/(?:OS/|E?S-)?\d+(?:/\d+)?"
    r"(?: [A-F](?= [a-z(]|[,.;:)]| \.|$))?(?: \((?:\d{4}|[IVXL]+|S-[IVXL]+)\))?(?![\w/])"
    r"|(?:S/PRST/\d{4}|A/HRC/PRST/(?:OS/)?\d+)/\d+(?![\w/])"
)
# A symbol in brackets only repeats what stands before; a document's own stands alone.
NO_SYMBOL = re.compile(r"(?:[\w(\[/]|\n|United Nations +)$")
# What may stand behind a number of a list: a date, an annex, a title.
ASIDE = (
    r"(?: \([^()]{1,60}\))?(?:,? (?:of|dated|adopted on) (?:\d{1,2} [A-Z][a-z]+(?: \d{4})?|\d{4}))?"
    r"(?:,? (?:in particular )?(?:sect(?:ion|\.)|annex)(?: [IVXL]+)?)?(?: \([^()]{1,60}\))?"
    r"(?:,? entitled [“\"][^”\"]{1,250},?[”\"])?"
)
SUBJECT = r"(?:,? on [^.;:\d()]{1,150}?)?"
AND = r"(?:and|AND|or|OR|to|through|as well as|and also)(?: in)?(?: its)?"
GAP = r"(?:(?: \d{1,3})?\n+(?:\d{1,3}\n\n)?| )?"  # a page may end within a list
BETWEEN = re.compile(
    rf"{ASIDE}{SUBJECT}(?:(?P<and>[,;]?{GAP} ?{AND} )|(?P<range> ?[-–—] ?)|[,;]{GAP}"
    rf"|(?<=\)) (?=\d+ \())(?={NUMBER})"
)
CAPITALIZED = r"[A-Z][\w'/.-]*"
WORDS_BEFORE = re.compile(rf"(?:(?:{CAPITALIZED}|of|on|for|to|and|the|in|an?) )*{CAPITALIZED} $")
WORDS_BEHIND = re.compile(
    rf",? (?:adopted )?(?:of|by) (?:the )?"
    rf"({CAPITALIZED}(?: (?:{CAPITALIZED}|of|the|on|and)){{0,9}})"
)
LAST_CAPITALIZED = re.compile(rf"(?P<start>^|[.;:\n“(] ?)?\b(?P<word>{CAPITALIZED}) $")
STARTERS = {
    "The", "In", "Under", "By", "See", "Per", "Since", "With", "This", "That", "Both", "Also", "As",
    "From", "Through", "Pursuant", "All", "Each", "Following", "Further", "When", "While", "If",
}  # fmt: skip
SMALL = {"of", "on", "for", "to", "and", "the", "in", "a", "an"}
ORGAN = re.compile(
    r"\b(?:Assembly|Council|Commission|Conference|Committee|Congress|Board|Forum|Parties|Meeting|"
    r"Organization|Organisation|Union|Summit|Authority|Parliament|Ministers|Institute|Secretariat|"
    r"[A-Z]{3,}[\w/-]*)\b"
)
# Their resolutions and decisions are a State's own.
NATIONAL = re.compile(
    r"\b(?:Court|Tribunal|Cabinet|Ministry|Ministers|Parliament|National Assembly|Senate|"
    r"Government|Municipal|Presidential|House|Congress of the)\b"
)
# "Committee established pursuant to resolution 1373 (2001)": the number is part of its name.
COMMITTEE = re.compile(
    r"\b(?:Committees?|Team|Group|Panel) (?:established )?(?:pursuant to|under|concerning) "
    r"(?:paragraph \d+ of )?"
    r"(?:the )?(?:Security Council )?$"
)
COURT = re.compile(r"\b[A-Z]\w+ Court\b[^.;:\n]{0,40}$")
OTHER_ASSEMBLY = r"(?! of (?:the )?(?!United Nations)[A-Z])"
ALSO = (" and ", ", and ", " and in ", " or ")
LISTED = re.compile(r"[,;.:)]|\Z| (?:and|or|of|were|was|to|on|in|remain|have|had|which|that|as)\b")
ITS = re.compile(r"\bits (?:own |[a-z]+ )?$")
LONGEST_ORGAN = 130  # characters of an organ's name
LONGEST_SENTENCE = 400  # characters back to where a sentence begins
SENTENCE_START = re.compile(r"[.;:]\s|\n")
MOST_SESSIONS = 99  # of an organ: a number by session has two digits before its slash
LAST_ROMAN = 30  # of the General Assembly whose resolutions bear a Roman number
LAST_YEAR = 2005  # of the Commission on Human Rights, whose resolutions bear years too
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


class Citation(NamedTuple):
    """A resolution or decision as it is cited; the organ is a row's id, a name, or ""."""

    start: int
    end: int
    head: int
    organ: str
    decision: bool
    shape: str
    number: str


class Organ(NamedTuple):
    """What a row of ``organs.csv`` says."""

    organ_id: str
    short: str
    numbers: tuple[str, ...]
    sessions: range
    resolutions: str
    decisions: str


class SymbolFinder:
    """Find resolutions and decisions that are named by their number.

    Parameters
    ----------
    organs : iterable of mapping
        Rows of ``organs.csv``, as `helpers.names.gazetteers.read_organs` reads them.

    Examples
    --------
    >>> from helpers.names.gazetteers import read_organs
    >>> find = SymbolFinder(read_organs())
    >>> list(find("resolutions 5/1 and 16/21 of the Human Rights Council"))
    [(0, 15, 'A/HRC/RES/5/1'), (20, 25, 'A/HRC/RES/16/21')]
    """

    def __init__(self, organs: Iterable[Mapping[str, str]]) -> None:
        self.organs: dict[str, Organ] = {}
        self._names: dict[str, str] = {}
        abbreviated: dict[str, str] = {}
        for row in organs:
            numbers = tuple(row["numbers"].split("|"))
            sessions = range(
                int(row["first_session"] or 1), int(row["last_session"] or MOST_SESSIONS) + 1
            )
            organ = Organ(
                row["id"], row["short"], numbers, sessions, row["resolutions"], row["decisions"]
            )
            self.organs[organ.organ_id] = organ
            for name in row["patterns"].split("|"):
                self._names |= dict.fromkeys(_as_written(name), organ.organ_id)
            abbreviated |= dict.fromkeys(filter(None, row["abbreviated"].split("|")), row["id"])
        self._abbreviated = abbreviated
        self.shorts = {organ.short for organ in self.organs.values()} - {""}
        names = _alternatives([*self._names, *self.shorts])
        self._before = re.compile(rf"\b({names})(?P<own>'s)? $")
        self._behind = re.compile(
            rf"{ASIDE},? (?:adopted )?(?:of|by) (?:the )?({names})\b{OTHER_ASSEMBLY}"
        )
        capitals = _alternatives(name for name in self._names if name[0].isupper())
        shorts = "|".join(rf"{re.escape(name)}(?! (?:on|of|for|to)\b)" for name in self.shorts)
        self._named = re.compile(
            rf"({capitals}|{shorts or '(?!)'})\b{OTHER_ASSEMBLY}(?!(?:'s)? \w+ \d)"
        )
        self._author = re.compile(rf"(?m)^The ({_alternatives(self._names)}),")
        self._abbreviation = re.compile(rf"({_alternatives(abbreviated)}) (?={NUMBER})")

    def __call__(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and symbol of every resolution and decision named by its number.

        Parameters
        ----------
        text : str
            A text in its normal form.

        Yields
        ------
        tuple
            Start, end, and the symbol; behind "~" a likely one, behind "?" an id without symbol.
        """
        cited = list(self._citations(text))
        if cited:
            reading = _Reading(self, text, cited)
            for citation in filter(reading.is_text, cited):
                yield citation.start, citation.end, reading.symbol(citation)
        for found in SYMBOL.finditer(text):
            if not NO_SYMBOL.search(text, max(0, found.start() - 20), found.start()):
                yield found.start(), found.end(), found[0]

    def named(self, text: str) -> list[tuple[int, str]]:
        """Return where a text names an organ, outside of citations, and which, in its order."""
        found = self._named.finditer(text)
        return [
            (organ.start(), self._names.get(organ[1], organ[1]))
            for organ in found
            if not text[organ.start() - 1 : organ.start()].isalpha()
        ]

    def author(self, text: str) -> str:
        """Return the organ whose text this is: "The General Assembly," begins a paragraph."""
        found = self._author.search(text)
        return self._names[found[1]] if found else ""

    def takes(self, organ: str, shape: str) -> bool:
        """Tell whether an organ has numbers of a form."""
        return organ in self.organs and shape in self.organs[organ].numbers

    def _citations(self, text: str) -> Iterator[Citation]:
        for found in self._abbreviation.finditer(text) if self._abbreviated else ():
            organ, plural = self._abbreviated[found[1]], found[1].endswith("s")
            yield from self._list(text, found.span(), organ, False, plural)
        last: Citation | None = None
        for head in HEAD.finditer(text):
            if NO_HEAD.search(text, max(0, head.start() - 10), head.start()):
                continue
            organ, start = self._organ_before(text, head.start())
            decision, plural = head["kind"][0] in "dD", head["kind"][-1] in "sS"
            if not organ and last and last.decision != decision and text[last.end : start] in ALSO:
                organ = last.organ  # "Human Rights Council resolution 5/1 and decision 17/119"
            for last in self._list(text, (start, head.end()), organ, decision, plural):
                yield last

    def _list(
        self, text: str, places: tuple[int, int], organ: str, decision: bool, plural: bool
    ) -> Iterator[Citation]:
        """Yield the citations of a list that begins at a number; an organ may stand behind it."""
        start, at = places
        numbers: list[tuple[int, int, str, str]] = []
        while found := NUMBERED.match(text, at):
            shape = str(found.lastgroup)
            if numbers and shape == "undated" and not (plural and LISTED.match(text, found.end())):
                break  # "resolutions 1373 (2001) and 1540 (2004), 120 States"
            numbers.append((start, found.end(), shape, found[0]))
            go_on = BETWEEN.match(text, found.end())
            if not go_on or not (plural or go_on["and"] or go_on["range"]):
                break
            start = at = go_on.end()
        if numbers and not organ:
            organ = self._organ_behind(text, numbers[-1][1])
        for start, end, shape, number in numbers:
            yield Citation(start, end, places[0], organ, decision, shape, number)

    def _organ_before(self, text: str, at: int) -> tuple[str, int]:
        """Return the organ that is named before a place, and where its name begins."""
        before = self._before.search(text, max(0, at - LONGEST_ORGAN), at)
        words = WORDS_BEFORE.search(text, max(0, at - LONGEST_ORGAN), at)
        name = _without_first_words(words[0]) if words else ""
        if not before:
            known = ORGAN.search(name) or NATIONAL.search(name)
            return (name.strip(), at - len(name)) if known else ("", at)
        longer = LAST_CAPITALIZED.search(text, max(0, before.start() - 40), before.start())
        if longer and self._is_name(longer, before[1]):  # "World Health", "National", "INTERPOL"
            return f"{longer['word']} {before[1]}", longer.start("word")
        return self._names.get(before[1], before[1]), at if before["own"] else before.start()

    def _is_name(self, longer: re.Match[str], organ: str) -> bool:
        """Tell whether the word before an organ's name makes it the name of another organ."""
        word = longer["word"]
        if word.lower() in SMALL or word.endswith("ing") or word in STARTERS:
            return False
        return not longer["start"] or organ in self.shorts or (word.isupper() and len(word) > 1)

    def _organ_behind(self, text: str, at: int) -> str:
        behind = self._behind.match(text, at)
        if behind:
            return self._names.get(behind[1], behind[1])
        other = WORDS_BEHIND.match(text, at)
        return other[1] if other and ORGAN.search(other[1]) else ""


class _Reading:
    """What one text says of its citations: whose it is, and whose texts it cites."""

    def __init__(self, finder: SymbolFinder, text: str, cited: list[Citation]) -> None:
        self.finder, self.text, self.organs = finder, text, finder.organs
        self._named = finder.named(text)
        self._named_at = [start for start, _ in self._named]
        self.author = finder.author(text)
        self.dated = any(citation.shape == "dated" for citation in cited)
        self.introduced: dict[tuple[bool, str], set[str]] = {}
        for citation in cited:
            if self._fits(citation.organ, citation):
                key = (citation.decision, citation.number)
                self.introduced.setdefault(key, set()).add(citation.organ)
        self.others = {
            organ for organs in self.introduced.values() for organ in organs if organ != "ga"
        }

    def is_text(self, citation: Citation) -> bool:
        """Tell whether it is an international text that is cited, and not within a body's name."""
        start = citation.head
        if NATIONAL.search(citation.organ) or COURT.search(self.text, max(0, start - 70), start):
            return False
        if COMMITTEE.search(self.text, max(0, citation.head - 90), citation.head):
            return False
        if citation.shape != "undated":
            return True
        return self._takes_undated(citation)

    def _takes_undated(self, citation: Citation) -> bool:
        """Tell whether a bare number is a resolution's: "Security Council resolution 1540"."""
        if citation.organ:
            named = citation.organ in self.finder.shorts and self.dated
            return named or self.finder.takes(citation.organ, "undated")
        return self.finder.takes(self.author, "undated") or self.dated

    def symbol(self, citation: Citation) -> str:
        """Return a citation's symbol; with a sign before it where it is not sure."""
        organ, sure = self._organ(citation)
        if organ not in self.organs:
            return UNKNOWN + _words(organ, citation)
        row = self.organs[organ]
        prefix = row.decisions if citation.decision else row.resolutions
        if not prefix or not self._fits(organ, citation):
            return UNKNOWN + _words(organ, citation)
        return ("" if sure else NEAR) + prefix + citation.number

    def _fits(self, organ: str, citation: Citation) -> bool:
        """Tell whether an organ numbers its texts like that."""
        if not self.finder.takes(organ, citation.shape):
            return False
        session = re.match(r"(\d+)/", citation.number)
        if citation.shape == "session" and session:
            return int(session[1]) in self.organs[organ].sessions
        if organ == "chr" and citation.shape == "year":
            return int(citation.number[:4]) <= LAST_YEAR
        roman = re.search(r"\(([IVXL]+)\)", citation.number)
        return organ != "ga" or not roman or _roman(roman[1]) <= LAST_ROMAN

    def _organ(self, citation: Citation) -> tuple[str, bool]:
        """Return whose text is cited, and whether that is sure."""
        if citation.organ in self.finder.shorts:
            return self._short(citation.organ, citation)
        if citation.organ:
            return citation.organ, True
        introduced = self.introduced.get((citation.decision, citation.number), set())
        if len(introduced) == 1:
            return next(iter(introduced)), True
        named = self._named_in_its_sentence(citation)
        if named:
            return named
        if self.author and self._fits(self.author, citation):
            return self.author, True
        return self._by_its_number(citation)

    def _by_its_number(self, citation: Citation) -> tuple[str, bool]:
        """Return whose text it is by the form of its number."""
        if citation.shape in ("dated", "undated"):
            return "security-council", citation.shape == "dated"
        if citation.shape == "year":
            return "ecosoc", int(citation.number[:4]) > LAST_YEAR or "chr" not in self.others
        if self._fits("ga", citation):
            return "ga", not any(self._fits(organ, citation) for organ in self.others)
        return "", False

    def _named_in_its_sentence(self, citation: Citation) -> tuple[str, bool] | None:
        """Return the organ of "the Council, in its resolution 5/1"; None where none is named."""
        start = max(0, citation.head - LONGEST_SENTENCE)
        before = self.text[start : citation.head]
        start += max((found.end() for found in SENTENCE_START.finditer(before)), default=0)
        named = []
        for organ in self._named_between(start, citation.head):
            if organ in self.finder.shorts:
                named.append(self._short(organ, citation))
            elif self._fits(organ, citation) or (
                organ in self.organs and not self.organs[organ].resolutions
            ):
                named.append((organ, True))
        if not named:
            return None
        organs = {organ for organ, _ in named}
        if ITS.search(before):
            # In a resolution of the Assembly "its resolution" may be its own again.
            own = self.author and self.author != named[-1][0] and self._fits(self.author, citation)
            return (named[-1][0], False) if own else named[-1]
        if len(organs) == 1:
            return named[-1]
        return ("ga", False) if "ga" in organs else (named[-1][0], False)

    def _named_between(self, start: int, end: int) -> list[str]:
        """Return the organs that are named between two places."""
        first, last = (bisect_left(self._named_at, place) for place in (start, end))
        return [organ for _, organ in self._named[first:last]]

    def _short(self, short: str, citation: Citation) -> tuple[str, bool]:
        """Return which organ a short name stands for: of those it can, the one that is named."""
        candidates = [
            organ.organ_id
            for organ in self.organs.values()
            if organ.short == short and self._fits(organ.organ_id, citation)
        ]
        named = [organ for organ in self._named_between(0, citation.head) if organ in candidates]
        if named:
            return named[-1], len(set(named)) == 1
        if len(candidates) == 1:
            return candidates[0], citation.shape != "session" or candidates[0] == "ga"
        return "", False


def _words(organ: str, citation: Citation) -> str:
    """Return an id for what has no symbol: the organ, the kind and the number."""
    kind = "decision" if citation.decision else "resolution"
    return f"{organ} {kind} {citation.number}".strip()


def _without_first_words(words: str) -> str:
    """Return the words before a number without what only begins a sentence."""
    kept = words.split()
    while kept and (kept[0].lower() in SMALL or kept[0].endswith("ing")):
        kept.pop(0)
    return "".join(f"{word} " for word in kept)


def _as_written(name: str) -> list[str]:
    """Return a name as it stands in a text, in a heading in capitals, and in small letters."""
    return [name, name.upper(), name.lower()] if " " in name else [name]


def _alternatives(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True)) or r"(?!)"


def _roman(number: str) -> int:
    values = [ROMAN[letter] for letter in number]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)
