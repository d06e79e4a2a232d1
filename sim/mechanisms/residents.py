"""Residents: pay and remittances of those who live abroad for good, and what students cost their families.

Settled people, refugees and citizens hold no permit and need no post for foreigners: they earn what is paid in their
sector there, as far as such people find work, live on most of it, and send home less with the years.
Known gap: they neither open posts nor take them from others.
"""

import math

import numpy as np

from sim.core.kernel import kernel
from sim.core.ledger import Account, Item
from sim.core.roll import Rows
from sim.core.state import State
from sim.core.words import Status

CENTS, MONTHS = 100, 12
PAID, REPAID, SENT, LIVING = (int(x) for x in (Item.PAID, Item.REPAID, Item.SENT, Item.LIVING))
FOR_GOOD = (Status.REFUGEE, Status.SETTLED, Status.CITIZEN)
IS_CITIZEN, IS_REFUGEE = int(Status.CITIZEN), int(Status.REFUGEE)  # for kernels


@kernel
def live(rows, place, host_of, status, sector, nation, since, savings, debt, weight, wage, now, works, informal,
         free_work, living, repay, remit, decay, lag, totals, tally):  # fmt: skip
    """A month of each of `rows`; savings and debt [cents a person] change in place.

    gross = ⌊wage · works⌋, upkeep = ⌊gross · living⌋, repaid = min(debt, ⌊left · repay⌋), sent = ⌊left · remit ·
    exp(−decay · years)⌋. A refugee not yet free to work, fewer than free_work [host, steps] there, gets
    `informal`, a share of that. years: since the status began, and `lag` [host] more for citizens. wage [host, sector,
    cents], now, since and lag [steps], decay [per step], totals [item] and tally [item, host, nation] in cents ×
    persons.
    """
    for i in rows:
        h = host_of[place[i]]
        limited = status[i] == IS_REFUGEE and now - since[i] < free_work[h]
        gross = np.int64(math.floor(wage[h, sector[i]] * works * (informal if limited else 1.0)))
        upkeep = np.int64(math.floor(gross * living))
        left = gross - upkeep
        back = min(np.int64(debt[i]), np.int64(math.floor(left * repay)))
        left -= back
        steps = now - since[i] + (lag[h] if status[i] == IS_CITIZEN else 0.0)
        sent = np.int64(math.floor(left * remit * math.exp(-decay * steps)))
        savings[i] += left - sent
        debt[i] -= back
        w = np.int64(weight[i])
        tally[PAID, h, nation[i]] += gross * w
        tally[REPAID, h, nation[i]] += back * w
        tally[SENT, h, nation[i]] += sent * w
        tally[LIVING, h, nation[i]] += upkeep * w
        totals[PAID] += gross * w
        totals[REPAID] += back * w
        totals[SENT] += sent * w
        totals[LIVING] += upkeep * w


@kernel
def study(rows, place, host_of, sector, nation, savings, weight, wage, living, earns, tuition, totals, tally):
    """A month of each student of `rows`; savings [cents a person] change in place.

    gross = ⌊wage · earns⌋ from work beside the course; living [host] and tuition are paid from it, then from savings,
    and what is still missing comes from home. totals: gross, living, tuition and support [cents × persons]; tally
    [support or gross, host, nation].
    """
    for i in rows:
        h = host_of[place[i]]
        gross = np.int64(math.floor(wage[h, sector[i]] * earns))
        rest = np.int64(savings[i]) + gross - living[h] - tuition
        support = max(np.int64(0), -rest)
        savings[i] = rest + support
        w = np.int64(weight[i])
        items = (gross, living[h], tuition, support)
        for k in range(totals.size):
            totals[k] += items[k] * w
        tally[0, h, nation[i]] += support * w
        tally[1, h, nation[i]] += gross * w


def step(state: State) -> None:
    """One month of those who live abroad for good, and of students."""
    wage, people = wages(state), state.people
    _for_good(state, people.who(*FOR_GOOD), wage)
    _students(state, people.who(Status.STUDENT), wage)


def wages(state: State) -> np.ndarray:
    """What is paid in a month [host, sector, cents]."""
    return np.rint(state.memory["wage_usd"] * CENTS).astype(np.int64)


def _for_good(state: State, rows: Rows, wage: np.ndarray) -> None:
    """Employers pay, and households and shops are paid."""
    if not rows.size:
        return
    c, tally = state.people.cols, state.memory["money"]
    totals = live_on(state, rows, wage, c.savings, c.debt, tally)
    pay = state.ledger.pay
    pay(Account.EMPLOYERS, Account.WORKERS, int(totals[Item.PAID]))
    pay(Account.WORKERS, Account.SHOPS, int(totals[Item.LIVING]))
    pay(Account.WORKERS, Account.HOUSEHOLDS, int(totals[Item.SENT]))


def live_on(state: State, rows: Rows, wage: np.ndarray, savings: np.ndarray, debt: np.ndarray,
            tally: np.ndarray) -> np.ndarray:  # fmt: skip
    """A month of these people abroad for good; savings and debt of all [cents a person] change in place, and tally.

    wage [host, sector, cents]; the totals of `live`.
    """
    c, p, rules = state.people.cols, state.params, state.rules.tables
    totals = np.zeros(len(Item), np.int64)
    live(
        rows, c.place, state.people.host_of, c.status, c.sector, c.nation, c.since, savings, debt, c.weight, wage,
        state.t, p["settled_works"], p["informal_wage"], rules["free_work"], p["settled_living"],
        p["repay_share"], p["remit_share"],
        p["remit_decay"] * state.calendar.years_per_step, rules["naturalise_years"] * state.calendar.per_year,
        totals, tally,
    )  # fmt: skip
    return totals


def _students(state: State, rows: Rows, wage: np.ndarray) -> None:
    """Employers pay, families support, shops and schools (of the host state) are paid."""
    if not rows.size:
        return
    c, p = state.people.cols, state.params
    living = np.floor(p["living_share"] * (wage.sum(1) / wage.shape[1])).astype(np.int64)
    totals, tally = np.zeros(4, np.int64), np.zeros((2, state.hosts, state.nations), np.int64)
    study(
        rows, c.place, state.people.host_of, c.sector, c.nation, c.savings, c.weight, wage, living, p["study_income"],
        math.floor(p["tuition_usd"] * CENTS / MONTHS), totals, tally,
    )  # fmt: skip
    state.ledger.tally("support")[:] += tally[0]
    state.memory["money"][Item.PAID] += tally[1]
    gross, lived, tuition, support = (int(x) for x in totals)
    pay = state.ledger.pay
    pay(Account.EMPLOYERS, Account.WORKERS, gross)
    pay(Account.HOUSEHOLDS, Account.WORKERS, support)
    pay(Account.WORKERS, Account.SHOPS, lived)
    pay(Account.WORKERS, Account.HOST_STATES, tuition)
