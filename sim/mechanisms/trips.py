"""Trips: visitors and traders leave for a month at the yearly rate that Tables 3 and 4 document, more in summer (S155).

Where to: hosts have the group's shares of all its trips; each home has its regions by gravity. A group that travels
more than once a month is counted at ports as often (`crossings`).
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import present, stream, uniforms
from sim.core.departures import Departure, towards
from sim.core.people import Rows
from sim.core.state import State
from sim.core.words import NOWHERE, Channel, Status

TRIP = stream("trips")
ROUNDS, TINY = 20, 1e-300


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
    home = state.people.cols.home[rows]
    out = np.full(rows.size, NOWHERE, np.int16)
    for place in present(home):
        shares, mine = _shares(state, g)[place], home == place
        if shares.any():
            out[mine] = towards(state, rows[mine], shares)
    return out


def _shares(state: State, g: int) -> NDArray[np.float64]:
    """Share of each region in the visits of members of group g, by their home [home, place].

    p(region | home) ~ constant of the host × pull; the constants give each host the group's share of all its visits.
    """
    known = state.memory.setdefault("gravity", {})
    key = id(state.ways()), g  # the ways of a month are made once and kept
    if key not in known:
        group = state.world.groups[g]
        homes = np.array([state.world.place_index(code) for code, _ in group.home])
        weight = np.array([share for _, share in group.home])
        known[key] = np.zeros((len(state.world.places),) * 2)
        known[key][homes] = balanced(_pulls(state, homes, [code for code, _ in group.trip_hosts]), weight,
                                      np.array([share for _, share in group.trip_hosts]))  # fmt: skip
    shares: NDArray[np.float64] = known[key]
    return shares


def balanced(pull: NDArray[np.float64], weight: NDArray[np.float64], wanted: NDArray[np.float64]) -> Any:
    """Shares of the regions for each home, with constants so that each host has its share over all homes.

    pull [host, home, place], weight and wanted: shares [home], [host]. Out: [home, place], rows that sum to one.
    """
    constant = np.ones(wanted.size)
    for _ in range(ROUNDS):
        each = constant[:, None, None] * pull
        each /= np.maximum(each.sum((0, 2)), TINY)[:, None]
        constant *= wanted / np.maximum((each.sum(2) * weight).sum(1), TINY)
    each = constant[:, None, None] * pull
    return (each / np.maximum(each.sum((0, 2)), TINY)[:, None]).sum(0)


def trips_a_month(state: State, g: int) -> float:
    """Trips of a member of group g in this step: the documented yearly rate × growth × season.

    Traders' twenty trips a year are fixed (SPEC §2i); visitors' trips grow as Table 3 does.
    """
    group, p = state.world.groups[g], state.params
    years = min(state.t / state.calendar.per_year, p["trip_growth_years"])
    growth = 1.0 if state.traders[g] else math.pow(1 + p["trip_growth"], years)
    summer = 1 - p["trip_summer"] * math.cos(2 * math.pi * (state.calendar.month(state.t) - 0.5) / 12)
    return float(group.trips_per_year * p["trip_rate"] * state.calendar.years_per_step * growth * summer)


def _pulls(state: State, homes: NDArray[np.intp], hosts: list[str]) -> NDArray[np.float64]:
    """Pull of each region on each home, population ^ mass × exp(−cost / scale) [host, home, place]; 0 if shut off."""
    p, cost = state.params, state.ways().cost[homes]
    mass = np.array([math.pow(place.population, p["gravity_mass"]) for place in state.world.places])
    near = np.array([[math.exp(-x / p["gravity_usd"]) for x in row] for row in cost])  # exp(-inf) is 0
    belongs = np.array([state.people.host_of == state.country(code) for code in hosts])
    return belongs[:, None, :] * (mass * near)[None]
