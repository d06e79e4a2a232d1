"""Enforcement: inspections find people without papers or registration; fines, detention, removal, hand-over.

Fines fall on overstayers and on those unregistered past thirty days (S028-S029). P(return) of a claimant is lower by
what the claim protects (SPEC §2e).
"""

import numpy as np
from numpy.typing import NDArray

from sim.core.attitude import inspected
from sim.core.chance import chances, stream
from sim.core.harm import harmed
from sim.core.ledger import Account
from sim.core.people import Rows
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
    liable = (c.status[who] != Status.WORKER) | ((c.registered[who] == 0) & (c.since[who] < state.t))
    who = who[liable]
    host, nation = people.host_of[c.place[who]], c.nation[who]
    claimant = c.status[who] == Status.ASYLUM_SEEKER
    p = chances(inspected(state)[host], state.calendar.years_per_step)
    p = np.where(claimant, p * (1 - rules["protect"][host]), p)
    found = state.draw(FOUND, who) < p
    who, host, nation, claimant = who[found], host[found], nation[found], claimant[found]
    np.add.at(state.ledger.tally("found"), (host, nation), c.weight[who])
    north = nation == state.country("PRK")
    _fine(state, who[(~north | (c.status[who] == Status.WORKER)) & ~claimant])
    held = np.where(north | claimant, True, state.draw(REMOVED, who) < rules["p_removal"][host, nation])
    held &= c.status[who] != Status.WORKER
    harmed(state, who[held])
    people.change(who[held], Event.CAUGHT, None, state.t + 1)
    c.registered[who[c.status[who] == Status.WORKER]] = 1


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
