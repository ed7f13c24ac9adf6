"""From the report of a United Nations meeting to what became of each point.

One verb per step: `read_report`, `extract_entities` (with the pipeline of `build_nlp`),
`link_passages` (on `score_passages`; summed up by `links_by_unit`, laid out by `mapping_matrix`),
`build_ledger`, and `write_workbook` for all of it. What lies under them is in the rooms
`reading`, `names`, `linking`, `ledger`, `evaluation`, `figures`, `export` and `teaching`.
"""

from typing import TYPE_CHECKING, Any

from helpers.ledger import build_ledger
from helpers.linking.links import link_passages, links_by_unit, mapping_matrix
from helpers.linking.passages import score_passages
from helpers.names.entities import extract_entities
from helpers.names.pipeline import build_nlp
from helpers.reading.report import read_report

if TYPE_CHECKING:
    from helpers.export.workbook import write_workbook

__all__ = [
    "build_ledger",
    "build_nlp",
    "extract_entities",
    "link_passages",
    "links_by_unit",
    "mapping_matrix",
    "read_report",
    "score_passages",
    "write_workbook",
]


def __getattr__(name: str) -> Any:
    """Load the workbook, and what writes and judges it, when it is asked for."""
    if name != "write_workbook":
        raise AttributeError(f"helpers has no {name!r}. Its verbs are {', '.join(__all__)}.")
    from helpers.export.workbook import write_workbook

    return write_workbook
