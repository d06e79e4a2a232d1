"""Summary: what an experiment found, in numbers and in sentences made from them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa

from sim.experiments.concern import Concern, assumed, concern
from sim.experiments.design import Design
from sim.experiments.differences import pairs
from sim.experiments.harm import borne
from sim.experiments.headline import Cell, cells, entry, judged, largest, values
from sim.experiments.limits import binds, leakage, months_bound
from sim.experiments.numbers import counted
from sim.experiments.reasons import Refusals, reason
from sim.experiments.sentences import of_difference, of_level
from sim.experiments.settings import Settings
from sim.experiments.several import joined
from sim.experiments.tally import LimitTally, Tally, months, over_period
from sim.results.measures import measure
from sim.results.store import Store
from sim.scenario import Scenario, resolved

Span = tuple[date, date]
MONTHS_A_YEAR = 12
SPREADS = (
    "chance_sd, parameter_sd: standard deviation of the paired differences by luck and by what is not known; null "
    "where there is one replicate; parameter_sd is null, too, where the twins do not tell it from chance"
)


@dataclass
class _Found:
    """What one pass over the pairs of runs leaves for the summary."""

    differences: Tally = field(default_factory=Tally)
    reference: Tally = field(default_factory=Tally)
    limits: LimitTally = field(default_factory=LimitTally)
    twins: Tally = field(default_factory=Tally)


def of_comparisons(design: Design, store: Store, scenarios: Sequence[Scenario], settings: Settings) -> dict[str, Any]:
    """Write the differences to the store and return the summary of a comparison.

    scenarios : in the order of the design; the first is the reference of all others.
    """
    reference, *others = scenarios
    found = _pass_over(design, store)
    return joined(
        [
            _of_pair(design, at, (reference, scenario), found[at - 1], settings)
            for at, scenario in enumerate(others, start=1)
        ]
    )


def _of_pair(
    design: Design, at: int, both: tuple[Scenario, Scenario], found: _Found, settings: Settings
) -> dict[str, Any]:
    """Return the summary of one scenario of the design beside the reference."""
    changed = changed_policies(*map(resolved, both))
    policies = [each["policies"][name] for each in map(resolved, both) for name in changed if name in each["policies"]]
    since = (began(both, changed) or found.differences.first_difference() or both[1].start, both[1].end)
    wide = [over_period(each, *since) for each in (found.differences, found.twins, found.reference)]
    refusals = _refusals(found.limits, settings, changed, since)
    return {
        "reference": design.labels[0],
        "scenario": design.labels[at],
        "question": both[1].question,
        "replicates": settings.replicates,
        "seed": settings.seed,
        "scale": settings.scale,
        "point": not settings.draw,
        "twins": len(found.twins.frames),
        "from": since[0],
        "to": since[1],
        "interval": _interval(settings, "paired differences"),
        "spreads": SPREADS,
        "changed_policies": changed,
        "headline": (headline := _compared(wide, since, concern(policies), refusals)),
        "harm": borne(*wide),
        "why": reason(headline, refusals, _asked(wide, concern(policies))),
        "binds": refusals.limits,
        "leakage": refusals.accounts,
        "assumed": assumed(policies),
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


def began(both: tuple[Scenario, Scenario], changed: list[str]) -> date | None:
    """Return the first month in which a changed policy is in force in either scenario; None if there is none."""
    calendar = both[1].calendar
    starts = [each.policies[name].starts(calendar) for each in both for name in changed if name in each.policies]
    t = min(starts, default=calendar.steps)
    return calendar.day(t) if t < calendar.steps else None


def _pass_over(design: Design, store: Store) -> list[_Found]:
    """Read every pair once, write its differences, keep what the summary needs of each scenario but the reference."""
    found = [_Found() for _ in design.labels[1:]]

    def tables() -> Iterator[pa.Table]:
        for at, each in enumerate(found, start=1):
            for replicate, reference, scenario, difference in pairs(design, store, at):
                each.differences.add(replicate, difference)
                each.reference.add(replicate, reference)
                each.limits.add(replicate, scenario)
                yield difference

    store.write_differences(tables())
    for at, each in enumerate(found, start=1):
        for replicate, _, _, difference in pairs(design, store, at, twin=True):
            each.twins.add(replicate, difference)
    return found


def _compared(wide: list[pd.DataFrame], since: Span, about: Concern, refusals: Refusals) -> list[dict[str, Any]]:
    """Return the headline of a comparison; `wide` holds differences, those of the twins, and the reference."""
    differences, twins, reference = wide
    out = []
    for cell in cells(reference.abs().add(differences.abs(), fill_value=0.0), about):
        result, kind = judged(differences, twins, cell), measure(cell.measure)
        sentence = of_difference(kind, cell.where, result, since, refusals.of_nobody())
        out.append(entry(cell, result, sentence, reference_mean=float(values(reference, cell).mean())))
    return out


def _refusals(tally: LimitTally, settings: Settings, changed: list[str], since: Span) -> Refusals:
    given = (tally, settings.replicates, changed)
    return Refusals(binds(*given), leakage(*given), months_bound(*given), months(*since))


def _asked(wide: list[pd.DataFrame], about: Concern) -> float:
    """Return the persons whom employers asked for in the scenario, of those concerned; a mean over replicates."""
    cell = Cell("requests", about.nationalities, about.hosts)
    return float(sum(values(each, cell).mean() for each in (wide[0], wide[2])))


def _levels(tally: Tally, since: Span, settings: Settings) -> list[dict[str, Any]]:
    """Return the headline of a run. Where parameters were drawn, chance and parameters cannot be told apart."""
    wide, unknown = over_period(tally, *since), {"chance_sd": None, "parameter_sd": None}
    out = []
    for cell in largest(wide):
        result = judged(wide, over_period(Tally(), *since), cell)
        found = entry(cell, result, of_level(measure(cell.measure), cell.where, result, since))
        out.append(found | unknown if settings.draw else found)
    return out


def _interval(settings: Settings, what: str) -> str:
    return f"5th to 95th percentile of the {what} of {counted(settings.replicates, 'replicate')}"


def _a_year_before(scenario: Scenario) -> date:
    """Return the first of the last twelve months of a scenario."""
    months = scenario.end.year * MONTHS_A_YEAR + scenario.end.month - MONTHS_A_YEAR
    return max(scenario.start, date(months // MONTHS_A_YEAR, months % MONTHS_A_YEAR + 1, 1))
