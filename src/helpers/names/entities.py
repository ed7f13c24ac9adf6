"""States, instruments, crime types and the rest in a report or in any text, as a table."""

from typing import Any

import pandas as pd
from spacy.language import Language
from spacy.tokens import Doc

from helpers.contract import ENTITY_COLUMNS, check_entities, check_nlp, check_report
from helpers.names.normal import normal_form
from helpers.names.pipeline import SENTENCES, concept_of, default_nlp
from helpers.names.rules import TEXT_KEY
from helpers.reading.report import Report, clean_text, locate


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
        One row per entity, in the order of the text: ``start``, ``end`` (offsets into
        ``report.text`` or the text given, in characters), ``text``, ``label``, ``entity_id``,
        ``name``, ``link`` (exact, near, none), ``parent`` (id of the broader concept or ""),
        ``ancestors`` (ids of all its broader concepts, the nearest first, separated by "; "),
        ``sentence``, ``unit`` and ``part`` (missing outside the numbered paragraphs and when a
        text was given).

    Raises
    ------
    TypeError
        If something else than a report or a text is given, or `nlp` is no pipeline.

    Examples
    --------
    >>> extract_entities("the Federated\nStates of Micronesia")[["start", "end", "entity_id"]]
       start  end entity_id
    0      4   34       FSM
    """
    nlp = nlp or default_nlp()
    check_nlp(nlp)
    if isinstance(report_or_text, Report):
        return _entities_of_report(report_or_text, nlp)
    if isinstance(report_or_text, str):
        return _entities_of_text(report_or_text, nlp)
    raise TypeError(
        "extract_entities needs what read_report() returns, or a text, "
        f"and this is of the type {type(report_or_text).__name__}."
    )


def own_entities(report: Report, entities: pd.DataFrame | None) -> pd.DataFrame:
    """Return the entities of a report: those given, once they are known to be its own."""
    check_report(report)
    if entities is None:
        return extract_entities(report)
    return check_entities(entities, report)


def find_entities(text: str, nlp: Language) -> tuple[Doc, list[tuple[int, int]]]:
    """Run a pipeline over clean text, and return its Doc and the place of each entity in `text`."""
    form = normal_form(text)
    doc = nlp.make_doc(form.text)
    doc.user_data[TEXT_KEY] = form.text
    # No name needs a sentence; those of a report stand in its table.
    with nlp.select_pipes(disable=[name for name in nlp.pipe_names if name == SENTENCES]):
        doc = nlp(doc)
    return doc, [form.to_source(ent.start_char, ent.end_char) for ent in doc.ents]


def ancestors_of(entity: Any) -> tuple[str, ...]:
    """Return the ids of the broader concepts of a row of entities, the nearest first."""
    return tuple(filter(None, entity.ancestors.split("; ")))


def _entities_of_report(report: Report, nlp: Language) -> pd.DataFrame:
    doc, spans = find_entities(report.text, nlp)
    table = _table(doc, report.text, spans)
    table[["sentence", "unit", "part"]] = locate(report, table)
    return table


def _entities_of_text(text: str, nlp: Language) -> pd.DataFrame:
    clean = clean_text(text)
    doc, spans = find_entities(clean.text, nlp)
    return _table(doc, text, [clean.to_source(start, end) for start, end in spans])


def _table(doc: Doc, source: str, spans: list[tuple[int, int]]) -> pd.DataFrame:
    rows = []
    for ent, (start, end) in zip(doc.ents, spans, strict=True):
        *concept, above = concept_of(ent)
        rows.append(
            (
                start,
                end,
                source[start:end],
                ent.label_,
                *concept,
                "; ".join(above),
                None,
                None,
                None,
            )
        )
    return pd.DataFrame(rows, columns=ENTITY_COLUMNS)
