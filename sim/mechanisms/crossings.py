"""Crossings: ports count who passed this month, by direction, nationality and purpose (Tables 3 and 4).

Offices count crossings, not persons: a trader's month is as many crossings as trips. Who slips across is not counted.
"""

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import split, stream
from sim.core.people import Rows
from sim.core.routes import count
from sim.core.state import State
from sim.core.words import Channel, Event, Purpose

PORT, PURPOSE = stream("crossings port"), stream("crossings purpose")
UNCOUNTED = (Event.SLIP_IN, Event.MOVE_ON, Event.FLEE)
REMOVALS = (Event.REMOVE, Event.HAND_OVER)


def step(state: State) -> None:
    """Count every lawful passage of the step at the ports of its way [stop code, nation, purpose, persons]."""
    ways, c = state.ways(), state.people.cols
    counts = np.zeros((len(state.world.ports) * 2 * state.hosts, state.nations, len(Purpose)), np.int64)
    often = np.array([_crossings(state, g) for g in range(len(state.world.groups))])
    for who, origin, goal, event in state.people.moves:
        seen = ~np.isin(event, UNCOUNTED)
        who, origin, goal, event = who[seen], origin[seen], goal[seen], event[seen]
        is_trip = (
            (c.channel[who] == Channel.VISIT) & np.isin(event, (Event.VISIT, Event.RETURN)) & (c.employer[who] < 0)
        )
        purpose = np.where(is_trip, _on_trips(state, who), _purpose(event, c.channel[who]))
        persons = np.rint(c.weight[who] * np.where(is_trip, often[c.group[who]], 1.0)).astype(np.int64)
        with np.errstate(over="ignore"):
            count(
                origin, goal, c.id[who], c.nation[who], purpose.astype(np.int8), persons, ways.chance, ways.stops,
                state.luck(PORT), counts,
            )  # fmt: skip
    state.memory["crossings"] = counts


def _on_trips(state: State, who: Rows) -> NDArray[np.int8]:
    """What visitors give as their purpose, in the shares of their group."""
    c = state.people.cols
    out = np.full(who.size, Purpose.OTHER, np.int8)
    for g in np.unique(c.group[who]):
        purposes, mine = state.world.groups[g].trip_purposes, c.group[who] == g
        if purposes:
            codes = np.array([Purpose[name.upper()] for name, _ in purposes], np.int8)
            shares = np.array([share for _, share in purposes])
            out[mine] = codes[split(c.id[who[mine]], state.luck(PURPOSE), shares)]
    return out


def _crossings(state: State, g: int) -> float:
    """Trips that one month abroad stands for, of a group that travels more than once a month."""
    return max(1.0, float(state.memory["trips"][g]))


def _purpose(event: NDArray[np.int8], channel: NDArray[np.int8]) -> NDArray[np.int8]:
    """What the port writes down for those who are not on a trip."""
    out = np.full(event.size, Purpose.OTHER, np.int8)
    out[event == Event.HIRE] = Purpose.WORK
    out[(event == Event.VISIT) & (channel == Channel.OVERSTAY)] = Purpose.TOURISM
    out[(event == Event.RETURN) | (event == Event.LAY_OFF)] = Purpose.RETURN
    out[np.isin(event, REMOVALS)] = Purpose.REMOVAL
    return out
