"""neamig compare: scenarios with a reference."""

import sys
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
from sim.cli.report import write


def compare(
    reference: Annotated[Path, typer.Argument(help="Scenario file to compare with.")],
    scenario: Annotated[list[Path], typer.Argument(help="Scenario files to compare, each with the reference.")],
    replicates: Replicates = 8,
    seed: Seed = 1,
    scale: Scale = "1",
    workers: Workers = 1,
    out: Out = None,
    point: Annotated[bool, typer.Option("--point", help="Keep the parameters at their point values.")] = False,
    set_: Set = None,
    priors: PriorsFile = None,
    json: Json = False,
    page: Annotated[bool, typer.Option("--report/--no-report", help="Write report.html beside the results.")] = True,
) -> None:
    """Compare scenarios with a reference, replicate by replicate, with the same people, luck and parameters in all.

    Parameters are drawn anew for each replicate unless --point is given.

    --set policies.… changes the scenarios only, any other --set changes the reference too.
    """
    from sim.cli.findings import show_comparison
    from sim.cli.progress import progress
    from sim.experiments import compare as comparing

    given = set_ or []
    base, first, *more = (
        read_scenario(reference, for_reference(given), priors),
        *(read_scenario(path, given, priors) for path in scenario),
    )
    warn(base, first, *more)
    with progress(first.name if not more else f"{first.name} and {len(more)} more") as report:
        settings = common(priors, scale, replicates=replicates, seed=seed, workers=workers, out=out, point=point)
        outcome = comparing.compare(base, first, *more, progress=report, **settings)
    show_comparison(outcome, json)
    if page:
        written = write(outcome.out, priors)
        print(f"Report: {written}", file=sys.stderr if json else sys.stdout)
