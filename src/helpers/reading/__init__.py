"""From a file to a report with its structure."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from helpers.reading.documents import CleanText
    from helpers.reading.lines import ReportError
    from helpers.reading.report import BUNDLED, Report, clean_text, locate
    from helpers.reading.sentences import sentence_spans

__all__ = [
    "BUNDLED",
    "CleanText",
    "Report",
    "ReportError",
    "clean_text",
    "locate",
    "sentence_spans",
]
HOMES = {
    "BUNDLED": "report",
    "CleanText": "documents",
    "Report": "report",
    "ReportError": "lines",
    "clean_text": "report",
    "locate": "report",
    "sentence_spans": "sentences",
}


def __getattr__(name: str) -> Any:
    """Load a name's module when it is asked for: who reads lines needs no tables."""
    if name not in HOMES:
        raise AttributeError(f"helpers.reading has no {name!r}.")
    return getattr(import_module(f"helpers.reading.{HOMES[name]}"), name)
