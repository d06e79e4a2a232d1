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
