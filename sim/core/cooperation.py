"""Cooperation: what two states that exchange information see and find of each other's irregular migrants (S118).

Only nationals of a state that takes part are found more often: it is their own state that tells who left and how.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def seen(state: Any, here: NDArray[np.int16], host: NDArray[np.int16]) -> NDArray[np.float64]:
    """Chance that a smuggled crossing between two states is seen."""
    return told(state, state.rules.tables["seen"][here, host], here, host)


def told(state: Any, p: Any, one: NDArray[Any], other: NDArray[Any]) -> NDArray[np.float64]:
    """A chance to be seen, raised where the two states inform each other: 1 − (1 − p)(1 − gain · cooperates)."""
    gain = state.params["cooperation_gain"] * state.rules.tables["cooperates"][one, other]
    return np.asarray(1 - (1 - p) * (1 - gain))


def known(state: Any) -> NDArray[np.float64]:
    """How many times as often people without papers are found: 1 + gain · cooperates [host, own state]."""
    return np.asarray(1 + state.params["cooperation_gain"] * state.rules.tables["cooperates"])
