"""Compare ways to rank on other reports: ``make compare REVIEWS="one.md two.txt"``.

In the report of the Working Group on the Universal Periodic Review every delegation's intervention
is a numbered paragraph that begins with the name of a State, and every recommendation ends with
the State that made it, in brackets. Who recommended tells which intervention a recommendation
belongs to, with no annotator in between. The States' names are taken out before anything is scored,
and nothing is kept but how high the right intervention stands. A report is known by the name of
its file. How all ways to score fare goes to
``comparison/ranking.csv``, and how ours would with other weights to ``comparison/weights.csv``; the
reports themselves are not part of the collection.
"""

import re
import sys
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from compare_model import MODELS
from spacy.language import Language

from helpers import build_nlp, read_report
from helpers.evaluation.resampling import GAIN_RESAMPLES, bootstrap_distribution, interval
from helpers.linking.links import METHODS
from helpers.linking.passages import cosines, extract_features, vectorize
from helpers.resources import DATA

COMPARISON = DATA / "comparison"
NEIGHBOURS = {
    "stopword": (0.0, 0.25, 0.5, 0.75, 1.0),
    "phrase": (0.0, 0.5, 1.0, 2.0),
    "concept": (0.0, 0.5, 1.0, 2.0),
    "broader": (0.0, 0.25, 0.5, 1.0),
}
BRACKETS = r"\([A-Z](?:[^()]|\([^()]*\))*\)"  # a name in brackets, which may hold some itself
RECOMMENDATION = re.compile(
    rf"\(?\d+(?:\.\d+)*[.)]?\s+(?P<text>.+?)\s*(?P<state>{BRACKETS})\s*[;.]?"
)
FIRST_WORDS = 3  # among which the State of an intervention begins


class Pairs(NamedTuple):
    """The interventions and recommendations of a report.

    Parameters
    ----------
    interventions, recommendations : list of str
        Their texts, without the State that spoke.
    answers : numpy.ndarray of int
        For each recommendation the place of its intervention.
    """

    interventions: list[str]
    recommendations: list[str]
    answers: np.ndarray


def main(paths: list[str]) -> None:
    """Write both tables."""
    if not paths:
        sys.exit('Name reports of the Working Group: make compare REVIEWS="one.txt two.pdf"')
    reports = {Path(path).stem: read_pairs(path) for path in paths}
    for name, measure in (("ranking.csv", rank_report), ("weights.csv", weight_grid)):
        tables = {report: measure(pairs) for report, pairs in reports.items()}
        table = pd.concat(tables, names=["report"]).reset_index("report")
        table.to_csv(COMPARISON / name, index=False, lineterminator="\n")


def rank_report(pairs: Pairs) -> pd.DataFrame:
    """Say how high each way to score ranks the right intervention.

    Parameters
    ----------
    pairs : Pairs
        What `read_pairs` returned.

    Returns
    -------
    pandas.DataFrame
        One row per method: ``interventions`` and ``recommendations`` (how many), ``method``,
        ``mean_rank`` (1 is best), ``mean_reciprocal_rank`` (0 to 1, 1 is best), ``low`` and
        ``high`` (by how much that of "joined" is above it: a 95 % interval over recommendations
        drawn anew).
    """
    sides = (pairs.interventions, pairs.recommendations)
    scores = {name: score(*sides) for name, score in (METHODS | MODELS).items()}
    ranks = {name: ranks_of(table, pairs.answers) for name, table in scores.items()}
    rows = []
    for name, places in ranks.items():
        gains = bootstrap_distribution(
            len(places),
            partial(_mean_gain, ranks["joined"], places),
            resamples=GAIN_RESAMPLES,
            seed=0,
        )
        measures = (places.mean(), (1 / places).mean(), *map(float, interval(gains)))
        rows.append((*map(len, sides), name, *measures))
    columns = ["interventions", "recommendations", "method"]
    columns += ["mean_rank", "mean_reciprocal_rank", "low", "high"]
    return pd.DataFrame(rows, columns=columns).round(4)


def weight_grid(pairs: Pairs) -> pd.DataFrame:
    """Say how our method would rank if one of its weights were another.

    Parameters
    ----------
    pairs : Pairs
        What `read_pairs` returned.

    Returns
    -------
    pandas.DataFrame
        One row per value: ``part`` (stopword, phrase, concept, broader), ``weight``,
        ``mean_reciprocal_rank``.
    """
    nlp = build_nlp()
    sides = [
        [extract_features(text, nlp) for text in side]
        for side in (pairs.interventions, pairs.recommendations)
    ]
    scores = {
        (part, weight): cosines(vectorize(*sides, **{part: weight}))
        for part, weights in NEIGHBOURS.items()
        for weight in weights
    }
    rows = [(*key, (1 / ranks_of(table, pairs.answers)).mean()) for key, table in scores.items()]
    columns = ["part", "weight", "mean_reciprocal_rank"]
    return pd.DataFrame(rows, columns=columns).round(4)


def ranks_of(scores: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """Return the rank of the right intervention of each recommendation.

    Of interventions with the same score, each counts as standing in the middle of them.
    """
    right = scores[answers, np.arange(len(answers))]
    return 1 + (scores > right).sum(axis=0) + ((scores == right).sum(axis=0) - 1) / 2


def read_pairs(path: str) -> Pairs:
    """Read which intervention each recommendation of a report belongs to.

    Recommendations of several States, and of States that did not speak, are left out, as is the
    State under review, which speaks in more paragraphs than any other.
    """
    nlp = build_nlp()
    report = read_report(path)
    said: dict[str, list[str]] = {}
    for text in report.paragraphs["text"]:
        speaker = next((ent for ent in nlp(text[:200]).ents if ent.label_ == "STATE"), None)
        if speaker is not None and speaker.start < FIRST_WORDS:
            said.setdefault(speaker.ent_id_, []).append(_without(speaker.ent_id_, text, nlp))
    reviewed = max(said, key=lambda state: len(said[state]))
    speakers = sorted(set(said) - {reviewed})
    recommendations, answers = [], []
    for line in report.text.split("\n"):
        named = RECOMMENDATION.fullmatch(line.strip())
        states = [ent.ent_id_ for ent in nlp(named["state"]).ents] if named else []
        if len(states) == 1 and states[0] in speakers and not re.search(BRACKETS, named["text"]):
            recommendations.append(named["text"])
            answers.append(speakers.index(states[0]))
    interventions = [" ".join(said[state]) for state in speakers]
    return Pairs(interventions, recommendations, np.array(answers))


def _mean_gain(ours: np.ndarray, other: np.ndarray, drawn: np.ndarray) -> float:
    """Return by how much our mean reciprocal rank is above another's, over those drawn."""
    return float((1 / ours - 1 / other)[drawn].mean())


def _without(state: str, text: str, nlp: Language) -> str:
    for ent in reversed(nlp(text).ents):
        if ent.ent_id_ == state:
            text = text[: ent.start_char] + "State" + text[ent.end_char :]
    return text


if __name__ == "__main__":
    main(sys.argv[1:])
