"""Crossings: ports count who passed this month, by direction, nationality and purpose (Tables 3 and 4).

Offices count crossings, not persons: a trader's month is as many crossings as trips. Who slips across is not counted.
"""

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import present, split, stream
from sim.core.people import Rows
from sim.core.routes import count
from sim.core.state import State
from sim.core.words import Channel, Event, Purpose

PORT, PURPOSE = stream("crossings port"), stream("crossings purpose")
UNCOUNTED = np.isin(np.arange(len(Event)), (Event.SLIP_IN, Event.MOVE_ON, Event.FLEE))
TRIPS = np.isin(np.arange(len(Event)), (Event.VISIT, Event.RETURN))


def step(state: State) -> None:
    """Count every lawful passage of the step at the ports of its way [stop of the ways, nation, purpose, persons]."""
    ways, c = state.ways(), state.people.cols
    counts = np.zeros((ways.codes.size, state.nations, len(Purpose)), np.int64)
    state.memory["crossings"] = ways.codes, counts
    if not state.people.moves:
        return
    who, origin, goal, event = (np.concatenate(column) for column in zip(*state.people.moves, strict=True))
    seen = ~UNCOUNTED[event] & ~_slips_back(state, who, origin, event)
    who, origin, goal, event = who[seen], origin[seen], goal[seen], event[seen]
    is_trip = (c.channel[who] == Channel.VISIT) & TRIPS[event] & (c.employer[who] < 0)
    purpose = _purpose(event, c.channel[who])
    purpose[is_trip] = _on_trips(state, who[is_trip])
    often = np.where(is_trip, np.maximum(state.memory["trips"], 1.0)[c.group[who]], 1.0)
    with np.errstate(over="ignore"):
        count(
            origin, goal, c.id[who], c.nation[who], purpose, np.rint(c.weight[who] * often).astype(np.int64),
            ways.chance, ways.counters, state.luck(PORT), counts,
        )  # fmt: skip


def _slips_back(state: State, who: Rows, origin: NDArray[np.int16], event: NDArray[np.int8]) -> NDArray[np.bool_]:
    """North Koreans in hiding pass no port when they go home, nor when they leave China for the south."""
    c, china = state.people.cols, state.country("CHN")
    hid = (c.nation[who] == state.country("PRK")) & (c.channel[who] == Channel.SMUGGLER)
    onward = (event == Event.PASS_ON) & (state.people.host_of[origin] == china)
    return (hid & (event == Event.RETURN)) | onward


def _on_trips(state: State, who: Rows) -> NDArray[np.int8]:
    """What visitors give as their purpose, in the shares of their group."""
    c = state.people.cols
    out = np.full(who.size, Purpose.OTHER, np.int8)
    for g in present(c.group[who]):
        purposes, mine = state.world.groups[g].trip_purposes, c.group[who] == g
        if purposes:
            codes = np.array([Purpose[name.upper()] for name, _ in purposes], np.int8)
            shares = np.array([share for _, share in purposes])
            out[mine] = codes[split(c.id[who[mine]], state.luck(PURPOSE), shares)]
    return out


def _purpose(event: NDArray[np.int8], channel: NDArray[np.int8]) -> NDArray[np.int8]:
    """What the port writes down for those who are not on a trip."""
    out = np.full(event.size, Purpose.OTHER, np.int8)
    out[event == Event.HIRE] = Purpose.WORK
    out[event == Event.JOIN] = Purpose.PERMANENT_RESIDENCE
    out[(event == Event.VISIT) & (channel == Channel.OVERSTAY)] = Purpose.PRIVATE  # Table 4 has too few tourists
    out[np.isin(event, (Event.RETURN, Event.LAY_OFF, Event.REPATRIATE))] = Purpose.RETURN
    out[(event == Event.REMOVE) | (event == Event.HAND_OVER)] = Purpose.REMOVAL
    return out
