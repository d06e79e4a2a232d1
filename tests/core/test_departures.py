"""Departures: where those who set out go, who still waits, and who stays."""

from types import SimpleNamespace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.core.chance import edges, luck, parts, stream, uniforms
from sim.core.choice import STAY
from sim.core.departures import by_channel, headed, staying, strike_out
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


@given(st.lists(st.tuples(st.integers(-1, len(Channel) - 1), st.integers(0, 1)), max_size=20))
def test_who_goes_is_named_channel_by_channel_with_a_region_of_the_host(chosen):
    channel, host = (np.array([x[k] for x in chosen], np.int8) for k in range(2))
    who, ids = np.arange(3, 3 + host.size, dtype=np.int32), np.arange(100, 100 + PEOPLE, dtype=np.uint64)
    ends = np.array([[0.5, 0.5, 1.0], [0.0, 0.2, 1.0]])
    rows, to, place, at = by_channel(LUCK, who, ids, host, channel, ends)
    for c in range(len(Channel)):
        some, here = channel == c, slice(at[c], at[c + 1])
        assert rows[here].tolist() == who[some].tolist() and to[here].tolist() == host[some].tolist()
        assert place[here].tolist() == headed(LUCK, who[some], ids, host[some], ends).tolist()
    assert rows.size == (channel != STAY).sum()


def test_who_fails_the_test_stays_and_no_other_channel_has_one():
    channel, host = np.array([Channel.CONTRACT, Channel.STUDY] * 30, np.int8), np.arange(60, dtype=np.int8) // 30
    who, nation, ids = np.arange(60, dtype=np.int32), np.zeros(60, np.int8), np.arange(60, dtype=np.uint64)
    shares = np.array([[0.5], [0.0]])
    wanted = channel.copy()
    wanted[(channel == Channel.CONTRACT) & (uniforms(LUCK, ids) >= shares[host, 0])] = STAY
    strike_out(LUCK, who, ids, nation, host, channel, shares)
    assert channel.tolist() == wanted.tolist() and 15 < (channel == STAY).sum() < 30


def test_whoever_is_to_leave_in_this_step_does_not_stay():
    some = [SimpleNamespace(who=np.array(rows, np.int32)) for rows in ([3, 1], [], [7])]
    state = SimpleNamespace(people=range(9), departures=some)
    assert staying(state, np.array([7, 0, 1, 8], np.int32)).tolist() == [False, True, False, True]
    assert staying(state, np.array([], np.int32)).size == 0
