"""Trips: visitors and traders leave for a month at the yearly rate that Tables 3 and 4 document, more in summer (S155).

Where to: the host by the group's shares, the region by gravity. A group that travels more than once a month is counted
at ports as often (`crossings`).
"""

import math

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import edges, stream, uniform
from sim.core.departures import Departure, towards
from sim.core.kernel import kernel
from sim.core.people import AT_HOME
from sim.core.state import State
from sim.core.words import Channel

TRIP = stream("trips")


def step(state: State) -> None:
    """Those whose turn it is set out for the month."""
    c = state.people.cols
    rate = state.memory["trips"] = trips_a_month(state, np.arange(len(state.trips)))
    ends = _ends(state)
    p = np.where(np.isfinite(ends[:, -1]), _p_going(state, rate), 0.0)  # nobody goes where no way is open
    going = _going(state.travellers, c, p, state.luck(TRIP))
    place = towards(state, going, c.group[going], ends)
    state.departures.append(Departure(going, place, Channel.VISIT, np.full(going.size, -1, np.int16)))


@kernel
def _going(rows, cols, p, luck):
    """Those of `rows` who are at home without a plan and whose turn it is; p [group]."""
    out, n = np.empty(rows.size, np.int32), 0
    for i in rows:
        if cols.status[i] == AT_HOME and cols.plan[i] < 0 and uniform(luck, cols.id[i]) < p[cols.group[i]]:
            out[n] = i
            n += 1
    return out[:n]


def _p_going(state: State, rate: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chance that somebody at home sets out [group]: visitors away over the next step cannot go in it, r / (1 − r)."""
    return np.where(state.traders, rate, rate / np.maximum(1 - rate, rate))


def _ends(state: State) -> NDArray[np.float64]:
    """Edges of the regions' shares in the visits of each group [group, place]; NaN where no way is open."""
    known = state.memory.setdefault("gravity", {})
    key = id(state.ways())  # the ways of a month are made once and kept
    if key not in known:
        known[key] = edges(np.array([_shares(state, g) for g in range(len(state.trips))]))
    ends: NDArray[np.float64] = known[key]
    return ends


def _shares(state: State, g: int) -> NDArray[np.float64]:
    """Share of each region in the visits of group g: the host by the group's shares, the region by gravity [place]."""
    shares = np.zeros(len(state.world.places))
    for code, share in state.world.groups[g].trip_hosts:
        pull = _gravity(state, state.home_of_group[g], state.country(code))
        shares += share * pull / max(pull.sum(), 1e-300)
    return shares


def trips_a_month(state: State, g: NDArray[np.intp] | int) -> NDArray[np.float64]:
    """Trips of a member of each group g in this step: the documented yearly rate × growth × season.

    Traders' twenty trips a year are fixed (SPEC §2i); visitors' trips grow as Table 3 does.
    """
    p = state.params
    years = min(state.t / state.calendar.per_year, p["trip_growth_years"])
    growth = np.where(state.traders[g], 1.0, math.pow(1 + p["trip_growth"], years))
    summer = 1 - p["trip_summer"] * math.cos(2 * math.pi * (state.calendar.month(state.t) - 0.5) / 12)
    monthly: NDArray[np.float64] = state.trips[g] * state.calendar.years_per_step * growth * summer
    return monthly


def _gravity(state: State, home: int, host: int) -> NDArray[np.float64]:
    """Pull of each region of a host: population × exp(−cost / scale); none where no way is open."""
    cost = state.ways().cost[home]
    out = np.zeros(len(state.world.places))
    for p in np.flatnonzero(state.people.host_of == host):
        if math.isfinite(cost[p]):
            out[p] = state.world.places[p].population * math.exp(-cost[p] / state.params["gravity_usd"])
    return out
