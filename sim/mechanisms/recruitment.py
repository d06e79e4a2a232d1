"""Recruitment: brokers match people to authorised posts, and those without papers find work without a permit.

State agencies select members of the DPRK programmes; licensed recruiters serve candidates who decided themselves. Who
is taken first is the order of a drawn key; which employer, a draw weighted by the employers' size.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import stream
from sim.core.departures import Departure, choose_again, staying, waiting
from sim.core.hiring import find_work, place, queue
from sim.core.reach import could_be_sent
from sim.core.requests import Stage
from sim.core.roll import Rows
from sim.core.state import State
from sim.core.witness import Notice
from sim.core.words import Channel, Status

KEY, SITE, INFORMAL, INFORMAL_SITE, PATIENCE, BROKER = (
    stream(f"recruitment {x}") for x in ("key", "site", "informal", "informal site", "patience", "broker")
)
NO_BROKER, MOST_BROKERS = -1, 2
FEW, FURTHER = 512, 16  # members who are served in the first turn, and how much further each next one reaches


@dataclass
class Sites:
    """Employers by host and sector: start [host × sector + 1], employer, and each employer's size."""

    start: NDArray[np.int32]
    employer: NDArray[np.int16]
    size: NDArray[np.float64]


def step(state: State) -> None:
    """Fill authorised posts with named persons; then let those without papers find work."""
    room = state.requests.persons(Stage.AUTHORISED, len(state.employers), state.nations, before=state.t)
    capacity, sites = _capacity(state), _sites(state)
    candidates = waiting(state)
    _, high = next(_turns(candidates.size, candidates.size // FURTHER + 1))
    patience = state.chance_of(state.params["sender_answer_rate"])
    some = state.people.drawn(candidates, (state.luck(KEY), high), (state.luck(PATIENCE), patience))
    first, impatient = (x.copy() for x in some)  # few, out of as many places as there are candidates
    del some
    _match(state, sites, candidates, first, room, capacity)
    state.memory["capacity left"] = capacity
    _informal(state, sites)
    _lose_patience(state, impatient)


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


def _programme_hosts(state: State) -> NDArray[np.bool_]:
    """The hosts of each programme [group, host]."""
    if "programme hosts" not in state.memory:
        state.memory["programme hosts"] = np.array([
            [g.is_programme and x.code in g.hosts for x in state.world.countries] for g in state.world.groups
        ])  # fmt: skip
    hosts: NDArray[np.bool_] = state.memory["programme hosts"]
    return hosts


def _match(
    state: State, sites: Sites, candidates: Rows, first: Rows, room: NDArray[np.int64], capacity: NDArray[np.float64]
) -> None:
    """Candidates take authorised posts in the order of their keys and set out: those who decided themselves first.

    first: whose turn is the first.
    """
    served = [
        _served(state, sites, candidates if low else first, False, _nobody(state), room, capacity, low, high)
        for low, high in _turns(candidates.size, candidates.size // FURTHER + 1)
    ]
    sent = any(x[2] for x in served)  # whether some wait whom an agency sent for
    members = state.members
    for low, high in _turns(members.size, FEW):
        could = _could_go(state, room, capacity)
        if sent or could.any():
            some = state.people.drawn(members, (state.luck(KEY), high))[0] if high < 1 else members
            served.append(_served(state, sites, some, True, could, room, capacity, low, high))
    who, at = (np.concatenate([x[k] for x in served]) for k in (0, 1))
    order = np.argsort(who)
    state.departures.append(Departure(who[order], state.employers.place[at[order]], Channel.CONTRACT, at[order]))


def _turns(size: int, few: int) -> Iterator[tuple[float, float]]:
    """Parts of [0, 1), in order, in which the keys of so many people lie, the first that of `few`: posts are fewer than
    people, and once they are taken nobody else need be sorted."""
    low, high = 0.0, max(few, FEW) / max(size, 1)
    while low < 1:
        yield low, high
        low, high = high, high * FURTHER


def _served(
    state: State, sites: Sites, rows: Rows, selected: bool, could: NDArray[np.bool_], room: NDArray[np.int64],
    capacity: NDArray[np.float64], low: float, high: float,
) -> tuple[Rows, NDArray[np.int16], bool]:  # fmt: skip
    """Those of `rows` whose keys lie between low and high and who find a post, served in the order of their keys, and
    its employer; room and capacity fall. Either those whose state selects them or the others, and if there are others.
    """
    c, kinds, nation, lightest = state.people.cols, state.kinds, state.world.nation_of_group, _lightest(state)
    *queued, others = queue(
        rows, c.id, c.kind, c.status, c.plan, c.plan_host, c.weight, state.people.each, c.banned_host, c.banned_until,
        state.t, kinds.group, kinds.sector, nation, lightest, state.programme, selected, could, sites.start,
        sites.employer, room, state.luck(KEY), low, high,
    )  # fmt: skip
    if not queued[0].size:
        return queued[0], np.zeros(0, np.int16), others
    table, usual, _ = brokers(state)
    who, at, by = place(
        *queued, kinds.group, kinds.sector, nation, lightest, _programme_hosts(state), table, usual, sites.start,
        sites.employer, sites.size, state.employers.ids, room, capacity, state.rules.tables["sending_cost"],
        state.luck(SITE), state.luck(BROKER),
    )  # fmt: skip
    state.people.tell(Notice.BROUGHT, who, by)
    return who, at, others


def _lightest(state: State) -> NDArray[np.int64]:
    """Persons that the lightest head of each kind stands for [kind]."""
    if "lightest" not in state.memory:
        lightest = np.full(len(state.kinds.group), np.iinfo(np.int64).max)
        np.minimum.at(lightest, state.people.cols.kind, state.people.cols.weight)
        state.memory["lightest"] = lightest
    found: NDArray[np.int64] = state.memory["lightest"]
    return found


def _nobody(state: State) -> NDArray[np.bool_]:
    """No agency sends anybody [group, sector]."""
    return np.zeros((len(state.world.groups), len(state.world.sectors)), bool)


def _could_go(state: State, room: NDArray[np.int64], capacity: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether a head of a programme could be brought to any post now [group, sector]."""
    e, out = state.employers, _nobody(state)
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


def _informal(state: State, sites: Sites) -> None:
    """People without papers and without work take posts that employers fill without papers, in their sector."""
    people, e, c = state.people, state.employers, state.people.cols
    left = np.maximum(e.informal + e.leaked - people.staff[1], 0)
    who, at = find_work(
        (people.who(Status.OVERSTAYER), people.who(Status.IRREGULAR)), c.id, c.place, c.sector, c.weight, people.each,
        c.employer, c.held, people.host_of, len(state.world.sectors), sites.start, sites.employer, sites.size, e.ids,
        left[:, None], state.luck(INFORMAL), state.luck(INFORMAL_SITE),
    )  # fmt: skip
    if who.size:
        people.employ(who, at)


def _lose_patience(state: State, rows: Rows) -> None:
    """Of candidates whose patience is at an end, those whom no post was found for choose again without it, or stay.

    Those held up by a limit answer for themselves (`responses`).
    """
    c = state.people.cols
    rows = rows[c.queued[rows] == 0]
    rows = rows[staying(state, rows)]
    choose_again(state, rows, c.plan_host[rows].astype(np.int64))
