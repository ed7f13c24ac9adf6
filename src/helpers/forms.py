"""Names that are made by rule: numbered resolutions, titles of treaties, kinds of crime.

No table can list them all, so their form is described. Token patterns stand in
``data/gazetteers/forms.jsonl`` and are tried only around their trigger words, which makes them
nearly free. Numbers and titles do not fall on tokens; they are read from the text of the Doc.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from spacy.language import Language
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc, Span

from helpers.gazetteers import FORMS, GAZETTEERS, read_organs

NESTED = "nested"  # doc.spans[NESTED]: all that was found, one inside another
TEXT = "helpers.text"  # where the text of a Doc is kept
STAR = "*"  # ends the id of what a token pattern finds: the class it belongs to, then this sign

# 70/1, 57/270 B, S-30/1, 2015/20; 155 C (VII), 217 A (III); 1373 (2001)
LETTER = r"(?: [A-Z](?= (?:of|and|to|on)\b|[,.;:)]|$))?"
NUMBER = (
    rf"(?:(?:E?S-)?\d{{1,2}}/\d{{1,4}}|(?:19|20)\d\d/\d{{1,3}}){LETTER}(?![\w/])"
    r"|\d{1,4}(?: [A-Z])? \((?:[IVXL]+|S-[IVXL]+)\)"
    r"|\d{3,4} \((?:19|20)\d\d\)"
)
SYMBOL = re.compile(
    r"\b(?:[ASE]|A/HRC|E/CN\.\d{1,2})/(?:RES|DEC)/\d+(?:/\d+)?(?: \(\d{4}\))?(?![\w/])"
)
# What may stand between two numbers of one list: a date, an annex, a title, a comma, "and".
BETWEEN = re.compile(
    r"(?:,? of (?:\d{1,2} [A-Z][a-z]+(?: \d{4})?|\d{4}))?"
    r"(?:,? (?:sect(?:ion|\.)|annex)(?: [IVXL]+)?)?(?:,? entitled [“\"][^”\"]{1,250},?[”\"])?"
    rf"(?:, and|,| and| or) (?={NUMBER})"
)
NUMBERED = re.compile(NUMBER)
HEAD = re.compile(rf"\b([Rr]esolutions?|RESOLUTIONS?|[Dd]ecisions?) ({NUMBER})")
LONGEST_ORGAN = 60  # characters of an organ's name

CAPITALISED = r"[A-Z][\w’'-]*"
SMALL = (
    r"(?:of|the|and|in|to|for|against|on|from|or|by|with|at|a|an|all|any|their|its|other|as|under|"
    r"relating|concerning|between|through)"
)
TREATY = re.compile(
    r"\b(?:Convention|Covenant|Protocol|Treaty|Declaration)"
    r"(?= (?:on|against|for|relating to|concerning|to|of) )"
)
BEFORE_TREATY = re.compile(rf"(?:(?:{CAPITALISED}|of|(?:19|20)\d\d) )+$")
# "Malabo Convention", "Istanbul Programme of Action": a place's name before the kind of text.
PLACED = re.compile(
    rf"\b(?!The )((?:{CAPITALISED} (?:(?:de|del|la) )?){{0,2}}(?:el-)?{CAPITALISED}) "
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
    rf" (?:on|against|for|relating to|concerning|to|of) (?:the |all )*{CAPITALISED}"
    rf"(?:(?!,? (?:and|or) (?:of )?{OTHER_NAME})(?!,? (?:and|or) (?:the|its) )(?!, (?:the|its) ),?"
    rf"(?: {SMALL}){{0,3}} {CAPITALISED})*"
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
    """Give the text of a Doc, which spaCy puts together from its tokens, only once.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        A tokenized text.

    Returns
    -------
    str
        The same as ``doc.text``.

    Examples
    --------
    >>> import spacy
    >>> text_of(spacy.blank("en")("the Tokyo Rules"))
    'the Tokyo Rules'
    """
    if TEXT not in doc.user_data:
        doc.user_data[TEXT] = doc.text
    return doc.user_data[TEXT]


@Language.factory("un_forms", assigns=["doc.spans"])
class FormFinder:
    """Add the names that are made by rule to ``doc.spans["nested"]``.

    Parameters
    ----------
    nlp : spacy.Language
        The pipeline.
    name : str
        The component's name.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("un_forms")
    >>> doc = nlp("General Assembly resolutions 46/152 of 1991 and 60/1 on the smuggling of fuel")
    >>> [span.text for span in doc.spans["nested"]]
    ['smuggling of fuel', 'General Assembly resolutions 46/152', '60/1']
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.triggers = PhraseMatcher(nlp.vocab, attr="LOWER")
        self.matchers: dict[str, Matcher] = {}
        self.reach: dict[str, tuple[int, int]] = {}
        self.found: dict[str, tuple[str, str]] = {}
        for number, line in enumerate((GAZETTEERS / FORMS).read_text("utf-8").splitlines()):
            form = json.loads(line)
            for trigger in form["triggers"]:
                self.triggers.add(trigger, [nlp.make_doc(trigger)])
                matcher = self.matchers.setdefault(trigger, Matcher(nlp.vocab))
                matcher.add(str(number), [form["pattern"]])
                before, after = _reach(form["pattern"], trigger.lower())
                known = self.reach.get(trigger, (0, 0))
                self.reach[trigger] = (max(known[0], before), max(known[1], after))
            self.found[str(number)] = (form["label"], form["id"])
        self.organs = _organ_symbols()
        names = "|".join(sorted(map(re.escape, self.organs), key=len, reverse=True))
        self.organ = re.compile(rf"\b({names}) $")

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
        for start, end, symbol in [*self._numbers(text), *_titles(text)]:
            tokens = doc.char_span(start, end, alignment_mode="expand")
            if tokens is not None:
                spans.append(Span(doc, tokens.start, tokens.end, "INSTRUMENT", span_id=symbol))
        doc.spans.setdefault(NESTED, []).extend(spans)
        return doc

    def _kinds(self, doc: Doc) -> Iterator[Span]:
        strings = doc.vocab.strings
        for trigger_key, at, _ in self.triggers(doc):
            trigger = strings[trigger_key]
            before, after = self.reach[trigger]
            start = max(0, at - before)
            window = doc[start : at + after + 1]
            for key, first, last in self.matchers[trigger](window):
                if start + first <= at < start + last:
                    label, concept_id = self.found[strings[key]]
                    yield Span(doc, start + first, start + last, label, span_id=concept_id)

    def _numbers(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and symbol of every resolution and decision named by its number."""
        for head in HEAD.finditer(text):
            before = self.organ.search(text, max(0, head.start() - LONGEST_ORGAN), head.start())
            organ, decision = (before[1] if before else ""), head[1][0] in "dD"
            start, number = (before or head).start(), head.start(2)
            while found := NUMBERED.match(text, number):
                yield start, found.end(), self._symbol(organ, decision, found[0])
                go_on = BETWEEN.match(text, found.end())
                if not go_on:
                    break
                start = number = go_on.end()
        for found in SYMBOL.finditer(text):
            yield found.start(), found.end(), found[0]

    def _symbol(self, organ: str, decision: bool, number: str) -> str:
        prefix = self.organs.get(organ, ("", ""))[decision]
        if not prefix:
            body = "S" if re.search(r"\((?:19|20)", number) else "A"
            body = "E" if re.match(r"(?:19|20)\d\d/", number) else body
            prefix = f"{body}/{'DEC' if decision else 'RES'}/"
        return prefix + number


def _reach(pattern: list[dict[str, Any]], trigger: str) -> tuple[int, int]:
    """Say how many tokens a form can have before and after its trigger word."""
    most = [_most_tokens(entry) for entry in pattern]
    places = [at for at, entry in enumerate(pattern) if trigger in _words_of(entry)]
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


def _organ_symbols() -> dict[str, tuple[str, str]]:
    """Give for each name of an organ the symbols of its resolutions and of its decisions."""
    organs = read_organs()
    return {
        name: (row.resolutions, row.decisions)
        for row in organs.itertuples()
        for name in row.patterns.split("|")
    }


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
