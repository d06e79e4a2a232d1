"""Visas: how many persons of a nationality a host gives one in a year, by purpose, where a policy says so.

Whoever will overstay comes on the visa of a visit. Claimants, people smuggled and those already there need none.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import stream
from sim.core.departures import Departure
from sim.core.kernel import kernel
from sim.core.roll import Rows
from sim.core.words import Channel

VISAS = stream("visas")
NEEDED = (Channel.CONTRACT, Channel.VISIT, Channel.OVERSTAY, Channel.STUDY, Channel.FAMILY)


def visa_of(channel: Channel) -> Channel:
    """The channel under whose name the visa stands on which people of a channel enter."""
    return Channel.VISIT if channel == Channel.OVERSTAY else channel


def issued(state: Any) -> NDArray[np.int64]:
    """Persons who entered on each visa since 1 January [channel, host, nation]."""
    year = state.calendar.year(state.t)
    if state.memory.get("visas", (None,))[0] != year:
        state.memory["visas"] = year, np.zeros((len(Channel), state.hosts, state.nations), np.int64)
    count: NDArray[np.int64] = state.memory["visas"][1]
    return count


def not_given(state: Any) -> NDArray[np.bool_]:
    """Which channels nobody can choose for want of a visa [channel, host, nation].

    No visa is given at all, or none is left this year; for a contract only the former, for who waits may go later.
    """
    most = state.rules.tables["visas_a_year"]
    out = most - issued(state) < 1
    out[Channel.CONTRACT] = most[Channel.CONTRACT] < 1
    out[Channel.OVERSTAY] = out[Channel.VISIT]
    return np.asarray(out)


def given(state: Any, lots: list[Departure], passes: list[NDArray[np.bool_]]) -> list[NDArray[np.bool_]]:
    """Of those whom the border lets pass, who has a visa: whole heads, in drawn order, while the year's suffice.

    All who leave on a visa this month are served together, whatever made them go.
    """
    c, out, most = state.people.cols, list(passes), state.rules.tables["visas_a_year"]
    for visa in dict.fromkeys(visa_of(d.channel) for d in lots if d.channel in NEEDED):
        some = [n for n, d in enumerate(lots) if d.channel in NEEDED and visa_of(d.channel) == visa]
        count = issued(state)[visa]
        if np.isfinite(most[visa]).any():
            served = _served_together(state, [lots[n] for n in some], [passes[n] for n in some], most[visa] - count)
            for n, each in zip(some, served, strict=True):
                out[n] = each
        for n in some:
            note(out[n], lots[n].who, lots[n].place, c.nation, c.weight, state.people.host_of, count)
    return out


def _served_together(state: Any, lots: list[Departure], passes: list[NDArray[np.bool_]],
                     left: NDArray[np.float64]) -> list[NDArray[np.bool_]]:  # fmt: skip
    """Who of several lots is served from what is `left` [host, nation]."""
    who = np.concatenate([d.who[x] for d, x in zip(lots, passes, strict=True)])
    place = np.concatenate([d.place[x] for d, x in zip(lots, passes, strict=True)])
    ends = np.cumsum([x.sum() for x in passes])[:-1]
    out = [x.copy() for x in passes]
    for each, part in zip(out, np.split(_served(state, who, place, left), ends), strict=True):
        each[each] = part
    return out


@kernel
def note(given, who, place, nation, weight, host_of, count):
    """Add those who were given one to the visas of the year: count [host, nation, persons]."""
    for n in range(who.size):
        if given[n]:
            count[host_of[place[n]], nation[who[n]]] += weight[who[n]]


def _served(state: Any, who: Rows, place: NDArray[np.int16], left: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Who of `who` is served from what is `left` [host, nation]; a head too heavy for the rest is passed over."""
    c, out = state.people.cols, np.ones(who.size, bool)
    host, nation = state.people.host_of[place], c.nation[who]
    limited = np.flatnonzero(np.isfinite(left[host, nation]))
    drawn = state.draw(VISAS, who[limited])
    for n in limited[np.lexsort((c.id[who[limited]], drawn))]:
        weight = c.weight[who[n]]
        out[n] = weight <= left[host[n], nation[n]]
        left[host[n], nation[n]] -= weight * out[n]
    return out
