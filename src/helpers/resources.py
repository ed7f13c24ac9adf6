"""Where the collection's own tables are: inside the package, or beside it in a checkout.

A wheel carries the folder ``data`` as ``helpers/data``; who works in the repository edits the one
at its top.
"""

from importlib import resources
from pathlib import Path

PACKAGE = Path(str(resources.files("helpers")))
CARRIED = PACKAGE / "data"
CHECKOUT = PACKAGE.parents[1]
DATA = CARRIED if CARRIED.is_dir() else CHECKOUT / "data"
if not DATA.is_dir():
    raise FileNotFoundError(
        f"The tables of the collection are neither in {CARRIED} nor in {DATA}. Install the package "
        "again, or install it from a whole checkout of the collection (pip install -e .)."
    )

LANGUAGE = DATA / "language"  # the words of the genre
GOLD = DATA / "gold"
