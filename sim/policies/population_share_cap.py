"""Population share cap: foreigners may not exceed a share of the host's population (Mongolia's one percent)."""

from fractions import Fraction as Exact
from functools import lru_cache
from typing import Any, ClassVar

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from sim.core.words import Grant, Status
from sim.policies.base import Policy
from sim.policies.cells import by_host, claimed, limit
from sim.policies.fields import Compliance, Country, LegalStatus
from sim.policies.numbers import Fraction, amount

GRANTS = {Status.WORKER: Grant.WORK, Status.SETTLED: Grant.SETTLEMENT}


class PopulationShareCap(Policy, kind="population_share_cap"):
    """Foreign residents may not exceed a share of the population, in all and by nationality.

    Mongolia: one percent for immigrants (law of 1994); three percent for all who reside for private purposes and one
    for each nationality (law of 2010, Art. 27.4). The level is the floor of share × the last official figure of 1
    January. Who is counted is part of the rule; overstayers are left out and reported beside it. No grant that adds to
    the count is given while it stands at the level; where the population falls, what is above it is excess.
    """

    host: Country
    """The state."""
    share: Fraction
    """Largest share of all foreigners counted."""
    per_nationality: Fraction | None = None
    """Largest share of each nationality; left out: none."""
    counts: tuple[LegalStatus, ...]
    """The legal statuses that are counted."""
    compliance: Compliance = 1.0
    """Share of the refused requests that the host refuses in fact; the rest is granted in breach."""

    example: ClassVar = {"host": "RUS", "share": 0.03, "counts": ["worker", "settled"]}

    @model_validator(mode="after")
    def _counts_whom_it_can_refuse(self) -> "PopulationShareCap":
        twice = sorted({name for name in self.counts if self.counts.count(name) > 1})
        if twice:
            raise PydanticCustomError("counts", "counts names {twice} twice", {"twice": ", ".join(twice)})
        if not {grant.name.lower() for grant in GRANTS} & set(self.counts):
            message = "a cap that counts no workers and no settled people refuses nobody: add worker, settled or both"
            raise PydanticCustomError("counts", message)
        return self

    def claims(self, world: Any) -> frozenset[tuple[Any, ...]]:
        """One cap by share for a host and a set of statuses."""
        return claimed(f"share of population {'+'.join(sorted(self.counts))}", world, ((self.host,), "country"))

    def write(self, rules: Any, today: Any) -> None:
        """One limit for all foreigners, and one for each nationality if the rule says so."""
        world = today.world
        host = world.country_index(self.host)
        others = [n for n in range(len(world.countries)) if n != host]
        rules.limit("all", self._row(today, host, others, amount(self.share, today.params)))
        if self.per_nationality is not None:
            for nation in others:
                rules.limit(
                    world.countries[nation].code,
                    self._row(today, host, [nation], amount(self.per_nationality, today.params)),
                )

    def _row(self, today: Any, host: int, nations: list[int], share: float) -> Any:
        statuses = tuple(Status[name.upper()] for name in self.counts)
        return limit(
            today.world, [host], nations, "all", floor_of(share, today.population[host]),
            statuses=statuses, grants=tuple(GRANTS[x] for x in statuses if x in GRANTS), shares_population=True,
            compliance=by_host(self.compliance, today),
        )  # fmt: skip


@lru_cache(maxsize=1024)  # the same from January to December
def floor_of(share: float, population: float) -> int:
    """Persons in a share of a population, exact: one percent of 2,480,374 is 24,803."""
    return int(Exact(str(share)) * int(population))
