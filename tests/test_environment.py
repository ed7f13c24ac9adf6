"""One tested set of versions behind two doors, and commands that exist."""

import ast
import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from helpers.reading import apart, documents, word_package

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))

RUNTIME = [Requirement(line) for line in PROJECT["dependencies"]]
DEV = [Requirement(line) for line in PROJECT["optional-dependencies"]["dev"]]
LOCKED = [Requirement(line.rstrip(" \\")) for line in re.findall(r"^[a-z0-9].*$", LOCK, re.M)]
(CONDAS_PYTHON,) = [
    str(one).split("=")[1] for one in ENVIRONMENT["dependencies"] if str(one).startswith("python=")
]
TARGETS = set(re.findall(r"^([a-z-]+):.*##", MAKEFILE, re.MULTILINE))


def pinned(name: str, python: str | None = None) -> set[str]:
    """Return the versions that the lock has of a package, for all Pythons or for one."""
    own = [one for one in LOCKED if canonicalize_name(one.name) == canonicalize_name(name)]
    asked = {"python_version": python, "python_full_version": f"{python}.0"}
    return {
        str(one.specifier).removeprefix("==")
        for one in own
        if python is None or not one.marker or one.marker.evaluate(asked)
    }


@pytest.mark.parametrize("needed", RUNTIME + DEV, ids=str)
def test_the_lock_has_every_dependency_in_its_range(needed):
    versions = pinned(needed.name)
    assert versions
    assert all(needed.specifier.contains(version) for version in versions)


def test_everything_in_the_lock_has_its_hashes():
    blocks = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(LOCKED)
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_lock_serves_three_systems_and_four_pythons():
    assert "sys_platform == 'win32'" in LOCK
    assert "sys_platform == 'darwin'" in LOCK
    for python in ("3.11", "3.12", "3.13", "3.14"):
        assert all(len(pinned(one.name, python)) == 1 for one in RUNTIME), python


def test_conda_gets_the_runtime_dependencies_at_the_locked_versions_and_the_project():
    (pip_part,) = [entry["pip"] for entry in ENVIRONMENT["dependencies"] if isinstance(entry, dict)]
    *pins, project = pip_part
    assert project == "-e ."
    assert {pin.split("==")[0] for pin in pins} == {one.name for one in RUNTIME}
    for name, version in (pin.split("==") for pin in pins):
        assert pinned(name, CONDAS_PYTHON) == {version}, name


def test_both_doors_have_a_python_that_the_project_allows():
    assert Requirement(f"x{PROJECT['requires-python']}").specifier.contains(CONDAS_PYTHON)


def test_ci_runs_on_three_systems_and_on_the_oldest_python_that_the_project_allows():
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    pythons, systems = zip(*(
        (entry["python"], entry["os"].split("-")[0])
        for job in workflow["jobs"].values() for entry in runs(job)
    ), strict=True)  # fmt: skip
    assert PROJECT["requires-python"] == f">={min(pythons, key=lambda v: int(v.split('.')[1]))}"
    assert {"3.11", "3.13"} <= set(pythons)
    assert {"ubuntu", "macos", "windows"} <= set(systems)


def runs(job: dict) -> list[dict[str, str]]:
    """Return the Python and the system of every run of a job."""
    matrix = job["strategy"]["matrix"]
    return [{"python": python, "os": system} for python in matrix["python"]
            for system in matrix["os"]]  # fmt: skip


def imported(folder: str) -> set[str]:
    """Return the packages that the modules of a folder import."""
    names = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {name.name.split(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names.add(str(node.module).split(".")[0])
    return names - {"helpers", *sys.stdlib_module_names}


def test_every_package_that_the_helpers_import_is_declared_and_no_other_but_jupyterlab():
    distributions = importlib.metadata.packages_distributions()
    needed = {canonicalize_name(distributions[name][0]) for name in imported("src/helpers")}
    declared = {canonicalize_name(one.name) for one in RUNTIME}
    assert declared - {"jupyterlab"} == needed


SET_UP = [
    "requirements.lock",
    "pyproject.toml",
    "environment.yml",
    "Makefile",
    "README.md",
    "CONTRIBUTING.md",
    ".ci/run",
    ".github/workflows/ci.yml",
]


@pytest.mark.parametrize("name", SET_UP)
def test_no_index_and_no_path_of_one_machine_is_named(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(
        r"--(?:extra-)?index-url|--find-links|file://|pypi|/(?:home|opt|work)/", text
    )


def test_the_readme_names_commands_that_exist():
    named = set(re.findall(r"\bmake ([a-z-]+)\b", README))
    assert {"lab", "test", "site"} <= named <= TARGETS


def test_the_readme_links_to_files_that_exist():
    for target in re.findall(r"(?:\]\(|src=\")([^)#:\"]+)[)\"]", README):
        assert (ROOT / target).exists(), target


def test_the_readmes_code_runs():
    for block in re.findall(r"```python\n(.*?)```", README, re.DOTALL):
        exec(compile(block, "README.md", "exec"), {})


def test_the_limits_that_the_readme_states_are_those_that_hold():
    limits = [documents.LARGEST_FILE, documents.LARGEST_TEXT, word_package.LARGEST]
    assert all(f"{limit:,}" in README for limit in limits)
    assert f"{apart.SECONDS} seconds of a processor" in README
    assert f"{apart.MEMORY / 10**9} gigabytes of memory" in README
