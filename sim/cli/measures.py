"""neamig measures: what a run records."""

from dataclasses import asdict
from typing import Annotated

import typer

from sim.cli.options import Json


def measures(
    name: Annotated[str, typer.Argument(help="Only this measure.", show_default=False)] = "",
    json: Json = False,
) -> None:
    """List what a run records, with units and meaning."""
    from sim.cli.show import show_json, show_table
    from sim.results.measures import MEASURES, measure

    chosen = [measure(name)] if name else list(MEASURES.values())
    if json:
        show_json({"measures": [asdict(each) | {"over_time": each.over_time} for each in chosen]})
    else:
        rows = [(each.name, each.unit, each.kind, each.over_time, each.sentence) for each in chosen]
        show_table(("name", "unit", "kind", "over time", "meaning"), rows)
