"""Ways between places, searched once for all runs of a test session: the search takes longer than a short run."""

from functools import cache

from sim.core.routes import Routes
from sim.model import MigrationModel

COSTS = ("travel_cost", "day_usd", "transit_usd", "route_spread_usd")  # the settings that ways depend on


def share_ways(model: MigrationModel) -> MigrationModel:
    """Return the model, which takes the ways that an earlier one with the same costs has found."""
    model.state._routes = _found(model.state.world.name, tuple(model.state.params[name] for name in COSTS))
    return model


@cache
def _found(world: str, costs: tuple[float, ...]) -> dict[bytes, Routes]:
    """Ways of a world by the links that are open."""
    return {}
