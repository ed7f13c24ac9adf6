"""The wheel carries its tables: installed elsewhere, without the repository, it does its work."""

import shutil
import subprocess
import sys
from zipfile import ZipFile

import pytest

from helpers.resources import CHECKOUT

ALONE = """
import sys
sys.path.insert(0, sys.argv[1])
# The repository is out of reach, as on a machine that never had it.
sys.meta_path[:] = [finder for finder in sys.meta_path if "editable" not in repr(finder).lower()]
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Build the wheel from a copy, so that nothing is left in the repository, and unpack it."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in ("src", "data"):
        ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(CHECKOUT / name, folder / "copy" / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(CHECKOUT / name, folder / "copy")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index",
             "--no-build-isolation", "--wheel-dir", folder, folder / "copy"]  # fmt: skip
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def run(installed, code: str) -> str:
    command = [sys.executable, "-c", ALONE + code, installed]
    done = subprocess.run(command, capture_output=True, text=True, cwd=installed, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_it_reads_the_bundled_report_and_maps_it(installed):
    code = (
        "import helpers as h\nfrom helpers.teaching import hint\n"
        "print(h.__file__, len(h.link_passages(h.read_report())))\n"
        "try:\n    hint('1.1')\nexcept OSError as error: print(error)"
    )
    first, said = run(installed, code).splitlines()
    file, pairs = first.split()
    assert file.startswith(str(installed))
    assert pairs == "408"
    assert "Work in a checkout" in said  # it brings no notebooks, where hints stand


def test_it_carries_every_table_and_every_module_of_the_repository(installed):
    here = {path.relative_to(CHECKOUT / "data") for path in (CHECKOUT / "data").rglob("*.*")}
    there = {path.relative_to(installed / "helpers" / "data")
             for path in (installed / "helpers" / "data").rglob("*.*")}  # fmt: skip
    assert there == {path for path in here if "__pycache__" not in path.parts}
    modules = {path.relative_to(CHECKOUT / "src") for path in CHECKOUT.glob("src/helpers/**/*.py")}
    assert {path.relative_to(installed) for path in installed.rglob("*.py")} == modules


def test_without_its_tables_it_says_what_to_do(installed, tmp_path):
    shutil.copytree(installed, tmp_path / "broken", ignore=shutil.ignore_patterns("data"))
    bare = (
        "try:\n    from helpers import read_report\nexcept FileNotFoundError as error: print(error)"
    )
    assert "Install the package again" in run(tmp_path / "broken", bare)
