"""Outflow: people who flee a breakdown of order at home, on foot and without a broker.

Who flees crosses unlawfully into the first host of their group; guards turn back as many as of others. Known gap: a
crowd is seen no more and no less than one who slips across, and camps are not told apart from hiding.
"""

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import stream
from sim.core.departures import towards
from sim.core.harm import turned_back
from sim.core.roll import Rows
from sim.core.state import State
from sim.core.words import NEVER, THIRTY_DAYS, Channel, Event, Status

FLEES, SEEN = stream("outflow flees"), stream("outflow seen")


def step(state: State) -> None:
    """Where order has broken down, a share of those at home sets out; part of them are seen and turned back."""
    flees = state.rules.tables["flees"]
    if not flees.any():
        return
    c, people = state.people.cols, state.people
    who, host = _could_flee(state)
    goes = state.draw(FLEES, who) < flees[c.home[who]]
    who, host = who[goes], host[goes]
    seen = state.draw(SEEN, who) < state.rules.tables["seen"][people.host_of[c.home[who]], host]
    turned_back(state, who[seen], host[seen], Channel.SMUGGLER)
    across, host = who[~seen], host[~seen]
    people.change(across, Event.UPROOT, towards(state, across, host, state.goal_ends), NEVER)
    c.channel[across], c.registered[across] = Channel.SMUGGLER, THIRTY_DAYS


def _could_flee(state: State) -> tuple[Rows, NDArray[np.int16]]:
    """People at home who are of a group that crosses unlawfully, and where each would go."""
    if "refuge" not in state.memory:
        groups = state.world.groups
        first = [state.country(g.hosts[0]) if g.crosses_unlawfully else -1 for g in groups]
        state.memory["refuge"] = np.array(first, np.int16)
    c, refuge = state.people.cols, state.memory["refuge"]
    who = np.flatnonzero((c.status == Status.HOME) & (refuge[c.group] >= 0) & (c.queued == 0)).astype(np.int32)
    return who, refuge[c.group[who]]
