"""Pay, worked by hand: one worker at a time, amounts in cents."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.words import Status
from sim.mechanisms.work import pay

PAID, TAKE, REPAID, SENT, LIVING, OWED, ARREARS = range(7)
WAGE, PLAN = 100_000, 45_000


def month(status=Status.WORKER, debt=0, taken=False, wage=WAGE, plan=PLAN, share=0.3, weight=2, owed=0, held=0.0,
          skilled=0, may_owe=True, civil=True):  # fmt: skip
    """One month: 40 % of pay is lived on, half of the rest repays, half of what then is left is sent home.

    A tenth of the arrears falls due; the skilled earn a quarter more.
    """
    savings, owes, owed = np.zeros(1, np.int32), np.array([debt], np.int32), np.array([owed], np.int32)
    row, nobody = np.zeros(1, np.int32), np.zeros(0, np.int32)
    most, tally, place = np.zeros(1, np.int64), np.zeros((7, 1, 1), np.int64), np.zeros(1, np.int16)
    zero, ids = np.zeros(1, np.int8), np.zeros(1, np.uint64)
    _, unpaid = pay(
        (row, nobody, nobody, nobody), ids, np.array([status], np.int8), zero, zero, zero, np.array([skilled], np.int8),
        savings, owes, owed, np.array([weight], np.int32), 0, np.array([taken], np.int8), np.array([wage]),
        np.array([held]), np.array([may_owe]), 0.1, 0.5, 1.25, place, np.array([plan]), np.array([0.0, share]),
        np.array([-1, 0]), np.array([civil]), 0.4, 0.5, 0.5, np.uint64(0), most, tally,
    )  # fmt: skip
    totals = tally.ravel()
    assert totals[ARREARS] == owed[0] * weight == most[0] * weight
    assert unpaid.size == (owed[0] > 0 and civil and status == Status.WORKER)
    return (totals // weight).tolist(), int(savings[0]), int(owes[0])


def test_living_comes_first_then_the_debt_then_the_household():
    items, savings, debt = month(debt=10_000)
    assert items == [100_000, 0, 10_000, 25_000, 40_000, 0, 0]
    assert (savings, debt) == (25_000, 0)


def test_no_more_than_a_share_of_the_rest_repays_a_debt():
    items, savings, debt = month(debt=90_000)
    assert (items[REPAID], items[SENT], savings, debt) == (30_000, 15_000, 15_000, 60_000)


def test_work_without_papers_earns_the_informal_share():
    assert month(status=Status.IRREGULAR)[0][PAID] == 50_000


@pytest.mark.parametrize(("status", "gross"), [(Status.WORKER, 125_000), (Status.OVERSTAYER, 62_500)])
def test_the_skilled_earn_a_premium_on_what_the_work_pays(status, gross):
    assert month(status=status, skilled=1)[0][PAID] == gross


@pytest.mark.parametrize(("share", "take"), [(0.3, 45_000), (0.6, 60_000)])
def test_the_state_takes_its_share_or_its_plan_whichever_is_more(share, take):
    """SPEC 2c; those it takes from have their living paid."""
    items, _, debt = month(taken=True, share=share)
    assert (items[TAKE], items[OWED], items[LIVING], debt) == (take, 0, 0, 0)


def test_what_pay_does_not_cover_of_the_plan_is_owed():
    items, savings, debt = month(taken=True, wage=30_000)
    assert (items[TAKE], items[OWED], debt, savings) == (30_000, 15_000, 15_000, 0)


@pytest.mark.parametrize("taken", [True, False])
def test_every_cent_of_pay_goes_somewhere(taken):
    items, savings, _ = month(taken=taken, debt=12_345, wage=98_765)
    assert items[PAID] == items[TAKE] + items[REPAID] + items[SENT] + items[LIVING] + savings


@pytest.mark.parametrize(("held", "owed", "paid", "arrears"), [
    (0.0, 0, 100_000, 0),
    (0.25, 0, 75_000, 25_000),
    (0.25, 40_000, 78_000, 62_000),  # 104,000 fall due, 26,000 of them are held back
    (0.0, 40_000, 104_000, 36_000),
    (1.0, 40_000, 0, 140_000),
])  # fmt: skip
def test_what_is_due_and_not_paid_stays_owed(held, owed, paid, arrears):
    items = month(held=held, owed=owed)[0]
    assert (items[PAID], items[ARREARS]) == (paid, arrears)


def test_unpaid_are_those_with_papers_who_are_no_soldiers():
    """`month` looks who is named."""
    for status in (Status.WORKER, Status.OVERSTAYER):
        assert month(status=status, owed=40_000) == month(status=status, owed=40_000, civil=False)


def test_the_state_takes_first_of_what_is_paid():
    """Of 1,000 earned 600 are paid; 700 are wanted: 100 are the worker's debt, and 400 the employer's."""
    items, savings, debt = month(taken=True, share=0.7, held=0.4)
    assert (items[PAID], items[TAKE], items[OWED], items[ARREARS]) == (60_000, 60_000, 10_000, 40_000)
    assert (savings, debt) == (0, 10_000)


def test_living_is_cut_where_pay_is():
    assert month(held=0.75)[0][LIVING] == 25_000


@given(wage=st.integers(0, 10**6), skilled=st.booleans(), debt=st.sampled_from((0, 10_000)), taken=st.booleans(),
       status=st.sampled_from((Status.WORKER, Status.OVERSTAYER, Status.IRREGULAR)))  # fmt: skip
def test_where_nobody_is_owed_the_table_says_what_the_reckoning_would(wage, skilled, debt, taken, status):
    """To hold back nearly nothing of it changes no cent, but makes it be reckoned."""
    terms = {"wage": wage, "skilled": skilled, "debt": debt, "taken": taken, "status": status}
    assert month(**terms) == month(**terms, held=1e-12)
