"""A report at a glance: what to be careful about first, then what was read."""

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from helpers.reading.report import Report

NO_TITLE = "a text without a title"
SHOWN = 12  # warnings that are shown before the rest is counted
# One cell of padding and a rule under each row; colours are the page's own, light or dark.
CELL = "text-align: left; padding: 0.2em 1em 0.2em 0; vertical-align: top"
HEAD = (
    f'<thead><tr><th scope="col" style="{CELL}">Of the report</th>'
    f'<th scope="col" style="{CELL}">was read</th></tr></thead>'
)
BOX = "border-left: 4px solid #b45309; padding: 0.1em 0 0.1em 0.8em; margin: 0.6em 0"


def counted(number: int, singular: str) -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> counted(1, "warning"), counted(1200, "paragraph")
    ('1 warning', '1,200 paragraphs')
    """
    return f"{number:,} {singular}{'' if number == 1 else 's'}"


def what_was_read(report: "Report") -> dict[str, str]:
    """Return what was read of a report, in words.

    Parameters
    ----------
    report : Report
        The report.

    Returns
    -------
    dict of str to str
        "Paragraphs", "Recommendations", "Sentences", "Footnotes", "Left out or mended": how many,
        and of which parts and kinds.

    Examples
    --------
    >>> from helpers import read_report
    >>> what_was_read(read_report())["Paragraphs"]
    '12: deliberations 9, procedural 2, recommendations 1'
    """
    return {
        "Paragraphs": _by(report.paragraphs, "part"),
        "Recommendations": f"{len(report.recommendations):,}",
        "Sentences": f"{len(report.sentences):,}",
        "Footnotes": f"{len(report.footnotes):,}",
        "Left out or mended": _by(report.repairs, "kind"),
    }


def warned(report: "Report") -> Iterator[tuple[str, str]]:
    """Yield place and message of each warning, those beyond what a person reads counted."""
    rows = list(report.warnings[["place", "message"]].itertuples(index=False, name=None))
    yield from rows[:SHOWN]
    if len(rows) > SHOWN:
        yield f"and {len(rows) - SHOWN:,} more", "report.warnings lists them all."


def as_text(report: "Report") -> str:
    """Return a report at a glance as plain text."""
    lines = [f"Report: {report.title or NO_TITLE}"]
    if len(report.warnings):
        lines.append(f"{counted(len(report.warnings), 'warning')}:")
        lines += [f"  {place}: {message}" for place, message in warned(report)]
    lines += [f"{name}: {said}" for name, said in what_was_read(report).items()]
    return "\n".join([*lines, report.note])


def as_html(report: "Report") -> str:
    """Return a report at a glance as a notebook shows it."""
    parts = [f"<p><strong>{escape(report.title or NO_TITLE)}</strong></p>"]
    if len(report.warnings):
        head = f"{counted(len(report.warnings), 'warning')}: look here before you trust the tables"
        items = "".join(
            f"<li>{escape(place)}: {escape(message)}</li>" for place, message in warned(report)
        )
        parts.append(f'<div style="{BOX}"><strong>{head}</strong><ul>{items}</ul></div>')
    said = {**_front(report), **what_was_read(report)}
    rows = "".join(
        f'<tr><th scope="row" style="{CELL}">{escape(name)}</th>'
        f'<td style="{CELL}">{escape(value)}</td></tr>'
        for name, value in said.items()
    )
    parts.append(f"<table>{HEAD}<tbody>{rows}</tbody></table><p>{escape(report.note)}</p>")
    return f"<div>{''.join(parts)}</div>"


def _front(report: "Report") -> dict[str, str]:
    """Return what the front matter says that tells one report from another."""
    meta = report.meta
    dates = " to ".join(str(meta[key]) for key in ("start", "end") if key in meta)
    said = {
        "Symbol": str(meta.get("symbol", "")),
        "Session": str(meta.get("session", "")),
        "Place and dates": ", ".join(filter(None, [str(meta.get("place", "")), dates])),
    }
    return {name: value for name, value in said.items() if value}


def _by(table: pd.DataFrame, column: str) -> str:
    """Return how many rows a table has, and of which kinds, the most frequent first."""
    counts = table[column].value_counts()
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in counts.items())
    return f"{len(table):,}: {kinds}" if kinds else "0"
