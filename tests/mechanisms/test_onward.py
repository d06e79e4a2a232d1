"""Onward: the pull of the way over the Gobi, the price of the whole way, and who pays it."""

import math

import numpy as np
import pytest

from sim.core.ledger import Account
from sim.core.passage import Families, families
from sim.mechanisms.onward import gobi, price_of_the_way, sooner
from tests.chance.runs import PARAMS, model


@pytest.fixture
def state():
    return model(months=1).state


def test_fear_of_being_returned_keeps_people_from_the_gobi(state):
    p, mongolia, prk = state.params, state.country("MNG"), state.country("PRK")
    returned = gobi(state)
    assert returned == p["gobi_pull"] * math.exp(-p["flight_return"] * p["handover_mng"])
    state.rules.set("handover", (mongolia, prk), 0.0)
    assert gobi(state) == p["gobi_pull"] > returned
    state.rules.scale("route_known", (mongolia,), 1.5)
    assert gobi(state) == 1.5 * p["gobi_pull"]


def test_a_claim_protects_on_the_way_only_where_it_is_heard(state):
    mongolia = state.country("MNG")
    state.rules.set("protect", (mongolia,), 1.0)
    unheard = gobi(state)
    state.rules.set("claim_open", (mongolia,), 1.0)
    assert unheard < gobi(state) == state.params["gobi_pull"]


def test_the_price_of_2011_is_that_of_both_legs(state):
    """X073: 3,500 USD to China and 2,500 from there."""
    assert price_of_the_way(state) == pytest.approx(3500 + 2500, rel=0.02)


def test_nobody_pays_for_a_way_that_nobody_gets_through(state):
    state.rules.set("seen", (state.country("PRK"), state.country("CHN")), 1.0)
    assert price_of_the_way(state) == math.inf


def test_a_border_shut_for_good_ends_the_fetching_and_nothing_else():
    """The months already paid for are lost, and the run goes on."""
    run = model(months=6, scale=5, params=dict(PARAMS) | {"kin_pays": 50.0})
    state, prk = run.state, run.state.country("PRK")
    fetched = []
    for month in range(6):
        if month == 3:
            state.rules.base["seen"][prk, state.country("CHN")] = 1.0
        run.step()
        fetched.append(int(state.ledger.tally("fetched_by_kin").sum()))
    assert sum(fetched[:3]) > 0 and fetched[3:] == [0, 0, 0]


def test_the_race_is_won_by_pull():
    ids = np.arange(4000, dtype=np.uint64)
    who, pull = np.arange(4000, dtype=np.int32), np.where(np.arange(4000) < 2000, 1.0, 3.0)
    with np.errstate(over="ignore"):
        first = np.argsort(sooner(who, ids, pull, np.uint64(7)))[:400]
    assert 0.65 < (first >= 2000).mean() < 0.85  # three quarters
    assert not np.isfinite(sooner(who[:9], ids, pull * 0, np.uint64(7))).any()


def test_kin_pay_the_price_for_each_whom_they_fetch_and_fetch_no_more_than_they_have():
    run = model(months=12, scale=5, params=dict(PARAMS) | {"onward_rate": 0.0, "kin_pays": 5.0})
    state, bills, persons = run.state, [], 0
    pay = state.ledger.pay

    def noted(payer, payee, cents):
        if (payer, payee) == (Account.HOUSEHOLDS, Account.BROKERS):
            bills.append(cents)
        pay(payer, payee, cents)

    state.ledger.pay = noted
    for _ in range(12):
        kin = families(state).kin
        run.step()
        fetched = int(state.ledger.tally("fetched_by_kin").sum())
        assert fetched <= kin and families(state).kin == kin - fetched
        assert bills.pop() == fetched * math.floor(price_of_the_way(state) * 100)
        persons += fetched
    assert persons > 0


def test_a_complete_family_pays_no_more_and_one_that_nobody_named_neither():
    kept = Families(payers=10.0, kin=0.0, named=5.0)
    assert kept.apart == 0 and Families(0.0, 0.0, 0.0).apart == 0
    kept.name(5.0)
    assert (kept.kin, kept.named, kept.apart) == (5.0, 10.0, 0.5)


def test_only_who_sets_out_of_themselves_names_kin():
    params = dict(PARAMS) | {"onward_rate": 0.5, "kin_pays": 0.0, "p_seen_third_country": 0.0}
    run = model(months=6, scale=5, params=params)
    state, each = run.state, run.state.params["kin_each"]
    run.step()
    before = families(state).named
    run.step()
    alone = int(state.ledger.tally("set_out").sum()) - int(state.ledger.tally("caught_leaving").sum())
    assert alone > 0 and families(state).named == before + each * alone
