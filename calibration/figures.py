"""Figures: what an ablation keeps of a run: what offices count, and the numbers that a comparison puts first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
import pyarrow as pa

from calibration.fit import Counts, office_counts
from calibration.runs import Run
from calibration.spans import Span
from calibration.targets import Target
from sim.experiments.concern import ANSWERS, ASSUMED_OF, concern
from sim.experiments.headline import Cell, cells, values
from sim.experiments.limits import FATES, leakage
from sim.experiments.replicate import Task
from sim.experiments.summary import began, changed_policies
from sim.experiments.tally import LimitTally, Tally, over_period
from sim.results.measures import measure
from sim.scenario import Scenario, resolved

ACCOUNTS = {"job": "The job", "worker": "The worker"}


@dataclass(frozen=True)
class Fate:
    """Requests that some policies blocked [persons], in the whole run: all, or in one account those of one fate."""

    policies: tuple[str, ...]
    account: str = ""
    fate: str = ""

    @property
    def name(self) -> str:
        """What it is, in words."""
        if not self.account:
            return "Requests blocked"
        return f"{ACCOUNTS[self.account]} of a blocked request: {self.fate.replace('_', ' ')}"

    def level(self, tally: LimitTally) -> float:
        """Return how many there are in the one run that the tally holds."""
        found = leakage(tally, 1, self.policies)
        return float(found[self.account][self.fate] if self.account else found["blocked"])


@dataclass(frozen=True)
class Headline:
    """A number of a scenario that is compared with that of the first one; a cell's is over the months first to last."""

    scenario: str
    first: date
    last: date
    of: Cell | Fate

    @property
    def name(self) -> str:
        """What it is, in words."""
        return self.of.name if isinstance(self.of, Fate) else measure(self.of.measure).title + self.of.where

    @property
    def unit(self) -> str:
        """Its unit."""
        return "persons" if isinstance(self.of, Fate) else measure(self.of.measure).unit


@dataclass(frozen=True)
class Figures:
    """Of one run: what offices count, by target, and its level of each headline."""

    counts: Counts
    levels: list[float]

    @classmethod
    def of(cls, task: Task, table: pa.Table, targets: Sequence[Target], asked: Sequence[Headline]) -> "Figures":
        """Return the figures of a run from its rows (`Series.table()`)."""
        run = Run.of(table, task.params, Span(task.rules.start, task.rules.end))
        return cls(office_counts(targets, run), _levels(table, asked) if asked else [])


def headlines(scenarios: Sequence[Scenario], labels: Sequence[str]) -> Iterator[Headline]:
    """Give the headlines of each later scenario against the first.

    They are those of `compare` without the largest parts, which differ from run to run: each measure for those whom
    the changed policies are about, then for everybody, from the first month in which a changed policy is in force;
    and, where policies with limits are changed, both accounts of the requests that these blocked.
    """
    first, *others = scenarios
    for label, other in zip(labels[1:], others, strict=True):
        plain = resolved(first), resolved(other)
        changed = changed_policies(*plain)
        about = concern([each["policies"][name] for each in plain for name in changed if name in each["policies"]])
        since = began((first, other), changed) or other.start
        has_limits = any(ASSUMED_OF.get(kind) is ANSWERS for kind in about.kinds)
        shown = [cell for cell in cells(_nobody(), about) if cell.about in ("concerned", "total")]
        for each in (*shown, *(_fates(changed) if has_limits else ())):
            yield Headline(label, since, other.end, each)


def _fates(policies: Sequence[str]) -> Iterator[Fate]:
    yield Fate(tuple(policies))
    for account, fates in FATES.items():
        for fate in fates:
            yield Fate(tuple(policies), account, fate)


def _nobody() -> pd.DataFrame:
    """Numbers that no cell is large in."""
    return over_period(Tally(), date.min, date.max)


def _levels(table: pa.Table, asked: Sequence[Headline]) -> list[float]:
    tally, limits = Tally(), LimitTally()
    tally.add(1, table)
    if any(isinstance(each.of, Fate) for each in asked):
        limits.add(1, table)
    wide = {span: over_period(tally, *span) for span in {(each.first, each.last) for each in asked}}
    return [
        each.of.level(limits)
        if isinstance(each.of, Fate)
        else float(values(wide[each.first, each.last], each.of).sum())
        for each in asked
    ]
