"""Routes: which ports a journey between two places passes, on the network that is open in a month.

A traveller leaves the country by one of its ports, chosen by a logit over the generalised cost of the whole way
(money and days); from that port on the way is the cheapest. The same links serve both directions.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from sim.core.chance import uniform
from sim.core.kernel import kernel

OUT, IN = 0, 1
MOST_STOPS = 8
NO_STOP = -1


@dataclass(frozen=True)
class Network:
    """Nodes are places, then ports. `cost` and `days` are by link; `open` months by link and port."""

    places: int
    ends: NDArray[np.int32]  # [link, 2] nodes
    cost_usd: NDArray[np.float64]
    days: NDArray[np.float64]
    lawful: NDArray[np.bool_]
    months: NDArray[np.bool_]  # [link, 12]
    port_months: NDArray[np.bool_]  # [port, 12]
    state_of_place: NDArray[np.int16]
    states_of_port: NDArray[np.int16]  # [port, 2]; the second is -1 for an airport

    @property
    def nodes(self) -> int:
        """Places and ports."""
        return self.places + len(self.port_months)

    def open_links(self, month: int, closed: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Lawful links that are open in a month, if the ports `closed` are shut."""
        shut = np.concatenate([np.zeros(self.places, bool), ~self.port_months[:, month] | closed])
        return self.lawful & self.months[:, month] & ~shut[self.ends].any(1)

    def costs(self, month: int, day_usd: float, border_usd: float, closed: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Generalised cost between adjacent nodes [USD], half of `border_usd` on each side of a land port.

        Infinite where no open lawful link is.
        """
        out = np.full((self.nodes, self.nodes), np.inf)
        usable = self.open_links(month, closed)
        land = np.concatenate([np.zeros(self.places, bool), self.states_of_port[:, 1] >= 0])
        cost = self.cost_usd + day_usd * self.days + border_usd / 2 * land[self.ends].sum(1)
        for (a, b), c in zip(self.ends[usable], cost[usable], strict=True):
            out[a, b] = out[b, a] = min(out[a, b], c)
        return out


@dataclass(frozen=True)
class Routes:
    """Ways between places in one month: for each pair up to K ways, with their cumulative chances and their stops.

    chance [from, to, way], stops [from, to, way, stop]: code (port × 2 + OUT/IN) × states + state, or NO_STOP; cost
    [from, to] of the cheapest way, days and transit counted, and fare, the least money [USD]; infinite if none is open.
    """

    chance: NDArray[np.float64]
    stops: NDArray[np.int32]
    cost: NDArray[np.float64]
    fare: NDArray[np.float64]

    @cached_property
    def codes(self) -> NDArray[np.int32]:
        """The stop codes that occur on any way, in order."""
        return np.unique(self.stops[self.stops >= 0])

    @cached_property
    def counters(self) -> NDArray[np.int32]:
        """As `stops`, with the place of each code in `codes` instead of the code."""
        return np.where(self.stops >= 0, np.searchsorted(self.codes, self.stops), NO_STOP).astype(np.int32)


@dataclass(frozen=True)
class _Ways:
    """What the search of one month needs, as lists, which plain Python reads faster than arrays."""

    places: int
    state_of_place: list[int]
    states_of_port: list[list[int]]
    inland: list[list[float]]  # cost [place, node] without leaving the state
    far: list[list[float]]  # cost [node, node], and the node before each on the way
    before: list[list[int]]
    exits: list[list[int]]  # ports by state
    states: int
    known: dict[tuple[int, int, int], tuple[tuple[int, ...], float] | None]
    transit_usd: float

    def onward(self, exit_node: int, goal: int, state: int) -> tuple[tuple[int, ...], float] | None:
        """Stops and price of the way of somebody who leaves `state` at this node for `goal`; None if it leads back."""
        key = exit_node, goal, state
        if key not in self.known:
            path = _path(self.before, exit_node, goal)
            back = [n for n in path[1:] if n < self.places and self.state_of_place[n] == state]
            self.known[key] = None if back else self.priced(path, state, self.far[exit_node][goal])
        return self.known[key]

    def priced(self, path: list[int], state: int, cost: float) -> tuple[tuple[int, ...], float]:
        """Stops of a path, and its cost with the price of transit for each third state, instead of for each border."""
        codes = _stops(self, path, state)
        ports = [n - self.places for n in path if n >= self.places]
        borders = sum(self.states_of_port[port][1] >= 0 for port in ports)
        goal = self.state_of_place[path[-1]]
        passed = sum(code // self.states % 2 == IN and code % self.states != goal for code in codes)
        return codes, cost + self.transit_usd * (passed - borders)


def routes(network: Network, month: int, costs: dict[str, float], closed: NDArray[np.bool_], states: int) -> Routes:
    """All ways of one month.

    costs [USD]: `day_usd` of a traveller's day, `transit_usd` of each state that one only passes (visa and delay; the
    search for ways takes it for each land border), `route_spread_usd`, the scale of the logit over exits.
    """
    near = network.costs(month, costs["day_usd"], costs["transit_usd"], closed)
    far, before = dijkstra(_graph(near), directed=False, return_predecessors=True)
    exits = [_exits(network, state) for state in range(states)]
    ways = _Ways(
        network.places, network.state_of_place.tolist(), network.states_of_port.tolist(),
        _inland(network, near, exits).tolist(), far.tolist(), before.tolist(), exits, states, {}, costs["transit_usd"],
    )  # fmt: skip
    n, most = network.places, 1 + max(len(e) for e in exits)
    cost, chance, stops = (
        far[:n, :n].copy(),
        np.zeros((n, n, most)),
        np.full((n, n, most, MOST_STOPS), NO_STOP, np.int32),
    )
    state = ways.state_of_place
    for a in range(n):
        for b in range(n):
            if state[a] != state[b] and math.isfinite(ways.far[a][b]):
                cost[a, b] = _fill(ways, a, b, costs["route_spread_usd"], chance[a, b], stops[a, b])
    money = dijkstra(_graph(network.costs(month, 0.0, 0.0, closed)), directed=False)
    return Routes(chance, stops, cost, money[:n, :n])


def _graph(near: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(np.isfinite(near), near, 0.0)


def _exits(network: Network, state: int) -> list[int]:
    """Nodes of the ports of a state."""
    mine = (network.states_of_port == state).any(1)
    return [network.places + int(p) for p in np.flatnonzero(mine)]


def _inland(network: Network, near: NDArray[np.float64], exits: list[list[int]]) -> NDArray[np.float64]:
    """Cost from each place to each port of its own state, over its own ground [place, node]."""
    out = np.full((network.places, network.nodes), np.inf)
    for state, ports in enumerate(exits):
        places = [int(p) for p in np.flatnonzero(network.state_of_place == state)]
        nodes = np.array(places + ports)
        if ports and places:
            own = dijkstra(_graph(near[np.ix_(nodes, nodes)]), directed=False)
            out[np.ix_(places, ports)] = own[: len(places), len(places) :]
    return out


def _fill(ways: _Ways, a: int, b: int, spread: float, chance: NDArray[np.float64], stops: NDArray[np.int32]) -> float:
    """Fill the ways from a to b: straight on, and by each port of the country; of equal ways the cheapest counts.

    The price of the cheapest [USD].
    """
    state, inland = ways.state_of_place[a], ways.inland[a]
    codes, price = ways.priced(_path(ways.before, a, b), state, ways.far[a][b])
    cost = {codes: price}
    for p in ways.exits[state]:
        way = ways.onward(p, b, state) if math.isfinite(inland[p] + ways.far[p][b]) else None
        if way is not None:
            cost[way[0]] = min(inland[p] + way[1], cost.get(way[0], math.inf))
    best, total = min(cost.values()), 0.0
    for k, (codes, c) in enumerate(cost.items()):
        total += math.exp(-(c - best) / spread)
        stops[k, : len(codes)], chance[k] = codes, total
    chance[: len(cost)] /= total
    chance[len(cost) :] = 1.0
    return best


def _path(before: list[list[int]], a: int, b: int) -> list[int]:
    """Nodes from a to b."""
    path = [b]
    while path[-1] != a:
        path.append(before[a][path[-1]])
    return path[::-1]


def _stops(ways: _Ways, path: list[int], here: int) -> tuple[int, ...]:
    """Where and by which state somebody on this path, at first in the state `here`, is counted, leaving and entering.

    A land port lies between two states: it counts out of one and into the other. Of a chain of airports the first
    counts out and the last counts in; those between are transit, and a flight within a state counts nowhere.
    """
    codes: list[int] = []
    states, took_off = ways.states, -1
    for k, node in enumerate(path):
        if node < ways.places:
            here = ways.state_of_place[node]
            continue
        port = node - ways.places
        one, other = ways.states_of_port[port]
        if other >= 0:
            there = other if here == one else one
            codes += [(port * 2 + OUT) * states + here, (port * 2 + IN) * states + there]
            here = there
        else:
            goes_on = k + 1 < len(path) and not _is_ashore(ways, path[k + 1], one)
            came = k > 0 and not _is_ashore(ways, path[k - 1], one)
            if goes_on and not came:
                codes.append((port * 2 + OUT) * states + one)
            if came and not goes_on and one == took_off:
                codes.pop()
            elif came and not goes_on:
                codes.append((port * 2 + IN) * states + one)
            took_off = one if goes_on and not came else took_off
            here = one
    return tuple(codes[:MOST_STOPS])


def _is_ashore(ways: _Ways, node: int, state: int) -> bool:
    """Whether a node next to an airport is on the ground of the airport's state."""
    return node < ways.places and ways.state_of_place[node] == state


@kernel
def count(origin, goal, ids, nation, purpose, persons, chance, stops, luck, counts):
    """Count each journey at its ports: counts [stop code, nation, purpose] rise by its persons."""
    for n in range(origin.size):
        a, b = origin[n], goal[n]
        if chance[a, b, chance.shape[2] - 1] <= 0.0:
            continue
        u = uniform(luck, ids[n])
        k = 0
        while k < chance.shape[2] - 1 and u >= chance[a, b, k]:
            k += 1
        for s in range(stops.shape[3]):
            if stops[a, b, k, s] < 0:
                break
            counts[stops[a, b, k, s], nation[n], purpose[n]] += persons[n]
