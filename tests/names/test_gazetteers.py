"""The tables: what a row must hold, and what is said of a row that does not."""

import pandas as pd
import pytest
import spacy

from helpers.names.gazetteers import (
    EXCLUDED,
    GAZETTEERS,
    TABLES,
    GazetteerError,
    ancestors,
    read_concepts,
    read_gazetteer,
    read_organs,
    read_rules,
)

RULE = (
    '{"label": "CRIME_TYPE", "id": "*", "triggers": ["ships"], "example": "", "finds": "", '
    '"pattern": [{"LOWER": "boats"}]}'
)
HEAD = "id,name,patterns,parent,link,source,example\n"
GOOD = "fraud,fraud,fraud|frauds,,exact,a source,It was fraud.\n"
CONCEPTS = read_concepts()


@pytest.fixture
def table(tmp_path):
    """Return a function that writes rows under a head and reads the table."""

    def read(rows: str, head: str = HEAD) -> pd.DataFrame:
        path = tmp_path / "fraud.csv"
        path.write_text(head + rows, encoding="utf-8")
        return read_gazetteer(path)

    return read


def test_a_good_row_is_read_with_its_line(table):
    assert table(GOOD)[["id", "line"]].to_numpy().tolist() == [["fraud", 2]]


def test_a_missing_table_is_answered_with_those_that_exist():
    with pytest.raises(FileNotFoundError, match=r"no table 'countries\.csv'.*states\.csv"):
        read_gazetteer("countries.csv")


def test_a_missing_column_is_named(table):
    with pytest.raises(GazetteerError, match=r"fraud\.csv, line 1: the column 'parent' is missing"):
        table(GOOD, head=HEAD.replace("parent,", ""))


def test_a_table_without_rows_is_refused(table):
    with pytest.raises(GazetteerError, match=r"fraud\.csv: there is no row"):
        table("")


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (GOOD, "id", "'fraud' stands already in fraud.csv, line 2"),
        (",x,x,,exact,s,An x.\n", "id", "the cell is empty"),
        ("x y,x,x,,exact,s,An x.\n", "id", "'x y' must be letters, digits"),
        ("x,x,,,exact,s,An x.\n", "patterns", "the cell is empty"),
        ("x,x,x||y,,exact,s,An x.\n", "patterns", "'' holds no word"),
        ("x,x,x| y,,exact,s,An x.\n", "patterns", "' y' has a space too many"),
        ("x,x,the x,,exact,s,An x.\n", "patterns", "begins with an article"),
        ("x,x,x’s,,exact,s,An x.\n", "patterns", "write straight quotes"),
        ("x,x,x,,sure,s,An x.\n", "link", "must be one of exact, near, none, but 'sure'"),
        ("x,x,x,,exact,,An x.\n", "source", "say where the name and its code were found"),
        ("x,x,x,,exact,s,\n", "example", "the cell is empty"),
        ("x,x,x,nobody,exact,s,An x.\n", "parent", "no row with the id 'nobody'"),
        ("x,x,x,x,exact,s,An x.\n", "parent", "'x' lies under itself"),
    ],
)
def test_a_bad_row_is_named_by_file_line_and_column(table, row, column, message):
    with pytest.raises(
        GazetteerError, match=rf"fraud\.csv, line 3, column '{column}': .*{message}"
    ):
        table(GOOD + row)


@pytest.mark.parametrize("row", ["x,x,x\n", "x,x,x,,exact,s,An x, and more.\n"])
def test_a_row_with_too_few_or_too_many_cells_is_named(table, row):
    with pytest.raises(GazetteerError, match=r"fraud\.csv, line 3: .*number of cells"):
        table(GOOD + row)


def test_a_pattern_stands_in_one_table_only(tmp_path):
    for name in [*TABLES.values(), "exclusions.csv"]:
        (tmp_path / name).write_bytes((GAZETTEERS / name).read_bytes())
    with (tmp_path / "measures.csv").open("a", encoding="utf-8") as file:
        file.write("x,x,Viet Nam,,,,none,s,In Viet Nam.\n")
    with pytest.raises(
        GazetteerError, match=r"'patterns': 'viet nam' stands already in states\.csv"
    ):
        read_concepts(tmp_path)


def test_all_tables_of_the_project_are_read():
    assert set(CONCEPTS["label"]) == {*TABLES, EXCLUDED}
    assert CONCEPTS["id"].is_unique


def unproved(row, nlp) -> list[str]:
    """Return what a row's example and patterns do not bear out."""
    found = {ent.ent_id_ for ent in nlp(row.example).ents}
    alone = {pattern: [ent.text for ent in nlp(pattern).ents] for pattern in row.patterns}
    if row.label == EXCLUDED:
        return [f"{row.id}: {text}" for text, ents in {row.example: found, **alone}.items() if ents]
    missed = [pattern for pattern, ents in alone.items() if ents != [pattern]]
    return [f"{row.id}: {text}" for text in [row.example] * (row.id not in found) + missed]


@pytest.mark.parametrize(
    ("label", "rows"), CONCEPTS.groupby("label"), ids=lambda key: str(key)[:12]
)
def test_every_row_finds_its_example_and_each_of_its_patterns(label, rows, nlp):
    assert not [text for row in rows.itertuples() for text in unproved(row, nlp)]


def test_every_rule_finds_its_example(nlp):
    for rule in read_rules():
        found = {ent.text: ent.label_ for ent in nlp(rule["example"]).ents}
        finds = {} if rule["label"] == EXCLUDED else found | {rule["finds"]: rule["label"]}
        assert found == finds, rule["example"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{oops", r"line 2: this is no JSON"),
        ('{"label": "CRIME_TYPE", "id": "*"}', r"line 2: 'triggers' is missing"),
        ("[]", r"line 2: 'label' is missing"),
        (RULE, r"line 2, 'triggers': 'ships' is no word of the pattern"),
        (
            RULE.replace("LOWER", "UNKNOWN").replace("ships", "boats"),
            r"line 2, 'pattern': spaCy's Matcher does not take it",
        ),
    ],
)
def test_a_bad_rule_is_named_by_file_and_line(tmp_path, line, message):
    rules = (GAZETTEERS / "rules.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "rules.jsonl").write_text(f"{rules[0]}\n{line}\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match=rf"rules\.jsonl, {message}"):
        spacy.blank("en").add_pipe("un_rules").add_rules(read_rules(tmp_path), [])


def test_a_folder_without_a_table_says_which_and_what_it_must_hold(tmp_path):
    for read in (read_concepts, read_rules, read_organs):
        with pytest.raises(FileNotFoundError, match=r"There is no .* in the folder.*copy data"):
            read(tmp_path)


def test_the_nearest_ancestor_comes_first_and_the_concept_is_none_of_its_own():
    parents = {"a": "b", "b": "c", "c": "", "x": "y"}
    assert ancestors("a", parents) == ("b", "c")
    assert ancestors("c", parents) == ancestors("unknown", parents) == ()
    assert ancestors("x", parents) == ("y",)


def test_a_mark_that_excel_writes_is_no_part_of_the_first_column(tmp_path):
    (tmp_path / "fraud.csv").write_text(HEAD + GOOD, encoding="utf-8-sig")
    assert read_gazetteer(tmp_path / "fraud.csv")["id"].tolist() == ["fraud"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ((HEAD + GOOD + "\u201cx\u201d").encode("cp1252"), r"line 3: this is not UTF-8"),
        ((HEAD + GOOD + 'x,x,"x,,exact,s,An x.\n').encode(), r"line \d: this is no CSV"),
    ],
)
def test_a_table_that_is_no_csv_in_utf_8_says_so_and_where(tmp_path, content, message):
    (tmp_path / "fraud.csv").write_bytes(content)
    with pytest.raises(GazetteerError, match=rf"fraud\.csv, {message}"):
        read_gazetteer(tmp_path / "fraud.csv")
