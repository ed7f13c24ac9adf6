"""The mapping of a report as tables for people, and as CSV files."""

import hashlib
import re
from collections import Counter
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from helpers.contract import PAIR
from helpers.evaluation.uncertainty import judge_links
from helpers.ledger import build_ledger, compare_force
from helpers.linking.links import link_passages, mapping_matrix
from helpers.names.entities import own_entities
from helpers.reading.doubts import LISTED
from helpers.reading.report import Report
from helpers.reading.summary import what_was_read
from helpers.resources import LANGUAGE

PROJECT = "deliberations-to-recommendations"
LINKS_SHEET = [
    "row", "column", "recommendation", "deliberation", "linked", "verdict", "score", "threshold",
    "minimal_evidence", "recommendation_text", "deliberation_text", "evidence", "low", "high",
    "stability", "methods", "said", "said_force", "asked", "asked_force", "shift",
]  # fmt: skip
LEDGER_SHEET = [
    "label", "name", "status", "meaning", "via", "note", "deliberations", "recommendations",
    "linked_to", "deliberations_text", "recommendations_text", "entity_id", "topic",
]  # fmt: skip
LEFT_OUT_SHEET = ["kind", "page", "paragraph", "text", "reason"]
TEXT_SHEET = ["sentence", "part", "text"]
STOPWORDS_ALONE = "not linked: shares domain stopwords alone"
ANNOTATED = "Links: annotators"
NOT_ANNOTATED = (
    "Nobody has checked these links. On the report that the collection comes with, about five in "
    "six links are those of its annotators, and about three in four of theirs are found; on other "
    "reports half of the links and more were wrong. A link is a reason to read the two sentences."
)
ABOUT = LANGUAGE / "workbook.csv"  # what each sheet and column means
TABLES_OF_RECOMMENDATIONS = ("Matrix", "Links", "Ledger")
# What spreadsheet programs would take for the beginning of a formula, and what no cell may hold.
FORMULA = re.compile(r"[=+\-@\t\r]")


def export_tables(
    report: Report,
    *,
    entities: pd.DataFrame | None = None,
    annotators: dict[str, set[tuple[str, str]]] | None = None,
    made: date | None = None,
) -> dict[str, pd.DataFrame]:
    """Lay out the mapping of a report as tables for people.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    entities : pandas.DataFrame, optional
        What `helpers.extract_entities` returned for this report; made here if it is not given.
    annotators : dict of str to set of tuple, optional
        By annotator, the pairs of sentence ids that they linked; ``Links`` then says of each pair
        how many of them did.
    made : datetime.date, optional
        The day to put on the sheet "About"; today if it is not given.

    Returns
    -------
    dict of str to pandas.DataFrame
        "Matrix" (one row per recommendation, one column per paragraph, the strengths), "Links" (the
        linked pairs of sentences, the best pair of every other cell, and what most annotators
        link, in the order of the matrix, with evidence, uncertainty, force and both texts),
        "Ledger" (one row per concept, with the sentences of both sides), "Entities" (one row per
        mention), "Text" (one row per sentence), "Left out" (one row per footnote and per piece of
        the file that is not in the text or was mended) and "About" (source, method, versions,
        licences, caveats, the meaning of every column).

    Raises
    ------
    TypeError, ValueError, ReportError
        As `helpers.link_passages`; and a ValueError if an annotator links what is no pair of this
        report.

    Examples
    --------
    >>> from helpers import read_report
    >>> tables = export_tables(read_report())
    >>> list(tables), tables["Matrix"].shape
    (['Matrix', 'Links', 'Ledger', 'Entities', 'Text', 'Left out', 'About'], (7, 11))
    """
    entities = own_entities(report, entities)
    links = link_passages(report, entities=entities)
    return {
        "Matrix": _matrix_table(report, links),
        "Links": _links_table(report, links, entities, annotators),
        "Ledger": _ledger_table(report, entities, links),
        "Entities": entities.drop(columns=["unit", "ancestors"]).fillna(""),
        "Text": report.sentences[TEXT_SHEET],
        "Left out": _left_out_table(report),
        "About": _about_table(report, links, annotators, made or date.today()),
    }


def write_csv(
    report: Report,
    folder: str | Path,
    *,
    entities: pd.DataFrame | None = None,
    annotators: dict[str, set[tuple[str, str]]] | None = None,
    made: date | None = None,
) -> list[Path]:
    """Write the mapping of a report as CSV, one file per table.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    folder : str or pathlib.Path
        Where to write; it is made if it is not there.
    entities, annotators, made
        As `export_tables`.

    Returns
    -------
    list of pathlib.Path
        The files. Each row of a table of recommendations ends in ``negotiated`` ("no", "yes" or
        "not said"), for rows are copied out of their files.

    Examples
    --------
    >>> import tempfile
    >>> from helpers import read_report
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.stem for path in write_csv(read_report(), folder)]
    ['matrix', 'links', 'ledger', 'entities', 'text', 'left_out', 'about']
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    tables = export_tables(report, entities=entities, annotators=annotators, made=made)
    for name, table in tables.items():
        if name in TABLES_OF_RECOMMENDATIONS:
            table = table.assign(negotiated=report.negotiated)
        path = folder / f"{name.lower().replace(' ', '_')}.csv"
        table.map(_csv_value).to_csv(path, index=False, lineterminator="\n")
        paths.append(path)
    return paths


def _matrix_table(report: Report, links: pd.DataFrame) -> pd.DataFrame:
    strength = mapping_matrix(report, links=links)["strength"].round(2)
    texts = report.recommendations.set_index("recommendation")["text"]
    table = strength.reset_index(names="recommendation").rename_axis(columns=None)
    table.insert(1, "text", table["recommendation"].map(texts))
    return table


def _links_table(
    report: Report,
    links: pd.DataFrame,
    entities: pd.DataFrame,
    annotators: dict[str, set[tuple[str, str]]] | None,
) -> pd.DataFrame:
    _check_annotators(annotators or {}, links)
    shown = _pairs_to_show(report, links, _of_most(annotators or {}))
    judged = judge_links(report, links=links, entities=entities, pairs=shown)
    table = judged.merge(shown[[*PAIR, "row", "column", "verdict"]], on=PAIR)
    table = table.merge(compare_force(report, links), on=PAIR, how="left")
    texts = report.sentences.set_index("sentence")["text"]
    for side in PAIR:
        table[f"{side}_text"] = table[side].map(texts)
    order = {unit: place for place, unit in enumerate(report.sentences["unit"].unique())}
    table = table.sort_values(["row", "column"], key=lambda units: units.map(order), kind="stable")
    columns = LINKS_SHEET.copy()
    if annotators:
        table["annotators"] = [
            f"{sum(pair in noted for noted in annotators.values())} of {len(annotators)}"
            for pair in zip(table["deliberation"], table["recommendation"], strict=True)
        ]
        columns.insert(columns.index("methods") + 1, "annotators")
    above = ~table["linked"] & (table["score"] > table["threshold"])
    table["verdict"] = table["verdict"].mask(above, STOPWORDS_ALONE)
    table["linked"] = table["linked"].map({True: "yes", False: "no"})
    return table[columns].round(3).astype(object).fillna("")


def _pairs_to_show(
    report: Report, links: pd.DataFrame, noted: set[tuple[str, str]]
) -> pd.DataFrame:
    """Keep what is linked by us or noted by most annotators, and the best pair of every cell."""
    unit_of = report.sentences.set_index("sentence")["unit"]
    links = links.assign(
        row=links["recommendation"].map(unit_of), column=links["deliberation"].map(unit_of)
    )
    best = links.index.isin(links.groupby(["row", "column"], sort=False)["score"].idxmax())
    by_most = links[PAIR].apply(tuple, axis="columns").isin(noted)
    return links[links["linked"] | by_most | (best & (links["score"] > 0))]


def _check_annotators(annotators: dict[str, set[tuple[str, str]]], links: pd.DataFrame) -> None:
    pairs = set(links[PAIR].itertuples(index=False, name=None))
    for annotator, noted in annotators.items():
        unknown = sorted(noted - pairs)
        if unknown:
            raise ValueError(
                f"Annotator {annotator} links {unknown[0]}, which is no pair of a deliberation's "
                "and a recommendation's sentence of this report."
            )


def _ledger_table(report: Report, entities: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    ledger = build_ledger(report, entities, links=links)
    names = dict(zip(ledger["entity_id"], ledger["name"], strict=True))
    via = ledger["via"].str.split("; ")
    table = ledger.assign(via=[", ".join(names.get(id_, id_) for id_ in ids) for ids in via])
    table["meaning"] = [
        _meaning(row.status, bool(row.deliberations), bool(row.via)) for row in ledger.itertuples()
    ]
    texts = report.sentences.set_index("sentence")["text"]
    for side in ("deliberations", "recommendations"):
        of_concept = ledger.set_index(["topic", "entity_id"])[side]
        table[f"{side}_text"] = [
            "\n".join(f"{at}: {texts[at]}" for at in own)
            or "\n".join(
                f"{names[id_]} – {at}: {texts[at]}"
                for id_ in ids
                for at in of_concept.get((topic, id_), [])
            )
            for topic, own, ids in zip(ledger["topic"], ledger[side], via, strict=True)
        ]
        table[side] = ledger[side].str.join(", ")
    pairs = links.loc[links["linked"], PAIR]
    table["linked_to"] = [
        ", ".join(_linked_to(row.deliberations, row.recommendations, pairs))
        for row in ledger.itertuples()
    ]
    one_topic = ledger["topic"].nunique() < 2
    return table[LEDGER_SHEET].drop(columns=["topic"] if one_topic else [])


def _linked_to(said: list[str], recommended: list[str], pairs: pd.DataFrame) -> list[str]:
    """Return what is linked to where a concept was said, or if it was not, to where it is asked."""
    if said:
        found = pairs.loc[pairs["deliberation"].isin(said), "recommendation"]
    else:
        found = pairs.loc[pairs["recommendation"].isin(recommended), "deliberation"]
    return list(found.unique())


def _meaning(status: str, deliberated: bool, explained: bool) -> str:
    """Say in words what a status says of a concept that was, or was not, deliberated itself."""
    if status == "generalized" and not deliberated:
        return "recommended as the broader class of what was deliberated, which via names"
    if status == "dropped" and explained:
        return (
            "deliberated, and not taken up in the text except for what via names, which is "
            "narrower; this does not say that it was rejected"
        )
    return {
        "carried": "deliberated and recommended",
        "generalized": "deliberated, and recommended only as its broader class, which via names",
        "specialized": "recommended, and deliberated only as its broader class, which via names",
        "dropped": "deliberated, and neither it nor a broader class is taken up in the text; this "
        "does not say that it was rejected",
        "emerged": "recommended, and neither it nor a broader or narrower concept was deliberated",
    }[status]


def _left_out_table(report: Report) -> pd.DataFrame:
    """Return what is in the file and not in the text: footnotes, what was left out or mended."""
    notes = report.footnotes.assign(
        kind="footnote", reason="footnote " + report.footnotes["footnote"]
    )
    table = pd.concat([report.repairs, notes[LEFT_OUT_SHEET]], ignore_index=True)
    return table[LEFT_OUT_SHEET].astype(object).fillna("")


def _about_table(
    report: Report,
    links: pd.DataFrame,
    annotators: dict[str, set[tuple[str, str]]] | None,
    made: date,
) -> pd.DataFrame:
    facts = {
        "Report": report.title,
        "File": report.file,
        **{title_of(key): _as_text(value) for key, value in report.meta.items()},
        "Warnings of the reader": _warnings(report),
        **what_was_read(report),
        "SHA-256 of the text": hashlib.sha256(report.clean.source.encode()).hexdigest(),
        "Made on": made.isoformat(),
        "Made with": f"{PROJECT} {version(PROJECT)}, spaCy {version('spacy')}, "
        f"scikit-learn {version('scikit-learn')}, pandas {version('pandas')}",
        "Negotiated?": report.note,
        ANNOTATED: _how_sure(links, annotators) if annotators else NOT_ANNOTATED,
    }
    table = pd.DataFrame({"what": facts.keys(), "value": facts.values()})
    return pd.concat([table, pd.read_csv(ABOUT)], ignore_index=True)


def _warnings(report: Report) -> str:
    said = [f"{row.place}: {row.message}" for row in report.warnings.itertuples()]
    return in_this_workbook(" ".join(said)) or "none"


def in_this_workbook(message: str) -> str:
    """Return a message about a report with the sheet's name in place of the table's."""
    return message.replace(LISTED, "The sheet Left out lists them.")


def _how_sure(links: pd.DataFrame, annotators: dict[str, set[tuple[str, str]]]) -> str:
    """Say how far our links and those of the annotators are the same."""
    ours = set(links.loc[links["linked"], PAIR].itertuples(index=False, name=None))
    most = _of_most(annotators)
    return (
        f"How many of the annotators {', '.join(map(str, annotators))} linked the pair. Of the "
        f"{len(ours)} linked pairs, {len(ours & most)} are linked by most of them; of the "
        f"{len(most)} that most of them link, {len(ours & most)} are linked here."
    )


def _of_most(annotators: dict[str, set[tuple[str, str]]]) -> set[tuple[str, str]]:
    """Return the pairs that more than half of the annotators link."""
    votes = Counter(pair for noted in annotators.values() for pair in noted)
    return {pair for pair, count in votes.items() if 2 * count > len(annotators)}


def title_of(name: str) -> str:
    """Return the name of a column as a head."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _as_text(value: object) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _csv_value(value: object) -> object:
    """Put an apostrophe before what a spreadsheet program would take for a formula."""
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value
