"""Employer share: of an employer's staff no more than a share may be foreign, and each foreigner may cost a levy."""

from fractions import Fraction as Exact
from typing import Annotated, Any, ClassVar

import numpy as np
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from sim.policies.base import Policy
from sim.policies.cells import by_host, claimed, countries, limit, without_employers
from sim.policies.fields import Compliance, Country, Sectors, codes
from sim.policies.numbers import AtLeastOne, Dollars, Fraction, amount

FEW = 20  # an employer with fewer staff may hire one foreigner (L07, SPEC 6.15)


def written(share: float | str) -> float | str:
    """A share that the law writes as a number."""
    if isinstance(share, str):
        raise PydanticCustomError("law_share", "the law writes a number, not {value}", {"value": share})
    return share


class StaffShare(BaseModel):
    """The foreign share that some sectors are allowed, and the staff that it is a share of."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    sectors: Sectors
    """The sectors that share one number."""
    staff: AtLeastOne
    """All who work there, nationals and foreigners, in persons."""
    share: Annotated[Fraction, AfterValidator(written)]
    """The largest share of foreigners."""


class EmployerShare(Policy, kind="employer_share"):
    """Foreigners with a work permit may be no more than a share of the staff: floor(share × staff), and one where
    fewer than 20 work.

    The law tests each employer. Here an employer stands for all firms of a region's sector, and nationals are not
    counted; so the staff of the host's sectors is written in the rule, and its firms share one number. Real firms
    cannot lend each other their shares: the rule binds sooner than here. Permits in force are counted, and
    authorisations not yet used; nobody is sent away, and a renewal keeps its place.

    The levy is due for each month of work with a permit, to the host state. Employers then want fewer: by how much is
    the prior labour_demand_elasticity.
    """

    host: Country
    """The state."""
    shares: Annotated[tuple[StaffShare, ...], Field(strict=False)] = ()
    """Shares by sectors; sectors that are not named have none."""
    levy_usd: Dollars = 0.0
    """What an employer pays the state for each foreigner and month."""
    levy_sectors: Sectors = "all"
    """The sectors that pay the levy."""
    compliance: Compliance = 1.0
    """Share of the refused requests that the host refuses in fact; the rest is granted in breach."""

    example: ClassVar = {"host": "RUS", "shares": [{"sectors": ["F"], "staff": 1_000_000, "share": 0.2}]}

    @model_validator(mode="after")
    def _says_something(self) -> "EmployerShare":
        if not self.shares and self.levy_usd == 0:
            raise PydanticCustomError("empty", "give shares, a levy_usd, or both")
        if self.levy_usd == 0 and self.levy_sectors != "all":
            raise PydanticCustomError("no_levy", "levy_sectors without a levy_usd: give the levy, or leave them out")
        if not self.shares and self.compliance != 1.0:
            raise PydanticCustomError("no_shares", "compliance without shares: a levy refuses nobody, leave it out")
        named = [code for x in self.shares for code in ((x.sectors,) if isinstance(x.sectors, str) else x.sectors)]
        twice = sorted({code for code in named if named.count(code) > 1 or ("all" in named and len(named) > 1)})
        if twice:
            what = "one share for a sector: {sectors} has more"
            raise PydanticCustomError("sector_twice", what, {"sectors": ", ".join(twice)})
        return self

    def claims(self, world: Any) -> frozenset[tuple[Any, ...]]:
        """One share, and one levy, for a host and sector."""
        cells = [("employer share", x.sectors) for x in self.shares]
        if self.levy_usd != 0:
            cells.append(("levy", self.levy_sectors))
        each = (claimed(what, world, ((self.host,), "country"), (sectors, "sector")) for what, sectors in cells)
        return frozenset().union(*each)

    def in_vain(self, world: Any) -> str:
        """Nobody there employs foreigners."""
        sectors = [x.sectors for x in self.shares] + ([self.levy_sectors] if self.levy_usd != 0 else [])
        nobody = [without_employers(world, (self.host,), x) for x in sectors]
        return nobody[0] if all(nobody) else ""

    def write(self, rules: Any, today: Any) -> None:
        """One limit for each number, and the levy."""
        world = today.world
        host = world.country_index(self.host)
        others = [n for n in countries("all", world) if n != host]
        for x in self.shares:
            row = limit(world, [host], others, x.sectors, allowed(x), compliance=by_host(self.compliance, today))
            rules.limit("+".join(codes(x.sectors, world, "sector")), row)
        sectors = [world.sector_index(code) for code in codes(self.levy_sectors, world, "sector")]
        if self.levy_usd != 0:
            rules.set("levy", np.ix_([host], sectors), amount(self.levy_usd, today.params))


def allowed(of: StaffShare) -> int:
    """Foreigners in a staff: the floor of the exact product; one where the staff is below twenty."""
    return 1 if of.staff < FEW else int(Exact(str(of.share)) * of.staff)
