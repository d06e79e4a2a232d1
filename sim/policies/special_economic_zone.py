"""Special economic zone: a region adds posts in some sectors, and its state lets nationalities be hired for them."""

from typing import Any, ClassVar

from pydantic import ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from sim.policies.base import Policy
from sim.policies.cells import countries
from sim.policies.fields import Countries, PlaceId, Sectors, codes, world_of
from sim.policies.numbers import Posts


class SpecialEconomicZone(Policy, kind="special_economic_zone"):
    """Employers of a region have posts with papers beyond those that output brings, in all seasons. Zones add up.

    Whom they would hire first stays as it is in the region, and the contract channel opens in the whole host.
    """

    place: PlaceId
    """The region in which the zone lies."""
    sectors: Sectors
    """The sectors of its firms; "all" are those in which the region employs foreigners."""
    posts: Posts
    """Posts that it adds in each of its sectors."""
    nationality: Countries
    """Nationalities that may be hired under contract; "all" are those whom somebody there would hire."""

    example: ClassVar = {"place": "MNG-Gobi", "sectors": ["B"], "posts": 200, "nationality": ["CHN"]}

    @model_validator(mode="after")
    def _has_employers(self, info: ValidationInfo) -> "SpecialEconomicZone":
        world = world_of(info)
        employers, wanted = self._sectors(world), self._wanted(world)
        if not employers and self.sectors == "all":
            message = "nobody in {place} employs foreigners in any sector: add the zone's to jobs.csv"
            raise PydanticCustomError("no_employer", message, {"place": self.place})
        for sector in codes(self.sectors, world, "sector"):
            if sector not in employers and self.sectors != "all":
                message = "nobody in {place} employs foreigners in {sector}: add it to jobs.csv"
                raise PydanticCustomError("no_employer", message, {"place": self.place, "sector": sector})
        for code in codes(self.nationality, world, "country"):
            if code not in wanted and self.nationality != "all":
                message = "no employer of this zone would hire {code}: add a row to preferences.csv"
                raise PydanticCustomError("no_preference", message, {"code": code})
        if not wanted:
            message = "no employer of this zone would hire any nationality: add rows to preferences.csv"
            raise PydanticCustomError("no_preference", message)
        return self

    def _sectors(self, world: Any) -> list[str]:
        """The sectors of the zone in which the region has an employer."""
        here = {job.sector for job in world.jobs if job.place == self.place}
        return [sector for sector in codes(self.sectors, world, "sector") if sector in here]

    def _wanted(self, world: Any) -> list[str]:
        """The nationalities of the zone whom an employer in it would hire."""
        rows = [world.sector_index(sector) for sector in self._sectors(world)]
        share = world.preference_table[world.place_index(self.place), rows].sum(0)
        return [code for code in codes(self.nationality, world, "country") if share[world.country_index(code)] > 0]

    def write(self, rules: Any, today: Any) -> None:
        """Add the posts and open the channel."""
        world = today.world
        place, sectors = world.place_index(self.place), [world.sector_index(s) for s in self._sectors(world)]
        rules.set("zone_posts", (place, sectors), rules.zone_posts[place, sectors] + self.posts)
        rules.set("open_work", (world.host_of_place[place], countries(tuple(self._wanted(world)), world)), 1.0)
