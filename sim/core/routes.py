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
        occurs = np.zeros(max(int(self.stops.max()), 0) + 2, bool)
        occurs[self.stops] = True
        return np.flatnonzero(occurs[:-1]).astype(np.int32)  # the last is NO_STOP

    @cached_property
    def counters(self) -> NDArray[np.int32]:
        """As `stops`, with the place of each code in `codes` instead of the code."""
        where = np.full(int(self.codes.max(initial=0)) + 2, NO_STOP, np.int32)  # the last is that of NO_STOP
        where[self.codes] = np.arange(self.codes.size)
        return where[self.stops]


def routes(network: Network, month: int, costs: dict[str, float], closed: NDArray[np.bool_], states: int) -> Routes:
    """All ways of one month.

    costs [USD]: `day_usd` of a traveller's day, `transit_usd` of each state that one only passes (visa and delay; the
    search for ways takes it for each land border), `route_spread_usd`, the scale of the logit over exits.
    """
    near = network.costs(month, costs["day_usd"], costs["transit_usd"], closed)
    far, before = dijkstra(_graph(near), directed=False, return_predecessors=True)
    n, of_place, ports = network.places, network.state_of_place, [_exits(network, state) for state in range(states)]
    first, start = np.cumsum([0, *map(len, ports)]), np.concatenate([*ports, np.arange(n)])
    home = np.concatenate([np.repeat(np.arange(states), np.diff(first)), of_place])
    price = np.full((start.size, n), np.inf)
    counted = np.full((start.size, n, MOST_STOPS), NO_STOP, np.int32)
    walk(far, before, start, home, of_place, network.states_of_port, states, costs["transit_usd"], price, counted)
    cost, shape = far[:n, :n].copy(), (n, n, 1 + int(np.diff(first).max()))
    chance, stops = np.zeros(shape), np.full((*shape, MOST_STOPS), NO_STOP, np.int32)
    own = np.where(home[:, None] == home, near[np.ix_(start, start)], np.inf)  # each state by itself
    inland = dijkstra(_graph(own), directed=False, indices=np.arange(start.size - n, start.size))
    fill(first, of_place, inland, price, counted, costs["route_spread_usd"], cost, chance, stops)
    money = dijkstra(_graph(network.costs(month, 0.0, 0.0, closed)), directed=False, indices=np.arange(n))
    return Routes(chance, stops, cost, money[:, :n])


def _graph(near: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(np.isfinite(near), near, 0.0)


def _exits(network: Network, state: int) -> NDArray[np.intp]:
    """Nodes of the ports of a state."""
    return network.places + np.flatnonzero((network.states_of_port == state).any(1))


@kernel
def walk(far, before, start, home, state_of_place, states_of_port, states, transit, price, stops):
    """Price [way, place, USD] of the cheapest way from each node `start` to each place of another state than `home`,
    and where and by which state travellers are counted, leaving and entering: stops [way, place, stop].

    far [node, node] in USD; before [node, node]: the node before each on the way. transit: the price of each third
    state, in place of that of each land border. From a port no way leads back into the state that one leaves by it:
    it has no price.

    A land port lies between two states: it counts out of one and into the other. Of a chain of airports the first
    counts out and the last counts in; those between are transit, and a flight within a state counts nowhere.
    """
    places, path, codes = state_of_place.size, np.empty(len(far), np.int64), np.empty(2 * len(far), np.int64)
    for way in range(start.size):
        for goal in range(places):
            if state_of_place[goal] == home[way] or not math.isfinite(far[start[way], goal]):
                continue
            path[0], last = goal, 0
            while path[last] != start[way]:
                path[last + 1] = before[start[way], path[last]]
                last += 1
            here, found, passed, took_off, is_back = home[way], 0, 0, -1, False
            for k in range(last, -1, -1):
                if path[k] < places:
                    here = np.int64(state_of_place[path[k]])
                    is_back = is_back or here == home[way]
                    continue
                port = path[k] - places
                one, other = states_of_port[port, 0], states_of_port[port, 1]
                if other >= 0:
                    there = np.int64(other if here == one else one)
                    codes[found] = (port * 2 + OUT) * states + here
                    codes[found + 1] = (port * 2 + IN) * states + there
                    found, passed, here = found + 2, passed - 1, there
                    continue
                goes_on = k > 0 and (path[k - 1] >= places or state_of_place[path[k - 1]] != one)
                came = k < last and (path[k + 1] >= places or state_of_place[path[k + 1]] != one)
                if goes_on and not came:
                    codes[found], took_off, found = (port * 2 + OUT) * states + one, one, found + 1
                elif came and not goes_on and one == took_off:
                    found -= 1
                elif came and not goes_on:
                    codes[found], found = (port * 2 + IN) * states + one, found + 1
                here = np.int64(one)
            if is_back and start[way] >= places:
                continue
            for n in range(min(found, MOST_STOPS)):
                stops[way, goal, n] = codes[n]
                passed += codes[n] // states % 2 == IN and codes[n] % states != state_of_place[goal]
            price[way, goal] = far[start[way], goal] + transit * passed


@kernel
def fill(first, state_of_place, inland, price, counted, spread, cost, chance, stops):
    """Ways between all places of different states, straight on and by each port of the country; of those that are
    counted alike the cheapest holds. Out: cost, chance and stops of `Routes`.

    price, counted: what `walk` found from the ports, first[state] : first[state + 1] are those of a state, and after
    them from the places. inland [place, port, USD]: to the ports of the own state over its own ground.
    """
    prices = np.empty(chance.shape[2], np.float64)
    for a in range(state_of_place.size):
        state, straight = state_of_place[a], first[-1] + a
        for b in range(state_of_place.size):
            if not math.isfinite(price[straight, b]):
                continue
            ways = 0
            for e in range(first[state] - 1, first[state + 1]):
                row, usd = straight, price[straight, b]
                if e >= first[state]:
                    row, usd = e, inland[a, e] + price[e, b]
                if not math.isfinite(usd):
                    continue
                k, n = 0, 0
                while k < ways and n < MOST_STOPS:  # as far as the first way that is counted alike
                    n = n + 1 if stops[a, b, k, n] == counted[row, b, n] else 0
                    k = k if n else k + 1
                if k < ways:
                    prices[k] = min(prices[k], usd)
                    continue
                prices[k], ways = usd, ways + 1
                for n in range(MOST_STOPS):
                    stops[a, b, k, n] = counted[row, b, n]
            best, total = prices[0], 0.0
            for k in range(1, ways):
                best = min(best, prices[k])
            for k in range(chance.shape[2]):
                total += math.exp(-(prices[k] - best) / spread) if k < ways else 0.0
                chance[a, b, k] = total
            for k in range(chance.shape[2]):
                chance[a, b, k] = chance[a, b, k] / total if k < ways else 1.0
            cost[a, b] = best


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
