"""Offers: what an employer adds to its sector's wage when posts stay empty, and what it holds back in a downturn.

Both answer to a change and not to a level: an employer compares this month with what it is used to.
"""

import numpy as np
from numpy.typing import NDArray

from sim.core.state import State


def step(state: State) -> None:
    """Set premium and share held back from the posts and the demand of the last month."""
    if "missing" not in state.memory:  # the first month: nothing was seen yet
        return
    _premium(state)
    _hold_back(state)


def _premium(state: State) -> None:
    """premium = scarcity_wage · max(0, missing − usual): usual is the memory of missing [share of posts].

    Missing are posts that were empty last month and posts that a raised wage has filled locally (`responses`).
    """
    e = state.employers
    missing = np.minimum(state.memory["missing"] / np.maximum(e.posts, 1), 1.0)
    usual = _usual(state, "usual missing", missing)
    e.premium = state.params["scarcity_wage"] * np.maximum(missing - usual, 0.0)


def _hold_back(state: State) -> None:
    """held = withhold_share · max(0, 1 − demand / usual): usual is the memory of demand (S106, S178)."""
    demand: NDArray[np.float64] = state.memory["demand"]
    usual = _usual(state, "usual demand", demand)
    fall = np.maximum(1 - demand / np.maximum(usual, 1e-9), 0.0)
    state.employers.held = np.minimum(state.params["withhold_share"] * fall, 1.0)


def _usual(state: State, name: str, now: NDArray[np.float64]) -> NDArray[np.float64]:
    """What employers are used to: it follows `now` at the rate at which they forget, and begins with it."""
    if name not in state.memory:
        state.memory[name] = now.copy()
    usual: NDArray[np.float64] = state.memory[name]
    usual += state.chance_of(state.params["employer_memory_rate"]) * (now - usual)
    return usual
