"""The life of requests."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.requests import Requests, Stage
from sim.core.words import JobFate, WorkerFate


def some(*weights, t=0):
    """Requests of employer 0 for nation 0."""
    requests = Requests.none()
    requests.open(t, np.arange(len(weights), dtype=np.uint64), 0, 0, np.array(weights))
    return requests


def rows(*numbers):
    return np.array(numbers, np.intp)


def grant(requests, t, *which):
    requests.authorise(rows(*which), t, np.full(len(which), -1, np.int16))


def test_requests_are_open_then_authorised_then_used():
    requests = some(5, 5)
    assert requests.persons(Stage.OPEN, 1, 1) == 10
    grant(requests, 2, 0)
    assert (requests.persons(Stage.OPEN, 1, 1), requests.persons(Stage.AUTHORISED, 1, 1)) == (5, 5)
    requests.use(np.array([[3]]), 3)
    assert requests.persons(Stage.AUTHORISED, 1, 1) == 2
    requests.use(np.array([[2]]), 3)
    assert requests.table.stage[0] == Stage.DONE


def test_the_oldest_authorisation_is_used_first():
    requests = some(5, 5)
    grant(requests, 4, 0)
    grant(requests, 2, 1)
    requests.use(np.array([[6]]), 5)
    assert requests.table.left.tolist() == [4, 0]


@given(st.integers(0, 2**32 - 1), st.integers(0, 30))
def test_arrivals_use_authorisations_by_age_and_then_by_id(seed, number):
    """As one after the other in that order."""
    rng = np.random.default_rng(seed)
    requests = some(*rng.integers(1, 6, number).tolist())
    q = requests.table
    q.id[:] = rng.integers(0, 2**64, number, np.uint64)
    q.employer[:], q.nation[:], q.granted[:] = rng.integers(0, [[2], [2], [5]], (3, number))
    q.stage[:], q.left[:] = rng.integers(0, 3, number), q.weight
    may = (q.stage == Stage.AUTHORISED) & (q.granted < 4)
    supply = np.zeros((2, 2), np.int64)
    np.add.at(supply, (q.employer[may], q.nation[may]), q.weight[may])
    needed, left = rng.integers(0, supply + 1), q.left.copy()
    wanted = needed.copy()
    for r in sorted(np.flatnonzero(may).tolist(), key=lambda r: (q.granted[r], q.id[r])):
        take = min(left[r], wanted[q.employer[r], q.nation[r]])
        left[r] -= take
        wanted[q.employer[r], q.nation[r]] -= take
    used, persons = requests.use(needed, 4)
    assert q.left.tolist() == left.tolist() and not needed.any()
    assert dict(zip(used.tolist(), persons.tolist(), strict=True)) == {
        r: n for r, n in enumerate((q.weight - left).tolist()) if n
    }
    assert (q.stage[used] == np.where(left[used] > 0, Stage.AUTHORISED, Stage.DONE)).all()


def test_nobody_arrives_on_an_authorisation_of_the_same_step():
    requests = some(5)
    grant(requests, 3, 0)
    assert requests.persons(Stage.AUTHORISED, 1, 1, before=3) == 0
    with pytest.raises(ValueError, match="more workers arrived than were authorised"):
        requests.use(np.array([[5]]), 3)


def test_a_request_is_blocked_once_by_the_limit_that_first_refused_it():
    requests = some(5, 5)
    assert requests.block(rows(0), 1, np.array([7], np.int16)).tolist() == [0]
    assert requests.block(rows(0, 1), 2, np.array([8, 9], np.int16)).tolist() == [1]
    assert requests.table.limit.tolist() == [7, 9] and requests.table.blocked.tolist() == [1, 2]
    assert requests.waiting().tolist() == [0, 1]


def test_a_request_is_forgotten_when_both_its_fates_are_known():
    requests = some(5, 5)
    requests.block(rows(0), 1, np.array([0], np.int16))
    requests.decide_job(rows(0), JobFate.WITHDRAWN)
    requests.close(rows(0))
    requests.forget_finished()
    assert len(requests) == 2
    requests.decide_worker(rows(0), WorkerFate.GIVES_UP)
    requests.forget_finished()
    assert requests.table.id.tolist() == [1]
