"""neamig ablate: what each mechanism is good for."""

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

Only = Annotated[list[str] | None, typer.Option("--only", metavar="NAME", help="Only this mechanism; may be repeated.")]
MechanismsFile = Annotated[
    Path | None,
    typer.Option("--mechanisms", help="Another file of mechanisms (default: the package's).", show_default=False),
]
Markdown = Annotated[
    Path | None,
    typer.Option(
        "--markdown", metavar="FILE", dir_okay=False, help="Write the table as a page too.", show_default=False
    ),
]


def ablate(
    scenarios: Annotated[list[Path], typer.Argument(help="Scenario files; later ones are compared with the first.")],
    replicates: Replicates = 8,
    seed: Seed = 1,
    scale: Scale = "1",
    workers: Workers = 1,
    out: Out = None,
    point: Annotated[bool, typer.Option("--point", help="Keep the parameters at their point values.")] = False,
    only: Only = None,
    mechanisms: MechanismsFile = None,
    set_: Set = None,
    priors: PriorsFile = None,
    markdown: Markdown = None,
    json: Json = False,
) -> None:
    """Switch each mechanism off in turn, and print which documented patterns and which answers that moves.

    Of one scenario: the error of each pattern. Of several: also the differences of the others from the first.

    Parameters are drawn anew for each replicate unless --point is given, and are the same with and without a mechanism.

    --set policies.… changes the later scenarios only, any other --set changes all.
    """
    from calibration.ablation import ablate as ablating
    from sim.cli.moved import show_ablation, write_page
    from sim.cli.progress import progress
    from sim.experiments.settings import SettingError

    if markdown and not markdown.parent.is_dir():
        raise SettingError(f"--markdown: there is no directory {markdown.parent}")
    given = set_ or []
    of_first = for_reference(given) if len(scenarios) > 1 else given
    read = [read_scenario(path, given if at else of_first, priors) for at, path in enumerate(scenarios)]
    warn(*read)
    settings = common(priors, scale, replicates=replicates, seed=seed, workers=workers, out=out, point=point)
    with progress("mechanisms") as report:
        outcome = ablating(read, only=only or (), mechanisms=mechanisms, progress=report, **settings)
    if markdown:
        write_page(outcome, markdown)
    show_ablation(outcome, json)
