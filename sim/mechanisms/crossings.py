"""Crossings: ports count who passed this month, by direction, nationality and purpose (Tables 3 and 4).

Offices count crossings, not persons: a trader's month is as many crossings as trips. Who slips across is not counted.
"""

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import edges, part, stream, uniform
from sim.core.kernel import kernel
from sim.core.routes import count
from sim.core.state import State
from sim.core.words import Channel, Event, Purpose


def _written() -> NDArray[np.int8]:
    """What a port writes down for those who are not on a trip [event, channel]."""
    out = np.full((len(Event), len(Channel)), Purpose.OTHER, np.int8)
    out[Event.HIRE] = Purpose.WORK
    out[Event.JOIN] = Purpose.PERMANENT_RESIDENCE
    out[Event.VISIT, Channel.OVERSTAY] = Purpose.PRIVATE  # Table 4 has too few tourists to hold them
    out[[Event.RETURN, Event.LAY_OFF, Event.REPATRIATE, Event.SEND_HOME, Event.RESCUE]] = Purpose.RETURN
    out[[Event.REMOVE, Event.HAND_OVER]] = Purpose.REMOVAL
    return out


PORT, PURPOSE = stream("crossings port"), stream("crossings purpose")
UNCOUNTED = np.isin(np.arange(len(Event)), (Event.SLIP_IN, Event.MOVE_ON, Event.FLEE, Event.UPROOT))
WRITTEN = _written()
TRIPS = np.isin(np.arange(len(Event)), (Event.VISIT, Event.RETURN))
VISIT, SMUGGLER, RETURN, PASS_ON = int(Channel.VISIT), int(Channel.SMUGGLER), int(Event.RETURN), int(Event.PASS_ON)


def step(state: State) -> None:
    """Count every lawful passage of the step at the ports of its way [stop of the ways, nation, purpose, persons]."""
    ways, c = state.ways(), state.people.cols
    counts = np.zeros((ways.codes.size, state.nations, len(Purpose)), np.int64)
    state.memory["crossings"] = ways.codes, counts
    if not state.people.moves:
        return
    who, origin, goal, event = (np.concatenate(column) for column in zip(*state.people.moves, strict=True))
    codes, ends = state.memory.get("purposes") or state.memory.setdefault("purposes", _purposes(state))
    purpose, persons = written_down(
        who, origin, event, c, state.people.host_of, np.maximum(state.memory["trips"], 1.0), codes, ends,
        state.country("PRK"), state.country("CHN"), state.luck(PURPOSE),
    )  # fmt: skip
    count(
        origin, goal, c.id[who], c.nation[who], purpose, persons, ways.chance, ways.counters, state.luck(PORT), counts
    )


@kernel
def written_down(who, origin, event, cols, host_of, often, codes, ends, north, china, luck):
    """What ports write down for each who crosses a border, and for how many persons; 0 who pass no port.

    North Koreans in hiding pass none when they go home, nor when they leave China for the south. often [group]: trips
    of a visitor in the step; purposes of trips are drawn: codes and ends [group, which].
    """
    purpose, persons = np.zeros(who.size, np.int8), np.zeros(who.size, np.int64)
    for n in range(who.size):
        i, e = who[n], event[n]
        hid = cols.nation[i] == north and cols.channel[i] == SMUGGLER
        if UNCOUNTED[e] or (hid and e == RETURN) or (e == PASS_ON and host_of[origin[n]] == china):
            continue
        purpose[n], persons[n] = WRITTEN[e, cols.channel[i]], cols.weight[i]
        if cols.channel[i] == VISIT and TRIPS[e] and cols.employer[i] < 0:
            g = cols.group[i]
            purpose[n] = codes[g, part(uniform(luck, cols.id[i]), ends[g])]
            persons[n] = np.int64(np.rint(cols.weight[i] * often[g]))
    return purpose, persons


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
