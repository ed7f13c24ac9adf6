"""States, instruments, crime types, goals, bodies, groups and measures, found by rules.

The pipeline is spaCy's own: a blank English tokenizer, a sentence splitter for UN prose, a span
ruler fed from the gazetteers, and a last component that settles what the ruler's overlapping
matches mean. It needs no model, downloads nothing and gives the same answer on every machine.
"""

import re
from functools import cache
from typing import Any, NamedTuple, cast

import numpy as np
import pandas as pd
import spacy
from spacy.attrs import IDX, SENT_START
from spacy.language import Language
from spacy.pipeline import SpanRuler
from spacy.tokens import Doc, Span

from helpers.documents import clean_text, text_to_match
from helpers.forms import NESTED, STAR, TEXT, text_of
from helpers.gazetteers import SHIELD, known_concepts, read_concepts
from helpers.report import Report, places_of, sentence_spans

# As the span ruler takes it: label, pattern (a phrase or a list of tokens) and id.
Pattern = dict[str, str | list[dict[str, Any]]]

COLUMNS = [
    "start", "end", "text", "label", "entity_id", "name", "link", "parent", "sentence", "unit",
]  # fmt: skip


# A crime that ends the name of an office, a body or a day is part of that name.
OFFICE = re.compile(
    r"\b(?:Special Rapporteur|Special Representative[^.,;]{0,50}|Independent Expert|Working Group|"
    r"Expert Group|Committee|Commission|Task Force|Trust Fund[^.,;]{0,30}|Programme|Unit|Division|"
    r"Department|Directorate|Ministry|Office|Agency|Bureau|Centre|Center|Council|Court|Day|Decade) "
    r"(?:on|against|for|of|to (?:Combat|Counter|Prevent|Eliminate|End)) (?:the )?$"
)
LONGEST_OFFICE = 90  # characters before the crime
MADE = "helpers.made"  # where a Doc keeps the concepts of names made by rule


class Concept(NamedTuple):
    """What an entity stands for."""

    entity_id: str
    name: str
    link: str
    parent: str


def build_nlp() -> Language:
    """Build the spaCy pipeline that finds the entities.

    Returns
    -------
    spacy.Language
        A blank English pipeline with four components: ``un_sentences`` sets the sentences,
        ``span_ruler`` puts every match of a gazetteer into ``doc.spans["nested"]``, ``un_forms``
        adds the names that are made by rule, and ``un_entities`` settles them all into
        ``doc.ents``. An entity's id is its ``ent_id_``; ``ent._.concept`` has its name, link and
        parent.

    Raises
    ------
    helpers.gazetteers.GazetteerError
        If a table has a bad row.

    Examples
    --------
    >>> nlp = build_nlp()
    >>> doc = nlp("Speakers from Viet Nam recalled the Tokyo Rules.")
    >>> [(ent.text, ent.label_, ent.ent_id_) for ent in doc.ents]
    [('Viet Nam', 'STATE', 'VNM'), ('Tokyo Rules', 'INSTRUMENT', 'tokyo-rules')]
    """
    nlp = spacy.blank("en")
    nlp.max_length = 100_000_000  # the limit is for models that need memory for every character
    nlp.add_pipe("un_sentences")
    ruler = nlp.add_pipe(
        "span_ruler",
        config={"spans_key": NESTED, "phrase_matcher_attr": "LOWER", "overwrite": True},
    )
    cast(SpanRuler, ruler).add_patterns(_patterns())
    nlp.add_pipe("un_forms")
    nlp.add_pipe("un_entities")
    return nlp


def extract_entities(report_or_text: Report | str, *, nlp: Language | None = None) -> pd.DataFrame:
    r"""Find the entities of a report or of any text.

    Parameters
    ----------
    report_or_text : Report or str
        What `helpers.read_report` returns, or a text.
    nlp : spacy.Language, optional
        A pipeline like that of `build_nlp`, which is used if there is none.

    Returns
    -------
    pandas.DataFrame
        One row an entity, in the order of the text: ``start``, ``end`` (offsets into
        ``report.text`` or the text given, in characters), ``text``, ``label``, ``entity_id``,
        ``name``, ``link`` (exact, near, none), ``parent`` (id of the broader concept or ""),
        ``sentence`` and ``unit`` (ids, missing outside the numbered paragraphs and when a text
        was given).

    Raises
    ------
    TypeError
        If something else than a report or a text is given.

    Examples
    --------
    >>> extract_entities("the Federated\nStates of Micronesia")[["start", "end", "entity_id"]]
       start  end entity_id
    0      4   34       FSM
    """
    nlp = nlp or default_nlp()
    if isinstance(report_or_text, Report):
        return _entities_of_report(report_or_text, nlp)
    if isinstance(report_or_text, str):
        return _entities_of_text(report_or_text, nlp)
    raise TypeError(
        "extract_entities needs what read_report() returns, or a text, "
        f"but a {type(report_or_text).__name__} was given."
    )


@cache
def default_nlp() -> Language:
    """Give the pipeline of `build_nlp`, built once.

    Returns
    -------
    spacy.Language
        The same object at every call.

    Examples
    --------
    >>> default_nlp() is default_nlp()
    True
    """
    return build_nlp()


@Language.component("un_sentences", assigns=["token.is_sent_start"])
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
class EntitySettler:
    """Settle overlapping matches: the longest wins, and names that are no entity shield theirs.

    Parameters
    ----------
    nlp : spacy.Language
        The pipeline, with a ``span_ruler`` before this component.
    name : str
        The component's name.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        if not Span.has_extension("concept"):
            Span.set_extension("concept", getter=concept_of)
        self.nlp = nlp
        self.name = name
        self.concepts = _concepts()
        self._written: dict[str, str] = {}
        self._patterns = 0

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
        matches = [span for span in doc.spans.get(NESTED, []) if _fits(span, text, written)]
        matches = _without_stretched_titles(matches)
        named = [span for span in _longest(matches) if not _is_shield(span, text)]
        doc.ents = [self._entity(span) for span in named]
        return doc

    def _forms_as_written(self) -> dict[str, str]:
        """Give for each form in small letters the form as its row writes it."""
        ruler = cast(SpanRuler, self.nlp.get_pipe("span_ruler"))
        if len(ruler) != self._patterns:  # a pattern may have been added since
            strings = [row["pattern"] for row in ruler.patterns if isinstance(row["pattern"], str)]
            self._written = {pattern.lower(): pattern for pattern in strings}
            self._patterns = len(ruler)
        return self._written

    def _entity(self, match: Span) -> Span:
        entity_id = match.id_
        if entity_id not in self.concepts:
            made = _made_by_rule(match)
            entity_id = made.entity_id
            if entity_id not in self.concepts:
                match.doc.user_data.setdefault(MADE, {})[entity_id] = made
        return Span(match.doc, match.start, match.end, match.label, span_id=entity_id)


def concept_of(entity: Span) -> Concept:
    """Give what an entity stands for.

    Parameters
    ----------
    entity : spacy.tokens.Span
        One of ``doc.ents``, of this pipeline or of another.

    Returns
    -------
    Concept
        Its id, name, link and parent. An id that no table has, from another pipeline, is a
        concept without a parent.

    Examples
    --------
    >>> (entity,) = default_nlp()("the UNODC").ents
    >>> concept_of(entity).name
    'United Nations Office on Drugs and Crime'
    """
    made = entity.doc.user_data.get(MADE, {})
    unknown = Concept(entity.ent_id_, entity.text, "none", "")
    return _concepts().get(entity.ent_id_) or made.get(entity.ent_id_, unknown)


@cache
def _concepts() -> dict[str, Concept]:
    columns = known_concepts()[["id", "name", "link", "parent"]]
    return {row.id: Concept(*row) for row in columns.itertuples(index=False)}


def _patterns() -> list[Pattern]:
    """Give the span ruler's patterns: every form of every table."""
    concepts = read_concepts().explode("patterns")
    return [
        {"label": label, "pattern": form, "id": concept_id}
        for label, concept_id, pattern in concepts[["label", "id", "patterns"]].to_numpy()
        for form in _typeset(pattern)
    ]


def _typeset(pattern: str) -> set[str]:
    """Give a form as typed and as printed, with a curly apostrophe."""
    return {pattern, pattern.replace("'", "’")}


def _fits(match: Span, text: str, written: dict[str, str]) -> bool:
    """Tell whether a match has its form's capitals and is no part of a hyphenated word."""
    start, end = match.start_char, match.end_char
    if text[start - 1 : start] == "-" or text[end : end + 1] == "-":
        return False
    words = text[start:end]
    form = written.get(words.lower(), words)
    if form == words:
        return True
    pairs = zip(form, words, strict=False)
    return all(letter == capital for capital, letter in pairs if capital.isupper())


def _is_shield(match: Span, text: str) -> bool:
    """Tell whether a match only keeps its place from others: it is no entity, or part of a name."""
    if match.label_ != "CRIME_TYPE":
        return match.label_ == SHIELD
    start = match.start_char
    return OFFICE.search(text, max(0, start - LONGEST_OFFICE), start) is not None


def _longest(matches: list[Span]) -> list[Span]:
    """Give the longest matches in the order of the text, none overlapping another.

    Of two matches of one place, the one from a table goes before one made by rule.
    """
    places = [(m.start, m.end, _by_rule(m), m) for m in matches]
    taken: set[int] = set()
    chosen = []
    for start, end, _, match in sorted(places, key=lambda p: (p[0] - p[1], p[2], p[0])):
        if start not in taken and end - 1 not in taken:  # no longer match reaches into this one
            taken.update(range(start, end))
            chosen.append((start, match))
    return [match for _, match in sorted(chosen, key=lambda pair: pair[0])]


def _by_rule(match: Span) -> bool:
    return not match.id_ or "/" in match.id_ or match.id_.endswith(STAR)


def _without_stretched_titles(matches: list[Span]) -> list[Span]:
    """Drop titles made by rule that begin where a table's title does: the table knows their end."""
    known = {match.start for match in matches if match.label_ == "INSTRUMENT" and match.id_}
    return [match for match in matches if match.id_ or match.start not in known]


def _made_by_rule(match: Span) -> Concept:
    """Name what no table has: by its symbol, or else by its words."""
    if match.id_.endswith(STAR):
        return Concept(_slug(match.text), match.text.lower(), "none", match.id_.removesuffix(STAR))
    if "/" in match.id_:
        return Concept(_slug(re.sub(r" \((?:19|20).*", "", match.id_)), match.id_, "exact", "")
    return Concept(match.id_ or _slug(match.text), match.text, "none", "")


def _slug(text: str) -> str:
    return re.sub(r"\W+", "-", text.lower()).strip("-")


def _entities_of_report(report: Report, nlp: Language) -> pd.DataFrame:
    doc, spans = _read(report.text, nlp)
    table = _table(doc, report.text, spans)
    table[["sentence", "unit"]] = places_of(report, table)
    return table


def _entities_of_text(text: str, nlp: Language) -> pd.DataFrame:
    clean = clean_text(text)
    doc, spans = _read(clean.text, nlp)
    return _table(doc, text, [clean.to_source(start, end) for start, end in spans])


def _read(text: str, nlp: Language) -> tuple[Doc, list[tuple[int, int]]]:
    """Run the pipeline over clean text, and give the place of each entity in it."""
    reading = text_to_match(text)
    doc = nlp.make_doc(reading.text)
    doc.user_data[TEXT] = reading.text
    doc = nlp(doc)
    return doc, [reading.to_source(ent.start_char, ent.end_char) for ent in doc.ents]


def _table(doc: Doc, source: str, spans: list[tuple[int, int]]) -> pd.DataFrame:
    rows = [
        (start, end, source[start:end], ent.label_, *concept_of(ent), None, None)
        for ent, (start, end) in zip(doc.ents, spans, strict=True)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)
