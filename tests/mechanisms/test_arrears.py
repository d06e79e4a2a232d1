"""Protests over arrears: how often they break out, and how many they take."""

import numpy as np

from sim.core.words import Event, Status
from sim.mechanisms import arrears
from tests.chance.runs import PARAMS, WORLD, built

MONTHS = 400
KUWAIT = WORLD.country_index("KWT")


def fetched(months_owed, steps=MONTHS, **params):
    """Persons fetched home from Kuwait in each of many months, and the civilians there; nobody in fact leaves."""
    state = built(scale=10, params=PARAMS | params)
    c, e = state.people.cols, state.employers
    e.wage[:] = 100_000
    civilian = np.array([g.is_programme and not g.is_soldier for g in WORLD.groups])
    who = np.flatnonzero((c.status == Status.WORKER) & (state.people.host_of[c.place] == KUWAIT) & civilian[c.group])
    c.owed[who] = months_owed * 100_000
    state.memory["unpaid"] = who[c.owed[who] > 0]
    taken = []
    state.people.change = lambda rows, event, place: taken.append((rows, event))
    for state.t in range(steps):
        arrears.step(state)
    assert all(event == Event.REPATRIATE for _, event in taken)
    return [int(c.weight[rows].sum()) for rows, _ in taken], int(c.weight[who].sum()), int(c.weight[who].min())


def test_a_protest_takes_a_crew():
    """Binomial by heads; six deviations of the mean: fewer than one of 10^8 seeds."""
    persons, here, weight = fetched(6, protest_rate=1e9, protest_crew=100)
    assert len(persons) == MONTHS
    spread = np.sqrt(weight * 100 * (1 - 100 / here) / MONTHS)
    assert abs(np.mean(persons) - 100) < 6 * spread


def test_protests_are_as_many_as_crews_and_months_owed():
    rate, owed = 0.02, 6
    persons, here, _ = fetched(owed, protest_rate=rate, protest_crew=100)
    p = 1 - np.exp(-rate * owed * here / 100 / 12)
    assert abs(len(persons) - MONTHS * p) < 6 * np.sqrt(MONTHS * p * (1 - p))


def test_a_crew_larger_than_those_unpaid_is_all_of_them():
    persons, here, _ = fetched(1, steps=3, protest_rate=1e9, protest_crew=1e9 / 100)
    assert persons == [here] * 3


def test_who_is_paid_does_not_protest():
    assert fetched(0, steps=24, protest_rate=1e9)[0] == []
