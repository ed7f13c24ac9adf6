"""The footnotes of a web page: a mark that leads to them, and most often a link that leads back."""

import re
from dataclasses import dataclass, field

from lxml import etree

from helpers.reading.web_elements import BLOCKS, text_of

MARK = re.compile(
    r"[\[(]?(?:(?:note|fn) ?)?(\d{1,3}|[*†‡]{1,3}|[a-z]|[ivxl]{1,6})[\])]?", re.IGNORECASE
)
BACK = re.compile(
    r"\W*(?:(?:back|return)(?: to (?:the )?(?:text|top|content|reference))?)?\W*", re.IGNORECASE
)
# What stands around a mark that was a link: "[]", an arrow, the stop of "1.".
LEFT_OF_MARK = re.compile(r"^\s*(?:\[\s*\]\s*|\(\s*\)\s*|[↑^]\s*|[.:](?=\s)\s*)+")
LONGEST = 4_000  # characters of a footnote


@dataclass
class Notes:
    """The footnotes of a page.

    Parameters
    ----------
    references : dict of element to tuple of str
        By the element that is a mark in the text, the mark and the footnote's words.
    blocks : set of element
        The blocks that hold the footnotes.
    """

    references: dict[etree._Element, tuple[str, str]] = field(default_factory=dict)
    blocks: set[etree._Element] = field(default_factory=set)


def find_notes(root: etree._Element) -> Notes:
    """Return the footnotes of a page.

    Parameters
    ----------
    root : lxml.etree._Element
        The page.
    """
    notes = Notes()
    links = [link for link in root.iter("a") if link.get("href", "").startswith("#")]
    if not links:
        return notes
    order: dict[etree._Element, int] = {}
    names: dict[str, etree._Element] = {}
    for place, element in enumerate(root.iter(etree.Element)):
        order[element] = place
        for key in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if key:
                names.setdefault(key, element)
    backs = {link.get("href", "")[1:]: link for link in reversed(links)}
    for link in links:
        found = MARK.fullmatch(" ".join(text_of(link).split()))
        key = link.get("href", "")[1:]
        target = names.get(key, names.get(key.lstrip("_")))  # Word's "#_ftn1" leads to "ftn1" too
        if not found or target is None or order[target] < order[link]:
            continue
        block = _block(target)
        if block is None or block in link.iterancestors():
            continue
        if not (_is_raised(link) or _leads_back(link, block, backs)):
            continue
        words = _words(block, found[1])
        if words and len(words) <= LONGEST:
            notes.references[_outermost(link)] = (found[1], words)
            notes.blocks.add(block)
    return notes


def _block(target: etree._Element) -> etree._Element | None:
    """Return the block that a footnote is: its target, or what the target stands in."""
    for element in (target, *target.iterancestors()):
        if element.tag in ("body", "html", "main", "article", "section", "ol", "ul", "tbody"):
            return None
        if element.tag in BLOCKS:
            parent = element.getparent()
            alone = parent is not None and len(parent) == 1 and parent.tag in ("div", "li", "aside")
            return parent if alone and parent.get("id") else element
    return None


def _is_raised(link: etree._Element) -> bool:
    """Return whether a link is the mark of a footnote by its looks or its role."""
    role = f"{link.get('role', '')} {link.get('class', '')} {link.get('epub:type', '')}".lower()
    if re.search(r"noteref|footnote|endnote|fn-?ref", role):
        return True
    inner = [element.tag for element in link.iter(etree.Element)]
    return "sup" in inner or any(element.tag == "sup" for element in link.iterancestors())


def _leads_back(
    link: etree._Element, block: etree._Element, backs: dict[str, etree._Element]
) -> bool:
    """Return whether the footnote has a link to where its mark stands."""
    keys = [link.get("id"), link.get("name")]
    keys += [element.get("id") for element in list(link.iterancestors())[:2]]
    return any(key in backs and block in backs[key].iterancestors() for key in keys if key)


def _outermost(link: etree._Element) -> etree._Element:
    """Return the raised element around a mark, if the mark is all that it holds."""
    outer = link
    for element in link.iterancestors():
        if element.tag not in ("sup", "span", "small"):
            break
        if text_of(element).strip() != text_of(link).strip():
            break
        outer = element
    return outer


def _words(block: etree._Element, mark: str) -> str:
    """Return a footnote's words without its mark and the link that leads back."""
    text = LEFT_OF_MARK.sub("", _without_links_back(block))
    opening = re.match(rf"\s*[\[(]?{re.escape(mark)}[\])]?[.:]?(?=\s|$)", text)
    return " ".join(text[opening.end() if opening else 0 :].split())


def _without_links_back(block: etree._Element) -> str:
    pieces = [block.text or ""]
    for inner in block:
        if isinstance(inner.tag, str) and not _is_link_back(inner):
            pieces.append(_without_links_back(inner))
        pieces.append(inner.tail or "")
    return "".join(pieces)


def _is_link_back(element: etree._Element) -> bool:
    if element.tag != "a" or not element.get("href", "").startswith("#"):
        return False
    text = " ".join(text_of(element).split())
    return MARK.fullmatch(text) is not None or BACK.fullmatch(text) is not None
