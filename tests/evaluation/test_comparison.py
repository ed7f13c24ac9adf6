"""What was measured elsewhere fits what is here."""

from helpers import link_passages
from helpers.contract import PAIR
from helpers.evaluation import OUR_WEIGHTS, read_link_scores, read_weights_elsewhere


def test_frozen_scores_are_of_every_pair_of_todays_report(report):
    for _, links in read_link_scores().groupby("method"):
        assert links[PAIR].to_numpy().tolist() == link_passages(report)[PAIR].to_numpy().tolist()


def test_no_neighbouring_weight_ranks_much_better_on_other_reports():
    """Who changes a weight is asked to measure anew."""
    means = read_weights_elsewhere().groupby(["part", "weight"])["mean_reciprocal_rank"].mean()
    ours = means[list(OUR_WEIGHTS.items())]
    assert ours.round(6).nunique() == 1
    assert means.max() - ours.max() < 0.01
