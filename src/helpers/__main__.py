"""``python -m helpers FILE ...``: a report's mapping as an Excel workbook, without any Python.

For each file it says what was read and what to be careful about, and writes the workbook beside it.
"""

import argparse
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.reading.headings import PARTS, naming
from helpers.reading.lines import ReportError

if TYPE_CHECKING:
    import pandas as pd

    from helpers.reading.report import Report

STILL = 5  # seconds after which it is said that the work goes on
SUFFIXES = (".docx", ".docm", ".dotx", ".pdf", ".html", ".htm", ".xhtml", ".md", ".txt")
OTHERS = (".doc", ".odt", ".rtf", ".xlsx", ".pptx", ".pages", ".mht", ".epub")
WRITTEN = re.compile(r" mapping(?: \d+)?\.(?:xlsx|docx)$")  # our own workbooks and briefs
TOGETHER = "meetings.xlsx"  # after which a workbook of several reports is called
EXAMPLES = """examples:
  python -m helpers report.docx
  python -m helpers "C:\\My reports\\draft report.docx"
  python -m helpers reports --to mappings
  python -m helpers report.pdf --deliberations "Views of the members"
  python -m helpers africa.docx asia.pdf europe.docx --together
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the workbook of each file; return 0 if all were written, else 1.

    Parameters
    ----------
    arguments : sequence of str, optional
        As typed behind ``python -m helpers``; those of the command line if they are not given.
    """
    if hasattr(sys.stdout, "reconfigure"):  # a console may not have every letter
        sys.stdout.reconfigure(errors="replace", line_buffering=True)
    said = _parser().parse_args(arguments)
    print("Starting ...")
    parts = {part: headings for part in PARTS if (headings := getattr(said, part))}
    files = [file for given in said.file for file in _files(given)]
    if said.together and (said.brief or said.against):
        print("--brief and --against are for one report at a time, not for --together.")
        return 1
    if said.together:
        return 0 if _compare(files, said.to, parts) else 1
    failed = [file for file in files if not _tried(file, _written, file, said, parts)]
    if len(files) > 1:
        print(f"\n{len(files) - len(failed)} of {len(files)} workbooks written.")
        print("\n".join(f"  not written: {file}" for file in failed))
    return 1 if failed or not files else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m helpers",
        description="Map what a United Nations meeting deliberated onto what it recommended: "
        "writes an Excel workbook beside each report. No file is changed or written over.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "file",
        nargs="+",
        help="a report (.docx, .pdf, .html, .md, .txt), or a folder of them; in quotation marks "
        "if its name has blanks",
    )
    for part in PARTS:
        parser.add_argument(
            f"--{part}",
            metavar="HEADING",
            action="append",
            help=f"a heading under which the {part} stand, if it is not found by itself; may be "
            "given several times, for one report at a time",
        )
    parser.add_argument(
        "--brief", action="store_true", help="write two pages of it as a Word document as well"
    )
    parser.add_argument(
        "--against",
        metavar="DOCUMENT",
        type=Path,
        help="another document, an outcome declaration say: a sheet says where it takes up what "
        "is recommended",
    )
    parser.add_argument(
        "--together",
        action="store_true",
        help="write one workbook of all reports, theme by theme, instead of one for each",
    )
    parser.add_argument(
        "--to", metavar="FOLDER", type=Path, help="where to write, if not beside the report"
    )
    return parser


# Which files.


def _files(given: str) -> Iterator[Path]:
    """Yield the files that a name stands for: a file, the reports in a folder, a pattern."""
    path = Path(given)
    try:
        if path.is_dir():
            yield from _reports_in(path)
            return
        exists = path.exists()
    except OSError as error:
        print(f"{path}: {error.strerror}.")
        return
    if "*" in path.name and not exists:  # not every shell spells patterns out
        found = sorted(file for file in path.parent.glob(path.name) if _is_report(file))
        if not found:
            print(f"{path}: no report has such a name.")
        yield from found
    else:
        yield path


def _reports_in(folder: Path) -> Iterator[Path]:
    """Yield the reports in a folder, and say what else lies there and is not read."""
    within = sorted(folder.iterdir())
    found = [file for file in within if _is_report(file)]
    for other in within:
        if other.is_dir() and not other.name.startswith("."):
            print(f"{other}: a folder within the folder; it is not looked into.")
        elif other.suffix.lower() in OTHERS and not WRITTEN.search(other.name):
            print(f"{other}: not read. If it is a report, save it as .docx.")
    if not found:
        print(f"{folder}: no report in this folder; it would end in {', '.join(SUFFIXES)}.")
    yield from found


def _is_report(file: Path) -> bool:
    """Return whether a file in a folder is a report, and not what a program has left there."""
    left_there = file.name.startswith((".", "~$")) or WRITTEN.search(file.name)
    return file.suffix.lower() in SUFFIXES and not left_there


# One workbook.


def _tried(file: Path, step: Callable[..., bool], *arguments: object) -> bool:
    """Take a step with a file or several; return whether that worked, and say why if it did not."""
    print(f"\n{file}")
    try:
        return step(*arguments)
    except BrokenPipeError:  # nobody reads what is said any more
        raise
    except (ReportError, FileNotFoundError) as error:
        return _not_written(str(error))
    except OSError as error:
        place = f": {error.filename}" if error.filename else ""
        return _not_written(f"{error.strerror}{place}. Name another folder: --to FOLDER")
    except Exception as error:  # the other files can still be mapped
        return _not_written(
            f"This is a fault of the program ({type(error).__name__}: {error}), not of yours. "
            "Please report it, with the file if you may pass it on."
        )


def _read(file: Path, parts: dict[str, list[str]]) -> "Report":
    """Read a file, say what was read, and refuse one that cannot be mapped."""
    from helpers.reading.report import read_report
    from helpers.reading.summary import as_text

    with _step("Reading it"):
        report = read_report(file, parts=parts)
    print(_indented(_as_typed(as_text(report))))
    missing = [part for part in PARTS if part not in set(report.sentences["part"])]
    if missing:
        raise ReportError(
            f"There is nothing to map without {' and '.join(missing)}: see the warnings above."
        )
    return report


def _written(file: Path, said: argparse.Namespace, parts: dict[str, list[str]]) -> bool:
    # Here and not above: the libraries take seconds to load, and something is said by then.
    from helpers.export.brief import write_brief
    from helpers.export.workbook import write_workbook
    from helpers.names.entities import extract_entities
    from helpers.reading.report import read_report
    from helpers.reading.summary import as_text

    report = _read(file, parts)
    against = None
    if said.against:
        against = read_report(said.against)
        print(_indented(f"Against {said.against}:"))
        print(_indented(_indented(_as_typed(as_text(against)))))
    with _step("Looking for names"):
        entities = extract_entities(report)
    with _step(f"Comparing {_sizes(report)}"):
        former, free = _names(file, said.to)
        decisions = _decisions(former, report)
        path = write_workbook(report, free, entities=entities, decisions=decisions, against=against)
    _say_written(path, former, decisions)
    if said.brief:
        brief = write_brief(report, path.with_suffix(".docx"), entities=entities)
        print(_indented(f"Written: {brief}"))
    return True


def _compare(files: list[Path], folder: Path | None, parts: dict[str, list[str]]) -> bool:
    """Write one workbook of all files; none if one of them cannot be read."""
    reports: dict[str, Report] = {}

    def read(file: Path) -> bool:
        reports[_called(file, files)] = _read(file, parts)
        return True

    files = list(dict.fromkeys(file.resolve() for file in files))
    if len(files) < 2:
        return _not_written("--together takes two reports or more, each once.")
    failed = [file for file in files if not _tried(file, read, file)]
    if failed:
        return _not_written(
            f"Not read: {', '.join(map(str, failed))}. Leave them out, or mend them."
        )
    place = files[0].with_name(TOGETHER)
    return _tried(place, _written_together, reports, place, folder)


def _written_together(reports: "dict[str, Report]", place: Path, folder: Path | None) -> bool:
    from helpers.export.workbook import write_workbook

    with _step(f"Comparing {len(reports)} reports"):
        former, free = _names(place, folder)
        decisions = _decisions(former)
        path = write_workbook(reports, free, decisions=decisions)
    _say_written(path, former, decisions)
    return True


def _called(file: Path, files: list[Path]) -> str:
    """Return what a meeting is called: the name of its file, as long as it takes to be its own."""
    if [one.stem for one in files].count(file.stem) == 1:
        return file.stem
    return file.name if [one.name for one in files].count(file.name) == 1 else str(file)


def _say_written(path: Path, former: Path | None, decisions: "pd.DataFrame | None") -> None:
    if former is not None and decisions is not None and len(decisions):
        print(
            _indented(
                f"What was decided in {former.name} stands in it too; other notes and sheets are "
                "there still."
            )
        )
    print(_indented(f"Written: {path}"))


def _not_written(why: str) -> bool:
    print(_indented(f"No workbook was written. {_as_typed(why)}"))
    return False


@contextmanager
def _step(what: str) -> Iterator[None]:
    """Say what is being done, every few seconds that it goes on, and how long it took."""
    print(f"  {what} ...", end="", flush=True)
    start, ended = time.monotonic(), threading.Event()

    def go_on() -> None:
        while not ended.wait(STILL):
            print(f" {time.monotonic() - start:.0f} s ...", end="", flush=True)

    clock = threading.Thread(target=go_on, daemon=True)
    clock.start()
    try:
        yield
    except BaseException:
        print()
        raise
    else:
        print(f" {time.monotonic() - start:.0f} s")
    finally:
        ended.set()
        clock.join()


def _sizes(report: "Report") -> str:
    from helpers.reading.summary import counted

    said = (report.paragraphs["part"] == "deliberations").sum()
    asked = len(report.recommendations)
    return f"{counted(said, 'paragraph')} with {counted(asked, 'recommendation')}"


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())


def _as_typed(message: str) -> str:
    """Return a message with what is typed on a command line in place of the Python for it."""
    from helpers.export.tables import in_this_workbook

    for part in PARTS:
        message = message.replace(
            naming(part),
            f'--{part} "<heading>" (with make: {part.upper()}="<heading>")',
        )
    return in_this_workbook(message)


def _names(file: Path, folder: Path | None) -> tuple[Path | None, Path]:
    """Return the last workbook of a report, if there is one, and a name that is free.

    No file is written over, for people write in their workbooks.
    """
    place = file.parent if folder is None else folder
    pattern = re.compile(rf"{re.escape(file.stem)} mapping(?: (\d+))?\.(xlsx|docx)")
    found = [pattern.fullmatch(one.name) for one in place.iterdir()] if place.is_dir() else []
    taken = {int(match[1] or 1): match for match in found if match}
    books = [number for number, match in taken.items() if (place / f"{match[0][:-4]}xlsx").exists()]
    number = max(taken, default=0) + 1
    free = place / f"{file.stem} mapping{f' {number}' if number > 1 else ''}.xlsx"
    return (place / f"{taken[max(books)][0][:-4]}xlsx" if books else None), free


def _decisions(former: Path | None, report: "Report | None" = None) -> "pd.DataFrame | None":
    """Return what was decided in the last workbook, if it can be read and is of this report."""
    from helpers.export.decisions import read_typed

    if former is None:
        return None
    try:
        kept = read_typed(former)
    except (OSError, ValueError) as error:
        print(f"\n  What was decided in {former.name} cannot be read: {error}")
        return None
    if report is not None and kept.title != report.title:
        print(f"\n  {former.name} is of another report: nothing is taken from it.")
        return None
    return kept.decisions


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
