"""Permit quota: so many permits a year, or so many in force (Russia's 35,000; Mongolia's DPRK quota)."""

from typing import Any, ClassVar, Literal

from sim.core.limits import Counts
from sim.core.words import Grant, Status
from sim.policies.base import Policy
from sim.policies.cells import by_host, countries, covering, foreigners, limit, without_employers
from sim.policies.fields import Compliance, Countries, Sectors
from sim.policies.numbers import Count


class PermitQuota(Policy, kind="permit_quota"):
    """A number of permits for nationalities that share it.

    issued: grants since 1 January; what is left does not carry over, and a cut below what was issued leaves nothing.
    in_force: permits in force and authorisations not yet used, as for a stock cap.
    """

    nationality: Countries
    """Whose permits are counted together."""
    hosts: Countries
    """The states whose permits are counted."""
    sectors: Sectors = "all"
    """The sectors that are counted."""
    level: Count
    """The quota in persons."""
    counts: Literal["issued", "in_force"]
    """What is counted."""
    per: Literal["host", "total"] = "host"
    """host: each host has the quota for itself; total: they share one."""
    renewals: Literal["counted", "exempt"]
    """Whether a renewal uses up the yearly quota; in force it keeps its place in any case."""
    permit: Literal["work", "settlement"] = "work"
    """Which permit: to work, or to settle."""
    compliance: Compliance = 1.0
    """Share of the refused requests that a host refuses in fact; the rest is granted in breach."""

    foreigners_in: ClassVar = "hosts"
    example: ClassVar = {
        "nationality": "CHN", "hosts": "RUS", "level": 50_000, "counts": "issued", "renewals": "exempt"
    }  # fmt: skip

    def claims(self, world: Any) -> frozenset[tuple[Any, ...]]:
        """One quota of a sort for the same nationalities, hosts and sectors."""
        name = f"quota {self.permit} {self.counts} {self.per}"
        return covering(
            name, world, (self.nationality, "country"), (self.hosts, "country"), (self.sectors, "sector")
        )  # fmt: skip

    def in_vain(self, world: Any) -> str:
        """Nobody is there whom it could bind."""
        nobody = without_employers(world, self.hosts, self.sectors) if self.permit == "work" else ""
        return super().in_vain(world) or nobody

    def write(self, rules: Any, today: Any) -> None:
        """One limit for each host, or one for all."""
        world = today.world
        bound = foreigners(self.hosts, self.nationality, world)
        if self.per == "total":
            rules.limit("", self._row(today, [host for host, _ in bound], countries(self.nationality, world)))
            return
        for host, nations in bound:
            rules.limit(world.countries[host].code, self._row(today, [host], nations))

    def _row(self, today: Any, hosts: list[int], nations: list[int]) -> Any:
        world = today.world
        settles = self.permit == "settlement"
        return limit(
            world, hosts, nations, self.sectors, self.level,
            counts=Counts.ISSUED if self.counts == "issued" else Counts.IN_FORCE,
            statuses=(Status.SETTLED,) if settles else (Status.WORKER,),
            grants=(Grant.SETTLEMENT,) if settles else (Grant.WORK,),
            counts_renewals=self.renewals == "counted" and self.counts == "issued",
            compliance=by_host(self.compliance, today),
        )  # fmt: skip
