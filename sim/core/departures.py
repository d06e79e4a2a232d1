"""Departures: who sets out this month, where to and by which channel."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import stream, uniform
from sim.core.choice import STAY, decide_again
from sim.core.employers import Employers
from sim.core.kernel import kernel
from sim.core.roll import Rows
from sim.core.words import Channel

WHERE, MOMENT, NESTS, WAYS, TEST = (stream(f"departures {x}") for x in ("where", "moment", "nests", "ways", "test"))
CONTRACT, CHANNELS = int(Channel.CONTRACT), len(Channel)
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


def tested(state: Any, who: Rows, host: NDArray[np.int8], channel: NDArray[np.int8]) -> None:
    """Strike out, as STAY, the channel of those who want a contract and fail the test that it needs (in place)."""
    shares, c = state.rules.tables["pass_share"], state.people.cols
    if not (shares >= 1).all():
        strike_out(state.luck(TEST), who, c.id, c.nation, host, channel, shares)


@kernel
def strike_out(luck, who, ids, nation, host, channel, shares):
    """STAY into the channel of those after a contract who draw no less than shares [host, nation]."""
    for n in range(who.size):
        if channel[n] == CONTRACT and uniform(luck, ids[who[n]]) >= shares[host[n], nation[who[n]]]:
            channel[n] = STAY


def set_out(state: Any, who: Rows, host: NDArray[np.int8], channel: NDArray[np.int8]) -> None:
    """Those who chose a contract wait at home for one; people of each other channel but STAY leave for a region of the
    host."""
    if not who.size:
        return
    rows, to, place, ends = by_channel(state.luck(WHERE), who, state.people.cols.id, host, channel, state.goal_ends)
    first, end = ends[CONTRACT], ends[CONTRACT + 1]
    if end > first:
        wait(state, rows[first:end], to[first:end])
    for way in AT_ONCE:
        first, end = ends[way], ends[way + 1]
        if end > first:
            nobody = np.full(end - first, -1, np.int16)
            state.departures.append(Departure(rows[first:end], place[first:end], way, nobody))


@kernel
def by_channel(luck, who, ids, host, channel, ends):
    """Those who go, channel by channel: rows, hosts, a region of the host for each, drawn as in `headed`, and where
    each channel begins and ends."""
    at = np.zeros(CHANNELS + 2, np.int64)
    for c in channel:
        at[c + 2] += 1  # STAY is the first
    at[1] = 0
    for c in range(CHANNELS):
        at[c + 2] += at[c + 1]
    going = at[CHANNELS + 1]
    rows, to, place = np.empty(going, np.int32), np.empty(going, np.int8), np.empty(going, np.int16)
    for n in range(who.size):
        c = channel[n]
        if c == STAY:
            continue
        m = at[c + 1]
        rows[m], to[m], at[c + 1] = who[n], host[n], m + 1
        place[m] = halved(uniform(luck, ids[who[n]]), ends[host[n]])
    return rows, to, place, at


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
    leaves = np.zeros(len(state.people) if rows.size else 0, bool)
    for departure in state.departures if rows.size else ():
        leaves[departure.who] = True
    return ~leaves[rows]


def choose_again(state: Any, who: Rows, shut: NDArray[np.int64]) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """People who waited for a contract in the host `shut` choose again without it, and set out if they go.

    Host and channel of each, or STAY.
    """
    if not who.size:
        return np.zeros(0, np.int8), np.zeros(0, np.int8)
    c, p = state.people.cols, state.params
    host, channel = decide_again(
        who, c.id, c.kind, c.savings, c.banned_host, c.banned_until, state.t, *state.memory["choice"], p["credit_usd"],
        shut, p["nest_scale"], state.luck(MOMENT), state.luck(NESTS), state.luck(WAYS),
    )  # fmt: skip
    tested(state, who, host, channel)
    c.plan[who] = -1
    set_out(state, who, host, channel)
    return host, channel


def towards(state: Any, rows: Rows, which: NDArray[Any], ends: NDArray[np.float64]) -> NDArray[np.int16]:
    """A region for each of `rows`, drawn by the edges [which, place] of the shares of `which`."""
    return np.asarray(headed(state.luck(WHERE), rows, state.people.cols.id, which, ends))


@kernel
def headed(luck, rows, ids, which, ends):
    """The part of [0, 1) that the draw of each of `rows` falls into: upper ends [which, part]."""
    out = np.empty(rows.size, np.int16)
    for n in range(rows.size):
        out[n] = halved(uniform(luck, ids[rows[n]]), ends[which[n]])
    return out


@kernel
def halved(u, ends):
    """The part of [0, 1) that u falls into, found by halving."""
    low, high = 0, ends.size - 1
    while low < high:
        middle = (low + high) // 2
        if u >= ends[middle]:
            low = middle + 1
        else:
            high = middle
    return low
