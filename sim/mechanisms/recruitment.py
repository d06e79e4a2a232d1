"""Recruitment: brokers match people to authorised posts, and those without papers find work without a permit.

State agencies select members of the DPRK programmes; licensed recruiters serve candidates who decided themselves. Who
is taken first is the order of a drawn key; which employer, a draw weighted by the employers' size.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.bars import barred_host
from sim.core.chance import draws, pair, stream, uniform, uniforms
from sim.core.departures import Departure, choose_again, staying
from sim.core.kernel import kernel
from sim.core.people import Rows, asked_for, holders
from sim.core.reach import could_be_sent, largest, worth_looking
from sim.core.requests import Stage
from sim.core.state import State
from sim.core.witness import Notice
from sim.core.words import Channel, Status

KEY, SITE, INFORMAL, INFORMAL_SITE, PATIENCE, BROKER = (
    stream(f"recruitment {x}") for x in ("key", "site", "informal", "informal site", "patience", "broker")
)
NO_BROKER, MOST_BROKERS = -1, 2
FEW = 512


@dataclass
class Sites:
    """Employers by host and sector: start [host × sector + 1], employer, and each employer's size."""

    start: NDArray[np.int32]
    employer: NDArray[np.int16]
    size: NDArray[np.float64]


@kernel
def place(order, rows, ids, nation, sector, weight, host_open, start, employer, size, ids_of, broker, room, capacity,
          cost, sectors, luck):  # fmt: skip
    """The employer for each of `rows` in `order`, or -1; room [employer, nation] and capacity [broker] fall in place.

    host_open [row, host]: where each may go; broker [row, host]: who would bring them, -1 if nobody can; cost [host,
    nation]: capacity that bringing one person takes. Among employers with room for the whole weight each is drawn in
    proportion to its size (an exponential race).
    """
    out = np.full(rows.size, -1, np.int16)
    for n in order:
        i = rows[n]
        best, first = -1, np.inf
        for h in range(host_open.shape[1]):
            if not host_open[n, h] or broker[n, h] < 0 or capacity[broker[n, h]] < weight[i] * cost[h, nation[i]]:
                continue
            cell = h * sectors + int(sector[i])  # wider than a code of sectors, compiled or not
            for j in range(start[cell], start[cell + 1]):
                e = employer[j]
                if room[e, nation[i]] < weight[i] or size[e] <= 0.0:
                    continue
                wait = -math.log(1.0 - uniform(luck, pair(ids[i], ids_of[e]))) / size[e]
                if wait < first:
                    best, first = e, wait
                    brought, effort = broker[n, h], cost[h, nation[i]]
        if best >= 0:
            out[n] = best
            room[best, nation[i]] -= weight[i]
            capacity[brought] -= weight[i] * effort
    return out


def step(state: State) -> None:
    """Fill authorised posts with named persons; then let those without papers find work."""
    room = state.requests.persons(Stage.AUTHORISED, len(state.employers), state.nations, before=state.t)
    capacity = _capacity(state)
    state.memory["unplaced"] = _candidates(state)
    _match(state, state.memory["unplaced"], room, capacity)
    state.memory["capacity left"] = capacity
    _informal(state)
    _lose_patience(state)


def brokers(state: State) -> tuple[NDArray[np.int16], NDArray[np.float64], NDArray[np.int64]]:
    """Who brings people under contract: brokers of [group, host, which], -1 if none; capacity a step, largest head.

    Capacity [broker, persons] is that of the first step; the largest head [broker, persons] is of those it serves.
    """
    if "brokers" not in state.memory:
        table = np.full((len(state.world.groups), state.hosts, MOST_BROKERS), NO_BROKER, np.int16)
        heads = np.zeros(len(state.world.brokers), np.int64)
        for g, group in enumerate(state.world.groups):
            for b, broker in enumerate(state.world.brokers):
                if _serves(broker, group):
                    heads[b] = max(heads[b], state.head_of_group[g])
                    for h in (state.country(code) for code in broker.hosts):
                        if (table[g, h] >= 0).all():
                            raise ValueError(
                                f"brokers.csv: more than {MOST_BROKERS} brokers bring {group.id} to one host"
                            )
                        table[g, h, np.flatnonzero(table[g, h] < 0)[0]] = b
        capacity = np.array([b.capacity_month for b in state.world.brokers]) * state.params["broker_capacity"]
        state.memory["brokers"] = table, capacity, heads
    found: tuple[NDArray[np.int16], NDArray[np.float64], NDArray[np.int64]] = state.memory["brokers"]
    return found


def _serves(broker: Any, group: Any) -> bool:
    """State agencies send members of the programmes, soldiers by firms of the army; recruiters bring the others."""
    kind = "state_agency" if group.is_programme else "licensed"
    same = broker.nationality == group.nationality and broker.is_soldier == group.is_soldier
    return bool(same and broker.kind == kind)


def _broker_of(state: State, rows: Rows) -> NDArray[np.int16]:
    """The broker who would bring each to each host [row, host]; of two, one drawn in proportion to their capacity."""
    c, (table, capacity, _) = state.people.cols, brokers(state)
    out = table[c.group[rows], :, 0]
    has_two: NDArray[np.bool_] = np.any(table[:, :, 1] >= 0, axis=1)
    chooses = np.flatnonzero(has_two[c.group[rows]])
    first, second = out[chooses], table[c.group[rows[chooses]], :, 1]
    share = capacity[second] / np.maximum(capacity[first] + capacity[second], 1e-9)
    with np.errstate(over="ignore"):
        other = uniforms(state.luck(BROKER), c.id[rows[chooses]])[:, None] < share
    out[chooses] = np.where((second >= 0) & other, second, first)
    return out


def _capacity(state: State) -> NDArray[np.float64]:
    """Persons each broker can bring this step; what the DPRK can select and send grows alike for all hosts (`revenue`).

    What is left of a month carries over up to what one head takes, so that coarse heads can be brought at all.
    """
    is_agency = np.array([b.kind == "state_agency" for b in state.world.brokers])
    _, capacity, heads = brokers(state)
    left: NDArray[np.float64] = state.memory.get("capacity left", np.zeros(capacity.size))
    heads = heads * state.rules.tables["sending_cost"].max()
    capacity = np.where(is_agency, capacity * state.memory["agency growth"], capacity)
    return capacity * state.brokers.at_large(state.t, state.params) + state.brokers.besides + np.minimum(left, heads)


def _candidates(state: State) -> Rows:
    """People at home who wait for a contract, and members of the programmes, who are the agencies' to send."""
    c = state.people.cols
    waits = np.flatnonzero(c.plan == Channel.CONTRACT).astype(np.int32)
    waits = waits[~state.programme[c.group[waits]] & (c.status[waits] == Status.HOME)]
    return np.concatenate([waits, holders(state.members, c.status, asked_for(Status.HOME))])


def _programme_hosts(state: State) -> NDArray[np.bool_]:
    """The hosts of each programme [group, host]."""
    if "programme hosts" not in state.memory:
        state.memory["programme hosts"] = np.array([
            [g.is_programme and x.code in g.hosts for x in state.world.countries] for g in state.world.groups
        ])  # fmt: skip
    hosts: NDArray[np.bool_] = state.memory["programme hosts"]
    return hosts


def _hosts_open(state: State, rows: Rows) -> NDArray[np.bool_]:
    """Where each may go [row, host]: the host of the plan, or a programme's hosts; none that bars them."""
    c, own = state.people.cols, _programme_hosts(state)
    out = np.zeros((rows.size, state.hosts), bool)
    planned = c.plan[rows] == Channel.CONTRACT
    out[~planned] = own[c.group[rows[~planned]]]
    out[np.flatnonzero(planned), c.plan_host[rows[planned]]] = True
    barred = barred_host(state, rows)
    out[np.flatnonzero(barred >= 0), barred[barred >= 0]] = False
    return out


def _match(state: State, rows: Rows, room: NDArray[np.int64], capacity: NDArray[np.float64]) -> None:
    """Candidates take authorised posts in the order of their keys and set out."""
    c, e = state.people.cols, state.employers
    rows = _can_go(state, rows, room, capacity)
    served: list[Rows] = []
    placed: list[NDArray[np.int16]] = []
    with np.errstate(over="ignore"):
        keys = draws(state.luck(KEY), c.id[rows])
        for part in _parts(keys, state.programme[c.group[rows]]):
            able = _can_go(state, rows[part], room, capacity)
            able = able[np.argsort(draws(state.luck(KEY), c.id[able]), kind="stable")]
            served.append(able)
            placed.append(_placed(state, able, room, capacity))
    who, at = np.concatenate(served), np.concatenate(placed)
    hired = np.flatnonzero(at >= 0)
    hired = hired[np.argsort(who[hired])]
    state.departures.append(Departure(who[hired], e.place[at[hired]], Channel.CONTRACT, at[hired]))


def _parts(keys: NDArray[np.uint64], is_member: NDArray[np.bool_]) -> list[NDArray[np.intp]]:
    """Who is served one part after the other: those who decided themselves, then members with the first keys, then the
    others. Agencies send few of their many members, so that most need no sorting."""
    members, free = np.flatnonzero(is_member), np.flatnonzero(~is_member)
    if members.size <= FEW:
        return [free, members]
    few = np.argpartition(keys[members], FEW)
    return [free, members[few[:FEW]], members[few[FEW:]]]


def _placed(state: State, who: Rows, room: NDArray[np.int64], capacity: NDArray[np.float64]) -> NDArray[np.int16]:
    """The employer of each, who are served in this order, or -1; room and capacity fall in place."""
    c, e, sites = state.people.cols, state.employers, _sites(state)
    if not who.size:
        return np.zeros(0, np.int16)
    broker = _broker_of(state, who)
    at = np.asarray(place(
        np.arange(who.size), who, c.id, c.nation, c.sector, c.weight, _hosts_open(state, who), sites.start,
        sites.employer, sites.size, e.ids, broker, room, capacity, state.rules.tables["sending_cost"],
        len(state.world.sectors), state.luck(SITE),
    ))  # fmt: skip
    state.people.tell(Notice.BROUGHT, who[at >= 0], broker[at >= 0, e.host[at[at >= 0]]])
    return at


def _can_go(state: State, rows: Rows, room: NDArray[np.int64], capacity: NDArray[np.float64]) -> Rows:
    """Those for whom it is worth looking for a post: there is room where they would go, and members have an agency."""
    e = state.employers
    most = np.zeros((state.hosts, state.nations, len(state.world.sectors)), np.int64)
    largest(room, e.host, e.sector, most)
    able: Rows = worth_looking(rows, state.people.cols, most, _could_go(state, room, capacity))
    return able


def _could_go(state: State, room: NDArray[np.int64], capacity: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether a head of a programme could be brought to any post now [group, sector]."""
    e = state.employers
    out = np.zeros((len(state.world.groups), len(state.world.sectors)), bool)
    could_be_sent(
        _programme_hosts(state), state.head_of_group, state.world.nation_of_group, brokers(state)[0], capacity, room,
        e.host, e.sector, out,
    )  # fmt: skip
    return out


def _sites(state: State) -> Sites:
    """Employers as candidates see them: by their posts of 2000 and those of special zones."""
    e = state.employers
    if "sites" not in state.memory:
        state.memory["sites"] = e.table_by_host_sector(state.hosts, len(state.world.sectors))
    start, employer = state.memory["sites"]
    posts = e.base_posts + state.rules.tables["zone_posts"][e.place, e.sector]
    return Sites(start, employer, np.maximum(posts, 1.0))


def _informal(state: State) -> None:
    """People without papers and without work take posts that employers fill without papers, in their sector."""
    people, e = state.people, state.employers
    c = people.cols
    rows = people.who(Status.OVERSTAYER, Status.IRREGULAR)
    rows = rows[(c.employer[rows] < 0) & (c.held[rows] <= 0)]  # victims work for those who hold them
    if not rows.size:
        return
    left = np.maximum(e.informal + e.leaked - people.staff[1], 0)
    here = np.zeros((rows.size, state.hosts), bool)
    here[np.arange(rows.size), people.host_of[c.place[rows]]] = True
    sites = _sites(state)
    with np.errstate(over="ignore"):
        order = np.argsort(draws(state.luck(INFORMAL), c.id[rows]), kind="stable")
        taken = place(
            order, rows, c.id, np.zeros_like(c.nation), c.sector, c.weight, here, sites.start, sites.employer,
            sites.size, e.ids, np.zeros((rows.size, state.hosts), np.int16), left[:, None],
            np.full(1, np.inf), np.ones((state.hosts, state.nations)), len(state.world.sectors),
            state.luck(INFORMAL_SITE),
        )  # fmt: skip
    people.employ(rows[taken >= 0], taken[taken >= 0])


def _lose_patience(state: State) -> None:
    """Candidates whom no post was found for choose again without it, each in their own time, or stay.

    Those held up by a limit answer for themselves (`responses`).
    """
    c, p = state.people.cols, state.params
    rows = np.flatnonzero(c.plan == Channel.CONTRACT).astype(np.int32)
    rows = rows[(c.status[rows] == Status.HOME) & (c.queued[rows] == 0)]
    rows = rows[staying(state, rows)]
    rows = rows[state.draw(PATIENCE, rows) < state.chance_of(p["sender_answer_rate"])]
    choose_again(state, rows, c.plan_host[rows].astype(np.int64))
