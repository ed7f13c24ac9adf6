"""Exercises: every right way passes, typical mistakes are told apart, and nothing scares."""

from functools import cache

import nbformat
import pytest

from helpers.checks import CHECKS
from helpers.exercises import (
    EXERCISES,
    SOLUTIONS,
    check,
    hint,
    learners_notebook,
    progress,
    solution,
)

SOURCES = sorted(SOLUTIONS.glob("*.ipynb"))
F1 = "def f1(p, r):\n    "
COSINE = "def cosine(a, b):\n    "
P = "def p_value(o, c):\n    "
FATE = "def fate(said, asked):\n    "
FIND = "def find_words(words):\n    "
COUNT = "def how_often(i):\n    "
SENTENCES = "report.sentences"

RIGHT = {
    "1.1": ["answer = 3", "answer = len(report.sentences.query('unit == \"12(c)\"'))"],
    "1.2": ["answer = '7'", "answer = 7"],
    "1.3": [
        FIND + "t = report.sentences\n    "
        "return t.loc[t['text'].str.contains(words, regex=False), 'sentence'].tolist()",
        FIND + "return [r.sentence for r in report.sentences.itertuples() if words in r.text]",
    ],
    "2.1": [
        "answer = ['agenda-2030', 'un-cybercrime-convention', 'bangkok-rules', "
        "'nelson-mandela-rules', 'tokyo-rules']",
        "e = entities.merge(report.sentences[['sentence', 'part']], on='sentence')\n"
        "answer = e.query('label == \"INSTRUMENT\" and part == \"deliberations\"')['entity_id']",
    ],
    "2.2": ["answer = 'Money-laundering is rife.'", "answer = 'smuggling of fuel'"],
    "2.3": [
        COUNT + "return len(entities.query('entity_id == @i'))",
        COUNT + "return entities['entity_id'].tolist().count(i)",
    ],
    "3.1": ["answer = [0.8, 0.667]", "answer = (4 / 5, 2 / 3)"],
    "3.2": [
        F1 + "return 2 / (1 / p + 1 / r) if p and r else 0",
        F1 + "return 2 * p * r / ((p + r) or 1)",
    ],
    "3.3": [
        "answer = [('education', 'MEASURE'), ('young people', 'GROUP'), ('youth', 'GROUP'), "
        "('community-based crime prevention initiatives', 'MEASURE')]",
        "answer = list({'youth': 'GROUP', 'young people': 'GROUP', 'education': 'MEASURE', "
        "'community-based crime prevention initiatives': 'MEASURE'}.items())",
    ],
    "4.1": [
        "answer = '9.2'",
        "answer = links.query('recommendation == \"12(e).1\"').nlargest(1, 'score')"
        "['deliberation'].item()",
    ],
    "4.2": [
        "answer = {'7.2', '8.2'}",
        "some = set(links.loc[links['linked'], 'deliberation'])\n"
        "answer = [at for at in links['deliberation'].unique() if at not in some]",
    ],
    "4.3": [
        COSINE + "n = (sum(v * v for v in a.values()) * sum(v * v for v in b.values())) ** 0.5\n"
        "    return sum(a[w] * b[w] for w in a.keys() & b.keys()) / n if n else 0",
        COSINE + "import math\n    if not a or not b:\n        return 0\n"
        "    return sum(a[w] * b.get(w, 0) for w in a) / math.hypot(*a.values()) "
        "/ math.hypot(*b.values())",
    ],
    "5.1": [
        "answer = {'trafficking-in-persons', 'smuggling-of-migrants', "
        "'new-and-emerging-forms-of-crime'}",
        "answer = ledger.query('label == \"CRIME_TYPE\" and status == \"emerged\"')['name']",
    ],
    "5.2": [
        FATE + "return {(1, 1): 'carried', (1, 0): 'dropped', (0, 1): 'emerged'}[said, asked]",
        FATE + "return 'carried' if said and asked else ('emerged' if asked else 'dropped')",
    ],
    "5.3": [
        "answer = {'elderly': 'vulnerable-populations', "
        "'individuals-with-mental-health-challenges': 'vulnerable-populations'}",
        'g = ledger.query(\'label == "GROUP" and status == "specialised"\')\n'
        "answer = g.set_index('entity_id')['via'].to_dict()",
    ],
    "6.1": ["answer = len(judged.query('low > line'))", "answer = 17"],
    "6.2": [
        P + "return (1 + len([v for v in c if v >= o])) / (len(c) + 1)",
        P + "every = [o, *c]\n    return sum(v >= o for v in every) / len(every)",
    ],
    "6.3": ["answer = {'B', 'E'}", "answer = ('e', 'b')"],
}
WRONG = {
    "1.1": [("answer = 17", "all recommendations"), ("answer = 1", "one recommendation")],
    "1.2": [("answer = 4", "Which paragraph is it?"), ("answer = '3'", "take the one with most")],
    "1.3": [
        (FIND + "t = report.sentences\n    "
         "return t.loc[t['text'].str.contains(words), 'sentence'].tolist()", "regex=False"),
        (FIND + "t = report.sentences\n    "
         "return [u for u, x in zip(t['unit'], t['text']) if words in x]", "These are units"),
        (FIND + "found = [words]", "return"),
    ],
    "2.1": [
        ("answer = entities.query('label == \"INSTRUMENT\"')['entity_id']", "does not stand among"),
        ("answer = ['Bangkok Rules', 'Tokyo Rules']", "These are names"),
    ],
    "2.2": [
        ("answer = 'Speakers discussed crime.'", "is none"),
        ("answer = 'Viet Nam fights corruption.'", "A State is found"),
    ],
    "2.3": [
        (COUNT + "return int((entities['text'].str.lower() == i).sum())", "counts a wording"),
        (COUNT + "return entities[entities['entity_id'] == i]", "give back a number"),
    ],
    "3.1": [("answer = (8 / 12, 8 / 10)", "swapped"), ("answer = (80, 67)", "from 0 to 1")],
    "3.2": [
        (F1 + "return (p + r) / 2", "the mean"),
        (F1 + "return 2 * p * r / (p + r)", "divides by 0"),
    ],
    "3.3": [
        ("answer = [('youth', 'GROUP')]", "more should be marked"),
        ("answer = [('people', 'GROUP')]", "longest name"),
        ("answer = [('teenagers', 'GROUP')]", "does not stand in 10"),
    ],
    "4.1": [("answer = '9'", "Which of its sentences"), ("answer = '9.1'", "another of its")],
    "4.2": [
        ("answer = links.loc[~links['linked'], 'deliberation']", "nearly all have"),
        ("answer = ['12(e).2']", "These are recommendations"),
    ],
    "4.3": [
        (COSINE + "return sum(v * b.get(w, 0) for w, v in a.items())", "sum of the products"),
        (COSINE + "n = (sum(v * v for v in a.values()) * sum(v * v for v in b.values())) ** 0.5\n"
         "    return sum(a[w] * b.get(w, 0) for w in a) / n", "length 0"),
    ],
    "5.1": [
        ("answer = ledger.query('status == \"emerged\"')['entity_id']", "Which of them are crime"),
        ("answer = ['scam-centres']", "the other way round"),
    ],
    "5.2": [
        (FATE + "return 'carried' if said and asked else ('rejected' if said else 'emerged')",
         "Nobody rejected"),
        (FATE + "return 'carried'", "is dropped"),
    ],
    "5.3": [
        ("answer = {'vulnerable-populations': 'elderly'}", "The other way round"),
        ("answer = {'children': 'vulnerable-populations'}", "the other direction"),
    ],
    "6.1": [
        ("answer = len(judged)", "counts all links"),
        ("answer = (judged['score'] > 0.5).sum()", "Compare the column"),
    ],
    "6.2": [
        (P + "return sum(v >= o for v in c) / len(c)", "count it in"),
        (P + "return 1 - sum(v >= o for v in c) / len(c)", "p is 0.25"),
    ],
    "6.3": [("answer = ['b', 'c', 'e']", "not rejected"), ("answer = ['b']", "Two of the five")],
}  # fmt: skip


@cache
def source_of(exercise: str) -> nbformat.NotebookNode:
    """Give the notebook with the solution of an exercise."""
    (path,) = SOLUTIONS.glob(f"{int(exercise.split('.')[0]):02}_*.ipynb")
    return nbformat.read(path, as_version=4)


@cache
def at_hand(lesson: str) -> dict:
    """Give what the first cell of a lesson's exercises makes."""
    (cell, *_) = [c for c in source_of(f"{lesson}.1").cells if c.cell_type == "code"]
    names: dict = {}
    exec(cell.source, names)
    return names


def verdict(exercise: str, code: str) -> str:
    """Run code as a learner would, and the check of the exercise after it."""
    names = dict(at_hand(exercise.split(".")[0]))
    exec(code, names)
    (call,) = [line for cell in source_of(exercise).cells for line in cell.source.splitlines()
               if line.startswith(f'check("{exercise}"')]  # fmt: skip
    return eval(call, names).data


def starter(exercise: str) -> str:
    """Give the cell before the hint of an exercise."""
    cells = source_of(exercise).cells
    (at,) = [place for place, cell in enumerate(cells)
             if {"hint", exercise} <= set(cell.metadata.get("tags", []))]  # fmt: skip
    return cells[at - 1].source


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_the_learners_notebook_is_made_from_the_one_with_solutions(path):
    made = nbformat.writes(learners_notebook(nbformat.read(path, as_version=4)))
    assert (EXERCISES / path.name).read_text(encoding="utf-8").rstrip() == made.rstrip()


def test_every_lesson_has_three_exercises_at_least():
    lessons = [number.split(".")[0] for number in CHECKS]
    assert {lesson: lessons.count(lesson) >= 3 for lesson in "123456"} == dict.fromkeys(
        "123456", True
    )


@pytest.mark.parametrize("exercise", CHECKS)
def test_an_untouched_starter_is_not_answered_yet(exercise):
    assert verdict(exercise, starter(exercise)).startswith(f"**{exercise} is not answered yet.**")


@pytest.mark.parametrize("exercise", CHECKS)
def test_hint_and_solution_are_one_mark_away_under_the_check(exercise):
    (cell,) = [c for c in source_of(exercise).cells if c.source.startswith(f'check("{exercise}"')]
    for line in cell.source.splitlines()[1:]:
        assert eval(line.removeprefix("# "), dict(at_hand(exercise.split(".")[0]))).data


@pytest.mark.parametrize("exercise", CHECKS)
def test_the_solution_is_right_and_the_hint_does_not_give_it_away(exercise):
    code = solution(exercise).data.removeprefix("```python\n").removesuffix("\n```")
    assert verdict(exercise, code) == f"**{exercise} is right.**"
    assert code not in hint(exercise).data


@pytest.mark.parametrize(
    ("exercise", "code"), [(number, code) for number, codes in RIGHT.items() for code in codes]
)
def test_another_right_way_is_right(exercise, code):
    assert verdict(exercise, code) == f"**{exercise} is right.**"


# Of a pattern with brackets pandas only warns a learner; under pytest a warning is an error.
@pytest.mark.filterwarnings("ignore:This pattern is interpreted")
@pytest.mark.parametrize(
    ("exercise", "code", "thought"),
    [(number, *case) for number, cases in WRONG.items() for case in cases],
)
def test_a_typical_mistake_gets_something_to_think_about(exercise, code, thought):
    said = verdict(exercise, code)
    assert said.startswith(f"**{exercise} is not yet right.** ")
    assert thought in said


def test_every_exercise_is_tried_with_two_right_and_two_wrong_answers():
    assert RIGHT.keys() == WRONG.keys() == CHECKS.keys()
    assert all(len(cases) >= 2 for cases in [*RIGHT.values(), *WRONG.values()])


@pytest.mark.parametrize("exercise", CHECKS)
@pytest.mark.parametrize("answer", [None, object(), 1j, "", [], {}, lambda *_: 1 / 0])
def test_no_answer_makes_a_check_raise(exercise, answer):
    assert check(exercise, answer).data.startswith(f"**{exercise} is not")


def test_progress_knows_this_sessions_answers():
    check("1.1", 3)
    check("1.2", "3")
    assert progress("1")["state"].tolist()[:2] == ["right", "not yet right"]


@pytest.mark.parametrize("ask", [hint, solution, lambda number: check(number, 1)])
def test_an_exercise_that_is_not_there_is_answered_with_those_that_are(ask):
    with pytest.raises(ValueError, match=r"no exercise '9\.9'.*1\.1, 1\.2"):
        ask("9.9")
