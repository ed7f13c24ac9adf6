"""A plain text's lines."""

import re
from dataclasses import replace

from helpers.reading.lines import Line, tidy

LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]*(?:\r\n?|[\n\v\x85\u2028\u2029]|(\f)|\Z)")
TAB = 8  # columns that a tab is worth
HOLE = re.compile(r"(?<=\S)(?:[ \u00a0]{3,}|[ \u00a0]*\t[ \t\u00a0]*)(?=\S)")


def read_lines(source: str) -> list[Line]:
    """Return the lines of a plain text.

    Parameters
    ----------
    source : str
        The text.

    Returns
    -------
    list of Line
        Those that hold words, in order. Form feeds count pages.
    """
    lines, gap, page = [], 0.0, 1
    paged = "\f" in source
    for found in LINE.finditer(source):
        raw = found[0]
        words, at = tidy(raw, found.start())
        if words:
            indent = len(raw[: len(raw) - len(raw.lstrip())].expandtabs(TAB))
            holes = len(HOLE.findall(raw.strip())) if "\t" in raw or "   " in raw else 0
            lines.append(
                Line(
                    words,
                    at,
                    page if paged else None,
                    gap,
                    indent,
                    columns=holes,
                    divided=raw.rstrip().endswith("\u00ad"),
                )
            )
            gap = 0.0
        elif lines and raw.strip() == "\u00ad":  # the hyphen of the last word, on a line of its own
            lines[-1] = replace(lines[-1], divided=True)
        else:
            gap += 1.0
        page += found[1] is not None
    return lines
