"""From two lists of passages to scores, links and what speaks for them."""

from helpers.linking.evidence import shared_terms
from helpers.linking.links import METHODS, link_threshold
from helpers.linking.passages import STOPWORDS, margin_scores, phrases_of, read_features

__all__ = [
    "METHODS",
    "STOPWORDS",
    "link_threshold",
    "margin_scores",
    "phrases_of",
    "read_features",
    "shared_terms",
]
