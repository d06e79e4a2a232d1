"""Cohorts: in January those at home who are past the age of their group make way for others who come of age.

A successor takes over the head: row, id, group, sector, sex and skill, but neither money, debt nor plan. What people
leave goes to their households; what they owe is lost to whoever lent it. Known gap: pools do not grow in persons.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import stream
from sim.core.kernel import kernel
from sim.core.ledger import Account
from sim.core.people import AT_HOME
from sim.core.population import purse
from sim.core.profiles import pool_ages
from sim.core.roll import Rows
from sim.core.state import State
from sim.core.witness import Notice

PURSE, SUCCEEDS = (stream(f"cohorts {x}") for x in ("purse", "succeeds"))


def step(state: State) -> None:
    """Once a year, in January."""
    if state.calendar.opens_year(state.t) and state.calendar.month(state.t) == 0:
        first, last = _ages(state)
        who = _too_old(state, last)
        who = who[state.draw(SUCCEEDS, who) < state.params["p_succession"]]
        _settle_accounts(state, who)
        _come_of_age(state, who, first)
        state.people.tell(Notice.SUCCEEDED, who)


def _ages(state: State) -> NDArray[np.int64]:
    """Ages at which people enter their group and leave its pool [which, group, sector, steps], made once."""
    if "pool ages" not in state.memory:
        state.memory["pool ages"] = pool_ages(state.world, state.calendar.per_year)
    ages: NDArray[np.int64] = state.memory["pool ages"]
    return ages


def _too_old(state: State, last: NDArray[np.int64]) -> Rows:
    """People at home past the last age of their group; those whom a refusal holds up still wait for its end."""
    c = state.people.cols
    return np.flatnonzero(past(c.status, c.queued, c.born, c.group, c.sector, state.t, last)).astype(np.int32)


@kernel
def past(status, queued, born, group, sector, now, last):
    """Whether each is at home, free, and as old [steps] as last [group, sector] or older."""
    out = np.zeros(status.size, np.bool_)
    for i in range(status.size):
        out[i] = status[i] == AT_HOME and queued[i] == 0 and now - born[i] >= last[group[i], sector[i]]
    return out


def _settle_accounts(state: State, who: Rows) -> None:
    """Savings go to the households; debts are lost to brokers, those of programme members to their state."""
    c, pay = state.people.cols, state.ledger.pay
    weight, is_member = _persons(c, who), state.programme[c.group[who]]
    owed = c.debt[who] * weight
    pay(Account.WORKERS, Account.HOUSEHOLDS, int((c.savings[who] * weight).sum()))
    pay(Account.SENDING_STATES, Account.WORKERS, int(owed[is_member].sum()))
    pay(Account.BROKERS, Account.WORKERS, int(owed[~is_member].sum()))
    c.savings[who] = c.debt[who] = 0


def _come_of_age(state: State, who: Rows, first: NDArray[np.int64]) -> None:
    """Successors of the first age of their group, with savings drawn anew; they are counted."""
    c, t = state.people.cols, state.t
    c.born[who] = t - first[c.group[who], c.sector[who]]
    c.since[who], c.channel[who], c.plan[who], c.plan_host[who] = t, -1, -1, -1
    c.banned_host[who] = c.banned_until[who] = 0
    usd = np.array([group.savings_usd for group in state.world.groups])[c.group[who]]
    c.savings[who] = purse(usd, state.params, state.luck(PURSE), c.id[who])
    state.ledger.pay(Account.ENDOWMENT, Account.WORKERS, int((c.savings[who] * _persons(c, who)).sum()))
    came = np.bincount(c.nation[who], weights=_persons(c, who), minlength=state.nations)
    state.series.record_grid("came_of_age", t, came, ("nationality",))


def _persons(c: Any, who: Rows) -> NDArray[np.int64]:
    return np.asarray(c.weight[who], np.int64)
