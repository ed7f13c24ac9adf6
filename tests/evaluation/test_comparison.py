"""What was measured elsewhere fits what is here."""

import pandas as pd
import pytest

from helpers import link_passages
from helpers.contract import PAIR
from helpers.evaluation import (
    OUR_WEIGHTS,
    read_link_scores,
    read_weights_elsewhere,
    sum_up_reports,
)
from helpers.evaluation.elsewhere import BUNDLED


def test_frozen_scores_are_of_every_pair_of_todays_report(report):
    for _, links in read_link_scores().groupby("method"):
        assert links[PAIR].to_numpy().tolist() == link_passages(report)[PAIR].to_numpy().tolist()


def test_no_neighbouring_weight_ranks_much_better_on_other_reports():
    """Who changes a weight is asked to measure anew."""
    means = read_weights_elsewhere().groupby(["part", "weight"])["mean_reciprocal_rank"].mean()
    ours = means[list(OUR_WEIGHTS.items())]
    assert ours.round(6).nunique() == 1
    assert means.max() - ours.max() < 0.01


def test_clear_pairs_of_all_reports_are_pooled_and_the_rest_are_means():
    scores = pd.DataFrame({
        "report": [BUNDLED, "one", "two"], "method": "joined", "average_precision": [1, 0.4, 0.6],
        "linked_f1": [1, 0.2, 0.4], "offered_recall": [1, 0.5, 0.7], "clear": [9, 30, 10],
        "clear_precision": [1, 0.5, 1.0],
    })  # fmt: skip
    summed = sum_up_reports(scores)
    assert summed["value"].tolist() == pytest.approx([0.5, 0.3, 0.6, 25 / 40])
    assert summed.loc["average precision", ["low", "high"]].tolist() == pytest.approx([0.4, 0.6])
