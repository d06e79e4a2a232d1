"""Enforcement: inspections find people without papers or registration; fines, detention, removal, hand-over.

Fines fall on overstayers and on those unregistered past thirty days (S028-S029). A claim protects from penalties for
unlawful entry (Art. 31) and from return (Art. 33) as far as practice goes (SPEC §2e).
"""

import numpy as np
from numpy.typing import NDArray

from sim.core.attitude import inspected
from sim.core.bars import bar
from sim.core.chance import BLOCK, chances, roomier, stream, uniform
from sim.core.cooperation import known
from sim.core.harm import harmed
from sim.core.kernel import kernel
from sim.core.ledger import Account
from sim.core.roll import Rows, equal
from sim.core.state import State
from sim.core.traffickers import rescued
from sim.core.witness import Notice
from sim.core.words import MUST_REGISTER, REGISTERED, THIRTY_DAYS, UNREGISTERED, Channel, Event, Status

FOUND, REMOVED, GIVEN_UP, LATE, CLAIMS = (
    stream(f"enforcement {x}") for x in ("found", "removed", "given up", "late", "claims")
)
RETURN_FORBIDDEN = (("party", "returned_against_art33"), ("party_cat", "returned_against_cat"))
WITHOUT_PAPERS = (Status.OVERSTAYER, Status.IRREGULAR, Status.ASYLUM_SEEKER)
CLAIMANT, HIDDEN = int(Status.ASYLUM_SEEKER), int(Status.IRREGULAR)  # for kernels
SMUGGLED, UNFINED = int(Channel.SMUGGLER), -1
HAS_PAPERS = np.isin(np.arange(len(Status)), MUST_REGISTER)  # and is liable only where nobody registered them


def step(state: State) -> None:
    """Decide on those detained before, then inspect."""
    _decide_detained(state)
    _inspect(state)


def _found(state: State) -> Rows:
    """Whom inspectors find.

    Liable are people without papers, claimants, and those who are there lawfully and not registered after thirty days.
    Of the latter some register now, before an inspector comes: in their own time, or never.
    """
    people, c, rules, luck = state.people, state.people.cols, state.rules.tables, state.luck(FOUND)
    p, p_late = _p_found(state), state.chance_of(state.params["late_registration_rate"])
    protect = rules["protect"][:, None] * rules["direct"]  # Art. 31

    def by_registration(rows: Rows) -> tuple[Rows, Rows]:
        found: tuple[Rows, Rows] = unregistered(rows, c.registered)
        return found

    (drawn,) = people.below(WITHOUT_PAPERS, (luck, float(p[0].max())))
    there, lapsing = zip(*(people.sieved(s, by_registration) for s in MUST_REGISTER), strict=True)
    draws = (state.luck(LATE), p_late), (luck, float(p[1].max()))
    late, liable = people.drawn(np.concatenate(there), *draws)
    c.registered[late] = REGISTERED
    found = [
        inspect(rows, c.id, c.status, c.place, c.nation, people.host_of, chance, protect, luck)
        for rows, chance in ((drawn, p[0]), (unregistered(liable, c.registered)[0], p[1]))
    ]
    others = [people.sieved(s, lambda rows: [equal(rows, c.registered, THIRTY_DAYS)])[0] for s in WITHOUT_PAPERS]
    c.registered[np.concatenate([*lapsing, *others])] = UNREGISTERED
    return np.concatenate(found)


@kernel
def unregistered(rows, registered):
    """Those of `rows` who did not register within thirty days; and those for whom these end now."""
    out, found = np.empty((2, 2 * BLOCK), np.int32), np.zeros(2, np.int64)
    for start in range(0, rows.size, BLOCK):
        if max(found[0], found[1]) + BLOCK > out.shape[1]:
            out = roomier(out, found)
        late, ending = np.uint64(found[0]), np.uint64(found[1])
        for i in rows[start : start + BLOCK]:
            out[0, late], out[1, ending] = i, i
            late += np.uint64(registered[np.uint32(i)] == UNREGISTERED)
            ending += np.uint64(registered[np.uint32(i)] == THIRTY_DAYS)
        found[0], found[1] = late, ending
    return out[0, : found[0]], out[1, : found[1]]


@kernel
def inspect(rows, ids, status, place, nation, host_of, p, protect, luck):
    """Those of `rows` who are found: p [host, nation], of claimants less by protect [host, nation]."""
    out, n = np.empty(rows.size, np.int32), 0
    for row in rows:  # without a branch, which would be guessed wrong often
        i = np.uint32(row)
        h, k = host_of[place[i]], nation[i]
        spared = protect[h, k] if status[i] == CLAIMANT else 0.0
        out[n] = row
        n += uniform(luck, ids[i]) < p[h, k] * (1 - spared)
    return out[:n]


def _inspect(state: State) -> None:
    """Those found are fined; part of those without papers are detained for removal, North Koreans to be handed over."""
    who = _found(state)
    if not who.size:
        return
    people, c, ledger, rules = state.people, state.people.cols, state.ledger, state.rules.tables
    who = rescued(state, who)
    held, paid = deal_with(
        who, c.id, c.status, c.place, c.nation, c.channel, c.weight, c.savings, c.registered, people.host_of,
        state.country("PRK"), np.floor(rules["fine_usd"] * 100).astype(np.int64), rules["p_removal"],
        state.luck(REMOVED), ledger.tally("found"), ledger.tally("fined"), ledger.tally("caught_smuggled"),
    )  # fmt: skip
    is_fined = paid != UNFINED
    who, paid = who[is_fined], paid[is_fined]
    ledger.pay(Account.WORKERS, Account.HOST_STATES, int((paid * c.weight[who]).sum()))
    people.tell(Notice.FINED, who, paid)
    harmed(state, held)
    people.change(held, Event.CAUGHT, None, state.t + 1)


@kernel
def deal_with(rows, ids, status, place, nation, channel, weight, savings, registered, host_of, north, fine, p_removal,
              luck, found, fined, smuggled):  # fmt: skip
    """Fine each of `rows`, all found, from savings as far as they go, and register those there lawfully (in place).

    Neither claimants nor North Koreans without papers are fined: they are held, as others without papers are at the
    chance p_removal [host, nation]. Out: who is held, and what each paid [cents], UNFINED if nothing was asked. fine
    [host, cents]; found, fined and smuggled (of those held, who came with a smuggler) [host, nation, persons].
    """
    held, n, paid = np.empty(rows.size, np.int32), 0, np.full(rows.size, UNFINED, np.int64)
    for j in range(rows.size):
        i = rows[j]
        h, k, s = host_of[place[i]], nation[i], status[i]
        found[h, k] += weight[i]
        if s != CLAIMANT and (k != north or HAS_PAPERS[s]):
            paid[j] = min(max(np.int64(savings[i]), 0), fine[h])
            savings[i] -= paid[j]
            fined[h, k] += weight[i]
        if HAS_PAPERS[s]:
            registered[i] = REGISTERED
        elif k == north or s == CLAIMANT or uniform(luck, ids[i]) < p_removal[h, k]:
            held[n] = i
            n += 1
            if s == HIDDEN and channel[i] == SMUGGLED:
                smuggled[h, k] += weight[i]
    return held[:n], paid


def _p_found(state: State) -> NDArray[np.float64]:
    """Chance to be found in the step [without papers or with, host, nation]; states that cooperate raise the first."""
    rate, dt = inspected(state), state.calendar.years_per_step
    out = np.empty((2, state.hosts, state.nations))
    out[:] = chances(rate, dt)[:, None]
    helped = np.nonzero(state.rules.tables["cooperates"])
    if helped[0].size:
        out[0][helped] = chances(rate[helped[0]] * known(state)[helped], dt)
    return out


def _decide_detained(state: State) -> None:
    """Removal after a month; a North Korean is handed over at the state's practice, less what a claim protects.

    P(return) = handover · (1 − protect · claimed): who is held may claim where the state hears claims.
    """
    people, c, rules = state.people, state.people.cols, state.rules.tables
    who = people.who(Status.DETAINED, ends=state.t)
    if not who.size:
        return
    host, nation = people.host_of[c.place[who]], c.nation[who]
    north = nation == state.country("PRK")
    bar(state, who[~north], host[~north])
    people.change(who[~north], Event.REMOVE, c.home[who[~north]])
    who, host = who[north], host[north]
    claims = (rules["claim_open"][host] > 0) & (state.draw(CLAIMS, who) < state.params["claims_when_held"])
    p_return = rules["handover"][host, nation[north]] * (1 - rules["protect"][host] * claims)
    over = state.draw(GIVEN_UP, who) < p_return
    _hand_over(state, who[over], host[over])
    state.memory["spared"] = who[~over], claims[~over]


def _hand_over(state: State, who: Rows, host: NDArray[np.int16]) -> None:
    """Return North Koreans; by a party to the convention (Art. 33), or to that against torture (Art. 3), a breach."""
    c = state.people.cols
    for treaty, breach in RETURN_FORBIDDEN:
        against = state.rules.tables[treaty][host] > 0
        state.ledger.count(breach, host[against], c.nation[who[against]], c.weight[who[against]])
    bar(state, who, host)
    state.people.change(who, Event.HAND_OVER, c.home[who])
