"""Citizenship rule: whether a state lets its citizens hold a second nationality, and how long the settled wait."""

from typing import Any, ClassVar

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from sim.policies.base import Policy
from sim.policies.cells import claimed
from sim.policies.fields import Country
from sim.policies.numbers import Years


class CitizenshipRule(Policy, kind="citizenship_rule"):
    """A second nationality is allowed or banned, and settled foreigners may be naturalised after some years.

    A ban binds twice: foreigners who become citizens must give up their nationality, and the state's own citizens lose
    theirs with another (Mongolia, S034). Both nationalities are kept only where both states allow it. Who may not keep
    both naturalises as rarely as people give one up. Without such a rule the world's own holds.
    """

    host: Country
    """The state."""
    second_nationality: bool | None = None
    """Whether it is allowed; left out: as before."""
    years: Years | None = None
    """Years since settling after which foreigners may become citizens; left out: as before."""

    example: ClassVar = {"host": "MNG", "second_nationality": True}

    @model_validator(mode="after")
    def _says_something(self) -> "CitizenshipRule":
        if self.second_nationality is None and self.years is None:
            raise PydanticCustomError("empty", "give second_nationality, years, or both")
        return self

    def claims(self, world: Any) -> frozenset[tuple[Any, ...]]:
        """One rule a state."""
        return claimed("citizenship", world, ((self.host,), "country"))

    def write(self, rules: Any, today: Any) -> None:
        """Set what is said."""
        host = today.world.country_index(self.host)
        if self.second_nationality is not None:
            rules.set("dual_citizenship", (host,), float(self.second_nationality))
        if self.years is not None:
            rules.set("naturalise_years", (host,), self.years)
