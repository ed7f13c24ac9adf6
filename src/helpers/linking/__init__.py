"""From two lists of passages to scores, links and what speaks for them."""

from helpers.linking.evidence import shared_terms
from helpers.linking.links import METHODS, link_threshold
from helpers.linking.passages import STOPWORDS, extract_features, margin_scores, phrases_of

__all__ = [
    "METHODS",
    "STOPWORDS",
    "extract_features",
    "link_threshold",
    "margin_scores",
    "phrases_of",
    "shared_terms",
]
