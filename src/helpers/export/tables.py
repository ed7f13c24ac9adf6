"""The mapping of a report as tables for people, and as CSV files."""

import hashlib
import re
from collections import Counter
from csv import QUOTE_NONNUMERIC
from datetime import date
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.contract import PAIR, TableError, check_bundled
from helpers.evaluation.uncertainty import judge_links
from helpers.export.decisions import (
    AGAINST,
    ARROW,
    DECISION_COLUMNS,
    LEFTOVERS,
    NOTHING,
    REPORT,
    SIDE_TEXTS,
    TYPED,
    Kept,
    place_decisions,
)
from helpers.ledger import build_ledger
from helpers.linking.documents import link_documents
from helpers.linking.links import link_passages, mapping_matrix, offered, standing
from helpers.meetings import short_name, themes_by
from helpers.names.addressees import addressees_by_sentence
from helpers.names.entities import own_entities
from helpers.reading.doubts import LISTED
from helpers.reading.report import Report
from helpers.reading.summary import what_was_read
from helpers.resources import DATA, LANGUAGE

PROJECT = "deliberations-to-recommendations"
LINKS_SHEET = [
    "recommendation", "recommendation_text", "deliberation", "deliberation_text", "verdict",
    "evidence", *TYPED, "theme", "addressee", "agenda_item", "recommendation_source",
    "deliberation_source", "row", "column", "linked", "score", "threshold", "minimal_evidence",
    "low", "high", "stability", "methods",
]  # fmt: skip
AGAINST_SHEET = [
    "recommendation", "recommendation_text", "passage", "passage_text", "found", "evidence",
    *TYPED, "addressee", "score",
]  # fmt: skip
POINTS_SHEET = ["id", "text", "found", "where", *TYPED, "theme", "agenda_item", "source"]
LEFTOVERS_SHEET = [*DECISION_COLUMNS, "row", "typed"]
LONGEST_PIECE = 30_000  # letters of what was typed that stand in one row of the leftovers
# What is said of a pair, by how it stands.
FOUND = {"clear": "clear", "linked": "to be read", "nearest": "nearest, not linked"}
NAMED_THERE = "not linked, named there"
LEDGER_SHEET = [
    "label", "name", "status", "meaning", "via", "note", "deliberations", "recommendations",
    "linked_to", "deliberations_text", "recommendations_text", "entity_id", "topic",
]  # fmt: skip
LEFT_OUT_SHEET = ["kind", "page", "paragraph", "text", "reason"]
TEXT_SHEET = ["sentence", "part", "text"]
NOT_FOUND = {
    "deliberation": "not found in the recommendations",
    "recommendation": "none found in the deliberations",
    "passage": "not found in this document",
}
NOT_OFFERED = "not offered"
STOPWORDS_ALONE = "not linked: shares domain stopwords alone"
ANNOTATED = "Links: annotators"
NOT_ANNOTATED = (
    "Nobody has checked these links. On the report that the collection comes with, about five in "
    "six links are those of its annotators, and about three in four of theirs are found; on four "
    "other reports between a third and somewhat more than half of the links were wrong. A link is "
    "a reason to read the two sentences."
)
BUNDLED_ANNOTATED = (
    "The links of this report were checked: by three annotation passes, made by language models "
    "and not by people, two of them after written guidelines. About five in six of the links here "
    "are those of these annotators, and about three in four of theirs are found."
)
TABLES = (DATA / "gazetteers", LANGUAGE)  # the collection's knowledge, which people may edit
# How many are right, to stand where links are read; a test compares it with what was measured.
HOW_RIGHT = (
    "On four annotated reports (reviews of Belize, Benin, Samoa; a forum of 2025), two passes by "
    "language models judged: of the clear pairs between three quarters and nine in ten were right, "
    "of those to be read between three and six in ten, of the nearest that are not linked between "
    "one and three in ten."
)
ABOUT = LANGUAGE / "workbook.csv"  # what each sheet and column means
TABLES_OF_RECOMMENDATIONS = ("Matrix", "Links", "Ledger")
# What spreadsheet programs would take for the beginning of a formula, and what no cell may hold.
AGENDA_ITEM = re.compile(r"\bitems? (\d+(?: ?\([a-z]\))?)", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ANOTHER_NUMBER = re.compile(r"\d+\.\d*0|0\d+|\d+[-/]\d+(?:[-/]\d+)?|\d+[eE]\d+")
FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")


def export_tables(
    report: Report,
    *,
    entities: pd.DataFrame | None = None,
    annotators: dict[str, set[tuple[str, str]]] | None = None,
    made: date | None = None,
    kept: Kept = NOTHING,
    against: Report | None = None,
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
    kept : Kept, optional
        What people had typed into the workbook that is written anew.
    against : Report, optional
        Another document, an outcome declaration say, in which the recommendations are looked for.

    Returns
    -------
    dict of str to pandas.DataFrame
        "Matrix" (one row per recommendation, one column per paragraph, the strengths), "Links" (the
        pairs of sentences that are clear, to be read or linked, what most annotators link, and what
        somebody decided, in the order of the matrix, with both texts, evidence and uncertainty),
        "Deliberations" and "Recommendations" (one row per sentence, and where it is found on the
        other side), "Other document" (one row per recommendation sentence and passage of `against`
        that it may stand in, if it was given),
        "Ledger" (one row per concept, with the sentences of both sides), "Entities" (one row per
        mention), "Text" (one row per sentence), "Left out" (one row per footnote and per piece of
        the file that is not in the text or was mended), "About" (source, method, versions,
        licences, caveats, the meaning of every column) and, where there is any, "Leftovers" (what
        people had typed and has no row any more).

    Raises
    ------
    TypeError, ValueError, ReportError
        As `helpers.link_passages`; and a ValueError if an annotator links what is no pair of this
        report.

    Examples
    --------
    >>> from helpers import read_report
    >>> tables = export_tables(read_report())
    >>> list(tables), tables["Matrix"].shape  # doctest: +NORMALIZE_WHITESPACE
    (['Matrix', 'Links', 'Deliberations', 'Recommendations', 'Ledger', 'Entities', 'Text',
    'Left out', 'About'], (7, 11))
    """
    entities = own_entities(report, entities)
    links = link_passages(report, entities=entities)
    ledger = build_ledger(report, entities, links=links)
    decided = decided_tables(report, entities, links, ledger, annotators=annotators, kept=kept)
    if against is not None:
        decided[AGAINST] = _against_table(report, against, decided["Recommendations"])
    names = (short_name(report), Path(report.file).stem)
    decided, left = place_decisions(decided, kept.decisions, own=names)
    leftovers = leftovers_table(left, kept)
    return {
        "Matrix": _matrix_table(report, links),
        **decided,
        "Ledger": ledger_table(report, ledger, links),
        "Entities": entities.drop(columns=["unit", "ancestors"]).fillna(""),
        "Text": report.sentences[TEXT_SHEET],
        "Left out": _left_out_table(report),
        "About": _about_table(report, links, annotators, made, against),
        **({LEFTOVERS: leftovers} if len(leftovers) else {}),
    }


def decided_tables(
    report: Report,
    entities: pd.DataFrame,
    links: pd.DataFrame,
    ledger: pd.DataFrame,
    *,
    annotators: dict[str, set[tuple[str, str]]] | None = None,
    kept: Kept = NOTHING,
) -> dict[str, pd.DataFrame]:
    """Return the tables that people decide in, with nothing typed in them yet.

    Parameters
    ----------
    report, entities, annotators, kept
        As `export_tables`.
    links, ledger : pandas.DataFrame
        What `helpers.link_passages` and `helpers.build_ledger` returned for this report.

    Returns
    -------
    dict of str to pandas.DataFrame
        "Links", "Deliberations" and "Recommendations", as `export_tables` describes them.
    """
    places = places_table(report, entities)
    pairs = _links_table(report, links, entities, annotators, kept.decisions)
    for name in ("theme", "addressee", "agenda_item"):
        pairs[name] = pairs["recommendation"].map(places[name])
    for side in PAIR:
        pairs[f"{side}_source"] = pairs[side].map(places["source"])
    tables = {
        "Links": pairs.reindex(columns=[*LINKS_SHEET, *(["annotators"] if annotators else [])])
    }
    for sides, columns in ((PAIR, POINTS_SHEET), (PAIR[::-1], [*POINTS_SHEET, "addressee"])):
        points = _points_table(report, links, ledger, *sides).join(places, on="id")
        tables[title_of(f"{sides[0]}s")] = points.reindex(columns=columns)
    return {name: table.astype(object).fillna("") for name, table in tables.items()}


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
    ...     [path.stem for path in write_csv(read_report(), folder)][:4]
    ['matrix', 'links', 'deliberations', 'recommendations']
    """
    if not isinstance(folder, str | Path):
        raise TypeError(f"folder is the name of a folder, and this is a {type(folder).__name__}.")
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    tables = export_tables(report, entities=entities, annotators=annotators, made=made)
    for name, table in tables.items():
        if name in TABLES_OF_RECOMMENDATIONS:
            table = table.assign(negotiated=report.negotiated)
        path = folder / f"{name.lower().replace(' ', '_')}.csv"
        table.map(_csv_value).to_csv(  # with a mark by which Excel knows the encoding
            path, index=False, lineterminator="\n", encoding="utf-8-sig", quoting=QUOTE_NONNUMERIC
        )
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
    decisions: pd.DataFrame,
) -> pd.DataFrame:
    _check_annotators(annotators or {}, links)
    sentences = report.sentences.set_index("sentence")
    links = links.assign(
        **{f"{side}_text": links[side].map(sentences["text"]) for side in PAIR},
        row=links["recommendation"].map(sentences["unit"]),
        column=links["deliberation"].map(sentences["unit"]),
    )
    shown = _pairs_to_show(links, _of_most(annotators or {}), decisions)
    judged = judge_links(report, links=links, entities=entities, pairs=shown)
    table = judged.merge(shown[[*PAIR, *SIDE_TEXTS, "row", "column", "verdict"]], on=PAIR)
    order = {unit: place for place, unit in enumerate(report.sentences["unit"].unique())}
    table = table.sort_values(["row", "column"], key=lambda units: units.map(order), kind="stable")
    if annotators:
        table["annotators"] = [
            f"{sum(pair in noted for noted in annotators.values())} of {len(annotators)}"
            for pair in zip(table["deliberation"], table["recommendation"], strict=True)
        ]
    above = ~table["linked"] & (table["score"] > table["threshold"])
    table["verdict"] = standing(table).map(FOUND).fillna(NOT_OFFERED).mask(above, STOPWORDS_ALONE)
    table["linked"] = table["linked"].map({True: "yes", False: "no"})
    return table.round(3).reset_index(drop=True)


def _pairs_to_show(
    links: pd.DataFrame, noted: set[tuple[str, str]], decisions: pd.DataFrame
) -> pd.DataFrame:
    """Keep what is linked or offered, what most annotators note, and what somebody decided."""
    wanted = set(decisions["text"])
    pairs = links[PAIR].itertuples(index=False, name=None)
    asked_for = [
        pair in noted or text in wanted
        for pair, text in zip(
            pairs, links[SIDE_TEXTS[0]] + ARROW + links[SIDE_TEXTS[1]], strict=True
        )
    ]
    return links[offered(links) | np.array(asked_for, dtype=bool)]


def _points_table(
    report: Report, links: pd.DataFrame, ledger: pd.DataFrame, here: str, there: str
) -> pd.DataFrame:
    """Say of every sentence of a side where it is found on the other."""
    sentences = report.sentences[report.sentences["part"] == f"{here}s"]
    states = standing(links)
    ranked = links.assign(state=states)[states != ""].sort_values(
        "score", ascending=False, kind="stable"
    )
    ranked["named"] = ranked[there] + " (" + ranked["state"].map(FOUND) + ")"
    where = ranked.groupby(here)["named"].agg("; ".join).to_dict()
    names = _named_there(ledger, here, there)
    table = pd.DataFrame({"id": sentences["sentence"], "text": sentences["text"]})
    table["where"] = [
        "; ".join(filter(None, [names.get(point, ""), where.get(point, "")]))
        for point in table["id"]
    ]
    found = pd.Series(NOT_FOUND[here], index=table.index)
    found[table["id"].isin(names)] = NAMED_THERE
    for state in ("linked", "clear"):
        found[table["id"].isin(ranked.loc[ranked["state"] == state, here])] = FOUND[state]
    return table.assign(found=found).reset_index(drop=True)


def _named_there(ledger: pd.DataFrame, here: str, there: str) -> dict[str, str]:
    """Say of every sentence of a side which of the things it names the other side names, and where.

    A thing may be named there in broader or narrower terms, as the ledger says.
    """
    own, other = f"{here}s", f"{there}s"
    places = dict(zip(ledger["entity_id"], ledger[other], strict=True))
    names = dict(zip(ledger["entity_id"], ledger["name"], strict=True))
    said: dict[str, list[str]] = {}
    for row in ledger.itertuples():
        at, name = getattr(row, other), row.name
        if not at:  # by another name, broader or narrower
            others = [one for one in row.via.split("; ") if places.get(one)]
            at = [sentence for one in others for sentence in places[one]]
            name = f"{name} (as {', '.join(names[one] for one in others)})"
        for sentence in getattr(row, own) if at else []:
            said.setdefault(sentence, []).append(f"{name}: {', '.join(dict.fromkeys(at))}")
    return {sentence: "; ".join(names) for sentence, names in said.items()}


def places_table(report: Report, entities: pd.DataFrame) -> pd.DataFrame:
    """Say of every sentence what it is about, whom it addresses and where it stands.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    entities : pandas.DataFrame
        What `helpers.extract_entities` returned for this report.

    Returns
    -------
    pandas.DataFrame
        One row per sentence, by its id: ``theme`` (those that it names),
        ``addressee`` (of a recommendation), ``agenda_item`` (of the heading over it, else of the
        report), ``source`` (page and paragraph as printed); "" where the report does not say.

    Examples
    --------
    >>> from helpers import extract_entities, read_report
    >>> report = read_report()
    >>> places_table(report, extract_entities(report)).loc["12(f).2"].tolist()
    ['International instruments', '', '4', 'paragraph 12']
    """
    themes = themes_by(report, entities, "sentence")
    addressees = addressees_by_sentence(report, entities)
    starts = report.paragraphs["start"].searchsorted(report.sentences["start"], side="right") - 1
    around = report.paragraphs.iloc[starts]
    lines = report.lines["start"].searchsorted(report.sentences["start"], side="right") - 1
    pages = report.lines["page"].iloc[lines]
    own_item = _as_text(report.meta.get("agenda_item", ""))
    rows = [
        (
            "; ".join(themes[row.sentence]),
            addressees.get(row.sentence, ""),
            _agenda_item(section) or own_item,
            f"page {page}, paragraph {number}" if pd.notna(page) else f"paragraph {number}",
        )
        for row, section, number, page in zip(
            report.sentences.itertuples(),
            around["section"],
            around["paragraph"],
            pages,
            strict=True,
        )
    ]
    index = report.sentences["sentence"].rename(None)
    return pd.DataFrame(rows, columns=["theme", "addressee", "agenda_item", "source"], index=index)


def _agenda_item(section: str) -> str:
    """Return the number of the agenda item that a heading names, of the innermost that does."""
    named = AGENDA_ITEM.findall(section)
    return named[-1] if named else ""


def _against_table(report: Report, other: Report, points: pd.DataFrame) -> pd.DataFrame:
    """Say of every sentence of the recommendations where another document takes it up."""
    links = link_documents(report, other).rename(columns={"deliberation": "passage"})
    table = (
        points[["id", "text", "addressee"]]
        .rename(columns={"id": "recommendation", "text": "recommendation_text"})
        .merge(links, on="recommendation", how="left")
    )
    sentences = other.sentences.set_index("sentence")
    table["passage_text"] = table["passage"].map(sentences["text"])
    table["found"] = standing(table.fillna({"linked": False})).map(FOUND)
    table["found"] = table["found"].where(table["passage"].notna(), NOT_FOUND["passage"])
    table["score"] = table["score"].fillna(0.0).round(3)
    return table.reindex(columns=AGAINST_SHEET).astype(object).fillna("")


def leftovers_table(left: pd.DataFrame, kept: Kept) -> pd.DataFrame:
    """Return what people had typed and has no row any more."""
    pieces = [
        (sheet, row, text[start : start + LONGEST_PIECE])
        for sheet, row, text in kept.typed
        for start in range(0, len(text), LONGEST_PIECE)
    ]
    typed = pd.DataFrame(pieces, columns=["sheet", "row", "typed"])
    table = pd.concat([left, typed], ignore_index=True).reindex(columns=LEFTOVERS_SHEET)
    return table.astype(object).fillna("")


def _check_annotators(annotators: dict[str, set[tuple[str, str]]], links: pd.DataFrame) -> None:
    pairs = set(links[PAIR].itertuples(index=False, name=None))
    for annotator, noted in annotators.items():
        unknown = sorted(noted - pairs)
        if unknown:
            raise ValueError(
                f"Annotator {annotator} links {unknown[0]}, which is no pair of a deliberation's "
                "and a recommendation's sentence of this report."
            )


def ledger_table(report: Report, ledger: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Return what became of every named concept, with its sentences and in words.

    Parameters
    ----------
    report, ledger, links
        The report, and what `helpers.build_ledger` and `helpers.link_passages` returned for it.

    Returns
    -------
    pandas.DataFrame
        One row per concept: the table "Ledger" of `export_tables`.
    """
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
        return "in the recommendations, as the broader term for what was deliberated: see via"
    if status == "dropped" and explained:
        return "reflected in more specific terms alone: see via"
    return {
        "carried": "reflected in the recommendations",
        "generalized": "reflected in broader terms: see via",
        "specialized": "in the recommendations, and deliberated in broader terms: see via",
        "dropped": "not reflected in the recommendations by name, which says nothing of reasons",
        "emerged": "in the recommendations only",
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
    made: date | None,
    against: Report | None,
) -> pd.DataFrame:
    facts = {
        **about_report(report),
        **({} if against is None else {AGAINST: f"{against.title} ({against.file})"}),
        **made_with(made),
        ANNOTATED: who_checked(report, links, annotators),
    }
    table = pd.DataFrame({"what": facts.keys(), "value": facts.values()})
    return pd.concat([table, pd.read_csv(ABOUT)], ignore_index=True)


def about_report(report: Report) -> dict[str, str]:
    """Say what a report is, where it came from and what to be careful about."""
    return {
        REPORT: report.title,
        "File": report.file,
        **{title_of(key): _as_text(value) for key, value in report.meta.items()},
        "Warnings of the reader": _warnings(report),
        **what_was_read(report),
        "SHA-256 of the text": _sha256(report.clean.source.encode("utf-8", "surrogatepass")),
        "Negotiated?": report.note,
    }


def made_with(made: date | None) -> dict[str, str]:
    """Say when a workbook was made, and with which versions of the collection and its tables."""
    tables = [path for folder in TABLES for path in sorted(folder.glob("*.csv"))]
    content = b"".join(path.read_bytes().replace(b"\r\n", b"\n") for path in tables)
    return {
        "Made on": (made or date.today()).isoformat(),
        "Made with": f"{PROJECT} {version(PROJECT)}, spaCy {version('spacy')}, "
        f"scikit-learn {version('scikit-learn')}, pandas {version('pandas')}",
        "SHA-256 of the tables": _sha256(content),
    }


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _warnings(report: Report) -> str:
    said = [f"{row.place}: {row.message}" for row in report.warnings.itertuples()]
    return in_this_workbook(" ".join(said)) or "none"


def in_this_workbook(message: str) -> str:
    """Return a message about a report with the sheet's name in place of the table's."""
    return message.replace(LISTED, "The sheet Left out lists them.")


def who_checked(
    report: Report, links: pd.DataFrame, annotators: dict[str, set[tuple[str, str]]] | None
) -> str:
    """Say who has checked the links, and what came of it."""
    if annotators:
        return _how_sure(links, annotators)
    try:
        check_bundled(report)
    except TableError:
        return NOT_ANNOTATED
    return BUNDLED_ANNOTATED


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


def file_to_write(path: str | Path, suffix: str, what: str) -> Path:
    """Return where to write, once it is the name of a file with the right ending."""
    if not isinstance(path, str | Path):
        raise TypeError(f"path is the name of a file, and this is a {type(path).__name__}.")
    path = Path(path)
    if path.suffix != suffix:
        raise ValueError(f"A {what}'s name ends in {suffix}, but {path.name!r} was given.")
    return path


def cut(text: str, longest: int) -> str:
    """Return the beginning of a text, counted as Excel does: what is rare counts as two.

    Examples
    --------
    >>> cut("harbour", 4), len(cut("😀" * 31, 31))
    ('harb', 15)
    """
    return text.encode("utf-16-le", "surrogatepass")[: 2 * longest].decode("utf-16-le", "ignore")


def title_of(name: str) -> str:
    """Return the name of a column as a head."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _as_text(value: object) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _csv_value(value: object) -> object:
    """Put an apostrophe before what a spreadsheet program would take for a formula or a number.

    It would show the address 1.10 as 1.1, and 3/4 as a day.
    """
    if not isinstance(value, str):
        return value
    text = CONTROL.sub("", value)
    return f"'{text}" if FORMULA.match(text) or ANOTHER_NUMBER.fullmatch(text) else text
