"""The notebooks as committed: run, in order, without errors, explained, and free of machine paths.

That their outputs are those of the code is checked by nbval, which runs them.
"""

import math
import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from conftest import SAY_NOTHING

from helpers.resources import DATA

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("0*.ipynb"))
GLOSSARY = FOLDER / "glossary.ipynb"
EXERCISES = sorted(FOLDER.glob("exercises/*.ipynb"))
SOLUTIONS = sorted(FOLDER.glob("exercises/solutions/*.ipynb"))
MACHINE_PATH = re.compile(r"(?:/(?:home|root|tmp|usr|opt|work|Users|var)/|[A-Z]:\\\\)\w")
LONGEST_CELL = 10


def _name(path):
    return path.relative_to(FOLDER).with_suffix("").as_posix()


@pytest.fixture(params=[*NOTEBOOKS, *SOLUTIONS], ids=_name)
def notebook(request):
    """Return each notebook that is committed with its outputs."""
    return nbformat.read(request.param, as_version=4)


@pytest.fixture(params=NOTEBOOKS, ids=_name)
def lesson(request):
    """Return each lesson."""
    return nbformat.read(request.param, as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def words_of(cells):
    return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def headings(notebook):
    text = words_of(notebook.cells)
    return [len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)]


def test_the_lessons_are_there_and_linked_from_the_first():
    first = NOTEBOOKS[0].read_text(encoding="utf-8")
    assert [path.stem[:2] for path in NOTEBOOKS] == [
        "00", "01", "02", "03", "04", "05", "06", "08",
    ]  # fmt: skip
    assert all(f"({path.name})" in first for path in NOTEBOOKS[1:])


def test_every_cell_was_run_once_in_order(notebook):
    counts = [cell.execution_count for cell in code_cells(notebook)]
    assert counts == list(range(1, len(counts) + 1))


def test_no_output_is_an_error_or_a_warning(notebook):
    outputs = [output for cell in code_cells(notebook) for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error"]
    assert not [output for output in outputs if output.get("name") == "stderr"]


def test_no_machine_path_is_shown(notebook):
    assert not MACHINE_PATH.search(nbformat.writes(notebook))


def test_every_cell_is_short(notebook):
    for cell in code_cells(notebook):
        lines = [line for line in cell.source.splitlines() if line.strip()]
        assert 1 <= len(lines) <= LONGEST_CELL, cell.source


def test_no_cell_is_without_words_before_it(notebook):
    for above, cell in pairwise(notebook.cells):
        assert cell.cell_type == "markdown" or above.cell_type == "markdown", cell.source


def test_no_cell_ends_in_a_semicolon(notebook):
    assert not [cell.source for cell in code_cells(notebook) if cell.source.rstrip().endswith(";")]


def test_every_figure_has_a_text_alternative_and_words_below(notebook):
    for cell in code_cells(notebook):
        drawn = [output for output in cell.outputs if "image/png" in output.get("data", {})]
        assert len(drawn) <= 1, cell.source
        for output in drawn:
            finding = output.metadata["image/png"]["alt"]
            assert re.search(r"\d", finding), finding
            below = cell.outputs[cell.outputs.index(output) + 1]
            assert len(below.data["text/markdown"].split()) > 8, cell.source


def test_headings_have_no_gaps(notebook):
    levels = headings(notebook)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(lower <= upper + 1 for upper, lower in pairwise(levels))


def test_the_head_says_what_is_learned_what_is_needed_and_how_long_it_takes(lesson):
    head = lesson.cells[0].source
    for promise in ("You will be able to", "You need", "Time"):
        assert f"**{promise}**" in head


def test_the_end_says_what_was_learned_and_leads_on(lesson):
    end = lesson.cells[-1].source
    assert "## What you have learned" in end
    assert ".ipynb)" in end


@pytest.mark.parametrize("path", [*NOTEBOOKS, GLOSSARY, *EXERCISES, *SOLUTIONS], ids=_name)
def test_links_lead_to_files_that_exist(path):
    text = words_of(nbformat.read(path, as_version=4).cells)
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize("path", NOTEBOOKS, ids=_name)
def test_the_head_says_the_measured_time(path):
    times = pd.read_csv(DATA / "comparison" / "notebook_time.csv", index_col="notebook")
    upper = 5 * math.ceil(times.loc[path.stem, "seconds"] / 5)
    head = nbformat.read(path, as_version=4).cells[0].source
    assert f"by estimate; the code runs in {upper} seconds, as measured |" in head


def test_the_minutes_are_the_same_in_the_readme_the_first_lesson_and_the_heads():
    readme = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    overview = NOTEBOOKS[0].read_text(encoding="utf-8")
    for path in NOTEBOOKS[1:]:
        head = nbformat.read(path, as_version=4).cells[0].source
        minutes = re.search(r"about (\d+) minutes", head)[1]
        assert re.search(rf"{path.name}\).*\| {minutes} \|", readme), path
        assert re.search(rf"{path.name}\).*\| {minutes} \|", overview), path


@pytest.mark.parametrize("path", NOTEBOOKS[1:7], ids=_name)
def test_the_lessons_on_one_report_lead_to_their_exercises(path):
    assert f"(exercises/{path.name})" in nbformat.read(path, as_version=4).cells[-1].source


# What is no running text: code, links, headings, marks of HTML, quotations.
NO_PROSE = re.compile(
    r"```.*?```|`[^`\n]*`|\[[^]\n]*\]\([^)\n]*\)|^[#>].*?$|<[^>\n]+>", re.M | re.S
)
TERMS = re.findall(
    r"^### (.+)$", words_of(nbformat.read(GLOSSARY, as_version=4).cells), re.MULTILINE
)


def of_term(term):
    """Return a pattern for a term, its plural, and its capital where it has none of its own."""
    stem = re.escape(term)
    forms = rf"{stem[:-1]}(?:y|ies)" if term.endswith("y") else rf"{stem}(?:s|es)?"
    return re.compile(rf"(?<![\w-]){forms}(?![\w-])", re.I * term.islower())


def in_glossary(term):
    return f"](glossary.ipynb#{term.replace(' ', '-')})"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=_name)
def test_the_first_use_of_a_term_leads_to_the_glossary(path):
    prose = words_of(nbformat.read(path, as_version=4).cells[1:-2])  # nor further reading
    for term in sorted(TERMS, key=len, reverse=True):
        hidden = NO_PROSE.sub(lambda match: "\0" * len(match[0]), prose)
        for longer in (other for other in TERMS if other != term and of_term(term).search(other)):
            hidden = of_term(longer).sub(lambda match: "\0" * len(match[0]), hidden)
        first = of_term(term).search(hidden)
        linked = prose.find(in_glossary(term))
        assert not first or 0 <= linked < first.start(), (term, prose[first.start() - 40 :][:80])


def test_every_term_of_the_glossary_is_linked_and_every_link_has_its_term():
    lessons = "".join(words_of(nbformat.read(path, as_version=4).cells) for path in NOTEBOOKS)
    assert not [term for term in TERMS if in_glossary(term) not in lessons]
    text = lessons + words_of(nbformat.read(GLOSSARY, as_version=4).cells)
    named = set(re.findall(r"\]\((?:glossary\.ipynb)?#([^)]+)\)", text))
    assert named <= {term.replace(" ", "-") for term in TERMS}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=_name)
def test_every_lesson_has_questions_whose_answers_are_folded(path):
    cells = nbformat.read(path, as_version=4).cells
    asked = [cell.source for cell in cells if cell.source.startswith("**Check yourself ")]
    assert len(asked) >= 3
    for number, source in enumerate(asked, 1):
        assert source.startswith(f"**Check yourself {number}.** ")
        _, answer = source.split(f"<details>\n<summary>Answer {number}</summary>\n\n")
        assert len(answer.split()) > 20
        assert answer.endswith("\n\n</details>")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=_name)
def test_every_lesson_says_where_to_read_on(path):
    (further,) = re.findall(
        r"^## Going further\n\n(.*)", nbformat.read(path, as_version=4).cells[-2].source, re.S
    )
    for entry in further.splitlines():
        assert re.fullmatch(r"- (?:\[[^]]+\]\(https://[^)]+\)|\*[^*]+\*): \S.{30,}", entry), entry


def test_no_link_says_only_here(notebook):
    for text in re.findall(r"\[([^]\n]+)\]\(", words_of(notebook.cells)):
        assert text.lower() not in SAY_NOTHING


def test_every_table_that_is_shown_has_header_cells(notebook):
    outputs = [output for cell in code_cells(notebook) for output in cell.outputs]
    for page in (output.data.get("text/html", "") for output in outputs if "data" in output):
        assert page.count("<table") == page.count("<thead"), page[:200]
    for head in re.findall(r"^(\|.*\|)\n\|(?:---\|)+$", words_of(notebook.cells), re.MULTILINE):
        assert all(cell.strip() for cell in head.strip("|").split("|")), head
