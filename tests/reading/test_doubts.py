"""What a reader is told to look at: each kind of warning, and no warning without a cause."""

import pytest
from printed import LEFT, TOP, column, printed

from helpers import read_report

GOOD = """Discussion

1. Speakers praised the lamps.

2. One speaker asked who pays.

Recommendations

3. The meeting recommended that the lamps be mended.

4. The meeting recommended that oil be bought.
"""
LOST = "1. C\ufffdte d’Ivoire spoke.\n\n2. Others did.\n"
GAP = GOOD.replace("4. The", "9. The")
LATE = GOOD.replace("1. Sp", "11. Sp").replace("2. One", "12. One").replace("3. The", "13. The")
ANEW = GOOD.replace("Discussion", "I. Discussion").replace("Recomm", "II. Recomm")
for old, new in (
    ("1. Sp", "5. Sp"),
    ("2. One", "6. One"),
    ("3. The", "1. The"),
    ("4. The", "2. The"),
):
    ANEW = ANEW.replace(old, new)
LEFT_OVER = GOOD.replace("who pays.", "who pays.\n\n41. Nobody knew what that had to do with it.")
LONG = GOOD.replace("who pays.", "who pays." + " It was a question that nobody cut short." * 300)
OUTSIDE = GOOD.replace("Recommendations\n", "Recommendations\n\n" + "A summary came first. " * 60)


def test_the_bundled_report_has_no_warning(report):
    assert report.warnings.empty


def test_a_text_that_is_in_order_has_none():
    assert read_report(GOOD).warnings.empty


@pytest.mark.parametrize(
    ("text", "kind", "place", "message"),
    [
        (LOST, "encoding", "the whole file", "had been lost before"),
        (GAP, "numbers", "between paragraphs 3 and 9", "4 to 8 w"),
        (LATE, "numbers", "before paragraph 11", "its beginning was not read"),
        (ANEW, "numbers", "between paragraphs 6 and 1", "The numbers begin anew here"),
        (GOOD.replace("3. The", "2. The"), "numbers", "2 and 2", "printed twice or wrongly"),
        (LEFT_OVER, "numbers", "the whole report", "does not follow.*41. Nobody"),
        (
            GOOD.replace("Discussion", "Lamps"),
            "parts",
            "the whole report",
            "the deliberations",
        ),
        (GOOD.replace("Recomm", "Comm"), "parts", "the whole report", "the recommendations"),
        (LONG, "length", "paragraph 2", "times as many"),
        (OUTSIDE, "layout", "the whole report", r"\d+% of the text lies in no numbered paragraph"),
    ],
)
def test_what_is_in_doubt_is_said_with_its_place(text, kind, place, message):
    warnings = read_report(text).warnings
    rows = warnings[(warnings["kind"] == kind) & warnings["place"].str.contains(place, regex=False)]
    assert rows["message"].str.contains(message).any(), warnings.to_string()


def test_a_missing_part_is_said_with_the_headings_and_the_line_to_write():
    message = read_report(GOOD.replace("Discussion", "What was said")).warnings["message"].item()
    assert "“What was said”, “Recommendations”" in message
    assert 'read_report(..., parts={"deliberations": "<heading>"})' in message


def test_a_page_with_a_table_is_said(tmp_path):
    rows = [
        (LEFT + 150 * column_, TOP - 40 - 14 * row, f"Harbour {row}{column_}")
        for row in range(6)
        for column_ in range(3)
    ]
    pages = [[*column(["1. See below."]), *rows, *column(["2. Members spoke."], TOP - 160)]]
    (tmp_path / "a.pdf").write_bytes(printed(pages))
    warnings = read_report(tmp_path / "a.pdf").warnings.set_index("place")
    assert warnings.loc["page 1", "kind"] == "layout"
    assert "table" in warnings.loc["page 1", "message"]
