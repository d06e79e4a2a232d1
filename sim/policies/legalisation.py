"""Legalisation and amnesty: people without papers may become contract workers, or leave unpunished (ROK 2003)."""

from typing import Any, ClassVar

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from sim.policies.base import Policy
from sim.policies.cells import claimed, countries
from sim.policies.fields import Countries, Country
from sim.policies.numbers import Fraction, amount


class Legalisation(Policy, kind="legalisation"):
    """In the month in which it takes effect a share of those without papers who work receives work permits.

    They keep their work and need not leave. Permits given so are not tested by limits: the act itself is the exception.
    An amnesty lets a share of those who are left go home in that month, at work or not, without fine, detention or bar.
    """

    host: Country
    """The state."""
    nationality: Countries = "all"
    """Who may come forward."""
    share: Fraction
    """Share of those at work without papers who are legalised; 0 for an amnesty that only lets people leave."""
    leaves: Fraction = 0.0
    """Share of those without papers, when permits are given, who leave under the amnesty."""

    foreigners_in: ClassVar = "host"
    example: ClassVar = {"host": "RUS", "share": 0.3}

    @model_validator(mode="after")
    def _does_something(self) -> "Legalisation":
        if self.share == 0 and self.leaves == 0:
            raise PydanticCustomError("nobody", "give a share above 0, a share that leaves above 0, or both")
        return self

    def claims(self, world: Any) -> frozenset[tuple[Any, ...]]:
        """One legalisation a host and nationality at a time."""
        return claimed("legalisation", world, ((self.host,), "country"), (self.nationality, "country"))

    def write(self, rules: Any, today: Any) -> None:
        """Open for one month."""
        if rules.remember("month", lambda: today.t) == today.t:
            cells = today.world.country_index(self.host), countries(self.nationality, today.world)
            rules.set("regularise", cells, amount(self.share, today.params))
            rules.set("leaves_freely", cells, amount(self.leaves, today.params))
