"""A web page's blocks: what a browser shows, with the numbers of its lists.

lxml reads the page; what lxml does not know is here: which text is shown, how lists count, which
links lead to footnotes. What belongs to the site and not to the report (navigation, banners, forms)
is set apart. Nothing that a page refers to is opened.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from helpers.reading.blocks import Block, Run, print_blocks, table_blocks
from helpers.reading.counting import printed_number
from helpers.reading.lines import Line, Repair, ReportError
from helpers.reading.web_names import kinds_of
from helpers.reading.web_notes import find_notes
from helpers.reading.web_styles import KINDS, Look, Sheets

SAID_NOTHING = {"head", "link", "meta", "script", "style", "svg", "title"}  # no words of the page
SILENT = SAID_NOTHING | {
    "area", "audio", "button", "canvas", "datalist", "embed", "iframe", "input", "map", "math",
    "noscript", "object", "option", "rp", "rt", "select", "template", "textarea", "video",
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
CONTENTS = ("article", "section", "main")
EDGES = ("header", "footer")
SITE = ("nav", "form", "dialog")
SITE_ROLES = (
    "navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu"
)  # fmt: skip
SITE_SHARE = 0.25  # of the page's text: what is longer is not only the site's
OF_SITE = "belongs to the site, not to the report"
HIDDEN = "is in the page, and a browser does not show it"
DIGITS = ("decimal", "decimal-leading-zero")
LARGEST = 10**6  # a number beyond is none that somebody has written
SIGN = re.compile(r"[#¶§🔗]")
ICONS = re.compile("[\ue000-\uf8ff]")  # pictures that fonts of icons have for letters
BRACKETS = ("]", ")")
LABELLED = re.compile(r"\W*(?:\d{1,4}(?:\.\d{1,4})?[.)]|[a-z]{1,3}\))(?:\s|$)")
END = re.compile(rb"</(?:body|html)\s*>", re.IGNORECASE)
WHITE = re.compile(r"[ \t\n\r\f]+")


def read_web(data: bytes, name: str) -> tuple[str, list[Line], list[Repair]]:
    """Read the lines of a web page.

    Parameters
    ----------
    data : bytes
        The page's HTML, in UTF-8.
    name : str
        Its name, for messages.

    Returns
    -------
    str
        The text as a browser shows it, line by line: the source that offsets refer to.
    list of Line
        The lines in reading order, each footnote behind the paragraph that refers to it.
    list of tuple
        What is not shown or belongs to the site: position, kind, page, text, reason.

    Raises
    ------
    ReportError
        If no text is shown.
    """
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    # lxml drops what stands behind the end of the page, and browsers show it.
    root = etree.fromstring(END.sub(b"", data.replace(b"\0", b"")), parser)
    if any("depth" in error.message for error in parser.error_log):
        raise ReportError(
            f"{name}: this page has more than 2,000 elements one within the other, which no report "
            "needs, and cannot be read. Open it in a browser, and save the text or print a PDF."
        )
    if root is not None:
        _with_frames(root, parser)
    source, lines, repairs = print_blocks([] if root is None else _Walk(root).blocks())
    if not lines:
        raise ReportError(f"{name}: this page shows no text. Save it again when it has loaded.")
    return source, lines, repairs


@dataclass
class _Place:
    """An element that is open: how its words look, and what it collects."""

    element: etree._Element
    look: Look
    level: int = 0
    blocks: list[Block] | None = None  # of a cell
    rows: list[list[list[Block]]] | None = None  # of a table
    cells: list[list[Block]] | None = None  # of a row
    box: int = 0  # the cell that a box beside the text is
    number: int = 0  # of a list: that of its next item
    step: int = 1  # of a list: 1, or -1 where it counts down
    outer: dict[str, int | None] = field(default_factory=dict)  # counters begun anew inside it


class _Walk:
    """Goes through a page from its beginning to its end, without recursion: pages nest deep."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.sheets = Sheets(root)
        self.notes = find_notes(root, BLOCKS)
        self.length = len(_text(root))
        self.main = self._main()
        self.places: list[_Place] = [_Place(root, Look(), blocks=[])]
        self.runs: list[Run] = []
        self.noted: list[tuple[str, str]] = []
        self.repairs: list[tuple[str, str, str]] = []
        self.marker = self.item = ""
        self.linked = 0  # letters of the block that is being written which are links
        self.closing = False  # whether a bracket was opened before a footnote's mark
        self.known_notes: set[tuple[str, str]] = set()
        self.cells = 0
        self.counts: dict[str, int] = {}  # the counters of style sheets

    def _main(self) -> set[etree._Element]:
        """Return what leads to the page's main part, and that part, where the page says which."""
        found = [*self.root.iter("main")] or [e for e in _elements(self.root) if _role(e) == "main"]
        found = found or [*self.root.iter("article")]
        if len(found) != 1 or len(_text(found[0])) < self.length / 2:
            return set()
        return {found[0], *found[0].iterancestors()}

    def blocks(self) -> list[Block]:
        """Return the page's blocks."""
        walk = etree.iterwalk(self.root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event == "start":
                if self._starts(element):
                    self._write(element.text or "")
                else:
                    walk.skip_subtree()
                continue
            if event == "end":
                self._ends(element)
            if element is not self.root:
                self._write(element.tail or "")
        self._close()
        return self.places[0].blocks or []

    # Elements.

    def _starts(self, element: etree._Element) -> bool:
        """Open an element; return whether what is in it is shown."""
        above = self.places[-1]
        look = self.sheets.look(element, above.look)
        tag = element.tag
        place = _Place(element, look, _level(element) or above.level)
        if tag in BLOCKS or look.block:
            self._close()
        self.places.append(place)
        if element in self.notes.references:
            self._note(*self.notes.references[element])
            return False
        if element in self.notes.blocks or _is_silent(element) or not look.shown:
            hidden = element not in self.notes.blocks and tag not in SAID_NOTHING
            self._leave_out(element if hidden else None, "hidden text", HIDDEN)
            return False
        if "hidden" in kinds_of(element):
            self._leave_out(element, "hidden text", HIDDEN)
            return False
        if self._is_site(element):
            self._leave_out(element, "page head", OF_SITE)
            return False
        self._count(element)
        if tag == "br":
            self._break()
        elif tag == "hr":
            self._write("_____")
            self._close()
        elif tag in LISTS:
            place.number, place.step = _first_number(element)
        elif tag == "li":
            self._item(element, look)
        elif tag == "table":
            place.rows = []
        elif tag == "tr":
            place.cells = []
        elif tag in CELLS:
            place.blocks = []
        elif tag in BOXES:
            self.cells += 1
            place.box = self.cells
        elif tag == "q":
            self._write("“")
        self._write(self.sheets.content(element, self.counts))
        return True

    def _note(self, mark: str, words: str) -> None:
        """Keep a footnote, once; and take away the bracket before its mark."""
        if (mark, words) not in self.known_notes:
            self.known_notes.add((mark, words))
            self.noted.append((mark, words))
        if self.runs and self.runs[-1].text[-1:] in ("[", "("):
            self.runs[-1] = replace(self.runs[-1], text=self.runs[-1].text[:-1])
            self.closing = True

    def _count(self, element: etree._Element) -> None:
        """Follow the counters of style sheets; one that begins anew ends with its parent."""
        for name, counter, number in self.sheets.counters(element):
            if name == "counter-reset":
                self.places[-2].outer.setdefault(counter, self.counts.get(counter))
            step = name == "counter-increment"
            self.counts[counter] = number + (self.counts.get(counter, 0) if step else 0)

    def _ends(self, element: etree._Element) -> None:
        place = self.places[-1]
        if element.tag == "q":
            self._write("”")
        if element.tag in BLOCKS or place.look.block:
            self._close()
        self.places.pop()
        for counter, number in place.outer.items():
            if number is not None:
                self.counts[counter] = number
        if element.tag == "li":
            self.marker = self.item = ""
        if place.rows is not None:
            self._collect_table(place.rows)
        elif place.cells is not None:
            holder = self._nearest("rows", "blocks")
            if holder.rows is None:
                self._collect_table([place.cells])  # a row without a table
            else:
                holder.rows.append(place.cells)
        elif place.blocks is not None and self.places:
            holder = self._nearest("cells", "blocks")
            if holder.cells is None:
                self._collect(place.blocks)  # a cell without a row
            else:
                holder.cells.append(place.blocks)

    def _nearest(self, *kinds: str) -> _Place:
        """Return the innermost open element that collects what is named."""
        found = (
            p for p in reversed(self.places) if any(getattr(p, kind) is not None for kind in kinds)
        )
        return next(found)

    def _collect_table(self, rows: list[list[list[Block]]]) -> None:
        self._collect(table_blocks(rows, self.cells + 1))
        self.cells += sum(map(len, rows))

    def _leave_out(self, element: etree._Element | None, kind: str, reason: str) -> None:
        text = "" if element is None else " ".join(" ".join(element.itertext()).split())
        if text and not SIGN.fullmatch(text):
            self.repairs.append((kind, text, reason))

    def _is_site(self, element: etree._Element) -> bool:
        """Return whether an element belongs to the site and not to the report."""
        if element in self.main or element.tag in ("html", "body"):
            return False
        if not (self.main or element.attrib or element.tag in SITE or element.tag in EDGES):
            return False
        parent = self.places[-2].element
        if parent in self.main and not self._within_main():
            return element.tag in BLOCKS and not _has_heading(element)
        if element.tag in SITE or _role(element) in SITE_ROLES:
            return True
        within = self._within_main() or any(place.element.tag in CONTENTS for place in self.places)
        if element.tag in EDGES and not within:
            return not _has_heading(element)
        if "site" in kinds_of(element):
            return len(_text(element)) < SITE_SHARE * self.length and not _has_heading(element)
        return False

    def _within_main(self) -> bool:
        """Return whether the walk is inside the page's main part."""
        return any(
            place.element.tag in ("main", "article") or _role(place.element) == "main"
            for place in self.places
            if place.element in self.main
        )

    def _item(self, element: etree._Element, look: Look) -> None:
        """Count an item of a list, and keep its number or bullet for its first words."""
        lists = (p for p in reversed(self.places) if p.element.tag in LISTS)
        place = next(lists, None)
        kind = look.list_style
        if place is None:
            kind = "disc" if kind == "decimal" else kind
        else:
            value = _whole(element.get("value")) if place.element.tag == "ol" else None
            number = place.number if value is None else value
            place.number = number + place.step
        if kind == "none":
            return
        if kind in KINDS and place is not None:
            written = printed_number(number, KINDS[kind])
            self.marker += f"{written}. "
            self.item = "" if kind in DIGITS else written
        else:
            self.marker, self.item = f"{self.marker}• ", ""

    # Words.

    def _write(self, text: str) -> None:
        if not text:
            return
        look = self.places[-1].look
        if not look.visible:
            if text.strip():
                self.repairs.append(("hidden text", " ".join(text.split()), HIDDEN))
            return
        text = text.expandtabs(8) if look.pre else WHITE.sub(" ", text)
        if self.closing and text[:1] in BRACKETS:  # "[1]", of which only the digit is a link
            text = text[1:]
        self.closing = False
        self.linked += sum(map(str.isalnum, text)) * self._is_link()
        self.runs.append(Run(ICONS.sub("", text), look.bold, look.italic, look.raised))

    def _is_link(self) -> bool:
        return any(p.element.tag == "a" and p.element.get("href") for p in self.places[-4:])

    def _break(self) -> None:
        """Begin a line; two breaks in a row begin a paragraph."""
        before = "".join(run.text for run in self.runs[-3:])
        if before.rstrip(" ").endswith("\n") and not self.places[-1].look.pre:
            self._close()
        self.runs.append(Run("\n"))

    def _close(self) -> None:
        """End the block that is being written."""
        runs, self.runs = self.runs, []
        notes, self.noted = self.noted, []
        repairs, self.repairs = self.repairs, []
        place, linked = self.places[-1], self.linked
        self.linked = 0
        text = "".join(run.text for run in runs).strip()
        letters = sum(map(str.isalnum, text))
        if letters and linked == letters and not (place.level or LABELLED.match(text)):
            repairs.append(("page head", " ".join(text.split()), OF_SITE))
            runs.clear()
            self.marker = self.item = ""
        if any(run.text.strip() for run in runs):
            if self.marker:
                runs.insert(0, Run(self.marker))
            item, self.marker, self.item = self.item, "", ""
            box = next((p.box for p in reversed(self.places) if p.box), 0)
            block = Block(runs, place.level, cell=box, item=item, notes=notes, repairs=repairs)
            self._collect([block])
        elif notes or repairs:
            self._collect([Block([], notes=notes, repairs=repairs)])

    def _collect(self, blocks: list[Block]) -> None:
        for place in reversed(self.places):
            if place.blocks is not None:
                place.blocks.extend(blocks)
                return


def _elements(root: etree._Element) -> Iterator[etree._Element]:
    yield from root.iter(etree.Element)


def _is_silent(element: etree._Element) -> bool:
    """Return whether a browser shows nothing of an element, or a person would not read it out.

    A button is read where it is the words of a heading, as in pages that fold; a part that a script
    draws in a frame of its own ("shadow") is shown.
    """
    if element.tag == "button":
        above = element.getparent()
        own = "" if above is None else (above.text or "") + (element.tail or "")
        return above is None or not _level(above) or bool(own.strip())
    if element.tag == "template":
        return element.get("shadowrootmode") is None
    if element.tag == "a":  # the mark that copies a heading's address
        return SIGN.fullmatch("".join(element.itertext()).strip()) is not None
    return element.tag in SILENT


def _with_frames(root: etree._Element, parser: etree.HTMLParser) -> None:
    """Put a page that a frame carries with it where the frame stands, if it is most of the text."""
    for frame in list(root.iter("iframe")):
        held = frame.get("srcdoc")
        inner = etree.fromstring(held.encode(), parser) if held and held.strip() else None
        if inner is not None and len(_text(inner)) > len(_text(root)) - len(_text(frame)):
            frame.tag = "div"
            frame.text = None
            frame[:] = [inner]
            inner.tag = "div"


def _text(element: etree._Element) -> str:
    return "".join(element.itertext())


def _role(element: etree._Element) -> str:
    return str(element.get("role", "")).strip().lower()


def _level(element: etree._Element) -> int:
    """Return how deep a heading an element is; 0: it is none."""
    if re.fullmatch(r"h[1-6]", element.tag):
        return int(element.tag[1])
    if _role(element) == "heading":
        return min(max(_whole(element.get("aria-level")) or 2, 1), 9)
    return 0


def _has_heading(element: etree._Element) -> bool:
    return any(_level(inner) == 1 for inner in _elements(element))


def _whole(said: str | None) -> int | None:
    """Return the number at the beginning of an attribute, as browsers read it."""
    found = re.match(r"\s*([+-]?\d{1,12})", said or "")
    number = int(found[1]) if found else None
    return number if number is not None and abs(number) <= LARGEST else None


def _first_number(element: etree._Element) -> tuple[int, int]:
    """Return the number of a list's first item, and the step to the next."""
    start = _whole(element.get("start"))
    if element.tag == "ol" and element.get("reversed") is not None:
        items = sum(child.tag == "li" for child in element)
        return (items if start is None else start), -1
    return (1 if start is None else start), 1
