"""Cohorts: who makes way, who comes, and what becomes of the money."""

from datetime import date

import numpy as np
import pytest

from sim.core.calendar import Calendar
from sim.core.ledger import Account
from sim.core.people import GIVEN
from sim.core.people import People as Columns
from sim.core.state import State
from sim.core.words import Channel, Status
from sim.mechanisms import cohorts
from tests.chance.runs import PARAMS, WORLD

YOUNG, OLD, ABROAD, HELD_UP, SOLDIER = range(5)
AGES = [(59, 11), (60, 0), (70, 0), (61, 0), (30, 0)]  # years and months
SAVED, OWED = [100, 250, 300, 400, 50], [0, 120, 10, 20, 30]


def made(p_succession=1.0, month=1):
    """Two candidates at home, one abroad, one whom a refusal holds up, and a soldier at home; ten persons a head."""
    params = dict(PARAMS) | {"p_succession": p_succession}
    state = State(WORLD, Calendar(date(2010, month, 1), 24), params, 1, 1, 10_000)
    state.ledger.pay(Account.WORKERS, Account.ENDOWMENT, state.fortune())
    home = WORLD.place_index("MNG-Khovd")
    columns = {name: np.zeros(5, kind) for name, kind in GIVEN.items()}
    columns |= {"id": np.arange(5), "weight": np.full(5, 10), "home": np.full(5, home), "place": np.full(5, home)}
    columns |= {name: np.full(5, -1) for name in ("employer", "channel", "plan", "plan_host")}
    g, soldiers = WORLD.group_index("mng_candidates"), WORLD.group_index("prk_soldiers")
    columns |= {"group": np.array([g, g, g, g, soldiers]), "sector": np.full(5, WORLD.sector_index("F"))}
    columns |= {"born": np.array([-(years * 12 + months) for years, months in AGES])}
    columns |= {"savings": np.array(SAVED), "debt": np.array(OWED), "nation": WORLD.nation_of_group[columns["group"]]}
    columns["status"][ABROAD], columns["place"][ABROAD] = Status.OVERSTAYER, WORLD.place_index("KOR")
    columns["queued"][HELD_UP] = 1
    columns["plan"][OLD] = columns["channel"][OLD] = Channel.CONTRACT
    sites = len(state.employers)
    state.inhabit(Columns(columns, state.people.host_of, state.nations, len(WORLD.sectors), sites))
    state.ledger.pay(Account.ENDOWMENT, Account.WORKERS, state.fortune())
    state.ledger.balance[:] = 0
    return state


def years(state):
    return [int(state.t - born) // 12 for born in state.people.cols.born]


def test_those_past_the_age_of_their_group_make_way_at_home_and_nobody_else():
    state = made()
    cohorts.step(state)
    assert years(state) == [59, 18, 70, 61, 20]  # candidates are 18 to 59, soldiers 20 to 29
    c = state.people.cols
    assert (c.plan[OLD], c.channel[OLD], c.debt[OLD], c.id[OLD]) == (-1, -1, 0, OLD)
    assert state.series.total("came_of_age", 0) == 20


def test_savings_stay_with_the_households_and_debts_are_lost_to_the_lender():
    state = made()
    cohorts.step(state)
    balance, c = state.ledger.balance, state.people.cols
    begun = 10 * int(c.savings[OLD] + c.savings[SOLDIER])
    assert balance[Account.HOUSEHOLDS] == 10 * (SAVED[OLD] + SAVED[SOLDIER])
    assert balance[Account.BROKERS] == -10 * OWED[OLD]
    assert balance[Account.SENDING_STATES] == -10 * OWED[SOLDIER]
    assert balance[Account.ENDOWMENT] == -begun
    assert balance.sum() == 0
    assert (c.savings[[YOUNG, ABROAD, HELD_UP]] == [SAVED[n] for n in (YOUNG, ABROAD, HELD_UP)]).all()
    purse = WORLD.groups[WORLD.group_index("mng_candidates")].savings_usd * 100
    assert purse * 0.5 <= c.savings[OLD] < purse * 1.5


@pytest.mark.parametrize(("t", "month"), [(1, 1), (0, 2), (10, 2)])
def test_only_in_january(t, month):
    state = made(month=month)
    state.t = t
    cohorts.step(state)
    assert state.series.total("came_of_age", t) == 0 and state.ledger.balance[Account.HOUSEHOLDS] == 0


def test_the_next_january_comes():
    state = made(month=2)
    state.t = 11
    cohorts.step(state)
    assert years(state) == [18, 18, 70, 61, 20]  # the young one has turned 60


def test_without_succession_nobody_makes_way():
    state = made(p_succession=0.0)
    cohorts.step(state)
    assert years(state) == [59, 60, 70, 61, 30] and not state.ledger.balance.any()
