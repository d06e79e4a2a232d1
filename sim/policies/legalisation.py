"""Legalisation: people without papers may once become contract workers (ROK, second half of 2003)."""

from typing import Any, ClassVar

from sim.policies.base import Policy
from sim.policies.cells import claimed, countries
from sim.policies.fields import Countries, Country, Fraction, amount


class Legalisation(Policy, kind="legalisation"):
    """In the month in which it takes effect a share of those without papers receives work permits.

    They keep their work and need not leave. Permits given so are not tested by limits: the act itself is the exception.
    """

    host: Country
    """The state."""
    nationality: Countries = "all"
    """Who may come forward."""
    share: Fraction
    """Share of those without papers who are legalised."""

    example: ClassVar = {"host": "RUS", "share": 0.3}

    def claims(self, world: Any) -> frozenset[tuple[Any, ...]]:
        """One legalisation a host and nationality at a time."""
        return claimed("legalisation", world, ((self.host,), "country"), (self.nationality, "country"))

    def write(self, rules: Any, today: Any) -> None:
        """Open for one month."""
        if rules.remember("month", lambda: today.t) == today.t:
            host = today.world.country_index(self.host)
            rules.set("regularise", (host, countries(self.nationality, today.world)), amount(self.share, today.params))
