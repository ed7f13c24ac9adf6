"""Change one module in many small ways and see which changes no test minds: ``make mutants``.

``make mutants MODULE=linking/links`` copies the collection to ``build/mutants``, lets mutmut change
one thing at a time in ``src/helpers/linking/links.py``, and runs the tests of that room and the
module's own examples against every change. A change that survives is a test that is missing, or a
change without a difference; each is shown. Nothing in the repository is changed.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from helpers.resources import CHECKOUT

FOLDER = CHECKOUT / "build" / "mutants"
COPIED = ("data", "notebooks", "src", "tests", "tools")
SETTINGS = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = ["src/helpers/{module}.py"]
also_copy = ["data", "notebooks", "tools"]
pytest_add_cli_args = ["-p", "no:cacheprovider"]
pytest_add_cli_args_test_selection = {tests}
"""


def main(module: str) -> None:
    """Make the copy, run the mutants, and show those that survive."""
    module = module.removesuffix(".py")
    if not (CHECKOUT / "src" / "helpers" / f"{module}.py").is_file():
        modules = sorted((CHECKOUT / "src" / "helpers").rglob("[!_]*.py"))
        known = [path.relative_to(CHECKOUT / "src" / "helpers").as_posix() for path in modules]
        sys.exit(f"There is no module {module!r}. Those there are: {', '.join(known)}.")
    shutil.rmtree(FOLDER, ignore_errors=True)
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", ".ipynb_checkpoints")
    for name in COPIED:
        shutil.copytree(CHECKOUT / name, FOLDER / name, ignore=ignored)
    settings = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    settings += SETTINGS.format(module=module, tests=tests_of(module))
    (FOLDER / "pyproject.toml").write_text(settings, encoding="utf-8")
    mutmut = [str(Path(sys.executable).with_name("mutmut"))]
    subprocess.run([*mutmut, "run"], cwd=FOLDER, check=True)
    found = subprocess.run([*mutmut, "results"], cwd=FOLDER, check=True, capture_output=True)
    survivors = [line.split(":") for line in found.stdout.decode().splitlines() if ":" in line]
    for name, outcome in survivors:
        print(f"\n{outcome.strip()}: {name.strip()}", flush=True)
        subprocess.run([*mutmut, "show", name.strip()], cwd=FOLDER, check=True)
    print(f"\n{len(survivors)} changes were not caught.")


def tests_of(module: str) -> list[str]:
    """Return the tests of a module: its own file or its room's, and the examples in it."""
    room = Path("tests") / Path(module).parts[0]
    alone = Path("tests") / f"test_{module}.py"
    own = alone if (CHECKOUT / alone).is_file() else room
    return [own.as_posix(), f"src/helpers/{module}.py"]


if __name__ == "__main__":
    main(*sys.argv[1:])
