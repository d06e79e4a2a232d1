"""Options that several commands share, and what is made of them."""

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from sim.scenario import Scenario

Replicates = Annotated[int, typer.Option(min=1, help="How many times to run, each with its own seeds.")]
Seed = Annotated[int, typer.Option(help="Every replicate's world and run seed are made from this one.")]
Scale = Annotated[
    str, typer.Option(metavar="K", help="K: every group K times coarser than its default; 1:1: one agent a person.")
]
Workers = Annotated[int, typer.Option(min=1, help="Processes; 1 runs everything in this one.")]
Out = Annotated[Path | None, typer.Option(help="Directory of results (default: results/NAME-KEY).", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Change a setting of the scenario; may be repeated."),
]
PriorsFile = Annotated[
    Path | None, typer.Option("--priors", help="Another file of priors (default: the package's).", show_default=False)
]

OF_POLICIES = "policies."


def read_scenario(path: Path, set_: Sequence[str], priors: Path | None) -> "Scenario":
    """Return the scenario of a file."""
    from sim.scenario import load_scenario
    from sim.world.priors import Priors

    return load_scenario(path, tuple(set_), Priors.load(priors) if priors else None)


def warn(*scenarios: "Scenario") -> None:
    """Print the warnings of scenarios on the error stream, each once: those that extend one file share its warnings."""
    for warning in dict.fromkeys(warning for scenario in scenarios for warning in scenario.warnings):
        print(f"warning: {warning}", file=sys.stderr)


def common(priors: Path | None, scale: str, **given: Any) -> dict[str, Any]:
    """Return the settings of an experiment from the options of a command."""
    from sim.experiments.settings import parse_scale

    settings = given | {"scale": parse_scale(scale), "command": shlex.join(["neamig", *sys.argv[1:]])}
    return settings | ({"priors": priors} if priors else {})


def for_reference(set_: Sequence[str]) -> list[str]:
    """Return the settings that hold for the reference too: all but those of policies, which are what is compared."""
    return [each for each in set_ if not each.startswith(OF_POLICIES)]
