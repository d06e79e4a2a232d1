"""Departures: where those who set out go, who still waits, and who stays."""

from types import SimpleNamespace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.core.chance import edges, luck, parts, stream
from sim.core.departures import headed, staying

LUCK = luck(1, stream("where"), 0)
PEOPLE = 60


@given(st.lists(st.floats(0, 9).map(lambda x: round(x, 1)), min_size=6, max_size=6))
def test_the_region_found_by_halving_is_that_of_a_search_from_the_first(shares):
    """Shares of two hosts; where none is, the first region."""
    ends = edges(np.array(shares).reshape(2, 3))
    rows, ids = np.arange(PEOPLE, dtype=np.int32), np.arange(100, 100 + PEOPLE, dtype=np.uint64)
    host = (rows % 2).astype(np.int8)
    assert (headed(LUCK, rows, ids, host, ends) == parts(LUCK, ids, host.astype(np.int64), ends)).all()


def test_whoever_is_to_leave_in_this_step_does_not_stay():
    some = [SimpleNamespace(who=np.array(rows, np.int32)) for rows in ([3, 1], [], [7])]
    state = SimpleNamespace(people=range(9), departures=some)
    assert staying(state, np.array([7, 0, 1, 8], np.int32)).tolist() == [False, True, False, True]
    assert staying(state, np.array([], np.int32)).size == 0
