"""What of a web page is the site's and not the report's: menus, banners, forms, and the like."""

import csv
import re
from functools import lru_cache

from lxml import etree

from helpers.reading.web_elements import BLOCKS, has_title, role_of, text_of
from helpers.resources import LANGUAGE

CONTENTS = ("article", "section", "main")
EDGES = ("header", "footer")
SITE = ("nav", "form", "dialog")
SITE_ROLES = (
    "navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu"
)  # fmt: skip
SITE_SHARE = 0.25  # of the page's text: what is longer is not only the site's
MAIN_SHARE = 0.5  # of the page's text that a main part holds, or it is none
LONGEST_SITE_LINE = 100  # characters
PAGE_NAMES = LANGUAGE / "page_names.csv"
APART = re.compile(r"[\s_:-]+")


def kinds_of(element: etree._Element) -> frozenset[str]:
    """Return the kinds of the names in an element's class and id: "site", "hidden"."""
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return kinds_of_names(names) if len(names) > 1 else frozenset()


@lru_cache(maxsize=4096)
def kinds_of_names(names: str) -> frozenset[str]:
    """Return the kinds of names, as they stand in a page.

    Parameters
    ----------
    names : str
        What stands in ``class`` and ``id``.

    Examples
    --------
    >>> kinds_of_names("block site-footer"), kinds_of_names("footnotes")
    (frozenset({'site'}), frozenset())
    """
    words = f" {APART.sub(' ', names.lower()).strip()} "
    return frozenset(
        kind for kind in ("site", "hidden") if any(f" {name} " in words for name in _names()[kind])
    )


def is_site_line(text: str) -> bool:
    """Return whether a short line is one that sites put behind a text.

    Examples
    --------
    >>> is_site_line("Last updated: 3 April 2024"), is_site_line("The list was last updated.")
    (True, False)
    """
    return len(text) < LONGEST_SITE_LINE and text.lower().startswith(_names()["line"])


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, ...]]:
    """Return the names of the table by their kind."""
    with PAGE_NAMES.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    kinds = dict.fromkeys(row["kind"] for row in rows)
    return {kind: tuple(row["name"] for row in rows if row["kind"] == kind) for kind in kinds}


class Site:
    """Tells the site's elements of a page.

    Parameters
    ----------
    root : lxml.etree._Element
        The page.
    """

    def __init__(self, root: etree._Element) -> None:
        self.length = len(text_of(root))
        self.main = self._main(root)

    def _main(self, root: etree._Element) -> set[etree._Element]:
        """Return what leads to the page's main part, and that part, where the page says which."""
        found = [*root.iter("main")] or [
            element for element in root.iter(etree.Element) if role_of(element) == "main"
        ]
        found = found or [*root.iter("article")]
        if len(found) != 1 or len(text_of(found[0])) < MAIN_SHARE * self.length:
            return set()
        return {found[0], *found[0].iterancestors()}

    def owns(self, element: etree._Element) -> bool:
        """Return whether an element belongs to the site and not to the report."""
        if element in self.main or element.tag in ("html", "body"):
            return False
        if not (self.main or element.attrib or element.tag in SITE or element.tag in EDGES):
            return False
        within = any(_is_main(outer) for outer in element.iterancestors() if outer in self.main)
        if element.getparent() in self.main and not within:
            return element.tag in BLOCKS and not has_title(element)
        if element.tag in SITE or role_of(element) in SITE_ROLES:
            return True
        inside = within or next(element.iterancestors(*CONTENTS), None) is not None
        if element.tag in EDGES and not inside:
            return not has_title(element)
        if "site" in kinds_of(element):
            return len(text_of(element)) < SITE_SHARE * self.length and not has_title(element)
        return False


def _is_main(element: etree._Element) -> bool:
    return element.tag in ("main", "article") or role_of(element) == "main"
