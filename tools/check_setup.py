"""Check that a machine is ready for the lessons: ``make check-setup``, best on the day before.

Says of Python, packages, kernel, disk, fonts and work without a network whether each is as it
should be, and what to do where it is not. Nothing is changed.
"""

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).parents[1]
OLDEST_PYTHON = (3, 11)
SPACE = 500  # MiB: what lessons, workbook and pages need, with room to spare
AGAIN = "Run `make clean`, then `make lab`."


def main() -> None:
    """Print what was found, and leave with 1 if something is to be done."""
    problems = 0
    for name, advice in check_all():
        problems += bool(advice)
        print(f"{'MEND' if advice else 'ok  '}  {name}" + (f"\n      {advice}" if advice else ""))
    print("Ready for the lessons." if not problems else f"{problems} to mend before the lessons.")
    sys.exit(bool(problems))


def check_all() -> Iterator[tuple[str, str]]:
    """Yield what was checked, and what to do about it or ""."""
    for name, check in CHECKS.items():
        try:
            advice = check()
        except Exception as error:  # whatever is wrong with a machine is said, not thrown
            advice = f"The check itself stopped with {type(error).__name__}: {error}. {AGAIN}"
        yield name, advice


def python() -> str:
    """Say what to do if Python is too old."""
    if sys.version_info >= OLDEST_PYTHON:
        return ""
    return f"This is Python {sys.version.split()[0]}; install 3.11 or newer, then `make clean lab`."


def packages() -> str:
    """Say what to do if a package is missing or of another version than the tested one."""
    from packaging.requirements import Requirement

    direct = re.findall(r"^ +- ([\w-]+)==", (ROOT / "environment.yml").read_text("utf-8"), re.M)
    locked = re.findall(
        r"^([a-z0-9].*==.*?) \\$", (ROOT / "requirements.lock").read_text("utf-8"), re.M
    )
    tested = {
        one.name: str(one.specifier).removeprefix("==")
        for one in map(Requirement, locked)
        if one.name in direct and (not one.marker or one.marker.evaluate())
    }
    wrong = [f"{name} {version}" for name, version in tested.items() if installed(name) != version]
    return f"Not there, or of another version: {', '.join(wrong)}. {AGAIN}" if wrong else ""


def installed(name: str) -> str:
    """Return the installed version of a package, or ""."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def kernel() -> str:
    """Say what to do if JupyterLab's kernel is not this Python, or does not answer."""
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(  # what a kernel says of itself helps nobody here
        kernel_name="python3", startup_timeout=60, stderr=subprocess.DEVNULL
    )
    try:
        found: list[str] = []
        client.execute_interactive(
            "import sys; print(sys.prefix, end='')",
            timeout=30,
            output_hook=lambda message: found.append(message["content"].get("text", "")),
        )
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    if sys.prefix in found:
        return ""
    return f"JupyterLab would use another Python, {''.join(found)}. Start it with `make lab`."


def disk() -> str:
    """Say what to do if there is no room, or the folder cannot be written to."""
    free = shutil.disk_usage(ROOT).free // 2**20
    if free < SPACE:
        return f"{free} MiB are free here; make room for {SPACE}."
    probe = ROOT / "build" / "probe"
    probe.parent.mkdir(exist_ok=True)
    probe.touch()
    probe.unlink()
    return ""


def fonts() -> str:
    """Say what to do if the figures' font is not there."""
    from matplotlib.font_manager import findfont

    findfont("DejaVu Sans", fallback_to_default=False)
    return ""


def without_network() -> str:
    """Say what to do if the way from report to links asks for a network."""
    from helpers import build_ledger, link_passages, read_report

    with mock.patch.object(socket.socket, "connect", side_effect=OSError("no network here")):
        report = read_report()
        link_passages(report)
        build_ledger(report)
    return ""


CHECKS: dict[str, Callable[[], str]] = {
    "Python": python,
    "packages, at the tested versions": packages,
    "kernel": kernel,
    "disk": disk,
    "fonts": fonts,
    "work without a network": without_network,
}

if __name__ == "__main__":
    main()
