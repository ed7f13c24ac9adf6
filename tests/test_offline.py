"""What a stick carries is enough: installed from it, with no index at hand, the lessons run."""

import os
import shutil
import subprocess

import pytest

from helpers.resources import CHECKOUT

pytestmark = pytest.mark.offline


@pytest.fixture(scope="module")
def bundle(tmp_path_factory, site):
    """Make the bundle, which downloads the packages."""
    if not (CHECKOUT / ".venv" / "project").exists():
        pytest.fail("There is no environment in .venv. `make test-offline` makes it and runs this.")
    folder = tmp_path_factory.mktemp("a stick") / "offline"
    command = ["make", "offline-bundle", f"BUNDLE={folder}", f"SITE={site}"]
    made = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True)
    if "NewConnectionError" in made.stderr:
        pytest.skip("the packages cannot be downloaded")
    assert made.returncode == 0, made.stderr
    yield folder
    shutil.rmtree(folder)  # with what is installed in it, it is large


def without_index():
    """Return an environment in which no package index can be reached."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    # Nothing listens there, and no file of settings names another place.
    return kept | {"PIP_INDEX_URL": "http://127.0.0.1:9", "PIP_CONFIG_FILE": os.devnull}


def test_a_machine_is_ready_after_installing_from_the_stick(bundle):
    run = subprocess.run(
        ["make", "check-setup"], cwd=bundle, env=without_index(), capture_output=True, text=True
    )
    assert "Ready for the lessons." in run.stdout.splitlines(), run.stdout + run.stderr


def test_a_lesson_runs_there(bundle):
    command = [".venv/bin/jupyter", "nbconvert", "--execute", "--to", "notebook", "--stdout"]
    run = subprocess.run(
        [*command, "notebooks/00_start_here.ipynb"],
        cwd=bundle, env=without_index() | {"JUPYTER_PREFER_ENV_PATH": "1"}, capture_output=True,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr


def test_the_stick_carries_the_book_and_what_to_do(bundle):
    assert (bundle / "book" / "index.html").exists()
    words = (bundle / "OFFLINE.md").read_text(encoding="utf-8")
    assert "make lab" in words
    assert "--no-index --find-links wheels" in words
