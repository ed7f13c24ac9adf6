"""The lines of a Markdown text, without its marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import read_report
from helpers.reading.markdown import is_markdown, read_lines

PIECES = st.sampled_from(
    [
        "a", "Two words.", "1. ", "2) ", "- ", "* ", "# ", "### ", "**", "*", "__", "_", "`", "```",
        "\\", "\\.", "1\\. ", "[", "](x)", "](<a b>)", "![", "[^1]", "[^1]: ", "<!--", "-->", "<b>",
        "&amp;", "&#169;", "> ", "---", "    ", " ", "\t", "\u00a0", "\u00ad", "\r\n", "\r", "\n",
        "\n\n", "<https://a.b>", "é",
    ]
)  # fmt: skip


def words(source: str) -> list[str]:
    return [line.text for line in read_lines(source)]


def test_headings_have_their_levels():
    source = "# One\n\n### Three ###\n\nText\n\nUnderlined\n===\n\nLess\n---\n"
    assert [(line.text, line.level) for line in read_lines(source)] == [
        ("One", 1),
        ("Three", 3),
        ("Text", 0),
        ("Underlined", 1),
        ("Less", 2),
    ]


def test_a_line_is_bold_if_all_of_it_is():
    lines = read_lines("**A. Theme**\n\n__1.__ Some **bold** words.\n\n**Two** **parts**\n")
    assert [line.bold for line in lines] == [True, False, True]


def test_a_line_is_italic_if_all_of_it_is():
    assert [line.italic for line in read_lines("*All of it*\n\n*Some* of it\n")] == [True, False]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("**Bold** and *italic* and ***both***", "Bold and italic and both"),
        ("__bold__ and _italic_", "bold and italic"),
        ("a snake_case_word and 2 * 3 * 4", "a snake_case_word and 2 * 3 * 4"),
        ("see [resolution 77/231](https://example.org/a_(b)) now", "see resolution 77/231 now"),
        ("see [resolution 77/231](<a b> 'title') now", "see resolution 77/231 now"),
        ("see [*this*](#) now", "see this now"),
        ("States [parties] agreed", "States [parties] agreed"),
        ("see <https://example.org>", "see https://example.org"),
        (r"1\. One \(a\) \*two\*", "1. One (a) *two*"),
        ("crime &amp; justice", "crime & justice"),
        ("words `in code`", "words in code"),
        ("words[^1] and more[^note]", "words and more"),
        ("before <!-- page 3 --> behind", "before behind"),
        ("before <b>behind</b>", "before behind"),
        ("> quoted", "quoted"),
        ("no\u00a0break and soft\u00adly", "no break and softly"),
    ],
)
def test_words_stay_and_marks_go(source, text):
    assert words(source) == [text]


def test_numbered_lists_keep_their_printed_numbers():
    assert words("7. Seven\n8. Eight\n\n3) Three\n") == ["7. Seven", "8. Eight", "3) Three"]


def test_bullets_of_all_kinds_are_hyphens():
    assert words("* One\n\n+ Two\n\n- Three\n") == ["- One", "- Two", "- Three"]


def test_a_nested_list_has_its_marks_and_its_indent():
    lines = read_lines("1. One\n   - (a) Two\n")
    assert [line.text for line in lines] == ["1. One", "- (a) Two"]
    assert lines[1].indent > lines[0].indent


def test_comments_of_many_lines_are_no_text():
    assert words("One\n\n<!-- page 2\n\nof 3 -->\n\nTwo\n") == ["One", "Two"]


def test_rules_are_no_text():
    assert words("One\n\n---\n\nTwo\n\n***\n") == ["One", "Two"]


def test_verbatim_text_is_kept_as_it_is():
    assert words("```\n# no *heading*\n```\n\n    four *spaces*\n") == [
        "# no *heading*",
        "four *spaces*",
    ]


def test_empty_lines_are_the_gap_above_the_next():
    assert [line.gap for line in read_lines("# One\nTwo\n\n\nThree\n")] == [0, 0, 2]


@pytest.mark.parametrize(
    "source",
    ["# A", "**A**", "an *italic* word", "[a](b)", "1\\. One", "**1.** One", "<!-- page 2 -->"],
)
def test_marks_that_only_markdown_has_are_known(source):
    assert is_markdown(f"One.\n\n{source}\n")


@pytest.mark.parametrize(
    "source",
    [
        "1. One",
        "- one",
        "2 * 3 * 4",
        "A/CONF.1/L.2*",
        "[parties]",
        "snake_case",
        "#5",
        "a**b",
        "***",
    ],
)
def test_what_a_plain_text_has_too_is_no_markdown(source):
    assert not is_markdown(f"One.\n\n{source}\n")


def test_a_footnote_is_set_apart_with_its_paragraph():
    report = read_report(
        "# Discussion\n\n1. Speakers[^a] spoke.\n\n[^a]: All of them.\n\n2. They rose.\n"
    )
    assert report.paragraphs["text"].tolist() == ["Speakers spoke.", "They rose."]
    notes = report.footnotes[["footnote", "paragraph", "text"]].to_numpy().tolist()
    assert notes == [["a", "1", "All of them."]]


def test_a_heading_ends_a_footnote():
    report = read_report("# Lamps\n\n1. One[^1].\n\n[^1]: The note.\n# Recommendations\n\n2. Two.")
    assert report.footnotes["text"].tolist() == ["The note."]
    assert report.paragraphs["part"].tolist() == ["procedural", "recommendations"]


@given(st.lists(PIECES).map("".join))
def test_every_character_stands_in_the_source_where_it_is_said_to(source):
    for line in read_lines(source):
        assert len(line.at) == len(line.text)
        assert all(before < after for before, after in zip(line.at, line.at[1:], strict=False))
        for at, character in zip(line.at, line.text, strict=True):
            spaced = character == " " and (source[at].isspace())
            bullet = character == "-" and source[at] in "*+\u2011"
            assert source[at] == character or spaced or bullet or source[at] == "&"


@given(st.lists(PIECES).map("".join))
def test_the_lines_stand_one_behind_the_other(source):
    starts = [line.start for line in read_lines(source)]
    assert starts == sorted(set(starts))
