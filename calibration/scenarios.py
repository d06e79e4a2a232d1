"""Scenarios: the page docs/scenarios.md, made from what was expected and from the results of comparisons.

`python -m calibration.scenarios DIRECTORY… --flips DIRECTORY > docs/scenarios.md` reads directories of comparisons, of
which one must hold a scenario and its parent with the same replicates, and that of `calibration.flips`.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from calibration import flips
from calibration.outcomes import Expectation, Results, expectations, rows
from sim.experiments.numbers import counted
from sim.results.store import Store


def page(expected: dict[str, Expectation], results: Results, how: str, turned: Path) -> str:
    """Return docs/scenarios.md; how : which runs it is from; turned : the directory of the flips."""
    template = Path(__file__).with_name("scenarios.md").read_text("utf-8")
    surprises = [f"- `{name}`: {each.note}" for name, each in expected.items() if each.note]
    return template.format(
        rows="\n".join(rows(expected, results)), surprises="\n".join(surprises), how=how,
        flips="\n".join(flips.rows(turned)), flipped=flips.told(turned),
    )  # fmt: skip


def _how(directory: Path) -> str:
    told: dict[str, Any] = Store(directory).manifest()
    params = "parameters drawn anew for each" if told["parameters_drawn"] else "parameters at their point values"
    return (
        f"{counted(told['replicates'], 'replicate')}, seed {told['seed']}, scale {told['scale']:g}, {params} "
        f"(neamig {told['versions']['neamig']})"
    )


if __name__ == "__main__":
    parser = ArgumentParser(prog="calibration.scenarios", description="Print docs/scenarios.md.")
    parser.add_argument("directories", nargs="+", type=Path, help="directories of comparisons")
    parser.add_argument("--flips", type=Path, required=True, help="directory of calibration.flips")
    given = parser.parse_args()
    told = expectations()
    read = Results(given.directories, [check.measure for each in told.values() for check in each.checks])
    print(page(told, read, _how(given.directories[0]), given.flips), end="")
