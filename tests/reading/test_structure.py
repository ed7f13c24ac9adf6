"""The structure of made-up texts: what is a paragraph, a recommendation, a heading, and what not.

Each row of ``structure.jsonl`` has a rule, a text that shows it, and what must be found in it: how
paragraphs start and end, their part, how recommendations start, and what stands in none of them.
``printed`` lists the numbers of the paragraphs where one stands twice; it is the last that counts.
"""

import json

import pytest
from conftest import CASES

from helpers import read_report
from helpers.reading.report import Report

ROWS = [json.loads(row) for row in (CASES / "structure.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case["rule"])
def test_structure(case):
    report = read_report(case["text"])
    numbers = report.paragraphs["paragraph"].tolist()
    assert sorted(numbers) == sorted(case.get("printed", case["paragraphs"]))
    assert wrong_paragraphs(report, case) == []
    starts = case.get("recommendations", [])
    texts = report.recommendations["text"].tolist()
    assert not [start for start in starts if not any(text.startswith(start) for text in texts)]
    assert len(texts) == len(starts) or not starts


def wrong_paragraphs(report: Report, case: dict) -> list[str]:
    """Return what is wrong with the paragraphs of a report, in words."""
    wrong = []
    rows = {row.paragraph: row for row in report.paragraphs.itertuples()}
    for number, want in case["paragraphs"].items():
        row = rows[number]
        words = " ".join(row.text.split())
        if not words.startswith(want["starts"]):
            wrong.append(f"{number} starts {words[:40]!r}")
        if not words.endswith(want["ends"]):
            wrong.append(f"{number} ends {words[-40:]!r}")
        if row.part != want.get("part", row.part):
            wrong.append(f"{number} is of the part {row.part}")
        wrong += [f"{number} holds {piece!r}" for piece in case.get("never", []) if piece in words]
        without = case.get("sections_without", [])
        wrong += [f"{number} stands under {piece!r}" for piece in without if piece in row.section]
    return wrong


def test_every_rule_stands_once():
    rules = [case["rule"] for case in ROWS]
    assert len(set(rules)) == len(rules)
