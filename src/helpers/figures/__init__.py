"""The collection's figures, each with its finding as title, and each in words as well.

Every ``plot_`` function draws on the Axes it is given, or on new ones, and returns them; a
``describe_`` function says what the figure shows to those who do not see it.
Colours are told apart by lightness too, so that they survive grey printing and colour blindness.
"""

from helpers.figures.ledger import (
    describe_flow,
    describe_ledger,
    plot_concepts,
    plot_flow,
    plot_ledger,
)
from helpers.figures.links import describe_matrix, describe_scores, plot_matrix, plot_scores
from helpers.figures.meetings import describe_themes, plot_themes
from helpers.figures.quality import (
    describe_agreement,
    describe_certainty,
    describe_chance,
    describe_methods,
    describe_reports,
    describe_thresholds,
    plot_agreement,
    plot_certainty,
    plot_chance,
    plot_methods,
    plot_reports,
    plot_thresholds,
)
from helpers.figures.report import (
    LABEL_COLOURS,
    describe_mentions,
    describe_parts,
    plot_mentions,
    plot_parts,
)
from helpers.figures.style import show, text_alternative

__all__ = [
    "LABEL_COLOURS",
    "describe_agreement",
    "describe_certainty",
    "describe_chance",
    "describe_flow",
    "describe_ledger",
    "describe_matrix",
    "describe_mentions",
    "describe_methods",
    "describe_parts",
    "describe_reports",
    "describe_scores",
    "describe_themes",
    "describe_thresholds",
    "plot_agreement",
    "plot_certainty",
    "plot_chance",
    "plot_concepts",
    "plot_flow",
    "plot_ledger",
    "plot_matrix",
    "plot_mentions",
    "plot_methods",
    "plot_parts",
    "plot_reports",
    "plot_scores",
    "plot_themes",
    "plot_thresholds",
    "show",
    "text_alternative",
]
