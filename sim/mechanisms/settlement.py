"""Settlement: who asks to settle, who becomes a citizen, and who may join kin abroad.

States answer those who ask in `permits`, after renewals and before new authorisations. Becoming a citizen is tested by
no limit: it takes a person out of what limits on foreigners count.
Known gap: partners of nationals and children born abroad are not people of the model.
"""

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import chances, stream, uniform
from sim.core.kernel import kernel
from sim.core.people import AT_HOME
from sim.core.roll import Rows
from sim.core.state import State
from sim.core.words import Channel, Event, Status

SETTLES, NATURALISES, JOINS, WHERE = (stream(f"settlement {x}") for x in ("settles", "naturalises", "joins", "where"))
RESIDENTS = (Status.REFUGEE, Status.SETTLED, Status.CITIZEN)
NOBODY = -1


def step(state: State) -> None:
    """Naturalise, then gather those who ask to settle and the kin who ask to come."""
    _naturalise(state)
    long_there = _long_there(state)
    state.memory["settlers"] = _settlers(state, long_there)
    if state.calendar.opens_year(state.t) or "families" not in state.memory:
        state.memory["families"] = _families(state, long_there)
    state.memory["kin"] = _kin(state, state.memory["families"])


def _naturalise(state: State) -> None:
    """Settled people become citizens at the table's rate; fewer where one nationality has to be given up (S034).

    p = 1 − exp(−naturalise · tie / 12 · (give_up + (1 − give_up) · dual[host] · dual[nation])).
    """
    people, rules, nation = state.people, state.rules.tables, state.world.nation_of_group
    keeps_both = rules["dual_citizenship"] * rules["dual_citizenship"][nation][:, None]  # [group, host]
    give_up = state.params["p_gives_up_nationality"]
    rate = rules["naturalise"].T[nation] * _tie(state) * (give_up + (1 - give_up) * keeps_both)
    steps = rules["naturalise_years"] * state.calendar.per_year
    who: Rows = people.who(Status.SETTLED)
    who = drawn(who, people.cols, people.host_of, state.t, steps, _p_step(state, rate), state.luck(NATURALISES))
    people.change(who, Event.NATURALISE)


def _p_step(state: State, rate: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chances of a step, of yearly rates [group, host]."""
    return np.asarray(chances(rate.ravel(), state.calendar.years_per_step)).reshape(rate.shape)


@kernel
def drawn(rows, cols, host_of, now, steps, p, luck):
    """Those of `rows` who are there for so many steps [host] in step `now` and draw below p [group, host]."""
    out, n = np.empty(rows.size, np.int32), 0
    for i in rows:
        h = host_of[cols.place[i]]
        if now - cols.since[i] >= steps[h] and uniform(luck, cols.id[i]) < p[cols.group[i], h]:
            out[n] = i
            n += 1
    return out[:n]


def _tie(state: State) -> NDArray[np.float64]:
    """How many times as fast a group settles where its forebears came from [group, host]; 1 elsewhere."""
    return np.where(state.world.tied, state.params["tie_settles"], 1.0)


def _long_there(state: State) -> Rows:
    """Workers who have been there for `settle_years`; those whom their state has sent are left out."""
    c, steps = state.people.cols, state.params["settle_years"] * state.calendar.per_year
    who = state.people.who(Status.WORKER)
    return np.asarray(are_long_there(who, c.since, c.group, state.t, steps, state.programme), np.int32)


@kernel
def are_long_there(rows, since, group, now, steps, selected):
    """Those of `rows` who are there for so many steps in step `now`, and whom no state selected [group]."""
    out, n = np.empty(rows.size, np.int32), 0
    for i in rows:
        out[n] = i
        n += now - since[i] >= steps and not selected[group[i]]
    return out[:n]


def _settlers(state: State, long_there: Rows) -> Rows:
    """Those of them who ask to settle this month."""
    people, p = state.people, _p_step(state, state.rules.tables["settle"] * _tie(state))
    steps = np.zeros(state.hosts)  # they are long there already
    return np.asarray(drawn(long_there, people.cols, people.host_of, state.t, steps, p, state.luck(SETTLES)))


def _families(state: State, long_there: Rows) -> NDArray[np.float64]:
    """Sponsors abroad for each person at home [group, host], as the year begins.

    Somebody sponsors kin in the first `sponsor_years` of being long there or settled; who came as kin sponsors nobody.
    """
    people, c, p = state.people, state.people.cols, state.params
    out = np.zeros((len(state.world.groups), state.hosts))
    who = np.concatenate([long_there, people.who(*RESIDENTS)])
    years = state.rules.tables["naturalise_years"][people.host_of[c.place[who]]]
    before = np.where(c.status[who] == Status.CITIZEN, years, 0.0)
    is_recent = state.t - c.since[who] <= (p["sponsor_years"] - before) * state.calendar.per_year
    who = who[is_recent & (c.channel[who] != Channel.FAMILY)]
    np.add.at(out, (c.group[who], people.host_of[c.place[who]]), c.weight[who])
    at_home = np.zeros(len(out), np.int64)
    home(c.status, c.group, c.weight, at_home)
    return np.asarray(out / np.maximum(at_home, 1)[:, None], np.float64)


@kernel
def home(status, group, weight, out):
    """Add up who is at home, out [group, persons]."""
    for i in range(status.size):
        if status[i] == AT_HOME:
            out[group[i]] += weight[i]


def _kin(state: State, families: NDArray[np.float64]) -> tuple[Rows, NDArray[np.int16]]:
    """People at home who ask to join kin of their group abroad, and the regions where their compatriots live.

    Each thinks of it once a year, in a month of their own, and asks for host h with chance 1 − exp(−family[h, nation] ·
    tie · sponsors for each person at home).
    """
    people, c = state.people, state.people.cols
    rate = families * _tie(state) * state.rules.tables["family"].T[state.world.nation_of_group]
    p = chances(rate.ravel(), 1.0).reshape(rate.shape)
    live = np.zeros(people.stock.shape[1:3], np.int64)
    living(people.stock, np.array([Status.WORKER, *RESIDENTS], np.int64), live)
    rows = _in_their_month(state)
    host = joins(rows, c.status, c.group, c.queued, c.id, p, state.luck(JOINS))
    who, host = rows[host != NOBODY], host[host != NOBODY]
    place = region(c.id[who], c.nation[who], host, live, people.host_of, state.luck(WHERE))
    return who[place != NOBODY], place[place != NOBODY]


def _in_their_month(state: State) -> Rows:
    """Rows of those who may join kin and think of it in this step of the year: the remainder of their id says."""
    if "may join" not in state.memory:
        rows = np.flatnonzero(state.choosers[state.people.cols.group]).astype(np.int32)
        steps = state.people.cols.id[rows] % np.uint64(state.calendar.per_year)
        state.memory["may join"] = [rows[steps == n] for n in range(state.calendar.per_year)]
    return np.asarray(state.memory["may join"][state.calendar.step_of_year(state.t)], np.int32)


@kernel
def living(stock, statuses, out):
    """Add up who lives where in these statuses: stock [status, place, nation, sector] into out [place, nation]."""
    for s in statuses:
        for p in range(stock.shape[1]):
            for n in range(stock.shape[2]):
                for k in range(stock.shape[3]):
                    out[p, n] += stock[s, p, n, k]


@kernel
def joins(rows, status, group, queued, ids, p, luck):
    """The host that each of `rows` at home asks to join kin in, or NOBODY; one draw says whether and where.

    p [group, host]. Whom a refusal of work holds up is left out.
    """
    out = np.full(rows.size, NOBODY, np.int16)
    total = np.zeros(p.shape[0])
    for g in range(p.shape[0]):
        for h in range(p.shape[1]):
            total[g] += p[g, h]
    for n in range(rows.size):
        i = rows[n]
        g = group[i]
        if status[i] != AT_HOME or total[g] == 0.0 or queued[i] == 1:
            continue
        u = uniform(luck, ids[i])
        if u >= total[g]:
            continue
        upto = 0.0
        for h in range(p.shape[1]):
            upto += p[g, h]
            if u < upto:
                out[n] = h
                break
    return out


@kernel
def region(ids, nation, host, live, host_of, luck):
    """A region of the host for each, drawn by the compatriots who live there; live [place, nation, persons].

    NOBODY if the last of them has left since the year began.
    """
    out = np.full(ids.size, NOBODY, np.int16)
    for n in range(ids.size):
        total = 0
        for p in range(host_of.size):
            if host_of[p] == host[n]:
                total += live[p, nation[n]]
        left = uniform(luck, ids[n]) * total
        for p in range(host_of.size):
            if host_of[p] == host[n] and live[p, nation[n]] > 0:
                out[n] = p
                left -= live[p, nation[n]]
                if left < 0.0:
                    break
    return out
