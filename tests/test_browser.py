"""In a real browser: the book for everyone, and JupyterLab as `make lab` starts it."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect, sync_playwright

from helpers.resources import CHECKOUT

NOTEBOOKS = CHECKOUT / "notebooks"
PATHS = sorted(
    path.relative_to(NOTEBOOKS).as_posix()
    for path in [*NOTEBOOKS.glob("0*.ipynb"), *NOTEBOOKS.glob("exercises/*.ipynb")]
)
CHROMIUM = next(
    (found for name in ("chromium", "google-chrome", "chrome") if (found := shutil.which(name))),
    None,
)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
IDLE = '.jp-Notebook-ExecutionIndicator[data-status="idle"]'
SAVED = ".lm-DockPanel-tabBar .jp-mod-current:not(.jp-mod-dirty)"
PATIENCE = 300  # seconds, for a notebook on a machine that has much else to do

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Start JupyterLab on a copy of the notebooks, and give its address, token and folder."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(NOTEBOOKS, folder / "notebooks")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(8)
    command = [
        sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root",
        "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb",
        f"--port={port}", f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}",
    ]  # fmt: skip
    server = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        yield address, token, folder
    finally:
        server.terminate()
        server.wait(timeout=30)


class Silent(SimpleHTTPRequestHandler):
    """Serve files and say nothing of it."""

    def log_message(self, *_):
        """Keep the test's output clean."""


@pytest.fixture(scope="module")
def pages(site):
    """Serve the book, and give the addresses of its pages."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=site))
    Thread(target=server.serve_forever, daemon=True).start()
    paths = [path.relative_to(site) for path in sorted(site.rglob("*.html"))]
    yield [
        f"http://127.0.0.1:{server.server_port}/{path.as_posix()}"
        for path in paths
        if path.parts[0] != "_static"  # pieces of the theme
    ]
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    """Start the Chromium that is installed."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@pytest.fixture
def page(browser):
    """Open a window of the size of a laptop's screen."""
    window = browser.new_page(viewport={"width": 1400, "height": 1000})
    yield window
    window.close()


def _wait_for(address: str) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{address}/api", timeout=5)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
        else:
            return
    raise TimeoutError("JupyterLab did not start.")


def _open(page: Page, lab: tuple[str, str, Path], path: str) -> None:
    address, token, _ = lab
    page.goto(f"{address}/lab/tree/notebooks/{path}?token={token}&reset")
    page.wait_for_selector(".jp-NotebookPanel .jp-CodeCell", timeout=60_000)
    page.wait_for_selector(IDLE, timeout=60_000)


def _run_all(page: Page, lab: tuple[str, str, Path], path: str) -> list:
    """Run all cells anew and give the code cells as they are saved once the last one has run."""
    page.get_by_role("menuitem", name="Edit").click()
    page.get_by_text("Clear Outputs of All Cells", exact=True).click()
    page.get_by_role("menuitem", name="Run").first.click()
    page.get_by_text("Run All Cells", exact=True).click()
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        page.wait_for_selector(IDLE, timeout=1000 * PATIENCE)
        page.keyboard.press("Control+s")
        page.wait_for_selector(SAVED, state="attached", timeout=1000 * PATIENCE)
        try:
            notebook = nbformat.read(lab[2] / "notebooks" / path, as_version=4)
        except nbformat.reader.NotJSONError:
            continue  # it is just being written
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        if all(cell.execution_count for cell in cells):
            return cells
        time.sleep(1)  # it had not begun yet
    raise TimeoutError(f"{path} did not end within {PATIENCE} seconds.")


def test_no_page_of_the_book_keeps_anyone_out(page, pages):
    found = {}
    for address in pages:
        page.goto(address)
        violations = Axe().run(page).response["violations"]
        # Minor: the empty corner of a pandas table, a header cell without words.
        hard = [rule for rule in violations if rule["impact"] != "minor"]
        found |= {(address, rule["id"]): rule["nodes"][0]["html"] for rule in hard}
    assert not found


def test_no_page_of_the_book_has_to_be_scrolled_sideways_on_a_narrow_screen(page, pages):
    page.set_viewport_size({"width": 320, "height": 800})
    wide = []
    for address in pages:
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth") > 321:  # one for rounding
            wide.append(address)
    assert not wide


def test_the_book_is_searched_from_the_disk_and_asks_nobody(page, site):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{(site / 'search.html').as_uri()}?q=ledger")
    page.get_by_role("link", name="05 · Carried, dropped, emerged > The ledger").click()
    page.get_by_role("heading", name="The ledger", exact=True).wait_for()
    assert asked
    assert not [url for url in asked if not url.startswith(("file:", "data:"))]


@pytest.mark.parametrize("path", PATHS)
def test_a_notebook_runs_from_top_to_bottom(page, lab, path):
    _open(page, lab, path)
    cells = _run_all(page, lab, path)
    assert not [o for cell in cells for o in cell.outputs if o.output_type == "error"]


def test_an_exercise_answers_a_wrong_answer_and_a_right_one(page, lab):
    path = "exercises/02_find_entities.ipynb"
    _open(page, lab, path)
    starter = page.locator(".jp-CodeCell").filter(has_text="answer = ...").nth(1)
    for answer, verdict in (
        ("Viet Nam fights corruption.", "2.2 is not yet right. A State is found in it."),
        ("Speakers discussed corruption.", "2.2 is right."),
    ):
        starter.locator(".cm-content").click()
        page.keyboard.press("Control+a")
        page.keyboard.type(f'answer = "{answer}"')
        starter = page.locator(".jp-CodeCell").filter(has_text=answer).first
        _run_all(page, lab, path)
        page.locator(".jp-RenderedMarkdown").filter(has_text=verdict).first.wait_for(timeout=10_000)


def test_a_word_in_a_lesson_leads_to_its_place_in_the_glossary(page, lab):
    _open(page, lab, "02_find_entities.ipynb")
    for _ in range(2):  # JupyterLab opens a notebook at its top, and finds the place afterwards
        page.locator(".lm-TabBar-tab").filter(has_text="02_find").click()
        page.locator('a[href*="glossary"]').filter(has_text="instruments").first.click()
        page.get_by_role("heading", name="Glossary").wait_for(state="attached")
    expect(page.locator('[data-jupyter-id="instrument"]')).to_be_in_viewport()
