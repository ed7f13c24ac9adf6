"""The Sustainable Development Goals and their targets, cited by number."""

import re
from collections.abc import Iterable, Iterator, Mapping

from helpers.names.symbols import NEAR

NUMBER = r"\d{1,2}(?:\.(?:\d{1,2}|[a-d])(?:\.\d{1,2})?)?(?![\w%/]|\.\d| \d)"
# It begins with letters, not with a look behind: the search is several times faster so.
HEAD = re.compile(
    r"(?:(?:Sustainable [Dd]evelopment [Gg]oals?|sustainable development goals?|"
    r"SUSTAINABLE DEVELOPMENT GOALS?)(?: \(SDGs?\))?"
    r"|SDGs?)(?: (?:targets?|indicators?))?[ -]?"
    rf"(?={NUMBER})"
    rf"|(?P<bare>Goals?|GOALS?) (?={NUMBER})|(?P<target>targets?|Targets?) (?={NUMBER})"
)
ITEM = re.compile(NUMBER)
NEXT_ITEM = re.compile(
    rf"(?: \([^()]{{1,80}}\))?(?:(?P<last>,? (?:and|or|to|through) | ?[-–—] ?)(?={NUMBER})"
    rf"|, (?={NUMBER}(?:[,.;)]| and| or| \()))"
)
COUNTED = re.compile(r" (?:other|more|States|Member|countries|[a-z]+s\b)")  # "SDG 5 and 12 others"
NAMED = re.compile(r"[Ss]ustainable [Dd]evelopment [Gg]oal|SDG|2030 Agenda|Goals? \d")
# "Goal 2 of the strategic plan" is another plan's.
ANOTHERS = re.compile(
    r" of (?:the|its|their|our|this) (?!(?:2030 )?Agenda|Sustainable|SDG|United Nations 2030|17)"
)
TARGET = re.compile(r"(\d{1,2})\.(\d{1,2}|[a-d])")


class GoalFinder:
    """Find goals and targets that are cited by number, one by one or in lists.

    Parameters
    ----------
    rows : iterable of mapping
        Rows of ``goals.csv`` with their ``number`` and ``targets``.

    Examples
    --------
    >>> find = GoalFinder([{"number": "5", "targets": "1|2|c"}, {"number": "16", "targets": "3"}])
    >>> list(find("Goals 5 and 16 and SDG 16.3"))
    [(0, 7, 'sdg-5'), (12, 14, 'sdg-16'), (19, 27, 'sdg-16.3')]
    """

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self.rows = [{key: row[key] for key in ("number", "targets")} for row in rows]
        self._targets = {row["number"]: row["targets"].split("|") for row in self.rows}

    def __call__(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and id of every goal and target that exists.

        Parameters
        ----------
        text : str
            A text in its normal form.
        """
        named = NAMED.search(text) is not None
        for head in HEAD.finditer(text):
            if text[: head.start()][-1:].isalnum() or text[: head.start()][-12:] == "Development ":
                continue  # "MDG 5", "Millennium Development Goal 5"
            cited = list(self._list(text, head.start(), head.end()))
            if not cited or (head["target"] and not (named and "." in cited[0][2])):
                continue
            if head["bare"] and ANOTHERS.match(text, cited[-1][1]):
                continue
            yield from cited

    def _list(self, text: str, start: int, at: int) -> Iterator[tuple[int, int, str]]:
        last = False
        while item := ITEM.match(text, at):
            goal = self._known(item[0])
            if not goal or (last and COUNTED.match(text, item.end())):
                return
            yield start, item.end(), goal
            go_on = NEXT_ITEM.match(text, item.end())
            if last or not go_on:
                return
            last = go_on["last"] is not None
            start = at = go_on.end()

    def _known(self, number: str) -> str:
        """Return the id of a goal, of a target or of an indicator's target; "" if there is none."""
        if number in self._targets:
            return f"sdg-{number}"
        found = TARGET.match(number)
        known = found and found[2] in self._targets.get(found[1], [])
        if not found or not known:
            return ""
        # An indicator is not its target: what it measures is near.
        return f"{NEAR if len(found[0]) < len(number) else ''}sdg-{found[0]}"
