"""neamig tables: parameters, measures and kinds of policy as pages of Markdown (docs/tables)."""

from typing import Annotated

import typer

NAMES = ("parameters", "measures", "policies")


def tables(page: Annotated[str, typer.Argument(help=f"One of {', '.join(NAMES)}.")]) -> None:
    """Print tables as a page of Markdown, as in docs/tables: parameters, measures, or policies with their settings."""
    from sim.cli.kinds import policies
    from sim.cli.pages import measures, parameters
    from sim.experiments.settings import SettingError
    from sim.world.located import did_you_mean

    made = dict(zip(NAMES, (parameters, measures, policies), strict=True))
    if page not in made:
        raise SettingError(f"there is no page {page!r}{did_you_mean(page, NAMES)} (one of {', '.join(NAMES)})")
    print("\n".join(made[page]()))
