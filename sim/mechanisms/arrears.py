"""Arrears: pay that employers owe, and what comes of it for those whom a state has sent.

Pay is held back in `work`; who leaves loses it. Long arrears may end in a protest, after which the state fetches the
crew home (S099, S177). Soldiers obey (S175) and are left out. An employer stands for all firms of a region's sector
(decision 0012), so that a protest takes a crew and not the whole staff.
"""

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import chances, stream, uniforms
from sim.core.people import Rows
from sim.core.state import State
from sim.core.words import Event, Status

PROTEST, CREW = (stream(f"arrears {x}") for x in ("protest", "crew"))


def step(state: State) -> None:
    """Protests break out, one draw for each employer; whom the state fetches home, is each worker's own draw."""
    c = state.people.cols
    who = _unpaid(state)
    if not who.size:
        return
    site = c.employer[who]
    with np.errstate(over="ignore"):
        breaks_out = uniforms(state.luck(PROTEST), state.employers.ids) < chances(
            state.params["protest_rate"] * _crew_months(state, who), state.calendar.years_per_step
        )
    persons = np.bincount(site, weights=c.weight[who], minlength=len(state.employers))
    share = state.params["protest_crew"] / np.maximum(persons, 1)
    gone = who[breaks_out[site] & (state.draw(CREW, who) < share[site])]
    state.people.change(gone, Event.REPATRIATE, c.home[gone])


def _unpaid(state: State) -> Rows:
    """Civilians of the programmes to whom an employer owes pay."""
    c, members = state.people.cols, state.members
    is_soldier = np.array([g.is_soldier for g in state.world.groups])
    owed = members[(c.owed[members] > 0) & (c.status[members] == Status.WORKER)]
    return owed[~is_soldier[c.group[owed]]]


def _crew_months(state: State, who: Rows) -> NDArray[np.float64]:
    """Crews of each employer times the months of pay that they are owed on average: Σ owed / (wage · crew)."""
    c, e = state.people.cols, state.employers
    cents = np.zeros(len(e), np.int64)
    np.add.at(cents, c.employer[who], c.owed[who].astype(np.int64) * c.weight[who])
    out: NDArray[np.float64] = cents / (np.maximum(e.wage, 1) * state.params["protest_crew"])
    return out
