"""Attitude: how the public of each host feels about foreigners, and how strictly they are treated for it.

The mechanism `attitudes` moves the index; inspectors and employers heed it.
"""

import math
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray


def attitude(state: Any) -> NDArray[np.float64]:
    """Public attitude [host], between −1 (hostile) and 1 (welcoming); 0 is that of the run's first year."""
    if "attitude" not in state.memory:
        state.memory["attitude"] = np.zeros(state.hosts)
    index: NDArray[np.float64] = state.memory["attitude"]
    return index


def severity(state: Any) -> NDArray[np.float64]:
    """exp(−k · attitude) [host]: how much more foreigners are inspected and ill-treated than in the first year."""
    return _severity(attitude(state).tobytes(), state.params["attitude_practice"])


@lru_cache(maxsize=8)
def _severity(index: bytes, k: float) -> NDArray[np.float64]:
    """Made once for each attitude, for many ask in a month."""
    out = np.array([math.exp(-k * x) for x in np.frombuffer(index)])
    out.flags.writeable = False
    return out


def inspected(state: Any) -> NDArray[np.float64]:
    """Yearly rate [host] at which inspectors find a person: the rule book's × severity."""
    rate: NDArray[np.float64] = state.rules.tables["inspection"]
    return rate * severity(state)
