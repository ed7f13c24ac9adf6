"""How headings stand under each other: the trail above each place of a report."""

from collections.abc import Sequence

from helpers.reading.headings import PARTS, Heading


def trails(headings: Sequence[Heading], plain_look: int) -> list[tuple[Heading, ...]]:
    """Return the headings above what follows each heading, outermost first, itself last.

    Parameters
    ----------
    headings : sequence of Heading
        Those of a report, in order.
    plain_look : int
        The look of headings that are printed as the running text is.

    Returns
    -------
    list of tuple of Heading
        One trail for each heading.
    """
    trail: list[Heading] = []
    found = []
    for index, heading in enumerate(headings):
        opens = _opens_section(headings, index)
        while trail and trail[-1].level >= heading.level:
            if _stays_above(trail[-1], heading, plain_look, opens):
                break
            trail.pop()
        if trail and _gives_way(trail[-1], heading):
            trail.pop()
        trail.append(heading)
        found.append(tuple(trail))
    return found


def only_look(headings: Sequence[Heading], plain_look: int) -> int:
    """Return the look that all headings have from the first that names a part; else the plain one.

    Where nobody has said how deep headings stand and all look alike, looks say nothing.
    """
    first = next((at for at, heading in enumerate(headings) if heading.part in PARTS), None)
    looks = {heading.look for heading in headings[first:]} if first is not None else set()
    return looks.pop() if len(looks) == 1 else plain_look


def _stays_above(above: Heading, heading: Heading, plain_look: int, opens: str) -> bool:
    """Return whether a part's heading also governs one that looks like itself.

    Where all headings are printed alike, those that name no part stand under the part's, unless
    they open a section with parts of its own.
    """
    if heading.label != "none" or above.part not in PARTS:
        return False
    if above.governs == "beside":
        return heading.part in ("", above.part)
    if heading.part or heading.look < plain_look:
        return False
    return not opens or (above.part, opens) == PARTS


def _opens_section(headings: Sequence[Heading], index: int) -> str:
    """Return the part that the next heading names which names one, before a labelled one."""
    for heading in headings[index + 1 :]:
        if heading.label != "none":
            return ""
        if heading.part in PARTS:
            return heading.part
    return ""


def _gives_way(above: Heading, heading: Heading) -> bool:
    """Return whether a heading that names a part, or is procedural, ends the part above it."""
    alike = above.look == heading.look and above.label == heading.label == "none"
    return alike and above.part in PARTS and above.governs == "below" and bool(heading.part)
