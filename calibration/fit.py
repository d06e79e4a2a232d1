"""Fit: every documented pattern beside what the model's own offices count, and a naive forecast."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from calibration.naive import naive
from calibration.offices import OFFICES
from calibration.runs import Run
from calibration.spans import Span
from calibration.targets import Target, load_dropped, load_targets
from sim.experiments.design import make_design
from sim.experiments.engine import carry_out
from sim.experiments.experiment import as_scenario
from sim.experiments.numbers import written
from sim.experiments.replicate import Scale, Task
from sim.experiments.settings import Settings
from sim.experiments.spread import HIGH, LOW
from sim.scenario import Scenario

BASELINE = Path("scenarios") / "baseline.yaml"

Counts = dict[str, float | None]


@dataclass(frozen=True)
class Pattern:
    """One target beside the model.

    documented : the middle of `documented_low` and `documented_high`, which are equal for a plain number.
    modelled : mean over the replicates; None where there is no office for it yet or the run does not reach it.
    low, high : 5th and 95th percentile of the replicates; None for one replicate.
    naive : the last value documented before; None if there is none.
    factor : modelled over documented.
    """

    id: str
    pattern: str
    role: str
    text: str
    when: str
    of: tuple[str, ...]
    unit: str
    documented: float
    documented_low: float
    documented_high: float
    modelled: float | None
    low: float | None
    high: float | None
    naive: float | None
    factor: float | None


def fit(
    replicates: int = 1,
    seed: int = 1,
    scale: Scale = 1,
    point: bool = True,
    scenario: Scenario | str | Path | None = None,
    workers: int = 1,
    progress: Callable[[float, int], None] | None = None,
) -> list[Pattern]:
    """Run the baseline up to the last target of its world and return every target beside it; nothing is written.

    Parameters
    ----------
    replicates, seed, scale, workers, progress : as in `sim.experiments.Settings`.
    point : the parameters have their point values; otherwise they are drawn anew for each replicate.
    scenario : another scenario than the baseline, as a file or as what `load_scenario` returns.

    Raises
    ------
    ScenarioError, SettingError, TargetsError : bad input; nothing has been computed then.
    """
    settings = Settings(
        replicates=replicates, seed=seed, scale=scale, draw=not point, workers=workers, progress=progress
    )
    rules = as_scenario(scenario or baseline_path(), settings.priors)
    targets, dropped = load_targets(world=rules.world), load_dropped()
    rules = until_last_target(rules, targets)
    return beside(_simulated(rules, targets, settings), targets, dropped)


def baseline_path() -> Path:
    """Path of the baseline: that of the working directory, or else that which stands beside this package."""
    beside = Path(__file__).resolve().parent.parent / BASELINE
    return beside if beside.exists() and not BASELINE.exists() else BASELINE


def beside(found: Sequence[Counts], targets: Sequence[Target], dropped: Sequence[Target]) -> list[Pattern]:
    """Return every target beside what the offices of each replicate counted.

    dropped : what is documented beside the targets, as far as a naive forecast may start from it.
    """
    return [_pattern(target, [counts[target.id] for counts in found], (*targets, *dropped)) for target in targets]


def office_counts(targets: Sequence[Target], run: Run) -> Counts:
    """Return what the offices of one run count, by target; None where there is no office or no such months."""
    return {
        target.id: OFFICES[target.office](run, target.span, target.where)
        if target.office and target.span.within(run.span)
        else None
        for target in targets
    }


def until_last_target(scenario: Scenario, targets: Sequence[Target]) -> Scenario:
    """The scenario without the months that no target speaks of: they change nothing before them."""
    last = max(target.span.last for target in targets)
    return scenario.model_copy(update={"end": min(scenario.end, max(last, scenario.start))})


def _simulated(scenario: Scenario, targets: Sequence[Target], settings: Settings) -> list[Counts]:
    """The counts of each replicate, in their order."""
    design = make_design("fit", (scenario,), settings)
    found: dict[int, Counts] = {}

    def keep(task: Task, table: pa.Table) -> None:
        found[task.replicate] = office_counts(targets, Run.of(table, task.params, Span(scenario.start, scenario.end)))

    report = settings.progress
    carry_out(design.tasks, settings.workers, keep, (lambda over: report(over, len(design.tasks))) if report else None)
    return [found[replicate] for replicate in sorted(found)]


def _pattern(target: Target, counts: Sequence[float | None], documents: Sequence[Target]) -> Pattern:
    known = np.array([count for count in counts if count is not None])
    modelled = float(known.mean()) if known.size else None
    low, high = map(float, np.percentile(known, [LOW, HIGH])) if known.size > 1 else (None, None)
    told = target.documented
    factor = modelled / told.value if modelled is not None and told.value else None
    return Pattern(
        id=target.id,
        pattern=target.pattern,
        role=target.role,
        text=_told(target, factor),
        when=str(target.span),
        of=target.of,
        unit=told.unit,
        documented=told.value,
        documented_low=told.low,
        documented_high=told.high,
        modelled=modelled,
        low=low,
        high=high,
        naive=naive(target, documents),
        factor=factor,
    )


def _told(target: Target, factor: float | None) -> str:
    """What is counted, when, by which source; the range if one is documented; modelled over documented."""
    low, high = target.documented.low, target.documented.high
    parts = [f"{target.text}, {target.span} ({', '.join(target.of)})"]
    parts += [f"documented {written(low)} to {written(high)}"] if low < high else []
    parts += [f"factor {written(factor)}"] if factor is not None else []
    return "; ".join(parts)
