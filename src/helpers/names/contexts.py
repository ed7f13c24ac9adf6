"""When a name is part of another name: "Mission in" before a State, "networks" behind a crime.

The words stand in ``data/gazetteers/contexts.csv``. Besides, a crime in capital letters within a
sentence belongs to a title ("the International Day against Drug Abuse and Illicit Trafficking").
"""

import re
from collections.abc import Iterable, Mapping

WINDOW = 150  # characters before a name that are looked at
NAMES = r"(?: [A-Z][\w'.-]*){0,3}"
SENTENCE_BEGINS = re.compile(r"(?:^|[.!?:;(\[“\"'‘•*\n—–-])\s*(?:\(?\w{1,4}[.)]\s*)?$")
QUOTED_TITLE = re.compile(r"(?P<begins>entitled [“\"])[^”\"]*$")
LONGEST_TITLE = 250  # characters
SMALL_WORD = re.compile(r"(?<![\w-])[a-z]{4,}")
NOT_SMALL = {"against", "between", "from", "with", "into", "under", "other", "through", "than"}
CONTENT_WORD = re.compile(r"[^\W\d_]{4,}")


class Contexts:
    """Tell whether a name is part of another by the words beside it.

    Parameters
    ----------
    rows : iterable of mapping
        Rows of ``contexts.csv``, as `helpers.names.gazetteers.read_contexts` reads them.

    Examples
    --------
    >>> from helpers.names.gazetteers import read_contexts
    >>> contexts = Contexts(read_contexts())
    >>> text = "a Support Mission in Libya and the courts in Libya"
    >>> contexts.hold("STATE", text, 21, 26), contexts.hold("STATE", text, 45, 50)
    (True, False)
    """

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self.rows = [dict(row) for row in rows]
        self._before = self._pattern("before", r"\b(?:{})(?:the )?$")
        self._after = self._pattern("after", r"(?:{})\b")

    def _pattern(self, side: str, whole: str) -> dict[str, re.Pattern[str]]:
        labels: dict[str, list[str]] = {}
        for row in self.rows:
            if row["side"] == side:
                labels.setdefault(row["label"], []).append(_words(row))
        return {label: re.compile(whole.format("|".join(rows))) for label, rows in labels.items()}

    def hold(self, label: str, text: str, start: int, end: int) -> bool:
        """Return whether a name of a label is part of another name.

        Parameters
        ----------
        label : str
            The name's label.
        text : str
            The text in its normal form.
        start, end : int
            Where the name stands in it.
        """
        before, after = self._before.get(label), self._after.get(label)
        if before and before.search(text, max(0, start - WINDOW), start):
            return True
        return after is not None and after.match(text, end) is not None


def _words(row: Mapping[str, str]) -> str:
    """Return the regular expression of a row."""
    names = NAMES if row["between"] else ""
    if row["side"] == "after":
        return rf"{names} (?:{row['words']})"
    joined = row["joined_by"].removesuffix("|")
    if not joined:
        return rf"(?:{row['words']}){names} "
    optional = "?" if row["joined_by"].endswith("|") else ""
    return rf"(?:{row['words']})(?: (?:{joined})){optional}{names} "


def is_titled(text: str, start: int, end: int) -> bool:
    """Tell whether a crime is part of a title: quoted, or in capitals within a sentence.

    Parameters
    ----------
    text : str
        The text in its normal form.
    start, end : int
        Where the crime stands in it.

    Examples
    --------
    >>> text = "the Global Database on Maritime Piracy. Maritime piracy has grown."
    >>> is_titled(text, 23, 38), is_titled(text, 40, 55)
    (True, False)
    """
    if is_quoted(text, start, end):
        return True
    words = CONTENT_WORD.findall(text[start:end])
    if not words or not all(word[0].isupper() for word in words) or text[start:end].isupper():
        return False
    line_end = text.find("\n", end)
    line = text[text.rfind("\n", 0, start) + 1 : line_end if line_end >= 0 else len(text)]
    if not set(SMALL_WORD.findall(line[:300])) - NOT_SMALL:
        return False  # a heading
    return len(words) > 1 or not SENTENCE_BEGINS.search(text[max(0, start - 40) : start])


def is_quoted(text: str, start: int, end: int) -> bool:
    """Tell whether a name stands within a longer title in quotation marks.

    Parameters
    ----------
    text : str
        The text in its normal form.
    start, end : int
        Where the name stands in it.

    Examples
    --------
    >>> text = "entitled “Preventing corruption” and entitled “World fit for children”"
    >>> is_quoted(text, 21, 31), is_quoted(text, 47, 69)
    (True, False)
    """
    quoted = QUOTED_TITLE.search(text, max(0, start - LONGEST_TITLE), start)
    return quoted is not None and not (
        quoted.end("begins") == start and text[end : end + 1] in '”"'
    )
