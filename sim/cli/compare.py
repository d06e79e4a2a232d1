"""neamig compare: a scenario with a reference."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import (
    Json,
    Out,
    PriorsFile,
    Replicates,
    Scale,
    Seed,
    Set,
    Workers,
    common,
    for_reference,
    read_scenario,
    warn,
)


def compare(
    reference: Annotated[Path, typer.Argument(help="Scenario file to compare with.")],
    scenario: Annotated[Path, typer.Argument(help="Scenario file to compare.")],
    replicates: Replicates = 8,
    seed: Seed = 1,
    scale: Scale = "1",
    workers: Workers = 1,
    out: Out = None,
    point: Annotated[bool, typer.Option("--point", help="Keep the parameters at their point values.")] = False,
    set_: Set = None,
    priors: PriorsFile = None,
    json: Json = False,
) -> None:
    """Compare two scenarios, replicate by replicate, with the same people, luck and parameters in both.

    Parameters are drawn anew for each replicate unless --point is given.

    --set policies.… changes the scenario only, any other --set changes both.
    """
    from sim.cli.findings import show_comparison
    from sim.cli.progress import progress
    from sim.experiments import compare as comparing

    given = set_ or []
    both = read_scenario(reference, for_reference(given), priors), read_scenario(scenario, given, priors)
    warn(*both)
    with progress(both[1].name) as report:
        settings = common(priors, scale, replicates=replicates, seed=seed, workers=workers, out=out, point=point)
        outcome = comparing.compare(*both, progress=report, **settings)
    show_comparison(outcome, json)
