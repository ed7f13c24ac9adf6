"""Which part of a report each unit belongs to, which topic, and which units recommend."""

import re
from collections.abc import Sequence
from dataclasses import replace

from helpers.reading.headings import PARTS, Heading, plain_words
from helpers.reading.structure import Structure, Unit

# Items that run on in one line: "the following: (a) ...; (b) ...; and (c) ...".
RUN_ON = re.compile(r"(?<=[\s:;,])\(?([a-z])\)\s+(?=\S)")


def set_parts(structure: Structure) -> None:
    """Set part, topic and id of each unit, and part the items of those that recommend.

    The nearest heading above a unit that names a part governs it. A heading over others that name
    its own part, or deliberations under a chapter of recommendations ("II. Recommendations" over
    "Summary of deliberations"), is a chapter's: it says nothing of the paragraphs directly under
    it.

    Parameters
    ----------
    structure : Structure
        What `fold` returns; its units are changed.
    """
    units = structure.units
    chapters = _chapters(units)
    governed: dict[int, int] = {}
    for index, unit in enumerate(units):
        for at in reversed(range(len(unit.trail))):
            if unit.trail[at].part in PARTS and unit.trail[: at + 1] not in chapters:
                unit.part = unit.trail[at].part
                governed[index] = at
                break
    _set_before_conclusions(units, governed)
    for unit, topic in zip(units, _topics(units, governed), strict=True):
        unit.topic = topic
    units[:] = _without_bullets(units)
    units[:] = _with_run_on_items(units, structure.text)
    _set_prefixes(units)
    for unit in units:
        _strip(unit, structure.text)


def recommendations(units: Sequence[Unit]) -> list[Unit]:
    """Return the items, and the paragraphs that have none, of the part of that name."""
    owner, introducing = None, set()
    for unit in units:
        owner = owner if unit.is_item else unit
        if unit.is_item:
            introducing.add(id(owner))
    return [
        unit
        for unit in units
        if unit.part == "recommendations" and (unit.is_item or id(unit) not in introducing)
    ]


def _chapters(units: list[Unit]) -> set[tuple[Heading, ...]]:
    """Return the trails that end in a heading which only names a chapter of the report."""
    trails = dict.fromkeys(unit.trail for unit in units)
    return {
        trail[: above + 1]
        for trail in trails
        for at, heading in enumerate(trail)
        for above, outer in enumerate(trail[:at])
        if outer.governs == "below"
        and (heading.part == outer.part or (heading.part, outer.part) == PARTS)
    }


def _set_before_conclusions(units: list[Unit], governed: dict[int, int]) -> None:
    """Take for deliberations what stands above conclusions, where no heading names deliberations.

    Some bodies close each section with "Conclusions" and give no heading to what was said before.
    If they do so in several sections, those without conclusions are deliberations as well.
    """
    if any(unit.part == "deliberations" for unit in units):
        return
    closed = {
        units[index].trail[:at] for index, at in governed.items() if _closes(units[index].trail, at)
    }
    for index, unit in enumerate(units):
        if index in governed or not unit.trail or any(h.part == "procedural" for h in unit.trail):
            continue
        if len(closed) > 1 or any(unit.trail[: len(above)] == above for above in closed):
            unit.part = "deliberations"
            governed[index] = len(unit.trail)


def _closes(trail: tuple[Heading, ...], at: int) -> bool:
    """Return whether the heading at a place of a trail closes the section above it."""
    words = plain_words(trail[at].text)
    return at > 0 and trail[at].label == "none" and words.startswith("conclusion")


def _topics(units: list[Unit], governed: dict[int, int]) -> list[tuple[str, ...]]:
    """Return each unit's topic: what deliberations and recommendations have in common.

    It is the finest of three readings under which half of the recommendations have deliberations
    beside them: the headings less the one that names the part; those above that one; the report.
    """
    titles = [tuple(heading.text for heading in unit.trail) for unit in units]
    finest = [
        trail[: governed[index]] + trail[governed[index] + 1 :] if index in governed else trail
        for index, trail in enumerate(titles)
    ]
    above = [trail[: governed.get(index, len(trail))] for index, trail in enumerate(titles)]
    if len({units[index].part for index in governed}) < 2:
        return finest  # nothing is to be matched
    for topics in (finest, above):
        said = {topics[i] for i in governed if units[i].part == "deliberations"}
        recommending = [topics[i] for i in governed if units[i].part == "recommendations"]
        if 2 * sum(topic in said for topic in recommending) >= len(recommending):
            return topics
    return [()] * len(units)


def _without_bullets(units: list[Unit]) -> list[Unit]:
    """Return the units, bullets joined to the paragraph before where it does not recommend."""
    kept: list[Unit] = []
    for unit in units:
        if unit.kind == "bullet" and unit.part != "recommendations":
            kept[-1].end = unit.end
        else:
            kept.append(unit)
    return kept


def _with_run_on_items(units: list[Unit], text: str) -> list[Unit]:
    """Return the units, with the items that run on in one line in paragraphs that recommend."""
    introducing = {id(unit) for unit in units} - {id(unit) for unit in recommendations(units)}
    whole: list[Unit] = []
    for unit in units:
        whole.append(unit)
        if unit.part != "recommendations" or unit.is_item or id(unit) in introducing:
            continue
        marks: list[re.Match[str]] = []
        for found in RUN_ON.finditer(text, unit.start, unit.end):
            announced = marks or text[unit.start : found.start()].rstrip().endswith(":")
            if announced and ord(found[1]) - ord("a") == len(marks):
                marks.append(found)
        if len(marks) > 1:
            whole += _cut(unit, marks)
    return whole


def _cut(unit: Unit, marks: list[re.Match[str]]) -> list[Unit]:
    """Return the items of a paragraph by the places of their letters, and end it before them."""
    ends = [*(found.start() for found in marks[1:]), unit.end]
    unit.end = marks[0].start()
    return [
        replace(
            unit,
            id=f"{unit.paragraph}({found[1]})",
            mark=found.start(),
            start=found.end(),
            end=end,
            kind="item",
        )
        for found, end in zip(marks, ends, strict=True)
    ]


def _set_prefixes(units: list[Unit]) -> None:
    """Make the ids unique: a number that stands more than once takes its chapter's label."""
    counts: dict[str, int] = {}
    for unit in units:
        if not unit.is_item:
            counts[unit.paragraph] = counts.get(unit.paragraph, 0) + 1
    prefix = ""
    seen: dict[str, int] = {}
    for unit in units:
        if not unit.is_item:
            prefix = _chapter_of(unit) if counts[unit.paragraph] > 1 else ""
        unit.prefix = prefix
        unit.id = f"{prefix}/{unit.id}" if prefix else unit.id
        seen[unit.id] = seen.get(unit.id, 0) + 1
        if seen[unit.id] > 1:  # a number that is printed twice in one chapter
            unit.id = f"{unit.id}#{seen[unit.id]}"


def _chapter_of(unit: Unit) -> str:
    """Return the label of the chapter in which a unit stands ("II", "Chapter II", "A")."""
    for kinds in (("chapter", "roman"), ("letter",)):
        for heading in unit.trail:
            if heading.label in kinds:
                words = heading.text.split()
                return " ".join(words[: 2 if heading.label == "chapter" else 1]).strip(".:)")
    return ""


def _strip(unit: Unit, text: str) -> None:
    """Leave the white space around a unit's words out of it."""
    words = text[unit.start : unit.end]
    unit.start += len(words) - len(words.lstrip())
    unit.end = unit.start + len(words.strip())
