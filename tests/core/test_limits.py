"""Answers to requests while limits have room (SPEC 6.1, 6.6, 6.7, 6.16)."""

import numpy as np

from sim.core.chance import key, luck, pair, stream, uniform
from sim.core.limits import answer

LUCK = luck(1, stream("test"), 0)


def ask(weights, slack, covers=None, compliance=None, order=None, tie=None, ids=None):
    """Answers to requests of these weights, all in cell 0 of one host unless `covers` [limit, cell] says otherwise."""
    n, limits = len(weights), len(slack)
    left = np.array(slack, np.int64)
    cell = np.zeros(n, np.int64) if covers is None else np.arange(n)
    covers = np.ones((limits, 1), bool) if covers is None else np.array(covers, bool)
    keys = np.array([key("limit", k) for k in range(limits)], np.uint64)
    refused, breached = answer(
        np.arange(n) if order is None else np.array(order), np.arange(n, dtype=np.uint64) if ids is None else ids,
        np.array(weights, np.int64), cell, covers, left, np.arange(limits) if tie is None else np.array(tie),
        np.ones((limits, 1)) if compliance is None else np.array(compliance, float).reshape(limits, 1),
        np.zeros(n, np.int16), keys, LUCK,
    )  # fmt: skip
    return refused.tolist(), breached.tolist(), left.tolist()


def test_requests_are_granted_in_order_until_there_is_no_room():
    assert ask([2, 2, 2], [5]) == ([-1, -1, 0], [-1, -1, -1], [1])


def test_a_weight_above_the_slack_is_refused_and_a_smaller_one_after_it_granted():
    assert ask([4, 6, 1], [5]) == ([-1, 0, -1], [-1, -1, -1], [0])


def test_the_order_is_that_of_the_keys_and_not_of_the_rows():
    assert ask([3, 3], [3], order=[1, 0])[0] == [0, -1]


def test_every_limit_that_covers_a_request_must_have_room_and_is_used_up():
    assert ask([2, 2], [9, 2]) == ([-1, 1], [-1, -1], [7, 0])


def test_a_refusal_is_charged_to_the_smallest_slack_then_to_the_earliest():
    assert ask([5], [2, 1])[0] == [1]
    assert ask([5], [2, 2], tie=[1, 0])[0] == [1]


def test_a_limit_binds_only_where_it_covers():
    refused, _, left = ask([2, 2], [0, 4], covers=[[1, 0], [0, 1]])
    assert (refused, left) == ([0, -1], [0, 2])


def test_taking_a_slack_limit_away_changes_nothing():
    weights = [3, 1, 4, 1, 5]
    assert ask(weights, [8])[0] == ask(weights, [8, 1000])[0]


def test_a_breach_is_marked_and_occupies_the_stock():
    refused, breached, left = ask([2, 2], [2], compliance=[0.0])
    assert (refused, breached, left) == ([-1, -1], [-1, 0], [-2])


def test_a_breach_needs_every_limit_without_room_to_be_breached():
    assert ask([2], [0, 0], compliance=[0.0, 1.0]) == ([0], [-1], [0, 0])


def test_whether_a_limit_is_complied_with_is_one_draw_for_each_request_and_limit():
    ids = np.arange(400, dtype=np.uint64)
    refused, _, _ = ask([1] * 400, [0], compliance=[0.3], ids=ids)
    with np.errstate(over="ignore"):
        drawn = [uniform(LUCK, np.uint64(pair(i, key("limit", 0)))) < 0.3 for i in ids]
    assert [r == 0 for r in refused] == drawn
    assert 60 < sum(drawn) < 180  # binomial(400, 0.3): beyond that in fewer than one of 10^9 seeds


def test_more_compliance_refuses_the_same_requests_and_more():
    low, high = (np.array(ask([1] * 200, [0], compliance=[c])[0]) == 0 for c in (0.4, 0.7))
    assert (high | ~low).all() and high.sum() > low.sum()
