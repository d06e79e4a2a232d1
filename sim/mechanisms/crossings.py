"""Crossings: ports count who passed this month, by direction, nationality and purpose (Tables 3 and 4).

Offices count crossings, not persons: a trader's month is as many crossings as trips. Who slips across is not counted.
"""

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import edges, parts, stream
from sim.core.people import Rows
from sim.core.routes import count
from sim.core.state import State
from sim.core.words import Channel, Event, Purpose


def _written() -> NDArray[np.int8]:
    """What a port writes down for those who are not on a trip [event, channel]."""
    out = np.full((len(Event), len(Channel)), Purpose.OTHER, np.int8)
    out[Event.HIRE] = Purpose.WORK
    out[Event.JOIN] = Purpose.PERMANENT_RESIDENCE
    out[Event.VISIT, Channel.OVERSTAY] = Purpose.PRIVATE  # Table 4 has too few tourists to hold them
    out[[Event.RETURN, Event.LAY_OFF, Event.REPATRIATE]] = Purpose.RETURN
    out[[Event.REMOVE, Event.HAND_OVER]] = Purpose.REMOVAL
    return out


PORT, PURPOSE = stream("crossings port"), stream("crossings purpose")
UNCOUNTED = np.isin(np.arange(len(Event)), (Event.SLIP_IN, Event.MOVE_ON, Event.FLEE))
WRITTEN = _written()
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
    purpose, persons = WRITTEN[event, c.channel[who]], c.weight[who].astype(np.int64)
    on_trip = np.flatnonzero((c.channel[who] == Channel.VISIT) & TRIPS[event] & (c.employer[who] < 0))
    purpose[on_trip] = _on_trips(state, who[on_trip])
    often = np.maximum(state.memory["trips"], 1.0)[c.group[who[on_trip]]]
    persons[on_trip] = np.rint(persons[on_trip] * often)
    count(
        origin, goal, c.id[who], c.nation[who], purpose, persons, ways.chance, ways.counters, state.luck(PORT), counts
    )


def _slips_back(state: State, who: Rows, origin: NDArray[np.int16], event: NDArray[np.int8]) -> NDArray[np.bool_]:
    """North Koreans in hiding pass no port when they go home, nor when they leave China for the south."""
    c, china = state.people.cols, state.country("CHN")
    hid = (c.nation[who] == state.country("PRK")) & (c.channel[who] == Channel.SMUGGLER)
    onward = (event == Event.PASS_ON) & (state.people.host_of[origin] == china)
    return (hid & (event == Event.RETURN)) | onward


def _on_trips(state: State, who: Rows) -> NDArray[np.int8]:
    """What visitors give as their purpose, in the shares of their group."""
    codes, ends = state.memory.get("purposes") or state.memory.setdefault("purposes", _purposes(state))
    group = state.people.cols.group[who]
    given: NDArray[np.int8] = codes[group, parts(state.luck(PURPOSE), state.people.cols.id[who], group, ends)]
    return given


def _purposes(state: State) -> tuple[NDArray[np.int8], NDArray[np.float64]]:
    """The purposes of each group in its own order, and the edges of their shares [group, which]; OTHER if it has none.

    Made once."""
    groups = state.world.groups
    shape = len(groups), max(1, *(len(group.trip_purposes) for group in groups))
    codes, shares = np.full(shape, Purpose.OTHER, np.int8), np.zeros(shape)
    for g, group in enumerate(groups):
        for k, (name, share) in enumerate(group.trip_purposes):
            codes[g, k], shares[g, k] = Purpose[name.upper()], share
    return codes, edges(shares)
