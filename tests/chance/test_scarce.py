"""Where places are scarce: a newcomer displaces at most one, the admitted one with the largest key."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.core.chance import draws, luck, stream
from sim.core.hiring import OPEN, find_work, place
from sim.core.limits import answer

LUCK, SITE = luck(1, stream("test"), 0), luck(1, stream("site"), 0)
CELLS = 4
NESTED = np.array([[1, 1, 1, 1], [1, 1, 0, 0], [0, 0, 1, 1], *np.eye(4)], bool)  # all, two halves, four cells
WEIGHT = 3


def admitted(cells, order, levels):
    """Who is granted, of requests of equal weight in these cells, answered in this order."""
    limits = len(levels)
    refused, _ = answer(
        np.array(order, np.int64), np.arange(len(cells), dtype=np.uint64), np.full(len(cells), WEIGHT),
        np.array(cells, np.int64), NESTED, np.array(levels, np.int64), np.arange(limits), np.ones((limits, 1)),
        np.zeros(len(cells), np.int16), np.arange(limits, dtype=np.uint64), LUCK,
    )  # fmt: skip
    return set(np.flatnonzero(refused < 0).tolist())


@st.composite
def queues(draw):
    """Cells of some requests, the order of their keys, and a level for each limit; the last request is the newcomer."""
    cells = draw(st.lists(st.integers(0, CELLS - 1), min_size=2, max_size=12))
    order = draw(st.permutations(range(len(cells))))
    levels = draw(st.lists(st.integers(0, 20), min_size=len(NESTED), max_size=len(NESTED)))
    return cells, order, levels


@given(queues())
def test_over_nested_limits_a_newcomer_displaces_at_most_one_and_nobody_gains(queue):
    cells, order, levels = queue
    newcomer = len(cells) - 1
    before = admitted(cells[:-1], [n for n in order if n != newcomer], levels)
    after = admitted(cells, order, levels)
    gone = before - after
    assert after - before <= {newcomer}
    assert len(gone) <= (newcomer in after)
    for one in gone:
        shared = NESTED[:, cells[one]] & NESTED[:, cells[newcomer]]
        rivals = [{n for n in before if NESTED[k, cells[n]]} for k in np.flatnonzero(shared)]
        assert any(max(under, key=order.index) == one for under in rivals), "not the largest key under any common limit"


@given(queues())
def test_a_larger_key_never_displaces_a_smaller_one(queue):
    cells, order, levels = queue
    newcomer = len(cells) - 1
    without = admitted(cells[:-1], [n for n in order if n != newcomer], levels)
    earlier = set(order[: order.index(newcomer)])
    assert without & earlier == admitted(cells, order, levels) & earlier


SITES, HOSTS, BROKERS = 5, 2, 2
HOST_OF = np.array([0, 0, 0, 1, 1])


def placed(ids, room, capacity, hosts_open):
    """The employer of each candidate, or -1; employers 0-2 in host 0 with broker 0, 3-4 in host 1 with broker 1.

    Each is a programme of its own, which sends to the hosts that are open.
    """
    n = len(ids)
    each, zero, who = np.arange(n), np.zeros(n, np.int16), np.array(ids, np.uint64)
    table = np.full((n, HOSTS, 2), -1, np.int16)
    table[:, :, 0] = np.arange(BROKERS)
    anywhere = each * (HOSTS + 1) + HOSTS
    served, at, _ = place(
        each.astype(np.int32), anywhere.astype(np.int32), draws(LUCK, who), who, np.full(n, WEIGHT, np.int32),
        np.full(n, -1, np.int8), np.full(n * (HOSTS + 1), OPEN, np.int8), each.astype(np.int16), zero.astype(np.int8),
        each * 0, np.full(n, WEIGHT), np.array(hosts_open, bool).reshape(n, HOSTS), table, np.ones(BROKERS),
        np.array([0, 3, 5], np.int32), np.arange(SITES, dtype=np.int16), np.ones(SITES),
        np.arange(SITES, dtype=np.uint64), np.array(room, np.int64).reshape(SITES, 1), np.array(capacity, float),
        np.ones((HOSTS, 1)), SITE, SITE,
    )  # fmt: skip
    out = np.full(n, -1)
    out[served] = at
    return out


@st.composite
def markets(draw):
    """Candidates, room by employer, capacity by broker, and where each may go."""
    ids = draw(st.lists(st.integers(0, 10**6), min_size=2, max_size=10, unique=True))
    room = draw(st.lists(st.integers(0, 9), min_size=SITES, max_size=SITES))
    capacity = draw(st.lists(st.integers(0, 20), min_size=BROKERS, max_size=BROKERS))
    hosts_open = draw(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=len(ids), max_size=len(ids)))
    return ids, room, capacity, hosts_open


@given(markets())
def test_of_candidates_for_posts_at_most_one_is_left_out_for_a_newcomer(market):
    ids, room, capacity, hosts_open = market
    newcomer = len(ids) - 1
    before = placed(ids[:-1], room, capacity, hosts_open[:-1])
    after = placed(ids, room, capacity, hosts_open)
    out = (before >= 0) & (after[:-1] < 0)
    assert not ((before < 0) & (after[:-1] >= 0)).any(), "somebody gains"
    assert out.sum() <= (after[newcomer] >= 0)
    keys = draws(LUCK, np.array(ids, np.uint64))
    earlier = keys[:-1] < keys[newcomer]
    assert (before[earlier] == after[:-1][earlier]).all()


@given(markets())
def test_posts_and_brokers_are_not_overfilled(market):
    ids, room, capacity, hosts_open = market
    taken = placed(ids, room, capacity, hosts_open)
    filled = np.bincount(taken[taken >= 0], minlength=SITES) * WEIGHT
    assert (filled <= room).all()
    assert (np.bincount(HOST_OF, filled, minlength=BROKERS) <= capacity).all()
    assert all(hosts_open[n][HOST_OF[e]] for n, e in enumerate(taken) if e >= 0)


@given(
    weights=st.lists(st.integers(1, 5), min_size=1, max_size=40),
    left=st.lists(st.integers(0, 9), min_size=SITES, max_size=SITES),
)
def test_work_without_papers_is_found_in_turn_while_a_post_is_left_that_a_head_fits_in(weights, left):
    """One by one, whoever finds room for all of its weight at some employer there gets it."""
    n = len(weights)
    ids, zero, rows = np.arange(n, dtype=np.uint64), np.zeros(n, np.int8), np.arange(n, dtype=np.int32)
    place_of, weight, rest = (rows % HOSTS).astype(np.int16), np.array(weights, np.int32), np.array(left)[:, None]
    who, at = find_work(
        (rows[: n // 2], rows[n // 2 :]), ids, place_of, zero, weight, 0, np.full(n, -1, np.int16), zero,
        np.arange(HOSTS, dtype=np.int16), 1, np.array([0, 3, 5], np.int32), np.arange(SITES, dtype=np.int16),
        np.ones(SITES), np.arange(SITES, dtype=np.uint64), rest, LUCK, SITE,
    )  # fmt: skip
    found, there = dict(zip(who.tolist(), at.tolist(), strict=True)), np.array(left)
    for i in np.argsort(draws(LUCK, ids)):
        fits = [e for e in range(SITES) if HOST_OF[e] == place_of[i] and there[e] >= weight[i]]
        assert (i in found) == bool(fits)
        if fits:
            assert found[i] in fits
            there[found[i]] -= weight[i]
    assert (there == rest[:, 0]).all()
