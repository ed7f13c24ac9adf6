"""The contract: a step says at once what is wrong with the table that it is handed."""

import pandas as pd
import pytest

from helpers import (
    build_ledger,
    extract_entities,
    link_passages,
    links_by_unit,
    mapping_matrix,
    read_report,
    score_passages,
    write_workbook,
)
from helpers.contract import (
    PAIR,
    TableError,
    check_columns,
    check_entities,
    check_ledger,
    check_pairs,
)
from helpers.evaluation import judge_links, permutation_test
from helpers.ledger import compare_force
from helpers.linking import extract_features, shared_terms

OTHER = read_report(
    "Summary of deliberations\n\n1. Viet Nam spoke of whales.\n\n2. UNODC helped on fuel.\n\n"
    "Outcome of deliberations\n\n3. The following:\n\n(a) Protect whales;\n\n(b) Save fuel."
)
TWO_TOPICS = read_report("".join(
    f"{letter}. Theme {letter}\n\nSummary of deliberations\n\n{n}. {word} need books.\n\n"
    f"{n + 1}. Trains arrive.\n\n"
    f"Outcome of deliberations\n\n{n + 2}. The following:\n\n(a) Build {word}.\n\n"
    for letter, n, word in (("A", 1, "schools"), ("B", 4, "courts"))
))  # fmt: skip


REFUSED = [
    ("no report", lambda r: link_passages("A text."), TypeError, r"read_report\(\) returns is"),
    ("no report", lambda r: mapping_matrix(None), TypeError, "but a NoneType was given"),
    ("no table", lambda r: links_by_unit([], r), TypeError, "links must be a table.*a list"),
    ("a column less", lambda r: mapping_matrix(r, links=link_passages(r).drop(columns="score")),
     TableError, r"links: the column 'score' is missing"),
    ("sums of units", lambda r: mapping_matrix(r, links=links_by_unit(link_passages(r), r)),
     TableError, r"'3' in the column 'deliberation' is no sentence of this report's deliberations"),
    ("another report's", lambda r: mapping_matrix(r, links=link_passages(OTHER)),
     TableError, r"'1\.1' in the column 'deliberation' is no sentence"),
    ("sides swapped", lambda r: links_by_unit(link_passages(r).rename(
        columns=dict(zip(PAIR, PAIR[::-1], strict=True))), r), TableError, "is no sentence of"),
    ("two methods", lambda r: links_by_unit(pd.concat([link_passages(r)] * 2), r),
     TableError, r"the pair 3\.1 and 12\(a\)\.1 has two rows"),
    ("filtered", lambda r: mapping_matrix(r, links=link_passages(r).query("linked")),
     TableError, r"30 pairs are there, and this report has 408"),
    ("none", lambda r: links_by_unit(link_passages(r).head(0), r), TableError, "0 pairs are there"),
    ("what another report says", lambda r: mapping_matrix(
        r, links=link_passages(r).assign(negotiated="not said")), TableError, "another report's"),
    ("flags as words", lambda r: links_by_unit(link_passages(r).assign(linked="yes"), r),
     TableError, "linked must be True or False, and 'yes' stands there"),
    ("flags as numbers", lambda r: links_by_unit(link_passages(r).astype({"linked": int}), r),
     TableError, "linked must be True or False"),
    ("no number", lambda r: links_by_unit(link_passages(r).assign(score="high"), r),
     TableError, "a score must be a number; 'high' is none"),
    ("a score missing", lambda r: links_by_unit(link_passages(r).assign(score=float("nan")), r),
     TableError, r"a score is missing \(NaN\)"),
    ("another part", lambda r: link_passages(r, entities=extract_entities(r).assign(part="x")),
     TableError, "lies in the part .* of this report, but x stands"),
    ("no id", lambda r: link_passages(r, entities=extract_entities(r).assign(entity_id=None)),
     TableError, "has no entity_id"),
    ("offsets as text", lambda r: link_passages(r, entities=extract_entities(r).astype(
        {"start": str})), TableError, "offsets in the column 'start' must be whole numbers"),
    ("entities twice", lambda r: link_passages(
        r, entities=pd.concat([extract_entities(r)] * 2)), TableError, "two rows for one place"),
    ("a pair between topics", lambda r: shared_terms(TWO_TOPICS, pd.DataFrame(
        {"deliberation": ["1.1"], "recommendation": ["6(a).1"]})), TableError, "lie in two topics"),
    ("no permutation", lambda r: permutation_test(r, permutations=0), ValueError, "1 or more"),
    ("a whole table of passages", lambda r: score_passages(r.sentences, ["x"]), ValueError,
     "deliberations must be a list"),
    ("a dictionary of passages", lambda r: score_passages(["x"], {"x": 1}), ValueError,
     "recommendations must be a list"),
    ("a number for a passage", lambda r: extract_features(5), TypeError, "of the type int"),
    ("entities of a text", lambda r: link_passages(r, entities=extract_entities(r.text)),
     TableError, "Entities of a bare text have none"),
    ("entities of another", lambda r: link_passages(r, entities=extract_entities(OTHER)),
     TableError, "They were found in another text"),
    ("pairs of another", lambda r: shared_terms(r, link_passages(OTHER)), TableError, "pairs: "),
]  # fmt: skip


@pytest.mark.parametrize(("what", "step", "error", "message"), REFUSED, ids=[r[0] for r in REFUSED])
def test_a_step_says_at_once_what_is_wrong_with_what_it_is_handed(
    report, what, step, error, message
):
    with pytest.raises(error, match=message):
        step(report)


@pytest.mark.parametrize("verb", [
    link_passages, mapping_matrix, build_ledger, judge_links, permutation_test,
    lambda what: links_by_unit(link_passages(OTHER), what),
    lambda what: compare_force(what, link_passages(OTHER)),
    lambda what: write_workbook(what, "mapping.xlsx"),
])  # fmt: skip
@pytest.mark.parametrize("what", [None, "A text.", pd.DataFrame()], ids=["None", "text", "table"])
def test_what_is_no_report_is_refused_by_every_verb(verb, what):
    with pytest.raises(TypeError, match=r"What read_report\(\) returns is needed, but an? "):
        verb(what)


@pytest.mark.parametrize(
    ("name", "kind"), [(None, "a NoneType"), ([], "a list"), (3, "an int"), ("x", "a str")]
)
def test_what_is_no_table_is_named_with_its_article(name, kind):
    with pytest.raises(TypeError, match=f"links must be a table, as m returns, but {kind} was"):
        check_columns(name, "links", ["x"], "m")


def test_a_table_with_all_it_needs_is_given_back_with_its_rows_counted_anew():
    table = pd.DataFrame({"x": [1, 2], "more": [3, 4]}, index=[7, 7])
    given = check_columns(table, "links", ["x"], "m")
    assert given.index.tolist() == [0, 1]
    assert given.columns.tolist() == ["x", "more"]
    assert table.index.tolist() == [7, 7]


def test_a_missing_column_is_named_with_those_that_are_there():
    with pytest.raises(TableError, match=r"^links: the column 'y' is missing.* are there: x\.$"):
        check_columns(pd.DataFrame({"x": [1]}), "links", ["x", "y"], "m")


def test_a_table_without_rows_is_refused_where_rows_are_needed():
    empty = pd.DataFrame({"x": []})
    assert check_columns(empty, "links", ["x"], "m").empty
    with pytest.raises(TableError, match=r"links: there is no row. Pass what m returned"):
        check_columns(empty, "links", ["x"], "m", rows=True)


def test_entities_come_back_in_the_order_of_the_text_and_rows_of_a_file_are_made_whole():
    entities = extract_entities(OTHER)
    mixed = entities.sample(frac=1, random_state=1).replace({"ancestors": {"": None}})
    again = check_entities(mixed, OTHER)
    assert again["start"].tolist() == entities["start"].tolist()
    assert again.index.tolist() == list(range(len(entities)))
    assert again["ancestors"].eq("").all()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"entity_id": [None, "unodc"]}, r"'Viet Nam' has no entity_id"),
        ({"sentence": ["1.1", "9.9"]}, r"'UNODC' at \d+ lies in the sentence 2\.1 .* 9\.9 stands"),
        ({"unit": ["7", "2"]}, r"'Viet Nam' at \d+ lies in the unit 1 of this report, but 7"),
        ({"text": ["Viet Nam", "UNO"]}, r"'UNO' should stand at \d+ to \d+, where .* 'UNODC'"),
        ({"end": [1.5, 2.5]}, r"the column 'end' must be whole numbers, and .*1\.5.* stands there"),
    ],
)
def test_the_row_that_is_wrong_is_named(change, message):
    entities = extract_entities(OTHER)
    assert entities["text"].tolist() == ["Viet Nam", "UNODC"]
    with pytest.raises(TableError, match=message):
        check_entities(entities.assign(**change), OTHER)


def test_an_entity_with_two_rows_is_named():
    entities = extract_entities(OTHER)
    with pytest.raises(TableError, match="'UNODC' has two rows for one place"):
        check_entities(pd.concat([entities, entities.tail(1)]), OTHER)


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("deliberations", "['1.1']", r"\"\['1\.1'\]\" in the column 'deliberations' is no list"),
        ("recommendations", "", r"'' in the column 'recommendations' is no list of sentences"),
        ("status", "generalised", r"one of carried, .*emerged, but 'generalised' stands there"),
    ],
)
def test_what_is_wrong_with_a_ledger_is_shown(column, value, message):
    ledger = build_ledger(OTHER)
    assert check_ledger(ledger).equals(ledger)
    with pytest.raises(TableError, match=f"^ledger: .*{message}"):
        check_ledger(ledger.assign(**{column: value}))
    with pytest.raises(TableError, match="ledger: there is no row"):
        check_ledger(ledger.head(0))


def test_a_report_without_a_side_has_no_example_of_its_sentences():
    one = read_report("Summary of deliberations\n\n1. Whales.")
    pair = pd.DataFrame({"deliberation": ["1.1"], "recommendation": ["2(a).1"]})
    with pytest.raises(TableError, match=r"'2\(a\)\.1' .* recommendations, and it has none"):
        check_pairs(pair, "pairs", one, "link_passages(report)")
