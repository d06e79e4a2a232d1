"""Beliefs: what communities of origin believe of wages and danger abroad, and who corrects them (SPEC §5).

Both move by b += (1 − exp(−rate (1 + n) dt)) (signal − b). n is how many of those at home heard this month from
somebody who knows: returnees, and compatriots who write home. Known gap: word does not pass between nationalities.
"""

import math

import numpy as np
from numpy.typing import NDArray

from sim.core.harm import living_there, taken_out
from sim.core.kernel import kernel
from sim.core.state import State
from sim.core.words import Channel, Status

VISIT = int(Channel.VISIT)  # for kernels


def step(state: State) -> None:
    """Move what is believed of wages and danger; at the start wages are known, and danger is a prior."""
    if "belief" not in state.memory:
        state.memory["belief"] = np.repeat(state.memory["wage_usd"][None], state.nations, 0)
        state.memory["danger"] = _first_danger(state)
        return
    there = living_there(state)
    met = _met(state, there)
    _wages(state, met)
    _danger(state, met, there)


def _met(state: State, there: NDArray[np.int64]) -> NDArray[np.float64]:
    """n [nation, host]: told by last month's returnees, by compatriots there and by campaigns, per head at home."""
    p, out = state.params, np.empty((state.nations, state.hosts))
    returned = state.memory.get("came_home", np.zeros((state.hosts, state.nations))).astype(np.float64)
    meet(
        returned, there, state.people.stock[Status.HOME], state.rules.tables["told"], p["belief_contacts"],
        p["compatriot_contacts"], out,
    )  # fmt: skip
    return out


@kernel
def meet(returned, there, home, campaigns, by_returnee, by_compatriot, out):
    """n [nation, host] per head at home: of returned [host, nation], there [nation, host, channel] without visitors,
    both in persons, and campaigns [nation]; home [place, nation, sector, persons]."""
    for n in range(out.shape[0]):
        heads = 0
        for p in range(home.shape[0]):
            for s in range(home.shape[2]):
                heads += home[p, n, s]
        for h in range(out.shape[1]):
            writing = -there[n, h, VISIT]
            for c in range(there.shape[2]):
                writing += there[n, h, c]
            told = by_returnee * returned[h, n] + by_compatriot * writing
            out[n, h] = told / max(heads, 1) + campaigns[n]


def _wages(state: State, met: NDArray[np.float64]) -> None:
    correct(
        state.memory["belief"], state.memory["wage_usd"], met,
        state.params["belief_rate"] * state.calendar.years_per_step,
    )  # fmt: skip


def _first_danger(state: State) -> NDArray[np.float64]:
    """Believed danger [nation, host, channel] before anybody has told of it; students and kin travel as visitors do."""
    ways = ("contract", "visit", "overstay", "smuggler", "asylum", "visit", "visit")
    known = [state.params[f"danger_{x}"] for x in ways]
    return np.tile(np.array(known), (state.nations, state.hosts, 1))


def _danger(state: State, met: NDArray[np.float64], there: NDArray[np.int64]) -> None:
    """Learn from the harm of the last year; those turned back count as there for the step in which they tried."""
    per_year = state.calendar.per_year
    if "year of danger" not in state.memory:
        state.memory["year of danger"] = np.zeros((2, per_year, *there.shape), np.int64)
        state.memory["danger in sum"] = np.zeros((2, *there.shape), np.int64)
    steps, year = state.memory["year of danger"][:, state.t % per_year], state.memory["danger in sum"]
    year -= steps  # what happened a year ago is forgotten
    steps[0], steps[1] = taken_out(state, "harm"), there + taken_out(state, "tried")
    year += steps
    rate = state.params["danger_rate"] * state.calendar.years_per_step
    learn(state.memory["danger"], year[0], year[1], met, rate, per_year)


@kernel
def correct(belief, truth, met, rate):
    """w += (1 − exp(−rate (1 + n))) (signal − w), with n people told [nation, host] (SPEC §5)."""
    for n in range(belief.shape[0]):
        for h in range(belief.shape[1]):
            share = 1.0 - math.exp(-rate * (1.0 + met[n, h]))
            for s in range(belief.shape[2]):
                belief[n, h, s] += share * (truth[h, s] - belief[n, h, s])


@kernel
def learn(danger, harm, lived, met, rate, per_year):
    """d += (1 − exp(−rate (1 + n))) (signal − d), signal = 1 − exp(−harm / person-years), where anybody was there.

    danger, harm [persons] and lived [persons × steps] by [nation, host, channel]; met [nation, host].
    """
    for n in range(danger.shape[0]):
        for h in range(danger.shape[1]):
            share = 1.0 - math.exp(-rate * (1.0 + met[n, h]))
            for c in range(danger.shape[2]):
                if lived[n, h, c] > 0:
                    signal = 1.0 - math.exp(-harm[n, h, c] * per_year / lived[n, h, c])
                    danger[n, h, c] += share * (signal - danger[n, h, c])
