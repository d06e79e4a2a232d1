"""Thinning: people passed over unseen are those who would have stayed, and a bound that is none is noticed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.chance import luck, stream, uniforms
from sim.core.choice import CLOSED, NONE, SLACK, STAY, bounds, decide, destination, p_move, ready
from sim.core.words import Channel, Status

MOMENT, NESTS, WAYS = (luck(1, stream(x), 0) for x in ("moment", "nests", "ways"))
KINDS, HOSTS, CHANNELS, PEOPLE = 2, 3, 5, 3000
P_CLOCK, CREDIT, SCALE = 0.5, 100.0, 0.6
ALL = np.arange(HOSTS, dtype=np.int16)
EACH = np.tile(ALL, (KINDS, 1))  # hosts of each kind

values = st.one_of(st.just(CLOSED), st.floats(-6, 3))
tables = st.lists(values, min_size=KINDS * HOSTS * CHANNELS, max_size=KINDS * HOSTS * CHANNELS).map(
    lambda cells: np.array(cells).reshape(KINDS, HOSTS, CHANNELS)
)


def people():
    """Ids, kinds and savings [cents]."""
    rows = np.arange(PEOPLE, dtype=np.int32)
    return rows, rows.astype(np.uint64) * np.uint64(7919), (rows % KINDS).astype(np.int16), (rows * 50).astype(np.int32)


def money():
    """USD up front [kind, host, channel], from nothing to more than anyone has."""
    return np.linspace(0, 2500, KINDS * HOSTS * CHANNELS).reshape(KINDS, HOSTS, CHANNELS)


def choose(value, bound, scale=SCALE, banned=None, eager=1.0):
    rows, ids, kind, savings = people()
    bans = banned if banned is not None else np.zeros(PEOPLE, np.int16)
    return decide(  # host, channel, and how many were weighed
        rows, ids, kind, np.zeros(PEOPLE, np.int16), savings, np.ones(PEOPLE, np.int8), bans, 0, value, EACH, money(),
        CREDIT, P_CLOCK, np.full(1, eager), bound, scale, MOMENT, NESTS, WAYS,
    )  # fmt: skip


@given(value=tables, scale=st.sampled_from((0.3, 0.6, 1.0)))
def test_with_the_bound_and_without_everybody_decides_alike(value, scale):
    bound = np.empty(KINDS)
    bounds(value, EACH, money(), scale, bound)
    thinned, whole = choose(value, bound, scale), choose(value, np.ones(KINDS), scale)
    assert (thinned[0] == whole[0]).all() and (thinned[1] == whole[1]).all()


@given(value=tables, eager=st.sampled_from((0.0, 0.3, 0.9)))
def test_age_only_thins_those_who_reconsider(value, eager):
    """Of the young who go, the old who go are those whose draw is below theirs times f; they go to the same place."""
    young, old = choose(value, np.ones(KINDS)), choose(value, np.ones(KINDS), eager=eager)
    _, ids, kind, savings = people()
    goes = old[0] != STAY
    u = uniforms(MOMENT, ids)
    purses = zip(kind, savings / 100 + CREDIT, strict=True)
    p = np.array([p_move(value[k], ALL, money()[k], purse, SCALE, STAY, STAY) for k, purse in purses])
    assert (goes == (u < P_CLOCK * eager * p)).all()
    assert (old[0][goes] == young[0][goes]).all() and (old[1][goes] == young[1][goes]).all()


@given(value=tables)
def test_nobody_chooses_what_is_closed_or_cannot_be_paid(value):
    host, channel, _ = choose(value, np.ones(KINDS))
    _, _, kind, savings = people()
    for n in np.flatnonzero(host != STAY):
        at = kind[n], host[n], channel[n]
        assert value[at] > CLOSED and money()[at] <= savings[n] / 100 + CREDIT
    assert ((host == STAY) == (channel == STAY)).all()


def test_ready_are_those_at_home_without_a_plan_whose_draw_lies_below_the_limit_of_their_kind():
    _, ids, kind, _ = people()
    status, plan = (ids % 5 == 0).astype(np.int8), -(ids % 3 > 0).astype(np.int8)
    limit = np.array([0.3, 0.0])
    found = ready(ids, kind, status, plan, limit, MOMENT)
    wanted = (uniforms(MOMENT, ids) < limit[kind]) & (status == Status.HOME) & (plan < 0)
    assert found.size > 0 and (found == np.flatnonzero(wanted)).all()


@given(value=tables)
def test_a_host_without_alternatives_may_be_left_out_of_a_kinds_set(value):
    """The sets end with NONE."""
    value[:, 1], bound = CLOSED, np.empty(KINDS)
    few = np.array([[0, 2, NONE]] * KINDS, np.int16)
    bounds(value, few, money(), SCALE, bound)
    assert (bound == [p_move(value[k], ALL, money()[k], np.inf, SCALE, STAY, STAY) * SLACK for k in range(KINDS)]).all()
    for k in range(KINDS):
        for who in np.arange(50, dtype=np.uint64):
            way = (money()[k], 1e3, SCALE, STAY, STAY, who, NESTS, WAYS)
            assert destination(value[k], few[k], *way) == destination(value[k], ALL, *way)


def test_a_bound_that_is_none_raises():
    with pytest.raises(ValueError, match="the bound of thinning"):
        choose(np.zeros((KINDS, HOSTS, CHANNELS)), np.full(KINDS, 0.01))


def test_shares_are_those_of_the_nested_logit():
    """Six deviations of a binomial for each of eight numbers: fewer than two seeds of 10^8."""
    value = np.array([[1.0, 0.2], [-0.5, CLOSED], [0.4, 0.4]])
    free = np.zeros(value.shape)
    open_ = np.where(value > CLOSED, np.exp(value / SCALE), 0.0)
    inclusive = open_.sum(1) ** SCALE
    expected = inclusive[:, None] / (1 + inclusive.sum()) * open_ / open_.sum(1, keepdims=True)
    n = 40_000
    ids = np.arange(n, dtype=np.uint64)
    host, channel, _ = decide(
        np.arange(n, dtype=np.int32), ids, np.zeros(n, np.int16), np.zeros(n, np.int16), np.zeros(n, np.int32),
        np.zeros(n, np.int8), np.zeros(n, np.int16), 0, value[None], ALL[None], free[None], 0.0, 1.0, np.ones(1),
        np.ones(1), SCALE, MOMENT, NESTS, WAYS,
    )  # fmt: skip
    assert p_move(value, ALL, free, 0.0, SCALE, STAY, STAY) == pytest.approx(expected.sum())
    for h in range(3):
        for c in range(2):
            p = expected[h, c]
            assert abs(((host == h) & (channel == c)).mean() - p) <= 6 * np.sqrt(p * (1 - p) / n)


def test_closing_a_host_moves_only_those_who_chose_it():
    value = np.linspace(-1, 1, HOSTS * CHANNELS).reshape(HOSTS, CHANNELS)
    without = value.copy()
    without[1] = CLOSED
    for who in np.arange(2000, dtype=np.uint64):
        before, after = (destination(v, ALL, 0 * v, 1.0, SCALE, STAY, STAY, who, NESTS, WAYS) for v in (value, without))
        assert after == before if before[0] != 1 else after[0] != 1


def test_closing_a_channel_makes_nobody_change_channel_within_a_host_but_those_who_chose_it():
    value = np.linspace(-1, 1, HOSTS * CHANNELS).reshape(HOSTS, CHANNELS)
    moved = 0
    for who in np.arange(2000, dtype=np.uint64):
        both = ((STAY, STAY), (2, 1))
        before, after = (destination(value, ALL, 0 * value, 1.0, SCALE, *shut, who, NESTS, WAYS) for shut in both)
        moved += before == (2, 1)
        assert after != (2, 1)
        assert after == before or before == (2, 1) or after[0] != before[0] == 2
    assert moved > 0


@given(value=tables)
def test_a_ban_closes_the_lawful_channels_of_its_host_and_moves_only_those_who_chose_them(value):
    """Host 1 bars everybody: contract, visit and overstay are closed there, smuggler and asylum are not."""
    bound = np.empty(KINDS)
    bounds(value, EACH, money(), SCALE, bound)
    host, channel, _ = choose(value, bound, banned=np.ones(PEOPLE, np.int16))
    assert not ((host == 1) & (channel <= Channel.OVERSTAY)).any()
    closed = value.copy()
    closed[:, 1, : Channel.OVERSTAY + 1] = CLOSED
    same = choose(closed, bound)
    assert (host == same[0]).all() and (channel == same[1]).all()
