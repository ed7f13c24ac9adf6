"""Opening a file in a process of its own, with limits of memory and time.

A file of a few kilobytes can make the library that opens it take gigabytes, or hours, or crash. So
Word files, PDFs and web pages are opened apart: what happens there cannot harm the notebook that
asked, and what comes back is text.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import fields
from importlib import import_module
from itertools import pairwise
from typing import Any, BinaryIO

import psutil

from helpers.reading.lines import Line, Repair, ReportError
from helpers.resources import PACKAGE

SECONDS = 60  # of a processor's time; a page of a PDF takes a thirtieth of a second
MEMORY = 1_500_000_000  # bytes
POLL = 0.02  # seconds between two looks at the process
READERS = {"PDF": "pdf.read_pdf", "Word": "word.read_word", "web page": "web.read_web"}
COMMAND = "from helpers.reading.apart import answer; answer()"
DEFAULTS = {field.name: field.default for field in fields(Line) if field.name not in ("text", "at")}


def read_apart(kind: str, data: bytes, name: str) -> tuple[str, list[Line], list[Repair]]:
    """Read the lines of a file in a process of its own.

    Parameters
    ----------
    kind : str
        "PDF", "Word" or "web page".
    data : bytes
        The file; a web page in UTF-8.
    name : str
        Its name, for messages.

    Returns
    -------
    str
        The text as it is printed, line by line.
    list of Line
        The lines.
    list of tuple
        What the format says was left out or changed.

    Raises
    ------
    ReportError
        If the file cannot be read, or opening it takes more than `MEMORY` or `SECONDS`.
    """
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as taken,
        tempfile.TemporaryFile() as said,
    ):
        given.write(data)
        given.seek(0)
        code = _run(kind, name, given, taken, said)
        taken.seek(0)
        said.seek(0)
        if code:
            raise ReportError(
                f"{name}: the program that opens a {kind} file broke off ({_last_line(said)}). The "
                "file is probably damaged. Open it in its own program and save it again."
            )
        answered = json.load(taken)
    if "error" in answered:
        raise ReportError(answered["error"])
    lines = [_line(packed) for packed in answered["lines"]]
    repairs = [tuple(repair) for repair in answered["repairs"]]
    return answered["source"], lines, repairs


def _run(kind: str, name: str, given: BinaryIO, taken: BinaryIO, said: BinaryIO) -> int:
    """Run the process to its end; return its exit code."""
    # What this process can import, that one can too, but for what lies in the folder of the work.
    places = [str(PACKAGE.parent), *filter(None, sys.path)]
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", COMMAND, kind, name],
        stdin=given,
        stdout=taken,
        stderr=said,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(places), "PYTHONIOENCODING": "utf-8"},
    )
    try:
        while True:
            try:
                return process.wait(POLL)
            except subprocess.TimeoutExpired:
                _look_after(process, kind, name)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _look_after(process: subprocess.Popen[bytes], kind: str, name: str) -> None:
    """Raise an error if the process takes more than it may."""
    try:
        watched = psutil.Process(process.pid)
        memory, seconds = watched.memory_info().rss, sum(watched.cpu_times()[:2])
    except psutil.Error:  # it has just ended
        return
    if memory > MEMORY:
        limit = f"more than {MEMORY / 10**9:.1f} gigabytes of memory"
    elif seconds > SECONDS:
        limit = f"more than {SECONDS} seconds"
    else:
        return
    raise ReportError(
        f"{name}: opening this {kind} file takes {limit}, which no report needs; it was stopped. "
        "The file may be damaged or made to do harm. If it is a report, open it in its own program "
        "and save it again, or save its chapters as files of their own."
    )


def _last_line(said: BinaryIO) -> str:
    lines = said.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else "without a word"


# In the process.


def answer() -> None:
    """Read the file that comes in, and write its lines, or what is wrong with it, as JSON."""
    kind, name = sys.argv[1:3]
    module, _, reader = READERS[kind].partition(".")
    data = sys.stdin.buffer.read()
    try:
        read = getattr(import_module(f"helpers.reading.{module}"), reader)
        source, lines, repairs = read(data, name)
        answered: dict[str, Any] = {
            "source": source,
            "lines": [_packed(line) for line in lines],
            "repairs": repairs,
        }
    except ReportError as error:
        answered = {"error": str(error)}
    except RecursionError:
        answered = {"error": f"{name}: its parts stand one within the other too deeply to be read."}
    sys.stdout.write(json.dumps(answered))


def _packed(line: Line) -> list[Any]:
    """Return a line as JSON takes it: what differs from the default, positions as runs."""
    more = {
        name: value
        for name, default in DEFAULTS.items()
        if (value := getattr(line, name)) != default
    }
    return [line.text, list(_runs(line.at)), more]


def _runs(at: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs of positions that follow each other: first and behind the last."""
    if isinstance(at, range) or not at:
        yield (at[0], at[-1] + 1) if at else (0, 0)
        return
    first = at[0]
    for last, this in pairwise(at):
        if this != last + 1:
            yield first, last + 1
            first = this
    yield first, at[-1] + 1


def _line(packed: list[Any]) -> Line:
    text, runs, more = packed
    at: Sequence[int] = range(*runs[0])
    if len(runs) > 1:
        at = [place for start, end in runs for place in range(start, end)]
    return Line(text, at, **more)
