"""Each scenario of the repository is run, and changes the law from the month on that its dates say, not before."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ruamel.yaml import YAML

from sim.model import MigrationModel
from sim.policies import Policy
from sim.scenario import Scenario, load_scenario
from sim.world.priors import Priors, default_priors_path
from tests.ways import share_ways

FOLDER = Path(__file__).resolve().parents[2] / "scenarios"
PARENTS: dict[str, str | None] = {
    path.stem: YAML(typ="safe").load(path.read_text(encoding="utf-8")).get("extends")
    for path in sorted(FOLDER.glob("*.yaml"))
}
MONTHS, COARSE = 3, 1000


@cache
def read(name: str) -> Scenario:
    """A scenario of the repository."""
    return load_scenario(FOLDER / f"{name}.yaml", priors=_priors())


@cache
def _priors() -> Priors:
    return Priors.load(default_priors_path())


def in_force(scenario: Scenario, t: int) -> dict[str, Any]:
    """What a scenario says of a month: the policies that bind, but for dates and words, and other values of priors."""
    day = scenario.calendar.day(t)
    binds = {id_: each for id_, each in scenario.policies.items() if each.active(day) and not is_over(each, day)}
    said = {id_: each.model_dump(exclude={"from_", "until", "source", "note"}) for id_, each in binds.items()}
    return said | dict(scenario.parameters)


def is_over(policy: Policy, day: date) -> bool:
    """Whether it is a legalisation, which is open for a month, of an earlier month."""
    return policy.kind == "legalisation" and policy.from_ is not None and policy.from_ < day


def first_change(child: Scenario, parent: Scenario) -> int:
    """The first month in which other policies bind than in the parent."""
    return next(t for t in range(child.calendar.steps) if in_force(child, t) != in_force(parent, t))


def law(scenario: Scenario, since: date, until: date) -> list[dict[str, Any]]:
    """The rule book in each month of a short coarse run that is carried out: tables, limits and recalls."""
    policies = {id_: each for id_, each in scenario.policies.items() if not is_over(each, since)}
    months = scenario.model_copy(update={"start": since, "end": until, "policies": policies})
    model, out = (
        share_ways(MigrationModel(months, params=_priors().for_world(scenario.world).point(), scale=COARSE)),
        [],
    )
    while model.state.t < model.months:
        model.step()
        rules = model.state.rules
        out.append(rules.tables | {"limits": repr(rules.limits), "recalls": repr(rules.recalls)})
    return out


def differ(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return any(not np.array_equal(one[name], other[name]) for name in one)


def test_the_baseline_runs_from_its_start() -> None:
    baseline = read("baseline")
    assert len(law(baseline, baseline.start, baseline.calendar.day(MONTHS - 1))) == MONTHS


@pytest.mark.parametrize("name", [name for name, parent in PARENTS.items() if parent])
def test_a_scenario_runs_and_changes_the_law_when_it_says(name: str) -> None:
    child, parent = read(name), read(Path(PARENTS[name] or "").stem)
    change = first_change(child, parent)
    first, last = max(change - 1, 0), min(change + MONTHS - 2, child.calendar.steps - 1)
    since, until = (child.calendar.day(t) for t in (first, last))
    laws = zip(law(child, since, until), law(parent, since, until), strict=True)
    assert [differ(*each) for each in laws][: 1 + change - first] == [False] * (change - first) + [True]
