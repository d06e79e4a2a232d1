"""Summary: what an experiment found, in numbers and in sentences made from them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from sim.experiments.design import Design
from sim.experiments.differences import pairs
from sim.experiments.headline import cells, entry, judged, values
from sim.experiments.limits import binds, leakage, nationalities
from sim.experiments.numbers import counted
from sim.experiments.sentences import of_difference, of_level
from sim.experiments.settings import Settings
from sim.experiments.tally import LimitTally, Tally, over_period
from sim.results.measures import measure
from sim.results.store import Store
from sim.scenario import Scenario, resolved

Span = tuple[date, date]
MONTHS_A_YEAR = 12


@dataclass
class _Found:
    """What one pass over the pairs of runs leaves for the summary."""

    differences: Tally = field(default_factory=Tally)
    reference: Tally = field(default_factory=Tally)
    limits: LimitTally = field(default_factory=LimitTally)
    twins: Tally = field(default_factory=Tally)


def of_comparison(design: Design, store: Store, both: tuple[Scenario, Scenario], settings: Settings) -> dict[str, Any]:
    """Write the differences to the store and return the summary of a comparison."""
    found = _pass_over(design, store)
    since = (found.differences.first_difference() or both[1].start, both[1].end)
    changed = changed_policies(*map(resolved, both))
    limits = binds(found.limits, settings.replicates, changed)
    return {
        "reference": design.labels[0],
        "scenario": design.labels[1],
        "question": both[1].question,
        "replicates": settings.replicates,
        "seed": settings.seed,
        "scale": settings.scale,
        "point": not settings.draw,
        "twins": len(found.twins.frames),
        "from": since[0],
        "to": since[1],
        "interval": _interval(settings, "paired differences"),
        "changed_policies": changed,
        "headline": _compared(found, since, nationalities(found.limits, changed), _why_null(limits)),
        "binds": limits,
        "leakage": leakage(found.limits, settings.replicates, changed),
    }


def of_run(design: Design, store: Store, scenario: Scenario, settings: Settings) -> dict[str, Any]:
    """Return the summary of a run: levels in its last twelve months, limits and leakage over the whole of it."""
    tally, limits = Tally(), LimitTally()
    for replicate, (task,) in design.replicates().items():
        rows = store.read(task.key)
        tally.add(replicate, rows)
        limits.add(replicate, rows)
    since = (_a_year_before(scenario), scenario.end)
    return {
        "scenario": design.labels[0],
        "question": scenario.question,
        "replicates": settings.replicates,
        "seed": settings.seed,
        "scale": settings.scale,
        "point": not settings.draw,
        "from": since[0],
        "to": since[1],
        "interval": _interval(settings, "values"),
        "headline": _levels(tally, since, settings),
        "binds": binds(limits, settings.replicates, ()),
        "leakage": leakage(limits, settings.replicates, ()),
    }


def changed_policies(reference: dict[str, Any], scenario: dict[str, Any]) -> list[str]:
    """Return the ids of the policies that a scenario adds, removes or changes (both as `resolved` gives them)."""
    before, after = reference.get("policies", {}), scenario.get("policies", {})
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


def _pass_over(design: Design, store: Store) -> _Found:
    """Read every pair once, write its differences, keep what the summary needs."""
    found = _Found()

    def tables() -> Iterator[pa.Table]:
        for replicate, reference, scenario, difference in pairs(design, store):
            found.differences.add(replicate, difference)
            found.reference.add(replicate, reference)
            found.limits.add(replicate, scenario)
            yield difference

    store.write_differences(tables())
    for replicate, _, _, difference in pairs(design, store, twin=True):
        found.twins.add(replicate, difference)
    return found


def _compared(found: _Found, since: Span, concerned: list[str], why_null: str) -> list[dict[str, Any]]:
    """Return the headline of a comparison."""
    wide, twins, reference = (over_period(each, *since) for each in (found.differences, found.twins, found.reference))
    out = []
    for cell in cells(wide, concerned):
        result, kind = judged(wide, twins, cell), measure(cell.measure)
        sentence = of_difference(kind, cell.where, result, since, why_null)
        out.append(entry(cell, result, sentence, reference_mean=float(values(reference, cell).mean())))
    return out


def _levels(tally: Tally, since: Span, settings: Settings) -> list[dict[str, Any]]:
    """Return the headline of a run. Where parameters were drawn, chance and parameters cannot be told apart."""
    wide, unknown = over_period(tally, *since), {"chance_sd": None, "parameter_sd": None}
    out = []
    for cell in cells(wide):
        result = judged(wide, over_period(Tally(), *since), cell)
        found = entry(cell, result, of_level(measure(cell.measure), cell.where, result, since))
        out.append(found | unknown if settings.draw else found)
    return out


def _why_null(limits: list[dict[str, Any]]) -> str:
    changed = [row for row in limits if row["changed"]]
    return ": the limit never refused anyone" if changed and not any(row["p_binds"] for row in changed) else ""


def _interval(settings: Settings, what: str) -> str:
    return f"5th to 95th percentile of the {what} of {counted(settings.replicates, 'replicate')}"


def _a_year_before(scenario: Scenario) -> date:
    """Return the first of the last twelve months of a scenario."""
    months = scenario.end.year * MONTHS_A_YEAR + scenario.end.month - MONTHS_A_YEAR
    return max(scenario.start, date(months // MONTHS_A_YEAR, months % MONTHS_A_YEAR + 1, 1))
