"""What the checks of the exercises look at: one function per exercise, and what an answer does.

Each takes a learner's answer and raises `WrongAnswerError` with something to think about, or
nothing. What is right is computed from the bundled report, so that a check knows what the tables
say today.

An answer is first read (`_number`, `_string`, `_strings`, ...), so that a list, a column and an
array of the same things are the same answer. A function is tried on cases (`_try`) that tell wrong
ideas from the right one.
"""

import dis
import re
import textwrap
import traceback
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from copy import deepcopy
from decimal import Decimal
from functools import cache
from numbers import Real
from types import FunctionType
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.evaluation.gold import annotate, read_gold
from helpers.evaluation.metrics import score_entities
from helpers.evaluation.uncertainty import judge_links
from helpers.ledger import build_ledger
from helpers.linking.links import link_passages
from helpers.names.entities import extract_entities
from helpers.names.pipeline import default_nlp
from helpers.reading.report import Report, read_report


class NotAnsweredError(Exception):
    """The starter stands as it was given."""


class WrongAnswerError(Exception):
    """An answer is wrong; the message says what to think about."""


def answered(answer: Any) -> None:
    """Refuse a starter that stands as it was given.

    Parameters
    ----------
    answer : object
        A value or a function, or what a function gave back.

    Raises
    ------
    NotAnsweredError
        If it is still ``...``, holds one, or is a function without a body.

    Examples
    --------
    >>> answered((0.8, 0.67))
    """
    if answer is ... or _does_nothing(answer):
        raise NotAnsweredError
    if isinstance(answer, list | tuple | set | frozenset | dict):
        for thing in [*answer, *(answer.values() if isinstance(answer, dict) else ())]:
            answered(thing)


def stopped(error: BaseException) -> str:
    """Say with what error Python stopped.

    Parameters
    ----------
    error : BaseException
        What was raised.

    Returns
    -------
    str
        A sentence.

    Examples
    --------
    >>> stopped(KeyError("unicorns"))
    "Python stopped with `KeyError: 'unicorns'`."
    """
    said = traceback.format_exception_only(error)[0]
    return f"Python stopped with `{textwrap.shorten(said, 300)}`."


# What a learner gives is read into a number, a string or several strings, whatever holds them.

# The first that fits: to Python, True and False are numbers as well.
KINDS: dict[type, str] = {
    type(None): "nothing (None)",
    type(pd.NA): "a missing value (NA)",
    str: "a string, in quotation marks",
    bool: "True or False",
    list: "a list",
    tuple: "a tuple: several things with commas between them",
    set: "a set",
    dict: "a dictionary",
    pd.DataFrame: "a whole table",
    pd.Series: "a column or a row of a table",
    pd.Index: "an index",
    np.ndarray: "an array",
    pd.api.extensions.ExtensionArray: "an array",
    int: "a number",
    float: "a number",
}


def _kind(answer: Any) -> str:
    """Say in words what sort of thing an answer is."""
    for kind, words in KINDS.items():
        if isinstance(answer, kind):
            return words
    if callable(answer):
        return "a function: to get what it gives back, write brackets after it"
    return f"something of the type {type(answer).__name__}"


def _need(condition: object, message: str) -> None:
    if not condition:
        raise WrongAnswerError(message)


def _bare(answer: Any) -> Any:
    """Return numpy's numbers and strings as Python's."""
    one = isinstance(answer, np.generic | np.ndarray) and answer.ndim == 0
    return answer.item() if one else answer


def _number(answer: Any) -> float:
    value = _bare(answer)
    _need(
        isinstance(value, Real | Decimal) and not isinstance(value, bool),
        f"One number is asked for, and this is {_kind(value)}.",
    )
    _need(value == value, "One number is asked for, and this is nan, which means: no value.")
    return float(value)


def _hundredths(answer: Any) -> float:
    """Return a number as precisely as learners round it."""
    return round(_number(answer), 2)


def _string(answer: Any) -> str:
    """Return one string, in small letters; a number is what is written: 9.2 is an address."""
    value = _bare(answer)
    _need(
        isinstance(value, str | int | float | Decimal) and not isinstance(value, bool),
        f"One string is asked for, and this is {_kind(value)}.",
    )
    written = value if isinstance(value, str) else f"{value:g}"
    return " ".join(written.split()).casefold()


def _things(answer: Any) -> list[Any]:
    """Return what a list, set, column, index, array or generator holds."""
    answer = _bare(answer)
    _need(
        isinstance(answer, Iterable) and not isinstance(answer, str | bytes | pd.DataFrame),
        "Several things are asked for, as a list, a set or a column of a table holds them, and "
        f"this is {_kind(answer)}.",
    )
    things = [_bare(thing) for thing in answer]
    _need(
        things or not isinstance(answer, Iterator),
        "There is nothing in it. A generator can be gone through only once: make a list of it with "
        "`list(...)`, and run its cell again.",
    )
    if things and all(isinstance(thing, bool) for thing in things):
        raise WrongAnswerError(_about_truth(answer, things))
    _need(
        not isinstance(answer, pd.Series) or not pd.api.types.is_integer_dtype(answer),
        "These are whole numbers. If they are counts: what was counted stands in the `.index`.",
    )
    answered(things)
    return things


def _about_truth(answer: Any, things: list[bool]) -> str:
    """Say what to do with True and False."""
    labelled = isinstance(answer, pd.Series) and isinstance(answer.index[0], str)
    if labelled and len(set(things)) == 1:
        return f"All of these are {things[0]}. What that is said of stands in the `.index`."
    return (
        "These are True and False. In square brackets after a table, a column or an index they "
        "keep what is True."
    )


def _strings(answer: Any) -> list[str]:
    return [_string(thing) for thing in _things(answer)]


def _in_order(answer: Any) -> tuple[str, ...]:
    _need(
        not isinstance(answer, set | frozenset),
        "This is a set, and a set has no order. Put the things in a list.",
    )
    return tuple(_strings(answer))


def _each_is(asked: str, allowed: Collection[str], found: Iterable[str]) -> None:
    """Refuse things of another kind than is asked for, and say what they are."""
    for thing in found:
        what = _known_as().get(thing, "nothing that the tables of the report know")
        _need(thing in allowed, f"`{thing}` is {what}. What is asked for is {asked}.")


def _settle(found: Hashable, right: Hashable, slips: Mapping[Any, str], otherwise: str) -> None:
    """Accept what is right, and answer a typical slip with the message of its own."""
    _need(found == right, slips.get(found, otherwise))


def _more(count: int, one: str = "is", several: str = "are") -> str:
    """Say how many things are still missing, up to the verb."""
    return f"One more {one}" if count == 1 else f"{count} more {several}"


# A function is called, and what it gives back is compared; how it is written is its own affair.


class Case(NamedTuple):
    """Something to try a function on."""

    given: tuple[Any, ...]
    right: Any
    why: str = ""


def _does_nothing(function: Any) -> bool:
    """Tell a body of `...` or `pass` from one that forgot its `return`: both give None back."""
    return isinstance(function, FunctionType) and _steps(function) == _steps(_starter)


def _starter() -> None: ...


def _steps(function: Any) -> list[tuple[str, Any]]:
    return [(step.opname, step.argval) for step in dis.get_instructions(function)]


def _shown(value: Any) -> str:
    """Write a value as code, on one line."""
    plain = list(value) if isinstance(value, tuple) else value
    written = f"{plain:g}" if isinstance(plain, float) else repr(plain)
    return f"`{textwrap.shorten(written, 200)}`"


def _try(
    function: Any,
    cases: Iterable[Case],
    read: Callable[[Any], Any],
    slips: Mapping[Callable[..., Any], str],
) -> None:
    """Compare what a function gives with what is right; a slip that explains all of it is named."""
    _need(
        callable(function), f"A function is asked for, made with `def`; this is {_kind(function)}."
    )
    tried: list[Case] = []
    for case in cases:
        found = _call(function, case, read)
        if found != case.right:
            so_far = [*tried, case._replace(right=found)]
            for slip, message in slips.items():
                _need(any(slip(*given) != gave for given, gave, _ in so_far), message)
            raise WrongAnswerError(_wish(case, f"but gives {_shown(found)}"))
        tried.append(case)


def _call(function: Callable[..., Any], case: Case, read: Callable[[Any], Any]) -> Any:
    """Call a function, and read what it gives back; whatever goes wrong is told with the input."""
    given = deepcopy(case.given)  # a learner's function may change what it is given
    try:
        result = function(*given)
        answered(result)
        if result is not None:
            result = read(list(result) if isinstance(result, Iterator) else result)
    except NotAnsweredError:
        raise
    except WrongAnswerError as wrong:
        raise WrongAnswerError(f"{_wish(case)} {wrong}") from wrong
    except (Exception, SystemExit) as error:
        raise WrongAnswerError(f"{_wish(case)} Instead, {stopped(error)}") from error
    _need(
        result is not None,
        f"{_wish(case)} It gives nothing back (None). Does every way through it end in `return`, "
        "with a value after it? `print` shows a value and does not give it back.",
    )
    _left_alone(given, case.given)
    return result


def _left_alone(given: tuple[Any, ...], before: tuple[Any, ...]) -> None:
    """Refuse what a function has changed: whoever called it may need it again."""
    for now, then in zip(given, before, strict=True):
        _need(
            repr(now) == repr(then),
            f"It changes the {_kind(then).removeprefix('a ')} it is given: after the call this is "
            f"{_shown(now)}. Whoever calls it may need it again. Work on a copy, which `.copy()` "
            "makes.",
        )


def _wish(case: Case, but: str = "") -> str:
    """Say what should come of a case, and why."""
    given = " and ".join(map(_shown, case.given))
    end = f", {but}." if but else "."
    return f"For {given} it should give {_shown(case.right)}{end} {case.why}".strip()


def _part(count: float, whole: float) -> float:
    """Divide, to hundredths; nothing is no part of nothing."""
    return round(count / whole, 2) if whole else 0.0


# The tables, made once.


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


@cache
def _judged() -> pd.DataFrame:
    return judge_links(_report(), links=_links(), entities=_entities())


def _sentences_of(part: str) -> pd.DataFrame:
    sentences = _report().sentences
    return sentences[sentences["part"] == part]


@cache
def _known_as() -> dict[str, str]:
    """Say of every string of the tables what it is."""
    sentences, entities = _report().sentences, _entities()
    # A later line wins over an earlier one: "youth" is both a name and an id.
    known = dict.fromkeys(sentences["text"], "the text of a sentence")
    known |= dict.fromkeys([*entities["name"], *entities["text"]], "a name and no id")
    known |= dict.fromkeys(sentences["unit"], "a whole paragraph or recommendation")
    known |= dict.fromkeys(sentences["part"], "a part of the report")
    known |= dict.fromkeys(entities["label"], "a label")
    known |= dict.fromkeys(_ledger()["status"], "a status")
    known |= {row.entity_id: f"an id with the label {row.label}" for row in entities.itertuples()}
    known |= {row.sentence: f"a sentence (part: {row.part})" for row in sentences.itertuples()}
    return {thing.casefold(): what for thing, what in known.items()}


@cache
def _ids() -> dict[str, str]:
    """Return the id of everything by its names."""
    entities = _entities()
    names = [*entities["text"], *entities["name"]]
    return dict(zip(map(str.casefold, names), [*entities["entity_id"]] * 2, strict=True))


# The checks.


def _check_1_1(answer: Any) -> None:
    report = _report()
    text = report.sentences.set_index("sentence").loc["12(c).1", "text"]
    whole = report.recommendations.set_index("recommendation").loc["12(c)", "text"]
    slips = {
        len(text.split()): "That is how many words it has. `len` of a string counts characters.",
        len(text.replace(" ", "")): "The blanks are characters as well.",
        len(whole): "That is the whole recommendation. 12(c).1 is its first sentence.",
        1: "That counts rows. Take the text out of the row first.",
    }
    otherwise = "Take the text whose address is 12(c).1 out of `report.sentences`; `len` counts."
    _settle(_number(answer), len(text), slips, otherwise)


def _check_1_2(answer: Any) -> None:
    sentences, found = _report().sentences, _string(answer)
    counts = _sentences_of("deliberations")["unit"].value_counts()
    right = counts.idxmax()
    slips = {
        row.unit: f"`{row.unit}` is none of the deliberations: its part is {row.part}."
        for row in sentences[sentences["part"] != "deliberations"].itertuples()
    } | {
        str(counts.max()): "That is how many sentences it has. Which paragraph is it?",
    }
    otherwise = (
        "Count the sentences of each unit among the deliberations, and take the one with most."
    )
    _need(
        found == right or re.findall(r"\d+", found) != [right],
        "Only its number is asked for, with nothing around it.",
    )
    _settle(found, right, slips, otherwise)


def _check_1_3(answer: Any) -> None:
    columns = (_report().sentences[name] for name in ("sentence", "unit", "text"))
    rows = [tuple(map(str, row)) for row in zip(*columns, strict=True)]

    def where(words: str) -> tuple[str, ...]:
        return tuple(at for at, _, text in rows if words in text)

    part = "It finds whole words only. Parts of words count: 'crime' stands in 'cybercrime'."
    slips: dict[Callable[..., Any], str] = {
        lambda words: tuple(at for at, _, text in rows if re.search(words, text)): (
            "Brackets and full stops are not looked for. To `str.contains` they are signs of a "
            "pattern; with `regex=False` it takes them as they stand."
        ),
        lambda words: tuple(at for at, _, text in rows if words.lower() in text.lower()): (
            "It must tell capital letters from small ones: 'Unodc' stands nowhere."
        ),
        lambda words: tuple(at for at, _, text in rows if re.search(rf"\b{words}\b", text)): part,
        lambda words: tuple(at for at, _, text in rows if words in text.split()): part,
        lambda words: tuple(unit for _, unit, text in rows if words in text): (
            "These are units. The addresses of the sentences stand in the column `sentence`."
        ),
        lambda words: tuple(_string(text) for *_, text in rows if words in text): (
            "These are the texts. Their addresses stand in the column `sentence`."
        ),
        lambda words: tuple(str(row) for row, (*_, text) in enumerate(rows) if words in text): (
            "These are the numbers of rows. The addresses stand in the column `sentence`."
        ),
        lambda words: tuple(at for at, _, text in rows for _ in range(text.count(words))): (
            "It gives a sentence again for each time that the words stand in it. Once will do."
        ),
        lambda words: tuple(sorted(where(words))): (
            "As strings, '10.2' comes before '4.1'. Keep the order of the report."
        ),
    }
    words = ["UNODC", "crime", "law", "technology", "(CCPCJ)", "crime.", "Unodc", "Speakers"]
    cases = [Case((some,), where(some)) for some in [*words, "Secretary", "criminal justice"]]
    apart = Case(("justice criminal",), (), "These words never stand together in this way.")
    nothing = Case(("unicorns",), (), "Words that stand nowhere have no addresses.")
    _try(answer, [*cases, apart, nothing], _in_order, slips)


def _check_1_4(answer: Any) -> None:
    sentences = _report().sentences
    words = sentences["text"].str.split().str.len().groupby(sentences["part"])
    characters = sentences["text"].str.len().groupby(sentences["part"])
    longest = sentences["text"].str.len().idxmax()
    right = (words.mean().idxmax(), words.median().idxmax(), sentences.loc[longest, "sentence"])
    found = _in_order(answer)
    _need(len(found) == 3, "Three strings are asked for: two parts, and an address.")
    _each_is("a part of the report", set(sentences["part"]), found[:2])
    _each_is("the address of a sentence", set(sentences["sentence"]), found[2:])
    slips = {
        (right[1], right[0], right[2]): "The mean and the median are swapped.",
        (right[0], characters.median().idxmax(), right[2]): (
            "The second is wrong: that is the median of the characters. Count the words: "
            "`str.split()`, `str.len()`."
        ),
        (right[0], right[0], right[2]): (
            "The second is wrong. The median is another part's: a few very long sentences raise a "
            "mean, and leave the one in the middle as it is."
        ),
    }
    asked = ("the part by its mean", "the part by its median", "the longest sentence")
    wrong = [what for what, one, other in zip(asked, found, right, strict=True) if one != other]
    otherwise = (
        f"Not right: {', '.join(wrong)}. Group the numbers of words by part, and ask for `mean()` "
        "and `median()`; `idxmax()` says where the highest number stands."
    )
    _settle(found, right, slips, otherwise)


def _check_2_1(answer: Any) -> None:
    entities, found = _entities(), _strings(answer)
    instruments = entities[entities["label"] == "INSTRUMENT"]
    said = instruments["sentence"].isin(_sentences_of("deliberations")["sentence"])
    right = set(instruments.loc[said, "entity_id"])
    _each_is("the id of an instrument", set(instruments["entity_id"]), found)
    for extra in sorted(set(found) - right):
        raise WrongAnswerError(
            f"`{extra}` does not stand among the deliberations. Keep the entities whose sentence "
            "is one of theirs."
        )
    _need(set(found) == right, f"{_more(len(right - set(found)))} named there.")
    _need(len(found) == len(right), "Each once, please: `set(...)` leaves out what is repeated.")


def _check_2_2(answer: Any) -> None:
    text = _bare(answer)
    _need(isinstance(text, str), f"A sentence is asked for, and this is {_kind(text)}.")
    labels = {ent.label_ for ent in default_nlp()(str(text)).ents}
    _need(
        "CRIME_TYPE" in labels,
        'No crime type is found in it. "Crime" alone is none; which kind of crime?',
    )
    _need("STATE" not in labels, "A State is found in it. Leave it out, or its name.")


def _check_2_3(answer: Any) -> None:
    entities = _entities()
    ids, texts = entities["entity_id"], entities["text"].str.lower()

    def places(concept: str) -> pd.Series:
        return entities.loc[ids == concept, "sentence"]

    wording = "It counts a wording. The thing has other names as well: compare `entity_id`."
    slips: dict[Callable[..., Any], str] = {
        lambda concept: (texts == concept).sum(): wording,
        lambda concept: (entities["text"] == concept).sum(): wording,
        lambda concept: (entities["name"].str.lower() == concept).sum(): wording,
        lambda concept: texts[ids == concept].nunique(): (
            "It counts the names that the thing has. How many rows are there?"
        ),
        lambda concept: places(concept).nunique(): (
            "It counts sentences. A sentence may name a thing twice, and a heading is none."
        ),
        lambda concept: places(concept).count(): (
            "It leaves out mentions that stand in no sentence, but in a heading or in front."
        ),
        lambda concept: ids.str.startswith(concept).sum(): (
            "It counts every id that begins in this way; 'un' is another body than 'unodc'."
        ),
        lambda concept: ids.str.contains(concept, regex=False).sum(): (
            "It counts every id that has these letters in it. Compare the whole id, with `==`."
        ),
    }
    # The first is named once, by a word that is its id: whoever counts a wording finds it.
    telling = ["extradition", "vulnerable-populations", "women", "ccpcj", "agenda-2030", "un", "ga"]
    cases = [
        Case((concept,), float((ids == concept).sum())) for concept in [*telling, *ids.unique()]
    ]
    nothing = Case(("unicorns",), 0.0, "What is not in the report is mentioned 0 times.")
    _try(answer, [*cases, nothing], _number, slips)


def _check_2_4(answer: Any) -> None:
    entities, found = _entities(), set(_strings(answer))
    part = entities["sentence"].map(_report().sentences.set_index("sentence")["part"])
    names = entities["text"].str.lower().groupby([entities["entity_id"], part]).agg(set).unstack()
    both = names.dropna(subset=["deliberations", "recommendations"])
    shared = both.apply(lambda row: row["deliberations"] & row["recommendations"], axis="columns")
    _each_is("an id", set(map(str.casefold, entities["entity_id"])), found)
    for extra in sorted(found - set(both.index)):
        raise WrongAnswerError(f"`{extra}` is not named on both sides.")
    for extra in sorted(found & set(shared.index[shared.map(bool)])):
        raise WrongAnswerError(
            f"`{extra}` has one name on both sides, `{min(shared[extra])}`. Comparing words finds "
            "it again."
        )
    missing = len(shared) - shared.map(bool).sum() - len(found)
    _need(not missing, f"{_more(missing)} named on both sides, and never by the same name.")


def _check_3_1(answer: Any) -> None:
    _need(
        not isinstance(answer, set | frozenset | dict),
        f"Two numbers in a row are asked for: precision, recall. This is {_kind(answer)}.",
    )
    things = _things(answer)
    _need(
        not any(isinstance(thing, str) for thing in things),
        "Two numbers are asked for, and here is a string. Write them without quotation marks, as "
        "parts of 1 and not of 100.",
    )
    found = tuple(_hundredths(thing) for thing in things)
    _need(len(found) == 2, "Two numbers are asked for: precision, recall.")
    _need(all(0 <= value <= 1 for value in found), "They are parts of a whole, from 0 to 1.")
    precision, recall = _part(8, 10), _part(8, 12)
    _need(
        found != (recall, precision),
        "These two are swapped. Precision looks at what was found, recall at what is right.",
    )
    _need(found[0] == precision, "Precision: of the 10 that were found, how many are right?")
    _need(
        found[1] not in {0.66, 0.7},
        "Recall is right but for rounding. Let Python divide, or round up to two digits after the "
        "point.",
    )
    _need(found[1] == recall, "Recall: of the 12 that are right, how many were found?")


def _check_3_2(answer: Any) -> None:
    slips: dict[Callable[..., Any], str] = {
        lambda p, r: _part(p + r, 2): (
            "That is the mean. The harmonic mean is 2 · precision · recall / their sum."
        ),
        lambda p, r: _part((p * r) ** 0.5, 1): (
            "That is the geometric mean. The harmonic one is 2 · precision · recall / their sum."
        ),
        lambda p, r: _part(p * r, p + r): "That is half of it: the product counts twice.",
        lambda p, r: _part(2 * p * r, 1): "That is not yet divided by the sum.",
    }
    nothing = "With nothing right there is nothing to divide by, and F1 is 0."
    given = {(0.4, 0.8): "", (0.2, 0.6): "", (1.0, 1.0): "", (0.03, 0.02): ""}
    given |= {(0.0, 0.0): nothing, (1.0, 0.0): nothing, (0.0, 1.0): nothing}
    cases = [Case((p, r), _part(2 * p * r, p + r), why) for (p, r), why in given.items()]
    _try(answer, cases, _hundredths, slips)


def _marks(answer: Any) -> list[tuple[str, str]]:
    """Read pairs of words and a label."""
    pairs = _things(answer.items() if isinstance(answer, Mapping) else answer)
    for pair in pairs:
        _need(
            isinstance(pair, tuple | list | np.ndarray)
            and len(pair) == 2
            and all(isinstance(part, str) and part.strip() for part in pair),
            f"{_shown(pair)} is no mark. A mark is a pair in brackets of its own: words and a "
            'label, as in `[("youth", "GROUP")]`.',
        )
    return [(words.strip(), label.strip()) for words, label in pairs]


def _check_3_3(answer: Any) -> None:
    marks = _marks(answer)
    for mark in marks:
        _need(
            marks.count(mark) == 1, f"{_shown(mark)} is there twice; once marks it at every place."
        )
    try:
        marked = annotate(_report(), "10", marks)
    except ValueError as error:  # it says what is wrong with a mark
        raise WrongAnswerError(str(error)) from error
    gold = read_gold(_report())
    gold = gold[gold["sentence"].fillna("").str.startswith("10.")]
    places = [set(zip(table["text"], table["label"], strict=True)) for table in (marked, gold)]
    for words, label in sorted(places[0] - places[1]):
        _need(
            words not in {text for text, _ in places[1]},
            f"The words {words!r} are right, and their label is another one than {label}.",
        )
        raise WrongAnswerError(
            f"{words!r} is no {label} by the guidelines, or not with these limits: a span is the "
            "longest name."
        )
    missing = len(places[1] - places[0])
    _need(not missing, f"{_more(missing)} to be marked; think of groups and of measures.")
    _need(score_entities(gold, marked).loc[("all", "strict"), "f1"] == 1, "Not all places agree.")


def _check_4_1(answer: Any) -> None:
    asked = "12(c).1"
    to = _links()[_links()["recommendation"] == asked]
    best, overall = to.loc[to["score"].idxmax()], _links().loc[_links()["score"].idxmax()]
    right, paragraph = best["deliberation"], best["deliberation"].split(".")[0]
    slips = {
        at: "The right paragraph, but another of its sentences has a higher score."
        for at in _sentences_of("deliberations")["sentence"]
        if at.startswith(f"{paragraph}.")
    } | {
        overall["deliberation"]: f"That is the best of all pairs. Keep those with {asked} first.",
        paragraph: "That is the paragraph. Which of its sentences?",
        _string(best["score"]): "That is the score. Which sentence has it?",
        _string(best.name): "That is the number of the row. The address stands in `deliberation`.",
        asked: "That is the recommendation itself. Which deliberation is most like it?",
    }
    otherwise = (
        f"Keep the links whose recommendation is {asked}, and take the row with the highest score."
    )
    _settle(_string(answer), right, slips, otherwise)


def _check_4_2(answer: Any) -> None:
    linked = _links().groupby("deliberation")["linked"].any()
    right = frozenset(linked.index[~linked])
    found = frozenset(_strings(answer))
    _each_is("a sentence of the deliberations, by its address", linked.index, found)
    _need(not found < right, f"{_more(len(right - found))} linked to none.")
    unlinked = frozenset(_links().loc[~_links()["linked"], "deliberation"])
    slips = {
        unlinked: (
            f"These have a pair that is not linked, as {len(unlinked)} of {len(linked)} sentences "
            "have. Which have no pair that is linked?"
        ),
        frozenset(linked.index[linked]): "These are linked. It is the other ones that are asked.",
    }
    otherwise = "Group the links by deliberation, and ask for each if any is linked."
    _settle(found, right, slips, otherwise)


WordWeights = dict[str, float]


def _product(left: WordWeights, right: WordWeights) -> float:
    return sum(weight * right.get(word, 0) for word, weight in left.items())


def _check_4_3(answer: Any) -> None:
    slips: dict[Callable[..., Any], str] = {
        lambda left, right: _part(_product(left, right), 1): (
            "That is the sum of the products. Divide it by the lengths of both."
        ),
        lambda left, right: _part(len(left.keys() & right), (len(left) * len(right)) ** 0.5): (
            "That counts words. Each has a weight, and the weights are multiplied."
        ),
        lambda left, right: _part(
            _product(left, right), sum(left.values()) * sum(right.values())
        ): (
            "It divides by the sums of the weights. A length is the root of the sum of the squares."
        ),
        lambda left, right: _part(_product(left, right), len(left) * len(right)): (
            "It divides by the numbers of words. A length is the root of the sum of the squares."
        ),
        lambda left, right: _part(
            _product(left, right), _product(left, left) * _product(right, right)
        ): "It divides by the sums of the squares. The lengths are their roots.",
    }
    empty = "A sentence without words has length 0, and is like none."
    pairs: list[tuple[WordWeights, WordWeights, str]] = [
        ({"youth": 1.0, "law": 3.0, "aid": 4.0}, {"law": 1.0, "youth": 4.0, "crime": 2.0}, ""),
        ({"youth": 0.2, "law": 0.1}, {"law": 0.3}, "Weights may be smaller than 1."),
        ({"youth": 3.0, "law": 4.0}, {"youth": 6.0, "law": 8.0}, "They have the same direction."),
        ({"youth": 1.0}, {"law": 3.0}, "They have no word in common."),
        ({}, {"law": 1.0}, empty),
        ({"law": 1.0}, {}, empty),
        ({}, {}, empty),
    ]
    cases = [
        Case(
            (left, right),
            _part(_product(left, right), (_product(left, left) * _product(right, right)) ** 0.5),
            why,
        )
        for left, right, why in pairs
    ]
    _try(answer, cases, _hundredths, slips)


def _best_sources(links: pd.DataFrame) -> pd.Series:
    best = links.loc[links.groupby("recommendation")["score"].idxmax()]
    return best.set_index("recommendation")["deliberation"]


def _check_4_4(answer: Any) -> None:
    ours = _best_sources(_links())
    plain = _best_sources(link_passages(_report(), method="tfidf"))
    other = ours != plain
    right, found = frozenset(ours.index[other]), frozenset(_strings(answer))
    _each_is("a sentence of the recommendations, by its address", ours.index, found)
    slips = {frozenset(ours.index[~other]): "For these the two agree. Where do they not?"}
    for extra in sorted(found - right):
        message = f"For `{extra}` both methods put {ours[extra]} first."
        _settle(found, right, slips, message)
    missing = _more(len(right - found), "has", "have")
    _need(found == right, f"{missing} another source by the other method.")


def _check_5_1(answer: Any) -> None:
    ledger = _ledger().set_index("entity_id")
    measures = ledger[ledger["label"] == "MEASURE"]
    right = set(measures.index[measures["status"] == "emerged"])
    found = {_ids().get(thing, thing) for thing in _strings(answer)}
    _need(
        found != set(ledger.index[ledger["status"] == "emerged"]),
        "These are all concepts that emerged. Which of them are measures?",
    )
    _each_is("a measure of the ledger, by its id or its name", measures.index, found)
    for extra in sorted(found - right):
        _need(
            measures.loc[extra, "status"] != "dropped",
            f"`{extra}` is what was dropped: deliberated, and not recommended. It is the other way "
            "round.",
        )
        raise WrongAnswerError(
            f"`{extra}` is {measures.loc[extra, 'status']}: it was deliberated, or something like "
            "it."
        )
    _need(found == right, f"{_more(len(right - found), 'has', 'have')} emerged.")


def _check_5_2(answer: Any) -> None:
    slips: dict[Callable[..., Any], str] = {
        lambda said, asked: "carried" if said and asked else "rejected" if said else "emerged": (
            "Nobody rejected anything: the text does not take it up. The word is dropped."
        ),
        lambda said, asked: "carried" if said and asked else "emerged" if said else "dropped": (
            "What was deliberated has not emerged: that is said of what comes in with the "
            "recommendations."
        ),
    }
    cases = [
        Case((True, True), "carried", "It was deliberated, and is recommended."),
        Case((True, False), "dropped", "It was deliberated, and is not recommended."),
        Case((False, True), "emerged", "It was not deliberated, and is recommended."),
    ]
    _try(answer, cases, _string, slips)


def _check_5_3(answer: Any) -> None:
    ledger = _ledger().set_index("entity_id")
    groups = ledger[ledger["label"] == "GROUP"]
    right = groups.loc[groups["status"] == "specialized", "via"].to_dict()
    _need(
        isinstance(answer, Mapping),
        f"A dictionary is asked for, group to class, and this is {_kind(answer)}.",
    )
    found = {_string(group): _string(broader) for group, broader in answer.items()}
    _need(
        not found or not set(found) <= set(right.values()),
        "The other way round: the group first, then its class.",
    )
    _each_is("the id of a group", groups.index, found)
    for extra in sorted(set(found) - set(right)):
        _need(
            groups.loc[extra, "status"] != "generalized",
            f"`{extra}` is generalized, which is the other direction: deliberated, and recommended "
            "as its class.",
        )
        raise WrongAnswerError(f"`{extra}` is {groups.loc[extra, 'status']}, and not specialized.")
    _each_is("the id of a class", set(right.values()), found.values())
    _need(found == right, f"{_more(len(right) - len(found))} specialized.")


def _check_5_4(answer: Any) -> None:
    rows = _ledger().explode("recommendations").dropna(subset="recommendations")
    unit = rows["recommendations"].str.split(".").str[0]
    emerged = (rows["status"] == "emerged").groupby(unit)
    most, part = emerged.sum().idxmax(), emerged.mean().idxmax()
    found = _in_order(answer)
    _need(len(found) == 2, "Two recommendations are asked for.")
    _each_is("a recommendation, without the number of a sentence", emerged.groups.keys(), found)
    _need(
        found != (part, most),
        "These two are swapped: first the number of the concepts, then their part.",
    )
    _need(found[0] == most, "The first: in which recommendation do most of the emerged stand?")
    _need(
        found[1] == part,
        "The second: divide the number of its emerged concepts by the number of all its concepts.",
    )


def _check_6_1(answer: Any) -> None:
    judged = _judged()
    slips = {
        len(judged): "That counts all links. How many have their `low` above the threshold?",
        len(_links()): "That counts all pairs. How many links have their `low` above the line?",
        (judged["low"] < judged["threshold"]).sum(): (
            "These reach below the threshold. How many have their `low` above it?"
        ),
    }
    right = (judged["low"] > judged["threshold"]).sum()
    _settle(_number(answer), right, slips, "Compare the column `low` with the column `threshold`.")


def _check_6_2(answer: Any) -> None:
    def reached(seen: float, others: list[float]) -> int:
        return sum(value >= seen for value in others)

    slips: dict[Callable[..., Any], str] = {
        lambda seen, others: _part(reached(seen, others), len(others)): (
            "The report itself is one of the texts: add it to both numbers of the fraction. A p of "
            "0 would say that chance can never do it."
        ),
        lambda seen, others: _part(reached(seen, others), len(others) + 1): (
            "The report reaches its own value: add it to the upper number as well."
        ),
        lambda seen, others: _part(reached(seen, others) + 1, len(others)): (
            "The report is one of all the texts: add it to the lower number as well."
        ),
        lambda seen, others: _part(
            sum(value > seen for value in others) + 1, len(others) + 1
        ): "As high or higher: a text with the same value counts as well, so `>=` and not `>`.",
        lambda seen, others: _part(
            sum(value <= seen for value in others) + 1, len(others) + 1
        ): "It counts the texts that stay below. Which reach the value, or more?",
        lambda seen, others: _part(reached(seen, others) + 2, len(others) + 2): (
            "It counts the report twice. Once in each of the two numbers will do."
        ),
    }
    # In no order, and one value several times; each slip gives another p of the first case.
    values = [0.5, 3.0, 0.2, 2.0, 1.0, 0.1, 2.0, 0.4, 4.0, 0.3, 2.0, 0.6, 0.7]
    below = "A value may be below 0. Higher is not the same as further from 0."
    alone = "With no shuffled text the report is the only one, and it reaches its own value."
    cases = [
        Case((seen, others), _part(reached(seen, others) + 1, len(others) + 1), why)
        for seen, others, why in (
            (2.0, values, ""), (5.0, values[:3], ""), (0.1, values, ""), (0.35, values, ""),
            (1.0, [1.0], ""), (-1.0, [-3.0, -0.2, -2.0, 2.0], below), (2.0, [], alone),
        )
    ]  # fmt: skip
    _try(answer, cases, _hundredths, slips)


def _check_6_3(answer: Any) -> None:
    found = {thing.strip("\"'.:()") for thing in _strings(answer)}
    _need(found <= set("abcde"), "Letters from a to e are asked for, each a string of its own.")
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
    "1.1": _check_1_1, "1.2": _check_1_2, "1.3": _check_1_3, "1.4": _check_1_4,
    "2.1": _check_2_1, "2.2": _check_2_2, "2.3": _check_2_3, "2.4": _check_2_4,
    "3.1": _check_3_1, "3.2": _check_3_2, "3.3": _check_3_3,
    "4.1": _check_4_1, "4.2": _check_4_2, "4.3": _check_4_3, "4.4": _check_4_4,
    "5.1": _check_5_1, "5.2": _check_5_2, "5.3": _check_5_3, "5.4": _check_5_4,
    "6.1": _check_6_1, "6.2": _check_6_2, "6.3": _check_6_3,
}  # fmt: skip
