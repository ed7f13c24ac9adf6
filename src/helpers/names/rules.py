"""Names that are made by rule: numbered resolutions, titles of treaties, kinds of crime.

No table can list them all, so their form is described. Token patterns stand in
``data/gazetteers/rules.jsonl`` and are tried only around their trigger words, which makes them
nearly free. Numbers and titles do not fall on tokens; they are read from the text of the Doc.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc, Span

from helpers.names.gazetteers import RULES, GazetteerError
from helpers.names.symbols import SymbolFinder

NESTED = "nested"  # doc.spans[NESTED]: all that was found, one inside another
TEXT_KEY = "helpers.text"  # where the text of a Doc is kept
CLASS_MARK = "*"  # ends the id of what a token pattern finds: its class, then this sign
CAPITALIZED = r"[A-Z][\w’'-]*"
SMALL = (
    r"(?:of|the|and|in|to|for|against|on|from|or|by|with|at|a|an|all|any|their|its|other|as|under|"
    r"relating|concerning|between|through)"
)
TREATY = re.compile(
    r"\b(?:Convention|Covenant|Protocol|Treaty|Declaration)"
    r"(?= (?:on|against|for|relating to|concerning|to|of) )"
)
BEFORE_TREATY = re.compile(rf"(?:(?:{CAPITALIZED}|of|(?:19|20)\d\d) )+$")
# "Malabo Convention", "Istanbul Programme of Action": a place's name before the kind of text.
PLACED = re.compile(
    rf"\b(?!The )((?:{CAPITALIZED} (?:(?:de|del|la) )?){{0,2}}(?:el-)?{CAPITALIZED}) "
    r"(?:Declaration|Convention|Protocol|Consensus|Programme of Action|Plan of Action|"
    r"Platform for Action)\b(?! on| against| relating| concerning)"
)
# Where a new title begins, or the sentence goes on.
OTHER_NAME = (
    r"(?:Conventions?|Covenants?|Protocols?|Optional|Treaty|International|Universal|Declaration|"
    r"Additional|Second|Third|United|Member|States?|Governments?|General|Security|Economic and|"
    r"Rome|Geneva|Kyoto|Paris|Vienna|Beijing|Human Rights Council)\b"
)
AFTER_TREATY = re.compile(
    rf" (?:on|against|for|relating to|concerning|to|of) (?:the |all )*{CAPITALIZED}"
    rf"(?:(?!,? (?:and|or) (?:of )?{OTHER_NAME})(?!,? (?:and|or) (?:the|its) )(?!, (?:the|its) ),?"
    rf"(?: {SMALL}){{0,3}} {CAPITALIZED})*"
)
# A title does not begin with these, though a sentence does.
NO_TITLE_WORD = re.compile(
    "of|The|This|That|These|Its|Their|Our|Each|Any|All|Such|In|On|Under|By|With|To|For|And|Of|When|"
    "If|As|At|From|While|Since|Although|Both|Also|Article|Draft|National|States?|Parties|Member|"
    "Recalling|Noting|Reaffirming|Welcoming|Acknowledging|Ratify|Accede|Implement|Sign|Having|"
    "Considering|Bearing|Emphasizing|Stressing|Guided|Taking|Adopt|Incorporate|Withdraw"
)
# Nor does a place stand before the kind of text when one of these does.
NO_PLACE = re.compile(
    rf"\b(?:{NO_TITLE_WORD.pattern}|Political|Ministerial|Joint|Final|Regional|Global|National|"
    "International|United|Nations?|Optional|Additional|Supplementary|Model|Framework|First|Second|"
    "Third|Fourth|Old|General|Human|Universal|Special|Common|Action|Strategic|Comprehensive|Plan|"
    "Development|Security|Constitutional|Governments?|Council|Assembly|Party|Parties|Peace|Solemn|"
    "Unilateral|Bilateral|Multilateral|Inter|States?|Member|Revised|Congress|Youth|Annual|Binding|"
    "European|African|American|Asian|Arab|Islamic|Commonwealth|Summit|Conference|Committee|Draft|"
    "Commission|Parliamentary|Civil|Society|Women|Children|Rights|Programme|Original|Interim|"
    r"Municipal|Federal|Technical|Health|Education|Gender|Convention|Protocol|Declaration)\b|\bM[rs]"
)


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
    >>> from helpers.names.gazetteers import read_organs, read_rules
    >>> nlp = spacy.blank("en")
    >>> nlp.add_pipe("un_rules").add_rules(read_rules(), read_organs())
    >>> doc = nlp("General Assembly resolutions 46/152 of 1991 and 60/1 on the smuggling of fuel")
    >>> [span.text for span in doc.spans["nested"]]
    ['smuggling of fuel', 'General Assembly resolutions 46/152', '60/1']
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self._make_doc = nlp.make_doc
        self._vocab = nlp.vocab
        self.add_rules([], [])

    def add_rules(self, rules: list[dict[str, Any]], organs: list[dict[str, str]]) -> None:
        """Set the component's rules, in place of those it has.

        Parameters
        ----------
        rules : list of dict
            What `helpers.names.gazetteers.read_rules` returns.
        organs : list of dict
            What `helpers.names.gazetteers.read_organs` returns.
        """
        self.rules, self.organs = rules, organs
        self._symbols = SymbolFinder(organs)
        self._triggers = PhraseMatcher(self._vocab, attr="LOWER")
        self._matchers: dict[str, Matcher] = {}
        self._reach: dict[str, tuple[int, int]] = {}
        for number, rule in enumerate(rules):
            for trigger in rule["triggers"]:
                self._triggers.add(trigger, [self._make_doc(trigger)])
                if trigger not in self._matchers:
                    self._matchers[trigger] = Matcher(self._vocab)
                try:
                    self._matchers[trigger].add(str(number), [rule["pattern"]])
                except ValueError as error:
                    raise GazetteerError(
                        f"{RULES}, line {number + 1}, 'pattern': spaCy's Matcher does not take it. "
                        f"{error}"
                    ) from error
                before, after = _reach(rule["pattern"], trigger.lower(), number)
                known = self._reach.get(trigger, (0, 0))
                self._reach[trigger] = (max(known[0], before), max(known[1], after))

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
        spans = list(self._kinds(doc))
        text = text_of(doc)
        for start, end, symbol in [*self._symbols(text), *_titles(text)]:
            tokens = doc.char_span(start, end, alignment_mode="expand")
            if tokens is not None:
                spans.append(Span(doc, tokens.start, tokens.end, "INSTRUMENT", span_id=symbol))
        doc.spans.setdefault(NESTED, []).extend(spans)  # type: ignore[no-untyped-call]
        return doc

    def _kinds(self, doc: Doc) -> Iterator[Span]:
        strings = doc.vocab.strings
        for trigger_key, at, _ in self._triggers(doc):
            trigger = strings[trigger_key]
            before, after = self._reach[trigger]
            start = max(0, at - before)
            window = doc[start : at + after + 1]
            for key, first, last in self._matchers[trigger](window):
                if start + first <= at < start + last:
                    rule = self.rules[int(strings[key])]
                    yield Span(doc, start + first, start + last, rule["label"], span_id=rule["id"])

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the rules as bytes, for ``nlp.to_bytes``."""
        return json.dumps({"rules": self.rules, "organs": self.organs}).encode()

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


def _reach(pattern: list[dict[str, Any]], trigger: str, number: int) -> tuple[int, int]:
    """Say how many tokens a form can have before and after its trigger word."""
    most = [_most_tokens(entry) for entry in pattern]
    places = [at for at, entry in enumerate(pattern) if trigger in _words_of(entry)]
    if not places:
        raise GazetteerError(
            f"{RULES}, line {number + 1}, 'triggers': {trigger!r} is no word of the pattern. A "
            "trigger is a word that LOWER or ORTH asks for."
        )
    return (
        max(sum(most[:at]) + most[at] - 1 for at in places),
        max(sum(most[at + 1 :]) + most[at] - 1 for at in places),
    )


def _most_tokens(entry: dict[str, Any]) -> int:
    numbers = re.findall(r"\d+", entry.get("OP", ""))
    return int(numbers[-1]) if numbers else 1


def _words_of(entry: dict[str, Any]) -> set[str]:
    asked = entry.get("LOWER", entry.get("ORTH", ""))
    words = asked["IN"] if isinstance(asked, dict) else [asked]
    return {word.lower() for word in words}


def _titles(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and no symbol of every title of a treaty or declaration."""
    for placed in PLACED.finditer(text):
        if not NO_PLACE.search(placed[1]):
            after = AFTER_TREATY.match(text, placed.end())
            yield placed.start(), after.end() if after else placed.end(), ""
    for kind in TREATY.finditer(text):
        after = AFTER_TREATY.match(text, kind.end())
        if not after:
            continue
        before = BEFORE_TREATY.search(text, max(0, kind.start() - 120), kind.start())
        words = before[0].split() if before else []
        while words and NO_TITLE_WORD.fullmatch(words[0]):
            words.pop(0)
        lead = len(" ".join(words)) + bool(words)
        yield kind.start() - lead, after.end(), ""
