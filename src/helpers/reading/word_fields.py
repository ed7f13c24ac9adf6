"""The fields of a Word file: what a field's code is, is not printed, and what it results in, is."""

import re

from lxml.etree import _Element

from helpers.reading.word_styles import W

AUTOMATIC = re.compile(r"\s*AUTONUM(?:LGL|OUT)?\b")  # a number that is counted and nowhere stored


class Fields:
    """Follows the fields of a text from their beginning over their code to their result."""

    def __init__(self) -> None:
        self.open: list[list[str]] = []  # of each open field: "code" or "result", and its code
        self.codes = 0  # how many of them are still in their code
        self.automatic = 0

    @property
    def in_code(self) -> bool:
        """Whether what is read belongs to a code, its own or that of a field around it."""
        return self.codes > 0

    def code(self, text: str) -> None:
        """Keep a piece of a field's code."""
        if self.open:
            self.open[-1][1] += text

    def mark(self, part: _Element) -> str:
        """Go on at a field's mark; return the number that a field counts itself, or ""."""
        kind = part.get(f"{W}fldCharType")
        if kind == "begin":
            self.open.append(["code", ""])
            self.codes += 1
        elif kind == "separate" and self.open:
            self.codes -= self.open[-1][0] == "code"
            self.open[-1][0] = "result"
        elif kind == "end" and self.open:
            state, code = self.open.pop()
            self.codes -= state == "code"
            if AUTOMATIC.match(code):
                self.automatic += 1
                return f"{self.automatic}."
        return ""

    def end_paragraph(self) -> None:
        """Take what is still in its code for its result: a field that never ends loses no text."""
        for state in reversed(self.open):
            if not self.codes:
                return
            self.codes -= state[0] == "code"
            state[0] = "result"
