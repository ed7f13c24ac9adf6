"""The teaching guide: its plans add up, and it points to what is there."""

import re

import nbformat
import pytest

from helpers.resources import CHECKOUT
from helpers.teaching.checks import CHECKS

ROOT = CHECKOUT
GUIDE = (ROOT / "TEACHING.md").read_text(encoding="utf-8")
PLANS = {"90 minutes": 90, "Half a day": 240, "Two days": 720}
WORDS_A_MINUTE = {"90 minutes": 90, "Half a day": 60, "Two days": 60}
MINUTES_AN_EXERCISE = 6


def rows_of(title: str) -> list[tuple[int, str, str]]:
    section = GUIDE.split(f"### {title}\n")[1].split("\n##")[0]
    rows = re.findall(r"^\| (\d+) \| (.*) \| (.*) \|$", section, re.MULTILINE)
    return [(int(minutes), what, read) for minutes, what, read in rows]


def minutes_of(title: str) -> list[int]:
    return [minutes for minutes, _, _ in rows_of(title)]


def sections_of(lesson: str) -> dict[str, int]:
    """Count the words of the sections of a lesson."""
    (path,) = (ROOT / "notebooks").glob(f"{lesson}_*.ipynb")
    cells = nbformat.read(path, as_version=4).cells
    text = "\n".join(cell.source for cell in cells[1:])
    _, *parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    words = [len(re.findall(r"\w+", re.sub(r"\]\([^)]*\)", "", part))) for part in parts[1::2]]
    return dict(zip(parts[::2], words, strict=True))


def words_to_read(read: str) -> int:
    """Count the words of the sections that a row of a plan names, or of the lesson it names."""
    total = 0
    for lesson, named in re.findall(r'lesson (0\d)((?:, "[^"]+")*)', read):
        sections = sections_of(lesson)
        chosen = re.findall(r'"([^"]+)"', named) or sections
        total += sum(sections[name] for name in chosen)  # a section that is not there: KeyError
    return total


def exercises_of(what: str, read: str) -> int:
    if "all exercises" in what:
        return sum(number.startswith(read[-1]) for number in CHECKS)
    return len(re.findall(r"\b[1-6]\.[1-9]\b", what))


@pytest.mark.parametrize(("title", "whole"), PLANS.items())
def test_a_plan_takes_as_long_as_it_says(title, whole):
    assert sum(minutes_of(title)) == whole


def test_the_two_days_are_of_one_length():
    first_day = minutes_of("Two days")[:5]
    assert sum(first_day) == 360


def test_exercises_that_the_guide_names_are_there():
    named = set(re.findall(r"\b([1-6]\.[1-9])\b", GUIDE))
    assert named <= CHECKS.keys()


@pytest.mark.parametrize("title", PLANS)
def test_a_plan_leaves_time_to_read_what_it_names_and_to_do_its_exercises(title):
    late = []
    for minutes, what, read in rows_of(title):
        needed = words_to_read(read) / WORDS_A_MINUTE[title]
        needed += exercises_of(what, read) * MINUTES_AN_EXERCISE
        if needed > minutes:
            late.append((what, round(needed), minutes))
    assert not late


def test_the_guide_says_what_its_minutes_reckon_with():
    assert f"every {WORDS_A_MINUTE['Half a day']} words" in GUIDE
    assert f"every {WORDS_A_MINUTE['90 minutes']} words" in GUIDE
    assert "six minutes for an" in GUIDE


def test_commands_that_the_guide_names_are_there():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in set(re.findall(r"make ([a-z-]+)`|^make ([a-z-]+)$", GUIDE, re.MULTILINE)):
        assert f"\n{''.join(command)}:" in makefile
