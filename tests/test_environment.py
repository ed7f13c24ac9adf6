"""One tested set of versions behind two doors, and commands that exist."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))

RUNTIME = [Requirement(line) for line in PROJECT["dependencies"]]
DEV = [Requirement(line) for line in PROJECT["optional-dependencies"]["dev"]]
LOCKED = [Requirement(line.rstrip(" \\")) for line in re.findall(r"^[a-z0-9].*$", LOCK, re.M)]
TARGETS = set(re.findall(r"^([a-z-]+):.*##", MAKEFILE, re.MULTILINE))


def pinned(name: str) -> set[str]:
    """Return the versions that the lock has of a package; there may be one a Python."""
    locked = [one for one in LOCKED if canonicalize_name(one.name) == canonicalize_name(name)]
    return {str(one.specifier).removeprefix("==") for one in locked}


@pytest.mark.parametrize("needed", RUNTIME + DEV, ids=str)
def test_the_lock_has_every_dependency_in_its_range(needed):
    versions = pinned(needed.name)
    assert versions
    assert all(needed.specifier.contains(version) for version in versions)


def test_everything_in_the_lock_has_its_hashes():
    blocks = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(LOCKED)
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_lock_serves_three_systems():
    assert "sys_platform == 'win32'" in LOCK
    assert "sys_platform == 'darwin'" in LOCK
    assert "python_full_version >= '3.12'" in LOCK


def test_conda_gets_the_runtime_dependencies_at_the_locked_versions_and_the_project():
    (pip_part,) = [entry["pip"] for entry in ENVIRONMENT["dependencies"] if isinstance(entry, dict)]
    *pins, project = pip_part
    assert project == "-e ."
    assert {pin.split("==")[0] for pin in pins} == {one.name for one in RUNTIME}
    assert all({pin.split("==")[1]} == pinned(pin.split("==")[0]) for pin in pins)


def test_both_doors_have_a_python_that_the_project_allows():
    (python,) = [str(one) for one in ENVIRONMENT["dependencies"] if str(one).startswith("python=")]
    assert Requirement(f"x{PROJECT['requires-python']}").specifier.contains(python.split("=")[1])


def test_ci_runs_on_the_oldest_python_that_the_project_allows():
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    (setup,) = [step for step in workflow["jobs"]["test"]["steps"] if "setup-python" in str(step)]
    assert PROJECT["requires-python"] == f">={setup['with']['python-version']}"


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
