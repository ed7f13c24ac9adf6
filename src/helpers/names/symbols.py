"""Resolutions and decisions cited by number, and the symbols they stand for."""

import re
from collections.abc import Iterable, Iterator, Mapping

# 70/1, 57/270 B, S-30/1, 2015/20; 155 C (VII), 217 A (III); 1373 (2001)
LETTER = r"(?: [A-Z](?= (?:of|and|to|on)\b|[,.;:)]|$))?"
NUMBER = (
    rf"(?:(?:E?S-)?\d{{1,2}}/\d{{1,4}}|(?:19|20)\d\d/\d{{1,3}}){LETTER}(?![\w/])"
    r"|\d{1,4}(?: [A-Z])? \((?:[IVXL]+|S-[IVXL]+)\)"
    r"|\d{3,4} \((?:19|20)\d\d\)"
)
SYMBOL = re.compile(
    r"\b(?:[ASE]|A/HRC|E/CN\.\d{1,2})/(?:RES|DEC)/\d+(?:/\d+)?(?: \(\d{4}\))?(?![\w/])"
)
# What may stand between two numbers of one list: a date, an annex, a title, a comma, "and".
BETWEEN = re.compile(
    r"(?:,? of (?:\d{1,2} [A-Z][a-z]+(?: \d{4})?|\d{4}))?"
    r"(?:,? (?:sect(?:ion|\.)|annex)(?: [IVXL]+)?)?(?:,? entitled [“\"][^”\"]{1,250},?[”\"])?"
    rf"(?:, and|,| and| or) (?={NUMBER})"
)
NUMBERED = re.compile(NUMBER)
HEAD = re.compile(rf"\b([Rr]esolutions?|RESOLUTIONS?|[Dd]ecisions?) ({NUMBER})")
LONGEST_ORGAN = 60  # characters of an organ's name


class SymbolFinder:
    """Find resolutions and decisions that are named by their number.

    Parameters
    ----------
    organs : iterable of mapping
        Rows of ``organs.csv``, as `helpers.names.gazetteers.read_organs` reads them.
    """

    def __init__(self, organs: Iterable[Mapping[str, str]]) -> None:
        self._prefixes = {
            name: (row["resolutions"], row["decisions"])
            for row in organs
            for name in row["patterns"].split("|")
        }
        names = "|".join(sorted(map(re.escape, self._prefixes), key=len, reverse=True))
        self._organ = re.compile(rf"\b({names}) $")

    def __call__(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and symbol of every resolution and decision named by its number."""
        for head in HEAD.finditer(text):
            before = self._organ.search(text, max(0, head.start() - LONGEST_ORGAN), head.start())
            organ, decision = (before[1] if before else ""), head[1][0] in "dD"
            start, number = (before or head).start(), head.start(2)
            while found := NUMBERED.match(text, number):
                yield start, found.end(), self._symbol(organ, decision, found[0])
                go_on = BETWEEN.match(text, found.end())
                if not go_on:
                    break
                start = number = go_on.end()
        for found in SYMBOL.finditer(text):
            yield found.start(), found.end(), found[0]

    def _symbol(self, organ: str, decision: bool, number: str) -> str:
        prefix = self._prefixes.get(organ, ("", ""))[decision]
        if not prefix:
            body = "S" if re.search(r"\((?:19|20)", number) else "A"
            body = "E" if re.match(r"(?:19|20)\d\d/", number) else body
            prefix = f"{body}/{'DEC' if decision else 'RES'}/"
        return prefix + number
