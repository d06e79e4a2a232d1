"""The statistical rule: intervals by hand, how often they alarm for nothing, and errors of counts."""

from math import inf, log

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from calibration.documented import between, exactly
from calibration.moves import FURTHEST, TOGETHER, change, error, log_ratio

COUNTS = st.one_of(st.none(), st.floats(0, 1e9))  # as small as floats get: their ratio is no number
MECHANISMS, NUMBERS, REPLICATES = 4000, 13, 8


def test_an_interval_by_hand():
    found = change(np.array([1.0, 2.0, 3.0]))
    assert found.mean == 2
    assert found.high - 2 == pytest.approx(2.91999 / np.sqrt(3), rel=1e-5)  # t of 2 degrees at 95 %, s = 1
    assert found.low + found.high == pytest.approx(4)
    assert found.excludes_nought


def test_a_family_has_wider_intervals():
    changes = np.array([1.0, 2.0, 3.0])
    assert change(changes, 5).high - 2 == pytest.approx(6.96456 / np.sqrt(3), rel=1e-5)  # t of 2 degrees at 99 %
    assert not change(changes, 5).excludes_nought


def test_what_never_differs_does_not_move_and_what_always_differs_alike_does():
    assert not change(np.zeros(8)).excludes_nought
    assert change(np.full(8, -0.25), 100).excludes_nought


def test_false_alarms_are_as_frequent_as_said():
    """1 − (1 − 0.1/13)^13 = 9.6 % for independent numbers.

    Of 4,000 mechanisms the share has sd 0.47 %: a right rule leaves 9.6 ± 2 % with a chance below 1e-4, and the plain
    interval (74 %) or none is far outside.
    """
    draws = np.random.default_rng(1).normal(size=(MECHANISMS, NUMBERS, REPLICATES))
    alarms = [any(change(each, NUMBERS).excludes_nought for each in mechanism) for mechanism in draws]
    expected = 1 - (1 - (1 - TOGETHER) / NUMBERS) ** NUMBERS
    assert abs(np.mean(alarms) - expected) < 0.02


def test_errors_by_hand():
    assert error(200, exactly(100, "persons")) == pytest.approx(log(2))
    assert error(50, exactly(100, "persons")) == pytest.approx(log(2))
    assert [error(count, between(50, 100, "persons")) for count in (50, 75, 100)] == [0, 0, 0]
    assert error(200, between(50, 100, "persons")) == pytest.approx(log(2))
    assert error(25, between(50, 100, "persons")) == pytest.approx(log(2))
    assert error(0.5, between(0, 1, "ratio")) == 0


@pytest.mark.parametrize("count", [None, 0.0, 1e-9, 1e9])
def test_what_is_not_there_or_far_off_has_the_largest_error(count):
    assert error(count, exactly(100, "persons")) == FURTHEST


def test_nought_may_be_within_what_is_documented():
    assert error(0.0, between(0, 1, "ratio")) == error(None, between(0, 1, "ratio")) == 0


def test_ratios_by_hand():
    assert log_ratio(200, 100) == pytest.approx(log(2))
    assert log_ratio(None, 0.0) == 0
    assert (log_ratio(5, None), log_ratio(0, 5)) == (FURTHEST, -FURTHEST)


@given(COUNTS, COUNTS)
@example(1e9, 5e-324)
def test_ratios_are_bounded_and_turn_round(off, on):
    assert abs(log_ratio(off, on)) <= FURTHEST < inf
    assert log_ratio(off, on) == pytest.approx(-log_ratio(on, off))
