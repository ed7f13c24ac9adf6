"""Trace: where a point went, and what stands behind a recommendation."""

import pandas as pd
import pytest

from helpers import link_passages, links_by_unit, read_report, sources, trace
from helpers.contract import PAIR, TableError


@pytest.fixture(scope="module")
def links(report):
    return link_passages(report)


def test_every_point_has_the_counterparts_that_are_linked_or_on_the_shortlist(links, report):
    tables = {"sentence": links, "unit": links_by_unit(links, report)}
    for ids, table in tables.items():
        offered = table[table["linked"] | (table["verdict"] != "")]
        for ask, here, there in ((trace, *PAIR), (sources, *reversed(PAIR))):
            part = report.sentences["part"] == f"{here}s"
            for point in report.sentences.loc[part, ids].unique():
                found = ask(report, point, links=links)
                right = offered.loc[offered[here] == point, there]
                assert set(found["counterpart"]) == set(right)
                assert found["score"].is_monotonic_decreasing


def test_a_point_without_a_counterpart_has_no_row(links, report):
    none = links.groupby("deliberation")["verdict"].agg(lambda said: (said == "").all())
    alone = links.groupby("deliberation")["linked"].any()
    points = none.index[none & ~alone]
    assert len(points)
    assert all(trace(report, point, links=links).empty for point in points)


def test_the_text_is_the_counterparts(links, report):
    row = trace(report, "9", links=links).iloc[0]
    assert row["counterpart"] == "12(e)"
    assert row["text"].startswith("Foster multi-stakeholder partnerships")
    assert row["negotiated"] == "no"


def test_links_are_made_where_none_are_given(links, report):
    assert trace(report, "10.2").equals(trace(report, "10.2", links=links))


@pytest.mark.parametrize(
    ("ask", "point", "message"),
    [
        (trace, "12(d)", r"deliberations .* no '12\(d\)'.*sources\(report, '12\(d\)'\)"),
        (sources, "8.2", r"recommendations .* no '8.2'.*trace\(report, '8.2'\)"),
        (trace, "99", r"no '99'. They have '3' and '3.1', for example"),
        (trace, "1", "stands in a part of the report that neither deliberates nor recommends"),
        (sources, "12", r"Ask for one of its parts: 12\(a\), 12\(b\)"),
    ],
)
def test_an_id_of_the_other_side_or_of_none_is_told(report, links, ask, point, message):
    with pytest.raises(ValueError, match=message):
        ask(report, point, links=links)


def test_what_is_no_text_is_no_id(report):
    for point in (8.2, ["8"]):
        with pytest.raises(TypeError, match="An id is a text such as"):
            trace(report, point)


def test_links_from_a_file_give_the_same_counterparts(links, report, tmp_path):
    links.to_csv(tmp_path / "links.csv", index=False)
    again = pd.read_csv(tmp_path / "links.csv", dtype=dict.fromkeys(PAIR, str))
    for point in ("8", "8.2"):
        assert trace(report, point, links=again).equals(trace(report, point, links=links))


def test_a_verdict_that_is_none_is_refused(links, report):
    with pytest.raises(TableError, match="the verdict 'maybe' is none of clear, open"):
        trace(report, "8", links=links.assign(verdict="maybe"))


def test_an_id_that_is_a_paragraphs_and_a_sentences_is_the_paragraphs():
    report = read_report(
        "Summary of deliberations\n\n1. Whales swim. Sharks swim.\n\n1.1. Youth learn extradition."
        "\n\nOutcome of deliberations\n\n2. Protect whales. Save sharks.\n\n"
        "2.1. Teach extradition to youth."
    )
    assert trace(report, "1.1")["counterpart"].tolist()[:1] == ["2.1"]


def test_a_report_of_several_topics_keeps_counterparts_within_them():
    text = "".join(
        f"{letter}. Theme {letter}\n\nSummary of deliberations\n\n{n}. Youth need schools.\n\n"
        f"Outcome of deliberations\n\n{n + 1}. The following:\n\n(a) Build schools for youth.\n\n"
        for letter, n in (("A", 1), ("B", 3))
    )
    assert trace(read_report(text), "3")["counterpart"].tolist() == ["4(a)"]
