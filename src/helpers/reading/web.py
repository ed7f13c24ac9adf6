"""A web page's blocks: what a browser shows, with the numbers of its lists.

lxml reads the page; what lxml does not know is here: which text is shown, how lists count, which
links lead to footnotes. What belongs to the site and not to the report (navigation, banners, forms)
is set apart. Nothing that a page refers to is opened.
"""

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from helpers.reading.blocks import Block, Run, print_blocks, table_blocks
from helpers.reading.counting import printed_number
from helpers.reading.lines import Line, Repair, ReportError
from helpers.reading.web_elements import (
    BLOCKS,
    BOXES,
    CELLS,
    LISTS,
    SAID_NOTHING,
    SIGN,
    first_number,
    is_silent,
    level_of,
    put_frames,
    whole,
)
from helpers.reading.web_notes import find_notes
from helpers.reading.web_site import Site, is_site_line, kinds_of
from helpers.reading.web_styles import KINDS, Look, Sheets

OF_SITE = "belongs to the site, not to the report"
HIDDEN = "is in the page, and a browser does not show it"
DIGITS = ("decimal", "decimal-leading-zero")
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
        put_frames(root, parser)
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
    shown: bool = True
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
        self.notes = find_notes(root)
        self.site = Site(root)
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
        place = _Place(element, look, level_of(element) or above.level)
        if tag in BLOCKS or look.block:
            self._close()
        self.places.append(place)
        place.shown = not self._is_left_out(element, look)
        if not place.shown:
            return False
        self._count(element)
        if tag == "br":
            self._break()
        elif tag == "hr":
            self._write("_____")
            self._close()
        elif tag in LISTS:
            place.number, place.step = first_number(element)
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

    def _is_left_out(self, element: etree._Element, look: Look) -> bool:
        """Return whether an element is not the report's text, and keep what it is instead."""
        if element in self.notes.references:
            self._note(*self.notes.references[element])
        elif element in self.notes.blocks or element.tag in SAID_NOTHING:
            pass
        elif is_silent(element) or not look.shown or "hidden" in kinds_of(element):
            self._leave_out(element, "hidden text", HIDDEN)
        elif self.site.owns(element):
            self._leave_out(element, "page head", OF_SITE)
        else:
            return False
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
        if element.tag == "q" and place.shown:
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

    def _leave_out(self, element: etree._Element, kind: str, reason: str) -> None:
        text = " ".join(" ".join(element.itertext()).split())
        if text and not SIGN.fullmatch(text):
            self.repairs.append((kind, text, reason))

    def _item(self, element: etree._Element, look: Look) -> None:
        """Count an item of a list, and keep its number or bullet for its first words."""
        lists = (p for p in reversed(self.places) if p.element.tag in LISTS)
        place = next(lists, None)
        kind = look.list_style
        if place is None:
            kind = "disc" if kind == "decimal" else kind
        else:
            value = whole(element.get("value")) if place.element.tag == "ol" else None
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
        alone = linked == letters or is_site_line(text)
        if letters and alone and not (place.level or LABELLED.match(text)):
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
