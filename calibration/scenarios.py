"""Scenarios: the page docs/scenarios.md, made from what was expected and from the results of comparisons.

`python -m calibration.scenarios DIRECTORY… --flips DIRECTORY > docs/scenarios.md` reads directories of comparisons and
that of `calibration.flips`. A scenario is held against its parent in the first directory that has both.
"""

from argparse import ArgumentParser
from pathlib import Path

from calibration import flips
from calibration.outcomes import Expectation, Results, expectations, rows


def page(expected: dict[str, Expectation], results: Results, turned: Path) -> str:
    """Return docs/scenarios.md; turned : the directory of the flips."""
    template = Path(__file__).with_name("scenarios.md").read_text("utf-8")
    told = list(rows(expected, results))
    kinds = list(dict.fromkeys(runs for _, runs in told))
    surprises = [f"- `{name}`: {each.note}" for name, each in expected.items() if each.note]
    return template.format(
        tables="\n\n".join(_table(runs, [row for row, of in told if of == runs]) for runs in kinds),
        surprises="\n".join(surprises), flips="\n".join(flips.rows(turned)), flipped=flips.told(turned),
    )  # fmt: skip


def _table(runs: str, lines: list[str]) -> str:
    """The rows that are from the same runs, under a line that says which."""
    head = (
        "| scenario | parent | against the parent | measure | expected | came out | | why, and where that is written |"
    )
    return "\n".join([f"From {runs}:", "", head, "|---" * 8 + "|", *lines])


if __name__ == "__main__":
    parser = ArgumentParser(prog="calibration.scenarios", description="Print docs/scenarios.md.")
    parser.add_argument("directories", nargs="+", type=Path, help="directories of comparisons")
    parser.add_argument("--flips", type=Path, required=True, help="directory of calibration.flips")
    given = parser.parse_args()
    told = expectations()
    read = Results(given.directories, [check.measure for each in told.values() for check in each.checks])
    print(page(told, read, given.flips), end="")
