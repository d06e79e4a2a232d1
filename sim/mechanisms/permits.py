"""Permits: states answer what employers and residents ask, while every limit that covers it has room.

Within a step: unused authorisations lapse, renewals are settled, then settlement and kin, graduates, and last new
authorisations in the order of a drawn key (SPEC §6). A legalisation gives permits to people who are there without.
"""

import numpy as np
from numpy.typing import NDArray

from sim.core.bars import barred_host
from sim.core.chance import present, stream, uniform, uniforms
from sim.core.departures import Departure
from sim.core.kernel import kernel
from sim.core.limits import answer, order_key
from sim.core.registration import registered
from sim.core.requests import AUTHORISED, Stage
from sim.core.roll import Rows
from sim.core.room import Room, contested, room_now
from sim.core.state import State
from sim.core.witness import Notice
from sim.core.words import REGISTERED, THIRTY_DAYS, Channel, Event, Grant, Status

KEY, RENEWS, COMPLIES, REGULAR, WORKS, REGISTERS = (
    stream(f"permits {x}") for x in ("key", "renews", "complies", "regular", "works", "registers")
)


def step(state: State) -> None:
    """Answer everything that was asked."""
    if state.calendar.opens_year(state.t):
        state.issued[:] = 0
        state.renewed[:] = 0
    state.memory["refused"] = {}
    _lapse(state)
    _regularise(state)
    room = room_now(state)
    _renew(state, room)
    _settle(state, room)
    _let_kin_in(state, room)
    _employ_graduates(state, room)
    _authorise(state, room)


def _lapse(state: State) -> None:
    """Authorisations not used in time lapse; the post is empty again (SPEC §2b), and so is their place in the quota."""
    q, e = state.requests.table, state.employers
    oldest = state.t - round(state.params["authorisation_months"])
    state.requests.close(
        lapsed(
            q.stage, q.granted, q.employer, q.nation, q.left, e.host, e.sector, state.rules.tables["void"], oldest,
            state.t - state.calendar.step_of_year(state.t), state.issued[Grant.WORK],
        )
    )  # fmt: skip


@kernel
def lapsed(stage, granted, employer, nation, left, host_of, sector_of, void, oldest, since, issued):
    """Rows of authorisations granted up to step `oldest`, or void [host, nation, sector].

    Those granted from step `since` on are taken out of issued [host, nation, sector, persons].
    """
    out, n = np.empty(stage.size, np.int32), 0
    for r in range(stage.size):
        if stage[r] != AUTHORISED:
            continue
        h, s = host_of[employer[r]], sector_of[employer[r]]
        if granted[r] > oldest and void[h, nation[r], s] <= 0:
            continue
        out[n] = r
        n += 1
        if granted[r] >= since:
            issued[h, nation[r], s] -= left[r]
    return out[:n]


def _ask(
    state: State,
    room: Room,
    at: NDArray[np.bool_],
    luck: np.uint64,
    ids: NDArray,
    weight: NDArray,
    host: NDArray,
    nation: NDArray,
    sector: NDArray,
    again: NDArray[np.bool_] | None = None,
) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """Answers [row of the sheet or -1], refused and breached; refusals are tallied by limit and host.

    at [limit, host]: where each limit is tested. They are served in the order of a drawn key, where that matters.
    Whoever is in breach of a recall is no breach `again`.
    """
    sheet = room.sheet
    refused, breached = np.full(ids.size, -1, np.int16), np.full(ids.size, -1, np.int16)
    some = contested(host, nation, sector, weight, at, sheet.nations, sheet.sectors, room.slack)
    if not some.size:
        return refused, breached
    host, nation, weight = host[some], nation[some], weight[some]
    covers = np.ascontiguousarray(at[:, host] & sheet.nations[:, nation] & sheet.sectors[:, sector[some]])
    no, breach = answer(
        np.argsort(order_key(luck, ids[some]), kind="stable"), ids[some], weight, np.arange(some.size), covers,
        room.slack, np.arange(room.slack.size), sheet.compliance, host, sheet.keys, state.luck(COMPLIES, 0),
    )  # fmt: skip
    for k in present(no[no >= 0]):
        by_host = state.memory["refused"].setdefault(sheet.limits[k].id, np.zeros(state.hosts, np.int64))
        np.add.at(by_host, host[no == k], weight[no == k])
    if again is not None:
        breach[again[some]] = -1
    for k in present(breach[breach >= 0]):
        was = breach == k
        state.ledger.count(f"breach {sheet.limits[k].id}", host[was], nation[was], weight[was])
    refused[some], breached[some] = no, breach
    return refused, breached


@kernel
def _enter(table, host, nation, sector, persons):
    """Add persons to a table [host, nation, sector], in place."""
    for n in range(persons.size):
        table[host[n], nation[n], sector[n]] += persons[n]


def _renew(state: State, room: Room) -> None:
    """Contracts that end are prolonged if both sides wish; limits that count renewals must have room.

    A prolonged stay has to be registered anew.
    """
    people, rules = state.people, state.rules.tables
    c = people.cols
    who = willing(
        people.who(Status.WORKER, ends=state.t), c.id, c.place, c.nation, c.extended, c.employer, people.host_of,
        rules["p_renew"], rules["extensions"], people.staff[0] > state.employers.posts, state.luck(RENEWS),
    )  # fmt: skip
    recalled = _recalled(state)
    if not who.size:
        return
    host, nation = people.host_of[c.place[who]], c.nation[who]
    refused, breached = _ask(
        state, room, room.sheet.tested(Grant.WORK, renewal=True), state.luck(KEY), c.id[who], c.weight[who], host,
        nation, c.sector[who], np.isin(c.breach[who], recalled) if recalled else None,
    )  # fmt: skip
    yes = refused < 0
    people.tell(Notice.NOT_GRANTED, who[~yes], room.marks[refused[~yes]], Event.RENEW)
    kept, host, nation = who[yes], host[yes], nation[yes]
    people.change(kept, Event.RENEW, None, state.t + rules["extension"][host, nation], c.employer[kept])
    c.extended[kept] += 1
    c.registered[kept] = np.where(registered(state, REGISTERS, kept), REGISTERED, THIRTY_DAYS)
    _mark(state, kept, breached[yes], room)
    _enter(state.renewed, host, nation, c.sector[kept], c.weight[kept])


@kernel
def willing(rows, ids, place, nation, extended, employer, host_of, p_renew, extensions, is_full, luck):
    """Those of `rows` whose contracts both sides wish to prolong: p_renew, extensions [host, nation].

    An employer that has more staff than posts prolongs nobody: is_full [employer].
    """
    out, n = np.empty(rows.size, np.int32), 0
    for row in rows:
        i = np.uint32(row)
        h, k = host_of[place[i]], nation[i]
        if uniform(luck, ids[i]) < p_renew[h, k] and extended[i] < extensions[h, k]:
            out[n] = i
            n += employer[i] < 0 or not is_full[employer[i]]
    return out[:n]


def _recalled(state: State) -> list[int]:
    """The marks of those who stay in breach of a recall, which is a breach once (SPEC §6.14)."""
    return [state.ledger.limit_index(order) + 1 for order in state.rules.recalls]


def _mark(state: State, who: Rows, breached: NDArray[np.int16], room: Room) -> None:
    """Remember on the person which limit the permit breaches."""
    was = breached >= 0
    state.people.cols.breach[who[was]] = room.marks[breached[was]] + 1
    state.breaching.add(who[was])


def _settle(state: State, room: Room) -> None:
    """Workers who ask to settle leave their post; tested by limits for which a settled person is an entry."""
    people, who = state.people, state.memory["settlers"]
    if not who.size:
        return
    yes = _settled(
        state, room, room.sheet.tested(Grant.SETTLEMENT, entering=Status.WORKER), who, people.cols.place[who]
    )
    people.change(who[yes], Event.SETTLE)


def _let_kin_in(state: State, room: Room) -> None:
    """Kin who ask to come are tested by every limit on settlement: each of them is an entry. Those let in set out."""
    c, (who, place) = state.people.cols, state.memory["kin"]
    welcome = barred_host(state, who) != state.people.host_of[place]
    who, place = who[welcome], place[welcome]
    if not who.size:
        return
    yes = _settled(state, room, room.sheet.tested(Grant.SETTLEMENT), who, place)
    who, place = who[yes], place[yes]
    c.plan[who], c.plan_host[who] = Channel.FAMILY, state.people.host_of[place]
    state.departures.append(Departure(who, place, Channel.FAMILY, np.full(who.size, -1, np.int16)))


def _settled(state: State, room: Room, at: NDArray[np.bool_], who: Rows, place: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Whether all limits tested at [limit, host] let each of those settle who ask to, at place."""
    c, host = state.people.cols, state.people.host_of[place]
    refused, _ = _ask(state, room, at, state.luck(KEY), c.id[who], c.weight[who], host, c.nation[who], c.sector[who])
    state.people.tell(Notice.NOT_GRANTED, who[refused >= 0], room.marks[refused[refused >= 0]], Event.SETTLE)
    yes = refused < 0
    let = who[yes]
    _enter(state.issued[Grant.SETTLEMENT], host[yes], c.nation[let], c.sector[let], c.weight[let])
    return np.asarray(yes)


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
    refused, breached = _ask(
        state,
        room,
        room.sheet.tested(Grant.WORK, entering=Status.STUDENT),
        state.luck(KEY),
        c.id[who],
        c.weight[who],
        host,
        nation,
        c.sector[who],
    )
    yes = refused < 0
    people.tell(Notice.NOT_GRANTED, who[~yes], room.marks[refused[~yes]], Event.GRADUATE)
    hired = who[yes]
    people.change(hired, Event.GRADUATE, None, state.t + rules["term"][host[yes], nation[yes]], employer[yes])
    c.registered[hired] = REGISTERED
    _mark(state, hired, breached[yes], room)
    _enter(state.issued[Grant.WORK], host[yes], nation[yes], c.sector[hired], c.weight[hired])


def _with_posts(state: State, who: Rows) -> tuple[Rows, NDArray[np.int16]]:
    """Those of `who`, in this order, for whom a post is empty, promised abroad or not; and their employers."""
    c, e = state.people.cols, state.employers
    site = np.full((len(state.world.places), len(state.world.sectors)), -1, np.int16)
    site[e.place, e.sector] = np.arange(len(e))
    return with_posts(who, c.place, c.sector, c.weight, site, e.posts - state.people.staff[0])


@kernel
def with_posts(who, place, sector, weight, site, empty):
    """Those of `who`, in this order, whose employer has room for them, and the employers: site [place, sector], -1 for
    none, and empty [employer, persons], which falls in place."""
    out, at, n = np.empty_like(who), np.empty(who.size, np.int16), 0
    for i in who:
        e = site[place[i], sector[i]]
        if e >= 0 and empty[e] >= weight[i]:
            out[n], at[n] = i, e
            empty[e] -= weight[i]
            n += 1
    return out[:n], at[:n]


def _authorise(state: State, room: Room) -> None:
    """Answer open requests; the refused wait and are from now on in both accounts."""
    q, e = state.requests.table, state.employers
    rows = state.requests.rows(Stage.OPEN)
    host, nation, sector = e.host[q.employer[rows]], q.nation[rows], e.sector[q.employer[rows]]
    refused, breached = _ask(
        state, room, room.sheet.tested(Grant.WORK), state.luck(KEY, 0), q.id[rows], q.weight[rows], host, nation, sector
    )
    yes = refused < 0
    state.requests.authorise(rows[yes], state.t, room.marks[breached[yes]])
    _enter(state.issued[Grant.WORK], host[yes], nation[yes], sector[yes], q.weight[rows[yes]])
    state.ledger.count("authorisations", host[yes], nation[yes], q.weight[rows[yes]])
    fresh = state.requests.block(rows[~yes], state.t, room.marks[refused[~yes]])
    state.memory["blocked"] = q.limit[fresh], e.host[q.employer[fresh]], q.nation[fresh], q.weight[fresh]
