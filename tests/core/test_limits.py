"""Answers to requests while limits have room (SPEC 6.1, 6.6, 6.7, 6.16)."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.core.chance import key, luck, pair, stream, uniform
from sim.core.limits import Counts, Limit, Sheet, answer
from sim.core.rules import RuleBook, Today
from sim.core.words import Grant, Status

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


SHAPE = 3, 4, 2  # hosts, nations, sectors


def a_day(seed=0):
    rng = np.random.default_rng(seed)
    tables = [rng.integers(0, 9, (*first, *SHAPE)) for first in ((len(Status),), (), (len(Grant),), ())]
    return Today(0, date(2000, 1, 1), None, *tables, np.ones(3), {}, np.zeros(3))


@st.composite
def limits(draw):
    masks = (np.array(draw(st.lists(st.booleans(), min_size=n, max_size=n))) for n in SHAPE)
    return Limit(
        draw(st.sampled_from("abc")), "", *masks, draw(st.integers(0, 50)),
        counts=draw(st.sampled_from(Counts)), counts_renewals=draw(st.booleans()),
        statuses=tuple(draw(st.lists(st.sampled_from(Status), min_size=1, unique=True))),
        grants=tuple(draw(st.lists(st.sampled_from(Grant), unique=True))), shares_population=draw(st.booleans()),
    )  # fmt: skip


def plainly(limit, today):
    """Persons that a limit counts, by its own words."""
    if limit.counts == Counts.ISSUED:
        counted = today.issued[list(limit.grants)].sum(0)
        counted = counted + today.renewed * (limit.counts_renewals and Grant.WORK in limit.grants)
    else:
        counted = today.stock[list(limit.statuses)].sum(0) + today.unused * (Status.WORKER in limit.statuses)
    return int(counted[limit.covers()].sum())


@given(several=st.lists(limits(), max_size=6), seed=st.integers(0, 99))
def test_a_sheet_counts_what_each_of_its_limits_says(several, seed):
    today = a_day(seed)
    sheet = Sheet.of(several, SHAPE)
    assert today.counts(sheet).tolist() == [plainly(x, today) for x in several] == [today.count(x) for x in several]
    only = [[int(np.flatnonzero(m)[0]) if m.sum() == 1 else -1 for m in (x.hosts, x.nations)] for x in several]
    assert np.array([sheet.host, sheet.nation]).T.tolist() == only
    late = [int(today.stock[Status.OVERSTAYER][x.covers()].sum()) if x.shares_population else 0 for x in several]
    assert today.counts(sheet, sheet.late).tolist() == late


def test_a_sheet_lasts_while_the_limits_are_the_same_and_begins_with_the_oldest():
    every = [np.ones(n, bool) for n in SHAPE]
    old, new, other = (Limit(x, "", *every, 5, since) for x, since in (("b", 1), ("a", 2), ("a", 2)))
    rules = RuleBook({})
    rules.limits = {"a": new, "b": old}
    sheet = rules.sheet(SHAPE)
    assert [x.id for x in sheet.limits] == ["b", "a"] and sheet.row == {"b": 0, "a": 1}
    rules.limits = {"a": new, "b": old}
    assert rules.sheet(SHAPE) is sheet
    rules.limits = {"a": other, "b": old}
    assert rules.sheet(SHAPE) is not sheet and rules.sheet(SHAPE).limits[1] is other
