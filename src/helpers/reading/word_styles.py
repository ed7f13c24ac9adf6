"""How a Word file says that words look: styles that are based on each other, and what overrules."""

import re
from dataclasses import dataclass, field

from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFF = ("0", "false", "off", "none")
HEADING = re.compile(r"heading ?([1-9])\b", re.IGNORECASE)
BODY_LEVEL = 9  # the outline level that means: running text
TOGGLES = ("bold", "italic", "hidden")  # set in two kinds of styles at once, they cancel out

Look = dict[str, float]  # bold, italic, underlined, hidden, raised: 0 or 1; size: points
Place = dict[str, str]  # level, num, ilvl: as they are written


def child(element: _Element | None, *path: str) -> _Element | None:
    """Return an element's descendant by the names of its tags, or None."""
    for name in path:
        element = element.find(W + name) if element is not None else None
    return element


def value(element: _Element | None, *path: str, name: str = "val") -> str | None:
    """Return an attribute of an element's descendant, or None."""
    found = child(element, *path)
    return None if found is None else found.get(W + name)


def look_of(properties: _Element | None) -> Look:
    """Return what the properties of a run (``w:rPr``) say of its look."""
    look: Look = {}
    if properties is None:
        return look
    for name, tag in (("bold", "b"), ("italic", "i"), ("hidden", "vanish")):
        found = properties.find(W + tag)
        if found is not None:
            look[name] = float(found.get(W + "val", "1").lower() not in OFF)
    size = value(properties, "sz") or ""
    if re.fullmatch(r"\d{1,4}(?:\.\d{1,4})?", size):
        look["size"] = float(size) / 2  # Word counts half points
    line = value(properties, "u")
    if line is not None:
        look["underlined"] = float(line not in OFF)
    raised = value(properties, "vertAlign")
    if raised is not None:
        look["raised"] = float(raised == "superscript")
    return look


def place_of(properties: _Element | None) -> Place:
    """Return what the properties of a paragraph (``w:pPr``) say of its level and its list."""
    found = {
        "level": value(properties, "outlineLvl"),
        "num": value(properties, "numPr", "numId"),
        "ilvl": value(properties, "numPr", "ilvl"),
    }
    return {name: said for name, said in found.items() if said is not None}


@dataclass
class Style:
    """A style with all that it inherits."""

    name: str = ""
    look: Look = field(default_factory=dict)
    place: Place = field(default_factory=dict)
    listed: str = ""  # the style, itself or one below it, that joins a list


class Styles:
    """The styles of a file.

    Parameters
    ----------
    root : lxml.etree._Element, optional
        The part ``styles.xml``, where there is one.
    """

    def __init__(self, root: _Element | None) -> None:
        self.elements: dict[str, _Element] = {}
        self.known: dict[str, Style] = {}
        self.default = ""
        self.defaults: Look = {}
        if root is None:
            return
        self.defaults = look_of(child(root, "docDefaults", "rPrDefault", "rPr"))
        for element in root.iterchildren(W + "style"):
            key = element.get(W + "styleId", "")
            self.elements[key] = element
            is_default = element.get(W + "default", "0").lower() not in OFF
            if is_default and element.get(W + "type") == "paragraph":
                self.default = key

    def style(self, key: str | None) -> Style:
        """Return a style by its id; without one, that of paragraphs which name none."""
        key = self.default if key is None else key
        chain: dict[str, None] = {}
        at: str | None = key
        while at in self.elements and at not in self.known and at not in chain:
            chain[at] = None  # styles may go round in a circle
            at = value(self.elements[at], "basedOn")
        base = self.known.get(at or "", Style())
        for name in reversed(chain):
            base = self.known[name] = self._inheriting(name, base)
        return self.known.get(key) or Style(key)

    def numbering_of(self, key: str) -> str | None:
        """Return the list that a style of lists (``numStyleLink``) leads to."""
        return value(self.elements.get(key), "pPr", "numPr", "numId")

    def _inheriting(self, key: str, base: Style) -> Style:
        """Return a style with what it has from the one that it is based on."""
        element = self.elements[key]
        own = place_of(child(element, "pPr"))
        return Style(
            value(element, "name") or key,
            base.look | look_of(child(element, "rPr")),
            base.place | own,
            key if "num" in own else base.listed,
        )

    def level(self, style: Style, own: Place) -> int:
        """Return how deep a heading a paragraph is, 1 outermost; 0: it is none."""
        said = own.get("level", style.place.get("level"))
        if said is not None and said.isdigit():
            return int(said) + 1 if int(said) < BODY_LEVEL else 0
        found = HEADING.match(style.name)
        return int(found[1]) if found else 0

    def look(self, paragraph: Style, character: Style | None, own: Look) -> Look:
        """Return the look of a run: by its paragraph's style, its own style, and itself."""
        styled = self.defaults | paragraph.look
        if character is not None:
            for name, said in character.look.items():
                if name in TOGGLES and name in paragraph.look:
                    styled[name] = float(styled[name] != said)
                else:
                    styled[name] = said
        return styled | own
