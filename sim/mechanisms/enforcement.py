"""Enforcement: inspections find people without papers or registration; fines, detention, removal, hand-over.

Fines fall on overstayers and on those unregistered past thirty days (S028-S029). P(return) of a claimant is lower by
what the claim protects (SPEC §2e).
"""

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import chances, stream, uniform
from sim.core.kernel import kernel
from sim.core.ledger import Account
from sim.core.people import AT_WORK, Rows
from sim.core.state import State
from sim.core.words import Event, Status

FOUND, REMOVED, GIVEN_UP = (stream(f"enforcement {x}") for x in ("found", "removed", "given up"))


def step(state: State) -> None:
    """Decide on those detained before, then inspect."""
    _decide_detained(state)
    _inspect(state)


def _inspect(state: State) -> None:
    """Those found are fined; part of those without papers are detained for removal, North Koreans to be handed over."""
    people, c, rules = state.people, state.people.cols, state.rules.tables
    who = people.who(Status.OVERSTAYER, Status.IRREGULAR, Status.WORKER, Status.ASYLUM_SEEKER)
    p = np.repeat(chances(rules["inspection"], state.calendar.years_per_step)[None], len(Status), 0)
    p[Status.ASYLUM_SEEKER] *= 1 - rules["protect"]
    who = inspected(who, c, people.host_of, p, state.t, state.luck(FOUND))
    host, nation = people.host_of[c.place[who]], c.nation[who]
    claimant = c.status[who] == Status.ASYLUM_SEEKER
    north = nation == state.country("PRK")
    _fine(state, who[(~north | (c.status[who] == Status.WORKER)) & ~claimant])
    held = np.where(north | claimant, True, state.draw(REMOVED, who) < rules["p_removal"][host, nation])
    held &= c.status[who] != Status.WORKER
    people.change(who[held], Event.CAUGHT, None, state.t + 1)
    c.registered[who[c.status[who] == Status.WORKER]] = 1


@kernel
def inspected(rows, cols, host_of, p, now, luck):
    """Those of `rows` whom an inspection finds, p [status, host]; workers only if unregistered since before `now`."""
    out, n = np.empty(rows.size, np.int32), 0
    for i in rows:
        if cols.status[i] == AT_WORK and (cols.registered[i] != 0 or cols.since[i] >= now):
            continue
        if uniform(luck, cols.id[i]) < p[cols.status[i], host_of[cols.place[i]]]:
            out[n] = i
            n += 1
    return out[:n]


def _fine(state: State, who: Rows) -> None:
    """A fine, from savings as far as they go; the rest is not collected."""
    people, c = state.people, state.people.cols
    host = people.host_of[c.place[who]]
    due = np.floor(state.rules.tables["fine_usd"][host] * 100).astype(np.int64)
    paid = np.minimum(np.maximum(c.savings[who], 0), due)
    c.savings[who] -= paid.astype(np.int32)
    state.ledger.pay(Account.WORKERS, Account.HOST_STATES, int((paid * c.weight[who]).sum()))
    np.add.at(state.ledger.tally("fined"), (host, c.nation[who]), c.weight[who])


def _decide_detained(state: State) -> None:
    """Removal after a month; a North Korean is handed over at the state's practice, or let go."""
    people, c, rules = state.people, state.people.cols, state.rules.tables
    who = people.who(Status.DETAINED, ends=state.t)
    host, nation = people.host_of[c.place[who]], c.nation[who]
    north = nation == state.country("PRK")
    people.change(who[~north], Event.REMOVE, c.home[who[~north]])
    who, host = who[north], host[north]
    over = state.draw(GIVEN_UP, who) < rules["handover"][host, nation[north]]
    _hand_over(state, who[over], host[over])
    state.memory["spared"] = who[~over]


def _hand_over(state: State, who: Rows, host: NDArray[np.int16]) -> None:
    """Return North Koreans; where the state is party to the convention this is against Art. 33, and counted so."""
    c = state.people.cols
    against = state.rules.tables["party"][host] > 0
    tally = state.ledger.tally("returned_against_art33")
    np.add.at(tally, (host[against], c.nation[who[against]]), c.weight[who[against]])
    state.people.change(who, Event.HAND_OVER, c.home[who])
