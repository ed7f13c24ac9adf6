"""Kinds of crime that no table can list, known by their form: "smuggling of ...", "... violence".

The forms and the words they are made of stand in ``data/gazetteers/crime_forms.csv``. A form is a
regular expression over words in small letters; ``{ACT}`` in it stands for the words of that row.
A form is tried only where one of its first words stands.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

CLASS_MARK = "*"  # ends the id of what a form finds: its class, then this sign
NAMED = re.compile(r"\{([A-Z_]+)\}")
WORD = re.compile(r"[a-z][a-z'-]*")
LONGEST_FORM = 400  # characters


class Form(NamedTuple):
    """One form: the id of what it finds, and its expression."""

    entity_id: str
    expression: re.Pattern[str]


class CrimeFinder:
    """Find kinds of crime by their form.

    Parameters
    ----------
    rows : iterable of mapping
        Rows of ``crime_forms.csv``, as `helpers.names.gazetteers.read_crime_forms` reads them.

    Examples
    --------
    >>> from helpers.names.gazetteers import read_crime_forms
    >>> text = "the smuggling of subsidized fuel and violence against older persons"
    >>> [text[start:end] for start, end, _ in CrimeFinder(read_crime_forms())(text)]
    ['smuggling of subsidized fuel', 'violence against older persons']
    """

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self.rows = [dict(row) for row in rows]
        self._words = {row["id"]: row["pattern"] for row in self.rows if row["kind"] == "words"}
        self._by_word: dict[str, list[Form]] = {}
        self._by_compound: list[Form] = []
        for row in self.rows:
            if row["kind"] == "form":
                self._add(row)

    def _add(self, row: Mapping[str, str]) -> None:
        form = Form(
            row["class"] + CLASS_MARK, re.compile(rf"(?:{self._whole(row['pattern'])})\b(?!-)")
        )
        compound = False
        for start in row["starts"].split("|"):
            for word in self._words.get(start, start).split("|"):
                first = word.split(" ")[0]
                compound = compound or not first.replace("-", "").rstrip("?").isalpha()
                for spelled in {first.removesuffix("?"), re.sub(r".\?$", "", first)}:
                    self._by_word.setdefault(spelled, []).append(form)
        if compound:
            self._by_compound.append(form)

    def _whole(self, pattern: str) -> str:
        """Return an expression with the words that its names stand for."""
        while NAMED.search(pattern):
            pattern = NAMED.sub(lambda name: self._words[name[1]], pattern)
        return pattern

    def __call__(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and id of every kind of crime.

        Parameters
        ----------
        text : str
            A text in its normal form.
        """
        small = text.lower()
        if len(small) != len(text):  # no letter of a normal form is longer when it is small
            small = text
        for word in WORD.finditer(small):
            forms = self._by_word.get(word[0])
            if forms is None:
                if "-" not in word[0]:
                    continue
                forms = self._by_compound
            start = word.start()
            for form in forms:
                found = form.expression.match(small, start, start + LONGEST_FORM)
                if found:
                    yield start, found.end(), form.entity_id
