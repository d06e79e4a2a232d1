"""Offers: premium and pay held back answer to a change, and fade as the employer gets used to it."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.mechanisms import offers
from tests.chance.runs import PARAMS, built

STATE = built()
SIZE = len(STATE.employers)


def offered(months, **params):
    """Premium and share held back after each month, of an employer of 100 posts; month: missing posts and demand."""
    state, out = STATE, []
    state.params = PARAMS | params
    state.memory.clear()
    state.employers.posts = np.full(SIZE, 100)
    for missing, demand in months:
        state.memory |= {"missing": np.full(SIZE, float(missing)), "demand": np.full(SIZE, float(demand))}
        offers.step(state)
        out.append((state.employers.premium[0], state.employers.held[0]))
    return out


def test_nothing_is_offered_before_anything_was_seen():
    state = built()
    offers.step(state)
    assert not state.employers.premium.any() and not state.employers.held.any()


def test_both_answer_to_the_change_by_hand():
    """With a memory of rate 12 ln 2 the employer is half used to what is new within the month."""
    rate = 12 * math.log(2)
    first, second = offered([(10, 2), (50, 1)], employer_memory_rate=rate, scarcity_wage=0.5, withhold_share=0.3)
    assert first == (0, 0)
    assert second == pytest.approx((0.5 * (0.5 - 0.3), 0.3 * (1 - 1 / 1.5)))


def test_they_fade_and_a_better_market_leaves_them_at_nothing():
    found = offered([(10, 2), *[(50, 1)] * 200], employer_memory_rate=1.0)
    premium, held = np.array(found)[1:].T
    assert (np.diff(premium) < 0).all() and (np.diff(held) < 0).all()
    assert premium[-1] < 1e-6 and held[-1] < 1e-6
    assert offered([(50, 1), (10, 2)])[1] == (0, 0)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 300), st.floats(0, 5)), min_size=1, max_size=5), st.floats(0, 1))
def test_neither_leaves_its_bounds(months, weight):
    for premium, held in offered(months, scarcity_wage=weight, withhold_share=weight):
        assert 0 <= premium <= weight and 0 <= held <= weight
