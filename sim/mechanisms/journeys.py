"""Journeys: those who set out pay their way, and ports let them in, refuse them, or miss them.

A contract worker's permit is issued here, at entry, at least one step after the authorisation (SPEC §2b).
"""

import numpy as np
from numpy.typing import NDArray

from sim.core import transit
from sim.core.bars import barred_host
from sim.core.brokers import guided
from sim.core.chance import stream, uniforms
from sim.core.departures import Departure
from sim.core.harm import turned_back
from sim.core.ledger import Account
from sim.core.people import Rows
from sim.core.population import factored
from sim.core.state import State
from sim.core.words import NEVER, REGISTERED, THIRTY_DAYS, Channel, Event, Status

ENTRY, SEEN, REGISTERS = (stream(f"journeys {x}") for x in ("entry", "seen", "registers"))
EVENTS = {
    Channel.CONTRACT: Event.HIRE,
    Channel.VISIT: Event.VISIT,
    Channel.OVERSTAY: Event.VISIT,
    Channel.SMUGGLER: Event.SLIP_IN,
    Channel.ASYLUM: Event.APPLY_ABROAD,
    Channel.STUDY: Event.ENROL,
    Channel.FAMILY: Event.JOIN,
}


def step(state: State) -> None:
    """Carry out the step's departures; nobody leaves twice."""
    c, hired = state.people.cols, np.zeros(0, np.int32)
    guided(state)
    for departure in state.departures:
        still = c.status[departure.who] == Status.HOME
        went = _travel(state, _only(departure, still))
        if departure.channel == Channel.CONTRACT:
            hired = np.concatenate([hired, went])
        elif departure.channel == Channel.FAMILY:  # whom the border turned back goes about his life again
            c.plan[departure.who[c.status[departure.who] == Status.HOME]] = -1
    state.departures.clear()
    arrived = np.zeros((len(state.employers), state.nations), np.int64)
    np.add.at(arrived, (c.employer[hired], c.nation[hired]), c.weight[hired])
    state.memory["arrived"] = arrived.copy()
    _inherit_breach(state, hired, *state.requests.use(arrived, state.t))


def _only(d: Departure, which: NDArray[np.bool_]) -> Departure:
    return Departure(d.who[which], d.place[which], d.channel, d.employer[which])


def _travel(state: State, d: Departure) -> Rows:
    """Let through whom the border lets through, and enter them in their new status; the rows of these."""
    d = _only(d, _let_in(state, d))
    if not d.who.size:
        return d.who
    people, c = state.people, state.people.cols
    host, nation = people.host_of[d.place], c.nation[d.who]
    _pay(state, d)
    people.change(d.who, EVENTS[d.channel], d.place, _end(state, d, host), d.employer)
    c.channel[d.who] = d.channel
    with np.errstate(over="ignore"):
        known = (d.channel in (Channel.CONTRACT, Channel.ASYLUM, Channel.STUDY, Channel.FAMILY)) | (d.employer >= 0)
        at_once = known & (uniforms(state.luck(REGISTERS), c.id[d.who]) < state.params["p_registers"])
    c.registered[d.who] = np.where(at_once, REGISTERED, THIRTY_DAYS)
    if d.channel == Channel.CONTRACT:
        np.add.at(state.ledger.tally("permits_issued"), (host, nation), c.weight[d.who])
    return d.who


def _let_in(state: State, d: Departure) -> NDArray[np.bool_]:
    """Whether a way is open and the border lets the person pass; closures, bars and seen crossings turn people back.

    Smugglers need an open way only where it leads through an airport (`transit`).
    """
    people, c, rules = state.people, state.people.cols, state.rules.tables
    host, nation = people.host_of[d.place], c.nation[d.who]
    with np.errstate(over="ignore"):
        if d.channel == Channel.SMUGGLER:
            leaves = transit.can_fly(state, d.who)
            turned = leaves & (uniforms(state.luck(SEEN), c.id[d.who]) < transit.seen(state, d))
            np.add.at(state.ledger.tally("stopped"), (host[turned], nation[turned]), c.weight[d.who[turned]])
            turned_back(state, d.who[turned], host[turned], d.channel)
            transit.seize(state, d.who[turned])
            return leaves & ~turned
        passes = uniforms(state.luck(ENTRY), c.id[d.who]) < rules["entry"][int(d.channel), host, nation]
    if d.channel != Channel.ASYLUM:
        passes &= barred_host(state, d.who) != host
    return np.asarray(passes & np.isfinite(state.ways().cost[c.place[d.who], d.place]))


def _end(state: State, d: Departure, host: NDArray[np.int16]) -> NDArray[np.int16]:
    """Step in which the stay ends: contract, visa (a month; longer if it hides work), or the asylum procedure."""
    nation, t = state.people.cols.nation[d.who], state.t
    if d.channel == Channel.CONTRACT:
        return (t + state.rules.tables["term"][host, nation]).astype(np.int16)
    if d.channel == Channel.VISIT:
        short = np.where(state.traders[state.people.cols.group[d.who]], t, t + 1)  # traders are away for days
        return np.where(d.employer >= 0, t + round(state.params["working_visit_months"]), short).astype(np.int16)
    if d.channel == Channel.OVERSTAY:
        return np.full(d.who.size, t + 1, np.int16)
    if d.channel == Channel.ASYLUM:
        return np.full(d.who.size, t + round(state.params["procedure_months"]), np.int16)
    if d.channel == Channel.STUDY:
        return np.full(d.who.size, t + round(state.params["study_months"]), np.int16)
    return np.full(d.who.size, NEVER, np.int16)


def _pay(state: State, d: Departure) -> None:
    """The fare and the broker's fee: from savings as far as they go, the rest is debt at interest.

    Members of the programmes owe the agency's fee (X047); it pays their fare. Tourists' and traders' fares are outside
    the model. Schools are paid by the month (`residents`).
    """
    c = state.people.cols
    if d.channel == Channel.VISIT or "choice" not in state.memory:
        return
    who, host = d.who, state.people.host_of[d.place]
    selected = state.programme[c.group[who]]
    agency = _agency_fee(state) * state.rules.tables["sending_cost"][host, c.nation[who]]
    asked = state.memory["alternatives"].fee[c.kind[who], host, d.channel] * (d.channel != Channel.STUDY)
    fee = _cents(np.where(selected, agency, asked))
    fare_usd = state.ways().fare[c.place[who], d.place]
    if d.channel == Channel.SMUGGLER:
        fare_usd = transit.fare(state, c.group[who], c.place[who], d.place)
    fare = _cents(np.where(np.isfinite(fare_usd) & ~selected, fare_usd, 0.0))
    own = np.where(selected, 0, np.minimum(c.savings[who], fee + fare))
    loan = fee + fare - own
    owed = loan + np.floor(loan * state.params["interest"]).astype(np.int64)
    c.savings[who] -= own.astype(np.int32)
    c.debt[who] += owed.astype(np.int32)
    _book(state, who, fee, fare, owed - loan)


def _agency_fee(state: State) -> float:
    """What it costs to be selected [USD]: that of the first state agency, for they ask alike."""
    agencies = [b for b in state.world.brokers if b.kind == "state_agency"]
    return factored(agencies[0].fee_usd, agencies[0].source, state.params) if agencies else 0.0


def _cents(usd: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.floor(usd * 100).astype(np.int64)


def _book(
    state: State, who: Rows, fee: NDArray[np.int64], fare: NDArray[np.int64], interest: NDArray[np.int64]
) -> None:
    """Lenders advance what is missing: brokers get fee and interest, carriers the fare."""
    weight = state.people.cols.weight[who].astype(np.int64)
    state.ledger.pay(Account.WORKERS, Account.BROKERS, int(((fee + interest) * weight).sum()))
    state.ledger.pay(Account.WORKERS, Account.CARRIERS, int((fare * weight).sum()))


def _inherit_breach(state: State, hired: Rows, requests: NDArray[np.intp], used: NDArray[np.int64]) -> None:
    """Workers who used authorisations that breach a limit carry its mark, as many whole heads as used them."""
    q, c = state.requests.table, state.people.cols
    for r, persons in zip(requests, used, strict=True):
        if q.breach[r] < 0:
            continue
        here = (c.employer[hired] == q.employer[r]) & (c.nation[hired] == q.nation[r]) & (c.breach[hired] == 0)
        upto = np.searchsorted(np.cumsum(c.weight[hired[here]]), persons, side="right")
        c.breach[hired[here][:upto]] = q.breach[r] + 1
