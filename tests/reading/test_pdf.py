"""PDFs: what places, sizes and weights of the letters say."""

import random
from contextlib import suppress

import pytest
from printed import FOOT, LEFT, STEP, TOP, Print, column, printed

from helpers import read_report
from helpers.reading import Report, ReportError


@pytest.fixture
def read(tmp_path):
    """Return a reader of made-up pages."""

    def read_pages(*pages: list[Print]) -> Report:
        (tmp_path / "made.pdf").write_bytes(printed(pages))
        return read_report(tmp_path / "made.pdf")

    return read_pages


def texts(report: Report) -> dict[str, str]:
    return dict(report.paragraphs[["paragraph", "text"]].itertuples(index=False))


DIALOGUE = [
    "1. Several speakers praised the lamps of the northern harbours and the",
    "people who keep them, winter and summer, for next to nothing.",
    "",
    "2. One speaker asked who pays for the oil.",
]


def test_paragraphs_begin_with_their_numbers(read):
    assert texts(read(column(DIALOGUE))) == {
        "1": "Several speakers praised the lamps of the northern harbours and the people who keep "
        "them, winter and summer, for next to nothing.",
        "2": "One speaker asked who pays for the oil.",
    }


def test_numbers_may_hang_beside_their_paragraphs(read):
    hanging = [
        (LEFT, TOP, "1."),
        (LEFT + 36, TOP, "Several speakers praised the lamps of the harbours,"),
        (LEFT + 36, TOP - STEP, "all of them."),
        (LEFT, TOP - 3 * STEP, "2."),
        (LEFT + 36, TOP - 3 * STEP, "One speaker asked who pays."),
    ]
    assert texts(read(hanging)) == {
        "1": "Several speakers praised the lamps of the harbours, all of them.",
        "2": "One speaker asked who pays.",
    }


def test_paragraphs_need_no_space_between_them(read):
    close = [line for line in DIALOGUE if line]
    assert list(texts(read(column(close)))) == ["1", "2"]


def test_a_paragraph_has_the_page_it_begins_on(read):
    report = read(column(DIALOGUE), column(["3. The Chair closed the debate."]))
    assert report.paragraphs["page"].tolist() == [1, 1, 2]
    assert report.lines["page"].tolist()[-1] == 2


def test_a_paragraph_over_a_page_break_is_one(read):
    report = read(
        column(["1. Several speakers recalled the people of the"]),
        column(["North Coast, who keep the lamps.", "", "2. Others did not."]),
    )
    assert texts(report)["1"] == (
        "Several speakers recalled the people of the North Coast, who keep the lamps."
    )


def test_a_word_that_a_page_divides_is_whole(read):
    report = read(
        column(["1. Several speakers praised the harbours and the har-"]),
        column(["bours of the south.", "", "2. Others praised the harbours."]),
    )
    assert (
        texts(report)["1"] == "Several speakers praised the harbours and the harbours of the south."
    )
    assert "word joined" in set(report.repairs["kind"])


# What the page adds.


def page_with_edges(number: int, lines: list[str]) -> list[Print]:
    return [
        (LEFT, 750, "A/LAMPS/2031/7"),
        (380, 750, "Report of the Panel on Lamps"),
        *column(lines),
        (LEFT, 40, "31-00417"),
        (540, 40, f"{number}/9"),
    ]


def test_running_heads_and_page_numbers_are_in_no_paragraph(read):
    report = read(
        page_with_edges(1, ["1. Several speakers recalled the people of the"]),
        page_with_edges(2, ["North Coast, who keep the lamps.", "", "2. Others did"]),
        page_with_edges(3, ["not recall them."]),
    )
    assert texts(report) == {
        "1": "Several speakers recalled the people of the North Coast, who keep the lamps.",
        "2": "Others did not recall them.",
    }
    heads = report.repairs[report.repairs["kind"].str.startswith("page")]
    assert heads["page"].tolist() == sorted(heads["page"])
    assert heads["text"].str.contains("2/9").sum() == 1
    assert heads["text"].str.contains("Report of the Panel on Lamps").sum() == 3


def test_a_page_number_alone_at_the_foot_is_in_no_paragraph(read):
    report = read(
        [*column(["1. Several speakers recalled the people of the"]), (300, 40, "7")],
        [*column(["north, who keep the lamps."]), (300, 40, "8")],
    )
    assert texts(report)["1"].endswith("the people of the north, who keep the lamps.")
    assert report.repairs[["page", "text"]].to_numpy().tolist() == [[1, "7"], [2, "8"]]


def test_a_raised_small_digit_is_the_mark_of_a_footnote(read):
    report = read(
        [
            (LEFT, TOP, "1. Speakers praised the lamps"),
            (LEFT + 153, TOP + 4, "4", 6),
            (LEFT + 160, TOP, "of the north."),
            *column(["2. Others praised the maps."], TOP - 2 * STEP),
        ]
    )
    assert texts(report)["1"] == "Speakers praised the lamps of the north."
    marks = report.repairs[report.repairs["kind"] == "footnote mark"]
    assert marks["text"].tolist() == ["4"]


def test_a_digit_of_full_size_is_none(read):
    assert texts(read(column(["1. Speakers praised 4 lamps.", "2. Others praised 5."]))) == {
        "1": "Speakers praised 4 lamps.",
        "2": "Others praised 5.",
    }


def test_small_letters_at_the_foot_are_footnotes_of_the_paragraph_above(read):
    report = read(
        [
            *column(["1. Speakers praised the lamps.", "", "2. Speakers praised the maps of the"]),
            (LEFT, FOOT + 60, "1", 5.0),
            (
                LEFT + 8,
                FOOT + 57,
                "See the list of lamps, which is kept by the Harbour Office.",
                7.5,
            ),
            (LEFT, FOOT + 50, "2", 5.0),
            (LEFT + 8, FOOT + 47, "Ibid.", 7.5),
        ],
        column(["north.", "", "3. The Chair closed the debate."]),
    )
    assert report.footnotes[["footnote", "paragraph", "page", "text"]].to_numpy().tolist() == [
        ["1", "2", 1, "See the list of lamps, which is kept by the Harbour Office."],
        ["2", "2", 1, "Ibid."],
    ]
    assert texts(report)["2"] == "Speakers praised the maps of the north."


def test_a_page_number_in_letters_of_the_text_does_not_hide_the_footnotes_above_it(read):
    report = read(
        [
            *column(["1. Speakers praised the lamps of the"]),
            (LEFT, FOOT + 57, "4 See the list of lamps.", 7.5),
            (540.0, 40.0, "1/2"),
        ],
        [*column(["north.", "", "2. Others did not."]), (540.0, 40.0, "2/2")],
    )
    assert texts(report)["1"] == "Speakers praised the lamps of the north."
    assert report.footnotes["text"].tolist() == ["See the list of lamps."]


# Headings.


def test_bold_lines_and_big_lines_are_headings(read):
    report = read(
        [
            (LEFT, TOP, "II. Lamps of the north", 14.0, "bold"),
            (LEFT, TOP - 40, "A. Discussion", 11.0, "bold"),
            *column(["1. Speakers praised the lamps."], TOP - 70),
            (LEFT, TOP - 100, "B. Conclusions and recommendations", 11.0, "bold"),
            *column(["2. The Panel recommended that the lamps be mended."], TOP - 130),
        ]
    )
    assert report.paragraphs["section"].tolist() == [
        "II. Lamps of the north > A. Discussion",
        "II. Lamps of the north > B. Conclusions and recommendations",
    ]
    assert report.paragraphs["part"].tolist() == ["deliberations", "recommendations"]


def test_a_heading_in_bold_may_have_two_lines(read):
    report = read(
        [
            *column(["Conclusions and recommendations of the panel", "on lamps"], weight="bold"),
            *column(["1. The lamps should be mended."], TOP - 4 * STEP),
        ]
    )
    assert report.paragraphs["section"].tolist() == [
        "Conclusions and recommendations of the panel on lamps"
    ]


def test_paragraphs_in_bold_are_no_headings(read):
    report = read(
        [
            (LEFT, TOP, "Recommendations", 12.0, "bold"),
            *column(
                [
                    "1. The Panel recommends that the lamps of the north be mended",
                    "before winter and the lamps of the south thereafter.",
                    "",
                    "2. The Panel recommends that oil be bought.",
                ],
                TOP - 30,
                weight="bold",
            ),
        ]
    )
    assert report.recommendations["recommendation"].tolist() == ["1", "2"]
    assert report.recommendations["text"].tolist()[0].endswith("the south thereafter.")
    assert set(report.paragraphs["section"]) == {"Recommendations"}


def test_bold_words_inside_a_paragraph_are_no_heading(read):
    report = read(
        [
            (LEFT, TOP, "1. The Panel praised the lamps of all the harbours of the", 10.0),
            (LEFT, TOP - STEP, "Northern Lights Company", 10.0, "bold"),
            (LEFT, TOP - 2 * STEP, "and those who keep them.", 10.0),
            *column(["2. The Panel rose."], TOP - 4 * STEP),
        ]
    )
    assert texts(report)["1"].split()[-8:] == [
        "Northern",
        "Lights",
        "Company",
        "and",
        "those",
        "who",
        "keep",
        "them.",
    ]
    assert set(report.lines["kind"]) == {"paragraph"}


# Labels, contents, tables.


def test_labels_of_two_numbers_name_recommendations(read):
    report = read(
        [
            (LEFT, TOP, "II. Conclusions and/or recommendations", 14.0, "bold"),
            *column(
                [
                    "6. The following recommendations enjoy the support of Seahaven:",
                    "",
                    "6.1. Build a school on each of the islands (Northland);",
                    "",
                    "6.2. Pay the teachers of the islands every month (Westmark).",
                    "",
                    "7. The following recommendations will be examined by Seahaven:",
                    "",
                    "7.1 Sign the treaty on ferries (Northland).",
                ],
                TOP - 40,
            ),
        ]
    )
    assert report.recommendations["recommendation"].tolist() == ["6.1", "6.2", "7.1"]
    assert report.recommendations["paragraph"].tolist() == ["6", "6", "7"]


def test_lettered_items_are_recommendations_of_their_own(read):
    report = read(
        [
            (LEFT, TOP, "Outcome of deliberations", 12.0, "bold"),
            *column(["3. The meeting recommended the following:"], TOP - 30),
            (LEFT + 36, TOP - 56, "(a) Mend the lamps of the north and those of the"),
            (LEFT, TOP - 69, "south;"),
            (LEFT + 36, TOP - 95, "(b) Buy oil."),
        ]
    )
    assert dict(report.recommendations[["recommendation", "text"]].itertuples(index=False)) == {
        "3(a)": "Mend the lamps of the north and those of the south;",
        "3(b)": "Buy oil.",
    }


def test_a_contents_page_gives_no_headings(read):
    contents = [
        (LEFT, TOP, "Contents", 12.0, "bold"),
        *column(
            ["I. Introduction" + " ." * 40 + " 2", "II. Discussion" + " ." * 40 + " 2"], TOP - 30
        ),
    ]
    text = [
        (LEFT, TOP, "I. Introduction", 14.0, "bold"),
        *column(["1. The Panel met in March."], TOP - 30),
        (LEFT, TOP - 70, "II. Discussion", 14.0, "bold"),
        *column(["2. Members spoke of fog."], TOP - 100),
    ]
    report = read(contents, text)
    assert report.paragraphs["section"].tolist() == ["I. Introduction", "II. Discussion"]
    assert report.paragraphs["part"].tolist() == ["procedural", "deliberations"]
    of_contents = report.lines[report.lines["kind"] == "contents"]
    assert set(of_contents["page"]) == {1}


def test_a_table_in_small_letters_is_in_no_paragraph(read):
    rows = [
        (LEFT + x, TOP - 40 - 10 * row, cell, 7.0)
        for row, cells in enumerate(
            [("Harbour", "Lamps"), ("Low Haven", "12"), ("Gull Point", "7")]
        )
        for x, cell in zip((0, 200), cells, strict=True)
    ]
    report = read(
        [
            *column(["1. The lamps of each harbour are listed below."]),
            *rows,
            *column(["2. The Panel thanked those who counted them."], TOP - 100),
        ]
    )
    assert list(texts(report)) == ["1", "2"]
    assert "Gull Point" not in "".join(texts(report).values())
    assert "Gull Point" in report.text


# What cannot be read.


def test_a_damaged_pdf_is_said_to_be_damaged(tmp_path):
    (tmp_path / "a.pdf").write_bytes(printed([column(DIALOGUE)])[:200])
    with pytest.raises(ReportError, match=r"a\.pdf: this PDF is damaged or cut off"):
        read_report(tmp_path / "a.pdf")


def test_a_pdf_without_text_is_said_to_be_a_picture(tmp_path):
    (tmp_path / "a.pdf").write_bytes(printed([[], []]))
    with pytest.raises(ReportError, match=r"a\.pdf: no text was found on its 2 page.*OCR"):
        read_report(tmp_path / "a.pdf")


def test_a_pdf_without_numbered_paragraphs_is_refused(tmp_path):
    (tmp_path / "a.pdf").write_bytes(
        printed([column(["Dear all,", "", "the report is attached."])])
    )
    with pytest.raises(ReportError, match=r"a\.pdf: no numbered paragraph.*Dear all"):
        read_report(tmp_path / "a.pdf")


@pytest.mark.parametrize("seed", range(40))
def test_a_broken_copy_is_read_or_refused_with_a_message(tmp_path, seed):
    chance = random.Random(seed)
    data = bytearray(printed([column(["Discussion", "", "1. Members spoke of lamps."])]))
    for _ in range(chance.choice([1, 10, 100])):
        data[chance.randrange(10, len(data))] = chance.randrange(256)
    (tmp_path / "broken.pdf").write_bytes(data)
    with suppress(ReportError):
        assert len(read_report(tmp_path / "broken.pdf").paragraphs)
