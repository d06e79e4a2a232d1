"""Transit: smuggled journeys by way of a third state, on forged passports of that state (S015, S154).

A forged passport is no column: whoever a smuggler brings from a group with a transit state has one until the journey
ends. The way leads from home to that state's largest region and on from an airport there.
Known gap: it is thrown away on arrival; forged papers for work or residence do not exist.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core import cooperation
from sim.core.departures import Departure
from sim.core.roll import Rows

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


def seen(state: Any, d: Departure) -> NDArray[np.float64]:
    """Chance that each of these smuggled people is seen: at the border, or with a forged passport at the airport."""
    people, c = state.people, state.people.cols
    host, via = people.host_of[d.place], gates(state).state[c.group[d.who]]
    p = cooperation.seen(state, people.host_of[c.place[d.who]], host)
    return np.where(via >= 0, cooperation.told(state, state.params["p_forged_seen"], via, host), p)


def can_fly(state: Any, who: Rows) -> NDArray[np.bool_]:
    """Whether the way of each is open: who passes no third state needs no airport."""
    group, found = state.people.cols.group[who], gates(state)
    flies = (found.airports & (state.rules.tables["port_open"] >= 1)).any(1)
    return np.asarray((found.state[group] < 0) | flies[found.state[group]])


def seize(state: Any, who: Rows) -> None:
    """Count the passports of those seen with a forged one, by the transit state."""
    c = state.people.cols
    via = gates(state).state[c.group[who]]
    who, via = who[via >= 0], via[via >= 0]
    np.add.at(state.ledger.tally("forged_passports_seized"), (via, c.nation[who]), c.weight[who])
