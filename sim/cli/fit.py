"""neamig fit: the model beside the documented patterns."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.options import Json, Replicates, Scale, Seed

if TYPE_CHECKING:
    from calibration.fit import Pattern

FIELDS = ("id", "role", "documented", "modelled", "low", "high", "naive")
NOT_YET = "not yet"


def fit(
    scenario: Annotated[
        Path | None, typer.Argument(help="Scenario file (YAML); the baseline if none is given.")
    ] = None,
    replicates: Replicates = 1,
    seed: Seed = 1,
    scale: Scale = "1",
    draw: Annotated[bool, typer.Option("--draw", help="Draw the parameters anew for each replicate.")] = False,
    json: Json = False,
) -> None:
    """Print every documented pattern beside the modelled office count, a naive forecast, and its role."""
    from calibration.fit import fit as fitted
    from sim.cli.show import show_json, show_table
    from sim.experiments.settings import parse_scale

    patterns = fitted(scenario=scenario, replicates=replicates, seed=seed, scale=parse_scale(scale), point=not draw)
    if json:
        show_json(
            {"patterns": [{name: getattr(each, name) for name in (*FIELDS, "pattern", "text")} for each in patterns]}
        )
    else:
        show_table((*FIELDS, "what"), [_row(each) for each in patterns])


def _row(pattern: "Pattern") -> list[str]:
    words = [pattern.id, pattern.role, _number(pattern.documented)]
    words += [NOT_YET if pattern.modelled is None else _number(pattern.modelled)]
    return [*words, _number(pattern.low), _number(pattern.high), _number(pattern.naive), pattern.text]


def _number(value: Any) -> str:
    from sim.experiments.numbers import written

    return written(value) if isinstance(value, int | float) else str(value or "")
