"""Work: pay, the sending state's take, debt, living costs and remittances, in whole cents.

An employer pays out what falls due, this month's gross and a part of its arrears, less the share that it holds back;
what it does not pay it owes. take = max(share × gross, plan of the host); what the pay does not cover is the worker's
debt (SPEC §2c). Everybody else first lives, then repays the broker, then sends home a share of the rest.
"""

import math

import numpy as np

from sim.core.chance import stream, struck
from sim.core.harm import harmed
from sim.core.kernel import kernel
from sim.core.ledger import Account, Item
from sim.core.people import AT_WORK
from sim.core.profiles import premium
from sim.core.roll import Rows
from sim.core.state import State
from sim.core.words import Status

MONTHS = 12  # of a year
UNPAID = stream("work unpaid")
HIDDEN = int(Status.IRREGULAR)  # for kernels


@kernel
def pay(rows, status, group, employer, nation, skilled, savings, debt, owed, weight, selected, wage, held, due_share,
        informal, premium, host, plan, share, living, repay, remit, totals, tally):  # fmt: skip
    """Pay each of `rows`; savings, debt and owed [cents a person] change in place.

    wage [employer, cents], of the skilled times `premium`; held [employer, share held back], due_share: of arrears,
    what falls due; share [group] of gross taken from those selected [group] who are not in hiding, plan [host, cents a
    month], totals [item] and tally [host, nation, item], empty before, in cents × persons.
    """
    for n in range(rows.size):
        i = rows[n]
        e = employer[i]
        gross = wage[e] if status[i] == AT_WORK else np.int64(math.floor(wage[e] * informal))
        if skilled[i]:
            gross = np.int64(math.floor(gross * premium))
        due = gross + np.int64(math.ceil(owed[i] * due_share))
        paid = due - np.int64(math.floor(due * held[e]))
        owed[i] += gross - paid
        take = np.int64(0)
        short = np.int64(0)
        is_taken = selected[group[i]] and status[i] != HIDDEN
        if is_taken:
            take = max(np.int64(math.floor(gross * share[group[i]])), plan[host[e]])
            if take > paid:
                short, take = take - paid, paid
        left = paid - take
        upkeep = np.int64(0) if is_taken else min(left, np.int64(math.floor(gross * living)))
        left -= upkeep
        back = min(np.int64(debt[i]), np.int64(math.floor(left * repay)))
        left -= back
        sent = np.int64(math.floor(left * remit))
        savings[i] += left - sent
        debt[i] += short - back
        w = np.int64(weight[i])
        items = (paid, take, back, sent, upkeep, short, np.int64(owed[i]))
        for k in range(totals.size):
            tally[host[e], nation[i], k] += items[k] * w
    for k in range(totals.size):
        totals[k] = tally[:, :, k].sum()


def step(state: State) -> None:
    """One month's pay for everybody who works abroad."""
    rows, c = state.people.employed(), state.people.cols
    totals, tally = pay_out(state, rows, c.savings, c.debt, c.owed)
    _book(state, totals)
    state.memory["money"] = tally
    # pay held back is harm: to as large a share of a crew as of its pay
    harmed(state, struck(state.luck(UNPAID), rows, c.id, c.employer, state.employers.held))
    _levy(state)


def _levy(state: State) -> None:
    """What employers pay the host state for each worker with a permit, where there is a levy [cents]."""
    e = state.employers
    cents = _a_step(state, state.rules.tables["levy"][e.host, e.sector] * 100)
    due = state.people.contracts * cents[:, None]
    np.add.at(state.ledger.tally("levy"), e.host, due)
    state.ledger.pay(Account.EMPLOYERS, Account.HOST_STATES, int(due.sum()))


def pay_out(state: State, rows: Rows, savings: np.ndarray, debt: np.ndarray,
            owed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Pay these people what a step brings; savings, debt and owed of all [cents a person] change in place.

    Totals of `pay`, and its tally by [item, host, nation].
    """
    c, e, p = state.people.cols, state.employers, state.params
    share = np.where(state.soldiers, p["prk_soldier_take"], p["prk_take_share"])
    totals, tally = np.zeros(len(Item), np.int64), np.zeros((state.hosts, state.nations, len(Item)), np.int64)
    pay(
        rows, c.status, c.group, c.employer, c.nation, c.skilled, savings, debt, owed, c.weight, state.programme,
        _a_step(state, e.wage), e.held, state.chance_of(p["arrears_due_rate"]), p["informal_wage"], premium(p)[1],
        e.host, _a_step(state, _plan(state)), share, p["living_share"], p["repay_share"], p["remit_share"], totals,
        tally,
    )  # fmt: skip
    return totals, np.ascontiguousarray(np.moveaxis(tally, 2, 0))


def _a_step(state: State, cents: np.ndarray) -> np.ndarray:
    """What a step's part of a monthly sum is [cents, rounded]."""
    return np.rint(cents * (MONTHS * state.calendar.years_per_step)).astype(np.int64)


def _plan(state: State) -> np.ndarray:
    """What the sending state wants a month from each worker, by host [cents]."""
    plan = np.full(state.hosts, round(state.params["prk_plan_usd"] * 100), np.int64)
    plan[state.world.country_rows(["RUS"])] = round(state.params["prk_plan_rus_usd"] * 100)
    return plan


def _book(state: State, totals: np.ndarray) -> None:
    """Every cent leaves one account and arrives in another; repaying a debt leaves what one is worth as it was."""
    paid, take, _, sent, living, short, _ = (int(x) for x in totals)
    pay_over = state.ledger.pay
    pay_over(Account.EMPLOYERS, Account.WORKERS, paid)
    pay_over(Account.WORKERS, Account.SENDING_STATES, take + short)
    pay_over(Account.WORKERS, Account.HOUSEHOLDS, sent)
    pay_over(Account.WORKERS, Account.SHOPS, living)
