"""Titles of treaties, declarations and plans that no table lists, known by their form.

What kinds of text there are, who makes them and what begins no title stands in
``data/gazetteers/title_words.csv``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from helpers.names.symbols import UNKNOWN

Found = tuple[int, int, str]  # start, end, and a symbol or ""

CAPITALIZED = r"[A-Z][\w'/-]*"
JOINED_BY = r"(?:on|against|for|relating to|concerning|to|of|between)"
SMALL = (
    r"(?:of|the|and|in|to|for|against|on|from|or|by|with|at|a|an|all|any|their|its|other|as|under|"
    r"relating|concerning|between|through|de|da|do|la|into|such|both|especially|including)"
)
MOST_WORDS = 45  # of a title: without a bound the time grows with the square of a text's length
JOINED = re.compile(rf"(?P<word>[A-Z][a-zé]+)(?= {JOINED_BY} (?:the |all |a |an )*[A-Z])")
NATIONAL = re.compile(r"(?:[Nn]ational|Country|Federal|Government's|State) $")  # a State's own plan
PLAN = re.compile(r"Plan|Programme|Strategy")  # States have their own, with shorter titles
LONGEST_KIND = 30  # characters of the words for a kind of text
LONGEST_PLACE = 60  # characters of a place's name
LONGEST_LEAD = 120  # characters before the kind of text
NUMBER = r"\d{1,3}(?: \((?:19|20)\d\d\))?(?![\d/])"
NUMBERED = re.compile(
    r"(?P<kind>Conventions?|Recommendations?|"
    r"(?:General|general) (?:[Rr]ecommendations?|[Cc]omments?))"
    rf" [Nn]os?\. ?(?={NUMBER})"
)
LABOUR = re.compile(
    r"(?:(?:\bInternational Labour Organi[sz]ation(?: \(ILO\))?|\bILO)(?:'s)? )?"
    r"(?:[Cc]ore |[Ff]undamental )?$"
)
ITEM = re.compile(NUMBER)
NEXT_ITEM = re.compile(rf"(?:, and |, | and | or )(?:[Nn]os?\. ?)?(?={NUMBER})")
YEAR_AND_NUMBER = re.compile(r", (?:19|20)\d\d \(No\. ?\d{1,3}\)")
OF_YEAR = re.compile(r" of (?:19|20)\d\d\b")  # "Paris Declaration of 2013"
OF_LABOUR = re.compile(
    r"(?P<kind>Convention|Recommendation)(?: \(Revised\))?(?:, (?:19|20)\d\d)? "
    r"\(No\. ?(?P<number>\d{1,3})\)"
)
CONCERNING = re.compile(r" concerning [a-z][a-z ,]{3,80}[a-z](?= \(|[.;])")
PROTOCOL_TO = re.compile(r"\bProtocol (?:of (?:19|20)\d\d )?to the (?:[A-Z]\w+ )*$")
ILO = {
    "convention": "ilo-",
    "recommendation": "ilo-r-",
    "protocol": "ilo-p",
}  # what the ids of its texts begin with
LABOUR_LEAD = re.compile(rf"(?:(?:\(?{CAPITALIZED}\)?|of|and|the|in|to|at|for|on) )+$")


class TitleFinder:
    """Find titles by their form.

    Parameters
    ----------
    rows : iterable of mapping
        Rows of ``title_words.csv``, as `helpers.names.gazetteers.read_title_words` reads them.

    Examples
    --------
    >>> from helpers.names.gazetteers import read_title_words
    >>> find = TitleFinder(read_title_words())
    >>> text = "the Malabo Convention and the Treaty on Open Skies"
    >>> [text[start:end] for start, end, _ in find(text)]
    ['Malabo Convention', 'Treaty on Open Skies']
    """

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self.rows = [dict(row) for row in rows]
        treaty, plan, placed, owned, owner = (
            self._words(role) for role in ("treaty", "plan", "placed", "owned", "owner")
        )
        self._no_start = re.compile(self._words("no start"))
        self._no_place = re.compile(
            rf"\b(?:{self._words('no start')}|{self._words('no place')})\b|\bM[rs]\b"
        )
        self._kind = re.compile(rf"\b(?:(?P<treaty>{treaty})|{plan})$")
        self._lead = re.compile(rf"(?:(?:{CAPITALIZED}|of|(?:19|20)\d\d) )+$")
        self._after = re.compile(
            rf" {JOINED_BY} (?:the |all |a |an )*{CAPITALIZED}"
            rf"(?:(?!,? (?:and|or) (?:of )?(?:{self._words('next title')})\b)"
            rf"(?!,? (?:and|or) (?:the|its|their) )(?!,? (?:and|or) (?:to|on) (?:the )?[a-z])"
            rf"(?!, (?:the|its)\b)"
            rf"(?!, [A-Z][a-z]+ing (?:the|that|its|with|also|in|note|all|further|into|of)\b)"
            rf"(?! of the (?:{CAPITALIZED} ){{1,4}}(?:{self._words('body')})\b),?"
            rf"(?: {SMALL}){{0,3}} {CAPITALIZED}){{0,{MOST_WORDS}}}"
        )
        self._placed = re.compile(
            rf"(?:{treaty}|{placed})\b(?! on| against| relating| concerning| No\.| of Human)"
        )
        self._place = re.compile(
            rf"\b(?!The )((?:{CAPITALIZED} (?:(?:de|del|la) )?){{0,2}}(?:el-)?{CAPITALIZED}) $"
        )
        self._owned = re.compile(
            rf"(?:{owner})(?: {CAPITALIZED}| of| on| for| the| to| in){{1,10}} (?:{owned})\b"
            rf"|United Nations (?:[a-z-]+ ){{0,2}}(?:strategy|action plan|plan of action)"
            rf"(?= (?:for|on) (?:the )?[A-Z])"
        )

    def _words(self, role: str) -> str:
        return "|".join(row["words"] for row in self.rows if row["role"] == role) or "(?!)"

    def __call__(self, text: str) -> Iterator[Found]:
        """Yield start, end and symbol ("" for none) of every title.

        Parameters
        ----------
        text : str
            A text in its normal form.
        """
        yield from self._numbered(text)
        yield from self._dated(text)
        for placed in self._placed.finditer(text):
            place = self._place.search(text, max(0, placed.start() - LONGEST_PLACE), placed.start())
            if place and not self._no_place.search(place[1]):
                yield place.start(), self._year_behind(text, self._end(text, placed.end())), ""
        for owned in self._owned.finditer(text):
            yield owned.start(), self._end(text, owned.end()), ""
        for joined in JOINED.finditer(text):
            at = joined.end("word")
            kind = self._kind.search(text, max(0, at - LONGEST_KIND), at)
            if kind:
                yield from self._of_kind(text, kind)

    def _of_kind(self, text: str, kind: re.Match[str]) -> Iterator[Found]:
        """Yield the title that holds a kind of text: "Treaty on ..."."""
        after = self._after.match(text, kind.end())
        if not after:
            return
        start = kind.start() - len(self._lead_of(text, kind.start()))
        if not kind["treaty"] and NATIONAL.search(text, max(0, start - 20), start):
            return
        capitals = len(re.findall(r" [A-Z]", after[0]))
        led = start < kind.start()
        enough = 3 if not led and PLAN.search(kind[0]) else 1 if led else 2
        if kind["treaty"] or capitals > enough:
            yield start, self._number_behind(text, after.end()), ""

    def _lead_of(self, text: str, at: int) -> str:
        """Return the capitalized words before a kind of text that belong to its title."""
        before = self._lead.search(text, max(0, at - LONGEST_LEAD), at)
        words = before[0].split() if before else []
        while words and self._no_start.fullmatch(words[0]):
            words.pop(0)
        return "".join(f"{word} " for word in words)

    def _end(self, text: str, end: int) -> int:
        after = self._after.match(text, end)
        return after.end() if after else end

    def _subject(self, text: str, end: int) -> re.Match[str] | None:
        """Return what a numbered convention is on: "on the Elimination of ..."."""
        if text.startswith(" of ", end):
            return None
        return self._after.match(text, end) or CONCERNING.match(text, end)

    def _year_behind(self, text: str, end: int) -> int:
        behind = OF_YEAR.match(text, end)
        return behind.end() if behind else end

    def _number_behind(self, text: str, end: int) -> int:
        behind = YEAR_AND_NUMBER.match(text, end)
        return behind.end() if behind else end

    def _dated(self, text: str) -> Iterator[Found]:
        """Yield "Worst Forms of Child Labour Convention, 1999 (No. 182)"."""
        for found in OF_LABOUR.finditer(text):
            lead = LABOUR_LEAD.search(text, max(0, found.start() - LONGEST_LEAD), found.start())
            words = lead[0].split() if lead else []
            while words and (self._no_start.fullmatch(words[0]) or not words[0][0].isupper()):
                words.pop(0)
            if words:
                start = found.start() - len(" ".join(words)) - 1
                of_protocol = PROTOCOL_TO.search(text, max(0, start - 40), found.start())
                start = min(start, of_protocol.start()) if of_protocol else start
                kind = "protocol" if of_protocol else found["kind"].lower()
                yield start, found.end(), ILO[kind] + found["number"]

    def _numbered(self, text: str) -> Iterator[Found]:
        """Yield "ILO Convention No. 169", "general comments Nos. 13" and "21"."""
        labour = "International Labour Organi" in text or "ILO" in text
        for head in NUMBERED.finditer(text):
            kind, at = head["kind"].lower().removesuffix("s"), head.end()
            lead = LABOUR.search(text, max(0, head.start() - LONGEST_LEAD), head.start())
            start = lead.start() if lead else head.start()
            if kind == "recommendation" and not labour:
                continue
            while item := ITEM.match(text, at):
                number = item[0].split()[0]
                known = ILO.get(kind) if labour else None
                end = item.end()
                if "convention" in kind and (subject := self._subject(text, end)):
                    end = subject.end()  # "Convention No. 182 on the Elimination of ..."
                yield start, end, (known or f"{UNKNOWN}{kind}-") + number
                go_on = NEXT_ITEM.match(text, item.end())
                if not go_on:
                    break
                start = at = go_on.end()
