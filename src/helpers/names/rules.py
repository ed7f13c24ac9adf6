"""Names that are made by rule: numbered resolutions, titles of treaties, goals, kinds of crime.

No table can list them all, so their form is described. Numbers and titles do not fall on tokens;
they are read from the text of the Doc, and what is found becomes spans of its tokens.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from helpers.names.crimes import CrimeFinder
from helpers.names.goals import GoalFinder
from helpers.names.symbols import SymbolFinder
from helpers.names.titles import TitleFinder

NESTED = "nested"  # doc.spans[NESTED]: all that was found, one inside another
TEXT_KEY = "helpers.text"  # where the text of a Doc is kept
Finder = SymbolFinder | TitleFinder | GoalFinder | CrimeFinder
FINDERS: dict[str, tuple[str, type[Finder]]] = {
    "organs": ("INSTRUMENT", SymbolFinder),
    "title_words": ("INSTRUMENT", TitleFinder),
    "goals": ("GOAL", GoalFinder),
    "crime_forms": ("CRIME_TYPE", CrimeFinder),
}


def text_of(doc: Doc) -> str:
    """Return the text of a Doc, which spaCy puts together from its tokens, only once."""
    if TEXT_KEY not in doc.user_data:
        doc.user_data[TEXT_KEY] = doc.text
    return str(doc.user_data[TEXT_KEY])


@Language.factory("un_rules", assigns=["doc.spans"])
class RuleMatcher:
    """Add the names that are made by rule to ``doc.spans["nested"]``.

    The rules are the component's own: `add_rules` gives them to it, a saved pipeline brings them
    along, and no table is read when it is loaded.

    Parameters
    ----------
    nlp : spacy.Language
        The pipeline.
    name : str
        The component's name.

    Examples
    --------
    >>> import spacy
    >>> from helpers.names.gazetteers import read_crime_forms, read_organs
    >>> nlp = spacy.blank("en")
    >>> nlp.add_pipe("un_rules").add_rules(organs=read_organs(), crime_forms=read_crime_forms())
    >>> doc = nlp("General Assembly resolutions 46/152 of 1991 and 60/1 on the smuggling of fuel")
    >>> [span.text for span in doc.spans["nested"]]
    ['General Assembly resolutions 46/152', '60/1', 'smuggling of fuel']
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.add_rules()

    def add_rules(self, **tables: Sequence[Mapping[str, str]]) -> None:
        """Set the component's rules, in place of those it has.

        Parameters
        ----------
        **tables : sequence of mapping
            The rows of ``organs``, ``title_words``, ``goals`` and ``crime_forms``, as
            `helpers.names.gazetteers` reads them; one that is not given has no row.
        """
        self.tables = {name: [dict(row) for row in tables.get(name, [])] for name in FINDERS}
        self._finders = [
            (label, finder(self.tables[name])) for name, (label, finder) in FINDERS.items()
        ]

    def __call__(self, doc: Doc) -> Doc:
        """Add what is found to ``doc.spans["nested"]``.

        Parameters
        ----------
        doc : spacy.tokens.Doc
            A tokenized text.

        Returns
        -------
        spacy.tokens.Doc
            The same, with the spans added.
        """
        text, spans = text_of(doc), []
        for label, find in self._finders:
            for start, end, name in find(text):
                tokens = doc.char_span(start, end, alignment_mode="expand")
                if tokens is not None:
                    spans.append(Span(doc, tokens.start, tokens.end, label, span_id=name))
        doc.spans.setdefault(NESTED, []).extend(spans)  # type: ignore[no-untyped-call]
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the rules as bytes, for ``nlp.to_bytes``."""
        return json.dumps(self.tables).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "RuleMatcher":
        """Take the rules from bytes, for ``nlp.from_bytes``."""
        self.add_rules(**json.loads(data))
        return self

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the rules to a file, for ``nlp.to_disk``."""
        path.write_bytes(self.to_bytes())

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> "RuleMatcher":
        """Read the rules from a file, for ``spacy.load``."""
        return self.from_bytes(path.read_bytes())
