"""Transit: smuggled journeys by way of a third state, on forged passports of that state (S015, S154).

A forged passport is no column: whoever a smuggler brings from a group with a transit state has one until the journey
ends. The way leads from home to that state's largest region and on from an airport there.
Known gap: it is thrown away on arrival; forged papers for work or residence do not exist.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import stream, uniform
from sim.core.cooperation import told
from sim.core.harm import tally
from sim.core.kernel import kernel
from sim.core.people import AT_HOME
from sim.core.roll import Rows
from sim.core.words import Channel

SEEN = stream("journeys seen")
SMUGGLER = int(Channel.SMUGGLER)  # for the kernel
NOWHERE = -1


@dataclass(frozen=True)
class Gates:
    """Transit state and its largest region by group, or NOWHERE; airports [state, port] that this region has."""

    state: NDArray[np.int64]
    place: NDArray[np.int64]
    airports: NDArray[np.bool_]


def gates(state: Any) -> Gates:
    """The gates of a run, found once."""
    if "gates" not in state.memory:
        state.memory["gates"] = _gates(state.world)
    found: Gates = state.memory["gates"]
    return found


def _gates(world: Any) -> Gates:
    via = world.via_of_group
    place, airports = np.full(via.size, NOWHERE), np.zeros((len(world.countries), len(world.ports)), bool)
    joined = {frozenset((link.a, link.b)) for link in world.links}
    for h in np.unique(via[via >= 0]):
        largest = max(world.places_of(world.countries[h].code), key=lambda p: p.population)
        place[via == h] = world.place_index(largest.id)
        for n, port in enumerate(world.ports):
            airports[h, n] = port.is_airport and frozenset((largest.id, port.id)) in joined
    return Gates(via, place, airports)


def fare(state: Any, group: NDArray[Any], home: NDArray[Any], to: NDArray[Any]) -> NDArray[np.float64]:
    """Least money of the way from each home to each place, by the gate of the group if it has one [USD]."""
    usd, gate = state.ways().fare, gates(state).place[group]
    start = np.where(gate >= 0, gate, home)
    return np.asarray(usd[home, start] + usd[start, to], np.float64)


def slip_through(state: Any, who: Rows, place: NDArray[np.int16], channel: NDArray[np.int8],
                 passes: NDArray[np.bool_]) -> None:  # fmt: skip
    """Fill in who of those with a smuggler passes; who is seen is turned back, tried, and came to harm."""
    c, p, rules, found, ledger = state.people.cols, state.params, state.rules.tables, gates(state), state.ledger
    flies = (found.airports & (rules["port_open"] >= 1)).any(1)
    with np.errstate(over="ignore"):
        slip(
            who, place, channel, passes, c.status, c.place, c.nation, c.group, c.weight, c.id, state.people.host_of,
            found.state, flies, rules["seen"], rules["cooperates"], p["cooperation_gain"], p["p_forged_seen"],
            state.luck(SEEN), ledger.tally("stopped"), ledger.tally("forged_passports_seized"), tally(state, "harm"),
            tally(state, "tried"),
        )  # fmt: skip


@kernel
def slip(who, place, channel, passes, status, here, nation, group, weight, ids, host_of, via, flies, seen, cooperates,
         gain, forged, luck, stopped, seized, harm, tried):  # fmt: skip
    """Whether each of `who` at home with a smuggler passes: not seen, and with an airport if it needs one.

    via [group]: transit state or NOWHERE; flies [state]; seen, cooperates [state, state]; forged: chance that a forged
    passport is seen. Persons seen are added to stopped [host, nation], seized [transit state, nation], harm and tried
    [nation, host, channel].
    """
    for n in range(who.size):
        i, h, c = who[n], host_of[place[n]], channel[n]
        if c != SMUGGLER or status[i] != AT_HOME:
            continue
        by, k = via[group[i]], nation[i]
        if by >= 0 and not flies[by]:
            continue
        start = host_of[here[i]]
        p = told(forged, gain, cooperates[by, h]) if by >= 0 else told(seen[start, h], gain, cooperates[start, h])
        passes[n] = uniform(luck, ids[i]) >= p
        if passes[n]:
            continue
        stopped[h, k] += weight[i]
        harm[k, h, c] += weight[i]
        tried[k, h, c] += weight[i]
        if by >= 0:
            seized[by, k] += weight[i]
