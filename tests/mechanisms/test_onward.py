"""Onward: the pull of the way over the Gobi, the price of the whole way, and who pays it."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.ledger import Account
from sim.core.passage import Families, families
from sim.mechanisms.onward import first, gobi, in_hiding, price_of_the_way, sooner
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
    with np.errstate(over="ignore"):
        race = np.array([sooner(np.uint64(7), i, 1.0 if i < 2000 else 3.0) for i in ids])
    assert 0.65 < (first(race, 400)[:400] >= 2000).mean() < 0.85  # three quarters


@given(st.lists(st.sampled_from([0.1, 0.2, 0.3, 0.4]), max_size=12), st.integers(0, 14))
def test_the_first_of_the_race_are_those_of_a_stable_sort(race, most):
    found = first(np.array(race), most)
    assert found.size >= min(most, len(race))
    assert found.tolist() == np.argsort(race, kind="stable")[: found.size].tolist()


def test_who_sets_out_or_is_found_and_who_races():
    """Rows: in Mongolia since now, and before; in China near the Gobi, far from it, and long there."""
    since, place = np.array([0, 20, 19, 20, 20, 0], np.int16), np.array([1, 2, 2, 0, 1, 1], np.int16)
    args = (
        np.arange(1, 6, dtype=np.int32), place, since, np.arange(6, dtype=np.uint64), np.array([0, 0, 1], np.int16), 0,
        1, 0, 20, 8,
    )  # fmt: skip

    def asked(p_found, p_out, pull):
        with np.errstate(over="ignore"):
            out = in_hiding(*args, p_found, np.array(p_out), np.array(pull), *np.arange(3, dtype=np.uint64))
        return [x.tolist() for x in out[:3]]

    assert asked(1.0, [0.0, 0.0], [1.0, 1.0]) == [[2], [], [3, 4]]
    assert asked(0.0, [0.0, 1.0], [1.0, 0.0]) == [[], [3], [4]]
    assert asked(0.0, [1.0, 0.0], [0.0, 1.0]) == [[], [4, 5], [3]]


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
