"""What kinds of elements a web page has, and what is to be known of one."""

import re

from lxml import etree

from helpers.reading.counting import LARGEST_NUMBER

SAID_NOTHING = {"head", "link", "meta", "script", "style", "svg", "title"}  # no words of the page
SILENT = SAID_NOTHING | {
    "area", "audio", "canvas", "datalist", "embed", "iframe", "input", "map", "math", "noscript",
    "object", "option", "rp", "rt", "select", "textarea", "video",
}  # fmt: skip
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu",
    "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "ul",
}  # fmt: skip
CELLS = ("td", "th")
LISTS = ("ol", "ul", "menu", "dir")
BOXES = ("aside", "figcaption", "caption")  # beside the text, not in it
SIGN = re.compile(r"[#¶§🔗]")  # what a link that copies a heading's address shows


def is_silent(element: etree._Element) -> bool:
    """Return whether a browser shows nothing of an element, or a person would not read it out.

    A button is read where it is the words of a heading, as in pages that fold; a part that a script
    draws in a frame of its own ("shadow") is shown.
    """
    if element.tag == "button":
        above = element.getparent()
        own = "" if above is None else (above.text or "") + (element.tail or "")
        return above is None or not level_of(above) or bool(own.strip())
    if element.tag == "template":
        return element.get("shadowrootmode") is None
    if element.tag == "a":  # the mark that copies a heading's address
        return SIGN.fullmatch(text_of(element).strip()) is not None
    return element.tag in SILENT


def put_frames(root: etree._Element, parser: etree.HTMLParser) -> None:
    """Put a page that a frame carries with it where the frame stands, if it is most of the text."""
    for frame in list(root.iter("iframe")):
        held = frame.get("srcdoc")
        inner = etree.fromstring(held.encode(), parser) if held and held.strip() else None
        if inner is not None and len(text_of(inner)) > len(text_of(root)) - len(text_of(frame)):
            frame.tag = "div"
            frame.text = None
            frame[:] = [inner]
            inner.tag = "div"


def text_of(element: etree._Element) -> str:
    """Return all words in an element, shown or not."""
    return "".join(element.itertext())


def role_of(element: etree._Element) -> str:
    """Return what an element says that it is, or ""."""
    return str(element.get("role", "")).strip().lower()


def level_of(element: etree._Element) -> int:
    """Return how deep a heading an element is; 0: it is none."""
    if re.fullmatch(r"h[1-6]", element.tag):
        return int(element.tag[1])
    if role_of(element) == "heading":
        return min(max(whole(element.get("aria-level")) or 2, 1), 9)
    return 0


def has_title(element: etree._Element) -> bool:
    """Return whether an element holds a heading of the outermost level: the page's title."""
    return any(level_of(inner) == 1 for inner in element.iter(etree.Element))


def whole(said: str | None) -> int | None:
    """Return the number at the beginning of an attribute, as browsers read it."""
    found = re.match(r"\s*([+-]?\d{1,12})", said or "")
    number = int(found[1]) if found else None
    return number if number is not None and abs(number) <= LARGEST_NUMBER else None


def first_number(element: etree._Element) -> tuple[int, int]:
    """Return the number of a list's first item, and the step to the next."""
    start = whole(element.get("start"))
    if element.tag == "ol" and element.get("reversed") is not None:
        items = sum(child.tag == "li" for child in element)
        return (items if start is None else start), -1
    return (1 if start is None else start), 1
