"""From a file to a report with its structure."""

from helpers.reading.documents import CleanText, ReportError, clean_text, read_text
from helpers.reading.report import BUNDLED, Report, locate, sentence_spans

__all__ = [
    "BUNDLED",
    "CleanText",
    "Report",
    "ReportError",
    "clean_text",
    "locate",
    "read_text",
    "sentence_spans",
]
