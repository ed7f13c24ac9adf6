"""How far a report is what it should be: found against true, in words."""

import re
from collections import Counter

from helpers.reading import Report

MARK = re.compile(r"(?<!\S)\(?([A-Za-z]|[ivx]{2,5}|\d{1,3})[.)](?=\s|$)")
BULLET = re.compile(r"(?<!\S)[•–](?=\s)")
FOREIGN = str.maketrans("\u2010\u2011", "--", "\u00ad\u200b")


def plain(text: str) -> str:
    """Return a text with single blanks and one way to write marks: "a.", "a)" and "(a)"."""
    return " ".join(MARK.sub(r"(\1)", BULLET.sub("", text.translate(FOREIGN))).split())


def own_number(label: str) -> str:
    """Return a number or label as it is printed, without what makes it unique in its report."""
    return label.rpartition("/")[2].partition("#")[0]


def faults(report: Report, truth: dict) -> list[str]:
    """Return what is wrong with a report, one sentence a fault."""
    found = [
        (own_number(row.paragraph), plain(row.text), row.part)
        for row in report.paragraphs.itertuples()
    ]
    true = [(number, plain(text), part) for number, text, part in truth["paragraphs"]]
    asked = [
        (own_number(row.recommendation), plain(row.text))
        for row in report.recommendations.itertuples()
    ]
    wanted = [(label, plain(text)) for label, text in truth["recommendations"]]
    notes = [plain(text) for text in report.footnotes["text"]]
    held = [w for w in truth["never"] if any(plain(w) in text for _, text, _ in found)]
    return [
        *_differences("paragraph", found, true),
        *_differences("recommendation", asked, wanted),
        *_differences("footnote", notes, [plain(text) for text in truth["footnotes"]]),
        *(f"holds {words!r}" for words in held),
    ]


def _differences(kind: str, found: list, true: list) -> list[str]:
    missing, extra = Counter(true) - Counter(found), Counter(found) - Counter(true)
    return [f"{kind} missing: {row}" for row in missing] + [f"{kind} extra: {row}" for row in extra]
