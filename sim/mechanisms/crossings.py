"""Crossings: ports count who passed this month, by direction, nationality and purpose (Tables 3 and 4).

Offices count crossings, not persons: a trader's month is as many crossings as trips. Who slips across is not counted.
"""

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import edges, part, stream, uniform
from sim.core.kernel import kernel
from sim.core.kinds import GROUP, NATION
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
    """Count every lawful passage of the step at the ports of its way: persons, and in which cell of the shape [stop of
    the ways, nation, purpose] they are; codes of the stops."""
    ways, people, c = state.ways(), state.people, state.people.cols
    shape = ways.codes.size, state.nations, len(Purpose)
    if not people.crossed:
        none = np.zeros(0, np.int32)
        state.memory["crossings"] = none, none, shape, ways.codes
        return
    codes, ends = state.memory.get("purposes") or state.memory.setdefault("purposes", _purposes(state))
    told, nation, purpose, persons = written_down(
        people.moved, people.crossed, c.id, c.weight, c.kind, c.channel, c.employer, people.kinds.traits,
        people.host_of, np.maximum(state.memory["trips"], 1.0), codes, ends, state.country("PRK"), state.country("CHN"),
        state.luck(PURPOSE),
    )  # fmt: skip
    _, origin, goal, _ = people.moved[:, : people.crossed]
    if state.memory.get("room at ports", told).shape != shape:
        state.memory["room at ports"] = np.zeros(shape, np.int64)
    where, persons = count(
        origin, goal, told, nation, purpose, persons, len(ways.cost), ways.first, ways.chance, ways.track, ways.stops,
        state.luck(PORT), state.memory["room at ports"],
    )  # fmt: skip
    state.memory["crossings"] = persons, where, shape, ways.codes


@kernel
def written_down(
    moved, crossed, ids, weight, kind, channel, employer, traits, host_of, often, codes, ends, north, china, luck
):
    """What ports write down for each who crosses a border: id, nation, purpose, and of how many persons.

    It is 0 who pass no port, such as North Koreans in hiding when they go home or leave China for the south. moved
    [row, place before, place and event, number]; traits [kind, trait]; often [group]: trips of a visitor in the step;
    purposes of trips are drawn: codes and ends [group, which].
    """
    told, nation, way = np.empty(crossed, np.uint64), np.empty(crossed, np.int8), np.empty(crossed, np.int8)
    purpose, persons, like = np.zeros(crossed, np.int8), np.empty(crossed, np.int64), np.empty(crossed, np.int16)
    for n in range(crossed):  # memory brings many cells at once where no branch lies between them
        i = np.uint32(moved[0, n])
        told[n], like[n], way[n], persons[n] = ids[i], kind[i], channel[i], weight[i]
    for n in range(crossed):
        k, e = np.uint32(like[n]), np.uint32(moved[3, n])
        nation[n] = traits[k, NATION]
        hid = nation[n] == north and way[n] == SMUGGLER
        if UNCOUNTED[e] or (hid and e == RETURN) or (e == PASS_ON and host_of[np.uint32(moved[1, n])] == china):
            persons[n] = 0
            continue
        purpose[n] = WRITTEN[e, way[n]]
        if way[n] == VISIT and TRIPS[e] and employer[np.uint32(moved[0, n])] < 0:
            g = np.uint32(traits[k, GROUP])
            purpose[n] = codes[g, part(uniform(luck, told[n]), ends[g])]
            persons[n] = np.int64(np.rint(persons[n] * often[g]))
    return told, nation, purpose, persons


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
