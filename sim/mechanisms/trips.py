"""Trips: visitors and traders leave for a month at the yearly rate that Tables 3 and 4 document, more in summer (S155).

Where to: hosts have the group's shares of all its trips; each home has its regions by gravity. A group that travels
more than once a month is counted at ports as often (`crossings`).
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import TO_UNIT, edges, stream, uniform
from sim.core.departures import WHERE, Departure
from sim.core.kernel import kernel
from sim.core.moments import BLOCK, whose
from sim.core.people import AT_HOME
from sim.core.state import State
from sim.core.words import Channel

TRIP = stream("trips")
ROUNDS, TINY, GUIDES = 20, 1e-300, 64  # guides: a power of two, so that a part of [0, 1) is found without error


def step(state: State) -> None:
    """Those whose turn it is set out for the month."""
    c = state.people.cols
    rate = state.memory["trips"] = trips_a_month(state, np.arange(len(state.trips)))
    at, ends, guide, is_open = _ends(state)
    p = np.where(is_open, _p_going(state, rate)[:, None], 0.0)  # nobody goes where no way is open
    who, place = going(
        _travellers(state), c.status, c.plan, c.group, c.home, c.id, p, at, ends, guide, state.luck(TRIP),
        state.luck(WHERE),
    )  # fmt: skip
    unseen = state.slips[c.group[who]] if state.slips.any() else np.zeros(who.size, bool)
    for which, way in ((~unseen, Channel.VISIT), (unseen, Channel.SMUGGLER)):
        number = np.count_nonzero(which)
        if number:
            some = slice(None) if number == who.size else which
            state.departures.append(Departure(who[some], place[some], way, np.full(number, -1, np.int16)))


@kernel
def going(runs, status, plan, group, home, ids, p, at, ends, guide, luck, where):
    """Those of `runs` [run, first and end] who are at home without a plan and whose turn it is, p [group, home], and
    where they go: by the edges [row, place] of the row that their group and home have, at [group, home], from where the
    guide says on. Of each run the draws come first."""
    bits, some, most = np.empty(BLOCK, np.uint64), np.empty(BLOCK, np.int32), 0
    for r in range(runs.shape[0]):
        most += runs[r, 1] - runs[r, 0]
    out, place, n = np.empty(most, np.int32), np.empty(most, np.int16), 0
    for r in range(runs.shape[0]):
        g, top = group[runs[r, 0]], 0.0
        for h in range(p.shape[1]):
            top = max(top, p[g, h])
        for first in range(runs[r, 0], runs[r, 1] if top > 0.0 else runs[r, 0], BLOCK):
            found = whose(luck, ids[first], min(BLOCK, runs[r, 1] - first), top, bits, some)
            for m in range(found):  # without a branch, which would be guessed wrong often
                i = first + some[m]
                out[n] = i
                u = np.float64(bits[some[m]]) * TO_UNIT
                n += (status[i] == AT_HOME) & (plan[i] < 0) & (u < p[g, home[i]])
    for k in range(n):
        i = out[k]
        u, row = uniform(where, ids[i]), at[group[i], home[i]]
        to = guide[row, int(u * guide.shape[1])]
        while to < ends.shape[1] - 1 and u >= ends[row, to]:
            to += 1
        place[k] = to
    return out[:n], place[:n]


def guides(ends: NDArray[np.float64]) -> NDArray[np.int16]:
    """The first place whose edge lies above n / GUIDES [row, n]: a draw from there on falls to it or a later one."""
    starts = np.arange(GUIDES) / GUIDES
    found = [np.searchsorted(row, starts, side="right") if np.isfinite(row[-1]) else starts * 0 for row in ends]
    return np.minimum(found, ends.shape[1] - 1).astype(np.int16)


def _p_going(state: State, rate: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chance that somebody at home sets out [group]: visitors away over the next step cannot go in it, r / (1 − r)."""
    return np.where(state.traders, rate, rate / np.maximum(1 - rate, rate))


def _travellers(state: State) -> NDArray[np.int32]:
    """Runs of rows [run, first and end] of visitors and traders."""
    if "travellers" not in state.memory:
        state.memory["travellers"] = state.people.runs_in(state.trips > 0)
    runs: NDArray[np.int32] = state.memory["travellers"]
    return runs


def _ends(state: State) -> tuple[NDArray[np.int32], NDArray[np.float64], NDArray[np.int16], NDArray[np.bool_]]:
    """Edges of the regions' shares in visits: at [group, home], row of ends [row, place], NaN where no way is open; the
    guides to them; and where there is a way [group, home]."""
    known = state.memory.setdefault("gravity", {})
    key = id(state.ways())  # the ways of a month are made once and kept
    if key not in known:
        at = np.zeros((len(state.trips), len(state.world.places)), np.int32)
        shares = [np.zeros(len(state.world.places))]  # the first row is that of those who never travel
        for g in np.flatnonzero(state.trips > 0):
            homes, share = _shares(state, int(g))
            at[g, homes] = len(shares) + np.arange(homes.size)
            shares += list(share)
        upper = edges(np.array(shares))
        known[key] = at, upper, guides(upper), np.isfinite(upper[at, -1])
    found: tuple[NDArray[np.int32], NDArray[np.float64], NDArray[np.int16], NDArray[np.bool_]] = known[key]
    return found


def _shares(state: State, g: int) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Homes of group g, and the share of each region in the visits of members who live there [home, place].

    p(region | home) ~ constant of the host × pull; the constants give each host the group's share of all its visits.
    """
    group = state.world.groups[g]
    homes = np.array([state.world.place_index(code) for code, _ in group.home])
    pulls = _pulls(state, homes, [code for code, _ in group.trip_hosts])
    weight, wanted = (np.array([share for _, share in table]) for table in (group.home, group.trip_hosts))
    return homes, balanced(pulls, weight, wanted)


def balanced(pull: NDArray[np.float64], weight: NDArray[np.float64], wanted: NDArray[np.float64]) -> Any:
    """Shares of the regions for each home, with constants so that each host has its share over all homes.

    pull [host, home, place], weight and wanted: shares [home], [host]. Out: [home, place], rows that sum to one.
    """
    constant = np.ones(wanted.size)
    for _ in range(ROUNDS):
        each = constant[:, None, None] * pull
        each /= np.maximum(each.sum((0, 2)), TINY)[:, None]
        reached = (each.sum(2) * weight).sum(1)
        better = constant * np.where(reached > 0, wanted / np.maximum(reached, TINY), 1.0)  # nobody can go to some
        if (better == constant).all():
            break
        constant = better
    each = constant[:, None, None] * pull
    return (each / np.maximum(each.sum((0, 2)), TINY)[:, None]).sum(0)


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


def _pulls(state: State, homes: NDArray[np.intp], hosts: list[str]) -> NDArray[np.float64]:
    """Pull of each region on each home, population ^ mass × exp(−cost / scale) [host, home, place]; 0 if shut off."""
    p, cost = state.params, state.ways().cost[homes]
    if "gravity mass" not in state.memory:
        mass = [math.pow(place.population, p["gravity_mass"]) for place in state.world.places]
        state.memory["gravity mass"] = np.array(mass)
    near = np.array([[math.exp(-x / p["gravity_usd"]) for x in row] for row in cost])  # exp(-inf) is 0
    belongs = np.array([state.people.host_of == state.country(code) for code in hosts])
    return belongs[:, None, :] * (state.memory["gravity mass"] * near)[None]
