"""Several meetings side by side: made-up reports whose matrix is known."""

import pandas as pd
import pytest
from meetings import MEETINGS, report, reports

from helpers import compare_reports
from helpers.meetings import NO_RECOMMENDATION, NO_THEME, THEMES, thematic_matrix


@pytest.fixture(scope="module")
def comparison():
    return compare_reports(reports())


def test_themes_stand_in_the_order_of_their_table(comparison):
    assert comparison["theme"].unique().tolist() == [
        "Corruption", "Children and youth", "International cooperation", "Other matters",
    ]  # fmt: skip
    assert thematic_matrix(comparison).to_dict("index") == {
        "Corruption": {"north": 1, "south": 0, "west": 0},
        "Children and youth": {"north": 0, "south": 0, "west": 1},
        "International cooperation": {"north": 1, "south": 1, "west": 0},
        "Other matters": {"north": 0, "south": 1, "west": 0},
    }


def test_the_nearest_recommendation_is_another_meetings(comparison):
    rows = comparison.set_index("recommendation")
    assert rows.loc["north:3(a)", "nearest"] == "south:3(a)"
    assert rows.loc["south:3(a)", "nearest"] == "north:3(a)"
    assert rows.loc["north:3(a)", "likeness"] > 0.5
    assert rows.loc["west:2(a)", ["nearest", "likeness"]].tolist() == ["", 0]


def test_a_recommendation_that_names_nothing_stands_with_its_nearest_and_is_marked():
    yearbook = "Publish the yearbook of harbour lights and buoys{};"
    one = report(["Lights were discussed."], [yearbook.format(" in prisons")])
    two = report(["Buoys were discussed."], [yearbook.format(" in summer")])
    table = compare_reports({"one": one, "two": two})
    rows = table.set_index("recommendation")
    assert rows.loc["two:2(a)", ["theme", "by", "beside"]].tolist() == [
        "Prisons, rehabilitation and alternatives", "nearest", "one:2(a)",
    ]  # fmt: skip
    assert thematic_matrix(table)["two"].sum() == 0


def test_one_that_is_no_more_like_another_than_chance_gives_is_left_with_other_matters(comparison):
    rows = comparison.set_index("recommendation")
    assert rows.loc["south:3(b)", ["theme", "by", "beside"]].tolist() == [NO_THEME, "none", ""]
    assert (rows.drop("south:3(b)")["by"] == "theme").all()


def test_two_that_name_different_instruments_are_not_the_same():
    treaty = "Ratify the Convention on the Rights of the Child{}, as soon as possible;"
    one = report(["Children."], [treaty.format("")])
    two = report(["Children."], [treaty.format(" and the Convention against Torture")])
    table = compare_reports({"one": one, "two": two}).drop_duplicates("recommendation")
    assert (table["likeness"] > 0.5).all()
    assert table["verdict"].tolist() == ["open", "open"]


def test_what_says_of_the_report_how_to_take_it_is_no_recommendation():
    note = "The views should not be construed as endorsed by the group;"
    one = report(["Lights were discussed."], [note, "Prevent corruption;"])
    table = compare_reports({"one": one, "two": one})
    rows = table.set_index("recommendation")
    assert rows.loc["one:2(a)", ["theme", "nearest", "verdict"]].tolist() == [
        NO_RECOMMENDATION, "", "",
    ]  # fmt: skip
    assert thematic_matrix(table).index.tolist() == ["Corruption"]


def test_recommendations_more_than_half_the_same_say_in_which_other_meetings_they_stand(comparison):
    rows = comparison.set_index("recommendation")
    assert rows.loc["north:3(a)", ["verdict", "also_in"]].tolist() == ["clear", ["south:3(a)"]]
    assert rows.loc["west:2(a)", ["verdict", "also_in"]].tolist() == ["", []]


def test_words_make_a_theme_where_no_table_has_a_name():
    one, two = (
        (["Speakers spoke."], ["Abolish capital punishment;"]),
        (["Trains."], ["Run trains;"]),
    )
    table = compare_reports({"a": report(*one), "b": report(*two)})
    assert table.loc[table["meeting"] == "a", ["theme", "by"]].to_numpy().tolist() == [
        ["Death penalty", "theme"]
    ]


def test_what_is_like_nothing_stands_under_other_matters():
    one, two = (["Whales swim."], ["Save whales;"]), (["Trains."], ["Buy umbrellas;"])
    table = compare_reports({"a": report(*one), "b": report(*two)})
    assert set(table["theme"]) == {NO_THEME}


def test_the_paragraphs_behind_a_recommendation_carry_their_meeting(comparison):
    rows = comparison.set_index("recommendation")
    assert rows.loc["north:3(a)", "deliberations"] == ["north:1"]
    assert rows.loc["north:3(b)", "deliberations"] == ["north:2"]


def test_every_theme_has_its_example():
    for row in pd.read_csv(THEMES).itertuples():
        one = report(["Speakers spoke."], [row.example])
        table = compare_reports({"one": one, "two": report(["Whales swim."], ["Save whales;"])})
        assert row.theme in table.loc[table["meeting"] == "one", "theme"].tolist(), row.theme


def test_meetings_are_known_apart():
    same = report(*MEETINGS["west"])
    with pytest.raises(ValueError, match="Two of the reports are called"):
        compare_reports([same, same])
    with pytest.raises(ValueError, match="nothing to compare: 1 of two"):
        compare_reports([same])
    for wrong in (same, "a.docx", 7):
        with pytest.raises(
            TypeError, match=r"must be a list of reports|read_report\(\) returns is needed"
        ):
            compare_reports(wrong)
