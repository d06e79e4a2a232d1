"""Orders: what employers ask for, in shares, sizes and ids."""

import numpy as np

from sim.core.preferences import extra_posts
from sim.core.requests import Stage
from sim.mechanisms import economy, orders
from tests.chance.runs import WORLD, built


def asked(t=0):
    state = built()
    state.t = t
    economy.step(state)
    orders.step(state)
    return state


def test_each_request_is_as_large_as_the_smallest_head_that_could_come():
    state = asked()
    q, c = state.requests.table, state.people.cols
    weight = {g: int(c.weight[c.group == g][0]) for g in range(len(WORLD.groups))}
    for host, nation in {(int(state.employers.host[e]), int(n)) for e, n in zip(q.employer, q.nation, strict=True)}:
        comes = [
            weight[g] for g, group in enumerate(WORLD.groups)
            if group.nationality == WORLD.countries[nation].code and WORLD.countries[host].code in group.hosts
            and ("contract" in group.channels or group.is_programme)
        ]  # fmt: skip
        mine = (state.employers.host[q.employer] == host) & (q.nation == nation)
        assert set(q.weight[mine].tolist()) == {min(comes)}


def test_only_nationalities_whose_channel_is_open_are_asked_for():
    state = asked()
    q, e = state.requests.table, state.employers
    assert q.id.size and (state.rules.tables["open_work"][e.host[q.employer], q.nation] > 0).all()


def test_preferences_are_shares():
    state = asked()
    sums = state.preferred().sum(1)
    assert np.isclose(sums, 1).sum() > 0 and (np.isclose(sums, 1) | (sums == 0)).all()


def test_a_second_order_of_the_month_after_asks_for_little_that_was_asked_before():
    """What is still open counts; only the rounding of a unit for each employer and nationality may be asked again."""
    state = asked()
    first = state.requests.persons(Stage.OPEN, len(state.employers), state.nations)
    state.t = 1
    orders.step(state)
    more = state.requests.persons(Stage.OPEN, len(state.employers), state.nations) - first
    units = orders.units(state)[state.employers.host]
    assert (more[more > 0] <= units[more > 0]).all()


def test_ids_of_requests_are_never_used_again():
    ids = np.concatenate([asked(t).requests.table.id for t in range(3)])
    assert np.unique(ids).size == ids.size


def test_an_agreements_posts_are_spread_over_the_hosts_employers():
    state = asked()
    host, nation = state.country("MNG"), state.country("PRK")
    state.rules.set("extra_posts", (host, nation), 500.0)
    extra = extra_posts(state)
    assert np.isclose(extra[:, nation].sum(), 500) and np.isclose(extra.sum(), 500)
    assert (extra[state.employers.host != host] == 0).all()


def test_the_gap_is_what_is_missing_and_may_be_asked_for():
    wanted, staff = np.array([[10.0, 4.0, 9.0]]), np.array([[3, 5, 0]])
    asked, granted, came = np.array([[1, 0, 2]]), np.array([[1, 0, 0]]), np.array([[2.0, 1.0, 0.0]])
    gap, pending, filled = np.zeros((1, 3)), np.zeros(1, int), np.zeros(1, int)
    orders.missing(wanted, staff, asked, granted, came, 2.0, 0.5, gap, pending, filled)
    assert gap.tolist() == [[min(5, 4 - 2), 0, min(7, 4.5 - 2)]]  # twice who came; nothing; half of nine to try
    assert (pending.tolist(), filled.tolist()) == ([4], [12])


def test_requests_are_the_gap_in_units_rounded_up_or_down():
    rng = np.random.default_rng(3)
    gap, share, unit = rng.uniform(0, 99, (5, 3)), rng.uniform(0, 1, 5), np.array([[4, 7, orders.NOBODY_COMES]] * 2)
    host, tally = np.array([0, 1, 0, 1, 1]), np.zeros((2, 3), np.int64)
    ids = np.arange(5, dtype=np.uint64)
    employer, nation, keys, weight = orders.written(gap, share, unit, host, ids, np.uint64(8), 2, tally)
    exact = gap[:, :2] * share[:, None] / unit[0, :2]
    number = np.zeros((5, 3), int)
    np.add.at(number, (employer, nation), 1)
    assert (number[:, 2] == 0).all() and set(np.unique(np.floor(exact) - number[:, :2])) == {-1.0, 0.0}
    assert np.unique(keys).size == keys.size and (weight == unit[0, nation]).all()
    assert tally.sum() == weight.sum() and tally[0, 1] == weight[(nation == 1) & (host[employer] == 0)].sum()
