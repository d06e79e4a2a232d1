"""Stays: what people do when a contract, a visit or patience runs out: go home or overstay.

Renewals are settled before, in `permits`; who flees a dispatch does so in `flight`.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.core.brokers import bound
from sim.core.chance import bounded_exp, chances, limit, stream, struck, uniform
from sim.core.kernel import kernel
from sim.core.roll import Rows
from sim.core.state import State
from sim.core.words import Channel, Event, Status

CONTRACT, EARLY, LAYOFF, HOMEWARD, HELD, STUDY, RETIRES, HURT, FREELY = (
    stream(f"stays {x}")
    for x in ("contract", "early", "layoff", "homeward", "held", "study", "retires", "hurt", "freely")
)
HIDDEN = (Status.OVERSTAYER, Status.IRREGULAR)
OVERSTAY = int(Channel.OVERSTAY)  # for kernels


@dataclass(frozen=True)
class Leaving:
    """Chances of a step, which last a run: to go home [status, with work or without, nation], to retire [status,
    nation]; and the yearly rate at which contracts end early [nation]. most: the largest of each, to go home of those
    without papers and of those settled."""

    home: NDArray[np.float64]
    retires: NDArray[np.float64]
    early: NDArray[np.float64]
    most: dict[str, float]


def step(state: State) -> None:
    """Contracts and visits that end, then those who leave of themselves."""
    _contracts(state)
    _studies(state)
    _visits(state)
    _layoffs(state)
    _of_themselves(state)


def _of_themselves(state: State) -> None:
    """Those who leave early, hurt, without papers, freely or for their age; each sees who has left before.

    Nobody comes meanwhile, so that all may draw at once.
    """
    people, leaving = state.people, _leaving(state)
    most, homeward_ = leaving.most, state.luck(HOMEWARD)
    by_age = state.luck(RETIRES), most["retires"]
    early, old = people.below((Status.WORKER,), (state.luck(EARLY), _most_early(state, most["early"])), by_age)
    home, older = people.below(HIDDEN, (homeward_, most["hidden"]), by_age)
    (back,) = people.below((Status.SETTLED,), (homeward_, most["settled"]))
    _early(state, early, leaving)
    _hurt(state)
    _homeward(state, np.concatenate([home, back]), leaving)
    _leave_freely(state)
    _retire(state, np.concatenate([old, older]), leaving)


def _leaving(state: State) -> Leaving:
    """The chances of the run, made once.

    North Koreans who settled do not go; those hidden in China go at a rate of their own, and do not retire.
    """
    if "leaving" not in state.memory:
        p, prk = state.params, state.country("PRK")
        home, retires = np.zeros((len(Status), 2, state.nations)), np.zeros((len(Status), state.nations))
        home[[*HIDDEN], 0] = state.chance_of(p["overstayer_return"])
        home[[*HIDDEN], 1] = state.chance_of(p["overstayer_return"] * p["idle_return_factor"])
        home[Status.SETTLED] = state.chance_of(p["settled_return"])
        home[[*HIDDEN], :, prk] = state.chance_of(p["hidden_return"])
        home[Status.SETTLED, :, prk] = 0.0
        retires[[Status.WORKER, *HIDDEN]] = state.chance_of(p["retirement_rate"])
        retires[Status.IRREGULAR, prk] = 0.0
        early = np.full(state.nations, p["early_return"])
        early[prk] = p["prk_early_return"]
        most = {"hidden": home[[*HIDDEN]].max(), "settled": home[Status.SETTLED].max(), "retires": retires.max()}
        state.memory["leaving"] = Leaving(home, retires, early, most | {"early": early.max()})
    leaving: Leaving = state.memory["leaving"]
    return leaving


def _most_early(state: State, rate: float) -> float:
    """No contract ends early with a larger chance than this, where nobody's yearly rate is larger but for arrears."""
    sooner = max(bounded_exp(state.params["flight_arrears"] * state.memory["arrears"]), 1.0)
    return limit(rate * sooner * state.calendar.years_per_step)


def _home(state: State, who: Rows, event: Event) -> None:
    state.people.change(who, event, state.people.cols.home[who])


def _contracts(state: State) -> None:
    """Workers whose contract ended without renewal go home, or stay on without papers."""
    people, c = state.people, state.people.cols
    who = people.who(Status.WORKER, ends=state.t)
    if not who.size:
        return
    stays = state.draw(CONTRACT, who) < state.rules.tables["p_overstay"][people.host_of[c.place[who]], c.nation[who]]
    people.change(who[stays], Event.OVERSTAY)
    _home(state, who[~stays], Event.RETURN)


def _studies(state: State) -> None:
    """Students at the end of their course, whom no employer took on (`permits`), go home or stay without papers."""
    people = state.people
    who = people.who(Status.STUDENT, ends=state.t)
    if not who.size:
        return
    stays = state.draw(STUDY, who) < state.params["p_overstay_study"]
    people.change(who[stays], Event.OVERSTAY)
    _home(state, who[~stays], Event.RETURN)


def _visits(state: State) -> None:
    """A visit or a trip ends: those who came to stay do."""
    people, c = state.people, state.people.cols
    who = people.who(Status.VISITOR, Status.IRREGULAR, ends=state.t)
    if not who.size:
        return
    ended = np.zeros((state.hosts, state.nations), np.int64)
    hide, back, home = visited(who, c.channel, c.place, c.nation, c.weight, c.home, people.host_of, ended)
    people.change(hide, Event.OVERSTAY)
    if back.size:
        state.ledger.tally("visits_ended")[:] += ended
    people.change(back, Event.RETURN, home)


@kernel
def visited(rows, channel, place, nation, weight, home, host_of, ended):
    """Of `rows`, whose visit ends, those who came to stay; and those who go back, their homes, and how many they are:
    added to ended [host, nation, persons]."""
    hide, back, homes = np.empty(rows.size, np.int32), np.empty(rows.size, np.int32), np.empty(rows.size, np.int16)
    m, n = 0, 0
    for i in rows:
        hide[m], back[n], homes[n] = i, i, home[i]
        if channel[i] == OVERSTAY:
            m += 1
        else:
            ended[host_of[place[i]], nation[i]] += weight[i]
            n += 1
    return hide[:m], back[:n], homes[:n]


def _layoffs(state: State) -> None:
    """Employers with more staff than posts dismiss a share of the surplus; whom, is each worker's own draw."""
    people, e, c = state.people, state.employers, state.people.cols
    staff = people.staff[0]
    if not (staff > e.posts).any():
        return
    surplus = np.maximum(staff - e.posts, 0) / np.maximum(staff, 1)
    p = surplus * state.chance_of(state.params["layoff_rate"])
    p = np.append(p, 0.0)  # the last is that of workers without an employer, -1
    who = struck(state.luck(LAYOFF), people.who(Status.WORKER), c.id, c.employer, p)
    if not who.size:
        return
    owe = who[c.debt[who] > 0]
    state.ledger.count("dismissed_in_debt", people.host_of[c.place[owe]], c.nation[owe], c.weight[owe])
    stays = _held(state, who) & ~state.programme[c.group[who]]
    people.change(who[stays], Event.OVERSTAY)
    _home(state, who[~stays], Event.LAY_OFF)


def _held(state: State, who: Rows) -> NDArray[np.bool_]:
    """Whom debt to the broker keeps from leaving: a share `bondage_hold` of those in bondage."""
    return bound(state, who) & (state.draw(HELD, who) < state.params["bondage_hold"])


def _early(state: State, drawn: Rows, leaving: Leaving) -> None:
    """Contracts end before their time at a yearly rate (real stays are shorter: assumed), sooner the more is owed."""
    c = state.people.cols
    who: Rows = early(
        drawn, c.id, c.nation, c.owed, c.employer, leaving.early, state.employers.wage, state.params["flight_arrears"],
        state.calendar.years_per_step, state.luck(EARLY),
    )  # fmt: skip
    if who.size:
        _home(state, who[~_held(state, who)], Event.RETURN)


def _hurt(state: State) -> None:
    """Part of those ill-treated this month, and of victims who got free, leave at once, if debt does not hold them.

    North Koreans cannot: a state dispatched them, or they hide from it.
    """
    c = state.people.cols
    who: Rows = state.memory.pop("ill_treated", np.zeros(0, np.int32))
    freed: Rows = state.memory.pop("freed", np.zeros(0, np.int32))
    if not who.size + freed.size:
        return
    who = who[(c.employer[who] >= 0) & (c.nation[who] != state.country("PRK"))]
    who = np.concatenate([who, freed])
    who = who[state.draw(HURT, who) < state.params["ill_treated_return"]]
    _home(state, who[~_held(state, who)], Event.RETURN)


@kernel
def early(rows, ids, nation, owed, employer, rates, wage, weight, years, luck):
    """Those of `rows` who leave this month, at the yearly rate [nation] · exp(weight · arrears), arrears being the
    months of pay that are owed."""
    out, n = np.empty(rows.size, np.int32), 0
    paid = chances(rates, years)  # of those to whom nothing is owed
    for i in rows:
        p = paid[nation[i]]
        if owed[i] > 0:
            rate = rates[nation[i]] * math.exp(weight * (owed[i] / max(wage[employer[i]], 1)))
            p = 1.0 - math.exp(-rate * years)
        if uniform(luck, ids[i]) < p:
            out[n] = i
            n += 1
    return out[:n]


def _homeward(state: State, drawn: Rows, leaving: Leaving) -> None:
    """People without papers, and settled ones, go home of themselves at yearly rates."""
    c = state.people.cols
    who: Rows = homeward(drawn, c.id, c.employer, c.held, c.status, c.nation, leaving.home, state.luck(HOMEWARD))
    _home(state, who, Event.RETURN)


@kernel
def homeward(rows, ids, employer, held, status, nation, leaves, luck):
    """Those of `rows` who go home this month, at the chances leaves [status, with work or without, nation].

    Traffickers let nobody go.
    """
    out, n = np.empty(rows.size, np.int32), 0
    for i in rows:
        idle = 1 if employer[i] < 0 else 0
        if uniform(luck, ids[i]) < leaves[status[i], idle, nation[i]] and held[i] <= 0:
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


def _retire(state: State, drawn: Rows, leaving: Leaving) -> None:
    """Past the last working age people abroad go home at a yearly rate; settled, protected and hidden ones do not."""
    c = state.people.cols
    born = state.t - round(state.params["last_working_age"] * state.calendar.per_year)
    who: Rows = retiring(drawn, c.id, c.born, c.held, c.status, c.nation, born, leaving.retires, state.luck(RETIRES))
    _home(state, who, Event.RETURN)


@kernel
def retiring(rows, ids, born, held, status, nation, last, leaves, luck):
    """Those of `rows`, born in step `last` or before, who go home at the chances leaves [status, nation]."""
    out, n = np.empty(rows.size, np.int32), 0
    for i in rows:
        if born[i] > last or held[i] > 0:  # traffickers let nobody go
            continue
        if uniform(luck, ids[i]) < leaves[status[i], nation[i]]:
            out[n] = i
            n += 1
    return out[:n]
