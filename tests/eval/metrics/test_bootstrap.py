import numpy as np
import pytest
from scipy.stats import bootstrap

from pincite.eval.metrics.bootstrap import quantile_interval, ratio_intervals


def test_the_interval_of_a_share_agrees_with_scipy() -> None:
    generator = np.random.default_rng(1)
    of = generator.integers(1, 5, 60).astype(float)
    got = generator.binomial(of.astype(int), 0.4).astype(float)
    interval = ratio_intervals(np.stack([got, of], axis=-1)[:, None, :])[0]
    theirs = bootstrap(
        (got, of),
        lambda one, other, axis: one.sum(axis=axis) / other.sum(axis=axis),
        paired=True,
        method="percentile",
        n_resamples=4000,
        rng=2,
    ).confidence_interval
    assert interval == pytest.approx((theirs.low, theirs.high), abs=0.02)


def test_the_interval_of_a_median_agrees_with_scipy() -> None:
    times = list(np.random.default_rng(3).gamma(2.0, 0.1, 80))
    theirs = bootstrap((times,), np.median, method="percentile", n_resamples=4000, rng=4).confidence_interval
    assert quantile_interval(times, 0.5) == pytest.approx((theirs.low, theirs.high), abs=0.02)


def test_fewer_than_two_values_have_no_interval() -> None:
    parts = np.array([[[1.0, 1.0], [0.0, 0.0]], [[0.0, 1.0], [1.0, 1.0]]])
    first, second = ratio_intervals(parts)
    assert first == (0.0, 1.0)
    assert second is None  # one question contributes
    assert quantile_interval([0.5], 0.5) is None


def test_the_same_answers_give_the_same_interval() -> None:
    parts = np.random.default_rng(5).random((40, 3, 2))
    assert ratio_intervals(parts) == ratio_intervals(parts)
