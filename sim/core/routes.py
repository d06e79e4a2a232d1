"""Routes: which ports a journey between two places passes, on the network that is open in a month.

A traveller leaves the country by one of its ports, chosen by a logit over the generalised cost of the whole way
(money and days); from that port on the way is the cheapest. The same links serve both directions.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
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
        a, b = self.ends[usable].T
        np.minimum.at(out, (a, b), cost[usable])
        np.minimum.at(out, (b, a), cost[usable])
        return out


@dataclass(frozen=True)
class Routes:
    """Ways between places in one month; those of a pair, from × places + to, are first[pair] : first[pair + 1].

    By way: chance, cumulated over the ways of its pair, and track. stops [track, stop]: the place in `codes` of each
    stop, or NO_STOP; codes: port × 2 + OUT/IN, × states + state, those that occur, in order. cost [from, to] of the
    cheapest way, days and transit counted, and fare, the least money [USD]; infinite if none is open.
    """

    first: NDArray[np.int32]
    chance: NDArray[np.float64]
    track: NDArray[np.int32]
    stops: NDArray[np.int16]
    codes: NDArray[np.int32]
    cost: NDArray[np.float64]
    fare: NDArray[np.float64]


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
    counted = np.full((start.size * n, MOST_STOPS), NO_STOP, np.int32)
    walk(far, before, start, home, of_place, network.states_of_port, states, costs["transit_usd"], price, counted)
    own = np.where(home[:, None] == home, near[np.ix_(start, start)], np.inf)  # each state by itself
    inland = dijkstra(_graph(own), directed=False, indices=np.arange(start.size - n, start.size))
    cost, occurs = far[:n, :n].copy(), np.zeros(2 * states * len(network.port_months), bool)
    begin, chance, track = fill(first, of_place, inland, price, counted, costs["route_spread_usd"], cost, occurs)
    codes = np.flatnonzero(occurs).astype(np.int32)
    where = np.full(occurs.size + 1, NO_STOP, np.int16)  # the last is that of NO_STOP
    where[codes] = np.arange(codes.size)
    money = dijkstra(_graph(network.costs(month, 0.0, 0.0, closed)), directed=False, indices=np.arange(n))
    return Routes(begin, chance.copy(), track.copy(), where[counted], codes, cost, money[:, :n])


def _graph(near: NDArray[np.float64]) -> csr_array:
    return csr_array(np.where(np.isfinite(near), near, 0.0))


def _exits(network: Network, state: int) -> NDArray[np.intp]:
    """Nodes of the ports of a state."""
    return network.places + np.flatnonzero((network.states_of_port == state).any(1))


@kernel
def walk(far, before, start, home, state_of_place, states_of_port, states, transit, price, stops):
    """Price [way, place, USD] of the cheapest way from each node `start` to each place of another state than `home`,
    and where and by which state travellers are counted, leaving and entering: stops [way × places + place, stop].

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
                stops[way * places + goal, n] = codes[n]
                passed += codes[n] // states % 2 == IN and codes[n] % states != state_of_place[goal]
            price[way, goal] = far[start[way], goal] + transit * passed


@kernel
def fill(first, state_of_place, inland, price, counted, spread, cost, occurs):
    """Ways between all places of different states, straight on and by each port of the country; of those that are
    counted alike the cheapest holds. Out: first, chance and track of `Routes`; cost, and whether each code occurs.

    price, counted: what `walk` found from the ports, first[state] : first[state + 1] are those of a state, and after
    them from the places. inland [place, port, USD]: to the ports of the own state over its own ground.
    """
    places, most, size = state_of_place.size, 0, 0
    for a in range(places):
        most += places * (1 + first[state_of_place[a] + 1] - first[state_of_place[a]])
    begin, prices = np.zeros(places * places + 1, np.int32), np.empty(most, np.float64)
    chance, track = np.empty(most, np.float64), np.empty(most, np.int32)
    for a in range(places):
        state, straight = state_of_place[a], first[-1] + a
        for b in range(places):
            ways = 0
            for e in range(first[state] - 1, first[state + 1] if math.isfinite(price[straight, b]) else 0):
                row, usd = straight, price[straight, b]
                if e >= first[state]:
                    row, usd = e, inland[a, e] + price[e, b]
                if not math.isfinite(usd):
                    continue
                k, n, of = 0, 0, row * places + b
                while k < ways and n < MOST_STOPS:  # as far as the first way that is counted alike
                    n = n + 1 if counted[track[size + k], n] == counted[of, n] else 0
                    k = k if n else k + 1
                if k < ways:
                    prices[k] = min(prices[k], usd)
                    continue
                prices[k], track[size + k], ways = usd, of, ways + 1
                for n in range(MOST_STOPS):
                    if counted[of, n] >= 0:
                        occurs[counted[of, n]] = True
            if ways:
                cost[a, b] = cumulated(prices[:ways], spread, chance[size : size + ways])
            size += ways
            begin[a * places + b + 1] = size
    return begin, chance[:size], track[:size]


@kernel
def cumulated(prices, spread, chance):
    """Fill in the chances of some ways by a logit over their prices [USD], cumulated; out: the lowest price."""
    best, total = prices[0], 0.0
    for k in range(1, prices.size):
        best = min(best, prices[k])
    for k in range(prices.size):
        total += math.exp(-(prices[k] - best) / spread)
        chance[k] = total
    for k in range(prices.size):
        chance[k] = chance[k] / total
    return best


@kernel
def count(origin, goal, ids, nation, purpose, persons, places, first, chance, track, stops, luck, counts):
    """Count each journey at its ports, by a way of `Routes`: where in counts [stop, nation, purpose] there is somebody,
    and how many persons each; counts, in which nobody is, are the room for it.

    Indices have no sign: of others it is asked each time whether they count from the end.
    """
    flat, found, wide = counts.reshape(-1), 0, counts.shape[1] * counts.shape[2]
    where = np.empty(min(origin.size * stops.shape[1], flat.size), np.int32)
    for n in range(origin.size):
        pair = np.uint32(origin[n] * places + goal[n])
        k, last = first[pair], first[pair + np.uint32(1)] - 1
        if k > last or persons[n] == 0:
            continue
        u = uniform(luck, ids[n])
        while k < last and u >= chance[np.uint32(k)]:
            k += 1
        of, rest = np.uint32(track[np.uint32(k)]), np.int64(nation[n]) * counts.shape[2] + purpose[n]
        for s in range(stops.shape[1]):
            at = stops[of, s]
            if at < 0:
                break
            cell = np.uint32(at * np.int64(wide) + rest)
            where[found] = cell
            found += flat[cell] == 0
            flat[cell] += persons[n]
    told = np.empty(found, np.int64)
    for m in range(found):
        told[m], flat[where[m]] = flat[where[m]], 0
    return where[:found].copy(), told
