"""Origin instability: order breaks down in regions of a state, and people flee across its border on their own."""

from typing import Any, ClassVar

from pydantic import ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from sim.policies.base import Policy
from sim.policies.cells import claimed
from sim.policies.fields import Places, codes, world_of
from sim.policies.numbers import Fraction, amount


class OriginInstability(Policy, kind="origin_instability"):
    """In each month that it lasts, a share of the people at home in some regions cross the border without papers.

    Fleeing are those of the groups that cross unlawfully, into the first host of their group, without broker, fee or
    fare. Border guards see and turn back as many of them as of others. The neighbour's rules stand: who got across is
    irregular there, and may be found, handed over, claim asylum or move on. Programmes' members stay under guard.
    """

    places: Places
    """The regions in which order breaks down."""
    share: Fraction
    """The share of those at home who set out in each month."""

    example: ClassVar = {"places": ["PRK-North-Hamgyong"], "share": 0.05}

    @model_validator(mode="after")
    def _somebody_flees(self, info: ValidationInfo) -> "OriginInstability":
        world = world_of(info)
        homes = {place for x in world.groups if x.crosses_unlawfully for place, _ in x.home}
        for place in codes(self.places, world, "place"):
            if self.places != "all" and place not in homes:
                message = "nobody in {place} would cross a border without papers: no group in groups.csv"
                raise PydanticCustomError("nobody_flees", message, {"place": place})
        return self

    def claims(self, world: Any) -> frozenset[tuple[Any, ...]]:
        """One share a region."""
        return claimed("instability", world, (self.places, "place"))

    def write(self, rules: Any, today: Any) -> None:
        """Say who flees."""
        places = [today.world.place_index(code) for code in codes(self.places, today.world, "place")]
        rules.set("flees", (places,), amount(self.share, today.params))
