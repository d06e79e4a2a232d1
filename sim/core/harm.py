"""Harm: who came to harm in a step, by community of origin, host and way of coming; communities learn from it.

A mechanism that harms people calls `harmed`: for those detained, seen at the border, ill-treated at work. Pay held back
is harm too, by the share held, and `work` adds it. A fine is money, not harm. Known gap: one harm counts like another.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel
from sim.core.people import Columns
from sim.core.roll import Rows
from sim.core.words import Channel, Status

ABROAD = [x for x in Status if x != Status.HOME]


def harmed(state: Any, who: Rows) -> None:
    """Note that people abroad came to harm where they are; a person may be named twice in a step."""
    people, c = state.people, state.people.cols
    who = who[c.channel[who] >= 0]
    np.add.at(tally(state, "harm"), (c.nation[who], people.host_of[c.place[who]], c.channel[who]), c.weight[who])


def turned_back(state: Any, who: Rows, host: NDArray[np.int16], channel: Channel) -> None:
    """Note that people were seen on their way to `host` and are at home again; they tried, and came to harm."""
    c: Columns = state.people.cols
    for name in ("harm", "tried"):
        np.add.at(tally(state, name), (c.nation[who], host, np.full(who.size, channel)), c.weight[who])


def tally(state: Any, name: str) -> NDArray[np.int64]:
    """Persons by [nation, host, channel] since the tally of that name was last taken out, to be added to in place."""
    if name not in state.memory:
        state.memory[name] = np.zeros((state.nations, state.hosts, len(Channel)), np.int64)
    table: NDArray[np.int64] = state.memory[name]
    return table


def taken_out(state: Any, name: str) -> NDArray[np.int64]:
    """The tally, which begins anew."""
    table = tally(state, name)
    del state.memory[name]
    return table


def living_there(state: Any) -> NDArray[np.int64]:
    """Persons abroad by [nation, host, channel by which they came]."""
    c, out = state.people.cols, np.zeros((state.nations, state.hosts, len(Channel)), np.int64)
    rows = state.people.who(*ABROAD)
    count(rows, c.nation, c.place, c.channel, c.weight, state.people.host_of, out)
    return out


@kernel
def count(rows, nation, place, channel, weight, host_of, out):
    """Add the persons of each of `rows` to out [nation, host, channel]; who came by none is passed over."""
    for n in range(rows.size):
        i = rows[n]
        if channel[i] >= 0:
            out[nation[i], host_of[place[i]], channel[i]] += weight[i]
