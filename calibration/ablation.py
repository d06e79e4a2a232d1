"""Ablation: each mechanism switched off in turn, and what of the documented patterns and the answers moves by that."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np

from calibration import judgement
from calibration.counted import counted_by
from calibration.figures import Figures, Headline, headlines
from calibration.fit import until_last_target
from calibration.mechanisms import Mechanism, chosen, load_mechanisms
from calibration.moves import TOGETHER, Numbers
from calibration.targets import Target, default_targets_path, load_targets
from sim.experiments.compare import REPLICATES, check_comparable
from sim.experiments.design import Design, distinct, make_design
from sim.experiments.engine import carry_out
from sim.experiments.experiment import RESULTS, InterruptedRunError, Outcome, as_scenario, slug
from sim.experiments.settings import SettingError, Settings
from sim.results.files import read_json, write_json
from sim.results.identity import digest, short
from sim.results.store import Store
from sim.scenario import Scenario
from sim.world.priors import Priors

FIGURES = "figures"
FEWEST = 2  # replicates that an interval needs


@dataclass(frozen=True)
class Plan:
    """What an ablation runs and asks.

    design : its runs; scenarios change fastest, then mechanisms, first of all the full model, then replicates.
    """

    scenarios: tuple[str, ...]
    mechanisms: tuple[Mechanism, ...]
    targets: tuple[Target, ...]
    headlines: tuple[Headline, ...]
    design: Design

    def keys(self, mechanism: int) -> list[list[str]]:
        """Return the keys of its runs without a mechanism, by scenario and replicate; 0 is the full model."""
        size = len(self.scenarios)
        labels = self.design.labels[mechanism * size : (mechanism + 1) * size]
        replicates = [{each.scenario: each.key for each in tasks} for tasks in self.design.replicates().values()]
        return [[keys[label] for keys in replicates] for label in labels]


def ablate(
    scenarios: Iterable[Scenario | str | PathLike[str]],
    *,
    only: Sequence[str] = (),
    mechanisms: Path | None = None,
    targets: Path | None = None,
    point: bool = False,
    replicates: int = REPLICATES,
    **options: Any,
) -> Outcome:
    """Switch each mechanism off, keep what is found in a directory, and say what it moves.

    One scenario runs up to the last target and is held against the documented patterns. Of several, the others are
    also compared with the first, over their whole length.

    Parameters
    ----------
    only : names of mechanisms, all if there are none. mechanisms, targets : other files than the package's.
    point : the parameters have their point values; otherwise they are drawn anew for each replicate, alike in all runs
        of that replicate.
    options : the other fields of `Settings`.

    Raises
    ------
    ScenarioError, SettingError, MechanismsError, TargetsError, StoreError : bad input; nothing has been computed then.
    InterruptedRunError : on Ctrl-C, once every finished run is kept.
    """
    settings = Settings(replicates=replicates, draw=not point, **options)
    if settings.replicates < FEWEST:
        raise SettingError(f"--replicates: {settings.replicates} is too few for an interval; give {FEWEST} or more")
    known = chosen(load_mechanisms(Priors.load(settings.priors), mechanisms), only)
    plan = _plan([as_scenario(each, settings.priors) for each in scenarios], known, targets, settings)
    out = RESULTS / f"ablate-{slug(plan.scenarios[0])}-{short(plan.design.key)}"
    store = Store.claim(Path(settings.out or out), plan.design.manifest, (FIGURES,))
    found = store.summary()
    if found is not None:
        return Outcome(store.out, found, runs=0)
    runs = _perform(plan, store.out / FIGURES, settings)
    return Outcome(store.out, store.finish(_summary(plan, store.out / FIGURES, settings)), runs)


def _plan(
    scenarios: Sequence[Scenario], mechanisms: tuple[Mechanism, ...], targets: Path | None, settings: Settings
) -> Plan:
    known = load_targets(targets, scenarios[0].world)
    if len(scenarios) == 1:
        scenarios = [until_last_target(scenarios[0], known)]
    for each in scenarios[1:]:
        check_comparable(scenarios[0], each)
    variants = [*scenarios, *(mechanism.without(each) for mechanism in mechanisms for each in scenarios)]
    names = distinct(scenarios)
    asked = tuple(headlines(scenarios, names))
    design = make_design("ablate", variants, settings)
    asked_of = {"mechanisms": digest([asdict(each) for each in mechanisms])}
    hashes = counted_by(targets or default_targets_path()) | asked_of
    key = digest([design.key, hashes])
    design = replace(design, key=key, manifest=design.manifest | hashes | {"design": key})
    return Plan(names, mechanisms, known, asked, design)


def _perform(plan: Plan, folder: Path, settings: Settings) -> int:
    """Carry out the runs whose figures are not there yet, and return how many those were."""
    done = {path.stem for path in folder.glob("*.json")}
    missing = list({task.key: task for task in plan.design.tasks if task.key not in done}.values())

    def keep(task: Any, table: Any) -> None:
        write_json(folder / f"{task.key}.json", asdict(Figures.of(task, table, plan.targets, plan.headlines)))

    try:
        carry_out(missing, settings.workers, keep, _share(settings, len(missing)))
    except KeyboardInterrupt:
        kept, of = len(list(folder.glob("*.json"))), len({task.key for task in plan.design.tasks})
        raise InterruptedRunError(
            f"stopped: {kept} of {of} runs are finished and kept in {folder.parent}; "
            "the same command goes on from there"
        ) from None
    return len(missing)


def _share(settings: Settings, total: int) -> Callable[[float], None] | None:
    report = settings.progress
    return (lambda over: report(over, total)) if report else None


def _summary(plan: Plan, folder: Path, settings: Settings) -> dict[str, Any]:
    """What moves without each mechanism; only targets that some run counts are judged."""
    found = [_figures(plan, folder, at) for at in range(len(plan.mechanisms) + 1)]
    runs = [each.counts for one in found for each in one[0]]
    judged = [target for target in plan.targets if judgement.is_counted(target, runs)]
    rows = [_row(each, found[0], off, judged, plan) for each, off in zip(plan.mechanisms, found[1:], strict=True)]
    first = plan.design.tasks[0].rules
    return {
        "scenarios": plan.scenarios,
        "from": first.start,
        "to": first.end,
        "replicates": settings.replicates,
        "seed": settings.seed,
        "scale": settings.scale,
        "point": not settings.draw,
        "together": TOGETHER,
        "patterns": len({target.pattern for target in judged}),
        "counts": len(judged),
        "headlines": len(plan.headlines),
        "mechanisms": rows,
    }


def _row(
    mechanism: Mechanism, on: list[list[Figures]], off: list[list[Figures]], judged: Sequence[Target], plan: Plan
) -> dict[str, Any]:
    on_counts, off_counts = ([each.counts for each in found[0]] for found in (on, off))
    patterns = judgement.patterns(on_counts, off_counts, judged)
    shown = judgement.headlines(_differences(on, plan), _differences(off, plan), plan.headlines)
    return asdict(mechanism) | {
        "patterns": [asdict(each) for each in patterns],
        "headlines": [asdict(each) for each in shown],
        "verdict": judgement.verdict(patterns, shown, on != off),
    }


def _figures(plan: Plan, folder: Path, mechanism: int) -> list[list[Figures]]:
    """The figures of each scenario and replicate without a mechanism."""
    return [[Figures(**read_json(folder / f"{key}.json")) for key in keys] for keys in plan.keys(mechanism)]


def _differences(found: list[list[Figures]], plan: Plan) -> Numbers:
    """Each headline's scenario minus the first [replicate, headline]."""
    levels = np.array([[each.levels for each in one] for one in found])
    which = [plan.scenarios.index(each.scenario) for each in plan.headlines]
    return levels[which, :, range(len(which))].T - levels[0] if which else np.zeros((levels.shape[1], 0))
