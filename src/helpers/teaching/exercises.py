"""Exercises that answer back: a check looks at what an answer does, not at how it is written.

The source of an exercise is its cells in ``notebooks/exercises/solutions``: the task, a starter, a
hint and a solution. The learner's notebook is made from it (`write_learners_notebooks`); hints and
solutions are read from it when somebody asks.
"""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from IPython.display import Markdown
from nbformat import NotebookNode

from helpers.resources import CHECKOUT
from helpers.teaching.checks import CHECKS, NotAnsweredError, WrongAnswerError, answered, stopped

EXERCISES = CHECKOUT / "notebooks" / "exercises"
SOLUTIONS = EXERCISES / "solutions"
NOT_ANSWERED = "not answered yet"
RIGHT, NOT_YET = "right", "not yet right"
_states: dict[str, str] = {}  # of this session; nothing is stored


def check(exercise: str, answer: Any) -> Markdown:
    """Say whether an answer is right, and if not, what to think about.

    Parameters
    ----------
    exercise : str
        Its number ("1.2").
    answer : object
        A value or a function, as the task asks.

    Returns
    -------
    IPython.display.Markdown
        A verdict in words. Nothing is raised: an answer that breaks is a wrong answer, and of an
        exercise that is not there it is said which ones are.

    Examples
    --------
    >>> [check("1.1", answer).data.split("**")[1] for answer in (..., 1)]
    ['1.1 is not answered yet.', '1.1 is not yet right.']
    """
    try:
        _known(exercise, "exercise", CHECKS)
    except ValueError as unknown:
        return Markdown(str(unknown))
    _states[exercise], advice = _judge(exercise, answer)
    return Markdown(f"**{exercise} is {_states[exercise]}.** {advice}".rstrip())


def hint(exercise: str) -> Markdown:
    """Return a hint for an exercise.

    Parameters
    ----------
    exercise : str
        Its number.

    Returns
    -------
    IPython.display.Markdown
        A sentence or two.

    Examples
    --------
    >>> len(hint("1.1").data) > 20
    True
    """
    return Markdown(_cell(exercise, "hint"))


def solution(exercise: str) -> Markdown:
    """Return one way to solve an exercise.

    Parameters
    ----------
    exercise : str
        Its number.

    Returns
    -------
    IPython.display.Markdown
        Code, with a reason where it needs one.

    Examples
    --------
    >>> solution("1.1").data.startswith("```python")
    True
    """
    return Markdown(f"```python\n{_cell(exercise, 'solution')}\n```")


def progress(lesson: str) -> pd.DataFrame:
    """Say how far the exercises of a lesson are done, in this session.

    Parameters
    ----------
    lesson : str
        Its number ("1").

    Returns
    -------
    pandas.DataFrame
        One row per exercise: ``state`` (right, not yet right, not answered yet).

    Raises
    ------
    ValueError
        If there is no such lesson, or its number is no string.

    Examples
    --------
    >>> progress("1").index.tolist()
    ['1.1', '1.2', '1.3', '1.4']
    """
    _known(lesson, "lesson", dict.fromkeys(map(_lesson_of, CHECKS)))
    numbers = [number for number in CHECKS if _lesson_of(number) == lesson]
    states = [_states.get(number, NOT_ANSWERED) for number in numbers]
    return pd.DataFrame({"state": states}, index=pd.Index(numbers, name="exercise"))


def write_learners_notebooks() -> list[Path]:
    """Make the learners' notebooks from those with the solutions.

    Returns
    -------
    list of pathlib.Path
        The notebooks that were written.
    """
    written = []
    for path in sorted(SOLUTIONS.glob("*.ipynb")):
        target = EXERCISES / path.name
        nbformat.write(learners_notebook(nbformat.read(path, as_version=4)), target)
        written.append(target)
    return written


def learners_notebook(notebook: NotebookNode) -> NotebookNode:
    """Take hints, solutions and outputs away from a notebook with solutions.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        With cells tagged ``hint`` and ``solution``.

    Returns
    -------
    nbformat.NotebookNode
        The notebook for learners.
    """
    cells = [cell.copy() for cell in notebook.cells if not {"hint", "solution"} & _tags(cell)]
    for cell in cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        cell.source = from_above(cell.source)
    return NotebookNode(notebook | {"cells": cells})


def from_above(source: str) -> str:
    """Make the links of a cell lead on from one folder further up, where learners' notebooks are.

    Parameters
    ----------
    source : str
        Of a cell in a notebook with solutions.

    Returns
    -------
    str
        The same with its links shortened by one folder.

    Examples
    --------
    >>> from_above("[Start](../../00_start_here.ipynb)")
    '[Start](../00_start_here.ipynb)'
    """
    return source.replace("](../../", "](../")


def _judge(exercise: str, answer: Any) -> tuple[str, str]:
    """Return the state of an exercise, and what to think about."""
    try:
        answered(answer)
        CHECKS[exercise](answer)
    except NotAnsweredError:
        advice = "Write your answer into its cell, over `...` where that still stands; "
        return NOT_ANSWERED, advice + "run that cell, then this one."
    except WrongAnswerError as wrong:
        return NOT_YET, str(wrong)
    except (Exception, SystemExit) as error:  # what a learner's code raises is told, not thrown
        return NOT_YET, f"When your answer was tried, {stopped(error)}"
    return RIGHT, ""


def _known(number: str, what: str, those: Collection[str]) -> None:
    if not isinstance(number, str):
        raise ValueError(f'The number of the {what} is written in quotes: "{number}".')
    if number not in those:
        raise ValueError(f"There is no {what} {number!r}. Those there are: {', '.join(those)}.")


def _lesson_of(exercise: str) -> str:
    return exercise.split(".")[0]


def _cell(exercise: str, tag: str) -> str:
    """Return the source of the cell of an exercise that has a tag."""
    _known(exercise, "exercise", CHECKS)
    lesson = _lesson_of(exercise)
    paths = list(SOLUTIONS.glob(f"{int(lesson):02}_*.ipynb"))
    if not paths:
        raise FileNotFoundError(
            "Hints and solutions stand in the notebooks of the collection, and a package that was "
            "installed without them has none. Work in a checkout: pip install -e ."
        )
    cells = nbformat.read(paths[0], as_version=4).cells
    (source,) = [cell.source for cell in cells if {tag, exercise} <= _tags(cell)]
    return str(source)


def _tags(cell: NotebookNode) -> set[str]:
    return set(cell.metadata.get("tags", []))
