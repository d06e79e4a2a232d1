"""Design: which runs an experiment consists of, settled before the first of them starts."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.experiments.replicate import Task
from sim.experiments.seeds import seeds
from sim.experiments.settings import Settings
from sim.results.identity import data_hashes, digest, model_version, versions
from sim.scenario import Scenario, resolved
from sim.world.priors import Priors


@dataclass(frozen=True)
class Design:
    """The runs of an experiment in the order in which they are wanted, and what they were made from."""

    labels: tuple[str, ...]
    tasks: tuple[Task, ...]
    key: str
    manifest: dict[str, Any]

    def replicates(self, twin: bool = False) -> dict[int, list[Task]]:
        """Return the runs of each replicate, in the order of the scenarios."""
        found: dict[int, list[Task]] = {}
        for task in self.tasks:
            if task.twin == twin:
                found.setdefault(task.replicate, []).append(task)
        return found


def make_design(kind: str, scenarios: Sequence[Scenario], settings: Settings) -> Design:
    """Return the design of an experiment: all replicates in turn, then their twins."""
    labels = distinct(scenarios)
    named = dict(zip(labels, scenarios, strict=True))
    origin = {"data": data_hashes(settings.priors), "model": model_version()}
    priors = Priors.load(settings.priors)
    tasks = tuple(
        _task(label, scenario, replicate, twin, _drawn(scenario, replicate, twin, priors, settings), origin)
        for replicate, twin in _runs(settings)
        for label, scenario in named.items()
    )
    key = digest([kind, [(task.scenario, task.replicate, task.twin, task.key) for task in tasks]])
    manifest = _manifest(kind, key, settings) | {"scenarios": {k: resolved(v) for k, v in named.items()}} | origin
    return Design(labels, tasks, key, manifest | {"runs": [_run(task) for task in tasks]})


def distinct(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """Return the names of scenarios, told apart where they are the same: by a number, and by the file if another's."""
    names = [scenario.name for scenario in scenarios]
    firsts = [names.index(name) for name in names]
    return tuple(
        name if first == at else f"{name} ({names[:at].count(name) + 1}{_other_file(scenarios[at], scenarios[first])})"
        for at, (name, first) in enumerate(zip(names, firsts, strict=True))
    )


def _other_file(scenario: Scenario, first: Scenario) -> str:
    return f", {Path(scenario.file).name}" if scenario.file and scenario.file != first.file else ""


def _runs(settings: Settings) -> list[tuple[int, bool]]:
    """Return the replicates and whether each is a twin."""
    first = [(replicate, False) for replicate in range(1, settings.replicates + 1)]
    return first + [(replicate, True) for replicate, _ in first[: settings.twins]]


def _drawn(scenario: Scenario, replicate: int, twin: bool, priors: Priors, settings: Settings) -> dict[str, Any]:
    """Return what a run gets by chance or by setting; the scenario's name never enters."""
    of = seeds(settings.seed, replicate, twin)
    priors = priors.for_world(scenario.world)
    params = priors.draw(of.draw) if settings.draw else priors.point()
    params |= {name: float(each.value) for name, each in scenario.parameters.items()}
    return {"world_seed": of.world, "run_seed": of.run, "params": params, "scale": settings.scale}


def _task(
    label: str, scenario: Scenario, replicate: int, twin: bool, drawn: dict[str, Any], origin: dict[str, Any]
) -> Task:
    key = digest({"scenario": resolved(scenario), **drawn, **origin})
    return Task(key=key, scenario=label, replicate=replicate, twin=twin, rules=scenario, **drawn)


def _manifest(kind: str, key: str, settings: Settings) -> dict[str, Any]:
    return {
        "kind": kind,
        "design": key,
        "complete": False,
        "command": settings.command,
        "replicates": settings.replicates,
        "twins": min(settings.twins, settings.replicates),
        "seed": settings.seed,
        "scale": settings.scale,
        "parameters_drawn": settings.draw,
        "versions": versions(),
    }


def _run(task: Task) -> dict[str, Any]:
    names = ("key", "scenario", "replicate", "twin", "world_seed", "run_seed", "params")
    return {name: getattr(task, name) for name in names}
