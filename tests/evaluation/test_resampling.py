"""Resampling: the draws are those made by hand, and an interval leaves out its tails."""

import numpy as np
import pytest

from helpers.evaluation.resampling import bootstrap_distribution, interval

VALUES = np.array([1.0, 2.0, 4.0, 8.0, 16.0])
DRAWN = np.random.default_rng(3).integers(5, size=(40, 5))  # the same draws, by hand


def test_a_statistic_is_taken_of_every_sample():
    means = bootstrap_distribution(5, lambda at: VALUES[at].mean(), resamples=40, seed=3)
    assert means == pytest.approx(VALUES[DRAWN].mean(axis=1))


def test_several_statistics_stand_in_rows():
    both = bootstrap_distribution(
        5, lambda at: [VALUES[at].min(), VALUES[at].max()], resamples=40, seed=3
    )
    assert both.tolist() == [VALUES[DRAWN].min(axis=1).tolist(), VALUES[DRAWN].max(axis=1).tolist()]


def test_all_samples_can_be_taken_at_once():
    def mean(at, axis=-1):
        return VALUES[at].mean(axis=axis)

    at_once = bootstrap_distribution(5, mean, resamples=40, seed=3)
    assert at_once == pytest.approx(VALUES[DRAWN].mean(axis=1))


def test_another_seed_draws_another_sample():
    one, other = (
        bootstrap_distribution(5, lambda at: VALUES[at].mean(), resamples=40, seed=seed)
        for seed in (0, 1)
    )
    assert one.tolist() != other.tolist()


def test_of_one_observation_every_sample_is_the_same():
    def total(at, axis=-1):
        return VALUES[at].sum(axis=axis)

    assert bootstrap_distribution(1, total, resamples=3, seed=0).tolist() == [1, 1, 1]
    both = bootstrap_distribution(1, lambda at: [len(at), 7], resamples=2, seed=0)
    assert both.tolist() == [[1, 1], [7, 7]]


@pytest.mark.parametrize(("level", "low", "high"), [(0.95, 2.5, 97.5), (0.9, 5, 95), (0.5, 25, 75)])
def test_an_interval_leaves_the_same_part_out_at_either_end(level, low, high):
    assert interval(np.arange(101.0), level) == pytest.approx((low, high))


def test_each_statistic_has_its_own_interval():
    low, high = interval(np.array([np.arange(101.0), 2 * np.arange(101.0)]), 0.9)
    assert (low.tolist(), high.tolist()) == (pytest.approx([5, 10]), pytest.approx([95, 190]))


def test_ninety_five_per_cent_are_kept_if_nothing_is_said():
    assert interval(np.arange(101.0)) == pytest.approx((2.5, 97.5))


def test_samples_without_a_value_are_left_out():
    assert interval(np.array([np.nan, 1, 1, np.nan])) == pytest.approx((1, 1))
