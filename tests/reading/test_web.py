"""A web page is read as a browser shows it; what is hidden, or the site's, is said."""

import csv
import re
import socket
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from properties import assert_properties

from helpers import read_report
from helpers.reading import ReportError
from helpers.reading.documents import is_web_page
from helpers.reading.web import read_web
from helpers.reading.web_site import PAGE_NAMES, is_site_line, kinds_of_names


def texts(page: str) -> list[str]:
    return [line.text for line in read_web(page.encode(), "a.html")[1]]


def said(page: str) -> list[tuple[str, str]]:
    """Return kind and text of what a page says was left out."""
    return [(kind, text) for _, kind, _, text, _ in read_web(page.encode(), "a.html")[2]]


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<ol><li>One<li>Two</ol>", ["1. One", "2. Two"]),
        ("<ol start=7><li>One<li value=12>Two<li>Three</ol>", ["7. One", "12. Two", "13. Three"]),
        ("<ol reversed><li>One<li>Two</ol>", ["2. One", "1. Two"]),
        ("<ol type=a><li>One</ol><ol type=I><li>Two</ol>", ["a. One", "I. Two"]),
        ("<ol style='list-style-type: lower-roman'><li>One</ol>", ["i. One"]),
        ("<style>ol {list-style: none}</style><ol><li>1. One</ol>", ["1. One"]),
        ("<ol><li>One<ol><li>Two</ol><li>Three</ol>", ["1. One", "1. Two", "2. Three"]),
        ("<ul><li>One</ul>", ["• One"]),
        ("<ol><li hidden>One<li>Two</ol>", ["1. Two"]),
        ("<ol start=9999999999999><li value=x>One</ol>", ["1. One"]),
        (
            "<style>p {counter-increment: n} p::before {content: counter(n) '. '}</style>"
            "<p>One<p>Two",
            ["1. One", "2. Two"],
        ),
    ],
)
def test_lists_count_as_a_browser_counts(page, shown):
    assert texts(page) == shown


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>unseen</p>",
        "<p style='display: none'>unseen</p>",
        "<p style='visibility: hidden'>unseen</p>",
        "<style>.x {display: none}</style><p class=x>unseen</p>",
        "<template>unseen</template>",
        "<noscript>unseen</noscript>",
        "<details>unseen</details>",
    ],
)
def test_what_a_browser_does_not_show_is_left_out_and_said(hidden):
    page = f"<p>1. Seen.</p>{hidden}"
    assert texts(page) == ["1. Seen."]
    assert said(page) == [("hidden text", "unseen")]


def test_scripts_styles_and_comments_are_no_text_of_the_page():
    page = "<head><title>T</title></head><p>1. Seen.</p><script>var x</script><!-- no -->"
    assert texts(page) == ["1. Seen."]
    assert said(page) == []


def test_a_rule_that_is_more_precise_or_important_wins():
    sheet = "<style>p {display: none} #a {display: block} .b {display: none !important}</style>"
    assert texts(f"{sheet}<p id=a>One<p id=a class=b>Two<p>Three") == ["One"]


def test_what_is_the_sites_is_left_out_and_said():
    page = (
        "<nav>Home</nav><main><h1>Report</h1><p>1. One of many.</p></main><footer>Contact</footer>"
    )
    assert texts(page) == ["Report", "1. One of many."]
    assert said(page) == [("page head", "Home"), ("page head", "Contact")]


def test_much_that_is_left_out_as_the_sites_is_a_warning():
    page = f"<nav>{'Elsewhere ' * 40}</nav>\n<h2>Discussion</h2><p>1. Speakers spoke.</p>"
    warned = read_report(page).warnings
    assert warned.loc[warned["place"] == "the whole page", "message"].str.contains("left out").all()
    assert (warned["place"] == "the whole page").sum() == 1


def test_a_footnote_stands_with_its_paragraph():
    page = """<h2>Discussion</h2>
    <p>1. Speakers spoke of 1 lamp.<sup><a href="#n" id="r">1</a></sup></p>
    <p>2. They went on.</p>
    <ol><li id="n">See A/1. <a href="#r">Back</a></li></ol>"""
    report = read_report(page)
    assert report.paragraphs["text"].tolist() == ["Speakers spoke of 1 lamp.", "They went on."]
    assert report.footnotes[["footnote", "paragraph", "text"]].values.tolist() == [
        ["1", "1", "See A/1."]
    ]
    assert_properties(report)


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>Vi&ecirc;t&nbsp;Nam &amp;amp; others&shy;</p>", ["Viêt Nam &amp; others"]),
        ("<p>One <br> <br> Two</p>", ["One", "Two"]),
        ("<p>One\n  and\tmore<b>over</b></p>", ["One and moreover"]),
        ("<pre>1. One\n   more</pre>", ["1. One", "more"]),
        ("<p>One</html><p>Two", ["One", "Two"]),
        ("<b><i>One</b></i><p>Two", ["One", "Two"]),
        ("<table><tr><td>5.<td>Five, spoken.</table>", ["5. Five, spoken."]),
        ("<table><tr><td>Year<td>2024</table><p>The text below", ["Year 2024", "The text below"]),
        ("<ruby>漢<rt>kan</rt></ruby>字", ["漢字"]),
    ],
)  # fmt: skip
def test_words_are_those_that_a_browser_shows(page, shown):
    assert texts(page) == shown


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<h2><button>Discussion</button></h2><p>1. One", ["Discussion", "1. One"]),
        ("<h2>Discussion <button>Copy</button></h2><p>1. One", ["Discussion", "1. One"]),
        ("<h2>Discussion<a href=#d>¶</a></h2><p>1. One", ["Discussion", "1. One"]),
        ("<p><a href=#1>#</a>\ue905 1. One", ["1. One"]),
        ("<p>1. One</p><p><a href=/>Back to the list</a>", ["1. One"]),
        ("<p>1. One</p><p><a href=/>2. Two</a>", ["1. One", "2. Two"]),
        ("<p>1. 10<sup>6</sup> km<sup>2</sup>, <sup>1</sup>⁄<sub>2</sub>", ["1. 106 km2, 1⁄2"]),
        ("<p>1. One<sup>2/</sup> of A/80/INF.2", ["1. One of A/80/INF.2"]),
        ("<p>1. <q>One</q>", ["1. “One”"]),
        ("<style>p::before {content: attr(data-n) '. '}</style><p data-n=4>Four", ["4. Four"]),
        (
            "<p>x</p><iframe srcdoc='<p>1. One of many words'></iframe>",
            ["x", "1. One of many words"],
        ),
        ("<p>x words<template shadowrootmode=open><p>1. One</template>", ["x words", "1. One"]),
    ],
)
def test_what_real_pages_do_to_their_words(page, shown):
    assert texts(page) == shown


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("screen", True), ("print", False), ("not print", True), ("all", True),
        ("(min-width: 600px)", True), ("(max-width: 600px)", False), ("print, screen", True),
        ("(min-width: 90em)", False), ("(prefers-color-scheme: dark)", False),
    ],
)  # fmt: skip
def test_conditions_of_a_sheet_are_those_of_a_screen(condition, holds):
    page = f"<style>@media {condition} {{.x {{display: none}}}}</style><p>One<p class=x>Two"
    assert texts(page) == (["One"] if holds else ["One", "Two"])


@pytest.mark.parametrize(
    "sheet",
    [
        "svg|a {display: none}", "::before {", "> > p {display: none}", "}}}",
        "p::before {content: counter()}",
        "p:has(> a) {display: none}", "@media (", "a" * 3_000 + " {display: none}",
    ],
)  # fmt: skip
def test_a_sheet_that_is_none_does_no_harm(sheet):
    assert texts(f"<style>{sheet}</style><p>1. One") == ["1. One"]


with PAGE_NAMES.open(encoding="utf-8", newline="") as table:
    NAMES = list(csv.DictReader(table))


@pytest.mark.parametrize("row", NAMES, ids=lambda row: row["name"])
def test_each_name_of_the_table_is_known_in_every_way_to_write_it(row):
    if row["kind"] == "line":
        assert is_site_line(row["example"])
        return
    (name,) = re.findall('class="(.*)"', row["example"])
    for written in (name, name.replace(" ", "-"), name.replace(" ", "_").upper()):
        assert kinds_of_names(f"block {written} wide") == {row["kind"]}


@pytest.mark.parametrize("name", ["footnotes", "navigator", "content main", "toctree", "header"])
def test_names_that_only_look_like_a_sites_are_none(name):
    assert not kinds_of_names(name)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<meta charset=utf-8><p>1. Côte d’Ivoire spoke.".encode(), "Côte d’Ivoire"),
        ("<meta charset=iso-8859-1><p>1. “Côte”".encode("cp1252"), "“Côte”"),
        ("<meta charset=windows-1251><p>1. Минск".encode("cp1251"), "Минск"),
        ("<p>1. Côte".encode("utf-16"), "Côte"),
        ("<meta charset=utf-8><p>1. Côte d’Ivoire".encode("cp1252"), "Côte d’Ivoire"),
        ("<p>1. “Côte” and “café”, \xff".encode().replace(b"\xc3\xbf", b"\xff"), "“café”, \ufffd"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_fits(tmp_path, data, text):
    (tmp_path / "a.html").write_bytes(data)
    assert text in read_report(tmp_path / "a.html").text


@pytest.mark.parametrize(
    ("text", "is_page"),
    [
        ("<!DOCTYPE html><p>1. One", True),
        ("<?xml version='1.0'?><html><p>1. One", True),
        ("<!-- saved -->\n<div>1. One", True),
        ("\ufeff  <P>1. One", True),
        ("1. One <b>two</b>", False),
        ("<!-- a comment of Markdown -->\n# One", False),
        ("<div align=center>Logo</div>\n\n# One\n\n1. Two", False),
        ("<https://a.example>\n1. One", False),
    ],
)
def test_a_page_is_known_by_how_it_begins(text, is_page):
    assert is_web_page(text) is is_page


def test_a_page_without_text_is_refused():
    with pytest.raises(ReportError, match="shows no text"):
        read_web(b"<img src=a.png><script>x</script>", "a.html")


def test_a_page_that_nests_too_deep_is_refused_and_loses_nothing():
    with pytest.raises(ReportError, match="one within the other"):
        read_web(("<div>" * 5_000 + "words").encode(), "a.html")
    assert texts("<div>" * 1_500 + "words") == ["words"]


def test_nothing_that_a_page_refers_to_is_fetched():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        asked = []
        listener = threading.Thread(target=_listen, args=(server, asked))
        listener.start()
        place = f"http://127.0.0.1:{server.getsockname()[1]}"
        page = (
            f'<!DOCTYPE html SYSTEM "{place}/d"><link rel=stylesheet href={place}/c>'
            f"<style>@import '{place}/i'; p {{background: url({place}/u)}}</style>"
            f"<img src={place}/p><iframe src={place}/f></iframe><script src={place}/s></script>"
            "<p>1."
        )
        assert texts(page) == ["1."]
        listener.join()
    assert asked == []


def _listen(server: socket.socket, asked: list[str]) -> None:
    try:
        server.accept()
    except TimeoutError:
        return
    asked.append("something")


PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<ol>", "<ol start=3 reversed>", "</ol>", "<li>", "<li value=-1>", "<table>",
        "<tr>", "<td>", "</table>", "<h2>Outcome</h2>", "1. One.", "(a) two;", "<b>", "</i>",
        "<pre>\n x", "<style>p {display:none} p:hover {", "</style>", "<!--", "-->", "&#0;", "\0",
        "<a href=#x>1</a>", "<p id=x>", "<sup>", "<div style='display:none'>", "</div>", "<hr>",
        "é", "<", "<br>", "<details>", "<main>", "</main>", "<nav>",
        "<style>p::before {content: counter(a)",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14))
def test_any_order_of_tags_is_read_or_refused(pieces):
    try:
        source, lines, _ = read_web("".join(pieces).encode(), "a.html")
    except ReportError:
        return
    for line in lines:
        assert "".join(source[at] for at in line.at).split() == line.text.split()
