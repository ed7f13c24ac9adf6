"""What the first page says: title, symbol, session, date, place, agenda item."""

import pytest

from helpers import read_report

BODY = """

I. Introduction

1. Speakers praised the lamps of the northern harbours and the people who have kept
them burning for three winters now, for next to nothing and a bowl of soup.

2. They also praised the soup.
"""

MASTHEAD = """United Nations

A/CN.44/2031/7

General Assembly

Distr.: General
4 June 2031

Original: English

Panel on Lamps
Ninth session
Low Haven, 3–5 May 2031
Agenda item 6 (a)

Report on lamps in small harbours
"""
REVIEW = """United Nations

A/HRC/99/7

General Assembly

Distr.: General
12 August 2031

Human Rights Council
Ninety-ninth session
7 September–2 October 2031
Agenda item 6

Report of the Working Group on the Universal Periodic Review

Seahaven
"""
SUPPLEMENT = """A/86/15

Report of the Panel on Lamps on its tenth session, held in Low Haven from 3 to 5 May 2031
"""
FORUM = """Forum on Ferries

Report on the tenth session (New York, 3–5 May 2031)
"""


def front(page: str) -> dict[str, object]:
    report = read_report(page + BODY)
    return report.meta | {"title": report.title}


@pytest.mark.parametrize(
    ("page", "said"),
    [
        pytest.param(
            MASTHEAD,
            {
                "title": "Report on lamps in small harbours",
                "symbol": "A/CN.44/2031/7",
                "session": "Ninth session",
                "date": "2031-06-04",
                "place": "Low Haven",
                "start": "2031-05-03",
                "end": "2031-05-05",
                "agenda_item": "6 (a)",
                "distribution": "General",
                "original_language": "English",
                "document": "Report on lamps in small harbours",
            },
            id="a masthead",
        ),
        pytest.param(
            REVIEW,
            {
                "title": "Report of the Working Group on the Universal Periodic Review: Seahaven",
                "symbol": "A/HRC/99/7",
                "session": "Ninety-ninth session",
                "date": "2031-08-12",
                "start": "2031-09-07",
                "end": "2031-10-02",
                "agenda_item": "6",
            },
            id="a review of a State",
        ),
        pytest.param(
            SUPPLEMENT,
            {
                "title": "Report of the Panel on Lamps on its tenth session, held in Low Haven "
                "from 3 to 5 May 2031",
                "symbol": "A/86/15",
                "session": "tenth session",
                "place": "Low Haven",
                "start": "2031-05-03",
                "end": "2031-05-05",
            },
            id="a report that tells where and when in its title",
        ),
        pytest.param(
            FORUM,
            {
                "title": "Forum on Ferries: Report on the tenth session",
                "session": "tenth session",
                "place": "New York",
                "start": "2031-05-03",
                "end": "2031-05-05",
            },
            id="a body above the report on its session",
        ),
    ],
)
def test_the_first_page_is_read(page, said):
    found = front(page)
    assert {key: found.get(key) for key in said} == said


def test_what_is_not_said_has_no_key():
    assert read_report("Lamps of the north" + BODY).meta == {}


def test_a_review_says_no_place():
    assert "place" not in front(REVIEW)


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("Low Haven, 3–5 May 2031", "2031-05-03", "2031-05-05"),
        ("Low Haven, 30 May to 2 June 2031", "2031-05-30", "2031-06-02"),
        ("Low Haven, 30 December 2031–2 January 2032", "2031-12-30", "2032-01-02"),
        ("Low Haven, 3 May 2031", "2031-05-03", "2031-05-03"),
        ("Low Haven, 3 and 4 May 2031", "2031-05-03", "2031-05-04"),
    ],
)
def test_a_meeting_has_its_first_and_last_day(line, start, end):
    said = front(f"Panel on Lamps\n\n{line}\n")
    assert (said["place"], said["start"], said["end"]) == ("Low Haven", start, end)


def test_a_day_that_no_calendar_has_is_no_date():
    assert "start" not in front("Panel on Lamps\n\nLow Haven, 29–31 June 2031\n")


@pytest.mark.parametrize(
    "place",
    ["Geneva", "New York", "Dakar (online)", "Rio de Janeiro, Brazil", "Nur-Sultan", "The Hague"],
)
def test_places_are_named_in_many_ways(place):
    assert front(f"Panel on Lamps\n\n{place}, 3–5 May 2031\n")["place"] == place


@pytest.mark.parametrize(
    "symbol", ["A/86/15", "E/CN.15/2031/CRP.4", "A/HRC/99/7/Add.1", "E/2031/44", "A/CONF.9/L.2"]
)
def test_the_symbol_is_the_documents_own(symbol):
    assert front(f"{symbol}\n\nPanel on Lamps\n")["symbol"] == symbol


def test_a_symbol_that_is_only_mentioned_is_not_the_documents():
    said = front("Panel on Lamps\n\nThis report should be read with document A/86/15, above all.\n")
    assert "symbol" not in said


def test_the_only_agenda_item_may_stand_in_a_heading():
    text = "Panel on Lamps\n\nI. Lamps (agenda item 4)\n\n1. One spoke.\n\n2. Two did.\n"
    assert read_report(text).meta["agenda_item"] == "4"


def test_a_title_of_two_lines_is_one():
    said = front("Report of the Working Group on the Lamps of the\nNorthern Harbours\n")
    assert said["title"] == "Report of the Working Group on the Lamps of the Northern Harbours"
