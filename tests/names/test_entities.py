"""Entities: the report's names and nothing else, the traps, and spans that cannot be wrong."""

import json
import shutil
import subprocess
import sys

import pytest
import spacy
from conftest import read_cases
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from helpers import build_nlp, extract_entities
from helpers.contract import ENTITY_COLUMNS
from helpers.names import GAZETTEERS
from helpers.names.normal import normal_form
from helpers.reading import clean_text
from helpers.resources import DATA

NAMES = ["Viet Nam", "Côte d’Ivoire", "corruption", "resolution 77/231", "UNODC"]
NOISE = st.sampled_from(["\n", "\u00ad", "\u00a0", "*", "[", "](#)", " ", "-", "(", ")", ".", "x"])


@pytest.fixture(scope="module")
def entities(report):
    return extract_entities(report)


CASES = read_cases("traps.csv") + read_cases("breadth.csv")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["rule"])
def test_what_is_found_in_a_text(case):
    found = extract_entities(case["text"])
    assert (found["label"] + " " + found["text"]).tolist() == [
        *filter(None, case["found"].split("|"))
    ]


def test_the_speakers_list_is_found_in_its_order(entities):
    speakers = entities[(entities["label"] == "STATE") & (entities["sentence"] == "2.2")]
    assert speakers["entity_id"].tolist() == [
        "THA", "IDN", "JPN", "AZE", "GBR", "RUS", "MNG", "PHL", "PAK", "VNM",
    ]  # fmt: skip


def test_the_rapporteurs_country_stands_outside_the_paragraphs(entities):
    pakistan = entities[entities["entity_id"] == "PAK"]
    assert pakistan["sentence"].isna().tolist() == [True, False]


def test_the_reports_instruments_have_their_ids(entities):
    found = entities[entities["label"] == "INSTRUMENT"]["entity_id"].tolist()
    assert found == [
        "a-res-77-231", "agenda-2030", "agenda-2030", "un-cybercrime-convention", "bangkok-rules",
        "nelson-mandela-rules", "tokyo-rules", "un-cybercrime-convention", "kyoto-declaration",
        "abu-dhabi-declaration",
    ]  # fmt: skip


def test_an_acronym_and_a_full_name_share_an_id(entities):
    ccpcj = entities[entities["entity_id"] == "ccpcj"]
    assert ccpcj["sentence"].tolist() == ["11.1", "12(f).1", "12(f).1"]


def test_an_entity_says_how_sure_its_link_is(entities):
    links = entities.drop_duplicates("entity_id").set_index("entity_id")["link"]
    assert links[["money-laundering", "cybercrime", "hate-crime"]].tolist() == [
        "exact",
        "near",
        "none",
    ]


@pytest.mark.parametrize("annotator", ["a", "b"])
def test_the_report_has_the_entities_that_its_annotators_found_and_no_other(
    entities, report, annotator
):
    lines = (DATA / "gold" / annotator / "entities.jsonl").read_text(encoding="utf-8").splitlines()
    annotated = {(row["start"], row["end"], row["label"]) for row in map(json.loads, lines)}
    found = {
        (*report.clean.to_source(row.start, row.end), row.label) for row in entities.itertuples()
    }
    assert found == annotated


def test_a_span_is_whole_words_of_the_report(entities, report):
    for row in entities.itertuples():
        assert report.text[row.start : row.end] == row.text
        before, after = report.text[row.start - 1], report.text[row.end]
        assert not before.isalnum(), row
        assert not after.isalnum(), row
    states = entities.loc[entities["label"] == "STATE", "text"].tolist()
    assert states[:4] == ["Pakistan", "Thailand", "Indonesia", "Japan"]


@given(st.lists(st.sampled_from(NAMES) | NOISE).map("".join))
def test_a_span_of_any_text_holds_a_name_whatever_marks_stand_in_it(text):
    found = extract_entities(text)
    for row in found.itertuples():
        assert text[row.start : row.end] == row.text
        words = normal_form(clean_text(row.text).text).text
        assert any(normal_form(name).text in words for name in NAMES)
    assert (found["end"].to_numpy()[:-1] <= found["start"].to_numpy()[1:]).all()


def test_the_table_has_the_columns_that_are_promised(entities):
    assert entities.columns.tolist() == ENTITY_COLUMNS


@pytest.mark.parametrize("text", ["", " \n", "No name here."])
def test_a_text_without_entities_gives_a_table_with_its_columns(text):
    found = extract_entities(text)
    assert found.empty
    assert {"start", "end", "text", "label", "entity_id", "name", "link"} <= set(found.columns)


def test_something_else_than_a_report_or_a_text_is_refused():
    with pytest.raises(TypeError, match="this is of the type int"):
        extract_entities(3)


def test_something_else_than_a_pipeline_is_refused(report):
    with pytest.raises(TypeError, match=r"as build_nlp\(\) returns, but a str was given"):
        extract_entities(report, nlp="en_core_web_sm")


def test_an_entity_names_its_ancestors_the_nearest_first(entities):
    above = entities.set_index("entity_id")["ancestors"]
    assert above["money-laundering"] == "financial-crimes; economic-and-financial-crimes"
    assert (above["corruption"] == "").all()
    assert (entities["parent"] == entities["ancestors"].str.split("; ").str[0]).all()


def test_an_entity_says_in_which_part_of_the_report_it_stands(entities, report):
    parts = report.sentences.set_index("sentence")["part"]
    inside = entities.dropna(subset="sentence")
    assert (inside["part"] == inside["sentence"].map(parts)).all()
    assert entities.loc[entities["sentence"].isna(), "part"].isna().all()


def test_a_productive_form_names_its_class_as_parent():
    (row,) = extract_entities("smuggling of subsidized fuel").itertuples()
    assert (row.entity_id, row.link, row.parent) == (
        "smuggling-of-subsidized-fuel",
        "none",
        "illicit-trafficking",
    )


def test_a_resolutions_number_gives_its_symbol():
    found = extract_entities("General Assembly resolution 71/19 and A/RES/71/19")
    assert found["entity_id"].unique().tolist() == ["a-res-71-19"]
    assert found["name"].unique().tolist() == ["A/RES/71/19"]


def test_nested_matches_are_kept(nlp):
    doc = nlp("The United Nations Convention against Corruption")
    assert {"corruption", "uncac", "un"} <= {span.id_ for span in doc.spans["nested"]}


def test_an_added_pattern_is_found_and_has_its_capitals(nlp):
    learner = build_nlp()
    learner.get_pipe("span_ruler").add_patterns(
        [{"label": "INSTRUMENT", "pattern": "Example Rules", "id": "example-rules"}]
    )
    doc = learner("The Example Rules are no example rules.")
    assert [(ent.text, ent.ent_id_) for ent in doc.ents] == [("Example Rules", "example-rules")]


TEXT = (
    "Viet Nam recalled Economic and Social Council resolution 2015/20. Smuggling of fuel and "
    "money-laundering grew (see para. 5) near Hong Kong, China."
)


def answers(nlp):
    """Return all that a pipeline says of a text."""
    doc = nlp(TEXT)
    return [[ent.text, ent.label_, *map(str, ent._.concept)] for ent in doc.ents]


@pytest.fixture(scope="module")
def other_tables(tmp_path_factory):
    """Make a folder of tables in which little is as in the project's."""
    folder = tmp_path_factory.mktemp("tables")
    shutil.copytree(GAZETTEERS, folder, dirs_exist_ok=True)
    for name, old, new in (
        ("states.csv", "Viet Nam", "Utopia"),
        ("crime_types.csv", "money-laundering,washing,", "washing,washing of money,"),
        ("exclusions.csv", "Hong Kong, China", "Hong Kong, Utopia"),
        ("organs.csv", "E/RES/", "X/RES/"),
        ("crime_forms.csv", "smuggling", "carting"),
    ):
        text = (
            (folder / name).read_text(encoding="utf-8").replace(",money-laundering,", ",washing,")
        )
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_a_pipeline_is_built_from_the_tables_it_is_given(nlp, other_tables):
    found = {ent.text: ent.ent_id_ for ent in build_nlp(other_tables)(TEXT + " Utopia.").ents}
    assert found == {
        "Economic and Social Council resolution 2015/20": "x-res-2015-20",
        "money-laundering": "washing",
        "China": "CHN",
        "Utopia": "VNM",
    }


def test_a_saved_pipeline_answers_alike_where_the_tables_are_others(nlp, other_tables, tmp_path):
    nlp.to_disk(tmp_path / "pipeline")
    code = (
        "import json, pathlib, sys\n"
        "import spacy\n"
        "from helpers.names import gazetteers\n"
        "gazetteers.GAZETTEERS = pathlib.Path(sys.argv[2])\n"
        "doc = spacy.load(sys.argv[1])(sys.argv[3])\n"
        "print(json.dumps([[e.text, e.label_, *map(str, e._.concept)] for e in doc.ents]))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "pipeline", other_tables, TEXT],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert json.loads(run.stdout or "0") == answers(nlp), run.stderr


def test_a_pipeline_comes_back_from_bytes_as_it_was(nlp):
    again = spacy.blank("en")
    for name in ("un_sentences", "span_ruler", "un_rules", "un_entities"):
        config = {"spans_key": "nested", "phrase_matcher_attr": "LOWER"}
        again.add_pipe(name, config=config if name == "span_ruler" else {})
    assert answers(again.from_bytes(nlp.to_bytes())) == answers(nlp)


def test_a_doc_that_was_stored_still_knows_what_its_entities_stand_for(nlp):
    doc = nlp(TEXT)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [ent._.concept for ent in again.ents] == [ent._.concept for ent in doc.ents]


def test_of_two_matches_of_one_place_the_tables_goes_before_the_one_made_by_rule(nlp):
    (found,) = nlp("trafficking in persons").ents
    assert found.ent_id_ == "trafficking-in-persons"
    assert "illicit-trafficking*" in {span.id_ for span in found.doc.spans["nested"]}


def test_each_component_says_what_it_sets(nlp):
    assigned = {name: meta["assigns"] for name, meta in nlp.analyze_pipes()["summary"].items()}
    assert assigned["un_sentences"] == ["token.is_sent_start"]
    assert "doc.ents" in assigned["un_entities"]
    assert not any(nlp.analyze_pipes()["problems"].values())


def test_sentences_of_the_pipeline_are_those_of_the_report(nlp, report):
    paragraph = report.paragraphs.set_index("paragraph").loc["7", "text"]
    expected = report.sentences.loc[report.sentences["unit"] == "7", "text"].tolist()
    assert [sentence.text for sentence in nlp(paragraph).sents] == expected


def test_a_table_of_entities_can_be_kept_as_json(entities):
    assert len(json.loads(entities.to_json(orient="records"))) == len(entities)
