"""Brokers: fee, places, name and prosecution of those who bring people, as columns; and whom debt to them holds.

A row stands for the trade of one nationality: all its licensed recruiters, all its smugglers, or one state agency.
Known gap: rivals within a trade are not told apart.
"""

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import draws, key, stream
from sim.core.departures import Departure
from sim.core.kernel import kernel
from sim.core.people import AT_WORK
from sim.core.population import factored
from sim.core.roll import Rows
from sim.core.words import Channel

GUIDE = stream("brokers guide")
SERVED_BY = {"licensed": Channel.CONTRACT, "smuggler": Channel.SMUGGLER}


@dataclass
class Brokers:
    """Columns by broker, and which of them a nationality finds for a channel and host.

    of [channel, nation, host]: the broker whom people who choose for themselves find, -1 none. fee [USD] now and
    `base_fee` in the table; lent, the share of it; capacity [persons a step], which moves for smugglers only, and their
    split of it over hosts `share` [broker, host]; left [broker, host]: places carried over; bad_name: share of clients
    who come to harm, above what was usual; until: step to which a prosecution lasts; heads: the heaviest head that a
    broker serves; besides [persons a step]: whom firms of the army send in the place of civilians; cells: of what `of`
    holds, by channel, where it stands in a table of [broker, host] and in one of [host, nation], counted in order.
    """

    ids: NDArray[np.uint64]
    nation: NDArray[np.int16]
    of: NDArray[np.int16]
    base_fee: NDArray[np.float64]
    lent: NDArray[np.float64]
    capacity: NDArray[np.float64]
    share: NDArray[np.float64]
    heads: NDArray[np.int64]
    fee: NDArray[np.float64] = field(init=False)
    left: NDArray[np.float64] = field(init=False)
    bad_name: NDArray[np.float64] = field(init=False)
    until: NDArray[np.int64] = field(init=False)
    besides: NDArray[np.float64] = field(init=False)
    cells: dict[Channel, tuple[NDArray[np.intp], ...]] = field(init=False)
    smuggles: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        self.fee, self.left, self.bad_name = self.base_fee.copy(), self.share * 0, self.base_fee * 0
        self.cells, self.besides = {}, self.base_fee * 0
        self.until, self.smuggles = np.zeros(self.ids.size, np.int64), np.zeros(self.ids.size, bool)
        for way in SERVED_BY.values():
            nation, host = np.nonzero(self.of[way] >= 0)
            broker, (nations, hosts) = self.of[way][nation, host].astype(np.intp), self.of[way].shape
            self.cells[way] = broker * hosts + host, host * nations + nation
            self.smuggles[broker] |= way == Channel.SMUGGLER

    def at_large(self, t: int, params: dict[str, float]) -> NDArray[np.float64]:
        """Share of its capacity that each broker has in step t: less while it is prosecuted."""
        return np.where(self.until > t, 1 - params["prosecuted_share"], 1.0)

    def places(self, t: int, params: dict[str, float]) -> NDArray[np.float64]:
        """Persons whom each smuggler can bring to each host in step t, with what is left of the month before."""
        return (self.capacity * self.at_large(t, params))[:, None] * self.share + self.left


def brokers(world: Any, params: dict[str, float], heads: NDArray[np.int64]) -> Brokers:
    """The brokers with which a run starts; `heads` [group]: persons that a head of each group stands for."""
    size, hosts = len(world.brokers), len(world.countries)
    of, share = np.full((len(Channel), hosts, hosts), -1, np.int16), np.zeros((size, hosts))
    heaviest = np.zeros(size, np.int64)
    for b, broker in enumerate(world.brokers):
        if broker.kind not in SERVED_BY:
            continue
        nation = world.country_index(broker.nationality)
        for h in (world.country_index(code) for code in broker.hosts):
            share[b, h] = 1 / len(broker.hosts)
            if of[SERVED_BY[broker.kind], nation, h] < 0:
                of[SERVED_BY[broker.kind], nation, h] = b
        heaviest[b] = max((heads[g] for g, x in enumerate(world.groups) if _is_served(x, broker)), default=0)
    return Brokers(
        np.array([key("broker", x.id) for x in world.brokers], np.uint64),
        np.array([world.country_index(x.nationality) for x in world.brokers], np.int16),
        of,
        np.array([factored(x.fee_usd, x.source, params) for x in world.brokers], float),
        np.array([x.loan_share for x in world.brokers], float),
        np.array([factored(x.capacity_month, "assumed:broker_capacity", params) for x in world.brokers], float),
        share,
        heaviest,
    )


def _is_served(group: Any, broker: Any) -> bool:
    """Whether a group may go with this broker of its own choice."""
    way = SERVED_BY[broker.kind].name.lower()
    return bool(not group.is_programme and group.nationality == broker.nationality and way in group.channels)


@kernel
def take_places(order, broker, host, weight, left):
    """Whether each of `order` finds a place of its broker in its host; left [broker, host, persons] falls in place."""
    out = np.ones(broker.size, np.bool_)
    for n in order:
        if broker[n] < 0:
            continue
        if left[broker[n], host[n]] < weight[n]:
            out[n] = False
        else:
            left[broker[n], host[n]] -= weight[n]
    return out


def guided(state: Any) -> None:
    """Of those who set out with a smuggler, so many as there are places; the others stay at home and choose again.

    Who finds a place is the order of a drawn key, which nobody draws where there is one for all. Places left are kept
    up to one head, so that coarse heads can go.
    """
    some: list[Departure] = [d for d in state.departures if d.channel == Channel.SMUGGLER]
    c, brokers_ = state.people.cols, state.brokers
    left = brokers_.places(state.t, state.params)
    if some:
        who: Rows = np.concatenate([d.who for d in some])
        host = state.people.host_of[np.concatenate([d.place for d in some])]
        broker, weight, rest = brokers_.of[Channel.SMUGGLER][c.nation[who], host], c.weight[who], left.copy()
        goes = take_places(np.arange(who.size), broker, host, weight, rest)
        if not goes.all():
            with np.errstate(over="ignore"):
                order, rest = np.argsort(draws(state.luck(GUIDE), c.id[who]), kind="stable"), left
            goes = take_places(order, broker, host, weight, rest)
            state.ledger.count("without_guide", host[~goes], c.nation[who[~goes]], weight[~goes])
            _leave_out(state, some, goes)
        left = rest
    brokers_.left = np.minimum(left, brokers_.heads[:, None])


def _leave_out(state: Any, some: list[Departure], goes: NDArray[np.bool_]) -> None:
    """Of those who set out with a smuggler, by departure, only those go who `goes` says."""
    starts = np.cumsum([0, *(d.who.size for d in some)])
    parts = iter(np.split(goes, starts[1:-1]))
    state.departures = [_only(d, next(parts)) if d.channel == Channel.SMUGGLER else d for d in state.departures]


def _only(d: Departure, goes: NDArray[np.bool_]) -> Departure:
    return Departure(d.who[goes], d.place[goes], d.channel, d.employer[goes])


@kernel
def owes_more(i, employer, status, debt, wage, informal, months):
    """Whether a person works and owes more than so many months' pay; wage [employer, cents a month]."""
    if debt[i] <= 0 or employer[i] < 0:
        return False
    pay = float(wage[employer[i]])
    if status[i] != AT_WORK:
        pay = math.floor(pay * informal)
    return debt[i] > months * pay


@kernel
def in_bondage(rows, employer, status, debt, wage, informal, months):
    """Whether each of `rows` is in bondage."""
    out = np.zeros(rows.size, np.bool_)
    for n in range(rows.size):
        out[n] = owes_more(np.uint32(rows[n]), employer, status, debt, wage, informal, months)
    return out


@kernel
def survey(workers, others, group, place, nation, status, weight, employer, debt, selected, army, host_of, wage,
           informal, months, bonds, civilians, soldiers):  # fmt: skip
    """Of lists of those abroad, add up those in bondage, and of workers whom their state selected civilians and
    soldiers [host, nation, persons].

    selected, army [group]: whether its state selects who goes, and from the army; wage [employer, cents a month].
    """
    for row in workers:
        i = np.uint32(row)
        if selected[group[i]]:
            into = soldiers if army[group[i]] else civilians
            into[host_of[place[i]], nation[i]] += weight[i]
        if owes_more(i, employer, status, debt, wage, informal, months):
            bonds[host_of[place[i]], nation[i]] += weight[i]
    for rows in others:
        for row in rows:
            i = np.uint32(row)
            if owes_more(i, employer, status, debt, wage, informal, months):
                bonds[host_of[place[i]], nation[i]] += weight[i]


@kernel
def by_choice(rows, group, nation, plan_host, weight, selected, out):
    """Add up those of `rows`, who wait for a contract, whom no state selected [group]: out [host, nation, persons]."""
    for row in rows:
        i = np.uint32(row)
        if not selected[group[i]]:
            out[plan_host[i], nation[i]] += weight[i]


def bound(state: Any, rows: Rows) -> NDArray[np.bool_]:
    """Whether each of `rows` owes more than `bondage_months` of pay."""
    c, p = state.people.cols, state.params
    return np.asarray(
        in_bondage(rows, c.employer, c.status, c.debt, state.employers.wage, p["informal_wage"], p["bondage_months"])
    )
