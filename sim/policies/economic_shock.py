"""Economic shock: jobs and wages of regions and sectors change for a time (Mongolia's boom and bust)."""

from typing import Any, ClassVar

import numpy as np
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from sim.policies.base import Policy
from sim.policies.fields import Country, Places, Sectors, codes
from sim.policies.numbers import Factor, amount


class EconomicShock(Policy, kind="economic_shock"):
    """Posts open to foreigners, and wages, are multiplied while the shock lasts. Shocks compose."""

    host: Country | None = None
    """The state that is hit."""
    places: Places | None = None
    """The regions that are hit, if not the whole state."""
    sectors: Sectors = "all"
    """The sectors that are hit."""
    jobs: Factor = 1.0
    """Factor on posts, with papers and without."""
    wages: Factor = 1.0
    """Factor on wages in US dollars."""

    example: ClassVar = {"host": "MNG", "sectors": ["F"], "jobs": 0.7, "wages": 0.9}

    @model_validator(mode="after")
    def _somewhere(self) -> "EconomicShock":
        if (self.host is None) == (self.places is None):
            raise PydanticCustomError("host_or_places", "give either a host, or places")
        if not {"jobs", "wages"} & self.model_fields_set:
            raise PydanticCustomError("empty", "give jobs, wages, or both")
        return self

    def in_vain(self, world: Any) -> str:
        """Nobody there employs foreigners."""
        where = {world.places[n].id for n in self._where(world)}
        sectors = codes(self.sectors, world, "sector")
        if any(job.place in where and job.sector in sectors for job in world.jobs):
            return ""
        return (
            f"nobody in {self.host or ', '.join(sorted(where))} employs foreigners in these sectors: no row in jobs.csv"
        )

    def write(self, rules: Any, today: Any) -> None:
        """Scale the tables of jobs and wages."""
        world = today.world
        sectors = [world.sector_index(s) for s in codes(self.sectors, world, "sector")]
        cells = np.ix_(self._where(world), sectors)
        rules.scale("jobs", cells, amount(self.jobs, today.params))
        rules.scale("wages", cells, amount(self.wages, today.params))

    def _where(self, world: Any) -> list[int]:
        if self.host is not None:
            return [n for n, place in enumerate(world.places) if place.country == self.host]
        return [world.place_index(p) for p in codes(self.places or "all", world, "place")]
