"""Measuring the reader: what counts as found, clean and told."""

import pytest
from measure_reading import measure

from helpers import read_report

TEXT = "Discussion\n\n1. Speakers spoke of lamps.\n\n2. They spoke of oil.\n\n\
Outcome\n\n3. Mend the lamps."
TRUTH = {
    "parts": True,
    "D": [1, 2],
    "R": [3],
    "paragraphs": {
        "1": "Speakers spoke of lamps.",
        "2": "They spoke of oil.",
        "3": "Mend the lamps.",
    },
    "recommendations": [{"label": "3", "text": "Mend the lamps."}],
}


def test_a_report_that_is_read_right_has_all_counts():
    counts = measure(read_report(TEXT), TRUTH)
    assert counts["found"] == counts["clean"] == counts["paragraphs"] == 3
    assert counts["deliberations_told"] == counts["deliberations"] == 2
    assert counts["recommending_told"] == counts["recommendations_found"] == 1
    assert counts["extra"] == counts["recommendations_extra"] == 0


@pytest.mark.parametrize(
    ("text", "what", "count"),
    [
        (TEXT.replace("2. They", "4. They"), "found", 2),
        (TEXT.replace("2. They", "4. They"), "extra", 1),
        (TEXT.replace("of oil.", "of oil, and what else the sea has brought."), "clean", 2),
        (TEXT.replace("Discussion", "Lamps"), "deliberations_told", 0),
        (TEXT.replace("Mend the", "Sell the"), "recommendations_found", 0),
        (TEXT.replace("Mend the", "Sell the"), "recommendations_extra", 1),
    ],
)
def test_what_is_missed_is_not_counted(text, what, count):
    assert measure(read_report(text), TRUTH)[what] == count
