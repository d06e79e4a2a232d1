"""Experiment: a design carried out into a store, from the beginning or from where it was stopped."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.experiments.design import Design
from sim.experiments.engine import carry_out
from sim.experiments.profile import FILE
from sim.experiments.replicate import Task
from sim.experiments.settings import Settings
from sim.results.files import write_json
from sim.results.identity import short
from sim.results.store import SERIES, TWINS, Store, open_differences, open_series
from sim.scenario import Scenario, load_scenario
from sim.world.priors import Priors

if TYPE_CHECKING:
    import pandas as pd

RESULTS = Path("results")
NAMED = 2  # scenarios beside the reference that the name of a directory holds


class InterruptedRunError(Exception):
    """The user stopped an experiment; what was finished is kept."""


@dataclass(frozen=True)
class Outcome:
    """The directory of results, its summary, and how many runs were carried out now; the others were there."""

    out: Path
    summary: dict[str, Any]
    runs: int

    def series(self) -> "pd.DataFrame":
        """Return the series of all replicates."""
        return open_series(self.out)

    def differences(self) -> "pd.DataFrame":
        """Return the paired differences; StoreError if this was no comparison."""
        return open_differences(self.out)


def as_scenario(given: Scenario | str | PathLike[str], priors: Path) -> Scenario:
    """Return a scenario, read from its file if need be."""
    return given if isinstance(given, Scenario) else load_scenario(Path(given), priors=Priors.load(priors))


def accomplish(design: Design, settings: Settings, summarise: Callable[[Store], dict[str, Any]]) -> Outcome:
    """Carry out a design as far as its directory does not hold it yet, and say what was found."""
    store = open_store(design, settings)
    known = None if pending(design, store) else store.summary()
    if known is not None:
        return Outcome(store.out, known, runs=0)
    runs = perform(design, store, settings)
    return Outcome(store.out, store.finish(summarise(store)), runs)


def open_store(design: Design, settings: Settings) -> Store:
    """Claim the directory of an experiment: the one asked for, or one named after the scenarios and the design."""
    return Store.claim(Path(settings.out) if settings.out else RESULTS / _name(design), design.manifest)


def _name(design: Design) -> str:
    """Return a name for the directory: many scenarios are counted, for the name of a file has its bounds."""
    reference, *others = map(slug, design.labels)
    scenarios = ["-and-".join(others) if len(others) <= NAMED else f"{len(others)}-scenarios"] if others else []
    return f"{'-vs-'.join([*scenarios, reference])}-{short(design.key)}"


def perform(design: Design, store: Store, settings: Settings) -> int:
    """Carry out the runs that are not in the store yet, and return how many those were.

    Raises
    ------
    InterruptedRunError : on Ctrl-C, once every finished run is in the store.
    """
    missing = pending(design, store)
    try:
        carry_out(
            missing, settings.workers, lambda task, rows: _keep(store, task, rows), _share(settings, len(missing)),
            settings.profile,
        )  # fmt: skip
    except KeyboardInterrupt:
        raise InterruptedRunError(_stopped(design, store, settings.replicates)) from None
    if settings.profile and missing:
        write_json(store.out / FILE, settings.profile.content())
    return len(missing)


def pending(design: Design, store: Store) -> list[Task]:
    """Return the runs that are not in the store, each once: the same rules under two names are one run."""
    done = {folder: store.finished(folder) for folder in (SERIES, TWINS)}
    missing = {task.key: task for task in reversed(design.tasks) if task.key not in done[folder_of(task)]}
    return [task for task in design.tasks if missing.get(task.key) is task]


def folder_of(task: Task) -> str:
    """Return where in the store a run belongs."""
    return TWINS if task.twin else SERIES


def slug(name: str) -> str:
    """Return a name that can stand in the name of a directory."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "scenario"


def _keep(store: Store, task: Task, rows: object) -> None:
    store.write(rows, task.key, task.scenario, task.replicate, folder_of(task))


def _share(settings: Settings, total: int) -> Callable[[float], None] | None:
    report = settings.progress
    return (lambda over: report(over, total)) if report else None


def _stopped(design: Design, store: Store, replicates: int) -> str:
    done = store.finished()
    whole = sum(all(task.key in done for task in tasks) for tasks in design.replicates().values())
    return (
        f"stopped: {whole} of {replicates} replicates are finished and kept in {store.out}; "
        "the same command goes on from there"
    )
