"""Where the sentences of a report end."""

import re
from collections.abc import Iterator

# A full stop, question or exclamation mark with what closes after it and, where it is glued to it,
# a footnote's number or mark; before a space and something a sentence can begin with. Or a line's
# end.
SENTENCE_END = re.compile(
    r"(?:(?<!\d)[.?!][”’\"')\]]*(?:\d{1,3}|[*†‡]+|\[\d{1,3}\])|[.?!][”’\"')\]]*)"
    r"\s+(?=[“‘\"'(\[]*[A-Z0-9])|\n\s*"
)
# "No. 182", "art. 5", "Mr. Ali", "J. Smith", "Moreau et al.", a number at the head of a paragraph:
# this full stop ends no sentence.
ABBREVIATED = re.compile(
    r"(?<!\S)[(“\"]?(?:(?:[A-Z]\.)*[A-Z]|Nos?|[Pp]aras?|[Aa]rts?|[Cc]haps?|[Ss]ects?|[Vv]ols?|"
    r"[Pp]p?|Mr|Mrs|Ms|Messrs|Dr|Prof|Gen|Col|St|Hon|[Cc]f|eds?|figs?|Add|Corr|Rev|vs|v|e\.g|i\.e|"
    r"et al|approx|ca|Distr|Res|Suppl?|Jr|Sr)\.\d*\s+$"
    r"|(?<![^\n])\d{1,3}\.\s+$"
)
LONGEST_ABBREVIATION = 9  # characters, with the space before and behind


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield start and end of every sentence of a text.

    Parameters
    ----------
    text : str
        Clean text.
    start, end : int, optional
        Offsets of the piece to look at.

    Yields
    ------
    tuple of int
        Offsets into `text`, without the white space around the sentence.

    Examples
    --------
    >>> text = "Convention No. 182 was noted. Speakers agreed (see para. 5).2 They did."
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['Convention No. 182 was noted.', 'Speakers agreed (see para. 5).2', 'They did.']
    """
    end = len(text) if end is None else end
    for found in SENTENCE_END.finditer(text, start, end):
        if ABBREVIATED.search(text, max(start, found.start() - LONGEST_ABBREVIATION), found.end()):
            continue
        yield from _trimmed(text, start, found.end())
        start = found.end()
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = text[start:end].strip()
    if words:
        start = text.index(words, start)
        yield start, start + len(words)
