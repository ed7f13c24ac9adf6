"""Several meetings as tables for people: what each recommends, theme by theme."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

import pandas as pd

from helpers.contract import LABEL_NAMES, PAIR
from helpers.export.decisions import (
    ABOUT,
    DISAGREEMENTS,
    LEFTOVERS,
    NOTHING,
    TYPED,
    WRITTEN,
    Kept,
    meeting_of,
    place_decisions,
)
from helpers.export.tables import ABOUT as ONE_REPORT
from helpers.export.tables import (
    CONTROL,
    LINKS_SHEET,
    NOT_FOUND,
    about_report,
    cut,
    decided_tables,
    leftovers_table,
    made_with,
    places_table,
)
from helpers.ledger import build_ledger
from helpers.linking.links import link_passages
from helpers.meetings import compare_reports, named_reports, thematic_matrix
from helpers.names.entities import ancestors_of, extract_entities
from helpers.reading.report import Report
from helpers.resources import LANGUAGE

OVERVIEW, THEMES, RECOMMENDED, NAMED = "Overview", "Themes", "Recommendations", "Names"
MEANINGS = LANGUAGE / "workbook_meetings.csv"
LIKE = {"clear": "much the same", "open": "to be read", "": "none"}
MARKED = "* "  # before a recommendation that stands with its nearest
PLACED = "* placed by likeness"
EACH_ITS_OWN = "each its own"  # recommendations that stand side by side and are not alike
WRITTEN_SHOWN = 5  # ways to write a name
BEHIND_SHOWN = 5  # paragraphs named behind a recommendation
RECOMMENDED_SHEET = [
    "meeting", "recommendation", "text", "like_it", "nearest", "nearest_text", "behind_it",
    *TYPED, "theme", "addressee", "source", "also_in", "by", "beside", "likeness",
]  # fmt: skip
LONGEST_NAME = 31  # of a sheet; Excel takes no longer one
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f']")
WORD = re.compile(r"\w+(?:['’-]\w+)*")


def comparison_tables(
    reports: Sequence[Report] | Mapping[str, Report],
    *,
    made: date | None = None,
    kept: Kept = NOTHING,
) -> dict[str, pd.DataFrame]:
    """Lay out several meetings as tables for people.

    Parameters
    ----------
    reports : sequence of Report, or mapping of str to Report
        As `helpers.compare_reports`.
    made, kept
        As `helpers.export.export_tables`.

    Returns
    -------
    dict of str to pandas.DataFrame
        "Overview" (themes by meetings: how many recommendations), "Themes" (themes by meetings: the
        recommendations themselves, with the paragraphs behind them), "Recommendations" (one row
        each, with the nearest of another meeting), "Names" (what is named, by meeting), a table for
        each meeting (its links, and what has none), "About" and, where there is any, "Leftovers".

    Raises
    ------
    TypeError, ValueError, ReportError
        As `helpers.compare_reports`.

    Examples
    --------
    >>> from helpers import read_report
    >>> list(comparison_tables({"one": read_report(), "two": read_report()}))
    ['Overview', 'Themes', 'Recommendations', 'Names', 'one', 'two', 'About']
    """
    named = named_reports(reports)
    entities = {name: extract_entities(report) for name, report in named.items()}
    links = {name: link_passages(report, entities=entities[name]) for name, report in named.items()}
    comparison = compare_reports(named, entities=entities, links=links)
    places = {name: places_table(report, entities[name]) for name, report in named.items()}
    sheets = dict(zip(_sheet_names(list(named)), named, strict=True))
    decided = {RECOMMENDED: _recommendations_table(comparison, places)}
    for sheet, name in sheets.items():
        ledger = build_ledger(named[name], entities[name], links=links[name])
        tables = decided_tables(named[name], entities[name], links[name], ledger, kept=kept)
        decided[sheet] = _meeting_table(name, tables)
    decided, left = place_decisions(decided, kept.decisions, meetings=list(named))
    leftovers = leftovers_table(left, kept)
    return {
        OVERVIEW: _overview_table(comparison),
        THEMES: _themes_table(comparison),
        RECOMMENDED: decided[RECOMMENDED],
        NAMED: _names_table(entities),
        **{sheet: decided[sheet] for sheet in sheets},
        ABOUT: _about_table(named, made),
        **({LEFTOVERS: leftovers} if len(leftovers) else {}),
    }


def differing_places(here: str, there: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Say where two texts differ, word by word.

    Parameters
    ----------
    here, there : str
        The texts.

    Returns
    -------
    tuple of list of tuple of int
        For each text, start and end of what is not in the other.

    Examples
    --------
    >>> differing_places("Adopt the law.", "Adopt that law now.")
    ([(6, 9)], [(6, 10), (15, 18)])
    """
    words = [[match.span() for match in WORD.finditer(text)] for text in (here, there)]
    folded = [
        [text[start:end].casefold() for start, end in spans]
        for text, spans in zip((here, there), words, strict=True)
    ]
    blocks = SequenceMatcher(a=folded[0], b=folded[1], autojunk=False).get_opcodes()
    apart = [block for block in blocks if block[0] != "equal"]
    ours = [(words[0][a][0], words[0][b - 1][1]) for _, a, b, _, _ in apart if a < b]
    theirs = [(words[1][a][0], words[1][b - 1][1]) for _, _, _, a, b in apart if a < b]
    return ours, theirs


def _overview_table(comparison: pd.DataFrame) -> pd.DataFrame:
    counts = thematic_matrix(comparison)
    meetings = counts.columns.tolist()
    rows = [
        (
            theme,
            *row,
            _who([name for name, count in zip(meetings, row, strict=True) if count], len(row)),
        )
        for theme, row in zip(counts.index, counts.to_numpy().tolist(), strict=True)
    ]
    return pd.DataFrame(rows, columns=["theme", *meetings, "found_in"])


def _who(meetings: list[str], of: int) -> str:
    """Say which of some meetings recommend something."""
    if len(meetings) == of:
        return "all"
    if len(meetings) == 1:
        return f"only {meetings[0]}"
    return f"{len(meetings)} of {of}" if meetings else "none"


def _themes_table(comparison: pd.DataFrame) -> pd.DataFrame:
    """Lay the recommendations of each theme out: what is much the same stands in one row."""
    meetings = list(comparison["meeting"].cat.categories)
    rows = []
    for theme, of_theme in comparison.groupby("theme", sort=False):
        for alike, group in _groups(of_theme):
            columns = [
                [_cell(row, alike) for row in group[group["meeting"] == name].itertuples()]
                for name in meetings
            ]
            rows += [(theme, alike, *cells) for cells in zip_longest(*columns, fillvalue="")]
    return pd.DataFrame(rows, columns=["theme", "alike", *meetings])


def _groups(of_theme: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Part the recommendations of a theme: those all much the same as each other, and all the rest.

    Of each meeting one stands in a group; the likest come together first.
    """
    alike = {
        row.recommendation: {row.recommendation, *row.also_in} for row in of_theme.itertuples()
    }
    left = of_theme.sort_values("likeness", ascending=False, kind="stable")[
        "recommendation"
    ].tolist()
    together = []
    while left:
        group = [left.pop(0)]
        for other in [one for one in left if one in alike[group[0]]]:
            meetings = {meeting_of(one) for one in group}
            if meeting_of(other) not in meetings and all(other in alike[one] for one in group):
                group.append(other)
        if len(group) > 1:
            together.append(of_theme[of_theme["recommendation"].isin(group)])
            left = [one for one in left if one not in group]
    together.sort(key=lambda group: -len(group))
    grouped = pd.concat(together)["recommendation"] if together else []
    rest = of_theme[~of_theme["recommendation"].isin(grouped)]
    placed = rest["by"] == "nearest"
    apart = [(EACH_ITS_OWN, rest[~placed]), (PLACED, rest[placed])]
    return [*((LIKE["clear"], group) for group in together), *(one for one in apart if len(one[1]))]


def _cell(row: Any, alike: str) -> str:
    """Return a recommendation with its number, what is behind it, and what is like it elsewhere."""
    mark = MARKED if row.by == "nearest" else ""
    apart = row.also_in and alike != LIKE["clear"]
    like = f"\n[{LIKE['clear']} as {', '.join(row.also_in)}]" if apart else ""
    return f"{mark}{_number(row.recommendation)} {row.text}\n[{_behind(row)}]{like}"


def _behind(row: Any) -> str:
    """Name the paragraphs behind a recommendation, those that are clear first."""
    to_read = [one for one in row.deliberations if one not in row.clear]
    shown = to_read[: max(BEHIND_SHOWN - len(row.clear), 0)]
    more = len(to_read) - len(shown)
    said = [f"clear: {_numbers(row.clear)}"] if row.clear else []
    said += [f"to be read: {_numbers(shown)}"] if shown else []
    said += [f"{more} more to be read"] if more else []
    said += [f"none linked; nearest: {_numbers(row.open)}"] if row.open and not said else []
    return "; ".join(said) or "none found"


def _number(address: str) -> str:
    """Return an address without its meeting."""
    return address.rpartition(":")[2]


def _numbers(addresses: list[str]) -> str:
    return ", ".join(map(_number, addresses))


def _recommendations_table(
    comparison: pd.DataFrame, places: dict[str, pd.DataFrame]
) -> pd.DataFrame:
    """Return one row per recommendation, meeting by meeting."""
    themes = comparison.groupby("recommendation", sort=False)["theme"].agg("; ".join)
    rows = comparison.drop_duplicates("recommendation").sort_values("meeting", kind="stable")
    texts = rows.set_index("recommendation")["text"]
    table = rows.assign(
        meeting=rows["meeting"].astype(str),
        theme=rows["recommendation"].map(themes),
        like_it=rows["verdict"].map(LIKE),
        nearest=rows["nearest"].where(rows["verdict"] != "", ""),
        also_in=rows["also_in"].str.join(", "),
        behind_it=[_behind(row) for row in rows.itertuples()],
    )
    table["nearest_text"] = table["nearest"].map(texts)
    units = pd.concat([_by_unit(name, table) for name, table in places.items()])
    table = (
        table.set_index("recommendation")
        .join(units, how="left")
        .reindex([unit for unit in units.index if unit in texts.index])
        .rename_axis("recommendation")
        .reset_index()
    )
    return table.reindex(columns=RECOMMENDED_SHEET).astype(object).fillna("")


def _by_unit(name: str, places: pd.DataFrame) -> pd.DataFrame:
    """Return whom each recommendation of a meeting addresses, and where it stands."""
    units = f"{name}:" + places.index.str.rpartition(".").get_level_values(0)
    whom = places["addressee"].groupby(units, sort=False).agg(_once)
    return pd.DataFrame(
        {"addressee": whom, "source": places["source"].groupby(units, sort=False).first()}
    )


def _once(values: "pd.Series[str]") -> str:
    return "; ".join(dict.fromkeys(filter(None, values)))


def _names_table(entities: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Say of everything that is named which meetings recommend, and which deliberate it."""
    found = pd.concat([table.assign(meeting=name) for name, table in entities.items()])
    found = found[(found["label"] != "STATE") & (found["entity_id"] != "")]
    found = found[found["part"].isin([f"{side}s" for side in PAIR])]
    broader = found.assign(entity_id=[ancestors_of(row) for row in found.itertuples()])
    names = found.drop_duplicates("entity_id").set_index("entity_id")["name"]
    found = pd.concat([found, broader.explode("entity_id").dropna(subset="entity_id")])
    rows = []
    for (label, concept), mentions in found.groupby(["label", "entity_id"], sort=False):
        if concept not in names:  # a class that nobody names
            continue
        of = {name: mentions[mentions["meeting"] == name] for name in entities}
        asking = [name for name, own in of.items() if "recommendations" in set(own["part"])]
        texts = mentions["text"].str.split().str.join(" ")
        written = texts[~texts.str.casefold().duplicated()].tolist()
        place = list(LABEL_NAMES).index(label), -len(asking)
        cells = (_who(asking, len(entities)), *map(_where, of.values()))
        as_written = "; ".join(written[:WRITTEN_SHOWN])
        rows.append((place, (LABEL_NAMES[label], names[concept], as_written, *cells)))
    rows.sort(key=lambda row: row[0])
    columns = ["label", "name", "as_written", "found_in", *entities]
    return pd.DataFrame([row for _, row in rows], columns=columns)


def _where(mentions: pd.DataFrame) -> str:
    """Say where a meeting names something: in which recommendations, or else deliberations."""
    units = {part: rows["unit"].unique() for part, rows in mentions.groupby("part")}
    if "recommendations" in units:
        return ", ".join(units["recommendations"])
    return f"in the deliberations: {', '.join(units['deliberations'])}" if units else ""


def _meeting_table(name: str, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the links of a meeting, and every sentence that has none, addresses with its name."""
    columns = [column for column in LINKS_SHEET if column not in ("row", "column")]
    parts = [tables["Links"][columns]]
    for side in reversed(PAIR):
        points = tables[f"{side.capitalize()}s"]
        alone = points[points["found"] == NOT_FOUND[side]].rename(
            columns={"id": side, "text": f"{side}_text", "found": "verdict",
                     "source": f"{side}_source"}
        )  # fmt: skip
        parts.append(alone.reindex(columns=columns))
    table = pd.concat(parts, ignore_index=True).astype(object).fillna("")
    for side in PAIR:
        table[side] = [f"{name}:{one}" if one else "" for one in table[side]]
    return table


def _sheet_names(meetings: list[str]) -> list[str]:
    """Return what the sheets of meetings are called: as Excel allows it, and each once."""
    taken = {
        OVERVIEW, THEMES, RECOMMENDED, NAMED, ABOUT, LEFTOVERS, DISAGREEMENTS, WRITTEN, "History",
    }  # fmt: skip
    taken = {name.casefold() for name in taken}
    names = []
    for meeting in meetings:
        plain = NOT_IN_NAMES.sub("_", CONTROL.sub("", meeting)).strip() or "Meeting"
        name, number = cut(plain, LONGEST_NAME), 2
        while name.casefold() in taken:
            name = f"{cut(plain, LONGEST_NAME - 5)} ({number})"
            number += 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _about_table(named: dict[str, Report], made: date | None) -> pd.DataFrame:
    facts = {
        f"{name}: {what}": value
        for name, report in named.items()
        for what, value in about_report(report).items()
    }
    facts |= made_with(made)
    table = pd.DataFrame({"what": facts.keys(), "value": facts.values()})
    of_one = pd.read_csv(ONE_REPORT)
    of_one = of_one[of_one["what"].str.match("Links:|Theme, addressee")]
    return pd.concat([table, pd.read_csv(MEANINGS), of_one], ignore_index=True)
