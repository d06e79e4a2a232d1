"""Departures: who sets out this month, where to and by which channel."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import parts, stream
from sim.core.choice import STAY, decide_again
from sim.core.employers import Employers
from sim.core.roll import Rows
from sim.core.words import Channel

WHERE, MOMENT, NESTS, WAYS, TEST = (stream(f"departures {x}") for x in ("where", "moment", "nests", "ways", "test"))
CONTRACT = int(Channel.CONTRACT)
AT_ONCE = (Channel.OVERSTAY, Channel.SMUGGLER, Channel.ASYLUM, Channel.STUDY)


@dataclass(frozen=True)
class Departure:
    """People about to leave home: rows, where to, by which channel, to which employer (-1 none)."""

    who: Rows
    place: NDArray[np.int16]
    channel: Channel
    employer: NDArray[np.int16]


def goals(world: Any, employers: Employers, host_of: NDArray[np.int16]) -> NDArray[np.float64]:
    """Where those without a contract go: a host's posts by region, or its population if it has none [host, place]."""
    out = np.zeros((int(host_of.max()) + 1, len(world.places)))
    np.add.at(out, (employers.host, employers.place), employers.base_posts + employers.base_informal)
    for h in np.flatnonzero(out.sum(1) == 0):
        for p in np.flatnonzero(host_of == h):
            out[h, p] = world.places[p].population
    return out


def tested(state: Any, who: Rows, host: NDArray[np.int8], channel: NDArray[np.int8]) -> NDArray[np.int8]:
    """The channels chosen, but STAY for those who want a contract and fail the test that it needs."""
    c = state.people.cols
    share = state.rules.tables["pass_share"][host, c.nation[who]]
    fails = (channel == Channel.CONTRACT) & (state.draw(TEST, who) >= share)
    return np.where(fails, STAY, channel).astype(np.int8)


def set_out(state: Any, who: Rows, host: NDArray[np.int8], channel: NDArray[np.int8]) -> None:
    """Those who chose a contract wait at home for one; people of each other channel leave for a region of the host."""
    waits = channel == Channel.CONTRACT
    wait(state, who[waits], host[waits])
    for way in AT_ONCE:
        rows, to = who[channel == way], host[channel == way]
        if rows.size:
            place = towards(state, rows, to, state.goal_ends)
            state.departures.append(Departure(rows, place, way, np.full(rows.size, -1, np.int16)))


def waiting(state: Any) -> Rows:
    """Rows, in order, of those who wait at home for a contract, by their own choice or sent by an agency."""
    rows: Rows = state.waiting.find(state.people.cols.plan, CONTRACT, CONTRACT)
    return rows


def wait(state: Any, who: Rows, host: NDArray[Any]) -> None:
    """They wait at home from now on for a contract in a host."""
    c = state.people.cols
    c.plan[who], c.plan_host[who] = Channel.CONTRACT, host
    state.waiting.add(who)


def staying(state: Any, rows: Rows) -> NDArray[np.bool_]:
    """Whether each of `rows` stays where they are in this step, as far as is known by now."""
    out = np.ones(len(state.people), bool)
    for departure in state.departures:
        out[departure.who] = False
    return out[rows]


def choose_again(state: Any, who: Rows, shut: NDArray[np.int64]) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """People who waited for a contract in the host `shut` choose again without it, and set out if they go.

    Host and channel of each, or STAY.
    """
    if not who.size:
        return np.zeros(0, np.int8), np.zeros(0, np.int8)
    c, p = state.people.cols, state.params
    value, hosts, upfront = state.memory["choice"]
    with np.errstate(over="ignore"):
        host, channel = decide_again(
            who, c.id, c.kind, c.savings, c.banned_host, c.banned_until, state.t, value, hosts, upfront,
            p["credit_usd"], shut, int(Channel.CONTRACT), p["nest_scale"], state.luck(MOMENT), state.luck(NESTS),
            state.luck(WAYS),
        )  # fmt: skip
    channel = tested(state, who, host, channel)
    c.plan[who] = -1
    goes = channel != STAY
    set_out(state, who[goes], host[goes], channel[goes])
    return host, channel


def towards(state: Any, rows: Rows, which: NDArray[Any], ends: NDArray[np.float64]) -> NDArray[np.int16]:
    """A region for each of `rows`, drawn by the edges [which, place] of the shares of `which`."""
    found: NDArray[np.int64] = parts(state.luck(WHERE), state.people.cols.id[rows], which, ends)
    return found.astype(np.int16)
