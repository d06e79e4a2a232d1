"""Visas: how many persons of a nationality a host gives one in a year, by purpose, where a policy says so.

Whoever will overstay comes on the visa of a visit. Claimants, people smuggled and those already there need none.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import stream
from sim.core.kernel import kernel
from sim.core.roll import Rows
from sim.core.words import Channel

VISAS = stream("visas")
NONE = -1
VISA_OF = np.array(  # the channel under whose name the visa stands on which people of each channel enter
    [Channel.CONTRACT, Channel.VISIT, Channel.VISIT, NONE, NONE, Channel.STUDY, Channel.FAMILY]
)


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


def given(state: Any, who: Rows, place: NDArray[np.int16], channel: NDArray[np.int8],
          passes: NDArray[np.bool_]) -> None:  # fmt: skip
    """Of those whom the border lets pass, who has a visa: whole heads, in drawn order, while the year's suffice.

    All who leave on a visa this month are served together, whatever made them go; `passes` falls in place.
    """
    c, most, count = state.people.cols, state.rules.tables["visas_a_year"], issued(state)
    limited = np.isfinite(most)
    if limited.any():
        for visa in np.flatnonzero(limited.any((1, 2))):
            some = np.flatnonzero(passes & (VISA_OF[channel] == visa))
            passes[some] = _served(state, who[some], place[some], most[visa] - count[visa])
    note(passes, who, place, channel, VISA_OF, c.nation, c.weight, state.people.host_of, count)


@kernel
def note(passes, who, place, channel, visa_of, nation, weight, host_of, count):
    """Add those who pass to the visas of the year, if they need one: count [channel, host, nation, persons]."""
    for n in range(who.size):
        visa = visa_of[channel[n]]
        if passes[n] and visa >= 0:
            i = np.uint32(who[n])
            count[visa, host_of[place[n]], nation[i]] += weight[i]


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
