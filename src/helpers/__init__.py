"""From the report of a United Nations meeting to what became of each point.

One verb per step: `read_report`, `extract_entities` (with the pipeline of `build_nlp`),
`link_passages` (on `score_passages`; summed up by `links_by_unit`, laid out by `mapping_matrix`;
asked point by point by `trace` and `sources`),
`build_ledger`, and `write_workbook` for all of it, into which people type (`read_decisions`,
`merge_decisions`), `write_brief` for two pages of it; `compare_reports` for several meetings.
What lies under them is in the rooms `reading`, `names`, `linking`, `ledger`, `meetings`,
`evaluation`, `figures`, `export` and `teaching`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from helpers.export.brief import write_brief
    from helpers.export.decisions import merge_decisions, read_decisions
    from helpers.export.workbook import write_workbook
    from helpers.ledger import build_ledger
    from helpers.linking.links import link_passages, links_by_unit, mapping_matrix
    from helpers.linking.passages import score_passages
    from helpers.linking.trace import sources, trace
    from helpers.meetings import compare_reports
    from helpers.names.entities import extract_entities
    from helpers.names.pipeline import build_nlp
    from helpers.reading.report import read_report

__all__ = [
    "build_ledger",
    "build_nlp",
    "compare_reports",
    "extract_entities",
    "link_passages",
    "links_by_unit",
    "mapping_matrix",
    "merge_decisions",
    "read_decisions",
    "read_report",
    "score_passages",
    "sources",
    "trace",
    "write_brief",
    "write_workbook",
]
# Where each verb is at home; `nearest_concepts` is no step, but a look into the tables.
HOMES = {
    "build_ledger": "ledger",
    "build_nlp": "names.pipeline",
    "compare_reports": "meetings",
    "extract_entities": "names.entities",
    "link_passages": "linking.links",
    "links_by_unit": "linking.links",
    "mapping_matrix": "linking.links",
    "merge_decisions": "export.decisions",
    "nearest_concepts": "names.nearest",
    "read_decisions": "export.decisions",
    "read_report": "reading.report",
    "score_passages": "linking.passages",
    "sources": "linking.trace",
    "trace": "linking.trace",
    "write_brief": "export.brief",
    "write_workbook": "export.workbook",
}


def __getattr__(name: str) -> Any:
    """Load a verb, and what it needs, when it is asked for.

    A process that only reads a file is ready at once.
    """
    if name not in HOMES:
        raise AttributeError(f"helpers has no {name!r}. Its verbs are {', '.join(__all__)}.")
    return getattr(import_module(f"helpers.{HOMES[name]}"), name)
