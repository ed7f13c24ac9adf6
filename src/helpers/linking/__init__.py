"""From two lists of passages to scores, links and what speaks for them."""

from helpers.linking.chance import link_threshold
from helpers.linking.evidence import mark, shared_places, shared_terms
from helpers.linking.links import METHODS, chance_of_report
from helpers.linking.passages import STOPWORDS, extract_features, phrases_of

__all__ = [
    "METHODS",
    "STOPWORDS",
    "chance_of_report",
    "extract_features",
    "link_threshold",
    "mark",
    "phrases_of",
    "shared_places",
    "shared_terms",
]
