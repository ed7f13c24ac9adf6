"""The teaching guide: its plans add up, and it points to what is there."""

import re

import pytest

from helpers.checks import CHECKS
from helpers.documents import DATA

ROOT = DATA.parent
GUIDE = (ROOT / "TEACHING.md").read_text(encoding="utf-8")
LESSONS = [
    path.read_text(encoding="utf-8") for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
]


def minutes_of(title: str) -> list[int]:
    section = GUIDE.split(f"### {title}\n")[1].split("\n##")[0]
    return [int(number) for number in re.findall(r"^\| (\d+) \|", section, re.MULTILINE)]


@pytest.mark.parametrize(
    ("title", "whole"), [("90 minutes", 90), ("Half a day", 240), ("Two days", 720)]
)
def test_a_plan_takes_as_long_as_it_says(title, whole):
    assert sum(minutes_of(title)) == whole


def test_the_two_days_are_of_one_length():
    first_day = minutes_of("Two days")[:5]
    assert sum(first_day) == 360


def test_exercises_that_the_guide_names_are_there():
    named = set(re.findall(r"\b([1-6]\.[1-9])\b", GUIDE))
    assert named <= CHECKS.keys()


def test_sections_that_the_guide_names_are_there():
    headings = set(re.findall(r"## ([^\"\\\\]+)", "".join(LESSONS)))
    plans = GUIDE.split("## Three formats")[1].split("## Where people get stuck")[0]
    named = re.findall(r'"([A-Z][^"]+)"', "".join(
        line for line in plans.splitlines() if line.startswith("| ") and "lesson" in line
    ))  # fmt: skip
    assert len(named) > 8
    assert set(named) <= headings


def test_commands_that_the_guide_names_are_there():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in set(re.findall(r"make ([a-z-]+)`|^make ([a-z-]+)$", GUIDE, re.MULTILINE)):
        assert f"\n{''.join(command)}:" in makefile
