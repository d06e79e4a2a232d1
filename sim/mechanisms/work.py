"""Work: pay, the sending state's take, debt, living costs and remittances, in whole cents.

take = max(share × gross, plan of the host); what the pay does not cover is owed (SPEC §2c). Everybody else first repays
the broker, then lives, then sends home a share of the rest.
"""

import math

import numpy as np

from sim.core.kernel import kernel
from sim.core.ledger import Account, Item
from sim.core.people import AT_WORK, Rows
from sim.core.state import State
from sim.core.words import Status


@kernel
def pay(rows, status, employer, nation, savings, debt, weight, is_taken, wage, informal, host, plan, share, living,
        repay, remit, totals, tally):  # fmt: skip
    """Pay each of `rows`; savings and debt [cents a person] change in place.

    share [row] of gross taken, wage [employer, cents], plan [host, cents a month], totals [item] and tally
    [item, host, nation] in cents × persons.
    """
    for n in range(rows.size):
        i = rows[n]
        e = employer[i]
        gross = wage[e] if status[i] == AT_WORK else np.int64(math.floor(wage[e] * informal))
        take = np.int64(0)
        owed = np.int64(0)
        if is_taken[n]:
            take = max(np.int64(math.floor(gross * share[n])), plan[host[e]])
            if take > gross:
                owed, take = take - gross, gross
        left = gross - take
        upkeep = np.int64(0) if is_taken[n] else min(left, np.int64(math.floor(gross * living)))
        left -= upkeep
        back = min(np.int64(debt[i]), np.int64(math.floor(left * repay)))
        left -= back
        sent = np.int64(math.floor(left * remit))
        savings[i] += left - sent
        debt[i] += owed - back
        w = np.int64(weight[i])
        items = (gross, take, back, sent, upkeep, owed)
        for k in range(totals.size):
            totals[k] += items[k] * w
            tally[k, host[e], nation[i]] += items[k] * w


def step(state: State) -> None:
    """One month's pay for everybody who works abroad."""
    people, e, p = state.people, state.employers, state.params
    c = people.cols
    rows: Rows = np.flatnonzero(c.employer >= 0).astype(np.int32)
    taken = state.programme[c.group[rows]] & (c.status[rows] != Status.IRREGULAR)
    share = np.where(state.soldiers[c.group[rows]], p["prk_soldier_take"], p["prk_take_share"])
    totals, tally = np.zeros(len(Item), np.int64), np.zeros((len(Item), state.hosts, state.nations), np.int64)
    pay(
        rows, c.status, c.employer, c.nation, c.savings, c.debt, c.weight, taken, e.wage, p["informal_wage"], e.host,
        _plan(state), share, p["living_share"], p["repay_share"], p["remit_share"], totals, tally,
    )  # fmt: skip
    _book(state, totals)
    state.memory["money"] = tally


def _plan(state: State) -> np.ndarray:
    """What the sending state wants a month from each worker, by host [cents]."""
    plan = np.full(state.hosts, round(state.params["prk_plan_usd"] * 100), np.int64)
    plan[state.country("RUS")] = round(state.params["prk_plan_rus_usd"] * 100)
    return plan


def _book(state: State, totals: np.ndarray) -> None:
    """Every cent leaves one account and arrives in another; repaying a debt leaves what one is worth as it was."""
    gross, take, _, sent, living, owed = (int(x) for x in totals)
    pay_over = state.ledger.pay
    pay_over(Account.EMPLOYERS, Account.WORKERS, gross)
    pay_over(Account.WORKERS, Account.SENDING_STATES, take + owed)
    pay_over(Account.WORKERS, Account.HOUSEHOLDS, sent)
    pay_over(Account.WORKERS, Account.SHOPS, living)
