"""Flips: at which strength of a policy, where the strength is assumed, a conclusion turns.

`python -m calibration.flips DIRECTORY` carries out the runs that the directory does not hold yet; the page of outcomes
shows them (`calibration.scenarios`). Paths are relative to the repository's root.
"""

import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from calibration.outcomes import Check, Expectation, Found, Results, expectations, found, how
from sim.experiments.design import make_design
from sim.experiments.engine import carry_out
from sim.experiments.experiment import pending
from sim.experiments.numbers import written
from sim.experiments.replicate import Task
from sim.experiments.settings import Settings
from sim.results.store import Store
from sim.scenario import Scenario, load_scenario

SCENARIOS = Path("scenarios")
OF_POLICIES = "policies."


class Flip(BaseModel):
    """A strength that is assumed, and the number that may turn with it.

    check : which of the scenario's checks, from 0 on. values : settings as of `--set`, by the words for them, from weak
    to strong; those of policies change the scenario, others its parent too.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    scenario: str
    strength: str
    check: int = 0
    values: dict[str, tuple[str, ...]]

    def pairs(self, expected: Expectation) -> Iterator[tuple[str, Scenario, Scenario]]:
        """Give the words for each value, the parent and the scenario at it."""
        for words, settings in self.values.items():
            shared = [each for each in settings if not each.startswith(OF_POLICIES)]
            yield (
                words,
                load_scenario(SCENARIOS / f"{expected.parent}.yaml", shared),
                load_scenario(SCENARIOS / f"{self.scenario}.yaml", settings),
            )


def flips(path: Path | None = None) -> list[Flip]:
    """Return the strengths that are asked about."""
    path = path or Path(__file__).with_name("flips.yaml")
    return [Flip.model_validate(row) for row in YAML(typ="safe").load(path.read_text("utf-8"))]


def run(folder: Path, settings: Settings) -> None:
    """Run every scenario and its parent at each value, each once, into a directory for each value."""
    stores: dict[str, list[tuple[Store, Task]]] = {}  # by run, those that want it
    for place, parent, scenario in _pairs(folder):
        design = make_design("compare", [parent, scenario], settings)
        store = Store.claim(place, design.manifest)
        for task in pending(design, store):
            stores.setdefault(task.key, []).append((store, task))

    def keep(done: Task, table: object) -> None:
        for store, task in stores[done.key]:
            store.write(table, task.key, task.scenario, task.replicate)

    carry_out([wanted[0][1] for wanted in stores.values()], settings.workers, keep)


def _pairs(folder: Path) -> Iterator[tuple[Path, Scenario, Scenario]]:
    expected = expectations()
    for row, flip in enumerate(flips()):
        for column, (_, parent, scenario) in enumerate(flip.pairs(expected[flip.scenario])):
            yield _place(folder, row, column), parent, scenario


def rows(folder: Path) -> Iterator[str]:
    """Give a row of the page for each strength."""
    expected = expectations()
    for row, flip in enumerate(flips()):
        each = expected[flip.scenario]
        check = each.checks[flip.check]
        came = {
            words: _found(_place(folder, row, column), flip.scenario, each.parent, check)
            for column, words in enumerate(flip.values)
        }
        told = "<br>".join(f"{words}: {at.sign}: {at.words}, of {written(at.parent)}" for words, at in came.items())
        yield f"| `{flip.scenario}` | {flip.strength} | {check.words} | {told} | {turns(came)} |"


def turns(came: dict[str, Found]) -> str:
    """Say between which values the sign changes."""
    found_ = [f"between {a} and {b}" for (a, x), (b, y) in pairwise(came.items()) if x.sign != y.sign]
    return "; ".join(found_) or "at none of these"


def told(folder: Path) -> str:
    """Say which runs these are."""
    return how(Store(_place(folder, 0, 0)))


def _found(folder: Path, scenario: str, parent: str, check: Check) -> Found:
    own, before, _ = Results([folder], [check.measure]).pair(scenario, parent)
    return found(own, before, check)


def _place(folder: Path, row: int, column: int) -> Path:
    return folder / f"{row + 1:02}-{column + 1}"


if __name__ == "__main__":
    run(Path(sys.argv[1]), Settings(replicates=4, scale=5, workers=2))
