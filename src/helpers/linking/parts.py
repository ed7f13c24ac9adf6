"""The parts that two sentences share, as they stand on either side.

What is scored are stems, pairs of words and concepts. What a person can judge is longer and in the
report's words: "triple planetary crisis", or "young people" beside "youth". So shared words that
follow each other in both sentences are one part, and so are two names of one concept, or of two
concepts under one class.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Token

from helpers.linking.passages import Mention, is_domain_stopword, is_word, stem, tokens_of

HYPHENED = re.compile(r"(?:[-‐‑]\w+)*")  # what hangs on a State's name: "Viet Nam-based"
HYPHENS = frozenset("-‐‑–'’")  # within a word they join; no other mark does
MOST_PLACES = 20  # of one word in a sentence that are looked at for what stands beside it
Place = tuple[int, int]
Term = tuple[str, str]
Shares = Mapping[Term, float]


class Part(NamedTuple):
    """Something that two sentences share.

    Parameters
    ----------
    said, recommended : tuple of int
        Where it stands in either sentence: start and end.
    terms : tuple of tuple of str
        The shared terms that it holds, such as ("word", "youth").
    relation : {"same", "genre", "apart", "under", "above", "beside"}
        Whether both say the same, or nothing but words that every text of the genre has; whether
        these are words of the names of two different things; or whether what was said lies under
        what was recommended, above it, or under the same class.
    concept : str
        The id of that class, or of the one thing that both name, or those of the two different
        things; "" for other words.
    share : float
        What its terms have of the score, each counted in one part alone.
    """

    said: Place
    recommended: Place
    terms: tuple[Term, ...]
    relation: str = "same"
    concept: str = ""
    share: float = 0.0

    def within(self, other: "Part") -> bool:
        """Tell whether it stands within another part on both sides, or is of the same thing."""
        if self.relation == other.relation == "same" and self.concept:
            return self.concept == other.concept
        return _inside(self.said, other.said) and _inside(self.recommended, other.recommended)


class Words(NamedTuple):
    """The words of a sentence that count, in order, and the concepts it names.

    Parameters
    ----------
    stems : list of str
        The stem of each word.
    places : list of tuple of int
        Where each stands.
    runs : list of int
        A number that is the same for words with nothing between them but stopwords and hyphens.
    at : dict of str to list of int
        Where in the list each stem is.
    mentions : list of Mention
        The named concepts, in order; States are none.
    """

    stems: list[str]
    places: list[Place]
    runs: list[int]
    at: dict[str, list[int]]
    mentions: list[Mention]


class Run(NamedTuple):
    """Words that follow each other in both sentences: the place of the first, and how many."""

    said: int
    recommended: int
    length: int


def words_of(text: str, mentions: Sequence[Mention] = ()) -> Words:
    """Return the words of a sentence that count; the names of States are none, and end a run.

    Examples
    --------
    >>> words = words_of("Fair, people-centred justice")
    >>> words.stems, words.places, words.runs
    (['fair', 'peopl', 'centr', 'justic'], [(0, 4), (6, 12), (13, 20), (21, 28)], [0, 1, 1, 1])
    """
    states = [
        (one.start, HYPHENED.match(text, one.end).end())  # type: ignore[union-attr]
        for one in mentions
        if one.label == "STATE"
    ]
    concepts = [one for one in mentions if one.label != "STATE" and one.concept[0]]
    words = Words([], [], [], {}, concepts)
    run = 0
    for token in tokens_of(text):
        if any(start <= token.idx < end for start, end in states) or _ends_run(token):
            run += 1
        elif is_word(token):
            words.at.setdefault(stem(token.lower_), []).append(len(words.stems))
            words.stems.append(stem(token.lower_))
            words.places.append((token.idx, token.idx + len(token)))
            words.runs.append(run)
    return words


def _ends_run(token: Token) -> bool:
    """Tell a mark between two words, a number or an address from a word and a hyphen in one."""
    if token.is_punct and token.text in HYPHENS:
        return bool(token.i and token.nbor(-1).whitespace_ and token.whitespace_)
    return not (token.is_alpha or token.is_stop or token.is_space)


def shared_parts(said: Words, recommended: Words, shares: Shares) -> list[Part]:
    """Return the parts that two sentences share, the weightiest first.

    Parameters
    ----------
    said, recommended : Words
        The two sentences.
    shares : mapping of tuple of str to float
        What each shared term, such as ("word", "youth"), has of the score.

    Returns
    -------
    list of Part
        Those that are only words of the genre last.

    Examples
    --------
    >>> pair = words_of("Educating young people"), words_of("Strong education of people")
    >>> [(part.said, part.recommended) for part in shared_parts(*pair, {("word", "educ"): 0.4})]
    [((0, 9), (7, 16))]
    """
    runs = _runs(said, recommended, shares)
    named = _named(said, recommended)
    joined = _joined(said, recommended)
    runs, named = _absorb(named, runs)
    named, runs = _absorb(runs, named)
    joined, runs = _absorb(runs, joined)
    parts = _weigh([*named, *runs, *joined], shares)
    return sorted(parts, key=lambda part: (part.relation == "genre", -part.share))


def marked_places(words: Words, parts: Iterable[Part], own: Iterable[Place]) -> list[Place]:
    """Return where a sentence has what it shares: every place of the words, and the named things.

    Parameters
    ----------
    words : Words
        The sentence.
    parts : iterable of Part
        What it shares.
    own : iterable of tuple of int
        The places of these parts in this sentence.

    Returns
    -------
    list of tuple of int
        Start and end of each, in order, none within another; words of the genre alone are left out.
    """
    stems = {name for part in parts for kind, name in part.terms if kind == "word"}
    shared = [name in stems and not is_domain_stopword(("word", name)) for name in words.stems]
    places = list(own)
    for at, (start, end) in enumerate(words.places):
        if shared[at]:
            follows = at and shared[at - 1] and words.runs[at - 1] == words.runs[at]
            places.append((words.places[at - 1][0] if follows else start, end))
    return merge_places(places)


def merge_places(places: Iterable[Place]) -> list[Place]:
    """Return places in order, those that touch each other as one.

    Examples
    --------
    >>> merge_places([(5, 9), (0, 2), (7, 12)])
    [(0, 2), (5, 12)]
    """
    merged: list[Place] = []
    for start, end in sorted(places):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def name_at(words: Words, place: Place) -> Mention | None:
    """Return the concept in whose name a place lies, if there is one."""
    return next((one for one in words.mentions if _inside(place, (one.start, one.end))), None)


def _absorb(parts: list[Part], holders: list[Part]) -> tuple[list[Part], list[Part]]:
    """Add the terms of each part that stands within another to that; return those, and the rest."""
    left = []
    for part in parts:
        at = next((at for at, holder in enumerate(holders) if part.within(holder)), None)
        if at is None:
            left.append(part)
        else:
            holders[at] = _joint(holders[at], part)
    return holders, left


def _joint(holder: Part, part: Part) -> Part:
    named = holder.relation == "genre" and part.relation != "genre"
    relation = "same" if named else holder.relation
    return holder._replace(terms=(*holder.terms, *part.terms), relation=relation)


def _weigh(parts: list[Part], shares: Shares) -> list[Part]:
    """Give each part the shares of its terms, and those of a term of several to the weightiest."""
    left = dict(shares)
    weighed = []
    for part in sorted(parts, key=lambda part: -_share(part.terms, shares)):
        weighed.append(part._replace(share=sum(left.pop(term, 0.0) for term in part.terms)))
    return weighed


def _share(terms: Iterable[Term], shares: Shares) -> float:
    return sum(shares.get(term, 0.0) for term in set(terms))


def _runs(said: Words, recommended: Words, shares: Shares) -> list[Part]:
    """Return the runs of shared words, each once, those within a longer one left to that."""
    runs: dict[tuple[str, ...], Part] = {}
    for run in _longest_runs(said, recommended, shares):
        stems = tuple(said.stems[run.said : run.said + run.length])
        if not any(_holds(one, stems) for one in runs):
            runs[stems] = _run(_terms(stems, shares), run, said, recommended)
    return _one_a_pair_of_names(runs.values())


def _one_a_pair_of_names(runs: Iterable[Part]) -> list[Part]:
    """Join the runs that stand in the names of the same two different things."""
    joined: dict[object, Part] = {}
    for place, run in enumerate(runs):
        key = run.concept if run.relation == "apart" else place
        joined[key] = _joint(joined[key], run) if key in joined else run
    return list(joined.values())


def _longest_runs(said: Words, recommended: Words, shares: Shares) -> Iterator[Run]:
    """Yield runs of shared words that do not overlap in what was said, the weightiest first."""
    weights: dict[tuple[str, ...], float] = {}
    candidates = []
    for run in _maximal_runs(said, recommended, shares):
        stems = tuple(said.stems[run.said : run.said + run.length])
        if stems not in weights:
            weights[stems] = _share(_terms(stems, shares), shares)
        candidates.append((-weights[stems], run))
    free = set(range(len(said.stems)))
    for _, run in sorted(candidates):
        yield from _rest(run, free)


def _maximal_runs(said: Words, recommended: Words, shares: Shares) -> Iterator[Run]:
    """Yield every run that cannot be made longer on either end, in pieces where it cuts a name."""
    lengths: dict[Place, int] = {}
    for at in reversed(range(len(said.stems))):
        if ("word", said.stems[at]) in shares:
            for there in recommended.at.get(said.stems[at], [])[:MOST_PLACES]:
                after = _follows(said, at) and _follows(recommended, there)
                lengths[at, there] = 1 + (lengths.get((at + 1, there + 1), 0) if after else 0)
    for (at, there), length in lengths.items():
        before = at and there and _follows(said, at - 1) and _follows(recommended, there - 1)
        if not before or (at - 1, there - 1) not in lengths:
            cuts = {0, length, *_cuts(said, at, length), *_cuts(recommended, there, length)}
            for start, end in pairwise(sorted(cuts)):
                yield Run(at + start, there + start, end - start)


def _follows(words: Words, at: int) -> bool:
    """Tell whether the next word stands in the same run."""
    return at + 1 < len(words.runs) and words.runs[at] == words.runs[at + 1]


def _cuts(words: Words, at: int, length: int) -> Iterator[int]:
    """Yield before which of some words a name begins or ends that reaches out of them."""
    start, end = _place(words, at, length)
    for name in words.mentions:
        border = name.end if name.start < start < name.end < end else None
        border = name.start if start < name.start < end < name.end else border
        if border is not None:
            yield sum(words.places[at + place][0] < border for place in range(length))


def _rest(run: Run, free: set[int]) -> Iterator[Run]:
    """Yield what of a run is not taken yet, and take it."""
    start = 0
    for end in range(run.length + 1):
        if end == run.length or run.said + end not in free:
            if end > start:
                yield Run(run.said + start, run.recommended + start, end - start)
            start = end + 1
    free.difference_update(range(run.said, run.said + run.length))


def _terms(stems: tuple[str, ...], shares: Shares) -> tuple[Term, ...]:
    """Return the words of a run, and the phrases that one of them belongs to."""
    words = [("word", one) for one in dict.fromkeys(stems)]
    phrases = [
        term
        for term in shares
        if term[0] == "phrase" and not set(stems).isdisjoint(term[1].split())
    ]
    return (*words, *phrases)


def _run(terms: tuple[Term, ...], run: Run, said: Words, recommended: Words) -> Part:
    """Return a run as a part, with all of a name that it is the greater part of."""
    places = [_place(said, run.said, run.length), _place(recommended, run.recommended, run.length)]
    names = [name_at(said, places[0]), name_at(recommended, places[1])]
    genre = all(is_domain_stopword(term) for term in terms if term[0] == "word")
    ids = [name.concept[0] if name else "" for name in names]
    if all(ids) and ids[0] != ids[1]:
        return Part(places[0], places[1], terms, "apart", " | ".join(ids))
    whole = [_whole(*pair) for pair in zip(places, names, strict=True)]
    relation = "genre" if genre else "same"
    return Part(whole[0], whole[1], terms, relation, ids[0] if all(ids) else "")


def _whole(place: Place, name: Mention | None) -> Place:
    if name is None or 2 * (place[1] - place[0]) <= name.end - name.start:
        return place
    return name.start, name.end


def _place(words: Words, at: int, length: int) -> Place:
    return words.places[at][0], words.places[at + length - 1][1]


def _holds(stems: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """Tell whether some words follow each other within others."""
    starts = range(len(stems) - len(part) + 1)
    return any(stems[start : start + len(part)] == part for start in starts)


def _named(said: Words, recommended: Words) -> list[Part]:
    """Return the concepts that both sentences name, with the classes of each."""
    sides = [_first_of_each(words) for words in (said, recommended)]
    return [
        Part(
            (sides[0][concept].start, sides[0][concept].end),
            (sides[1][concept].start, sides[1][concept].end),
            tuple(("concept", one) for one in sides[0][concept].concept),
            concept=concept,
        )
        for concept in sides[0]
        if concept in sides[1]
    ]


def _joined(said: Words, recommended: Words) -> list[Part]:
    """Return the concepts that a class joins, the nearest first, each member once."""
    sides = [_first_of_each(words) for words in (said, recommended)]
    both = set(sides[0]) & set(sides[1])
    left, right = ([one for key, one in side.items() if key not in both] for side in sides)
    pairs = sorted(
        (steps, at, there)
        for at, one in enumerate(left)
        for there, other in enumerate(right)
        for steps in [_steps(one.concept, other.concept)]
        if steps is not None
    )
    used: tuple[set[int], set[int]] = (set(), set())
    parts = []
    for _, at, there in pairs:
        part = _of_a_class(left[at], right[there])
        members = [part.relation != "above", part.relation != "under"]
        if not (members[0] and at in used[0]) and not (members[1] and there in used[1]):
            used[0].update([at] * members[0])
            used[1].update([there] * members[1])
            parts.append(part)
    return parts


def _first_of_each(words: Words) -> dict[str, Mention]:
    return {one.concept[0]: one for one in reversed(words.mentions)}


def _steps(line: tuple[str, ...], other: tuple[str, ...]) -> int | None:
    """Return how many steps lead up from two concepts to their nearest common class."""
    return min(
        (up + other.index(concept) for up, concept in enumerate(line) if concept in other),
        default=None,
    )


def _of_a_class(one: Mention, other: Mention) -> Part:
    concept = next(concept for concept in one.concept if concept in other.concept)
    below = [one.concept[0] != concept, other.concept[0] != concept]
    relation = "beside" if all(below) else "under" if below[0] else "above"
    terms = tuple(("concept", at) for at in one.concept[one.concept.index(concept) :])
    return Part((one.start, one.end), (other.start, other.end), terms, relation, concept)


def _inside(place: Place, other: Place) -> bool:
    return other[0] <= place[0] and place[1] <= other[1]
