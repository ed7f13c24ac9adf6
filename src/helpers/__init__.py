"""From the report of a United Nations meeting to what became of each point.

Four steps, each with one verb: `read_report`, `extract_entities` (with the pipeline of
`build_nlp`), `link_passages` (on `score_passages`, laid out by `mapping_matrix`) and
`build_ledger`.
"""

from helpers.entities import build_nlp, extract_entities
from helpers.ledger import build_ledger
from helpers.links import link_passages, mapping_matrix
from helpers.passages import score_passages
from helpers.report import read_report

__all__ = [
    "build_ledger",
    "build_nlp",
    "extract_entities",
    "link_passages",
    "mapping_matrix",
    "read_report",
    "score_passages",
]
