"""The workbook of several meetings: themes side by side, and decisions that stay with theirs."""

import openpyxl
import pytest
from meetings import MEETINGS, fill_in, report, reports

from helpers import merge_decisions, read_decisions, write_workbook
from helpers.export.comparison import _sheet_names, comparison_tables, differing_places

NORTH, SOUTH = (
    "Simplify extradition between neighbours;",
    "Simplify extradition between all neighbours;",
)


@pytest.fixture(scope="module")
def tables():
    return comparison_tables(reports())


@pytest.fixture
def path(tmp_path):
    return write_workbook(reports(), tmp_path / "meetings.xlsx")


def test_the_overview_says_what_all_recommend_and_what_only_one(tables):
    assert tables["Overview"].set_index("theme")["found_in"].to_dict() == {
        "Corruption": "only north",
        "Children and youth": "only west",
        "International cooperation": "2 of 3",
        "Other matters": "only south",
    }


def test_what_is_much_the_same_stands_in_one_row(tables):
    rows = tables["Themes"]
    alike = rows[rows["alike"] == "much the same"]
    assert len(alike) == 1
    assert alike.iloc[0]["north"].startswith(f"3(a) {NORTH}\n[to be read: 1]")
    assert alike.iloc[0]["south"].startswith(f"3(a) {SOUTH}\n[to be read: 2]")
    assert alike.iloc[0]["west"] == ""


def test_what_is_placed_by_likeness_is_starred_and_stands_last():
    yearbook = "Publish the yearbook of harbour lights, buoys, ropes, sails and anchors{};"
    sides = {
        "north": (["Lights."], [yearbook.format(" in prisons"), yearbook.format(" in summer")]),
        "south": (["Buoys."], ["Count trees;"]),
    }
    rows = comparison_tables({name: report(*both) for name, both in sides.items()})["Themes"]
    starred = rows[rows["alike"] == "* placed by likeness"]
    assert starred["north"].str.startswith("* 2(b) Publish").tolist() == [True]
    assert starred.index[0] == rows.index[rows["theme"] == starred["theme"].iloc[0]][-1]


def test_only_those_all_much_the_same_as_each_other_stand_in_one_row():
    said = ["Lamps were discussed."]
    lamps = [
        "Put lamps on piers and on bridges, and paint them;",
        "Put lamps on piers and on bridges, and mend ropes;",
        "Mend ropes, buy umbrellas and count the trees;",
    ]
    named = {str(at): report(said, [text]) for at, text in enumerate(lamps)}
    table = comparison_tables(named)["Themes"]
    (row,) = table[table["alike"] == "much the same"].itertuples(index=False)
    assert [bool(cell) for cell in row[2:]] == [True, True, False]


def test_every_recommendation_stands_once_with_its_nearest(tables):
    rows = tables["Recommendations"].set_index("recommendation")
    assert rows.index.is_unique
    assert set(rows.index) == {"north:3(a)", "north:3(b)", "south:3(a)", "south:3(b)", "west:2(a)"}
    assert rows.loc["north:3(a)", ["like_it", "nearest_text"]].tolist() == ["much the same", SOUTH]
    assert rows.loc["west:2(a)", ["like_it", "nearest"]].tolist() == ["none", ""]


def test_names_say_which_meetings_recommend_and_which_only_deliberate(tables):
    rows = tables["Names"].set_index("name")
    assert rows.loc["youth", ["found_in", "north", "west"]].tolist() == [
        "only west", "", "2(a)",
    ]  # fmt: skip


def test_a_meetings_sheet_has_its_links_and_every_sentence_that_has_none(tables):
    rows = tables["south"]
    assert (rows["recommendation"].str.startswith("south:") | (rows["recommendation"] == "")).all()
    said = set(rows["deliberation"]) | set(rows["recommendation"])
    assert {"south:1.1", "south:2.1", "south:3(a).1", "south:3(b).1"} <= said


def test_what_differs_is_marked():
    assert differing_places("Adopt the law.", "Adopt the law.") == ([], [])
    assert differing_places("", "Adopt it.") == ([], [(0, 8)])
    here, there = differing_places(NORTH, SOUTH)
    assert here == []
    assert [SOUTH[start:end] for start, end in there] == ["all"]


def test_decisions_stay_with_their_meeting(path):
    fill_in(path, "Recommendations", ["north:3(a)"], decision="keep", initials="AB")
    fill_in(path, "south", ["south:1.1"], decision="reject", reason="whales")
    write_workbook(reports(), path)
    rows = read_decisions(path).set_index("id")
    assert rows.loc["north:3(a)", ["decision", "initials", "text"]].tolist() == [
        "keep",
        "AB",
        NORTH,
    ]
    assert rows["decision"].tolist() == ["keep", "reject"]


def test_a_decision_never_moves_to_another_meeting_with_the_same_text(path):
    fill_in(path, "Recommendations", ["south:3(a)"], decision="keep")
    north, south = MEETINGS["north"], MEETINGS["south"]
    moved = reports(north=(north[0], [SOUTH]), south=(south[0], ["Count whales;"]))
    write_workbook(moved, path)
    assert [cell.value for cell in openpyxl.load_workbook(path)["Leftovers"][4]][:2] == [
        "south:3(a)", "keep",
    ]  # fmt: skip


def test_a_decision_follows_its_text_to_another_number(path):
    fill_in(path, "Recommendations", ["north:3(a)"], decision="keep")
    said, asked = MEETINGS["north"]
    write_workbook(reports(north=(said, ["Count trees;", *asked])), path)
    assert read_decisions(path)["id"].tolist() == ["north:3(b)"]


def test_a_decision_from_the_workbook_of_one_report_finds_its_place(path, tmp_path):
    alone = write_workbook(reports()["west"], tmp_path / "west.xlsx")
    fill_in(alone, "Recommendations", ["2(a).1"], decision="keep")
    write_workbook(reports(), path, decisions=read_decisions(alone))
    assert "keep" in read_decisions(path)["decision"].tolist()


def test_over_the_workbook_of_one_report_nothing_is_lost(tmp_path):
    path = write_workbook(reports()["west"], tmp_path / "mapping.xlsx")
    fill_in(path, "Recommendations", ["2(a).1"], decision="open", reason="ask the Chair")
    write_workbook({name: reports()[name] for name in ("north", "south")}, path)
    assert read_decisions(path)["reason"].tolist() == ["ask the Chair"]


def test_a_sheets_name_is_one_that_excel_takes():
    names = _sheet_names(["A/HRC/18/14", "About", "about", "x" * 40, "X" * 40, "'", "history"])
    assert len({name.casefold() for name in names}) == 7
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)
    assert names[0] == "A_HRC_18_14"
    assert {"about", "history"}.isdisjoint(name.casefold() for name in names)


@pytest.mark.parametrize("name", ["theme", "alike", "label", "=1+1", "found_in", "a:b", "12"])
def test_a_meeting_may_be_called_anything(name, tmp_path):
    named = {name: reports()["north"], "other": reports()["south"]}
    path = write_workbook(named, tmp_path / "meetings.xlsx")
    book = openpyxl.load_workbook(path)
    fill_in(path, "Recommendations", [f"{name}:3(a)"], decision="keep")
    assert name in [cell.value for cell in book["Overview"][3]]
    write_workbook(named, path)
    assert read_decisions(path)["id"].tolist() == [f"{name}:3(a)"]


def test_what_belongs_to_one_report_is_refused_with_several(tmp_path):
    with pytest.raises(TypeError, match="are those of one report"):
        write_workbook(reports(), tmp_path / "a.xlsx", against=reports()["west"])


def test_twenty_meetings_stand_side_by_side(tmp_path):
    many = {f"meeting {number}": reports()["north"] for number in range(20)}
    book = openpyxl.load_workbook(write_workbook(many, tmp_path / "a.xlsx"))
    assert book["Overview"]["V4"].value == "all"


def test_two_meetings_with_the_same_text_are_not_merged(tmp_path):
    said, asked = MEETINGS["north"]
    same = reports(south=(said, asked))
    paths = [write_workbook(same, tmp_path / f"{who}.xlsx") for who in "ab"]
    fill_in(paths[0], "Recommendations", ["north:3(a)"], decision="keep")
    fill_in(paths[1], "Recommendations", ["south:3(a)"], decision="reject")
    merged = merge_decisions(paths).set_index("id")
    assert merged["decision"].to_dict() == {"north:3(a)": "keep", "south:3(a)": "reject"}
    assert (merged["disagreement"] == "").all()
