"""The parts that two sentences share, as they stand on either side.

What is scored are stems, pairs of words and concepts. What a person can judge is longer and in the
report's words: "triple planetary crisis", or "young people" beside "youth". So shared words that
follow each other in both sentences are one part, and so are two names of one concept, or of two
concepts under one class.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from spacy.tokens import Token

from helpers.linking.passages import (
    JOINING,
    Mention,
    is_domain_stopword,
    is_word,
    stem,
)
from helpers.names.pipeline import default_nlp

COMPOUND = re.compile(r"\w+(?:[-‐‑'’]\w+)*")
Place = tuple[int, int]
Term = tuple[str, str]
Shares = Mapping[Term, float]


class Part(NamedTuple):
    """Something that two sentences share.

    Parameters
    ----------
    said, recommended : tuple of tuple of int
        Where it stands in either sentence: start and end of each place, the one to name it by
        first.
    terms : tuple of tuple of str
        The shared terms that it holds, such as ("word", "youth").
    relation : {"same", "genre", "under", "above", "beside"}
        Whether both say the same, or nothing but words that every text of the genre has; or whether
        what was said lies under what was recommended, above it, or under the same class.
    concept : str
        The id of that class; "" for the first two.
    share : float
        What its terms have of the score, each counted in one part alone.
    """

    said: tuple[Place, ...]
    recommended: tuple[Place, ...]
    terms: tuple[Term, ...]
    relation: str = "same"
    concept: str = ""
    share: float = 0.0

    def within(self, other: "Part") -> bool:
        """Tell whether it stands within another part on both sides."""
        return _overlap(self.said, other.said) and _overlap(self.recommended, other.recommended)


class Words(NamedTuple):
    """The words of a sentence that count, in order, and the concepts it names.

    Parameters
    ----------
    stems : list of str
        The stem of each word.
    places : list of tuple of int
        Where each stands; a part of a hyphenated word stands where the whole word does.
    runs : list of int
        A number that is the same for words with no mark between them that ends a phrase.
    at : dict of str to list of int
        Where in the list each stem is.
    mentions : list of Mention
        The named concepts, in order.
    """

    stems: list[str]
    places: list[Place]
    runs: list[int]
    at: dict[str, list[int]]
    mentions: list[Mention]


def words_of(text: str, mentions: Sequence[Mention] = ()) -> Words:
    """Return the words of a sentence that count; the names of States are none, and end a run.

    Examples
    --------
    >>> words = words_of("Fair, people-centred justice")
    >>> words.stems, words.places, words.runs
    (['fair', 'peopl', 'centr', 'justic'], [(0, 4), (6, 20), (6, 20), (21, 28)], [0, 1, 1, 1])
    """
    states = [mention for mention in mentions if mention.label == "STATE"]
    whole = {at: match.span() for match in COMPOUND.finditer(text) for at in range(*match.span())}
    words = Words([], [], [], {}, [one for one in mentions if one.label != "STATE"])
    run = 0
    for token in default_nlp().make_doc(text):
        if _ends_run(token) or any(one.start <= token.idx < one.end for one in states):
            run += 1
        elif is_word(token):
            words.at.setdefault(stem(token.lower_), []).append(len(words.stems))
            words.stems.append(stem(token.lower_))
            words.places.append(whole.get(token.idx, (token.idx, token.idx + len(token))))
            words.runs.append(run)
    return words


def _ends_run(token: Token) -> bool:
    """Tell a mark between two words from a letter, a quotation mark or a hyphen within a word."""
    spaced = bool(token.i and token.nbor(-1).whitespace_ and token.whitespace_)
    return token.is_punct and (spaced or token.text not in JOINING)


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
    [(((0, 9),), ((7, 16),))]
    """
    runs, named = _runs(said, recommended, shares), _named(said, recommended)
    runs, named = _absorb(named, runs)
    named, runs = _absorb(runs, named)
    parts = [*named, *runs, *_joined(said, recommended, shares)]
    return sorted(_weigh(parts, shares), key=lambda part: (part.relation == "genre", -part.share))


def _absorb(parts: list[Part], holders: list[Part]) -> tuple[list[Part], list[Part]]:
    """Add each part that stands within another to that; return those, and what is left."""
    left = []
    for part in parts:
        at = next((at for at, holder in enumerate(holders) if part.within(holder)), None)
        if at is None:
            left.append(part)
        else:
            holders[at] = _joint(holders[at], part)
    return holders, left


def _joint(holder: Part, part: Part) -> Part:
    genre = part.relation == holder.relation == "genre"
    return holder._replace(
        said=(*holder.said, *part.said),
        recommended=(*holder.recommended, *part.recommended),
        terms=(*holder.terms, *part.terms),
        relation="genre" if genre else "same",
    )


def _weigh(parts: list[Part], shares: Shares) -> list[Part]:
    """Give each part the shares of its terms, and those of a term of several to the weightiest."""
    left = dict(shares)
    weights = [sum(shares.get(term, 0.0) for term in set(part.terms)) for part in parts]
    weighed = []
    for place in sorted(range(len(parts)), key=lambda place: -weights[place]):
        part = parts[place]
        share = sum(left.pop(term, 0.0) for term in part.terms)
        weighed.append(part._replace(share=share))
    return weighed


def _runs(said: Words, recommended: Words, shares: Shares) -> list[Part]:
    """Return the longest runs of shared words, each once, with all places where it stands."""
    runs: dict[tuple[str, ...], Part] = {}
    for stems, (here, there) in _found(said, recommended, shares).items():
        run = _run(stems, here, there)
        same = next((one for one, other in runs.items() if run.within(other)), stems)
        runs[same] = _joint(runs[same], run) if same in runs else run
    for stems in sorted(runs, key=len):
        longer = next((one for one in runs if len(one) > len(stems) and _holds(one, stems)), None)
        if longer is not None:
            runs[longer] = _joint(runs[longer], runs.pop(stems))
    return list(runs.values())


def _found(
    said: Words, recommended: Words, shares: Shares
) -> dict[tuple[str, ...], tuple[list[Place], list[Place]]]:
    """Return the runs of shared words from left to right, each as long as can be."""
    found: dict[tuple[str, ...], tuple[list[Place], list[Place]]] = {}
    at = 0
    while at < len(said.stems):
        others = recommended.at.get(said.stems[at], [])
        if not others or ("word", said.stems[at]) not in shares:
            at += 1
            continue
        lengths = {there: _same(said, at, recommended, there) for there in others}
        length = max(lengths.values())
        stems = tuple(said.stems[at : at + length])
        longest = [
            _place(recommended, there, length) for there in others if lengths[there] == length
        ]
        found.setdefault(stems, ([], longest))[0].append(_place(said, at, length))
        at += length
    return found


def _run(stems: tuple[str, ...], said: list[Place], recommended: list[Place]) -> Part:
    words = [("word", one) for one in dict.fromkeys(stems)]
    phrases = [("phrase", " ".join(two)) for two in pairwise(stems)]
    genre = all(map(is_domain_stopword, words))
    terms = (*words, *phrases)
    return Part(tuple(said), tuple(recommended), terms, "genre" if genre else "same")


def _holds(stems: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """Tell whether some words follow each other within others."""
    starts = range(len(stems) - len(part) + 1)
    return any(stems[start : start + len(part)] == part for start in starts)


def _same(said: Words, at: int, recommended: Words, there: int) -> int:
    """Return how many words are the same from two places on, within a run on either side."""
    sides = ((said, at), (recommended, there))
    ends = [
        sum(1 for _ in takewhile(words.runs[start].__eq__, words.runs[start:]))
        for words, start in sides
    ]
    pairs = zip(*(words.stems[start : start + min(ends)] for words, start in sides), strict=True)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _place(words: Words, at: int, length: int) -> Place:
    """Return where some words stand: with all of a name that they are the greater part of."""
    start, end = words.places[at][0], words.places[at + length - 1][1]
    for name in words.mentions:
        inside = min(end, name.end) - max(start, name.start)
        if inside > (name.end - name.start) / 2:
            start, end = min(start, name.start), max(end, name.end)
    return start, end


def _named(said: Words, recommended: Words) -> list[Part]:
    """Return the concepts that both sentences name, with the classes of each."""
    parts = []
    for concept in sorted(_named_by_both(said, recommended)):
        here, there = (
            [one for one in side.mentions if one.concept[0] == concept]
            for side in (said, recommended)
        )
        terms = tuple(("concept", one) for one in here[0].concept)
        parts.append(Part(_places(here), _places(there), terms))
    return parts


def _joined(said: Words, recommended: Words, shares: Shares) -> list[Part]:
    """Return the concepts that a class joins, each by its weightiest class, the nearest."""
    used = _named_by_both(said, recommended)
    classes = sorted((-share, term) for (kind, term), share in shares.items() if kind == "concept")
    parts = []
    for _, concept in classes:
        here, there = (
            [one for one in side.mentions if concept in one.concept and one.concept[0] not in used]
            for side in (said, recommended)
        )
        if here and there:
            used |= {one.concept[0] for one in (*here, *there)}
            below = [side[0].concept[0] != concept for side in (here, there)]
            relation = "beside" if all(below) else "under" if below[0] else "above"
            line = here[0].concept
            terms = tuple(("concept", one) for one in line[line.index(concept) :])
            parts.append(Part(_places(here), _places(there), terms, relation, concept))
    return parts


def _named_by_both(said: Words, recommended: Words) -> set[str]:
    ids = [{one.concept[0] for one in side.mentions} for side in (said, recommended)]
    return ids[0] & ids[1]


def _places(mentions: Iterable[Mention]) -> tuple[Place, ...]:
    return tuple((one.start, one.end) for one in mentions)


def _overlap(places: tuple[Place, ...], others: tuple[Place, ...]) -> bool:
    """Tell whether one of some places lies in one of others."""
    return any(start <= inner[0] and inner[1] <= end for inner in places for start, end in others)
