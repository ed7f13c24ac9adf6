"""What was measured with models and on reports that are not part of the collection."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.contract import check_bundled
from helpers.evaluation.elsewhere import BUNDLED
from helpers.evaluation.resampling import REPORT_RESAMPLES, bootstrap_distribution, interval
from helpers.reading.report import Report, locate
from helpers.resources import DATA

SUMMED_UP = (
    "average precision",
    "F1 of what is linked",
    "links offered",
    "clear pairs that are right",
)


def read_model_entities(report: Report) -> pd.DataFrame:
    """Read what the statistical model has found in the bundled report, as far as we label it.

    Parameters
    ----------
    report : Report
        The bundled report.

    Returns
    -------
    pandas.DataFrame
        ``start``, ``end``, ``text``, ``label``, ``model_label``, ``model``, ``sentence``, and
        ``entity_id`` and ``link``, which are empty: the model links nothing.

    Examples
    --------
    >>> from helpers import read_report
    >>> sorted(read_model_entities(read_report())["label"].unique())
    ['BODY', 'INSTRUMENT', 'STATE']
    """
    check_bundled(report)
    table = pd.read_csv(DATA / "comparison" / "model_entities.csv", keep_default_na=False)
    table = table[table["label"] != ""].reset_index(drop=True).assign(entity_id="", link="")
    table["sentence"] = locate(report, table)["sentence"]
    return table


def read_link_scores() -> pd.DataFrame:
    """Read how word vectors and a sentence model, which are not installed, score the report.

    Returns
    -------
    pandas.DataFrame
        One row per pair and method: ``deliberation``, ``recommendation``, ``method``, ``score``,
        ``linked`` (as `helpers.link_passages` selects), ``model`` (name and version).

    Examples
    --------
    >>> read_link_scores()["method"].unique().tolist()
    ['static word vectors', 'sentence model']
    """
    ids = {"deliberation": str, "recommendation": str}
    return pd.read_csv(DATA / "comparison" / "link_scores.csv", dtype=ids)


def read_name_scores() -> pd.DataFrame:
    """Return how many names are found right, as `tools/measure_names.py` measured it.

    Returns
    -------
    pandas.DataFrame
        One row per text and label: ``text`` (which, and whether the rules had seen it), ``label``,
        ``entities`` (of the gold), ``agreement`` (F1 of one annotation pass against the other),
        ``precision``, ``recall``, ``f1`` (same span and label; 0 to 1).

    Examples
    --------
    >>> read_name_scores()["label"].unique().tolist()
    ['STATE', 'INSTRUMENT', 'CRIME_TYPE']
    """
    return pd.read_csv(DATA / "comparison" / "names.csv")


def read_links_by_report() -> pd.DataFrame:
    """Return how well links agree with annotators, as `tools/measure_links.py` measured it.

    Returns
    -------
    pandas.DataFrame
        One row per report and method, with the columns of
        `helpers.evaluation.elsewhere.score_links_elsewhere`.

    Examples
    --------
    >>> read_links_by_report()["report"].nunique()
    5
    """
    return pd.read_csv(DATA / "comparison" / "links.csv")


def sum_up_reports(scores: pd.DataFrame, *, method: str = "joined", seed: int = 0) -> pd.DataFrame:
    """Sum up over all other reports how well links agree, with what another choice of them gives.

    Parameters
    ----------
    scores : pandas.DataFrame
        What `read_links_by_report` returns.
    method : str
        Whose rows.
    seed : int
        Where the random numbers begin.

    Returns
    -------
    pandas.DataFrame
        One row per measure, with ``value``, ``low`` and ``high`` (a 95 % interval by drawing whole
        reports anew): the means over the reports but the bundled one of *average precision*, *F1 of
        what is linked*, *links offered* (clear or open, of those of both passes); and *clear pairs
        that are right*, of those of all reports together.

    Examples
    --------
    >>> sum_up_reports(read_links_by_report()).loc["average precision"].round(2).tolist()
    [0.67, 0.6, 0.72]
    """
    others = scores[(scores["method"] == method) & (scores["report"] != BUNDLED)]
    shown = others[["average_precision", "linked_f1", "offered_recall"]].to_numpy()
    clear = others["clear"].to_numpy()
    right = (others["clear"] * others["clear_precision"].fillna(0)).to_numpy()

    def measures(places: NDArray[np.intp]) -> list[float]:
        pooled = right[places].sum() / (clear[places].sum() or np.nan)
        return [*shown[places].mean(axis=0), pooled]

    drawn = bootstrap_distribution(len(others), measures, resamples=REPORT_RESAMPLES, seed=seed)
    low, high = interval(drawn)
    value = measures(np.arange(len(others)))
    index = pd.Index(SUMMED_UP, name="over the other reports")
    return pd.DataFrame({"value": value, "low": low, "high": high}, index=index)


def read_rates_by_report() -> pd.DataFrame:
    """Return which rates the other reports would settle, as `tools/measure_links.py` measured it.

    Returns
    -------
    pandas.DataFrame
        One row per report that is left out, with the columns of
        `helpers.evaluation.elsewhere.rates_elsewhere`.

    Examples
    --------
    >>> read_rates_by_report()["clear_precision"].between(0, 1).all().item()
    True
    """
    return pd.read_csv(DATA / "comparison" / "rates.csv")


def read_timing() -> pd.DataFrame:
    """Read what finding the entities of a long text costs in time, by rules and by a model.

    Returns
    -------
    pandas.DataFrame
        One row per way: ``way``, ``characters``, ``seconds``, ``times_the_tokenizer`` (the ratio to
        the bare tokenizer, in the same run).

    Examples
    --------
    >>> read_timing()["way"].tolist()
    ['tokenizer', 'rules', 'rules with twice the patterns', 'model']
    """
    return pd.read_csv(DATA / "comparison" / "timing.csv")


def read_ranking() -> pd.DataFrame:
    """Read how high each way to score ranks the right intervention, on ten reviews of States.

    Returns
    -------
    pandas.DataFrame
        One row per report and method: ``report``, ``interventions``, ``recommendations`` (how
        many), ``method``, ``mean_rank``, ``mean_reciprocal_rank``, ``low`` and ``high`` (a 95 %
        interval of the gain of "joined" over it).

    Examples
    --------
    >>> read_ranking()["report"].nunique()
    10
    """
    return pd.read_csv(DATA / "comparison" / "ranking.csv")


def read_weights_elsewhere() -> pd.DataFrame:
    """Read how our method would rank the interventions of those reviews with other weights.

    Returns
    -------
    pandas.DataFrame
        One row per report and weight: ``report``, ``part`` (stopword, phrase, concept, broader),
        ``weight`` (of that part, all others as they are), ``mean_reciprocal_rank``.

    Examples
    --------
    >>> read_weights_elsewhere()["part"].unique().tolist()
    ['stopword', 'phrase', 'concept', 'broader']
    """
    return pd.read_csv(DATA / "comparison" / "weights.csv")
