"""Gold of other reports, kept without a word of them: places, labels and hashes.

Passages of five real documents of four kinds were annotated twice, each time without sight of the
other pass and of what the program answers. Of each passage the file, the length and the SHA-256 of
its text are kept; of each entity its offsets in the passage. Where the files are at hand they can
be measured against; where they are not, nothing is said.

Half of the passages ("seen") were looked at while the rules were made; the others ("kept") were
measured only.
"""

from hashlib import sha256
from pathlib import Path

import pandas as pd

from helpers.evaluation.metrics import score_entities
from helpers.names.entities import extract_entities
from helpers.reading.report import read_report
from helpers.resources import GOLD

DEVELOPMENT = GOLD / "development"
HALVES = ("seen", "kept")
MEASURED = ("STATE", "INSTRUMENT", "CRIME_TYPE")
PLACE = ["passage", "start", "end", "label"]


def read_passages() -> pd.DataFrame:
    """Return the passages that were annotated.

    Returns
    -------
    pandas.DataFrame
        One row per passage: ``passage`` (its number), ``file``, ``sha256`` of its text in UTF-8,
        ``characters``, ``half`` ("seen" or "kept").

    Examples
    --------
    >>> int(read_passages()["characters"].sum())
    51728
    """
    return pd.read_csv(DEVELOPMENT / "passages.csv")


def read_development_pass(annotator: str) -> pd.DataFrame:
    """Return the entities of one annotation pass over the passages.

    Parameters
    ----------
    annotator : {"a", "b"}
        Which pass.

    Returns
    -------
    pandas.DataFrame
        One row per entity: ``passage``, ``start``, ``end`` (offsets in the passage's text, in
        characters), ``label``.

    Examples
    --------
    >>> read_development_pass("a")["label"].value_counts()["STATE"].item()
    96
    """
    return pd.read_csv(DEVELOPMENT / f"{annotator}.csv")


def read_development_gold() -> pd.DataFrame:
    """Return what both passes have, and what the adjudication keeps of the rest.

    Returns
    -------
    pandas.DataFrame
        As `read_development_pass`.

    Raises
    ------
    ValueError
        If the passes differ about an entity that no row of the adjudication decides.

    Examples
    --------
    >>> len(read_development_gold()) > 200
    True
    """
    first, second = (read_development_pass(annotator) for annotator in ("a", "b"))
    both = first.merge(second, how="outer", indicator=True)
    decided = pd.read_csv(DEVELOPMENT / "adjudication.csv")
    both = both.merge(decided, how="left", on=PLACE)
    open_ones = both[(both["_merge"] != "both") & both["keep"].isna()]
    if len(open_ones):
        row = open_ones.iloc[0]
        raise ValueError(
            f"adjudication.csv: the passes differ about {row['label']} at {row['start']} in "
            f"passage {row['passage']}, and no row decides it."
        )
    return both.loc[(both["_merge"] == "both") | (both["keep"] == "yes"), PLACE]


def find_passages(folder: str | Path) -> dict[int, pd.DataFrame]:
    """Find the passages in the files of a folder, and what the program finds in them.

    Parameters
    ----------
    folder : str or pathlib.Path
        Where the files are.

    Returns
    -------
    dict of int to pandas.DataFrame
        By passage the entities found in it, placed as in the gold. A passage whose file is not
        there, or that is read otherwise than when it was annotated, is missing.

    Examples
    --------
    >>> find_passages("no such folder")
    {}
    """
    found = {}
    for name, passages in read_passages().groupby("file"):
        if not (Path(folder) / str(name)).is_file():
            continue
        report = read_report(Path(folder) / str(name))
        entities = extract_entities(report)
        places = {
            sha256(report.text[start:end].encode()).hexdigest(): (start, end)
            for start, end in report.paragraphs[["start", "end"]].itertuples(index=False)
        }
        for passage in passages.itertuples():
            if passage.sha256 in places:
                found[passage.passage] = _within(entities, *places[passage.sha256], passage.passage)
    return found


def _within(entities: pd.DataFrame, start: int, end: int, passage: int) -> pd.DataFrame:
    inside = entities[(entities["start"] >= start) & (entities["end"] <= end)]
    columns = inside[["start", "end"]] - start
    return columns.assign(passage=passage, label=inside["label"])[PLACE]


def score_development(folder: str | Path) -> pd.DataFrame:
    """Measure the extraction on the passages of a folder's files.

    Parameters
    ----------
    folder : str or pathlib.Path
        Where the files are.

    Returns
    -------
    pandas.DataFrame
        One row per half and label: ``half``, ``label``, ``passages`` (those found),
        ``agreement`` (F1 of one pass against the other), ``precision``, ``recall``, ``f1`` (same
        span and label; 0 to 1) and ``entities`` (of the gold). Without row if no passage is found.

    Examples
    --------
    >>> score_development("no such folder").empty
    True
    """
    found = find_passages(folder)
    halves = read_passages().set_index("passage")["half"]
    first, second = (read_development_pass(annotator) for annotator in ("a", "b"))
    gold, rows = read_development_gold(), []
    for half in HALVES:
        there = [passage for passage in found if halves[passage] == half]
        if not there:
            continue
        predicted = pd.concat([found[passage] for passage in there])
        scores = score_entities(_laid_out(gold, there), _laid_out(predicted, there))
        agreed = score_entities(_laid_out(first, there), _laid_out(second, there))
        rows += [
            {
                "half": half,
                "label": label,
                "passages": len(there),
                "agreement": agreed.loc[(label, "strict"), "f1"],
                **scores.loc[(label, "strict"), ["precision", "recall", "f1"]],
                "entities": len(gold[gold["passage"].isin(there) & (gold["label"] == label)]),
            }
            for label in MEASURED
        ]
    return pd.DataFrame(rows)


def _laid_out(entities: pd.DataFrame, passages: list[int]) -> pd.DataFrame:
    """Return entities with offsets as if the passages stood behind one another."""
    lengths = read_passages().set_index("passage")["characters"]
    chosen = entities[entities["passage"].isin(passages)]
    before = chosen["passage"].map((lengths.cumsum() - lengths) + lengths.index)
    placed = chosen[["start", "end"]].add(before, axis=0).assign(label=chosen["label"])
    return placed.sort_values("start", ignore_index=True)
