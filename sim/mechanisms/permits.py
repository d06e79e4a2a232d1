"""Permits: states answer what employers and residents ask, while every limit that covers it has room.

Within a step: unused authorisations lapse, renewals are settled, then settlement and kin, graduates, and last new
authorisations in the order of a drawn key (SPEC §6). A legalisation gives permits to people who are there without.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.bars import barred_host
from sim.core.chance import present, stream, uniforms
from sim.core.departures import Departure
from sim.core.limits import Counts, Limit, answer, order_key
from sim.core.registration import registered
from sim.core.requests import Stage
from sim.core.roll import Rows
from sim.core.state import State
from sim.core.witness import Notice
from sim.core.words import REGISTERED, THIRTY_DAYS, Channel, Event, Grant, Status

KEY, RENEWS, COMPLIES, REGULAR, WORKS, REGISTERS = (
    stream(f"permits {x}") for x in ("key", "renews", "complies", "regular", "works", "registers")
)


@dataclass
class Room:
    """The limits in force, ready for the kernel: what each covers, its slack, and who was refused by it."""

    limits: list[Limit]
    index: NDArray[np.int16]  # of each limit in the ledger
    hosts: NDArray[np.bool_]  # that each limit covers [limit, host], likewise nations and sectors
    nations: NDArray[np.bool_]
    sectors: NDArray[np.bool_]
    slack: NDArray[np.int64]
    tie: NDArray[np.int64]
    compliance: NDArray[np.float64]  # [limit, host]
    keys: NDArray[np.uint64]

    def only(self, tested: NDArray[np.bool_]) -> "Room":
        """The same room, its slack shared, with some of the limits tested."""
        return replace(self, hosts=self.hosts & tested[:, None])

    def covers(self, host: NDArray, nation: NDArray, sector: NDArray) -> NDArray[np.bool_]:
        """Which limits cover each of those who ask [limit, who asks]."""
        return np.asarray(self.hosts[:, host] & self.nations[:, nation] & self.sectors[:, sector])


def step(state: State) -> None:
    """Answer everything that was asked."""
    if state.calendar.opens_year(state.t):
        state.issued[:] = 0
        state.renewed[:] = 0
    state.memory["refused"] = {}
    _lapse(state)
    _regularise(state)
    room = _room(state)
    _renew(state, room)
    _settle(state, room)
    _let_kin_in(state, room)
    _employ_graduates(state, room)
    _authorise(state, room)


def _lapse(state: State) -> None:
    """Authorisations not used in time lapse; the post is empty again (SPEC §2b), and so is their place in the quota."""
    q, e = state.requests.table, state.employers
    life = round(state.params["authorisation_months"])
    void = state.rules.tables["void"][e.host[q.employer], q.nation, e.sector[q.employer]] > 0
    over = np.flatnonzero((q.stage == Stage.AUTHORISED) & ((q.granted <= state.t - life) | void))
    back = over[q.granted[over] >= state.t - state.calendar.step_of_year(state.t)]
    at = e.host[q.employer[back]], q.nation[back], e.sector[q.employer[back]]
    np.subtract.at(state.issued[Grant.WORK], at, q.left[back])
    state.requests.close(over)


def _room(state: State) -> Room:
    limits = sorted(state.rules.limits.values(), key=lambda x: (x.since, x.id))
    today = state.today()
    slack = [0 if x.is_ban else x.level - today.count(x) for x in limits]
    size, full = len(limits), np.ones(state.hosts)
    return Room(
        limits,
        np.array([state.ledger.limit_index(x.id) for x in limits], np.int16),
        np.array([x.hosts for x in limits], bool).reshape(size, state.hosts),
        np.array([x.nations for x in limits], bool).reshape(size, state.nations),
        np.array([x.sectors for x in limits], bool).reshape(size, len(state.world.sectors)),
        np.array(slack, np.int64),
        np.arange(size),
        np.array([full if x.compliance is None else x.compliance for x in limits]).reshape(size, state.hosts),
        np.array([x.key for x in limits], np.uint64),
    )


def _ask(state: State, room: Room, order: NDArray, ids: NDArray, weight: NDArray, host: NDArray, nation: NDArray,
         sector: NDArray, again: Any = False) -> tuple[NDArray[np.int16], NDArray[np.int16]]:  # fmt: skip
    """Answers [index in room or -1], refused and breached; refusals are tallied by limit and host.

    Whoever is in breach of a recall is no breach `again`.
    """
    with np.errstate(over="ignore"):
        refused, breached = answer(
            order, ids, weight, np.arange(ids.size), room.covers(host, nation, sector), room.slack, room.tie,
            room.compliance, host, room.keys, state.luck(COMPLIES, 0),
        )  # fmt: skip
    for k in present(refused[refused >= 0]):
        by_host = state.memory["refused"].setdefault(room.limits[k].id, np.zeros(state.hosts, np.int64))
        np.add.at(by_host, host[refused == k], weight[refused == k])
    breached = np.where(again, np.int16(-1), breached)
    for k in present(breached[breached >= 0]):
        was = breached == k
        state.ledger.count(f"breach {room.limits[k].id}", host[was], nation[was], weight[was])
    return refused, breached


def _renew(state: State, room: Room) -> None:
    """Contracts that end are prolonged if both sides wish; limits that count renewals must have room.

    A prolonged stay has to be registered anew.
    """
    people, rules = state.people, state.rules.tables
    c = people.cols
    who = people.who(Status.WORKER, ends=state.t)
    host, nation = people.host_of[c.place[who]], c.nation[who]
    with np.errstate(over="ignore"):
        wish = uniforms(state.luck(RENEWS), c.id[who]) < rules["p_renew"][host, nation]
    who = who[wish & (c.extended[who] < rules["extensions"][host, nation]) & ~_too_many(state, who)]
    host, nation = people.host_of[c.place[who]], c.nation[who]
    tested = np.array([x.counts_renewals and Grant.WORK in x.grants for x in room.limits], bool)
    order = np.argsort(order_key(state.luck(KEY), c.id[who]), kind="stable")
    refused, breached = _ask(state, room.only(tested), order, c.id[who], c.weight[who], host, nation, c.sector[who],
                            np.isin(c.breach[who], _recalled(state)))  # fmt: skip
    yes = refused < 0
    people.tell(Notice.NOT_GRANTED, who[~yes], room.index[refused[~yes]], Event.RENEW)
    kept = who[yes]
    people.change(kept, Event.RENEW, None, state.t + rules["extension"][host[yes], nation[yes]], c.employer[kept])
    c.extended[kept] += 1
    c.registered[kept] = np.where(registered(state, REGISTERS, kept), REGISTERED, THIRTY_DAYS)
    _mark(state, kept, breached[yes], room)
    np.add.at(state.renewed, (host[yes], nation[yes], c.sector[kept]), c.weight[kept])


def _recalled(state: State) -> list[int]:
    """The marks of those who stay in breach of a recall, which is a breach once (SPEC §6.14)."""
    return [state.ledger.limit_index(order) + 1 for order in state.rules.recalls]


def _too_many(state: State, who: Rows) -> NDArray[np.bool_]:
    """Whether the employer has more staff than posts, so that it prolongs nobody."""
    e, employer = state.employers, state.people.cols.employer[who]
    return (employer >= 0) & (state.people.staff[0][employer] > e.posts[employer])


def _mark(state: State, who: Rows, breached: NDArray[np.int16], room: Room) -> None:
    """Remember on the person which limit the permit breaches."""
    was = breached >= 0
    state.people.cols.breach[who[was]] = room.index[breached[was]] + 1
    state.breaching.add(who[was])


def _settle(state: State, room: Room) -> None:
    """Workers who ask to settle leave their post; tested by limits for which a settled person is an entry."""
    tested = np.array([Grant.SETTLEMENT in x.grants and _enters(x, Status.WORKER) for x in room.limits], bool)
    people = state.people
    who = state.memory["settlers"]
    yes = _settled(state, room.only(tested), who, people.cols.place[who])
    people.change(who[yes], Event.SETTLE)


def _let_kin_in(state: State, room: Room) -> None:
    """Kin who ask to come are tested by every limit on settlement: each of them is an entry. Those let in set out."""
    c, (who, place) = state.people.cols, state.memory["kin"]
    welcome = barred_host(state, who) != state.people.host_of[place]
    who, place = who[welcome], place[welcome]
    if not who.size:
        return
    tested = np.array([Grant.SETTLEMENT in x.grants for x in room.limits], bool)
    yes = _settled(state, room.only(tested), who, place)
    who, place = who[yes], place[yes]
    c.plan[who], c.plan_host[who] = Channel.FAMILY, state.people.host_of[place]
    state.departures.append(Departure(who, place, Channel.FAMILY, np.full(who.size, -1, np.int16)))


def _settled(state: State, room: Room, who: Rows, place: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Whether all tested limits let each of those settle who ask to, at place."""
    c = state.people.cols
    host = state.people.host_of[place]
    order = np.argsort(order_key(state.luck(KEY), c.id[who]), kind="stable")
    refused, _ = _ask(state, room, order, c.id[who], c.weight[who], host, c.nation[who], c.sector[who])
    state.people.tell(Notice.NOT_GRANTED, who[refused >= 0], room.index[refused[refused >= 0]], Event.SETTLE)
    yes = refused < 0
    let = who[yes]
    np.add.at(state.issued[Grant.SETTLEMENT], (host[yes], c.nation[let], c.sector[let]), c.weight[let])
    return np.asarray(yes)


def _enters(limit: Limit, status: Status) -> bool:
    """A limit that already counts the person in this status is not entered anew by a change of it."""
    return limit.counts == Counts.ISSUED or status not in limit.statuses


def _regularise(state: State) -> None:
    """A legalisation turns a share of those who work without papers into contract workers where they work (N002)."""
    people, rules = state.people, state.rules.tables
    if not rules["regularise"].any():
        return
    c = people.cols
    who = people.who(Status.OVERSTAYER, Status.IRREGULAR)
    who = who[c.employer[who] >= 0]
    host, nation = people.host_of[c.place[who]], c.nation[who]
    with np.errstate(over="ignore"):
        yes = uniforms(state.luck(REGULAR), c.id[who]) < rules["regularise"][host, nation]
    who, host, nation = who[yes], host[yes], nation[yes]
    people.change(who, Event.REGULARISE, None, state.t + rules["term"][host, nation], c.employer[who])
    c.registered[who], c.extended[who] = REGISTERED, 0


def _employ_graduates(state: State, room: Room) -> None:
    """Students whose course ends take an empty post of their sector where they live; tested by limits as an entry."""
    people, rules = state.people, state.rules.tables
    c = people.cols
    who = people.who(Status.STUDENT, ends=state.t)
    if not who.size:
        return
    wish = state.draw(WORKS, who) < state.params["p_graduate_works"]
    who = who[wish & (rules["open_work"][people.host_of[c.place[who]], c.nation[who]] > 0)]
    who = who[np.argsort(order_key(state.luck(KEY), c.id[who]), kind="stable")]
    who, employer = _with_posts(state, who)
    host, nation = people.host_of[c.place[who]], c.nation[who]
    tested = np.array([Grant.WORK in x.grants and _enters(x, Status.STUDENT) for x in room.limits], bool)
    refused, breached = _ask(
        state, room.only(tested), np.arange(who.size), c.id[who], c.weight[who], host, nation, c.sector[who]
    )
    yes = refused < 0
    people.tell(Notice.NOT_GRANTED, who[~yes], room.index[refused[~yes]], Event.GRADUATE)
    hired = who[yes]
    people.change(hired, Event.GRADUATE, None, state.t + rules["term"][host[yes], nation[yes]], employer[yes])
    c.registered[hired] = REGISTERED
    _mark(state, hired, breached[yes], room)
    np.add.at(state.issued[Grant.WORK], (host[yes], nation[yes], c.sector[hired]), c.weight[hired])


def _with_posts(state: State, who: Rows) -> tuple[Rows, NDArray[np.int16]]:
    """Those of `who`, in this order, for whom a post is empty, promised abroad or not; and their employers."""
    c, e = state.people.cols, state.employers
    site = np.full((len(state.world.places), len(state.world.sectors)), -1, np.int16)
    site[e.place, e.sector] = np.arange(len(e))
    empty = e.posts - state.people.staff[0]
    employer = site[c.place[who], c.sector[who]]
    takes = np.zeros(who.size, bool)
    for n, at in enumerate(employer):
        takes[n] = at >= 0 and empty[at] >= c.weight[who[n]]
        empty[at] -= c.weight[who[n]] if takes[n] else 0
    return who[takes], employer[takes]


def _authorise(state: State, room: Room) -> None:
    """Answer open requests; the refused wait and are from now on in both accounts."""
    q, e = state.requests.table, state.employers
    rows = state.requests.rows(Stage.OPEN)
    host, nation, sector = e.host[q.employer[rows]], q.nation[rows], e.sector[q.employer[rows]]
    tested = np.array([Grant.WORK in x.grants for x in room.limits], bool)
    order = np.argsort(order_key(state.luck(KEY, 0), q.id[rows]), kind="stable")
    refused, breached = _ask(state, room.only(tested), order, q.id[rows], q.weight[rows], host, nation, sector)
    yes = refused < 0
    of = np.append(room.index, -1).astype(np.int16)
    state.requests.authorise(rows[yes], state.t, of[breached[yes]])
    np.add.at(state.issued[Grant.WORK], (host[yes], nation[yes], sector[yes]), q.weight[rows[yes]])
    state.ledger.count("authorisations", host[yes], nation[yes], q.weight[rows[yes]])
    fresh = state.requests.block(rows[~yes], state.t, of[refused[~yes]])
    state.memory["blocked"] = q.limit[fresh], e.host[q.employer[fresh]], q.nation[fresh], q.weight[fresh]
