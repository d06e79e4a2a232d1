"""Stock cap: work authorisations may not exceed a number, or their number on the day of adoption."""

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from sim.policies.base import Policy
from sim.policies.cells import by_host, covering, foreigners, limit, without_employers
from sim.policies.fields import Compliance, Countries, Country, Day, Sectors, Text, world_of
from sim.policies.numbers import AtLeastOne, Count


class CommitteeException(BaseModel):
    """Nationals whom the Committee approves above the cap, case by case."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    host: Country
    """The state that asked."""
    persons: AtLeastOne
    """How many more it may authorise."""
    approved: Day
    """The day of the approval."""
    source: Text
    """The Committee's decision."""


class StockCap(Policy, kind="stock_cap"):
    """Authorisations in force may on no date exceed the cap (UNSCR 2371 para. 11: their number at adoption).

    Each host has its own cap over all its regions and sectors. Counted are permits in force and authorisations not yet
    used, in persons. An expired permit may be replaced from the next step on, by any employer, unless `refill` is
    false. Nobody is revoked: a stock above the cap falls by expiry, and is reported as excess. A renewal keeps its
    place.
    """

    nationality: Countries
    """Whose work authorisations are capped; several nationalities share one cap."""
    hosts: Countries = "all"
    """The states that are bound."""
    sectors: Sectors = "all"
    """The sectors that are capped."""
    level: Count | Literal["at_adoption"]
    """The cap of each host in persons, or at_adoption: its count when the rule takes effect."""
    refill: bool = True
    """Whether an expired authorisation may be replaced; if not, the cap falls with the stock."""
    compliance: Compliance = 1.0
    """Share of the refused requests that a host refuses in fact; the rest is granted in breach."""
    exceptions: tuple[CommitteeException, ...] = ()
    """Approvals above the cap."""

    foreigners_in: ClassVar = "hosts"
    example: ClassVar = {"nationality": "PRK", "level": "at_adoption"}

    @model_validator(mode="after")
    def _excepts_hosts_that_are_bound(self, info: ValidationInfo) -> "StockCap":
        world = world_of(info)
        bound = [world.countries[host].code for host, _ in foreigners(self.hosts, self.nationality, world)]
        for approval in self.exceptions:
            if approval.host not in bound:
                message = "an exception for {host}, which this cap does not bind: it binds {bound}"
                raise PydanticCustomError("not_bound", message, {"host": approval.host, "bound": ", ".join(bound)})
            if self.until is not None and approval.approved > self.until:
                message = "an exception approved on {day}, after the cap ends on {until}"
                raise PydanticCustomError("late", message, {"day": str(approval.approved), "until": str(self.until)})
        return self

    def claims(self, world: Any) -> frozenset[tuple[Any, ...]]:
        """One stock cap for the same hosts, nationalities and sectors."""
        return covering(
            "stock cap", world, (self.hosts, "country"), (self.nationality, "country"), (self.sectors, "sector")
        )

    def in_vain(self, world: Any) -> str:
        """Nobody is there whom it could bind."""
        return super().in_vain(world) or without_employers(world, self.hosts, self.sectors)

    def write(self, rules: Any, today: Any) -> None:
        """One limit for each host."""
        world = today.world
        comply = by_host(self.compliance, today)
        for host, nations in foreigners(self.hosts, self.nationality, world):
            code = world.countries[host].code
            row = limit(world, [host], nations, self.sectors, 0, compliance=comply)
            row.level = self._level(rules, today, row, code)
            for approval in self._approved(code, today):
                row.level += approval.persons
                rules.tell(today.t, f"exception {code} {approval.approved} +{approval.persons}: {approval.source}")
            rules.limit(code, row)

    def _level(self, rules: Any, today: Any, row: Any, code: str) -> int:
        """The cap without exceptions; where nothing may be replaced it follows the stock down."""
        name = f"level {code}"
        if self.level != "at_adoption" and self.refill:
            return self.level
        level = int(rules.remember(name, lambda: today.count(row) if self.level == "at_adoption" else self.level))
        if not self.refill:
            level = min(level, today.count(row))
            rules.note(name, level)
        return level

    def _approved(self, code: str, today: Any) -> list[CommitteeException]:
        return [x for x in self.exceptions if x.host == code and x.approved <= today.month]
