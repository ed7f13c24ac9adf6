"""How sure a link is: what other methods say, how far its score reaches, and what would undo it.

Nothing here looks at gold. A report has few sentences and every link rests on a few words; these
functions show on how few.
"""

import re
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from helpers.entities import extract_entities
from helpers.links import PAIR, fence, link_passages, name_terms, topics, weigh_sentences
from helpers.passages import METHODS, Weights, contrast, cosines, is_of_genre
from helpers.report import Report

DRAWS = 500  # of the words of a pair
PERMUTATIONS = 999
ROUNDING = 1e-9  # sums in another order differ by less
INTERVAL = [0.05, 0.95]


class Permutation(NamedTuple):
    """The outcome of `permutation_test`.

    Parameters
    ----------
    observed : float
        Over all recommendations, the mean of the best score.
    by_chance : numpy.ndarray of float
        The same for every shuffling.
    p : float
        The part of all shufflings, the report itself counted in, that reach the observed value.
    """

    observed: float
    by_chance: np.ndarray
    p: float


def judge_links(
    report: Report,
    *,
    links: pd.DataFrame | None = None,
    entities: pd.DataFrame | None = None,
    pairs: pd.DataFrame | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Say of every link how sure it is.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    links, entities : pandas.DataFrame, optional
        What `helpers.link_passages`, by sentence, and `helpers.extract_entities` returned for this
        report; made here if they are not given.
    pairs : pandas.DataFrame, optional
        ``deliberation`` and ``recommendation`` of those to judge, linked or not; the linked ones if
        they are not given.
    seed : int
        Where the random numbers begin.

    Returns
    -------
    pandas.DataFrame
        One row a pair of sentences, the strongest first: ``deliberation``, ``recommendation``,
        ``linked``, ``score``, ``line`` (the score above which pairs of its topic are linked),
        ``low`` and ``high`` (90 % of the scores that the pair would have if its words were drawn
        anew from its own), ``stays`` (the part of those that are above the line), ``methods`` (how
        many of the four in `helpers.passages.METHODS` link the pair), ``rests_on`` (the fewest
        shared things without which it would not be linked, or "") and ``evidence``.
        ``judged.attrs["note"]`` says what must stand wherever it is shown.

    Raises
    ------
    ReportError
        As `helpers.link_passages`.
    ValueError
        If `links` are not those of this report's sentences by the method "joined", or `pairs` are
        not among them.

    Examples
    --------
    >>> from helpers import read_report
    >>> judged = judge_links(read_report()).set_index(["deliberation", "recommendation"])
    >>> judged.loc[("10.1", "12(d).3"), "rests_on"]
    'empower youth, culture of lawfulness'
    """
    entities = extract_entities(report) if entities is None else entities
    ours = link_passages(report, entities=entities) if links is None else links
    others = [method for method in METHODS if method != "joined"]
    votes = [link_passages(report, method=name, entities=entities) for name in others]
    methods = pd.concat([ours, *votes]).groupby(PAIR)["linked"].sum().rename("methods")
    wanted = ours[ours["linked"]] if pairs is None else pairs
    chosen = ours.merge(wanted[PAIR], on=PAIR).merge(methods.reset_index(), on=PAIR)
    tables = [_judge_topic(sides, chosen, entities, seed) for sides in topics(report)]
    judged = chosen.merge(pd.concat(tables), on=PAIR, suffixes=("", "_anew"))
    if len(judged) < len(wanted) or not np.allclose(
        *judged[["score", "score_anew"]].astype(float).to_numpy().T
    ):
        raise ValueError(
            "links must be what link_passages(report) returned for this report: by sentence, with "
            'the method "joined" and the same entities; and pairs must be among them.'
        )
    columns = ["linked", "score", "line", "low", "high", "stays", "methods", "rests_on", "evidence"]
    judged = judged.sort_values("score", ascending=False, kind="stable", ignore_index=True)
    judged = judged[[*PAIR, *columns]]
    judged.attrs["note"] = report.note
    return judged


def permutation_test(
    report: Report,
    *,
    entities: pd.DataFrame | None = None,
    permutations: int = PERMUTATIONS,
    seed: int = 0,
) -> Permutation:
    """Test whether the recommendations answer these deliberations, or just share their vocabulary.

    Every word and concept of the deliberations is dealt anew to their sentences: each stands in as
    many sentences as before, but no longer beside the same others. If the recommendations only
    spoke the language of the meeting, they would find sentences as like them as the real ones.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    entities : pandas.DataFrame, optional
        What `helpers.extract_entities` returned for this report; made here if it is not given.
    permutations : int
        How often the words are dealt.
    seed : int
        Where the random numbers begin.

    Returns
    -------
    Permutation
        ``observed``, ``by_chance`` and ``p``.

    Examples
    --------
    >>> from helpers import read_report
    >>> permutation_test(read_report(), permutations=99).p
    0.01
    """
    entities = extract_entities(report) if entities is None else entities
    tables = [weigh_sentences(*sides, entities) for sides in topics(report)]
    chance = np.random.default_rng(seed)
    by_chance = [
        np.concatenate([_best_scores(_dealt(weights, chance)) for weights in tables]).mean()
        for _ in range(permutations)
    ]
    observed = np.concatenate([_best_scores(weights) for weights in tables]).mean()
    reached = sum(value >= observed - ROUNDING for value in by_chance)
    return Permutation(
        float(observed), np.array(by_chance), float((1 + reached) / (1 + permutations))
    )


class _Topic(NamedTuple):
    """What the pairs of a topic are judged by."""

    weights: Weights
    alike: np.ndarray
    line: float
    names: list[str]  # of the terms
    written: dict[str, str]  # how the text has each name


def _judge_topic(
    sides: tuple[pd.DataFrame, pd.DataFrame],
    chosen: pd.DataFrame,
    entities: pd.DataFrame,
    seed: int,
) -> pd.DataFrame:
    weights = weigh_sentences(*sides, entities)
    alike = cosines(weights)
    scores = contrast(alike)
    texts = entities.groupby("name")["text"].agg(" | ".join)
    topic = _Topic(
        weights,
        alike,
        fence(scores),
        name_terms(weights, sides[1]["text"], entities),
        {name: f"{_plain(name)}|{_plain(text)}" for name, text in texts.items()},
    )
    rows_of, columns_of = (
        {sentence: place for place, sentence in enumerate(side["sentence"])} for side in sides
    )
    here = chosen.loc[chosen["deliberation"].isin(rows_of), [*PAIR, "linked"]]
    rows = []
    for said, recommended, linked in here.itertuples(index=False, name=None):
        at = (rows_of[said], columns_of[recommended])
        rows.append(
            (said, recommended, scores[at], topic.line, *_judge_pair(topic, *at, linked, seed))
        )
    columns = [*PAIR, "score", "line", "low", "high", "stays", "rests_on"]
    return pd.DataFrame(rows, columns=columns)


def _judge_pair(
    topic: _Topic, row: int, column: int, linked: bool, seed: int
) -> tuple[float, float, float, str]:
    """Give low, high, stays and what the pair rests on."""
    best = (_best_other(topic.alike[row], column), _best_other(topic.alike[:, column], row))
    left = topic.weights.deliberations[[row]].toarray().ravel()
    right = topic.weights.recommendations[[column]].toarray().ravel()
    drawn = contrast(_redrawn(left, right, seed), *best)
    low, high = np.quantile(drawn, INTERVAL)
    fewest = _fewest(_shared_things(left * right, topic), topic.line, best) if linked else []
    return low, high, (drawn > topic.line).mean(), ", ".join(fewest)


def _best_other(alike: np.ndarray, place: int) -> np.ndarray:
    return np.delete(alike, place).max(initial=0)


def _redrawn(left: np.ndarray, right: np.ndarray, seed: int) -> np.ndarray:
    """Give the scores of a pair whose terms are drawn anew, with replacement, from its own."""
    here = (left > 0) | (right > 0)
    left, right = left[here], right[here]
    counts = _draws(left.size, seed)
    lengths = np.sqrt((counts @ left**2) * (counts @ right**2))
    return np.divide(counts @ (left * right), lengths, out=np.zeros(DRAWS), where=lengths > 0)


@lru_cache(maxsize=64)
def _draws(terms: int, seed: int) -> np.ndarray:
    """Give how often each of so many terms is drawn, in each of the drawings."""
    if not terms:
        return np.zeros((DRAWS, 0))
    chance = np.random.default_rng(seed)
    return chance.multinomial(terms, np.full(terms, 1 / terms), size=DRAWS).astype(float)


def _shared_things(parts: np.ndarray, topic: _Topic) -> pd.DataFrame:
    """Give what a pair shares, the weightiest first: its part, and whether it is of the genre.

    A word of a longer name goes with it, also where the text has an acronym for it: who takes the
    name away takes the word.
    """
    shared = [(topic.names[at], parts[at], topic.weights.terms[at]) for at in np.flatnonzero(parts)]
    things: dict[str, tuple[float, bool]] = {}
    for name, part, term in sorted(shared, key=_longest_first):
        holds = (
            thing for thing in things if _plain(name) in topic.written.get(thing, _plain(thing))
        )
        whole = next(holds, name)
        sum_so_far, genre_so_far = things.get(whole, (0.0, True))
        things[whole] = (sum_so_far + part, genre_so_far and is_of_genre(term))
    table = pd.DataFrame.from_dict(things, orient="index", columns=["part", "of_genre"])
    return table.sort_values("part", ascending=False, kind="stable")


def _longest_first(thing: tuple[str, float, tuple[str, str]]) -> tuple:
    return (-len(_plain(thing[0]).split()), thing)


def _plain(words: str) -> str:
    """Give words in small letters, each between blanks, hyphenated ones apart."""
    return " " + " ".join(re.findall(r"\w+", words.lower())) + " "


def _fewest(shared: pd.DataFrame, line: float, best: tuple[np.ndarray, np.ndarray]) -> list[str]:
    """Name the fewest things without which a pair falls to the line, or shares no matter."""
    left_over = shared["part"].sum() - np.cumsum([0.0, *shared["part"]])
    by_score = int((contrast(left_over.clip(0), *best) > line).sum())
    matter = shared.index[~shared["of_genre"]]
    return (matter if len(matter) < by_score else shared.index[:by_score]).tolist()


def _dealt(weights: Weights, chance: np.random.Generator) -> Weights:
    """Deal every term of the deliberations to sentences by chance."""
    dealt = chance.permuted(weights.deliberations.toarray(), axis=0)
    lengths = np.linalg.norm(dealt, axis=1, keepdims=True)
    return weights._replace(deliberations=csr_array(dealt / np.where(lengths > 0, lengths, 1)))


def _best_scores(weights: Weights) -> np.ndarray:
    """Give for each recommendation the score of the deliberation that is most like it."""
    return contrast(cosines(weights)).max(axis=0)
