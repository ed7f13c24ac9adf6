"""A web page is read as a browser shows it; what is hidden, or the site's, is said."""

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
    ("data", "text"),
    [
        ("<meta charset=utf-8><p>1. Côte d’Ivoire spoke.".encode(), "Côte d’Ivoire"),
        ("<meta charset=iso-8859-1><p>1. “Côte”".encode("cp1252"), "“Côte”"),
        ("<meta charset=windows-1251><p>1. Минск".encode("cp1251"), "Минск"),
        ("<p>1. Côte".encode("utf-16"), "Côte"),
        ("<meta charset=utf-8><p>1. Côte d’Ivoire".encode("cp1252"), "Côte d’Ivoire"),
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
