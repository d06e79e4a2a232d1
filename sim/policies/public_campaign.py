"""Public campaign: a state educates its public to welcome foreigners, or tells emigrants what awaits them."""

from typing import Any, ClassVar

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from sim.policies.base import Policy
from sim.policies.cells import countries
from sim.policies.fields import Countries, Country
from sim.policies.numbers import Number, Often, amount


class PublicCampaign(Policy, kind="public_campaign"):
    """While the campaign lasts, a host's public is drawn towards a kinder attitude, or communities of origin learn
    sooner what is true of wages and dangers abroad; afterwards both move as before. It changes no right.

    The first adds to what drives the attitude at the end of each year in which it is in force, beside acquaintance,
    competition for work and irregularity; inspectors and employers follow the public. The second tells people at home
    as returnees do. It tells the truth: where a way is less dangerous than was believed, more will take it. No campaign
    in the region has been measured: strength and reach are priors. Campaigns add up.
    """

    host: Country | None = None
    """The state whose public is addressed."""
    strength: Number | None = None
    """What that adds to the drive of the attitude; 0 does nothing, less than 0 incites."""
    informs: Countries | None = None
    """The nationalities whose communities at home are told."""
    reach: Often | None = None
    """How often each of them is told besides; 1 makes them learn twice as fast as they do of themselves."""

    example: ClassVar = {"host": "KOR", "strength": 0.2}

    @model_validator(mode="after")
    def _complete(self) -> "PublicCampaign":
        pairs = (self.host, self.strength), (self.informs, self.reach)
        if any((a is None) != (b is None) for a, b in pairs) or all(a is None for a, _ in pairs):
            raise PydanticCustomError("campaign", "give host and strength, or informs and reach, or all four")
        return self

    def write(self, rules: Any, today: Any) -> None:
        """Add to what draws the public, and to how many are told."""
        world = today.world
        for table, where, how in (("welcome", self.host, self.strength), ("told", self.informs, self.reach)):
            if where is not None and how is not None:
                cells = (countries((where,) if table == "welcome" else where, world),)
                rules.set(table, cells, rules.tables[table][cells] + amount(how, today.params))
