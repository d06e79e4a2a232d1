"""Work: pay, the sending state's take, debt, living costs and remittances, in whole cents.

An employer pays out what falls due, this month's gross and a part of its arrears, less the share that it holds back;
what it does not pay it owes. take = max(share × gross, plan of the host); what the pay does not cover is the worker's
debt (SPEC §2c). Everybody else first lives, then repays the broker, then sends home a share of the rest.
"""

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import stream, uniform
from sim.core.grown import SPAN, grown
from sim.core.harm import harmed
from sim.core.kernel import kernel
from sim.core.ledger import Account, Item
from sim.core.people import ABROAD, AT_WORK
from sim.core.profiles import premium
from sim.core.roll import Rows
from sim.core.state import State
from sim.core.words import Status

MONTHS = 12  # of a year
UNPAID = stream("work unpaid")
HIDDEN = int(Status.IRREGULAR)  # for kernels
EARNING = (Status.VISITOR, Status.WORKER, Status.OVERSTAYER, Status.IRREGULAR)  # some visit in place of a contract
PAID, TAKE, REPAID, SENT, LIVING, OWED, ARREARS = (int(x) for x in Item)
KEPT = ARREARS + 1  # in the table of `usual`


class Month(NamedTuple):
    """What a month's pay comes to: whom pay held back harmed, to whom of those who may protest pay is owed, the most
    that each employer owes anybody [cents], and cents × persons by [item, host, nation]."""

    harmed: Rows
    owed: Rows
    most: NDArray[np.int64]
    tally: NDArray[np.int64]


@dataclass(frozen=True)
class Terms:
    """Of pay, what lasts a run: which terms hold for a kind, nobody's [0] or those of a state that takes of the pay of
    a nation's groups [kind]; share of gross that it takes [terms], at least `plan` a step [host, cents], the nation
    [terms]; who may protest [kind]; and what of arrears falls due in a step."""

    of_kind: NDArray[np.int8]
    share: NDArray[np.float64]
    plan: NDArray[np.int64]
    nation: NDArray[np.int64]
    civil: NDArray[np.bool_]
    due: float


@kernel
def usual(wage, host, informal, premium, living, remit, share, plan):
    """Cents by item, and kept, of a month of those who neither owe nor are owed anything: [employer, with papers or
    (+ 2) without and unskilled or (+ 1) skilled, terms, item]. OWED is what pay does not cover of what a state wants.
    """
    out = np.zeros((wage.size, 4, share.size, KEPT + 1), np.int64)
    for e in range(wage.size):
        for k in range(4):
            gross = np.int64(wage[e]) if k < 2 else np.int64(math.floor(wage[e] * informal))
            if k % 2 == 1:
                gross = np.int64(math.floor(gross * premium))
            for c in range(share.size):
                take, short, upkeep = np.int64(0), np.int64(0), np.int64(0)
                if c > 0:
                    wanted = max(np.int64(math.floor(gross * share[c])), plan[host[e]])
                    take = min(wanted, gross)
                    short = wanted - take
                else:
                    upkeep = min(gross, np.int64(math.floor(gross * living)))
                left = gross - take - upkeep
                sent = np.int64(math.floor(left * remit))
                month = out[e, k, c]
                month[PAID], month[TAKE], month[SENT], month[LIVING] = gross, take, sent, upkeep
                month[OWED], month[KEPT] = short, left - sent
    return out


@kernel
def pay(lists, ids, status, kind, employer, nation, skilled, savings, debt, owed, weight, each, terms, wage, held, owes,
        due_share, informal, premium, host, plan, share, nation_of, civil, living, repay, remit, luck, most,
        tally):  # fmt: skip
    """Pay those of some lists of rows who have an employer; savings, debt and owed [cents a person] change in place.

    each: weight of everybody, or 0 if they differ; wage [employer, cents], of the skilled [kind] times `premium`; held
    [employer, share held back], owes [employer]: whether it holds back, or may owe; due_share: of arrears, what falls
    due; terms [kind], of those in hiding 0, share [terms] of gross taken, plan [host, cents a month], nation_of
    [terms]. Out: whom pay held back harms, by the draw `luck`, and to whom with papers of civil kinds [kind] pay is
    owed; most [employer, cents] owed to anybody and tally [item, host, nation], in cents × persons, both empty before.
    """
    month, nations = usual(wage, host, informal, premium, living, remit, share, plan), tally.shape[2]
    alike = np.zeros((wage.size, 4, nations + share.size), np.int64)
    out, found, waits, waiting = np.empty(SPAN, np.int32), 0, np.empty(SPAN, np.int32), 0
    for rows in lists:
        for begin in range(0, rows.size, SPAN):
            out, waits = grown(out, found, SPAN), grown(waits, waiting, SPAN)
            for row in rows[begin : begin + SPAN]:
                i = np.uint32(row)
                e = employer[i]
                if e < 0:
                    continue
                k, c = (0 if status[i] == AT_WORK else 2) + (1 if skilled[kind[i]] else 0), terms[kind[i]]
                if status[i] == HIDDEN:
                    c = 0
                w = each if each > 0 else np.int64(weight[i])
                is_owed = owes[e] and (held[e] > 0.0 or owed[i] != 0)
                if debt[i] == 0 and not is_owed and month[e, k, c, OWED] == 0:
                    savings[i] += month[e, k, c, KEPT]
                    alike[e, k, nation[i] if c == 0 else nations + c] += w
                    continue
                h, n = host[e], nation[i]
                gross, debt_before = month[e, k, c, PAID], np.int64(debt[i])
                paid = gross
                if is_owed:
                    if held[e] > 0.0 and uniform(luck, ids[i]) < held[e]:
                        out[found] = i
                        found += 1
                    due = gross + np.int64(math.ceil(owed[i] * due_share))
                    paid = due - np.int64(math.floor(due * held[e]))
                    owed[i] += gross - paid
                    if owed[i] > 0:
                        most[e] = max(most[e], np.int64(owed[i]))
                        waits[waiting] = i
                        waiting += civil[kind[i]] and status[i] == AT_WORK
                        tally[ARREARS, h, n] += np.int64(owed[i]) * w
                left, short, back = paid, np.int64(0), np.int64(0)
                if c > 0:
                    wanted = month[e, k, c, TAKE] + month[e, k, c, OWED]
                    take = min(wanted, paid)
                    left, short = paid - take, wanted - take
                    tally[TAKE, h, n] += take * w
                    tally[OWED, h, n] += short * w
                else:
                    upkeep = min(left, month[e, k, c, LIVING])
                    left -= upkeep
                    tally[LIVING, h, n] += upkeep * w
                if debt_before != 0:
                    back = min(debt_before, np.int64(math.floor(left * repay)))
                    left -= back
                    tally[REPAID, h, n] += back * w
                if short != back:
                    debt[i] += short - back
                sent = np.int64(math.floor(left * remit))
                savings[i] += left - sent
                tally[PAID, h, n] += paid * w
                tally[SENT, h, n] += sent * w
    for e in range(wage.size):
        for k in range(4):
            add_alike(alike[e, k], month[e, k], nation_of, tally[:, host[e]])
    return out[:found], waits[:waiting]


@kernel
def add_alike(persons, month, nation_of, tally):
    """Add the pay of so many persons [nation, and then terms], all by one row of `usual`, to tally [item, nation]."""
    for x in range(persons.size):
        if persons[x] != 0:
            c = max(x - tally.shape[1], 0)
            n = x if c == 0 else nation_of[c]
            for item in (PAID, TAKE, SENT, LIVING):
                tally[item, n] += month[c, item] * persons[x]


def step(state: State) -> None:
    """One month's pay for everybody who works abroad."""
    c = state.people.cols
    month = pay_out(state, tuple(map(state.people.who, _at_work(state))), c.savings, c.debt, c.owed)
    _book(state, month.tally.sum((1, 2)))
    state.memory["money"] = month.tally
    state.memory["unpaid"], state.memory["most owed"] = month.owed, month.most
    state.memory["arrears"] = float((month.most / np.maximum(state.employers.wage, 1)).max(initial=0.0))
    # pay held back is harm: to as large a share of a crew as of its pay
    harmed(state, month.harmed)
    _levy(state)


def _levy(state: State) -> None:
    """What employers pay the host state for each worker with a permit, where there is a levy [cents]."""
    e, levy = state.employers, state.rules.tables["levy"]
    if not levy.any():
        return
    due = state.people.contracts * _a_step(state, levy[e.host, e.sector] * 100)[:, None]
    np.add.at(state.ledger.tally("levy"), e.host, due)
    state.ledger.pay(Account.EMPLOYERS, Account.HOST_STATES, int(due.sum()))


def _at_work(state: State) -> tuple[Status, ...]:
    """Statuses of those who may have an employer: in which one comes to work, or some had it at the start."""
    if "at work" not in state.memory:
        rows, employer = state.people.who, state.people.cols.employer
        state.memory["at work"] = tuple(x for x in ABROAD if x in EARNING or (employer[rows(x)] >= 0).any())
    found: tuple[Status, ...] = state.memory["at work"]
    return found


def pay_out(state: State, lists: tuple[Rows, ...], savings: NDArray[np.int32], debt: NDArray[np.int32],
            owed: NDArray[np.int32]) -> Month:  # fmt: skip
    """Pay those of some lists who work what a step brings; savings, debt and owed of all [cents a person] change in
    place."""
    c, e, p = state.people.cols, state.employers, state.params
    terms = _terms(state)
    # whoever leaves an employer loses what it owes: where nobody was owed anything after the last pay, nobody is now
    owes = (
        (e.held > 0.0) | (state.memory["most owed"] > 0) if "most owed" in state.memory else np.ones(len(e), np.bool_)
    )
    most, tally = np.zeros(len(e), np.int64), np.zeros((len(Item), state.hosts, state.nations), np.int64)
    hurt, unpaid = pay(
        lists, c.id, c.status, c.kind, c.employer, c.nation, state.kinds.skilled, savings, debt, owed, c.weight,
        state.people.each, terms.of_kind, _a_step(state, e.wage), e.held, owes, terms.due, p["informal_wage"],
        premium(p)[1], e.host, terms.plan, terms.share, terms.nation, terms.civil, p["living_share"], p["repay_share"],
        p["remit_share"], state.luck(UNPAID), most, tally,
    )  # fmt: skip
    return Month(hurt, unpaid, most, tally)


def _a_step(state: State, cents: NDArray[Any]) -> NDArray[np.int64]:
    """What a step's part of a monthly sum is [cents, rounded]."""
    return np.rint(cents * (MONTHS * state.calendar.years_per_step)).astype(np.int64)


def _terms(state: State) -> Terms:
    """The terms of the run, made once."""
    if "terms of pay" not in state.memory:
        p, kinds = state.params, state.kinds.group
        plan = np.full(state.hosts, round(p["prk_plan_usd"] * 100), np.int64)
        plan[state.world.country_rows(["RUS"])] = round(p["prk_plan_rus_usd"] * 100)
        share = np.where(state.soldiers, p["prk_soldier_take"], p["prk_take_share"])
        known, of_group = [(0.0, -1)], np.zeros(share.size, np.int8)  # nobody's terms, and to whom they belong
        for g in np.flatnonzero(state.programme):
            terms = float(share[g]), int(state.world.nation_of_group[g])
            known += [] if terms in known else [terms]
            of_group[g] = known.index(terms)
        state.memory["terms of pay"] = Terms(
            of_group[kinds], np.array([x for x, _ in known]), _a_step(state, plan), np.array([n for _, n in known]),
            (state.programme & ~state.soldiers)[kinds], state.chance_of(p["arrears_due_rate"]),
        )  # fmt: skip
    made: Terms = state.memory["terms of pay"]
    return made


def _book(state: State, totals: NDArray[np.int64]) -> None:
    """Every cent leaves one account and arrives in another; repaying a debt leaves what one is worth as it was."""
    paid, take, _, sent, living, short, _ = (int(x) for x in totals)
    pay_over = state.ledger.pay
    pay_over(Account.EMPLOYERS, Account.WORKERS, paid)
    pay_over(Account.WORKERS, Account.SENDING_STATES, take + short)
    pay_over(Account.WORKERS, Account.HOUSEHOLDS, sent)
    pay_over(Account.WORKERS, Account.SHOPS, living)
