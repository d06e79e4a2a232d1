"""Stays: what people do when a contract, a visit or patience runs out: go home or overstay.

Renewals are settled before, in `permits`; who flees a dispatch does so in `flight`.
"""

import math

import numpy as np
from numpy.typing import NDArray

from sim.core.brokers import bound
from sim.core.chance import chances, stream, struck, uniform
from sim.core.kernel import kernel
from sim.core.roll import Rows
from sim.core.state import State
from sim.core.words import Channel, Event, Status

CONTRACT, EARLY, LAYOFF, HOMEWARD, HELD, STUDY, RETIRES, HURT, FREELY = (
    stream(f"stays {x}")
    for x in ("contract", "early", "layoff", "homeward", "held", "study", "retires", "hurt", "freely")
)
CENTS = 100


def step(state: State) -> None:
    """Contracts and visits that end, then those who leave of themselves."""
    _contracts(state)
    _studies(state)
    _visits(state)
    _layoffs(state)
    _early(state)
    _hurt(state)
    _homeward(state)
    _leave_freely(state)
    _retire(state)


def _home(state: State, who: Rows, event: Event) -> None:
    state.people.change(who, event, state.people.cols.home[who])


def _contracts(state: State) -> None:
    """Workers whose contract ended without renewal go home, or stay on without papers."""
    people, c = state.people, state.people.cols
    who = people.who(Status.WORKER, ends=state.t)
    stays = state.draw(CONTRACT, who) < state.rules.tables["p_overstay"][people.host_of[c.place[who]], c.nation[who]]
    people.change(who[stays], Event.OVERSTAY)
    _home(state, who[~stays], Event.RETURN)


def _studies(state: State) -> None:
    """Students at the end of their course, whom no employer took on (`permits`), go home or stay without papers."""
    people = state.people
    who = people.who(Status.STUDENT, ends=state.t)
    stays = state.draw(STUDY, who) < state.params["p_overstay_study"]
    people.change(who[stays], Event.OVERSTAY)
    _home(state, who[~stays], Event.RETURN)


def _visits(state: State) -> None:
    """A visit or a trip ends: those who came to stay do."""
    people, c = state.people, state.people.cols
    who = people.who(Status.VISITOR, Status.IRREGULAR, ends=state.t)
    hides = c.channel[who] == Channel.OVERSTAY
    people.change(who[hides], Event.OVERSTAY)
    back = who[~hides]
    state.ledger.count("visits_ended", people.host_of[c.place[back]], c.nation[back], c.weight[back])
    _home(state, back, Event.RETURN)


def _layoffs(state: State) -> None:
    """Employers with more staff than posts dismiss a share of the surplus; whom, is each worker's own draw."""
    people, e, c = state.people, state.employers, state.people.cols
    staff = people.staff[0]
    surplus = np.maximum(staff - e.posts, 0) / np.maximum(staff, 1)
    p = surplus * state.chance_of(state.params["layoff_rate"])
    p = np.append(p, 0.0)  # the last is that of workers without an employer, -1
    who = struck(state.luck(LAYOFF), people.who(Status.WORKER), c.id, c.employer, p)
    owe = who[c.debt[who] > 0]
    state.ledger.count("dismissed_in_debt", people.host_of[c.place[owe]], c.nation[owe], c.weight[owe])
    stays = _held(state, who) & ~state.programme[c.group[who]]
    people.change(who[stays], Event.OVERSTAY)
    _home(state, who[~stays], Event.LAY_OFF)


def _held(state: State, who: Rows) -> NDArray[np.bool_]:
    """Whom debt to the broker keeps from leaving: a share `bondage_hold` of those in bondage."""
    return bound(state, who) & (state.draw(HELD, who) < state.params["bondage_hold"])


def _early(state: State) -> None:
    """Contracts end before their time at a yearly rate (real stays are shorter: assumed), sooner the more is owed."""
    c, params = state.people.cols, state.params
    rates = np.full(state.nations, params["early_return"])
    rates[state.country("PRK")] = params["prk_early_return"]
    who: Rows = early(
        state.people.who(Status.WORKER), c, rates, state.employers.wage, params["flight_arrears"],
        state.calendar.years_per_step, state.luck(EARLY),
    )  # fmt: skip
    _home(state, who[~_held(state, who)], Event.RETURN)


def _hurt(state: State) -> None:
    """Part of those ill-treated this month, and of victims who got free, leave at once, if debt does not hold them.

    North Koreans cannot: a state dispatched them, or they hide from it.
    """
    c = state.people.cols
    who: Rows = state.memory.pop("ill_treated", np.zeros(0, np.int32))
    who = who[(c.employer[who] >= 0) & (c.nation[who] != state.country("PRK"))]
    who = np.concatenate([who, state.memory.pop("freed", np.zeros(0, np.int32))])
    who = who[state.draw(HURT, who) < state.params["ill_treated_return"]]
    _home(state, who[~_held(state, who)], Event.RETURN)


@kernel
def early(rows, cols, rates, wage, weight, years, luck):
    """Those of `rows` who leave this month, at the yearly rate [nation] · exp(weight · arrears), arrears being the
    months of pay that are owed."""
    out, n = np.empty(rows.size, np.int32), 0
    paid = chances(rates, years)  # of those to whom nothing is owed
    for i in rows:
        p = paid[cols.nation[i]]
        if cols.owed[i] > 0:
            rate = rates[cols.nation[i]] * math.exp(weight * (cols.owed[i] / max(wage[cols.employer[i]], 1)))
            p = 1.0 - math.exp(-rate * years)
        if uniform(luck, cols.id[i]) < p:
            out[n] = i
            n += 1
    return out[:n]


def _homeward(state: State) -> None:
    """People without papers, and settled ones, go home of themselves at yearly rates.

    North Koreans who settled do not; those hidden in China do at a rate of their own.
    """
    people, c, p = state.people, state.people.cols, state.params
    who = people.who(Status.OVERSTAYER, Status.IRREGULAR, Status.SETTLED)
    prk = state.country("PRK")
    leaves = np.full((len(Status), 2, state.nations), state.chance_of(p["overstayer_return"]))
    leaves[:, 1] = state.chance_of(p["overstayer_return"] * p["idle_return_factor"])
    leaves[Status.SETTLED] = state.chance_of(p["settled_return"])
    leaves[:, :, prk] = state.chance_of(p["hidden_return"])
    leaves[Status.SETTLED, :, prk] = 0.0
    _home(state, homeward(who, c, leaves, state.luck(HOMEWARD)), Event.RETURN)


@kernel
def homeward(rows, cols, leaves, luck):
    """Those of `rows` who go home this month, at the chances leaves [status, with work or without, nation].

    Traffickers let nobody go.
    """
    out, n = np.empty(rows.size, np.int32), 0
    for i in rows:
        idle = 1 if cols.employer[i] < 0 else 0
        if uniform(luck, cols.id[i]) < leaves[cols.status[i], idle, cols.nation[i]] and cols.held[i] <= 0:
            out[n] = i
            n += 1
    return out[:n]


def _leave_freely(state: State) -> None:
    """Under an amnesty a share of those without papers goes home unpunished; whom traffickers hold cannot."""
    freely = state.rules.tables["leaves_freely"]
    if not freely.any():
        return
    people, c = state.people, state.people.cols
    who = people.who(Status.OVERSTAYER, Status.IRREGULAR)
    who = who[c.held[who] <= 0]
    leaves = state.draw(FREELY, who) < freely[people.host_of[c.place[who]], c.nation[who]]
    _home(state, who[leaves], Event.RETURN)


def _retire(state: State) -> None:
    """Past the last working age people abroad go home at a yearly rate; settled, protected and hidden ones do not."""
    c, p = state.people.cols, state.params
    born = state.t - round(p["last_working_age"] * state.calendar.per_year)
    who = state.people.who(Status.WORKER, Status.OVERSTAYER, Status.IRREGULAR)
    leaves = np.full((len(Status), state.nations), state.chance_of(p["retirement_rate"]))
    leaves[Status.IRREGULAR, state.country("PRK")] = 0.0
    _home(state, retiring(who, c, born, leaves, state.luck(RETIRES)), Event.RETURN)


@kernel
def retiring(rows, cols, born, leaves, luck):
    """Those of `rows`, born in that step or before, who go home at the chances leaves [status, nation]."""
    out, n = np.empty(rows.size, np.int32), 0
    for i in rows:
        if cols.born[i] > born or cols.held[i] > 0:  # traffickers let nobody go
            continue
        if uniform(luck, cols.id[i]) < leaves[cols.status[i], cols.nation[i]]:
            out[n] = i
            n += 1
    return out[:n]
