"""What was measured elsewhere fits what is here."""

from helpers import link_passages
from helpers.contract import PAIR
from helpers.evaluation import OUR_WEIGHTS, read_link_scores, read_weights_elsewhere


def test_frozen_scores_are_of_every_pair_of_todays_report(report):
    for _, links in read_link_scores().groupby("method"):
        assert links[PAIR].to_numpy().tolist() == link_passages(report)[PAIR].to_numpy().tolist()


def test_on_the_reports_they_were_settled_on_no_neighbouring_weight_ranks_better():
    """Who changes a weight is asked to measure anew."""
    elsewhere = read_weights_elsewhere().query("report != 'A/HRC/59/15'")
    means = elsewhere.groupby(["part", "weight"])["mean_reciprocal_rank"].mean()
    ours = {**OUR_WEIGHTS, "margin": 1.0}
    assert means.groupby("part").idxmax().tolist() == sorted(ours.items())
