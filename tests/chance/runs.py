"""Short coarse runs that tests compare person by person."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import numpy as np

import sim.core.state
from sim.core.calendar import Calendar
from sim.core.people import COLUMNS, GIVEN
from sim.core.population import columns
from sim.core.state import State
from sim.model import MigrationModel
from sim.world import load_world
from sim.world.priors import Priors, default_priors_path
from tests.invariants.policies import START, scenario

WORLD = load_world("northeast_asia")
PARAMS = Priors.load(default_priors_path()).point()
Columns = dict[str, Any]


def built(scale: float | str = 100, world: Any = WORLD, world_seed: int = 1, params: Any = PARAMS) -> State:
    """The state of a run at its start."""
    return State(world, Calendar(START, 12), dict(params), world_seed, 1, scale)


def model(
    policies: Any = None, months: int = 10, scale: float = 100, seed: int = 1, params: Any = PARAMS
) -> MigrationModel:
    """A model with these policies."""
    return MigrationModel(scenario(policies or {}, months), world_seed=1, run_seed=seed, params=params, scale=scale)


@contextmanager
def one_more(like: int, at: int, new_id: int) -> Iterator[None]:
    """Inside, populations have one more head: a copy of row `like` put in row `at` under its own id."""

    def grown(*args: Any) -> Columns:
        parts = columns(*args)
        more = {name: np.insert(parts[name], at, parts[name][like]) for name in GIVEN}
        more["id"][at] = new_id
        return more

    with patch.object(sim.core.state, "columns", grown):
        yield


def histories(run: MigrationModel, without: int | None = None,
              each_step: Callable[[State], None] = lambda state: None) -> list[dict[str, np.ndarray]]:  # fmt: skip
    """Everybody's columns after each step, in the order of their ids."""
    out = []
    while run.state.t < run.months:
        each_step(run.state)
        run.step()
        c = run.state.people.cols
        order = np.argsort(c.id)
        order = order[c.id[order] != without] if without is not None else order
        out.append({name: getattr(c, name)[order].copy() for name in COLUMNS})
    return out


def first_difference(one: list[dict[str, np.ndarray]], other: list[dict[str, np.ndarray]]) -> str:
    """Where two sets of histories differ first, or nothing."""
    for t, (a, b) in enumerate(zip(one, other, strict=True)):
        for name in COLUMNS:
            if not np.array_equal(a[name], b[name]):
                return f"step {t}: {name} of {np.flatnonzero(a[name] != b[name]).size} people"
    return ""
