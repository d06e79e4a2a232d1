"""Settlement: who asks to settle, who becomes a citizen, and who may join kin abroad.

States answer those who ask in `permits`, after renewals and before new authorisations. Becoming a citizen is tested by
no limit: it takes a person out of what limits on foreigners count.
Known gap: partners of nationals and children born abroad are not people of the model.
"""

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import chances, stream, uniform
from sim.core.departures import towards
from sim.core.kernel import kernel
from sim.core.people import AT_HOME, Rows
from sim.core.state import State
from sim.core.words import Channel, Event, Status

SETTLES, NATURALISES, JOINS = (stream(f"settlement {x}") for x in ("settles", "naturalises", "joins"))
RESIDENTS = (Status.REFUGEE, Status.SETTLED, Status.CITIZEN)
NOBODY = -1


def step(state: State) -> None:
    """Naturalise, then gather those who ask to settle and the kin who ask to come."""
    _forget_refused_kin(state)
    _naturalise(state)
    long_there = _long_there(state)
    state.memory["settlers"] = _settlers(state, long_there)
    state.memory["kin"] = _kin(state, np.concatenate([long_there, state.people.who(*RESIDENTS)]))


def _forget_refused_kin(state: State) -> None:
    """Kin who were let in on paper and not at the border go about their lives again."""
    c = state.people.cols
    c.plan[(c.plan == Channel.FAMILY) & (c.status == Status.HOME)] = -1


def _naturalise(state: State) -> None:
    """Settled people become citizens at the table's rate; fewer where one nationality has to be given up (S034).

    p = 1 − exp(−naturalise / 12 · (give_up + (1 − give_up) · dual[host] · dual[nation])).
    """
    people, c, rules = state.people, state.people.cols, state.rules.tables
    who = people.who(Status.SETTLED)
    who = who[state.t - c.since[who] >= state.params["naturalise_years"] * state.calendar.per_year]
    host, nation = people.host_of[c.place[who]], c.nation[who]
    keeps_both = rules["dual_citizenship"][host] * rules["dual_citizenship"][nation]
    give_up = state.params["p_gives_up_nationality"]
    rate = rules["naturalise"][host, nation] * (give_up + (1 - give_up) * keeps_both)
    people.change(who[state.draw(NATURALISES, who) < chances(rate, state.calendar.years_per_step)], Event.NATURALISE)


def _long_there(state: State) -> Rows:
    """Workers who have been there for `settle_years`; those whom their state has sent are left out."""
    c = state.people.cols
    who = state.people.who(Status.WORKER)
    years = state.params["settle_years"] * state.calendar.per_year
    return np.asarray(who[(state.t - c.since[who] >= years) & ~state.programme[c.group[who]]], np.int32)


def _settlers(state: State, long_there: Rows) -> Rows:
    """Those of them who ask to settle this month."""
    p = chances(state.rules.tables["settle"], state.calendar.years_per_step)
    host = state.people.host_of[state.people.cols.place[long_there]]
    return np.asarray(long_there[state.draw(SETTLES, long_there) < p[host]], np.int32)


def _kin(state: State, sponsors: Rows) -> tuple[Rows, NDArray[np.int16]]:
    """People at home who ask to join kin of their group abroad, and the regions where such kin live.

    Of a group's N at home each asks for host h with 1 − exp(−family[h, nation] / 12 · sponsors there / N).
    """
    people, c = state.people, state.people.cols
    there = np.zeros((len(state.world.groups), state.hosts), np.int64)
    np.add.at(there, (c.group[sponsors], people.host_of[c.place[sponsors]]), c.weight[sponsors])
    at_home = persons_at_home(c.status, c.group, c.weight, len(there))
    rate = there * state.rules.tables["family"][:, state.world.nation_of_group].T / np.maximum(at_home, 1)[:, None]
    p = chances(rate.ravel(), state.calendar.years_per_step).reshape(rate.shape)
    with np.errstate(over="ignore"):
        host = joins(c.status, c.group, c.queued, c.id, p, state.luck(JOINS))
    who = np.flatnonzero(host != NOBODY).astype(np.int32)
    return who, _beside(state, who, host[who], sponsors)


@kernel
def persons_at_home(status, group, weight, groups):
    """Persons at home [group]."""
    out = np.zeros(groups, np.int64)
    for i in range(status.size):
        if status[i] == AT_HOME:
            out[group[i]] += weight[i]
    return out


@kernel
def joins(status, group, queued, ids, p, luck):
    """The host that each person at home asks to join kin in, or NOBODY; p [group, host]. One draw says whether and where.

    Whom a refusal of work holds up is left out.
    """
    out = np.full(status.size, NOBODY, np.int16)
    total = np.zeros(p.shape[0])
    for g in range(p.shape[0]):
        for h in range(p.shape[1]):
            total[g] += p[g, h]
    for i in range(status.size):
        if status[i] != AT_HOME or queued[i] == 1 or total[group[i]] == 0.0:
            continue
        u = uniform(luck, ids[i])
        if u >= total[group[i]]:
            continue
        upto = 0.0
        for h in range(p.shape[1]):
            upto += p[group[i], h]
            if u < upto:
                out[i] = h
                break
    return out


def _beside(state: State, who: Rows, host: NDArray[np.int16], sponsors: Rows) -> NDArray[np.int16]:
    """A region for each, drawn by where those of their group live who may bring them."""
    people, c = state.people, state.people.cols
    place = np.zeros(who.size, np.int16)
    for g, h in sorted(set(zip(c.group[who].tolist(), host.tolist(), strict=True))):
        mine = np.flatnonzero((c.group[who] == g) & (host == h))
        of_them = sponsors[(c.group[sponsors] == g) & (people.host_of[c.place[sponsors]] == h)]
        live = np.bincount(c.place[of_them], c.weight[of_them], len(state.world.places))
        place[mine] = towards(state, who[mine], live)
    return place
