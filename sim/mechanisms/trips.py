"""Trips: visitors and traders leave for a month at the yearly rate that Tables 3 and 4 document, more in summer (S155).

Where to: the host by the group's shares, the region by gravity. A group that travels more than once a month is counted
at ports as often (`crossings`).
"""

import math

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import present, stream, uniforms
from sim.core.departures import Departure, towards
from sim.core.people import Rows
from sim.core.state import State
from sim.core.words import NOWHERE, Channel, Status

TRIP = stream("trips")


def step(state: State) -> None:
    """Those whose turn it is set out for the month."""
    groups, c = state.world.groups, state.people.cols
    rate = np.array([trips_a_month(state, g) for g in range(len(groups))])
    state.memory["trips"] = rate
    home = state.travellers[(c.status[state.travellers] == Status.HOME) & (c.plan[state.travellers] < 0)]
    with np.errstate(over="ignore"):
        going = home[uniforms(state.luck(TRIP), c.id[home]) < _p_going(state, rate)[c.group[home]]]
    place = np.full(going.size, NOWHERE, np.int16)
    for g in present(c.group[going]):
        mine = np.flatnonzero(c.group[going] == g)
        place[mine] = _destinations(state, going[mine], int(g))
    going, place = going[place >= 0], place[place >= 0]
    state.departures.append(Departure(going, place, Channel.VISIT, np.full(going.size, -1, np.int16)))


def _p_going(state: State, rate: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chance that somebody at home sets out [group]: visitors away over the next step cannot go in it, r / (1 − r)."""
    return np.where(state.traders, rate, rate / np.maximum(1 - rate, rate))


def _destinations(state: State, rows: Rows, g: int) -> NDArray[np.int16]:
    """Regions that members of group g visit, or NOWHERE if no way is open."""
    shares = _shares(state, g)
    return towards(state, rows, shares) if shares.any() else np.full(rows.size, NOWHERE, np.int16)


def _shares(state: State, g: int) -> NDArray[np.float64]:
    """Share of each region in the visits of group g: the host by the group's shares, the region by gravity [place]."""
    known = state.memory.setdefault("gravity", {})
    key = id(state.ways()), g  # the ways of a month are made once and kept
    if key not in known:
        known[key] = np.zeros(len(state.world.places))
        for code, share in state.world.groups[g].trip_hosts:
            pull = _gravity(state, state.home_of_group[g], state.country(code))
            known[key] += share * pull / max(pull.sum(), 1e-300)
    shares: NDArray[np.float64] = known[key]
    return shares


def trips_a_month(state: State, g: int) -> float:
    """Trips of a member of group g in this step: the documented yearly rate × growth × season.

    Traders' twenty trips a year are fixed (SPEC §2i); visitors' trips grow as Table 3 does.
    """
    group, p = state.world.groups[g], state.params
    years = min(state.t / state.calendar.per_year, p["trip_growth_years"])
    growth = 1.0 if state.traders[g] else math.pow(1 + p["trip_growth"], years)
    summer = 1 - p["trip_summer"] * math.cos(2 * math.pi * (state.calendar.month(state.t) - 0.5) / 12)
    return float(group.trips_per_year * p["trip_rate"] * state.calendar.years_per_step * growth * summer)


def _gravity(state: State, home: int, host: int) -> NDArray[np.float64]:
    """Pull of each region of a host: population × exp(−cost / scale); none where no way is open."""
    cost = state.ways().cost[home]
    out = np.zeros(len(state.world.places))
    for p in np.flatnonzero(state.people.host_of == host):
        if math.isfinite(cost[p]):
            out[p] = state.world.places[p].population * math.exp(-cost[p] / state.params["gravity_usd"])
    return out
