"""Mean, interval, and what part of it is chance."""

import numpy as np
import pytest

from sim.experiments.spread import spread

NONE = np.empty(0)


def test_interval_is_the_5th_to_95th_percentile() -> None:
    result = spread(np.arange(101.0), NONE, NONE)
    assert (result.mean, result.low, result.high) == (50, 5, 95)
    assert result.p_positive == 100 / 101


def test_without_drawn_parameters_all_is_chance() -> None:
    result = spread(np.array([1.0, 3.0]), NONE, NONE)
    assert result.chance_sd == pytest.approx(np.sqrt(2))
    assert result.parameter_sd == 0


def test_equal_twins_mean_that_nothing_is_chance() -> None:
    values = np.array([1.0, 3.0, 8.0])
    result = spread(values, values, values)
    assert result.chance_sd == 0
    assert result.parameter_sd == pytest.approx(values.std(ddof=1))


def test_chance_and_parameters_are_told_apart() -> None:
    """d = parameter + chance with sd 3 and 4, 4,000 twins.

    Each variance estimate has a relative standard error below 4 %; the tolerance of 20 % on the sd is ten of them.
    """
    rng = np.random.default_rng(1)
    parameter = rng.normal(0, 3, 4000)
    first, twin = parameter + rng.normal(0, 4, 4000), parameter + rng.normal(0, 4, 4000)
    result = spread(first, first, twin)
    assert result.chance_sd == pytest.approx(4, rel=0.2)
    assert result.parameter_sd == pytest.approx(3, rel=0.2)


def test_one_replicate_cannot_tell() -> None:
    result = spread(np.array([2.0]), NONE, NONE)
    assert (result.chance_sd, result.parameter_sd) == (None, None)
    assert result.low == result.high == 2


def test_one_replicate_and_its_twin_cannot_tell_either() -> None:
    result = spread(np.array([2.0]), np.array([2.0]), np.array([4.0]))
    assert (result.chance_sd, result.parameter_sd) == (None, None)


def test_what_cannot_be_told_from_chance_is_not_told_as_nought() -> None:
    # The replicates vary by 1/2 (1, 2) and their twins say that chance is 8: more than the whole.
    result = spread(np.array([1.0, 2.0]), np.array([1.0, 2.0]), np.array([5.0, -2.0]))
    assert result.chance_sd == pytest.approx(np.sqrt(8))
    assert result.parameter_sd is None


def test_null_and_near_zero() -> None:
    assert spread(np.zeros(4), NONE, NONE).is_null
    assert not spread(np.array([0.0, 0.0, -1.0]), NONE, NONE).is_null
    assert spread(np.array([-2.0, 3.0]), NONE, NONE).is_near_zero
    assert not spread(np.array([9.0, 10.0]), NONE, NONE).is_near_zero
