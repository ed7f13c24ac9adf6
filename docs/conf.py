"""The collection as a book: Sphinx and MyST-NB read the same files that JupyterLab opens.

The folder of the collection is the source (`make site`), and nothing is run: the pages show what
the notebooks have stored.
"""

from operator import methodcaller
from pathlib import Path

import nbformat
from sphinx.application import Sphinx

from helpers.teaching.exercises import SOLUTIONS, from_above, hint, solution

project = "What became of what was said?"
language = "en"
root_doc = "README"
extensions = ["myst_nb"]
include_patterns = ["*.md", "data/**.md", "notebooks/**"]
exclude_patterns = ["data/reports", "notebooks/exercises/solutions", "**/.ipynb_checkpoints"]

nb_execution_mode = "off"
myst_heading_anchors = 3
# The anchor of a heading is made as JupyterLab makes it, so that one link serves both.
myst_heading_slug_func = methodcaller("replace", " ", "-")

html_theme = "sphinx_book_theme"
html_title = project
html_static_path = ["static"]
html_css_files = ["book.css"]
html_show_copyright = False
html_show_sphinx = False
html_copy_source = False
html_sidebars = {"**": ["search-button-field", "sbt-sidebar-nav"]}
html_theme_options = {
    "article_header_end": ["search-button", "toggle-secondary-sidebar"],
    "footer_content_items": [],
    "navbar_persistent": [],
    "home_page_in_toc": True,
    "pygments_light_style": "a11y-high-contrast-light",
    "show_toc_level": 2,
    "use_download_button": False,
    "use_fullscreen_button": False,
}
html_context = {"default_mode": "light"}

IN_THIS_BOOK = """## In this book

Nothing runs here: the pages show the results as they were stored, and answers, hints and solutions
open with a click. Begin with [00 Start here](notebooks/00_start_here.ipynb). The workbook that
lesson 06 writes is here as well: <a href="mapping.xlsx">the mapping as an Excel file</a>.

"""
ASKED_FOR = {"hint": hint, "solution": solution}
COMMANDS = "## Two commands"  # the heading of the README that is for those who run it
CONTENTS = """
```{toctree}
:hidden:
:caption: Lessons
:glob:
notebooks/0*
notebooks/glossary
```
```{toctree}
:hidden:
:caption: Exercises
:glob:
notebooks/exercises/*
```
```{toctree}
:hidden:
:caption: For teachers and the curious
TEACHING
OFFLINE
data/README
data/gold/GUIDELINES
CONTRIBUTING
```
"""


def read_source(app: Sphinx, docname: str, content: list[str]) -> None:
    """Add what only the book has: contents, folded solutions, texts for those who see no image."""
    if docname == root_doc:
        content[0] = content[0].replace(COMMANDS, IN_THIS_BOOK + COMMANDS) + CONTENTS
    if Path(app.env.doc2path(docname)).suffix == ".ipynb":
        notebook = nbformat.reads(content[0], as_version=4)
        if docname.startswith("notebooks/exercises/"):
            notebook = with_solutions(docname)
        for cell in notebook.cells:
            take_text_alternative(cell)
        content[0] = nbformat.writes(notebook)


def with_solutions(docname: str) -> nbformat.NotebookNode:
    """Return the exercises of a lesson, hints and solutions folded until somebody opens them."""
    notebook = nbformat.read(SOLUTIONS / f"{Path(docname).name}.ipynb", as_version=4)
    for at, cell in enumerate(notebook.cells):
        source = cell.source
        number, *kinds = sorted(cell.metadata.get("tags", [""]))  # digits come first
        for kind in kinds:
            head, text = f"{kind.capitalize()} for {number}", ASKED_FOR[kind](number).data
            source = f"<details>\n<summary>{head}</summary>\n\n{text}\n\n</details>"
            notebook.cells[at] = nbformat.v4.new_markdown_cell(id=cell.id)
        notebook.cells[at].source = from_above(source)
    return notebook


def take_text_alternative(cell: nbformat.NotebookNode) -> None:
    """Put the text alternative of an image where MyST-NB looks for it: at its cell."""
    for output in cell.get("outputs", []):
        alt = output.get("metadata", {}).get("image/png", {}).get("alt")
        if alt:
            cell.metadata["mystnb"] = {"image": {"alt": alt}}


def setup(app: Sphinx) -> None:
    """Tell Sphinx where the book differs from its sources."""
    app.connect("source-read", read_source)
