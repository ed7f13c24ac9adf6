"""The house: data flows one way, the face shows the verbs, a lesson needs two lines of imports."""

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

import helpers
from helpers.resources import CHECKOUT, PACKAGE

# Each room may use those before it, and none behind it.
ORDER = [
    "resources", "reading", "contract", "names", "linking", "ledger", "meetings", "evaluation",
    "figures", "export", "teaching", "__main__",
]  # fmt: skip
VERBS = {
    "read_report", "extract_entities", "build_nlp", "link_passages", "links_by_unit",
    "mapping_matrix", "score_passages", "build_ledger", "write_workbook", "trace", "sources",
    "write_brief", "read_decisions", "merge_decisions", "compare_reports",
}  # fmt: skip
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE)
MODULES += [path for path in sorted(PACKAGE.glob("*.py")) if path.name != "__init__.py"]
NOTEBOOKS = sorted((CHECKOUT / "notebooks").rglob("[0-9]*.ipynb"))


def room_of(module: str) -> str:
    """Return the room of a module by its dotted name."""
    return module.split(".")[1]


def imported(path: Path) -> set[str]:
    """Return the modules of the package that a module imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    froms = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names = [name.name for node in ast.walk(tree) if isinstance(node, ast.Import)
             for name in node.names]  # fmt: skip
    return {name for name in [*froms, *names] if name and name.startswith("helpers")}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_data_flows_one_way(path):
    own = path.relative_to(PACKAGE).with_suffix("").parts[0]
    used = imported(path)
    assert "helpers" not in used  # the verbs are for those outside
    assert all(ORDER.index(room_of(name)) <= ORDER.index(own) for name in used), used


def test_the_face_of_the_package_shows_exactly_the_verbs():
    assert set(helpers.__all__) == VERBS
    assert all(getattr(helpers, verb).__module__.startswith("helpers.") for verb in VERBS)


@pytest.mark.parametrize("room", [room for room in ORDER if (PACKAGE / room).is_dir()])
def test_a_room_shows_what_it_says_and_each_of_it_is_documented(room):
    shown = importlib.import_module(f"helpers.{room}")
    things = [getattr(shown, name) for name in shown.__all__]
    assert all(thing.__doc__ for thing in things if callable(thing))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_lesson_needs_one_line_for_the_verbs_and_at_most_one_other(path):
    cells = [cell.source for cell in nbformat.read(path, as_version=4).cells
             if cell.cell_type == "code"]  # fmt: skip
    lines = re.findall(r"^ *(?:from|import) helpers.*$", "\n".join(cells), re.MULTILINE)
    assert 1 <= len(lines) <= 2
    assert all(line in cells[0] for line in lines)


def test_no_module_is_for_leftovers():
    assert not [path for path in PACKAGE.rglob("*.py") if re.search("util|common|misc", path.stem)]


def test_the_library_of_a_format_is_loaded_when_it_is_needed():
    code = "import sys, helpers; print(sorted({'pypdfium2', 'markdown_it'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
