"""Cooperation: what two states that exchange information see and find of each other's irregular migrants (S118).

Only nationals of a state that takes part are found more often: it is their own state that tells who left and how.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel


@kernel
def told(p, gain, cooperates):
    """A chance to be seen, raised where two states inform each other: 1 − (1 − p)(1 − gain · cooperates)."""
    return 1 - (1 - p) * (1 - gain * cooperates)


def known(state: Any) -> NDArray[np.float64]:
    """How many times as often people without papers are found: 1 + gain · cooperates [host, own state]."""
    return np.asarray(1 + state.params["cooperation_gain"] * state.rules.tables["cooperates"])
