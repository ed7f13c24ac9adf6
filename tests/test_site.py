"""The book: every page can be reached and read, by whoever and without a network."""

import re
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from conftest import SAY_NOTHING
from openpyxl import load_workbook

from helpers.resources import CHECKOUT

ROOT = CHECKOUT


@pytest.fixture(scope="module")
def pages(site):
    """Read every page, by its path inside the book."""
    return {
        path.relative_to(site): BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for path in sorted(site.rglob("*.html"))
    }


def content(page):
    """Return what is written on a page, without the navigation around it."""
    return page.select_one("article.bd-article") or page


def test_every_lesson_exercise_and_guide_is_a_page_in_the_navigation(pages):
    links = {link["href"] for link in pages[Path("index.html")].select("nav a[href]")}
    notebooks = ROOT.joinpath("notebooks")
    for path in [*notebooks.glob("*.ipynb"), *notebooks.glob("exercises/*.ipynb")]:
        assert path.relative_to(ROOT).with_suffix(".html").as_posix() in links
    assert {"TEACHING.html", "data/README.html", "CONTRIBUTING.html"} <= links


def test_every_link_leads_to_a_place_that_is_there(site, pages):
    for path, page in pages.items():
        for link in page.select("a[href]"):
            target = urlsplit(link["href"])
            if target.scheme:
                continue
            file = (site / path.parent / unquote(target.path)) if target.path else site / path
            assert file.resolve().exists(), (path, link["href"])
            if target.fragment and file.suffix == ".html":
                there = pages[file.resolve().relative_to(site.resolve())]
                assert there.find(id=unquote(target.fragment)), (path, link["href"])


def test_no_page_fetches_anything_from_elsewhere(pages):
    for path, page in pages.items():
        fetched = [tag.get("src") or "" for tag in page.select("script, img, iframe")]
        fetched += [tag["href"] for tag in page.select("link[href]")]
        assert not [address for address in fetched if re.match("(https?:)?//", address)], path


def test_those_who_run_nothing_are_told_where_to_begin_before_any_command(pages):
    heads = [head.get_text() for head in content(pages[Path("index.html")]).select("h2")]
    assert heads[0].startswith("In this book")
    assert heads[1].startswith("Two commands")


def test_the_books_workbook_is_that_of_lesson_06_with_what_annotators_noted(site):
    with closing(load_workbook(site / "mapping.xlsx", read_only=True)) as book:
        heads = {
            cell for row in book["Links"].iter_rows(max_row=3, values_only=True) for cell in row
        }
    assert "Annotators" in heads


def test_the_search_knows_the_words_of_the_lessons(site):
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    assert all(word in index for word in ("ledger", "gazett", "notebooks/05_carried"))


def test_every_image_has_a_text_alternative_that_says_something(pages):
    for path, page in pages.items():
        for image in content(page).select("img"):
            assert len(image.get("alt", "").split()) > 5, (path, image)


def test_every_figure_of_the_lessons_is_on_its_page(pages):
    for path in ROOT.glob("notebooks/0*.ipynb"):
        drawn = path.read_text(encoding="utf-8").count('"image/png":')
        page = pages[path.relative_to(ROOT).with_suffix(".html")]
        # The metadata of each image names its type once more.
        assert 2 * len(content(page).select("img")) == drawn, path


def test_every_table_has_header_cells(pages):
    for path, page in pages.items():
        for table in content(page).select("table"):
            assert table.select("th"), path


def test_headings_have_no_gaps(pages):
    for path, page in pages.items():
        levels = [int(head.name[1]) for head in content(page).find_all(re.compile("^h[1-6]$"))]
        assert levels[:1] in ([1], []), path
        assert all(lower <= upper + 1 for upper, lower in pairwise(levels)), (path, levels)


def test_link_texts_say_where_they_lead(pages):
    for path, page in pages.items():
        for link in content(page).select("a[href]:not(.headerlink)"):
            text = link.get_text(" ", strip=True) or link.get("aria-label", "")
            assert text, (path, link)
            assert text.lower() not in SAY_NOTHING, (path, link)
            assert re.search("[^0-9. ]", text), (path, link)


def test_solutions_are_folded_and_nothing_else_gives_them_away(pages):
    page = content(pages[Path("notebooks/exercises/02_find_entities.html")])
    folded = [details.extract() for details in page.select("details")]
    assert [details.summary.get_text() for details in folded[:2]] == [
        "Hint for 2.1",
        "Solution for 2.1",
    ]
    assert "isin" not in page.get_text()
