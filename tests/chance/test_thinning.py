"""Thinning: people passed over unseen are those who would have stayed, and a bound that is none is noticed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.chance import SLACK, luck, stream, uniforms
from sim.core.choice import CLOSED, NONE, STAY, bounds, decide, destinations, drives, paces
from sim.core.moments import near
from sim.core.words import Channel, Status

MOMENT, NESTS, WAYS = (luck(1, stream(x), 0) for x in ("moment", "nests", "ways"))
KINDS, HOSTS, CHANNELS, PEOPLE = 2, 3, 5, 3000
P_CLOCK, CREDIT, SCALE = 0.5, 100.0, 0.6
ALL = np.arange(HOSTS, dtype=np.int16)
ALONE, GROUP = np.arange(PEOPLE + 1), np.arange(KINDS, dtype=np.int8)  # first rows of runs; of kinds
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


def races(value, hosts=EACH, upfront=None, scale=SCALE):
    """What `paces` fills in."""
    out = np.zeros((2, *value.shape[:2])), np.zeros(value.shape), np.zeros(value.shape[:2])
    paces(value, hosts, money() if upfront is None else upfront, scale, *out)
    return out


def bound_of(value, hosts=EACH, scale=SCALE):
    out = np.empty(len(value))
    bounds(races(value, hosts, scale=scale)[0], hosts, out)
    return out


def drawn(value, hosts, upfront, k, purse, scale=SCALE):
    """How each host of a kind draws somebody, worked out for them alone, and their chance to leave."""
    nowhere = np.zeros((2, *value.shape[:2])), np.full(value.shape[:2], np.inf)
    own, p = drives(*one(k, purse), value, hosts, upfront, scale, *nowhere)
    return own, p[0]


def one(k, purse, shut=STAY):
    """Kind, purse, and the hosts that bar and that are shut to one person."""
    return np.array([k]), np.array([purse]), np.array([STAY]), np.array([shut])


def p_of(value, k, purse, hosts=EACH, scale=SCALE):
    return drawn(value, hosts, money(), k, purse, scale)[1]


def destination(who, k, purse, own, value, hosts, upfront, pull, shut=STAY):
    """Where one mover goes, and how."""
    host, channel = destinations(
        np.zeros(1, np.int32), np.array([who]), *one(k, purse, shut), own, value, hosts, upfront, pull, NESTS, WAYS
    )
    return host[0], channel[0]


def choose(value, bound, scale=SCALE, banned=None, eager=1.0):
    _, ids, kind, savings = people()
    bans, zero = banned if banned is not None else np.zeros(PEOPLE, np.int16), np.zeros(PEOPLE, np.int8)
    who, *chosen, weighed = decide(
        ids, ALONE, kind, GROUP, zero, zero - np.int8(1), zero.astype(np.int16), savings, zero + np.int8(1), bans, 0,
        value, EACH, money(), *races(value, scale=scale), CREDIT, P_CLOCK, np.full(1, eager), bound, scale, MOMENT,
        NESTS, WAYS,
    )  # fmt: skip
    host, channel = np.full((2, PEOPLE), STAY, np.int8)
    host[who], channel[who] = chosen
    return host, channel, weighed


@given(value=tables, scale=st.sampled_from((0.3, 0.6, 1.0)))
def test_with_the_bound_and_without_everybody_decides_alike(value, scale):
    bound = bound_of(value, scale=scale)
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
    p = np.array([p_of(value, k, purse) for k, purse in purses])
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


def test_those_looked_up_are_at_home_without_a_plan_and_draw_below_the_limits_of_their_kind_and_age():
    _, ids, kind, _ = people()
    status, plan = (ids % 5 == 0).astype(np.int8), -(ids % 3 > 0).astype(np.int8)
    born, eager, bound = -(ids % 7).astype(np.int16), np.linspace(1.0, 0.4, 7), np.array([0.6, 0.0])
    found = near(ids, ALONE, kind, GROUP, status, plan, born, 0, P_CLOCK, eager, bound, MOMENT)
    below = uniforms(MOMENT, ids) < P_CLOCK * eager[-born] * bound[kind]
    wanted = below & (status == Status.HOME) & (plan < 0)
    assert found.size > 0 and (found == np.flatnonzero(wanted)).all()


@given(value=tables, purse=st.sampled_from((0.0, 800.0, 1e4)))
def test_what_draws_those_who_can_pay_for_all_is_looked_up(value, purse):
    drive, _, dearest = races(value)
    for k in range(KINDS):
        own, p = drives(*one(k, purse), value, EACH, money(), SCALE, drive, dearest)
        alone, chance = drawn(value, EACH, money(), k, purse)
        assert (own == alone).all() and p[0] == chance


@given(value=tables)
def test_people_in_a_row_are_drawn_as_each_would_be_alone(value):
    """What the last one of a kind may choose is remembered, and used only for those who may choose the same."""
    drive, _, dearest = races(value)
    _, _, kind, savings = people()
    bars, shuts = np.arange(PEOPLE) % 7 - 1, np.arange(PEOPLE) // 7 % 5 - 1
    kinds, purses = kind[::-1].astype(np.int64), savings[::-1] / 100.0
    own, p = drives(kinds, purses, bars, shuts, value, EACH, money(), SCALE, drive, dearest)
    for n in range(0, PEOPLE, 37):
        some = slice(n, n + 1)
        alone, chance = drives(kinds[some], purses[some], bars[some], shuts[some], value, EACH, money(), SCALE, drive,
                               dearest)  # fmt: skip
        assert (own[some] == alone).all() and p[n] == chance[0]


@given(value=tables)
def test_a_host_without_alternatives_may_be_left_out_of_a_kinds_set(value):
    """The sets end with NONE."""
    value[:, 1] = CLOSED
    few = np.array([[0, 2, NONE]] * KINDS, np.int16)
    assert (bound_of(value, few) == [p_of(value, k, 1e9) * SLACK for k in range(KINDS)]).all()
    pull = races(value, few)[1]
    for k in range(KINDS):
        for who in np.arange(50, dtype=np.uint64):
            some, every = (
                destination(who, k, 1e3, drawn(value, hosts, money(), k, 1e3)[0], value, hosts, money(), pull)
                for hosts in (few, EACH)
            )
            assert some == every


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
    zero = np.zeros(n, np.int16)
    who, *chosen, _ = decide(
        ids, np.array([0, n]), zero, GROUP[:1], zero.astype(np.int8), np.full(n, -1, np.int8), zero,
        np.zeros(n, np.int32), zero.astype(np.int8), zero, 0, value[None], ALL[None], free[None],
        *races(value[None], ALL[None], free[None]), 0.0, 1.0, np.ones(1), np.ones(1), SCALE, MOMENT, NESTS, WAYS,
    )  # fmt: skip
    host, channel = np.full((2, n), STAY, np.int8)
    host[who], channel[who] = chosen
    assert drawn(value[None], ALL[None], free[None], 0, 0.0)[1] == pytest.approx(expected.sum())
    for h in range(3):
        for c in range(2):
            p = expected[h, c]
            assert abs(((host == h) & (channel == c)).mean() - p) <= 6 * np.sqrt(p * (1 - p) / n)


def goes(value, who, shut=STAY):
    """Where somebody of the only kind goes who can pay for everything."""
    table, free, hosts = value[None], 0 * value[None], ALL[None]
    drive, pull, dearest = races(table, hosts, free)
    own, _ = drives(*one(0, 1.0, shut), table, hosts, free, SCALE, drive, dearest)
    return destination(who, 0, 1.0, own, table, hosts, free, pull, shut)


def test_closing_a_host_moves_only_those_who_chose_it():
    value = np.linspace(-1, 1, HOSTS * CHANNELS).reshape(HOSTS, CHANNELS)
    without = value.copy()
    without[1] = CLOSED
    for who in np.arange(2000, dtype=np.uint64):
        before, after = goes(value, who), goes(without, who)
        assert after == before if before[0] != 1 else after[0] != 1


def test_closing_contracts_makes_nobody_change_channel_within_a_host_but_those_who_chose_one():
    value = np.linspace(-1, 1, HOSTS * CHANNELS).reshape(HOSTS, CHANNELS)[:, ::-1].copy()
    moved = 0
    for who in np.arange(2000, dtype=np.uint64):
        before, after = goes(value, who), goes(value, who, shut=2)
        moved += before == (2, Channel.CONTRACT)
        assert after != (2, Channel.CONTRACT)
        assert after == before or before == (2, Channel.CONTRACT) or after[0] != before[0] == 2
    assert moved > 0


@given(value=tables)
def test_a_ban_closes_the_lawful_channels_of_its_host_and_moves_only_those_who_chose_them(value):
    """Host 1 bars everybody: contract, visit and overstay are closed there, smuggler and asylum are not."""
    bound = bound_of(value)
    host, channel, _ = choose(value, bound, banned=np.ones(PEOPLE, np.int16))
    assert not ((host == 1) & (channel <= Channel.OVERSTAY)).any()
    closed = value.copy()
    closed[:, 1, : Channel.OVERSTAY + 1] = CLOSED
    same = choose(closed, bound)
    assert (host == same[0]).all() and (channel == same[1]).all()
