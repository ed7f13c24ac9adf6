"""Made-up reports of meetings, of a page each, whose matrix is known."""

from helpers import read_report

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
