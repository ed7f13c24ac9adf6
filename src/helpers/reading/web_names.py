"""What the names of an element say of it: that it is the site's, or for screen readers alone."""

import csv
import re
from functools import lru_cache

from lxml import etree

from helpers.resources import LANGUAGE

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
    return frozenset(kind for kind, pattern in _patterns() if pattern.search(words))


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    known: dict[str, list[str]] = {}
    with PAGE_NAMES.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            known.setdefault(row["kind"], []).append(re.escape(row["name"]))
    return tuple((kind, re.compile(f" (?:{'|'.join(names)}) ")) for kind, names in known.items())
