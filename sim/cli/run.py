"""neamig run: one scenario."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import Json, Out, PriorsFile, Replicates, Scale, Seed, Set, Workers, common, read_scenario, warn


def run(
    scenario: Annotated[Path, typer.Argument(help="Scenario file (YAML).")],
    replicates: Replicates = 1,
    seed: Seed = 1,
    scale: Scale = "1",
    workers: Workers = 1,
    out: Out = None,
    draw: Annotated[bool, typer.Option("--draw", help="Draw the parameters anew for each replicate.")] = False,
    set_: Set = None,
    priors: PriorsFile = None,
    profile: Annotated[bool, typer.Option("--profile", help="Show where the time goes, by mechanism.")] = False,
    json: Json = False,
) -> None:
    """Run a scenario; parameters have their point values unless --draw is given."""
    from sim.cli.findings import show_profile, show_run
    from sim.cli.progress import progress
    from sim.experiments import single
    from sim.experiments.profile import Profile

    chosen = read_scenario(scenario, set_ or (), priors)
    warn(chosen)
    watch = Profile() if profile else None
    with progress(chosen.name) as report:
        settings = common(priors, scale, replicates=replicates, seed=seed, workers=workers, out=out, draw=draw)
        outcome = single.run(chosen, progress=report, profile=watch, **settings)
    show_run(outcome, json)
    if watch and not json:
        show_profile(watch, outcome)
