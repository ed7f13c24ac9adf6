"""Make the book: ``make site``, or ``python tools/make_site.py FOLDER``.

Sphinx reads the same files that JupyterLab opens, by the settings in ``docs/conf.py``, and stops at
a link or an image that leads nowhere. The workbook of lesson 06 goes into the folder as well.
"""

import shutil
import sys
from pathlib import Path

from sphinx.cmd.build import build_main

from helpers import read_report, write_workbook
from helpers.evaluation import PASSES, read_links
from helpers.resources import CHECKOUT


def main(folder: str | Path) -> None:
    """Write the pages, the first one under the name that browsers ask for, and the workbook."""
    site = Path(folder).resolve()
    shutil.rmtree(site, ignore_errors=True)
    doctrees = site / ".doctrees"
    options = ["--quiet", "--fail-on-warning", "--keep-going", "--conf-dir", str(CHECKOUT / "docs")]
    failed = build_main([*options, "--doctree-dir", str(doctrees), str(CHECKOUT), str(site)])
    if failed:
        sys.exit(failed)
    shutil.rmtree(doctrees)
    shutil.copy(site / "README.html", site / "index.html")
    annotators = {who: read_links(who) for who in PASSES}
    write_workbook(read_report(), site / "mapping.xlsx", annotators=annotators)
    print(f"The book is in {site}; open {site / 'index.html'}")


if __name__ == "__main__":
    main(*sys.argv[1:])
