"""neamig check: are these scenario files right?"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.errors import BAD_INPUT
from sim.cli.options import PriorsFile, Set, read_scenario, warn


def check(
    scenarios: Annotated[list[Path], typer.Argument(help="Scenario files.")],
    set_: Set = None,
    priors: PriorsFile = None,
) -> None:
    """Check scenario files and name every mistake in them."""
    from sim.scenario import ScenarioError
    from sim.scenario.checks import coarse

    is_bad = False
    for path in scenarios:
        try:
            scenario = read_scenario(path, set_ or (), priors)
        except ScenarioError as error:
            print(error, file=sys.stderr)
            is_bad = True
        else:
            warn(scenario)
            for note in coarse(scenario):
                print(f"note: {note}", file=sys.stderr)
            count = len(scenario.policies)
            print(f"{path}: right ({count} {'policy' if count == 1 else 'policies'}, {scenario.months} months)")
    if is_bad:
        raise typer.Exit(BAD_INPUT)
