"""From a file to a report with its structure."""

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
