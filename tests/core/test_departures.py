"""Departures: where those who set out go, who still waits, and who stays."""

from types import SimpleNamespace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.core.chance import edges, luck, parts, stream
from sim.core.departures import Waiting, headed, staying
from sim.core.words import Channel

LUCK = luck(1, stream("where"), 0)
PEOPLE = 60


@given(st.lists(st.floats(0, 9).map(lambda x: round(x, 1)), min_size=6, max_size=6))
def test_the_region_found_by_halving_is_that_of_a_search_from_the_first(shares):
    """Shares of two hosts; where none is, the first region."""
    ends = edges(np.array(shares).reshape(2, 3))
    rows, ids = np.arange(PEOPLE, dtype=np.int32), np.arange(100, 100 + PEOPLE, dtype=np.uint64)
    host = (rows % 2).astype(np.int8)
    assert (headed(LUCK, rows, ids, host, ends) == parts(LUCK, ids, host.astype(np.int64), ends)).all()


@given(
    before=st.lists(st.integers(0, PEOPLE - 1), max_size=20),
    new=st.lists(st.lists(st.integers(0, PEOPLE - 1), max_size=9), max_size=3),
    left=st.lists(st.integers(0, PEOPLE - 1), max_size=9),
)
def test_who_waits_is_kept_in_order_each_once(before, new, left):
    plan, kept = np.full(PEOPLE, -1, np.int8), Waiting()
    plan[before] = Channel.CONTRACT
    assert (kept.find(plan) == np.flatnonzero(plan == Channel.CONTRACT)).all()
    for some in new:
        plan[some] = Channel.CONTRACT
        kept.add(np.array(some, np.int32))
    plan[left] = Channel.FAMILY
    found = kept.find(plan)
    assert found.dtype == np.int32 and found.tolist() == np.flatnonzero(plan == Channel.CONTRACT).tolist()


def test_whoever_is_to_leave_in_this_step_does_not_stay():
    some = [SimpleNamespace(who=np.array(rows, np.int32)) for rows in ([3, 1], [], [7])]
    state = SimpleNamespace(people=range(9), departures=some)
    assert staying(state, np.array([7, 0, 1, 8], np.int32)).tolist() == [False, True, False, True]
    assert staying(state, np.array([], np.int32)).size == 0
