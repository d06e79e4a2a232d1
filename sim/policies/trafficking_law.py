"""Trafficking law: a state makes trafficking a crime, or no longer gives the visas that traffickers use."""

from typing import Any, ClassVar

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from sim.policies.base import Policy
from sim.policies.cells import claimed, countries
from sim.policies.fields import Countries, Country
from sim.policies.numbers import Fraction, amount


class TraffickingLaw(Policy, kind="trafficking_law"):
    """Trafficking becomes a crime, so that cases which break can be taken to this state's courts; or a share of the
    visas for work on which traffickers sent women is no longer given. Whoever is deceived all the same comes as a
    visitor, believes the offer less, and is without papers sooner. How far victims are protected is not changed by
    this law. Refusals of visas compose.
    """

    state: Country
    """The state whose law it is."""
    crime: bool = False
    """Whether trafficking is a crime from now on."""
    visas_refused: Fraction = 0.0
    """The share of the visas on which traffickers sent women that is no longer given."""
    nationality: Countries = "all"
    """The nationalities that are refused these visas."""

    foreigners_in: ClassVar = "state"
    example: ClassVar = {"state": "JPN", "visas_refused": 0.5}

    @model_validator(mode="after")
    def _does_something(self) -> "TraffickingLaw":
        if not self.crime and self.visas_refused == 0.0:
            raise PydanticCustomError("no_law", "give crime: true, or the share visas_refused, or both")
        if self.nationality != "all" and self.visas_refused == 0.0:
            raise PydanticCustomError("no_visas", "nationality without visas_refused: give the share, or leave it out")
        return self

    def claims(self, world: Any) -> frozenset[tuple[Any, ...]]:
        """A state makes it a crime once."""
        return claimed("trafficking a crime", world, ((self.state,), "country")) if self.crime else frozenset()

    def write(self, rules: Any, today: Any) -> None:
        """Courts of the state, and the share of visas."""
        state = today.world.country_index(self.state)
        if self.crime:
            rules.set("traffic_law", (state,), 1.0)
        left = 1 - amount(self.visas_refused, today.params)
        rules.scale("visas", (state, countries(self.nationality, today.world)), left)
