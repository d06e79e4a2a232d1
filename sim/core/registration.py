"""Registration: whether an employer registers a newcomer within the thirty days (S028).

It does where that costs it less than the fine that it must expect, so that the fine, inspectors and the length of the
stay decide (Becker 1968). Known gap: the fine falls on the foreigner; the employer is taken to pay it or to lose a
worker's goodwill for as much.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.attitude import inspected
from sim.core.chance import chances
from sim.core.roll import Rows


def registered(state: Any, decision: np.uint64, who: Rows) -> NDArray[np.bool_]:
    """Whether each of `who`, who live abroad and whose stay has an end, is registered at once.

    p = 1 − exp(−fine · P(found) / register_usd), P(found) = 1 − exp(−inspection · severity · years of the stay): the
    cost of registering, in USD, differs from case to case and is exponential.
    """
    people, c = state.people, state.people.cols
    host = people.host_of[c.place[who]]
    years = (c.end[who] - state.t) * state.calendar.years_per_step
    expected = state.rules.tables["fine_usd"][host] * chances(inspected(state)[host] * years, 1.0)
    p: NDArray[np.float64] = chances(expected / state.params["register_usd"], 1.0)
    return np.asarray(state.draw(decision, who) < p)
