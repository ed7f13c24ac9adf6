"""A report shows itself: warnings first, then what was read."""

import re

from helpers import read_report
from helpers.reading.summary import SHOWN, as_html, as_text

JUMPS = "Discussion\n\n1. Speakers <b>spoke</b> & went.\n\n4. Others did.\n\nOutcome\n\n9. Do it."


def test_warnings_stand_before_the_counts():
    report = read_report(JUMPS)
    for shown in (as_text(report), as_html(report)):
        assert shown.index("Paragraphs 2 to 3 were not found") < shown.index("Recommendations")


def test_a_notebook_and_a_terminal_show_the_same():
    report = read_report(JUMPS)
    assert (repr(report), report._repr_html_()) == (as_text(report), as_html(report))
    told = re.sub(r"<[^>]+>", " ", as_html(report)).split()
    assert [word for word in ("3:", "deliberations", "2,", "recommendations", "1") if word in told]


def test_a_report_without_warnings_shows_no_box(report):
    assert "warning" not in as_html(report)
    assert "12: deliberations 9, procedural 2, recommendations 1" in as_html(report)
    assert "not negotiated" in as_html(report)


def test_what_a_text_holds_does_no_harm_to_the_page():
    report = read_report("Report of the <script>x</script> Meeting\n\n1. One & all.")
    assert "<script>" not in as_html(report)
    assert "&lt;script&gt;" in as_html(report)


def test_many_warnings_are_counted_and_not_all_shown():
    jumps = "\n\n".join(f"{3 * number + 1}. Speakers spoke." for number in range(SHOWN + 8))
    report = read_report(f"Discussion\n\n{jumps}")
    assert len(report.warnings) > SHOWN
    assert f"and {len(report.warnings) - SHOWN} more" in as_text(report)
