"""A Markdown text's lines: what markdown-it-py takes for headings, lists and emphasis."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from helpers.reading.lines import Line, tidy

# What only Markdown has: a heading, emphasis, a link, an escaped full stop or bracket, a comment.
MARKDOWN = re.compile(
    r"(?m)^ {0,3}#{1,6}[ \t]+\S|\*\*\S[^*\n]*\*\*|(?<!\S)\*[^\W\d_][^*\n]*[^\W\d_]:?\*(?!\w)|"
    r"\[[^\[\]\n]+\]\([^()\s]*\)|"
    r"^ {0,3}\*{0,2}(?:\d+\\\.|\\\()|^ {0,3}<!--|^ {0,3}> ?(?:\d|\(|[A-Z])"
)
SIGNS = "#*[\\<>"  # without one of which no text is Markdown
LONGEST_LINE = 20_000  # characters
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>\n]*>", re.DOTALL)
# What CommonMark leaves as it is: a footnote's mark, bold that ends in a blank ("**2. **").
LEFT_OVER = re.compile(r"\[\^[^\]\s]+\](?!:)|\*{2,}")
LINK_END = re.compile(r"\]\((?:[^()\\\n]|\\.|\([^()\n]*\))*\)|\]\[[^\]\n]*\]|\]")
LINE_END = re.compile(r"\r\n?|\n")


def is_markdown(source: str) -> bool:
    """Return whether a text has marks that only Markdown has, and lines that people write.

    In a line that never ends a parser can look for the other half of every open mark: its time
    grows with the square of the line's length. No such line is Markdown that somebody has written.
    """
    if max(map(len, source.splitlines()), default=0) > LONGEST_LINE:
        return False
    return any(sign in source for sign in SIGNS) and MARKDOWN.search(source) is not None


def read_lines(source: str) -> list[Line]:
    """Return the lines of a Markdown text, without its marks.

    Parameters
    ----------
    source : str
        The text.

    Returns
    -------
    list of Line
        Those that hold words, in order; headings with their `level`.
    """
    return list(_Reader(source).lines())


def _rows(token: Token) -> list[int]:
    """Return the first row of a block, and the one behind its last."""
    return token.map or [0, 0]


@dataclass
class _Printed:
    """What a line of the source prints: characters with their places."""

    text: list[str] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    strong: int = 0
    emphasized: int = 0

    def add(self, text: str, at: int, strong: bool, emphasized: bool) -> None:
        self.text.append(text)
        self.at.extend(range(at, at + len(text)))
        letters = sum(map(str.isalnum, text))
        self.strong += letters * strong
        self.emphasized += letters * emphasized


class _Reader:
    """Walks the tokens of a Markdown text and the source beside them."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.starts = [0, *(found.end() for found in LINE_END.finditer(source))]
        self.last_row = -1
        self.place = 0

    def lines(self) -> Iterator[Line]:
        parser = MarkdownIt("commonmark")
        parser.core.ruler.disable("text_join")  # what an escape stands for is a token of its own
        level, marker = 0, ""
        for token in parser.parse(self.source):
            if token.type == "heading_open":
                level = int(token.tag[1:])
            elif token.type == "heading_close":
                level = 0
            elif token.type == "list_item_open":
                marker += f"{token.info}{token.markup} "
                self.place = self.starts[_rows(token)[0]]
            elif token.type == "list_item_close":  # one without words
                yield from self._line(self._marker(marker, len(self.source)), 0)
                marker = ""
            elif token.type == "inline":
                yield from self._inline(token, level, marker)
                marker = ""
            elif token.type in ("code_block", "fence"):
                yield from self._verbatim(_rows(token), token.content)
            elif token.type == "html_block":
                yield from self._verbatim(_rows(token), COMMENT.sub(self._blank, token.content))

    def _inline(self, token: Token, level: int, marker: str) -> Iterator[Line]:
        """Yield the lines of a paragraph or heading."""
        first, last = _rows(token)
        end = self.starts[last] if last < len(self.starts) else len(self.source)
        printed = self._marker(marker, end)
        self.place = max(self.place, self.starts[first])
        strong = emphasized = 0
        for child in token.children or []:
            if child.type in ("softbreak", "hardbreak"):
                yield from self._line(printed, level)
                printed = _Printed()
                found = LINE_END.search(self.source, self.place)
                self.place = found.end() if found else end
            elif child.type.startswith("strong_"):
                strong += child.nesting
            elif child.type.startswith("em_"):
                emphasized += child.nesting
            elif child.type == "link_close" and child.markup != "autolink":
                found = LINK_END.match(self.source, self.place)
                self.place = found.end() if found else self.place
            elif child.type in ("html_inline", "image"):
                at = self.source.find(child.content, self.place, end)
                self.place = at + len(child.content) if at >= 0 else self.place
                if child.type == "image" and (tail := LINK_END.match(self.source, self.place)):
                    self.place = tail.end()
            elif child.content:
                self._print(printed, child.content, end, strong > 0, emphasized > 0, child.markup)
        yield from self._line(printed, level)

    def _marker(self, marker: str, end: int) -> _Printed:
        """Return the numbers or bullets of list items as they are printed."""
        printed = _Printed()
        for mark in marker.split():
            self._print(printed, mark, end, False, False)
            if printed.text and printed.text[-1] in ("*", "+"):
                printed.text[-1] = "-"
            printed.add(" ", self.place, False, False)
        return printed

    def _print(
        self, printed: _Printed, text: str, end: int, strong: bool, emphasized: bool, raw: str = ""
    ) -> None:
        """Add words to a line; they stand in the source behind the last ones."""
        written = raw if raw and not set(raw) <= set("`*_") else text
        found = self.source.find(written, self.place, end)
        if found < 0:  # what the parser has changed on the way (a zero byte)
            found, written = self.place, text[:0]
        if written == text:
            printed.add(text, found, strong, emphasized)
        elif written:  # "\\." and "&amp;": one place for what is printed, the last for the escaped
            at = found + len(written) - 1 if written.startswith("\\") else found
            printed.add(text[:1], at, strong, emphasized)
        self.place = found + len(written)

    def _line(self, printed: _Printed, level: int) -> Iterator[Line]:
        text = "".join(printed.text)
        for mark in reversed(list(LEFT_OVER.finditer(text))):
            text = text[: mark.start()] + text[mark.end() :]
            del printed.at[mark.start() : mark.end()]
        words, order = tidy(text, 0)
        if not words:
            return
        at = [printed.at[index] for index in order]
        row = bisect_right(self.starts, at[0]) - 1
        gap = float(max(0, row - self.last_row - 1)) if self.last_row >= 0 else 0.0
        self.last_row = row
        start = self.source[self.starts[row] : at[0]]
        letters = sum(map(str.isalnum, words)) or 1
        yield Line(
            words,
            at,
            gap=gap,
            indent=float(len(start.expandtabs(8)) - len(start.expandtabs(8).lstrip())),
            bold=printed.strong > 0.9 * letters,
            italic=printed.emphasized > 0.9 * letters,
            level=level,
        )

    def _verbatim(self, rows: list[int], content: str) -> Iterator[Line]:
        """Yield the lines of a block that is not read as Markdown."""
        self.place = self.starts[rows[0]]
        for row in range(rows[0], rows[1]):
            start = self.starts[row]
            end = self.starts[row + 1] if row + 1 < len(self.starts) else len(self.source)
            printed = _Printed()
            text = COMMENT.sub(self._blank, self.source[start:end])
            if text.strip() and text.strip() in content:
                printed.add(text.rstrip(), start, False, False)
                yield from self._line(printed, 0)

    @staticmethod
    def _blank(found: re.Match[str]) -> str:
        return " " * len(found[0])
