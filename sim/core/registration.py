"""Registration: whether an employer registers a newcomer within the thirty days (S028).

It does where that costs it less than the fine that it must expect, so that the fine, inspectors and the length of the
stay decide (Becker 1968). Known gap: the fine falls on the foreigner; the employer is taken to pay it or to lose a
worker's goodwill for as much.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.attitude import inspected
from sim.core.chance import uniform
from sim.core.kernel import kernel
from sim.core.roll import Rows


def registered(state: Any, decision: np.uint64, who: Rows) -> NDArray[np.bool_]:
    """Whether each of `who`, who live abroad and whose stay has an end, is registered at once.

    p = 1 − exp(−fine · P(found) / register_usd), P(found) = 1 − exp(−inspection · severity · years of the stay): the
    cost of registering, in USD, differs from case to case and is exponential.
    """
    people, c = state.people, state.people.cols
    found: NDArray[np.bool_] = is_registered(
        who, c.id, c.place, c.end, people.host_of, state.t, state.calendar.years_per_step,
        state.rules.tables["fine_usd"], inspected(state), state.params["register_usd"], state.luck(decision),
    )  # fmt: skip
    return found


@kernel
def is_registered(rows, ids, place, end, host_of, now, years, fine, rate, cost, luck):
    """Whether each of `rows` is: years of a step, fine [host, USD], rate [host, a year] of inspections, cost [USD]."""
    out = np.empty(rows.size, np.bool_)
    for n in range(rows.size):
        i = np.uint32(rows[n])
        h = host_of[place[i]]
        found = 1.0 - math.exp(-(rate[h] * ((end[i] - now) * years)))
        out[n] = uniform(luck, ids[i]) < 1.0 - math.exp(-(fine[h] * found / cost))
    return out
