"""Money of residents and students: no cent appears or vanishes, whatever the wage, the savings and the debt."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.core.ledger import Item
from sim.core.words import Status
from sim.mechanisms.residents import live, study

cents = st.integers(0, 2_000_000)
shares = st.floats(0, 1)


@given(wage=cents, debt=cents, works=shares, living=shares, repay=shares, remit=shares, months=st.integers(0, 300),
       informal=shares, free=st.integers(0, 300),
       status=st.sampled_from((Status.SETTLED, Status.REFUGEE, Status.CITIZEN)))  # fmt: skip
def test_what_is_earned_is_lived_on_repaid_sent_or_kept(
    wage, debt, works, living, repay, remit, months, informal, free, status
):
    savings, owed = np.zeros(1, np.int32), np.array([debt], np.int32)
    one, totals, tally = np.zeros(1, np.int8), np.zeros(len(Item), np.int64), np.zeros((len(Item), 1, 1), np.int64)
    live(
        np.zeros(1, np.int32), one, one, np.array([status], np.int8), one, one, one, savings, owed, np.array([3]),
        np.array([[wage]]), months, works, informal,
        np.array([float(free)]), living, repay, remit, 0.1 / 12, np.array([60.0]), totals, tally,
    )  # fmt: skip
    gross, take, back, sent, upkeep, owes, arrears = (int(x) for x in totals)
    assert gross == upkeep + back + sent + 3 * int(savings[0])
    limited = status == Status.REFUGEE and months < free
    assert gross == 3 * math.floor(wage * works * (informal if limited else 1.0))
    assert back == 3 * (debt - int(owed[0]))
    assert take == owes == arrears == 0
    assert min(gross, back, sent, upkeep, savings[0], owed[0]) >= 0
    assert (tally[:, 0, 0] == totals).all()


@given(wage=cents, savings=cents, living=cents, tuition=cents, earns=shares)
def test_a_student_s_family_pays_what_is_missing_and_no_more(wage, savings, living, tuition, earns):
    purse, one = np.array([savings], np.int32), np.zeros(1, np.int8)
    totals, tally = np.zeros(4, np.int64), np.zeros((2, 1, 1), np.int64)
    study(
        np.zeros(1, np.int32), one, one, one, one, purse, np.array([2]), np.array([[wage]]), np.array([living]), earns,
        tuition, totals, tally,
    )  # fmt: skip
    gross, lived, paid, support = (int(x) // 2 for x in totals)
    assert purse[0] == savings + gross - lived - paid + support >= 0
    assert support == 0 or purse[0] == 0
    assert tally[:, 0, 0].tolist() == [2 * support, 2 * gross]
