"""Routes: which ports count a journey, when they are open, and what a closure does."""

from itertools import product

import numpy as np
import pytest

from sim.core.chance import luck, stream
from sim.core.routes import IN, OUT, Network, count, routes
from tests.chance.runs import WORLD, built

NEAR, OTHER, INLAND, ISLAND = 0, 1, 2, 3  # places: two in state 0, one each in states 1 and 2
BRIDGE, PASS, AIRPORT, FIELD = 4, 5, 6, 7  # ports as nodes; both land ports lie between states 0 and 1
STATES, DAY_USD, SPREAD = 3, 10.0, 20.0
ALL_YEAR = [True] * 12
SUMMER = [5 <= month <= 7 for month in range(12)]
OPEN = np.zeros(4, bool)


def network():
    """NEAR - BRIDGE - INLAND, OTHER - PASS - INLAND (the pass in summer only), and a flight INLAND - ISLAND."""
    links = [
        (NEAR, OTHER, 5, 0.5), (NEAR, BRIDGE, 10, 1), (BRIDGE, INLAND, 10, 1), (OTHER, PASS, 10, 1),
        (PASS, INLAND, 10, 1), (INLAND, AIRPORT, 10, 0), (AIRPORT, FIELD, 200, 0),
        (FIELD, ISLAND, 10, 0), (NEAR, INLAND, 1, 0),
    ]  # fmt: skip
    lawful = np.array([True] * 8 + [False])
    return Network(
        4, np.array([x[:2] for x in links], np.int32), np.array([x[2] for x in links], float),
        np.array([x[3] for x in links], float), lawful, np.array([ALL_YEAR] * 9),
        np.array([ALL_YEAR, SUMMER, ALL_YEAR, ALL_YEAR]), np.array([0, 0, 1, 2], np.int16),
        np.array([(0, 1), (0, 1), (1, -1), (2, -1)], np.int16),
    )  # fmt: skip


def ways(month=6, closed=OPEN, transit=0.0):
    costs = {"day_usd": DAY_USD, "transit_usd": transit, "route_spread_usd": SPREAD}
    return routes(network(), month, costs, closed, STATES)


def code(port, direction, state):
    return ((port - BRIDGE) * 2 + direction) * STATES + state


def stops(found, a, b):
    """Stops of each way from a to b and its chance."""
    last, out = 0.0, {}
    for k in range(*found.first[a * len(found.cost) + b :][:2]):
        out[tuple(found.codes[[x for x in found.stops[found.track[k]] if x >= 0]].tolist())] = found.chance[k] - last
        last = found.chance[k]
    return out


def closed(*ports):
    out = OPEN.copy()
    out[[port - BRIDGE for port in ports]] = True
    return out


def test_the_cost_is_money_and_days_of_the_cheapest_lawful_way():
    assert ways().cost[NEAR, INLAND] == 20 + 2 * DAY_USD
    assert ways().cost[NEAR, ISLAND] == 20 + 2 * DAY_USD + 220


def test_travellers_leave_by_each_port_in_the_shares_of_a_logit():
    found = stops(ways(), NEAR, INLAND)
    by_bridge = (code(BRIDGE, OUT, 0), code(BRIDGE, IN, 1))
    by_pass = (code(PASS, OUT, 0), code(PASS, IN, 1))
    assert set(found) == {by_bridge, by_pass}
    assert found[by_pass] / found[by_bridge] == pytest.approx(np.exp(-(5 + 0.5 * DAY_USD) / SPREAD))


def test_a_port_is_used_in_its_season_only():
    assert len(stops(ways(month=0), NEAR, INLAND)) == 1
    assert ways(month=0).cost[OTHER, INLAND] == 25 + 2.5 * DAY_USD


def test_a_closed_port_sends_travellers_to_another():
    assert set(stops(ways(closed=closed(BRIDGE)), NEAR, INLAND)) == {(code(PASS, OUT, 0), code(PASS, IN, 1))}


def test_where_all_ports_are_closed_there_is_no_way():
    found = ways(closed=closed(BRIDGE, PASS))
    assert np.isinf(found.cost[NEAR, INLAND]) and stops(found, NEAR, INLAND) == {}


def test_transit_through_a_third_state_has_a_price_and_none_is_paid_where_the_way_ends():
    """By land to the state next door nothing is passed; on to the island the state between is."""
    for goal, passed in ((INLAND, 0), (ISLAND, 1)):
        cost = [ways(transit=x).cost[NEAR, goal] for x in (0.0, 7.0)]
        assert cost[1] - cost[0] == 7.0 * passed


def test_of_a_flight_the_first_airport_counts_out_and_the_last_in():
    assert set(stops(ways(), INLAND, ISLAND)) == {(code(AIRPORT, OUT, 1), code(FIELD, IN, 2))}


def test_a_journey_through_a_third_state_is_counted_there_too():
    by_bridge = (code(BRIDGE, OUT, 0), code(BRIDGE, IN, 1), code(AIRPORT, OUT, 1), code(FIELD, IN, 2))
    assert by_bridge in stops(ways(), NEAR, ISLAND)


def test_nobody_leaves_their_own_state_twice_on_one_way():
    """Who goes out by a port does not come back to go out by another; flights inside a state cross no border."""
    state = built()
    found, places = state.ways(), state.people.host_of
    for a, b in product(range(places.size), repeat=2):
        for way in stops(found, a, b):
            out = [x for x in way if x // state.hosts % 2 == OUT and x % state.hosts == places[a]]
            assert len(out) <= 1, f"{WORLD.places[a].id} to {WORLD.places[b].id}: {way}"


def test_journeys_within_a_state_pass_no_port():
    assert stops(ways(), NEAR, OTHER) == {}


def counted(found, persons):
    """Persons counted at each stop, of as many heads on the way from NEAR to INLAND."""
    n, nobody = len(persons), np.zeros(len(persons), np.int8)
    room, out = np.zeros((found.codes.size, 1, 1), np.int64), np.zeros(4 * 2 * STATES, np.int64)
    where, told = count(
        np.full(n, NEAR), np.full(n, INLAND), np.arange(n, dtype=np.uint64), nobody, nobody, np.array(persons),
        len(found.cost), found.first, found.chance, found.track, found.stops, luck(1, stream("port"), 0), room,
    )  # fmt: skip
    assert not room.any()
    out[found.codes[where]] = told
    return out


def test_passengers_are_counted_in_persons_at_each_stop():
    counts = counted(ways(closed=closed(PASS)), [10, 20, 30])
    assert counts[[code(BRIDGE, OUT, 0), code(BRIDGE, IN, 1)]].tolist() == [60, 60]
    assert counts.sum() == 120


def test_the_ports_drawn_follow_the_chances():
    """Binomial(4000, p): more than six deviations off in fewer than one of 10^8 seeds."""
    found, people = ways(), 4000
    p = stops(found, NEAR, INLAND)[code(PASS, OUT, 0), code(PASS, IN, 1)]
    seen = counted(found, [1] * people)[code(PASS, OUT, 0)]
    assert abs(seen - people * p) < 6 * np.sqrt(people * p * (1 - p))


def test_the_chances_of_a_pair_end_with_one_and_only_codes_that_occur_are_counted():
    found = built().ways()
    ends = np.unique(found.first[1:][np.diff(found.first) > 0])
    assert (found.chance[ends - 1] == 1).all() and ends[-1] == found.chance.size == found.track.size
    used = found.stops[found.track]
    assert np.unique(used[used >= 0]).tolist() == list(range(found.codes.size))
    assert (np.diff(found.codes) > 0).all() and found.stops.dtype == np.int16
