"""The tables: what a row must hold, and what is said of a row that does not."""

import re
import shutil

import pandas as pd
import pytest

from helpers import build_nlp
from helpers.names.gazetteers import (
    EXCLUDED,
    GAZETTEERS,
    TABLES,
    GazetteerError,
    ancestors,
    read_concepts,
    read_contexts,
    read_crime_forms,
    read_gazetteer,
    read_goals,
    read_organs,
    read_title_words,
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
        states = [ent.text for ent in nlp(row.example).ents if ent.label_ == "STATE"]
        absent = not any(pattern in row.example for pattern in row.patterns)
        named = [pattern for pattern, ents in alone.items() if ents]
        return [f"{row.id}: {text}" for text in [*named, *states, *["example"] * absent]]
    missed = [pattern for pattern, ents in alone.items() if ents != [pattern]]
    return [f"{row.id}: {text}" for text in [row.example] * (row.id not in found) + missed]


@pytest.mark.parametrize(
    ("label", "rows"), CONCEPTS.groupby("label"), ids=lambda key: str(key)[:12]
)
def test_every_row_finds_its_example_and_each_of_its_patterns(label, rows, nlp):
    assert not [text for row in rows.itertuples() for text in unproved(row, nlp)]


FORMS = [row for row in read_crime_forms() if row["kind"] == "form"]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form["id"])
def test_every_form_of_crime_finds_its_example(form, nlp):
    found = {ent.text: ent.label_ for ent in nlp(form["example"]).ents}
    assert found.get(form["finds"]) == "CRIME_TYPE"
    assert form["class"] in {"", *CONCEPTS["id"]}


@pytest.mark.parametrize("context", read_contexts(), ids=lambda context: context["id"])
def test_beside_the_words_of_a_context_no_name_of_its_label_is_found(context, nlp):
    doc = nlp(context["example"])
    assert context["label"] not in {ent.label_ for ent in doc.ents}
    without = {span.label_ for span in doc.spans["nested"]}
    assert context["label"] in without, "the example proves nothing"


@pytest.mark.parametrize("organ", read_organs(), ids=lambda organ: organ["id"])
def test_every_organ_finds_its_example_and_gives_its_symbol(organ, nlp):
    (found,) = (ent for ent in nlp(organ["example"]).ents if ent.label_ == "INSTRUMENT")
    prefix = organ["resolutions"] or organ["id"]
    assert found.ent_id_.startswith(re.sub(r"\W+", "-", prefix.lower()).strip("-"))
    assert found._.concept.link == ("exact" if organ["resolutions"] else "none")


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("crime_forms.csv", "{BAD}", "{WORSE}", r"'pattern': no row of words is called 'WORSE'"),
        (
            "crime_forms.csv",
            "illicit|illegal",
            "(illicit|illegal",
            r"'pattern': this is no regular",
        ),
        ("contexts.csv", "Tribunal|", "(Tribunal|", r"'words': this is no regular"),
        ("title_words.csv", "Conventions?|", "(Conventions?|", r"'words': this is no regular"),
    ],
)
def test_a_bad_expression_is_named_by_file_and_line(tmp_path, name, old, new, message):
    shutil.copytree(GAZETTEERS, tmp_path, dirs_exist_ok=True)
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(GazetteerError, match=rf"{name}, line \d+, column {message}"):
        build_nlp(tmp_path)


def test_a_folder_without_a_table_says_which_and_what_it_must_hold(tmp_path):
    readers = (
        read_concepts,
        read_contexts,
        read_crime_forms,
        read_goals,
        read_organs,
        read_title_words,
    )
    for read in readers:
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
