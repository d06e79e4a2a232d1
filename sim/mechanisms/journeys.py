"""Journeys: those who set out pay their way, and ports let them in, refuse them, or miss them.

A contract worker's permit is issued here, at entry, at least one step after the authorisation (SPEC §2b).
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core import traffickers, transit, visas
from sim.core.brokers import guided
from sim.core.chance import stream, uniform
from sim.core.changes import AHEAD
from sim.core.kernel import kernel
from sim.core.kinds import GROUP, NATION
from sim.core.ledger import Account, add_up
from sim.core.people import AT_HOME
from sim.core.population import factored
from sim.core.registration import registered
from sim.core.roll import Rows
from sim.core.state import State
from sim.core.witness import Notice
from sim.core.words import NEVER, REGISTERED, THIRTY_DAYS, Channel, Event

ENTRY, REGISTERS = stream("journeys entry"), stream("journeys registers")
CENTS = 100
EVENTS = np.array(  # by channel
    [Event.HIRE, Event.VISIT, Event.VISIT, Event.SLIP_IN, Event.APPLY_ABROAD, Event.ENROL, Event.JOIN], np.int8
)
KNOWN = np.array([True, False, False, False, True, True, True])  # by channel: have somebody to register them
CONTRACT, VISIT, SMUGGLER, ASYLUM, STUDY, FAMILY = (
    int(x) for x in (Channel.CONTRACT, Channel.VISIT, Channel.SMUGGLER, Channel.ASYLUM, Channel.STUDY, Channel.FAMILY)
)  # for kernels


@dataclass(frozen=True)
class Travellers:
    """All who set out this month, in the order of their departures: row, where to, employer or -1, channel."""

    who: Rows
    place: NDArray[np.int16]
    employer: NDArray[np.int16]
    channel: NDArray[np.int8]

    def only(self, which: NDArray[np.intp]) -> "Travellers":
        """Some of them."""
        return Travellers(self.who[which], self.place[which], self.employer[which], self.channel[which])


def step(state: State) -> None:
    """Carry out the step's departures; nobody leaves twice."""
    guided(state)
    hired = np.zeros(0, np.int32)
    if any(d.who.size for d in state.departures):
        hired = _travel(state, _setting_out(state))
    state.departures.clear()
    traffickers.arrive(state)
    c = state.people.cols
    arrived = np.zeros((len(state.employers), state.nations), np.int64)
    add_up(arrived, *(x[hired].astype(np.int64) for x in (c.employer, c.nation, c.weight)))
    state.memory["arrived"] = arrived.copy()
    _inherit_breach(state, hired, *state.requests.use(arrived, state.t))


def _setting_out(state: State) -> Travellers:
    lots = [d for d in state.departures if d.who.size]
    return Travellers(
        np.concatenate([d.who for d in lots]),
        np.concatenate([d.place for d in lots]),
        np.concatenate([d.employer for d in lots]),
        np.repeat(np.array([d.channel for d in lots], np.int8), [d.who.size for d in lots]),
    )


def _travel(state: State, some: Travellers) -> Rows:
    """Enter those who pass, whom the border lets through with a visa, in their new status; the rows of those hired."""
    people, c, passes = state.people, state.people.cols, np.zeros(some.who.size, bool)
    _let_in(state, some, passes)
    visas.given(state, some.who, some.place, some.channel, passes)
    went, event, end, known, turned = _set_off(state, some, passes)
    if people.witness is not None and turned.size:
        _tell(state, some.only(turned))
    _pay(state, went)
    people.change(went.who, event, went.place, end, went.employer)
    c.channel[went.who] = went.channel
    if known.size:
        c.registered[known[registered(state, REGISTERS, known)]] = REGISTERED
    hired = went.who[went.channel == CONTRACT]
    state.ledger.count("permits_issued", people.host_of[c.place[hired]], c.nation[hired], c.weight[hired])
    return hired


def _tell(state: State, turned: Travellers) -> None:
    """Tell a witness who was turned back, departure by departure."""
    for part in np.split(np.arange(turned.who.size), np.flatnonzero(np.diff(turned.channel)) + 1):
        channel = Channel(int(turned.channel[part[0]]))
        state.people.tell(Notice.TURNED_BACK, turned.who[part], turned.place[part], channel)


def _let_in(state: State, some: Travellers, passes: NDArray[np.bool_]) -> None:
    """Fill in whether a way is open and the border lets each pass; closures, bars and seen crossings turn people back.

    Smugglers need an open way only where it leads through an airport (`transit`).
    """
    c = state.people.cols
    with np.errstate(over="ignore"):
        let_in(
            some.who, some.place, some.channel, passes, c.status, c.place, c.nation, c.id, c.banned_until,
            c.banned_host, state.people.host_of, state.t, state.rules.tables["entry"], state.ways().cost,
            state.luck(ENTRY),
        )  # fmt: skip
    if (some.channel == SMUGGLER).any():
        transit.slip_through(state, some.who, some.place, some.channel, passes)


@kernel
def let_in(who, place, channel, passes, status, here, nation, ids, banned_until, banned_host, host_of, now, entry, cost,
           luck):  # fmt: skip
    """Whether each of those at home passes without a smuggler: a way to the place is open, the host bars them not
    (claimants it must hear), and the draw falls below entry [channel, host, nation]; cost [from, to]."""
    for n in range(who.size):
        i, h, c = np.uint32(who[n]), host_of[place[n]], channel[n]
        if c == SMUGGLER or status[i] != AT_HOME or not math.isfinite(cost[here[i], place[n]]):
            continue
        if c != ASYLUM and banned_until[i] > now and banned_host[i] == h:
            continue
        p = entry[c, h, nation[i]]
        passes[n] = p >= 1.0 or uniform(luck, ids[i]) < p


def _stays(state: State) -> NDArray[np.int16]:
    """Steps for which a stay lasts that no contract and no work limits [channel, group], or NEVER."""
    if "stays" not in state.memory:
        p, out = state.params, np.full((len(Channel), len(state.world.groups)), NEVER, np.int16)
        out[Channel.VISIT] = np.where(state.traders, 0, 1)  # traders are away for days
        out[Channel.OVERSTAY] = 1
        out[Channel.SMUGGLER] = np.where(state.slips, 1, NEVER)  # back from a trip
        out[Channel.ASYLUM], out[Channel.STUDY] = round(p["procedure_months"]), round(p["study_months"])
        state.memory["stays"] = out
    found: NDArray[np.int16] = state.memory["stays"]
    return found


def _set_off(state: State, some: Travellers, passes: NDArray[np.bool_]) -> tuple[Any, ...]:
    """Those who go, with event and end of the stay; rows of those whom somebody could register; who is turned back."""
    people, c, rules = state.people, state.people.cols, state.rules.tables
    *went, event, end, known, turned = set_off(
        some.who, some.place, some.employer, some.channel, passes, c.status, c.registered, c.plan, c.group, c.nation,
        people.host_of, state.t, EVENTS, KNOWN, rules["term"], _stays(state),
        round(state.params["working_visit_months"]),
    )  # fmt: skip
    return Travellers(*went), event, end, known, turned


@kernel
def set_off(who, place, employer, channel, passes, status, registered, plan, group, nation, host_of, now, events, knows,
            term, stays, working):  # fmt: skip
    """Those who go: row, place, employer, channel, event and end; then rows of whom somebody could register, and the
    indices of those turned back. Of several departures of one person the first counts.

    Who has gone is known by thirty days to register, which nobody at home has. events, knows [channel]; term [host,
    nation], stays [channel, group] and working: steps of a contract, of other stays (NEVER: no end) and of a visit that
    hides work. Kin who are turned back go on with their lives.
    """
    rows, to, post, way = np.empty_like(who), np.empty_like(place), np.empty_like(employer), np.empty_like(channel)
    event, end, known, turned = np.empty_like(channel), np.empty_like(place), np.empty_like(who), np.empty_like(who)
    n, asks, back = 0, 0, 0
    for k in range(who.size):
        i, c, e = np.uint32(who[k]), channel[k], employer[k]
        if status[i] != AT_HOME or registered[i] == THIRTY_DAYS:
            continue
        if not passes[k]:
            turned[back] = k
            back += 1
            if c == FAMILY:
                plan[i] = -1
            continue
        registered[i] = THIRTY_DAYS
        if c == CONTRACT:
            end[n] = int(now + term[host_of[place[k]], nation[i]])
        elif c == VISIT and e >= 0:
            end[n] = now + working
        else:
            steps = stays[c, group[i]]
            end[n] = steps if steps == NEVER else now + steps
        rows[n], to[n], post[n], way[n], event[n] = i, place[k], e, c, events[c]
        known[asks] = i
        asks += knows[c] or e >= 0
        n += 1
    return rows[:n], to[:n], post[:n], way[:n], event[:n], end[:n], known[:asks], turned[:back]


def _pay(state: State, some: Travellers) -> None:
    """The fare and the broker's fee: from savings as far as they go, the rest is debt at interest.

    Members of the programmes owe the agency's fee (X047); it pays their fare. Tourists' and traders' fares are outside
    the model. Schools are paid by the month (`residents`).
    """
    if "choice" not in state.memory:
        return
    c = state.people.cols
    fees, fares, _ = charge(
        some.who, some.place, some.channel, c.place, c.kind, c.weight, c.savings, c.debt, state.people.kinds.traits,
        state.people.host_of, state.slips, state.programme, _agency_fee(state) * state.rules.tables["sending_cost"],
        state.memory["alternatives"].fee, state.ways().fare, transit.gates(state).place, state.params["interest"],
    )  # fmt: skip
    state.ledger.pay(Account.WORKERS, Account.BROKERS, int(fees))
    state.ledger.pay(Account.WORKERS, Account.CARRIERS, int(fares))


@kernel
def charge(who, place, channel, here, kind, weight, savings, debt, traits, host_of, slips, selected, agency, asked,
           fare, gate, interest):  # fmt: skip
    """Charge each; lenders advance what savings lack. Out: what brokers get, interest included, and carriers [cents].

    traits [kind, trait]; slips, selected [group]; agency [host, nation], asked [kind, host, channel], fare [from, to]
    in USD; none is paid where no way is open. Smugglers lead over the gate [group] if there is one. loan = fee + fare −
    own; owed = loan + ⌊loan · interest⌋. The last number out only makes the reading ahead.
    """
    fees, fares, near = np.int64(0), np.int64(0), np.int64(0)
    for n in range(who.size):
        if n % AHEAD == 0:
            for m in range(n, min(n + AHEAD, who.size)):
                if channel[m] != VISIT:
                    i = np.uint32(who[m])
                    near += here[i] + kind[i] + weight[i] + savings[i] + debt[i]
        i, c = np.uint32(who[n]), channel[n]
        if c == VISIT or slips[traits[kind[i], GROUP]]:
            continue
        h, g, k = host_of[place[n]], traits[kind[i], GROUP], traits[kind[i], NATION]
        carried, own = np.int64(0), np.int64(0)
        if selected[g]:
            fee = np.int64(math.floor(agency[h, k] * CENTS))
        else:
            usd = 0.0 if c == STUDY else asked[kind[i], h, c]
            start = gate[g] if c == SMUGGLER and gate[g] >= 0 else here[i]
            fee, usd = np.int64(math.floor(usd * CENTS)), fare[here[i], start] + fare[start, place[n]]
            if math.isfinite(usd):
                carried = np.int64(math.floor(usd * CENTS))
            own = min(np.int64(savings[i]), fee + carried)
        loan = fee + carried - own
        extra = np.int64(math.floor(loan * interest))
        savings[i] -= own
        debt[i] += loan + extra
        fees += (fee + extra) * weight[i]
        fares += carried * weight[i]
    return fees, fares, near


def _agency_fee(state: State) -> float:
    """What it costs to be selected [USD]: that of the first state agency, for they ask alike."""
    if "agency fee" not in state.memory:
        fees = [factored(b.fee_usd, b.source, state.params) for b in state.world.brokers if b.kind == "state_agency"]
        state.memory["agency fee"] = fees[0] if fees else 0.0
    return float(state.memory["agency fee"])


def _inherit_breach(state: State, hired: Rows, requests: NDArray[np.intp], used: NDArray[np.int64]) -> None:
    """Workers who used authorisations that breach a limit carry its mark, as many whole heads as used them, by id; the
    oldest first, and then in the order of their ids."""
    q, c = state.requests.table, state.people.cols
    breaching = (q.breach[requests] >= 0).nonzero()[0]
    if not breaching.size:
        return
    order = breaching[np.lexsort((q.id[requests[breaching]], q.granted[requests[breaching]]))]
    for r, persons in zip(requests[order], used[order], strict=True):
        here = (c.employer[hired] == q.employer[r]) & (c.nation[hired] == q.nation[r]) & (c.breach[hired] == 0)
        theirs = hired[here][np.argsort(c.id[hired[here]])]
        upto = np.searchsorted(np.cumsum(c.weight[theirs]), persons, side="right")
        c.breach[theirs[:upto]] = q.breach[r] + 1
        state.breaching.add(theirs[:upto])
