"""Draws: even, independent, and a function of seed, decision, step and id alone.

The seeds are fixed, so a test passes always or never. Each threshold is passed by a good generator but for the stated
share of seeds (its false-alarm rate).
"""

import numpy as np
import pytest
from scipy import stats

from sim.core.chance import draws, key, luck, pair, race, split, stream, uniform, uniforms

IDS = (np.uint64(0x5EED) << np.uint64(32)) + np.arange(200_000, dtype=np.uint64)
MOVES, HIRES = stream("moves"), stream("hires")
ALARM = 1e-6


def some(seed=1, decision=MOVES, t=0, ids=IDS):
    return uniforms(luck(seed, decision, t), ids)


def test_draws_are_even():
    assert stats.kstest(some(), "uniform").pvalue > ALARM
    assert ((some() >= 0) & (some() < 1)).all()


@pytest.mark.parametrize("bit", [0, 1, 17, 31, 32, 63])
def test_every_bit_is_a_fair_coin(bit):
    ones = int(((draws(luck(1, MOVES, 0), IDS) >> np.uint64(bit)) & np.uint64(1)).sum())
    assert stats.binomtest(ones, IDS.size).pvalue > ALARM


@pytest.mark.parametrize("other", [{"seed": 2}, {"decision": HIRES}, {"t": 1}, {"ids": IDS + np.uint64(1)}])
def test_draws_of_another_seed_decision_month_or_person_are_independent(other):
    """Chi-square over a grid of 16 × 16."""
    grid = np.histogram2d(some(), some(**other), bins=16, range=[[0, 1], [0, 1]])[0]
    assert stats.chisquare(grid.ravel()).pvalue > ALARM


def test_a_persons_draws_over_months_do_not_hang_together():
    months = np.array([some(t=t, ids=IDS[:2000]) for t in range(120)])
    correlation = [stats.pearsonr(months[:-lag].ravel(), months[lag:].ravel()).pvalue for lag in (1, 2, 12)]
    assert min(correlation) > ALARM / 3


def test_draws_belong_to_the_id_and_not_to_the_row():
    order = np.argsort(draws(luck(9, HIRES, 3), IDS))
    assert (some(ids=IDS[order]) == some()[order]).all()


@pytest.mark.parametrize("at", [0, 77, IDS.size])
def test_one_more_person_changes_nobody_elses_draw(at):
    more = np.insert(IDS, at, 12345)
    assert (np.delete(some(ids=more), at) == some()).all()


def test_one_number_and_an_array_are_drawn_alike():
    one = [uniform(luck(1, MOVES, 5), i) for i in IDS[:50]]
    assert one == some(t=5, ids=IDS[:50]).tolist()


def test_times_of_a_race_are_exponential_and_those_after_the_limit_are_left_out():
    luck_ = luck(1, MOVES, 0)
    found = np.array([race(luck_, i, 2.0, np.inf) for i in IDS[:20_000]])
    assert stats.kstest(found, "expon", (0, 1 / 2)).pvalue > ALARM
    for i, when in zip(IDS[:2000], found, strict=False):
        assert race(luck_, i, 2.0, 0.3) in ((when,) if when <= 0.3 else (when, np.inf))
    assert race(luck_, IDS[0], 0.0, np.inf) == np.inf


def test_the_first_in_a_race_is_a_logit_choice():
    value = np.array([0.0, 1.0, -1.0])
    pace, luck_ = np.exp(value), luck(1, MOVES, 0)
    times = np.array([[race(luck_, np.uint64(pair(i, a)), pace[a], np.inf) for a in range(3)] for i in IDS[:10_000]])
    chosen = np.bincount(times.argmin(1), minlength=3)
    expected = np.exp(value) / np.exp(value).sum() * 10_000
    assert stats.chisquare(chosen, expected).pvalue > ALARM


def test_pairs_of_a_person_and_something_are_all_different():
    found = {int(pair(i, what)) for i in IDS[:500] for what in range(40)}
    assert len(found) == 500 * 40


def test_a_split_has_the_shares_asked_for():
    shares = np.array([2.0, 1.0, 5.0])
    found = np.bincount(split(IDS, luck(1, MOVES, 0), shares), minlength=3)
    assert stats.chisquare(found, shares / shares.sum() * IDS.size).pvalue > ALARM


def test_keys_of_names_are_stable():
    assert key("limit", 0) == np.uint64(key("limit", 0)) != key("limit", 1)
    assert key("a", "b") != key("b", "a")
