"""Journeys: those who set out pay their way, and ports let them in, refuse them, or miss them.

A contract worker's permit is issued here, at entry, at least one step after the authorisation (SPEC §2b).
"""

import math

import numpy as np
from numpy.typing import NDArray

from sim.core import traffickers, transit, visas
from sim.core.brokers import guided
from sim.core.chance import stream, uniform
from sim.core.departures import Departure
from sim.core.harm import turned_back
from sim.core.kernel import kernel
from sim.core.ledger import Account
from sim.core.population import factored
from sim.core.registration import registered
from sim.core.roll import Rows
from sim.core.state import State
from sim.core.witness import Notice
from sim.core.words import NEVER, REGISTERED, THIRTY_DAYS, Channel, Event, Status

ENTRY, SEEN, REGISTERS = (stream(f"journeys {x}") for x in ("entry", "seen", "registers"))
CENTS = 100
EVENTS = {
    Channel.CONTRACT: Event.HIRE,
    Channel.VISIT: Event.VISIT,
    Channel.OVERSTAY: Event.VISIT,
    Channel.SMUGGLER: Event.SLIP_IN,
    Channel.ASYLUM: Event.APPLY_ABROAD,
    Channel.STUDY: Event.ENROL,
    Channel.FAMILY: Event.JOIN,
}
KNOWN = (Channel.CONTRACT, Channel.ASYLUM, Channel.STUDY, Channel.FAMILY)  # to whom somebody there could register them


def step(state: State) -> None:
    """Carry out the step's departures; nobody leaves twice."""
    c, hired = state.people.cols, np.zeros(0, np.int32)
    guided(state)
    lots = [_only(d, c.status[d.who] == Status.HOME) for d in state.departures if d.who.size]
    passes = visas.given(state, lots, [_let_in(state, d) for d in lots])
    for departure, passing in zip(lots, passes, strict=True):
        still = c.status[departure.who] == Status.HOME
        went = _travel(state, _only(departure, still), passing[still])
        if departure.channel == Channel.CONTRACT:
            hired = np.concatenate([hired, went])
        elif departure.channel == Channel.FAMILY:  # those turned back go on with their lives
            c.plan[departure.who[c.status[departure.who] == Status.HOME]] = -1
    state.departures.clear()
    traffickers.arrive(state)
    arrived = np.zeros((len(state.employers), state.nations), np.int64)
    np.add.at(arrived, (c.employer[hired], c.nation[hired]), c.weight[hired])
    state.memory["arrived"] = arrived.copy()
    _inherit_breach(state, hired, *state.requests.use(arrived, state.t))


def _only(d: Departure, which: NDArray[np.bool_]) -> Departure:
    return d if which.all() else Departure(d.who[which], d.place[which], d.channel, d.employer[which])


def _travel(state: State, d: Departure, passes: NDArray[np.bool_]) -> Rows:
    """Enter those who pass, whom the border lets through with a visa, in their new status; the rows of these."""
    if state.people.witness is not None:
        state.people.tell(Notice.TURNED_BACK, d.who[~passes], d.place[~passes], d.channel)
    d = _only(d, passes)
    if not d.who.size:
        return d.who
    people, c = state.people, state.people.cols
    host = people.host_of[d.place]
    _pay(state, d)
    people.change(d.who, EVENTS[d.channel], d.place, _end(state, d, host), d.employer)
    c.channel[d.who] = d.channel
    c.registered[d.who] = THIRTY_DAYS
    known = d.who if d.channel in KNOWN else d.who[d.employer >= 0]
    if known.size:
        c.registered[known[registered(state, REGISTERS, known)]] = REGISTERED
    if d.channel == Channel.CONTRACT:
        state.ledger.count("permits_issued", host, c.nation[d.who], c.weight[d.who])
    return d.who


def _let_in(state: State, d: Departure) -> NDArray[np.bool_]:
    """Whether a way is open and the border lets the person pass; closures, bars and seen crossings turn people back.

    Smugglers need an open way only where it leads through an airport (`transit`).
    """
    people, c = state.people, state.people.cols
    if d.channel != Channel.SMUGGLER:
        entry, heeds_bars = state.rules.tables["entry"][d.channel], d.channel != Channel.ASYLUM
        with np.errstate(over="ignore"):
            return np.asarray(let_in(
                d.who, d.place, c, people.host_of, heeds_bars, state.t, entry, state.ways().cost, state.luck(ENTRY)
            ))  # fmt: skip
    host, nation = people.host_of[d.place], c.nation[d.who]
    leaves = transit.can_fly(state, d.who)
    turned = leaves & (state.draw(SEEN, d.who) < transit.seen(state, d))
    state.ledger.count("stopped", host[turned], nation[turned], c.weight[d.who[turned]])
    turned_back(state, d.who[turned], host[turned], d.channel)
    transit.seize(state, d.who[turned])
    return leaves & ~turned


@kernel
def let_in(who, place, cols, host_of, heeds_bars, now, entry, cost, luck):
    """Whether each passes: a way to the place is open, the host bars them not (if it heeds bars), and the draw falls
    below entry [host, nation]; cost [from, to]."""
    out = np.zeros(who.size, np.bool_)
    for n in range(who.size):
        i, h = who[n], host_of[place[n]]
        if heeds_bars and cols.banned_until[i] > now and cols.banned_host[i] == h:
            continue
        is_open = math.isfinite(cost[cols.place[i], place[n]])
        out[n] = is_open and uniform(luck, cols.id[i]) < entry[h, cols.nation[i]]
    return out


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
    if d.channel == Channel.SMUGGLER:
        return np.where(state.slips[state.people.cols.group[d.who]], t + 1, NEVER).astype(np.int16)  # back from a trip
    return np.full(d.who.size, NEVER, np.int16)


def _pay(state: State, d: Departure) -> None:
    """The fare and the broker's fee: from savings as far as they go, the rest is debt at interest.

    Members of the programmes owe the agency's fee (X047); it pays their fare. Tourists' and traders' fares are outside
    the model. Schools are paid by the month (`residents`).
    """
    if d.channel == Channel.VISIT or "choice" not in state.memory or state.slips[state.people.cols.group[d.who]].any():
        return
    people, asks = state.people, float(d.channel != Channel.STUDY)
    c, fare = people.cols, state.ways().fare[people.cols.place[d.who], d.place]
    if d.channel == Channel.SMUGGLER:
        fare = transit.fare(state, c.group[d.who], c.place[d.who], d.place)
    fees, fares = charge(
        d.who, d.place, c, people.host_of, state.programme, _agency_fee(state) * state.rules.tables["sending_cost"],
        state.memory["alternatives"].fee[:, :, d.channel], asks, fare, state.params["interest"],
    )  # fmt: skip
    state.ledger.pay(Account.WORKERS, Account.BROKERS, int(fees))
    state.ledger.pay(Account.WORKERS, Account.CARRIERS, int(fares))


@kernel
def charge(who, place, cols, host_of, selected, agency, asked, asks, fare, interest):
    """Charge each; lenders advance what savings lack. Out: what brokers get, interest included, and carriers [cents].

    selected [group], agency [host, nation, USD], asked [kind, host, USD] × asks; fare [row of who, USD], none where no
    way is open. loan = fee + fare − own; owed = loan + ⌊loan · interest⌋.
    """
    fees, fares = np.int64(0), np.int64(0)
    for n in range(who.size):
        i, h = who[n], host_of[place[n]]
        carried, own = np.int64(0), np.int64(0)
        if selected[cols.group[i]]:
            fee = np.int64(math.floor(agency[h, cols.nation[i]] * CENTS))
        else:
            fee, usd = np.int64(math.floor(asked[cols.kind[i], h] * asks * CENTS)), fare[n]
            if math.isfinite(usd):
                carried = np.int64(math.floor(usd * CENTS))
            own = min(np.int64(cols.savings[i]), fee + carried)
        loan = fee + carried - own
        extra = np.int64(math.floor(loan * interest))
        cols.savings[i] -= own
        cols.debt[i] += loan + extra
        fees += (fee + extra) * cols.weight[i]
        fares += carried * cols.weight[i]
    return fees, fares


def _agency_fee(state: State) -> float:
    """What it costs to be selected [USD]: that of the first state agency, for they ask alike."""
    if "agency fee" not in state.memory:
        fees = [factored(b.fee_usd, b.source, state.params) for b in state.world.brokers if b.kind == "state_agency"]
        state.memory["agency fee"] = fees[0] if fees else 0.0
    return float(state.memory["agency fee"])


def _inherit_breach(state: State, hired: Rows, requests: NDArray[np.intp], used: NDArray[np.int64]) -> None:
    """Workers who used authorisations that breach a limit carry its mark, as many whole heads as used them, by id."""
    q, c = state.requests.table, state.people.cols
    breaching = q.breach[requests] >= 0
    for r, persons in zip(requests[breaching], used[breaching], strict=True):
        here = (c.employer[hired] == q.employer[r]) & (c.nation[hired] == q.nation[r]) & (c.breach[hired] == 0)
        theirs = hired[here][np.argsort(c.id[hired[here]])]
        upto = np.searchsorted(np.cumsum(c.weight[theirs]), persons, side="right")
        c.breach[theirs[:upto]] = q.breach[r] + 1
        state.breaching.add(theirs[:upto])
