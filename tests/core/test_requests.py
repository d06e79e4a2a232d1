"""The life of requests."""

import numpy as np
import pytest

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
