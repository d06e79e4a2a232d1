"""Settlement: who asks to settle, who becomes a citizen, and who may join kin abroad.

States answer those who ask in `permits`, after renewals and before new authorisations. Becoming a citizen is tested by
no limit: it takes a person out of what limits on foreigners count.
Known gap: partners of nationals and children born abroad are not people of the model.
"""

from collections.abc import Callable
from typing import Any

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
    state.memory["settlers"] = _settlers(state)
    if state.calendar.opens_year(state.t) or "families" not in state.memory:
        state.memory["families"] = _families(state, _long_there(state))
    state.memory["kin"] = _kin(state, state.memory["families"])


def _naturalise(state: State) -> None:
    """Settled people become citizens at the table's rate."""
    rules, luck = state.rules.tables, state.luck(NATURALISES)
    p, most = _chances(state, _becoming_citizens, rules["naturalise"], rules["dual_citizenship"])
    (who,) = state.people.below((Status.SETTLED,), (luck, most))
    if not who.size:
        return
    steps = rules["naturalise_years"] * state.calendar.per_year
    state.people.change(drawn(who, *_columns(state), state.t, steps, p, luck), Event.NATURALISE)


def _becoming_citizens(state: State, naturalise: NDArray[Any], dual: NDArray[Any]) -> NDArray[np.float64]:
    """The table's rate; less where one nationality has to be given up (S034).

    p = 1 − exp(−naturalise · tie / 12 · (give_up + (1 − give_up) · dual[host] · dual[nation])).
    """
    nation, give_up = state.world.nation_of_group, state.params["p_gives_up_nationality"]
    keeps_both = dual * dual[nation][:, None]  # [group, host]
    rate = naturalise.T[nation] * _tie(state) * (give_up + (1 - give_up) * keeps_both)
    return np.asarray(rate * state.calendar.years_per_step)


def _columns(state: State) -> tuple[NDArray[Any], ...]:
    """What `drawn` reads of people, and the host of each place."""
    c = state.people.cols
    return c.id, c.since, c.group, c.place, state.people.host_of


def _chances(state: State, times: Callable[..., NDArray[np.float64]], *tables: NDArray[np.float64]) -> Any:
    """Chances 1 − exp(−times) of how often [group, host], which rests on some tables, and the largest of them; made
    again when the tables change."""
    known, key = state.memory.setdefault("chances to settle", {}), [x.tobytes() for x in tables]
    if times not in known or known[times][0] != key:
        often = times(state, *tables)
        p = np.asarray(chances(often.ravel(), 1.0)).reshape(often.shape)
        known[times] = key, p, float(p.max())
    return known[times][1:]


@kernel
def drawn(rows, ids, since, group, place, host_of, now, steps, p, luck):
    """Those of `rows` who are there for so many steps [host] in step `now` and draw below p [group, host]."""
    out, n = np.empty_like(rows), 0
    for i in rows:
        h = host_of[place[i]]
        if uniform(luck, ids[i]) < p[group[i], h] and now - since[i] >= steps[h]:
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


def _settlers(state: State) -> Rows:
    """Workers who have been there for `settle_years` and ask to settle this month."""
    luck = state.luck(SETTLES)
    p, most = _chances(state, _settling, state.rules.tables["settle"])
    (who,) = state.people.below((Status.WORKER,), (luck, most))
    steps = np.full(state.hosts, state.params["settle_years"] * state.calendar.per_year)
    return np.asarray(drawn(who, *_columns(state), state.t, steps, p, luck))


def _settling(state: State, settle: NDArray[Any]) -> NDArray[np.float64]:
    """None of those whom their state has sent asks."""
    return np.where(state.programme[:, None], 0.0, settle * _tie(state)) * state.calendar.years_per_step


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
    p, _ = _chances(state, _joining, families, state.rules.tables["family"])
    month = state.calendar.step_of_year(state.t), state.calendar.per_year
    who, host = joins(_runs(state), *month, c.status, c.group, c.queued, c.id, p, state.luck(JOINS))
    if not who.size:
        return who, host
    live = np.zeros(people.stock.shape[1:3], np.int64)
    living(people.stock, np.array([Status.WORKER, *RESIDENTS], np.int64), live)
    place = region(c.id[who], c.nation[who], host, live, people.host_of, state.luck(WHERE))
    return who[place != NOBODY], place[place != NOBODY]


def _joining(state: State, families: NDArray[Any], family: NDArray[Any]) -> NDArray[np.float64]:
    """Of a year, for each thinks of it once a year."""
    return np.asarray(families * _tie(state) * family.T[state.world.nation_of_group])


def _runs(state: State) -> NDArray[np.int32]:
    """First row, and row after the last, of runs of people who may join kin: of one group, with ids that follow each
    other."""
    if "may join" not in state.memory:
        state.memory["may join"] = state.people.runs_in(state.choosers)
    runs: NDArray[np.int32] = state.memory["may join"]
    return runs


@kernel
def living(stock, statuses, out):
    """Add up who lives where in these statuses: stock [status, place, nation, sector] into out [place, nation]."""
    for s in statuses:
        for p in range(stock.shape[1]):
            for n in range(stock.shape[2]):
                for k in range(stock.shape[3]):
                    out[p, n] += stock[s, p, n, k]


@kernel
def joins(runs, month, months, status, group, queued, ids, p, luck):
    """Those of `runs` [run, first and end] at home who ask to join kin, and in which host; one draw says whether and
    where.

    Whose id leaves the remainder `month` by `months` thinks of it now; of a run that is every so manieth. p [group,
    host]. Whom a refusal of work holds up is left out.
    """
    most = 0
    for r in range(runs.shape[0]):
        most += (runs[r, 1] - runs[r, 0]) // months + 1
    out, asked, found = np.empty(most, np.int32), np.empty(most, np.int16), 0
    for r in range(runs.shape[0]):
        first, end = runs[r, 0], runs[r, 1]
        g, id_, total = group[first], ids[first], 0.0
        for h in range(p.shape[1]):
            total += p[g, h]
        if total == 0.0:
            continue
        for i in range(first + (month - np.int64(id_ % np.uint64(months))) % months, end, months):
            u = uniform(luck, id_ + np.uint64(i - first))
            if u >= total or status[i] != AT_HOME or queued[i] == 1:
                continue
            upto = 0.0
            for h in range(p.shape[1]):
                upto += p[g, h]
                if u < upto:
                    out[found], asked[found] = i, h
                    found += 1
                    break
    return out[:found], asked[:found]


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
