"""What holds of every report, whatever it was read from."""

from collections import Counter
from collections.abc import Iterable

from helpers.reading import Report

HYPHENS = str.maketrans("\u2010\u2011*+", "----")  # what is read as one: hyphens, and bullets


# What a format says beside its text, or what stands in the text itself, is not in the source.
SAID = {
    "word joined", "page without text", "deleted text", "inserted text", "hidden text", "comment",
    "empty paragraph", "part not read",
}  # fmt: skip
BESIDE = {"stands at the head or foot of pages", "belongs to the site, not to the report"}


def lost_and_invented(report: Report) -> tuple[Counter[str], Counter[str]]:
    """Return the characters of the source that are nowhere, and those that are there too often.

    Each that is no white space stands once: in the text, in a footnote, or in a repair.
    """
    clean, repairs = report.clean, report.repairs
    printed = [at for at, letter in zip(clean.origin, clean.text, strict=True) if letter.strip()]
    set_apart = repairs.loc[~(repairs["kind"].isin(SAID) | repairs["reason"].isin(BESIDE)), "text"]
    there = _letters(clean.source[at] for at in set(printed))
    there += _letters([*set_apart, *report.footnotes["text"], *report.footnotes["footnote"]])
    source = _letters([clean.source])
    return source - there, there - source


def _letters(texts: Iterable[str]) -> Counter[str]:
    words = "".join(texts).translate(HYPHENS)
    return Counter(letter for letter in words if not letter.isspace())


def assert_properties(report: Report) -> None:
    """Check that nothing is lost, lines cover the text, and rows say where they stand."""
    assert lost_and_invented(report) == (Counter(), Counter())
    starts, ends = report.lines["start"].tolist(), report.lines["end"].tolist()
    assert (starts[0], ends[-1]) == (0, len(report.text))
    assert starts[1:] == ends[:-1]
    assert all(start < end for start, end in zip(starts, ends, strict=True))
    for table in (report.paragraphs, report.recommendations, report.sentences):
        for row in table.itertuples():
            assert report.text[row.start : row.end] == row.text
    assert report.sentences["sentence"].is_unique
    assert report.recommendations["recommendation"].is_unique
    assert _rises(report)


def _rises(report: Report) -> bool:
    """Return whether the text keeps the order of its source.

    Tables and boxes that interrupt a paragraph stand behind it.
    """
    places = [
        report.clean.origin[at]
        for line in report.lines.itertuples()
        if line.kind != "table"
        for at in range(line.start, line.end)
        if report.text[at].strip()
    ]
    return places == sorted(places)
