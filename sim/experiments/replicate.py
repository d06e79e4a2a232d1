"""Replicate: one run of one scenario, from a task to its rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from sim.experiments.profile import Profile

Scale = float | str


@dataclass(frozen=True)
class Task:
    """All that one run depends on, and the key that stands for it in the store."""

    key: str
    scenario: str
    replicate: int
    twin: bool
    rules: Any
    world_seed: int
    run_seed: int
    params: dict[str, float]
    scale: Scale


def build_model(task: Task) -> Any:
    """Return the model of a task, in its first month."""
    from sim.model import MigrationModel  # numba and Mesa load only where a run takes place

    return MigrationModel(
        task.rules, world_seed=task.world_seed, run_seed=task.run_seed, params=task.params, scale=task.scale
    )


def simulate(task: Task, month_done: Callable[[float], None] | None = None, profile: Profile | None = None) -> pa.Table:
    """Carry out one run and return its rows; `month_done` is told the part of the run that is over [0..1]."""
    model = profile.build(lambda: build_model(task)) if profile else build_model(task)
    for month in range(model.months):
        model.step()
        if month_done:
            month_done((month + 1) / model.months)
    return model.series.table()
