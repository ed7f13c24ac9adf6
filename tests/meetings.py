"""Made-up reports of meetings, of a page each, whose matrix is known."""

import openpyxl

from helpers import read_report
from helpers.export.decisions import ID_COLUMNS
from helpers.export.tables import title_of

MEETINGS = {
    "north": (
        ["Speakers stressed extradition.", "Corruption in procurement was noted."],
        ["Simplify extradition between neighbours;", "Prevent corruption in procurement;"],
    ),
    "south": (
        ["Speakers asked for whales to be counted.", "Extradition takes years."],
        ["Simplify extradition between all neighbours;", "Count whales and simplify that;"],
    ),
    "west": (["Sports for youth were praised."], ["Empower youth through sport;"]),
}


def report(said, asked):
    points = "".join(f"{number}. {text}\n\n" for number, text in enumerate(said, 1))
    items = "".join(f"({letter}) {text}\n\n" for letter, text in zip("abcdef", asked, strict=False))
    return read_report(
        f"Summary of deliberations\n\n{points}Outcome of deliberations\n\n"
        f"{len(said) + 1}. The following:\n\n{items}"
    )


def reports(**changed):
    """Return the reports by meeting, some of them with other points."""
    return {name: report(*sides) for name, sides in {**MEETINGS, **changed}.items()}


def fill_in(path, sheet, of, **typed):
    """Type into the row of a sheet that is about some ids."""
    book = openpyxl.load_workbook(path)
    heads = [cell.value for cell in book[sheet][3]]
    ids = [heads.index(title) for title in map(title_of, ID_COLUMNS) if title in heads]
    row = next(row for row in book[sheet].iter_rows(min_row=4)
               if set(of) <= {row[at].value for at in ids})  # fmt: skip
    for name, value in typed.items():
        row[heads.index(title_of(name))].value = value
    book.save(path)
