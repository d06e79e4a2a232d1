"""Permit ban: no new work authorisations (UNSCR 2375 para. 17; Poland's stop of 2016)."""

from typing import Any, ClassVar, Literal

import numpy as np

from sim.core.words import Grant
from sim.policies.base import Policy
from sim.policies.cells import by_host, covering, foreigners, limit, without_employers
from sim.policies.fields import Compliance, Countries, Sectors, codes


class PermitBan(Policy, kind="permit_ban"):
    """No work authorisation is granted while the ban is in force.

    Contracts signed before it are exempt to their end, even if the worker has not arrived: here, authorisations granted
    before. Replacements are not exempt. Whether a renewal is a new authorisation must be said.
    """

    nationality: Countries
    """Who may not be authorised."""
    hosts: Countries = "all"
    """The states that are bound."""
    sectors: Sectors = "all"
    """The sectors that are closed."""
    renewals: Literal["counted", "exempt"]
    """counted: a renewal is a new authorisation and is refused; exempt: it is not."""
    signed_before: Literal["exempt", "void"] = "exempt"
    """What becomes of authorisations granted before the ban and not yet used."""
    compliance: Compliance = 1.0
    """Share of the refused requests that a host refuses in fact; the rest is granted in breach."""

    foreigners_in: ClassVar = "hosts"
    example: ClassVar = {"nationality": "PRK", "hosts": ["QAT", "KWT"], "renewals": "exempt"}

    def claims(self, world: Any) -> frozenset[tuple[Any, ...]]:
        """One ban for the same hosts, nationalities and sectors."""
        return covering("ban", world, (self.hosts, "country"), (self.nationality, "country"), (self.sectors, "sector"))

    def in_vain(self, world: Any) -> str:
        """Nobody is there whom it could bind."""
        return super().in_vain(world) or without_employers(world, self.hosts, self.sectors)

    def write(self, rules: Any, today: Any) -> None:
        """One limit without room for each host."""
        world = today.world
        for host, nations in foreigners(self.hosts, self.nationality, world):
            row = limit(
                world, [host], nations, self.sectors, 0, grants=(Grant.WORK,), is_ban=True,
                counts_renewals=self.renewals == "counted", compliance=by_host(self.compliance, today),
            )  # fmt: skip
            rules.limit(world.countries[host].code, row)
            if self.signed_before == "void" and rules.remember("month", lambda: today.t) == today.t:
                sectors = [world.sector_index(code) for code in codes(self.sectors, world, "sector")]
                rules.set("void", np.ix_([host], nations, sectors), 1.0)
