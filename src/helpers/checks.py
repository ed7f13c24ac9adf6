"""What the checks of the exercises look at: one function an exercise, none that reads code.

Each takes a learner's answer and raises `WrongAnswerError` with something to think about, or
nothing. What is right is computed from the bundled report, so that a check knows what the tables
say today.
"""

from collections.abc import Callable, Iterable
from functools import cache
from numbers import Real
from typing import Any

import pandas as pd

from helpers.entities import default_nlp, extract_entities
from helpers.ledger import build_ledger
from helpers.links import fence, link_passages
from helpers.report import Report, read_report
from helpers.scoring import annotate, read_gold, score_entities
from helpers.uncertainty import judge_links


class NotAnsweredError(Exception):
    """The starter stands as it was given."""


class WrongAnswerError(Exception):
    """An answer is wrong; the message says what to think about."""


def answered(answer: Any) -> None:
    """Refuse a starter that stands as it was given.

    Parameters
    ----------
    answer : object
        A value, or what a function gave back.

    Raises
    ------
    NotAnsweredError
        If it is still ``...``.

    Examples
    --------
    >>> answered(3)
    """
    if answer is ...:
        raise NotAnsweredError


def _tried(function: Callable[..., Any], *given: Any) -> Any:
    """Call a learner's function; one whose body is still the starter's is not answered."""
    if not callable(function):
        raise WrongAnswerError("The answer should be a function, made with `def`.")
    result = function(*given)
    answered(result)
    _need(result is not None, "The function gives nothing back. Does it end in `return`?")
    return result


def _need(condition: object, message: str) -> None:
    if not condition:
        raise WrongAnswerError(message)


def _items(answer: Any) -> set[Any]:
    """Give the things of a list, set, column or index as a set."""
    _need(
        isinstance(answer, Iterable) and not isinstance(answer, str),
        "The answer should hold several things: a list, a set, or a column of a table.",
    )
    return set(answer)


def _close(value: Any, right: float) -> bool:
    return isinstance(value, Real) and abs(float(value) - right) < 0.01


@cache
def _report() -> Report:
    return read_report()


@cache
def _entities() -> pd.DataFrame:
    return extract_entities(_report())


@cache
def _links() -> pd.DataFrame:
    return link_passages(_report(), entities=_entities())


@cache
def _ledger() -> pd.DataFrame:
    return build_ledger(_report(), _entities())


def _sentences_of(part: str) -> pd.DataFrame:
    sentences = _report().sentences
    return sentences[sentences["part"] == part]


def _check_1_1(answer: Any) -> None:
    sentences = _report().sentences
    _need(isinstance(answer, Real), "The answer should be a number.")
    _need(
        answer != len(_sentences_of("recommendations")),
        "That counts the sentences of all recommendations. Keep those whose unit is 12(c).",
    )
    _need(answer != 1, "12(c) is one recommendation. How many sentences does it have?")
    _need(
        answer == (sentences["unit"] == "12(c)").sum(),
        "Look at the column `unit` of `report.sentences`, and count the rows that say 12(c).",
    )


def _check_1_2(answer: Any) -> None:
    counts = _sentences_of("deliberations")["unit"].value_counts()
    _need(
        not isinstance(answer, pd.Series | pd.DataFrame | list),
        "That holds several things. Which one paragraph is it?",
    )
    _need(
        str(answer) != str(counts.max()),
        "That is how many sentences it has. Which paragraph is it?",
    )
    _need(
        str(answer).strip() == counts.idxmax(),
        "Count the sentences of each unit among the deliberations, and take the one with most.",
    )


def _check_1_3(answer: Any) -> None:
    sentences = _report().sentences
    for words in ("UNODC", "technology", "(CCPCJ)", "unicorns"):
        right = [
            at
            for at, text in zip(sentences["sentence"], sentences["text"], strict=True)
            if words in text
        ]
        try:
            found = _tried(answer, words)
        except (NotAnsweredError, WrongAnswerError):
            raise
        except Exception as error:
            raise WrongAnswerError(
                f"For {words!r} Python stopped with {type(error).__name__}: {error}."
            ) from error
        units = sentences.set_index("sentence").loc[right, "unit"].tolist()
        found = list(_items(found)) if not isinstance(found, list) else found
        _need(
            sorted(found) != sorted(units) or units == right,
            "These are units. The addresses of the sentences stand in the column `sentence`.",
        )
        _need(
            not (words.startswith("(") and set(found) - set(right)),
            "For '(CCPCJ)' it finds sentences without brackets. `str.contains` reads brackets as a "
            "pattern, unless you say `regex=False`.",
        )
        _need(
            sorted(found) == sorted(right),
            f"For {words!r} it should give {right}, but gives {found}.",
        )


def _check_2_1(answer: Any) -> None:
    entities = _entities()
    instruments = entities[entities["label"] == "INSTRUMENT"]
    said = instruments["sentence"].isin(_sentences_of("deliberations")["sentence"])
    right, found = set(instruments.loc[said, "entity_id"]), _items(answer)
    names = set(instruments["name"]) | set(instruments["text"])
    _need(
        not (found & names) or found == right,
        "These are names. Two names can be one instrument; take the column `entity_id`.",
    )
    extra = found - right
    _need(
        not extra,
        f"{', '.join(map(str, sorted(extra, key=str)))} does not stand among the deliberations. "
        "Keep the entities whose sentence is one of theirs.",
    )
    _need(found == right, f"{len(right - found)} more are named there.")


def _check_2_2(answer: Any) -> None:
    _need(isinstance(answer, str), "The answer should be a sentence, between quotation marks.")
    labels = {ent.label_ for ent in default_nlp()(answer).ents}
    _need(
        "CRIME_TYPE" in labels,
        'No crime type is found in it. "Crime" alone is none; which kind of crime?',
    )
    _need("STATE" not in labels, "A State is found in it. Leave it out, or its name.")


def _check_2_3(answer: Any) -> None:
    ids = _entities()["entity_id"]
    for concept in ("ccpcj", "youth", "cybercrime", "unicorns"):
        found, right = _tried(answer, concept), int((ids == concept).sum())
        _need(isinstance(found, Real), "The function should give back a number: how many rows?")
        wordings = int((_entities()["text"].str.lower() == concept).sum())
        _need(
            found == right or found != wordings,
            f"For {concept!r} it counts a wording. The thing has other names as well: compare "
            "`entity_id`.",
        )
        _need(found == right, f"For {concept!r} it should give {right}, but gives {found}.")


def _check_3_1(answer: Any) -> None:
    _need(
        isinstance(answer, tuple | list) and len(answer) == 2,
        "The answer should be two numbers: precision, recall.",
    )
    precision, recall = answer
    _need(
        not (_close(precision, 8 / 12) and _close(recall, 8 / 10)),
        "These two are swapped. Precision looks at what was found, recall at what is right.",
    )
    _need(
        not any(isinstance(value, Real) and float(value) > 1 for value in answer),
        "They are parts of a whole, from 0 to 1.",
    )
    _need(_close(precision, 8 / 10), "Precision: of the 10 that were found, how many are right?")
    _need(_close(recall, 8 / 12), "Recall: of the 12 that are right, how many were found?")


def _check_3_2(answer: Any) -> None:
    for precision, recall in ((0.5, 1.0), (1.0, 1.0), (0.2, 0.6), (0.0, 0.0)):
        whole = precision + recall
        right = 2 * precision * recall / whole if whole else 0.0
        try:
            found = _tried(answer, precision, recall)
        except ZeroDivisionError as error:
            raise WrongAnswerError(
                "With nothing right, precision and recall are 0, and it divides by 0. F1 is 0 then."
            ) from error
        _need(
            not _close(found, whole / 2) or _close(found, right),
            "That is the mean. The harmonic mean is 2 · precision · recall / their sum.",
        )
        _need(
            _close(found, right),
            f"For precision {precision} and recall {recall} F1 is {right:.2f}, not {found}.",
        )


def _check_3_3(answer: Any) -> None:
    _need(
        isinstance(answer, list) and answer,
        "The answer should be a list of pairs: words as they stand, and a label.",
    )
    marked = annotate(_report(), "10", answer)
    gold = read_gold(_report())
    gold = gold[gold["sentence"].fillna("").str.startswith("10.")]
    places = [set(zip(table["text"], table["label"], strict=True)) for table in (marked, gold)]
    for words, label in sorted(places[0] - places[1]):
        raise WrongAnswerError(
            f"{words!r} is no {label} by the guidelines, or not with these limits: a span is the "
            "longest name."
        )
    missing = len(places[1] - places[0])
    _need(not missing, f"{missing} more should be marked; think of groups and of measures.")
    _need(score_entities(gold, marked).loc[("all", "strict"), "f1"] == 1, "Not all places agree.")


def _check_4_1(answer: Any) -> None:
    links = _links()
    to = links[links["recommendation"] == "12(e).1"].set_index("deliberation")["score"]
    right = to.idxmax()
    _need(str(answer) != right.split(".")[0], "That is the paragraph. Which of its sentences?")
    _need(
        answer != right.split(".")[0] + ".1" or right.endswith(".1"),
        "The right paragraph, but another of its sentences has a higher score.",
    )
    _need(
        answer == right,
        "Keep the links whose recommendation is 12(e).1, and take the row with the highest score.",
    )


def _check_4_2(answer: Any) -> None:
    linked = _links().groupby("deliberation")["linked"].any()
    right, found = set(linked.index[~linked]), _items(answer)
    pairs = set(_links().loc[~_links()["linked"], "deliberation"])
    _need(
        found != pairs or pairs == right,
        "These have a pair that is not linked; nearly all have. Which have no pair that is?",
    )
    _need(
        not (found & set(_sentences_of("recommendations")["sentence"])),
        "These are recommendations. The question is for the deliberations.",
    )
    _need(found == right, "Group the links by deliberation, and ask for each if any is linked.")


def _check_4_3(answer: Any) -> None:
    pairs = [
        ({"youth": 1.0, "law": 2.0}, {"youth": 1.0, "law": 2.0}, 1.0),
        ({"youth": 1.0}, {"law": 3.0}, 0.0),
        ({"youth": 3.0, "law": 4.0}, {"youth": 6.0, "law": 8.0}, 1.0),
        ({"youth": 1.0, "law": 1.0}, {"law": 1.0}, 0.5**0.5),
        ({}, {"law": 1.0}, 0.0),
    ]
    for left, right, cosine in pairs:
        try:
            found = _tried(answer, left, right)
        except ZeroDivisionError as error:
            raise WrongAnswerError(
                "A sentence without words has length 0, and it divides by 0. It is like none: 0."
            ) from error
        product = sum(weight * right.get(word, 0) for word, weight in left.items())
        _need(
            _close(found, cosine) or not _close(found, product),
            "That is the sum of the products. Divide it by the lengths of both.",
        )
        _need(
            _close(found, cosine), f"For {left} and {right} it should be {cosine:.2f}, not {found}."
        )


def _check_5_1(answer: Any) -> None:
    crimes = _ledger()[_ledger()["label"] == "CRIME_TYPE"]
    right = set(crimes.loc[crimes["status"] == "emerged", "entity_id"])
    found = _items(answer)
    names = set(crimes.loc[crimes["status"] == "emerged", "name"])
    if found == names:
        return
    _need(
        found != set(_ledger().loc[_ledger()["status"] == "emerged", "entity_id"]),
        "These are all concepts that emerged. Which of them are crime types?",
    )
    _need(
        found != set(crimes.loc[crimes["status"] == "dropped", "entity_id"]),
        "That is what was dropped: deliberated, and not recommended. It is the other way round.",
    )
    _need(found == right, "Keep the rows whose label is CRIME_TYPE and whose status is emerged.")


def _check_5_2(answer: Any) -> None:
    cases = {(True, True): "carried", (True, False): "dropped", (False, True): "emerged"}
    for (said, recommended), right in cases.items():
        found = _tried(answer, said, recommended)
        _need(
            found != "rejected",
            "Nobody rejected anything: the text does not take it up. The word is dropped.",
        )
        _need(
            found == right,
            f"What was {'deliberated' if said else 'not deliberated'} and is "
            f"{'recommended' if recommended else 'not recommended'} is {right}, not {found}.",
        )


def _check_5_3(answer: Any) -> None:
    groups = _ledger()[(_ledger()["label"] == "GROUP") & (_ledger()["status"] == "specialised")]
    right = dict(zip(groups["entity_id"], groups["via"], strict=True))
    _need(isinstance(answer, dict), "The answer should be a dictionary: group to class.")
    _need(
        answer != {value: key for key, value in right.items()}
        and not set(answer) & set(right.values()),
        "The other way round: the group first, then its class.",
    )
    moved = set(_ledger().loc[_ledger()["status"] == "generalised", "entity_id"])
    _need(
        not set(answer) & moved,
        "Generalised is the other direction: deliberated, and recommended as its class.",
    )
    _need(
        answer == right, "Look at the rows of the ledger with label GROUP and status specialised."
    )


def _check_6_1(answer: Any) -> None:
    judged = judge_links(_report(), links=_links(), entities=_entities())
    line = fence(_links()["score"].to_numpy())
    _need(isinstance(answer, Real), "The answer should be a number.")
    _need(answer != len(judged), "That counts all links. How many have their `low` above the line?")
    _need(
        answer != (judged["high"] > line).sum(),
        "That asks whether the interval reaches above the line. Is all of it above?",
    )
    _need(answer == (judged["low"] > line).sum(), "Compare the column `low` with the line.")


def _check_6_2(answer: Any) -> None:
    for observed, by_chance, right in (
        (5.0, [1.0, 2.0, 3.0], 0.25),
        (2.0, [1.0, 2.0, 3.0], 0.75),
        (1.0, [1.0], 1.0),
    ):
        found = _tried(answer, observed, by_chance)
        reached = sum(value >= observed for value in by_chance)
        _need(
            _close(found, right) or not _close(found, reached / len(by_chance)),
            "The report itself is one of the texts: count it in, above and below the line. A p of "
            "0 would say that chance can never do it.",
        )
        _need(
            _close(found, right),
            f"For {observed} among {by_chance} p is {right}, not {found}: the part of all texts, "
            "the report counted in, that reach its value.",
        )


def _check_6_3(answer: Any) -> None:
    found = {str(letter).lower() for letter in _items(answer)}
    _need(
        "a" not in found,
        "a: an annotator may see a link where another sees none, and not every link here is one of "
        "theirs. Certainly is too much.",
    )
    _need(
        "c" not in found, "c: not found in the text is not rejected; the recommendations are short."
    )
    _need("d" not in found, "d: the views are the speakers' and nobody's in particular.")
    _need(found == {"b", "e"}, "Two of the five may be said.")


# By the number of the exercise.
CHECKS: dict[str, Callable[[Any], None]] = {
    "1.1": _check_1_1, "1.2": _check_1_2, "1.3": _check_1_3,
    "2.1": _check_2_1, "2.2": _check_2_2, "2.3": _check_2_3,
    "3.1": _check_3_1, "3.2": _check_3_2, "3.3": _check_3_3,
    "4.1": _check_4_1, "4.2": _check_4_2, "4.3": _check_4_3,
    "5.1": _check_5_1, "5.2": _check_5_2, "5.3": _check_5_3,
    "6.1": _check_6_1, "6.2": _check_6_2, "6.3": _check_6_3,
}  # fmt: skip
