"""How strongly a point was said, and how strongly it is asked for.

The verbs stand in ``data/language/verbs.csv``, each with one of three steps: 1 the point is named
or left open, 2 it is given weight or furthered, 3 it is asked for or to be done. The steps are this
project's own, a reading aid and no measure: a summary's "stressed" is its writer's choice, and
the two sides of a pair are not of one kind.
"""

import re
from functools import cache

import pandas as pd

from helpers.documents import DATA
from helpers.report import Report

VERBS = DATA / "language" / "verbs.csv"
SHIFTS = {-1: "weaker", 0: "the same", 1: "stronger"}
COLUMNS = [
    "deliberation", "said", "said_force", "recommendation", "asked", "asked_force",
]  # fmt: skip


def compare_force(report: Report, links: pd.DataFrame) -> pd.DataFrame:
    """Lay the reporting verb of a deliberation beside the operative verb of its recommendation.

    Parameters
    ----------
    report : Report
        What `helpers.read_report` returns.
    links : pandas.DataFrame
        What `helpers.link_passages` returned for this report, by sentence.

    Returns
    -------
    pandas.DataFrame
        One row a linked pair, in the order of the deliberations: ``deliberation``, ``said`` (its
        reporting verbs as written), ``said_force`` (the highest step among them, 1 to 3),
        ``recommendation``, ``asked`` (its first operative verb), ``asked_force``, ``shift``
        (stronger, the same, weaker). Where a sentence has no such verb, the cells are empty.

    Examples
    --------
    >>> from helpers import link_passages, read_report
    >>> report = read_report()
    >>> table = compare_force(report, link_passages(report)).set_index("deliberation")
    >>> table.loc["5.2", ["said", "asked", "shift"]].tolist()
    ['welcomed, urging', 'Expand', 'weaker']
    """
    texts = report.sentences.set_index("sentence")["text"]
    pairs = links.loc[links["linked"], ["deliberation", "recommendation"]]
    rows = []
    for deliberation, recommendation in pairs.itertuples(index=False):
        said = verbs_in(texts[deliberation], "deliberations")
        asked = verbs_in(texts[recommendation], "recommendations")[:1]
        rows.append((deliberation, *_summed_up(said), recommendation, *_summed_up(asked)))
    table = pd.DataFrame(rows, columns=COLUMNS).astype(
        {"said_force": "Int64", "asked_force": "Int64"}
    )
    steps = table["asked_force"] - table["said_force"]
    return table.assign(shift=steps.clip(-1, 1).map(SHIFTS).fillna(""))


def verbs_in(text: str, part: str) -> list[tuple[str, int]]:
    """Find the verbs of a sentence that have a force.

    Parameters
    ----------
    text : str
        A sentence.
    part : {"deliberations", "recommendations"}
        Whether to look for reporting verbs or for operative ones.

    Returns
    -------
    list of tuple
        Each verb as written, in the order of the text, and its step, 1 to 3.

    Examples
    --------
    >>> verbs_in("Speakers welcomed the treaty, urging States to ratify it.", "deliberations")
    [('welcomed', 2), ('urging', 3)]
    """
    forces = _forces()[part]
    words = re.findall(r"[^\W\d_]+", text)
    return [(word, forces[word.lower()]) for word in words if word.lower() in forces]


def _summed_up(verbs: list[tuple[str, int]]) -> tuple[str, int | None]:
    return ", ".join(verb for verb, _ in verbs), max((step for _, step in verbs), default=None)


@cache
def _forces() -> dict[str, dict[str, int]]:
    """Give for each part the step of every form of its verbs."""
    table = pd.read_csv(VERBS).assign(forms=lambda verbs: verbs["forms"].str.split("|"))
    table = table.explode("forms")
    return {
        part: dict(zip(verbs["forms"], verbs["force"].tolist(), strict=True))
        for part, verbs in table.groupby("part")
    }
