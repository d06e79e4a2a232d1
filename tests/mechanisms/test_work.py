"""Pay, worked by hand: one worker at a time, amounts in cents."""

import numpy as np
import pytest

from sim.core.words import Status
from sim.mechanisms.work import pay

GROSS, TAKE, REPAID, SENT, LIVING, OWED = range(6)
WAGE, PLAN = 100_000, 45_000


def month(status=Status.WORKER, debt=0, taken=False, wage=WAGE, plan=PLAN, share=0.3, weight=2):
    """One month: 40 % of pay is lived on, half of the rest repays, half of what then is left is sent home."""
    savings, owes = np.zeros(1, np.int32), np.array([debt], np.int32)
    totals, tally = np.zeros(6, np.int64), np.zeros((6, 1, 1), np.int64)
    zero = np.zeros(1, np.int8)
    pay(
        np.zeros(1, np.int32), np.array([status], np.int8), zero, zero, savings, owes, np.array([weight], np.int32),
        np.array([taken]), np.array([wage]), 0.5, np.zeros(1, np.int16), np.array([plan]), np.array([share]), 0.4,
        0.5, 0.5,
        totals, tally,
    )  # fmt: skip
    assert (tally.ravel() == totals).all()
    return (totals // weight).tolist(), int(savings[0]), int(owes[0])


def test_living_comes_first_then_the_debt_then_the_household():
    items, savings, debt = month(debt=10_000)
    assert items == [100_000, 0, 10_000, 25_000, 40_000, 0]
    assert (savings, debt) == (25_000, 0)


def test_no_more_than_a_share_of_the_rest_repays_a_debt():
    items, savings, debt = month(debt=90_000)
    assert (items[REPAID], items[SENT], savings, debt) == (30_000, 15_000, 15_000, 60_000)


def test_work_without_papers_earns_the_informal_share():
    assert month(status=Status.IRREGULAR)[0][GROSS] == 50_000


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
    assert items[GROSS] == items[TAKE] + items[REPAID] + items[SENT] + items[LIVING] + savings
