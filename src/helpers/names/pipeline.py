"""The spaCy pipeline that finds names by rules and tables.

A blank English tokenizer, a sentence splitter for UN prose, a span ruler fed from the gazetteers,
the names that are made by rule, and a last component that resolves what the overlapping matches
mean. It needs no model, downloads nothing and gives the same answer on every machine. Its
components carry what they know: a saved pipeline answers alike where the tables are others.
"""

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast

import numpy as np
import pandas as pd
import spacy
from spacy.attrs import IDX, SENT_START
from spacy.language import Language
from spacy.pipeline import SpanRuler
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from helpers.names.contexts import Contexts, is_quoted, is_titled
from helpers.names.crimes import CLASS_MARK
from helpers.names.gazetteers import (
    EXCLUDED,
    GAZETTEERS,
    ancestors,
    read_concepts,
    read_contexts,
    read_crime_forms,
    read_goals,
    read_organs,
    read_title_words,
)
from helpers.names.mentions import later_mentions
from helpers.names.rules import NESTED, RuleMatcher, text_of
from helpers.names.symbols import NEAR, UNKNOWN
from helpers.reading.sentences import sentence_spans

# As the span ruler takes it: label, pattern (a phrase or a list of tokens) and id.
Pattern = dict[str, str | list[dict[str, Any]]]

# "Republic of Korea" in "Moldova, Republic of Korea": no inverted name of the State before.
LIST_GOES_ON = re.compile(r" (?:the )?[A-Z]")
SENTENCES = "un_sentences"
SHORTEST_JOINED = 8  # letters of a form that is still itself without its hyphen
CONCEPTS_KEY = "helpers.concepts"  # where a Doc keeps what its entities stand for, by id


class Concept(NamedTuple):
    """What an entity stands for; its ancestors are ids, the nearest first."""

    entity_id: str
    name: str
    link: str
    parent: str
    ancestors: tuple[str, ...]


def build_nlp(gazetteers: str | Path = GAZETTEERS) -> Language:
    """Build the spaCy pipeline that finds the entities.

    Parameters
    ----------
    gazetteers : str or pathlib.Path, optional
        A folder of tables like ``data/gazetteers``; those of the project if it is not given.

    Returns
    -------
    spacy.Language
        A blank English pipeline with four components: ``un_sentences`` sets the sentences,
        ``span_ruler`` puts every match of a gazetteer into ``doc.spans["nested"]``, ``un_rules``
        adds the names that are made by rule, and ``un_entities`` resolves them all into
        ``doc.ents``. An entity's id is its ``ent_id_``; ``ent._.concept`` has its name, link,
        parent and ancestors. The components carry their tables: after ``nlp.to_disk``,
        ``spacy.load`` gives the same pipeline on a machine with other tables.

    Raises
    ------
    FileNotFoundError
        If the folder lacks a table.
    helpers.names.gazetteers.GazetteerError
        If a table has a bad row.

    Examples
    --------
    >>> nlp = build_nlp()
    >>> doc = nlp("Speakers from Viet Nam recalled the Tokyo Rules.")
    >>> [(ent.text, ent.label_, ent.ent_id_) for ent in doc.ents]
    [('Viet Nam', 'STATE', 'VNM'), ('Tokyo Rules', 'INSTRUMENT', 'tokyo-rules')]
    """
    concepts = read_concepts(gazetteers)
    nlp = spacy.blank("en")
    nlp.max_length = 100_000_000  # the limit is for models that need memory for every character
    nlp.add_pipe(SENTENCES)
    ruler = nlp.add_pipe(
        "span_ruler",
        config={"spans_key": NESTED, "phrase_matcher_attr": "LOWER", "overwrite": True},
    )
    with nlp.select_pipes(disable=[SENTENCES]):  # each of the names is tokenized, and is no text
        cast(SpanRuler, ruler).add_patterns(_patterns(concepts))
    rules = cast(RuleMatcher, nlp.add_pipe("un_rules"))
    rules.add_rules(
        organs=read_organs(gazetteers),
        title_words=read_title_words(gazetteers),
        goals=read_goals(gazetteers),
        crime_forms=read_crime_forms(gazetteers),
    )
    resolver = cast(OverlapResolver, nlp.add_pipe("un_entities"))
    resolver.add_concepts(concepts)
    resolver.contexts = Contexts(read_contexts(gazetteers))
    return nlp


@cache
def default_nlp() -> Language:
    """Return the pipeline of `build_nlp`, built once."""
    return build_nlp()


@Language.component(SENTENCES, assigns=["token.is_sent_start"])
def un_sentences(doc: Doc) -> Doc:
    """Set the sentences of UN prose: "No. 182", "para. 5" and "J. Smith" end none.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        A tokenized text.

    Returns
    -------
    spacy.tokens.Doc
        The same, with ``token.is_sent_start`` set.

    Examples
    --------
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("un_sentences")
    >>> [len(sentence) for sentence in nlp("See para. 5. Speakers agreed.").sents]
    [5, 3]
    """
    if not len(doc):
        return doc
    starts = [start for start, _ in sentence_spans(text_of(doc))]
    flags = np.full(len(doc), -1, dtype="int64").astype("uint64")
    first_tokens = np.searchsorted(doc.to_array([IDX]).ravel(), starts, side="right") - 1
    flags[first_tokens] = 1
    flags[0] = 1
    return doc.from_array([SENT_START], flags.reshape(-1, 1))  # type: ignore[arg-type]


@Language.factory("un_entities", requires=["doc.spans"], assigns=["doc.ents", "span._.concept"])
class OverlapResolver:
    """Resolve overlapping matches: the longest wins, and an exclusion keeps its place from others.

    Parameters
    ----------
    nlp : spacy.Language
        The pipeline, with a ``span_ruler`` before this component.
    name : str
        The component's name.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.nlp = nlp
        self.name = name
        self.concepts: dict[str, Concept] = {}
        self.contexts = Contexts([])
        self._written: dict[str, str] = {}
        self._patterns = 0

    def add_concepts(self, concepts: pd.DataFrame) -> None:
        """Set the component's concepts, in place of those it has.

        Parameters
        ----------
        concepts : pandas.DataFrame
            What `helpers.names.gazetteers.read_concepts` returns.
        """
        parents = dict(zip(concepts["id"], concepts["parent"], strict=True))
        rows = concepts[["id", "name", "link", "parent"]].itertuples(index=False, name=None)
        self.concepts = {row[0]: _as_concept([*row, ancestors(row[0], parents)]) for row in rows}

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.ents`` from ``doc.spans["nested"]``.

        Parameters
        ----------
        doc : spacy.tokens.Doc
            A text that the ruler has seen.

        Returns
        -------
        spacy.tokens.Doc
            The same, with its entities.
        """
        written = self._forms_as_written()
        text = text_of(doc)
        spans = doc.spans.get(NESTED, [])
        states = {at for span in spans if span.label_ == "STATE" for at in (span.start, -span.end)}
        matches = [
            span
            for span in spans
            if _fits(span, text, written) and not _is_hyphenated(span, text, states)
        ]
        matches = sorted(_without_stretched_titles(matches, text), key=_by_rule)
        longest = filter_spans(matches)
        named = [span for span in longest if not self._is_part(span, text)]
        stands_for = [(span, self._concept(span)) for span in named]
        stands_for += self._later_mentions(doc, stands_for, longest)
        stands_for.sort(key=lambda pair: pair[0].start)
        doc.user_data[CONCEPTS_KEY] = {concept.entity_id: concept for _, concept in stands_for}
        doc.ents = [
            Span(doc, span.start, span.end, span.label, span_id=concept.entity_id)
            for span, concept in stands_for
        ]
        return doc

    def _later_mentions(
        self, doc: Doc, found: list[tuple[Span, Concept]], taken: list[Span]
    ) -> list[tuple[Span, Concept]]:
        """Return the later mentions of the titles found, outside of other names."""
        concepts = {concept.entity_id: concept for _, concept in found}
        titles = [
            (span.start_char, span.end_char, concept.entity_id)
            for span, concept in found
            if span.label_ == "INSTRUMENT"
        ]
        if not titles:
            return []
        text = text_of(doc)
        places = (at for span in taken for at in range(span.start_char, span.end_char))
        mentions = [
            (doc.char_span(start, end, label="INSTRUMENT"), concepts[entity_id])
            for start, end, entity_id in later_mentions(text, titles, places)
            if not is_quoted(text, start, end)
        ]
        return [(span, concept) for span, concept in mentions if span is not None]

    def _is_part(self, match: Span, text: str) -> bool:
        """Tell whether a match only keeps its place from others: it is part of another name."""
        if match.label_ == EXCLUDED:
            return True
        start, end = match.start_char, match.end_char
        if match.label_ == "CRIME_TYPE" and is_titled(text, start, end):
            return True
        if match.label_ == "INSTRUMENT" and is_quoted(text, start, end):
            return True
        return self.contexts.hold(match.label_, text, start, end)

    def _forms_as_written(self) -> dict[str, str]:
        """Return for each form in small letters the form as its row writes it."""
        ruler = cast(SpanRuler, self.nlp.get_pipe("span_ruler"))
        if len(ruler) != self._patterns:  # a pattern may have been added since
            strings = [row["pattern"] for row in ruler.patterns if isinstance(row["pattern"], str)]
            self._written = {pattern.lower(): pattern for pattern in strings}
            self._patterns = len(ruler)
        return self._written

    def _concept(self, match: Span) -> Concept:
        """Return what a match stands for; what no table has is named by its rule."""
        if match.id_ in self.concepts:
            return self.concepts[match.id_]
        made = _made_by_rule(match)
        if made.entity_id in self.concepts and made.link != "near":
            return self.concepts[made.entity_id]
        above = self.concepts.get(made.parent)
        return made._replace(ancestors=(made.parent, *above.ancestors)) if above else made

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the concepts and contexts as bytes, for ``nlp.to_bytes``."""
        state = {"concepts": list(self.concepts.values()), "contexts": self.contexts.rows}
        return json.dumps(state).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "OverlapResolver":
        """Take the concepts and contexts from bytes, for ``nlp.from_bytes``."""
        state = json.loads(data)
        self.concepts = {row[0]: _as_concept(row) for row in state["concepts"]}
        self.contexts = Contexts(state["contexts"])
        self._patterns = 0
        return self

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the concepts and contexts to a file, for ``nlp.to_disk``."""
        path.write_bytes(self.to_bytes())

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> "OverlapResolver":
        """Read the concepts and contexts from a file, for ``spacy.load``."""
        return self.from_bytes(path.read_bytes())


def concept_of(entity: Span) -> Concept:
    """Return what an entity stands for.

    Parameters
    ----------
    entity : spacy.tokens.Span
        One of ``doc.ents``, of this pipeline or of another.

    Returns
    -------
    Concept
        Its id, name, link, parent and ancestors. One of another pipeline has its id and no more.

    Examples
    --------
    >>> (entity,) = default_nlp()("the UNODC").ents
    >>> concept_of(entity).name
    'United Nations Office on Drugs and Crime'
    """
    known = entity.doc.user_data.get(CONCEPTS_KEY, {})
    if entity.ent_id_ not in known:
        return Concept(entity.ent_id_, entity.text, "none", "", ())
    return _as_concept(known[entity.ent_id_])


# At import, so that a Doc that was stored answers before any pipeline is built.
Span.set_extension("concept", getter=concept_of, force=True)


def _as_concept(row: Iterable[Any]) -> Concept:
    """Return a concept that is stored as a plain row."""
    entity_id, name, link, parent, above = row
    return Concept(entity_id, name, link, parent, tuple(above))


def _patterns(concepts: pd.DataFrame) -> list[Pattern]:
    """Return the span ruler's patterns: every form of every table."""
    rows = concepts.explode("patterns")[["label", "id", "patterns"]].to_numpy()
    written = {pattern.lower() for _, _, pattern in rows}
    return [
        {"label": label, "pattern": form, "id": concept_id}
        for label, concept_id, pattern in rows
        for form in _typeset(pattern)
        if form == pattern or form.lower() not in written
    ]


def _typeset(pattern: str) -> list[str]:
    """Return a form as typed and as printed: a curly apostrophe, a hyphen lost at a line's end."""
    forms = [pattern, pattern.replace("'", "’"), pattern.replace("-", "—")]
    joined = re.sub(r"(?<=[a-zA-Z])-(?=[a-zA-Z])", "", pattern)
    if len(pattern) > SHORTEST_JOINED:
        forms.append(joined)
    if "United Nations " in pattern:
        forms += [pattern.replace("United Nations ", short) for short in ("UN ", "U.N. ")]
    return list(dict.fromkeys(forms))


def _fits(match: Span, text: str, written: dict[str, str]) -> bool:
    """Tell whether a match has its form's capitals and eats no comma of a list."""
    start, end = match.start_char, match.end_char
    words = text[start:end]
    if "," in words and match.label_ == "STATE" and LIST_GOES_ON.match(text, end):
        return False
    form = written.get(words.lower(), words)
    if form == words:
        return True
    pairs = zip(form, words, strict=False)
    return all(letter == capital for capital, letter in pairs if capital.isupper())


def _is_hyphenated(match: Span, text: str, states: set[int]) -> bool:
    """Tell whether a match is part of a hyphenated word; "the Kenya-Uganda border" has two States.

    `states` are the tokens at which a State begins, and those behind which one ends, negated.
    """
    hyphens = (
        text[match.start_char - 1 : match.start_char],
        text[match.end_char : match.end_char + 1],
    )
    if match.label_ == "STATE":
        pair = (-(match.start - 1) in states, match.end + 1 in states)
        return any(sign == "-" and not other for sign, other in zip(hyphens, pair, strict=True))
    return "-" in hyphens


def _by_rule(match: Span) -> bool:
    """Tell what is made by rule from what a table has, which goes first where both match."""
    return match.id_[:1] in ("", NEAR, UNKNOWN) or "/" in match.id_ or match.id_[-1] == CLASS_MARK


def _without_stretched_titles(matches: list[Span], text: str) -> list[Span]:
    """Drop titles made by rule that begin where a table's title does: the table knows their end.

    But "Universal Declaration on Indigenous Rights" is not the Universal Declaration.
    """
    known: dict[int, int] = {}
    for match in matches:
        if match.label_ == "INSTRUMENT" and match.id_:
            known[match.start] = max(match.end_char, known.get(match.start, 0))
    return [
        match
        for match in matches
        if match.id_
        or text.startswith((" on ", " against "), known.get(match.start, len(text)))
        or match.start not in known
    ]


def _made_by_rule(match: Span) -> Concept:
    """Name what no table has: by its symbol, or else by its words."""
    if match.id_.endswith(CLASS_MARK):
        parent = match.id_.removesuffix(CLASS_MARK)
        return Concept(_slug(match.text), match.text.lower(), "none", parent, ())
    if match.id_.startswith("ilo-"):
        kind, _, number = match.id_.removeprefix("ilo-").rpartition("-")
        name = f"ILO {'Recommendation' if kind else 'Convention'} No. {number}"
        return Concept(match.id_, name, "exact", "", ())
    if match.id_.startswith(UNKNOWN):
        return Concept(_slug(match.id_), match.id_.removeprefix(UNKNOWN), "none", "", ())
    if match.label_ == "GOAL":
        target = match.id_.removeprefix(NEAR)
        link = "exact" if target == match.id_ else "near"
        return Concept(
            target, target.replace("sdg-", "SDG target "), link, target.split(".")[0], ()
        )
    if "/" in match.id_:
        symbol = match.id_.removeprefix(NEAR)
        link = "exact" if symbol == match.id_ else "near"
        return Concept(_slug(re.sub(r" \((?:19|20).*", "", symbol)), symbol, link, "", ())
    return Concept(match.id_ or _slug(match.text), match.text, "none", "", ())


def _slug(text: str) -> str:
    return re.sub(r"\W+", "-", text.lower()).strip("-")
