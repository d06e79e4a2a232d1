"""Arrears: pay that employers owe, and what comes of it for those whom a state has sent.

Pay is held back in `work`; who leaves loses it. Long arrears may end in a protest, after which the state fetches the
crew home (S099, S177). Soldiers obey (S175) and are left out. An employer stands for all firms of a region's sector
(decision 0012), so that a protest takes a crew and not the whole staff.
"""

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import chances, stream, uniforms
from sim.core.roll import Rows
from sim.core.state import State
from sim.core.words import Event

PROTEST, CREW = (stream(f"arrears {x}") for x in ("protest", "crew"))


def step(state: State) -> None:
    """Protests break out, one draw for each employer; whom the state fetches home is each worker's own draw."""
    c, who = state.people.cols, state.memory["unpaid"]
    if not who.size:
        return
    breaks_out = uniforms(state.luck(PROTEST), state.employers.ids) < chances(
        state.params["protest_rate"] * _crew_months(state, who), state.calendar.years_per_step
    )
    who = who[breaks_out[c.employer[who]]]
    if not who.size:
        return
    persons = np.bincount(c.employer[who], weights=c.weight[who])
    gone = who[state.draw(CREW, who) < state.params["protest_crew"] / persons[c.employer[who]]]
    state.people.change(gone, Event.REPATRIATE, c.home[gone])


def _crew_months(state: State, who: Rows) -> NDArray[np.float64]:
    """Crews of each employer times the months of pay that they are owed on average: Σ owed / (wage · crew)."""
    c, e = state.people.cols, state.employers
    cents = c.owed[who].astype(float) * c.weight[who]  # whole numbers: their sums are exact in any order
    total = np.bincount(c.employer[who], weights=cents, minlength=len(e))
    out: NDArray[np.float64] = total / (np.maximum(e.wage, 1) * state.params["protest_crew"])
    return out
