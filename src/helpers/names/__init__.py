"""From a text to the names in it, each linked to what it stands for."""

from helpers.names.gazetteers import (
    GAZETTEERS,
    TABLES,
    GazetteerError,
    read_concepts,
    read_contexts,
    read_crime_forms,
    read_gazetteer,
    read_organs,
)
from helpers.names.nearest import nearest_concepts
from helpers.names.pipeline import Concept, concept_of

__all__ = [
    "GAZETTEERS",
    "TABLES",
    "Concept",
    "GazetteerError",
    "concept_of",
    "nearest_concepts",
    "read_concepts",
    "read_contexts",
    "read_crime_forms",
    "read_gazetteer",
    "read_organs",
]
