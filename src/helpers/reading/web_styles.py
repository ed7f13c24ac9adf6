"""What a page's style sheets say: what is shown, how lists count, what is bold.

Only the few properties that bear on reading are followed; tinycss2 parses the sheets and cssselect
finds whom they mean.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import tinycss2
from cssselect import HTMLTranslator, Selector, SelectorError, parse
from lxml import etree

from helpers.reading.counting import printed_number
from helpers.reading.web_elements import text_of

TYPES = {
    "1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"
}  # fmt: skip
FOLLOWED = {
    "display", "visibility", "list-style", "list-style-type", "font-weight", "font-style",
    "vertical-align", "white-space", "counter-reset", "counter-set", "counter-increment", "content",
    "opacity", "font-size", "clip", "clip-path", "left", "text-indent",
}  # fmt: skip
BOLD = {"b", "strong", "th"}
ITALIC = {"i", "em", "cite", "dfn", "var", "address", "u"}
BLOCK_DISPLAY = ("block", "flex", "grid", "list-item", "table")
LIST_STYLES = re.compile(
    r"\b(none|disc|circle|square|decimal(?:-leading-zero)?|(?:lower|upper)-(?:alpha|latin|roman))\b"
)
COUNTER = re.compile(r"([\w-]+)(?:\s+(-?\d{1,9}))?")
KINDS = {
    "decimal": "digit", "decimal-leading-zero": "padded", "lower-alpha": "letter",
    "lower-latin": "letter", "upper-alpha": "LETTER", "upper-latin": "LETTER",
    "lower-roman": "roman", "upper-roman": "ROMAN",
}  # fmt: skip
# Ways to show words to nobody, or to screen readers alone.
NOWHERE = {
    ("opacity", "0"), ("font-size", "0"), ("font-size", "0px"), ("clip", "rect(0,0,0,0)"),
    ("clip", "rect(0, 0, 0, 0)"), ("clip", "rect(1px,1px,1px,1px)"),
    ("clip", "rect(1px, 1px, 1px, 1px)"), ("clip-path", "inset(50%)"), ("clip-path", "inset(100%)"),
}  # fmt: skip
MOVED = ("left", "text-indent")
FAR_AWAY = re.compile(r"-\d{3,6}(?:px|em|rem|%)")
SCREEN = 1280  # pixels: the width of the screen that conditions are asked for
WIDTH = re.compile(r"\((min|max)-width:\s*(\d{1,5})(?:\.\d+)?(px|em|rem)\)")
MOST_RULES = 5_000  # of a sheet that bear on reading
Declared = dict[str, tuple[tuple[bool, tuple[int, int, int], int], str]]


@dataclass(frozen=True)
class Look:
    """How the words of an element look.

    Parameters
    ----------
    shown : bool
        Whether it and all in it are shown.
    visible : bool
        Whether its own words are visible.
    folded : bool
        Whether what is in it is folded away, but for its summary.
    bold, italic, raised, pre : bool
        How its words are printed; whether white space is kept.
    block : bool
        Whether it begins a line of its own though its kind does not.
    list_style : str
        How a list counts: "decimal", "lower-alpha", "disc", "none", ...
    """

    shown: bool = True
    visible: bool = True
    folded: bool = False
    bold: bool = False
    italic: bool = False
    raised: bool = False
    pre: bool = False
    block: bool = False
    list_style: str = "decimal"


class Sheets:
    """The style sheets of a page.

    Parameters
    ----------
    root : lxml.etree._Element
        The page.
    """

    def __init__(self, root: etree._Element) -> None:
        self.declared: dict[etree._Element, Declared] = {}
        self.before: dict[etree._Element, Declared] = {}  # of what stands before their words
        self.plain: dict[tuple[str, Look], Look] = {}  # of elements of which no more is said
        order = 0
        for sheet in root.iter("style"):
            for rule in _shown_rules(tinycss2.parse_stylesheet(text_of(sheet))):
                declarations = [*_declarations(rule.content)]
                if declarations and order < MOST_RULES:
                    order += 1
                    self._apply(root, rule, declarations, order)

    def _apply(
        self,
        root: etree._Element,
        rule: Any,
        declarations: list[tuple[str, str, bool]],
        order: int,
    ) -> None:
        for selector, elements in _meant(root, tinycss2.serialize(rule.prelude)):
            declared = self.before if selector.pseudo_element else self.declared
            for element in elements:
                known = declared.setdefault(element, {})
                for name, value, important in declarations:
                    weight = (important, selector.specificity(), order)
                    if name not in known or known[name][0] <= weight:
                        known[name] = (weight, value)

    def counters(self, element: etree._Element) -> Iterator[tuple[str, str, int]]:
        """Yield what an element does to counters, before its words: what, which, and the number."""
        for declared in (self.declared, self.before):
            said = declared.get(element, {})
            for name in ("counter-reset", "counter-set", "counter-increment"):
                default = int(name == "counter-increment")
                for counter, number in COUNTER.findall(said[name][1]) if name in said else ():
                    if counter != "none":
                        yield name, counter, int(number) if number else default

    def content(self, element: etree._Element, counts: dict[str, int]) -> str:
        """Return the words that a sheet puts before those of an element: mostly a number."""
        said = self.before.get(element, {}).get("content", (None, ""))[1]
        text = ""
        for part in tinycss2.parse_component_value_list(said):
            if part.type == "string":
                text += part.value
            elif part.type == "function" and part.lower_name == "attr":
                names = [inner.value for inner in part.arguments if inner.type == "ident"]
                text += element.get(names[0], "") if names else ""
            elif part.type == "function" and part.lower_name in ("counter", "counters"):
                names = [inner.value for inner in part.arguments if inner.type == "ident"]
                kind = KINDS.get(names[1], "digit") if len(names) > 1 else "digit"
                text += printed_number(counts.get(names[0], 0), kind) if names else ""
        return text

    def look(self, element: etree._Element, above: Look) -> Look:
        """Return the look of an element that stands in another."""
        if element.attrib or element in self.declared:
            return self._look(element, above)
        key = (element.tag, above)
        if key not in self.plain:
            self.plain[key] = self._look(element, above)
        return self.plain[key]

    def _look(self, element: etree._Element, above: Look) -> Look:
        tag = element.tag
        folded = tag == "details" and element.get("open") is None
        declared = self.declared.get(element, {})
        said = {name: value for name, (_, value) in declared.items()}
        for name, value, _ in _declarations(element.get("style") or ""):
            if name not in declared or not declared[name][0][0]:  # not an important one
                said[name] = value
        hidden = element.get("hidden") is not None and "display" not in said
        look = replace(
            above,
            shown=not hidden and (not above.folded or tag == "summary"),
            visible=(above.visible and not folded) or tag == "summary",
            folded=folded,
            block=False,
            raised=tag == "sup" or (above.raised and tag != "sub"),
            bold=above.bold or tag in BOLD,
            italic=above.italic or tag in ITALIC,
            pre=above.pre or tag in ("pre", "listing", "xmp"),
            list_style=_list_style(element, above.list_style),
        )
        return _styled(look, said)


def _meant(root: etree._Element, selectors: str) -> list[tuple[Selector, list[etree._Element]]]:
    """Return the selectors of a rule, each with the elements that it means in a page at rest."""
    translator = HTMLTranslator()
    try:
        return [
            (selector, root.xpath(translator.selector_to_xpath(selector)))
            for selector in parse(selectors)
            if selector.pseudo_element in (None, "before")
        ]
    except (SelectorError, NotImplementedError, RecursionError, etree.XPathError):
        return []  # ":hover" and the like, namespaces, and what is no selector


def _styled(look: Look, said: dict[str, str]) -> Look:
    """Return a look as declarations change it."""
    for name, value in said.items():
        if name == "display":
            shown = look.shown and value != "none"
            look = replace(look, shown=shown, block=value in BLOCK_DISPLAY)
        elif name == "visibility":
            look = replace(look, visible=value not in ("hidden", "collapse"))
        elif (name, value) in NOWHERE or (name in MOVED and FAR_AWAY.match(value)):
            look = replace(look, shown=False)
        elif name == "font-weight":
            bold = value in ("bold", "bolder") or (value.isdigit() and int(value) >= 600)
            look = replace(look, bold=bold)
        elif name == "font-style":
            look = replace(look, italic=value in ("italic", "oblique"))
        elif name == "vertical-align":
            look = replace(look, raised=value in ("super", "text-top"))
        elif name == "white-space":
            look = replace(
                look, pre=value.startswith(("pre", "break-spaces")) and value != "pre-line"
            )
        elif found := LIST_STYLES.search(value):
            look = replace(look, list_style=found[1])
    return look


def _shown_rules(rules: list[Any]) -> Iterator[Any]:
    """Yield the rules that hold on a screen."""
    for rule in rules:
        if rule.type == "qualified-rule":
            yield rule
        elif rule.type == "at-rule" and rule.content and _is_for_screens(rule):
            yield from _shown_rules(tinycss2.parse_rule_list(rule.content))


def _is_for_screens(rule: Any) -> bool:
    """Return whether the rules in an at-rule hold on a screen."""
    if rule.lower_at_keyword != "media":
        return rule.lower_at_keyword in ("layer", "supports")
    queries = tinycss2.serialize(rule.prelude).lower().split(",")
    return any(_holds(query) for query in queries)


def _holds(query: str) -> bool:
    """Return whether a condition of a style sheet holds on a screen of the usual size."""
    if "prefers-" in query or "speech" in query:
        return False
    if "print" in query:
        return "not" in query
    if "not " in query:
        return False
    for side, number, unit in WIDTH.findall(query):
        pixels = int(number) * (1 if unit == "px" else 16)
        if (pixels > SCREEN) if side == "min" else (pixels < SCREEN):
            return False
    return True


def _declarations(content: object) -> Iterator[tuple[str, str, bool]]:
    """Yield name, value and importance of the declarations that bear on reading."""
    if not content:
        return
    for item in tinycss2.parse_blocks_contents(content):
        if item.type == "declaration" and item.lower_name in FOLLOWED:
            value = tinycss2.serialize(item.value).strip().lower()
            yield item.lower_name, value, item.important


def _list_style(element: etree._Element, above: str) -> str:
    """Return how a list or item counts, before its styles are asked."""
    said = str(element.get("type", ""))
    if element.tag in ("ol", "li") and said in TYPES:
        return TYPES[said]
    if element.tag == "ol":
        return "decimal"
    if element.tag in ("ul", "menu", "dir"):
        return "none" if said.lower() == "none" else "disc"
    if element.tag == "li" and said.lower() in ("disc", "circle", "square", "none"):
        return said.lower()
    return above
