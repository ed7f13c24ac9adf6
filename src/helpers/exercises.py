"""Exercises that answer back: a check looks at what an answer does, not at how it is written.

The source of an exercise is its cells in ``notebooks/exercises/solutions``: the task, a starter, a
hint and a solution. The learner's notebook is made from it (`write_learners_notebooks`); hints and
solutions are read from it when somebody asks.
"""

from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from IPython.display import Markdown
from nbformat import NotebookNode

from helpers.checks import CHECKS, NotAnsweredError, WrongAnswerError, answered, stopped
from helpers.documents import DATA

EXERCISES = DATA.parent / "notebooks" / "exercises"
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
        A verdict in words. An answer that breaks is a wrong answer: nothing is raised.

    Raises
    ------
    ValueError
        If there is no such exercise, or its number is no string.

    Examples
    --------
    >>> [check("1.1", answer).data.split("**")[1] for answer in (..., 1)]
    ['1.1 is not answered yet.', '1.1 is not yet right.']
    """
    _known(exercise)
    try:
        answered(answer)
        CHECKS[exercise](answer)
    except NotAnsweredError:
        _states[exercise] = NOT_ANSWERED
        advice = "Put your answer in the place of `...`, run its cell, then this one."
        return Markdown(f"**{exercise} is {NOT_ANSWERED}.** {advice}")
    except WrongAnswerError as wrong:
        _states[exercise] = NOT_YET
        return Markdown(f"**{exercise} is {NOT_YET}.** {wrong}")
    except (Exception, SystemExit) as error:  # what a learner's code raises is told, not thrown
        _states[exercise] = NOT_YET
        return Markdown(
            f"**{exercise} is {NOT_YET}.** When your answer was tried, {stopped(error)}"
        )
    _states[exercise] = RIGHT
    return Markdown(f"**{exercise} is {RIGHT}.**")


def hint(exercise: str) -> Markdown:
    """Give a hint for an exercise.

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
    """Give one way to solve an exercise.

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
        One row an exercise: ``state`` (right, not yet right, not answered yet).

    Examples
    --------
    >>> progress("1").index.tolist()
    ['1.1', '1.2', '1.3', '1.4']
    """
    numbers = [number for number in CHECKS if number.split(".")[0] == lesson]
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
        cell.source = cell.source.replace("](../../", "](../")
    return NotebookNode(notebook | {"cells": cells})


def _known(exercise: str) -> None:
    if not isinstance(exercise, str):
        raise ValueError(f'The number of an exercise is written in quotes: "{exercise}".')
    if exercise not in CHECKS:
        raise ValueError(
            f"There is no exercise {exercise!r}. Those there are: {', '.join(CHECKS)}."
        )


def _cell(exercise: str, tag: str) -> str:
    """Give the source of the cell of an exercise that has a tag."""
    _known(exercise)
    lesson = exercise.split(".")[0]
    (path,) = SOLUTIONS.glob(f"{int(lesson):02}_*.ipynb")
    cells = nbformat.read(path, as_version=4).cells
    (source,) = [cell.source for cell in cells if {tag, exercise} <= _tags(cell)]
    return source


def _tags(cell: NotebookNode) -> set[str]:
    return set(cell.metadata.get("tags", []))
