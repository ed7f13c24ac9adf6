"""What a reader should look at before trusting what was read: gaps, missing parts, odd layouts."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from statistics import median
from textwrap import shorten

import pandas as pd

from helpers.reading.documents import Document
from helpers.reading.headings import PARTS, naming
from helpers.reading.language import other_language
from helpers.reading.structure import Structure, Unit
from helpers.reading.summary import counted

WARNING_COLUMNS = ["kind", "place", "message"]
LONG = 6000  # characters of a paragraph that are more than a page
MANY_TIMES = 10  # the median paragraph's length
OUTSIDE = 0.4  # of the body that may lie in no paragraph before that is said
SITE_SHARE = 0.2  # of a web page's text that may be the site's before that is said
SHOWN, LONGEST = 12, 120  # headings that a message lists, and characters of each
LISTED = "report.repairs lists them."
# What a file holds beside its text, by the kind of its repairs: its name, and what is said of it.
NOT_PRINTED = {
    "hidden text": ("piece", "of text in the file not shown by its program, and left out here."),
    "comment": ("comment", "in the file left out."),
    "page without text": (
        "page",
        "without text: empty, or a picture of text (a scan), which a program for optical character "
        "recognition (OCR) can read.",
    ),
    "part not read": (
        "file", "pasted into this one and not read. Open it in Word, and save it again."
    ),
}  # fmt: skip
LIKE_A_PARAGRAPH = re.compile(r"\d{1,3}(?:\.\d{1,3})?\.? ?\.\s+[A-Z“]")


def warning_table(document: Document, structure: Structure) -> pd.DataFrame:
    """Return what is in doubt about a report: ``kind``, ``place``, ``message``."""
    rows = [
        *_about_language(structure),
        *_about_encoding(document),
        *_about_changes(document),
        *_about_numbers(structure),
        *_about_numbers_left(structure),
        *_about_parts(structure),
        *_about_lengths(structure),
        *_about_layout(structure),
    ]
    return pd.DataFrame(rows, columns=WARNING_COLUMNS)


def language_said(text: str) -> str:
    """Return a sentence about a text that is not in English; "" where it is."""
    language = other_language(text)
    if not language:
        return ""
    return (
        f"The text seems to be in {language}. The rules that find parts, names and links are "
        "English: read the English version of the report, if there is one."
    )


def _about_language(structure: Structure) -> Iterator[tuple[str, str, str]]:
    if said := language_said(structure.text):
        yield "language", "the whole report", said


def _about_changes(document: Document) -> Iterator[tuple[str, str, str]]:
    """Yield what the file holds that is not its text as it is printed."""
    found = Counter(kind for _, kind, *_ in document.repairs)
    inserted, deleted = found["inserted text"], found["deleted text"]
    if inserted or deleted:
        yield (
            "tracked changes",
            "the whole file",
            "The file holds tracked changes that nobody has accepted or rejected: "
            f"{counted(inserted, 'insertion')} and {counted(deleted, 'deletion')}. It was read as "
            f"if all were accepted. {LISTED}",
        )
    site = sum(len(text) for _, kind, _, text, _ in document.repairs if kind == "page head")
    if document.kind == "web page" and site > SITE_SHARE * (site + len(document.source)):
        yield (
            "layout",
            "the whole page",
            f"{site / (site + len(document.source)):.0%} of the page's text was taken for the "
            f"site's own (navigation, banners, links) and left out. {LISTED}",
        )
    for kind, message in NOT_PRINTED.items():
        if found[kind]:
            noun, rest = message
            yield kind, "the whole file", f"{counted(found[kind], noun)} {rest} {LISTED}"


def _paragraphs(structure: Structure) -> list[Unit]:
    return [unit for unit in structure.units if unit.kind == "paragraph"]


def _about_encoding(document: Document) -> Iterator[tuple[str, str, str]]:
    if document.encoding not in ("", "UTF-8"):
        yield (
            "encoding",
            "the whole file",
            f"The file is not in UTF-8; it was read as {document.encoding}. If names with accents "
            "or quotation marks look wrong, save it again with the encoding UTF-8.",
        )
    if lost := document.source.count("\ufffd"):
        yield (
            "encoding",
            "the whole file",
            f"{lost} character(s) had been lost before the file came here; they stand as \ufffd.",
        )


def _about_numbers(structure: Structure) -> Iterator[tuple[str, str, str]]:
    """Yield gaps, falls and doubled numbers between paragraphs."""
    units = _paragraphs(structure)
    first = units[0].number if units else 1
    if first > 1:
        yield (
            "numbers",
            f"before paragraph {units[0].paragraph}",
            f"The first paragraph found has the number {units[0].paragraph}. If the report begins "
            "at 1, its beginning was not read.",
        )
    for last, this in itertools.pairwise(units):
        step = this.number - last.number
        same_section = this.paragraph.rpartition(".")[0] == last.paragraph.rpartition(".")[0]
        if step == 1 or (this.prefix != last.prefix) or (not same_section and this.number == 1):
            continue
        place = f"between paragraphs {last.paragraph} and {this.paragraph}"
        if step > 1:
            missing = (
                f"Paragraph {last.number + 1} was"
                if step == 2
                else f"Paragraphs {last.number + 1} to {this.number - 1} were"
            )
            message = (
                f"{missing} not found. Either the report jumps, or the text stands in paragraph "
                f"{last.paragraph}."
            )
        elif this.number == 1:
            message = "The numbers begin anew here."
        else:
            message = (
                f"Paragraph {this.paragraph} follows {last.paragraph}: a number is printed twice "
                "or wrongly, or belongs to a list."
            )
        yield "numbers", place, message


def _about_numbers_left(structure: Structure) -> Iterator[tuple[str, str, str]]:
    """Yield what looks like a paragraph's first line and was not taken for one."""
    taken = {unit.mark for unit in structure.units}
    left = [
        structure.text[start:end]
        for start, end, kind, _ in structure.lines
        if kind in ("paragraph", "item")
        and start not in taken
        and LIKE_A_PARAGRAPH.match(structure.text, start, end)
    ]
    if left:
        shown = "”, “".join(" ".join(line.split())[:40] for line in left[:3])
        yield (
            "numbers",
            "the whole report",
            f"{len(left)} line(s) begin with a number that does not follow from those before, and "
            f"were left in the paragraph above: “{shown}”. Look whether they are paragraphs.",
        )


def _about_parts(structure: Structure) -> Iterator[tuple[str, str, str]]:
    parts = {unit.part for unit in structure.units}
    for part in PARTS:
        if part not in parts:
            yield (
                "parts",
                "the whole report",
                f"No heading names the {part}. If there are any, say under which heading they "
                f"stand: {naming(part)}. {headings_found(structure)}",
            )


def headings_found(structure: Structure) -> str:
    """Return a sentence that lists the headings of a report."""
    seen = dict.fromkeys(heading.text for heading in structure.headings)
    if not seen:
        return "No headings were found."
    shown = [f"“{shorten(heading, LONGEST, placeholder='…')}”" for heading in list(seen)[:SHOWN]]
    more = f" and {len(seen) - SHOWN} more" if len(seen) > SHOWN else ""
    return f"Headings found: {', '.join(shown)}{more}."


def _about_lengths(structure: Structure) -> Iterator[tuple[str, str, str]]:
    lengths: Counter[tuple[str, str]] = Counter()
    items: Counter[tuple[str, str]] = Counter()
    for unit in structure.units:
        lengths[unit.prefix, unit.paragraph] += unit.end - unit.mark
        items[unit.prefix, unit.paragraph] += unit.is_item
    usual = median(lengths.values()) if lengths else 0
    for (prefix, number), length in lengths.items():
        if length > max(LONG, MANY_TIMES * usual) and items[prefix, number] < 5:
            yield (
                "length",
                f"paragraph {number}",
                f"Paragraph {number} has {length} characters, {length / usual:.0f} times as many "
                "as is usual here: text that belongs to no paragraph may stand in it.",
            )


def _about_layout(structure: Structure) -> Iterator[tuple[str, str, str]]:
    """Yield what was printed in another way than paragraphs are."""
    kinds: Counter[str] = Counter()
    tables: Counter[int] = Counter()
    for start, end, kind, page in structure.lines:
        kinds[kind] += end - start
        if kind == "table" and page:
            tables[page] += 1
    body = sum(kinds.values()) - kinds["front"] - kinds["contents"] - kinds["annex"]
    outside = kinds["unnumbered"] + kinds["table"]
    if body and outside > OUTSIDE * body:
        yield (
            "layout",
            "the whole report",
            f"{outside / body:.0%} of the text lies in no numbered paragraph. If paragraphs are "
            "missing, their layout was not understood: save the report as plain text, with each "
            "paragraph's number at the beginning of its line.",
        )
    for page, count in tables.items():
        if count >= 5:
            yield (
                "layout",
                f"page {page}",
                f"Page {page} holds a table or columns; its {count} lines were read from left to "
                "right.",
            )
