"""Reception policy: how a state takes in people who cross to it without papers and are assigned work there."""

from typing import Any, ClassVar

import numpy as np
from pydantic import ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from sim.core.recalls import Recall
from sim.policies.base import Policy
from sim.policies.cells import claimed, mask
from sim.policies.fields import Country, Places, codes, listed, world_of
from sim.policies.numbers import Age, Days, Fraction, Persons, amount

SETTINGS = ("station_days", "documents_a_day", "diplomas", "housing", "sends_back")


class ReceptionPolicy(Policy, kind="reception_policy"):
    """A rule for the stations, or for those who were assigned work; a setting left out stays as it is.

    Newcomers stay at a station for the days that hold when they come. Documents for the journey to the place of work
    and housing there are shared by all who are ready. Who is sent back may cross again. A group return reaches those at
    work up to an age, ever more of them until the share is reached on its last day; it needs `until`.
    """

    host: Country
    """The state that receives them."""
    station_days: Days | None = None
    """Days that a station keeps somebody before work is assigned."""
    documents_a_day: Persons | None = None
    """Documents for the journey to assigned work that are issued a day; without a rule as many as are asked for."""
    diplomas: bool | None = None
    """Whether only those with diplomas or certificates are introduced as trained."""
    housing: Persons | None = None
    """Persons for whom there is housing besides, in all of `places` together."""
    places: Places = "all"
    """Where that housing is; in proportion to the housing there is."""
    sends_back: Fraction | None = None
    """Share of those reached whom a group return has sent home by its last day."""
    oldest: Age | None = None
    """Age in completed years up to which a group return reaches people; left out: everybody."""

    example: ClassVar = {"host": "PRK", "station_days": 15}

    @model_validator(mode="after")
    def _says_something(self, info: ValidationInfo) -> "ReceptionPolicy":
        if all(getattr(self, name) is None for name in SETTINGS):
            raise PydanticCustomError("nothing", "sets nothing: give one of {all}", {"all": ", ".join(SETTINGS)})
        if self.sends_back is not None and (self.until is None or self.from_ is None):
            raise PydanticCustomError("until", "a group return begins and ends: give `from` and `until`")
        if self.places != "all" and self.housing is None:
            raise PydanticCustomError("no_housing", "places without housing: say how many persons, or leave them out")
        if self.oldest is not None and self.sends_back is None:
            raise PydanticCustomError("no_return", "oldest without sends_back: give that share, or leave it out")
        world = world_of(info)
        if world.stations and not world.receives[world.country_index(self.host)]:
            raise PydanticCustomError("no_stations", "{host} has no reception stations", {"host": self.host})
        return self

    def claims(self, world: Any) -> frozenset[tuple[Any, ...]]:
        """Each setting of a host; housing adds up."""
        named = [name for name in SETTINGS if name != "housing" and getattr(self, name) is not None]
        return frozenset().union(*(claimed(name, world, ((self.host,), "country")) for name in named))

    def in_vain(self, world: Any) -> str:
        """Nobody is received, or it builds where nobody is housed."""
        if not world.stations:
            return "nobody is received in this world: it has no reception stations"
        housed = {row.place for row in world.housing} & {place.id for place in world.places_of(self.host)}
        builds_alone = [x for x in SETTINGS if getattr(self, x) is not None] == ["housing"]
        lost = builds_alone and not housed & set(codes(self.places, world, "place"))
        return f"nobody is housed in {', '.join(listed(self.places))}: no row in housing.csv" if lost else ""

    def write(self, rules: Any, today: Any) -> None:
        """Set what the rule says of stations, documents, diplomas and housing, and order the group return."""
        host, params = today.world.country_index(self.host), today.params
        if self.station_days is not None:
            rules.set("station_days", (host,), amount(self.station_days, params))
        if self.documents_a_day is not None:
            rules.set("documents", (host,), amount(self.documents_a_day, params))
        if self.diplomas is not None:
            rules.set("diplomas", (host,), float(self.diplomas))
        if self.housing is not None:
            self._build(rules, today, amount(self.housing, params))
        if self.sends_back is not None:
            self._send_back(rules, today, host)

    def _build(self, rules: Any, today: Any, persons: float) -> None:
        """Add housing to the places named, in proportion to what they have in the host."""
        named = [today.world.place_index(code) for code in codes(self.places, today.world, "place")]
        here = today.world.host_of_place == today.world.country_index(self.host)
        there = [p for p in named if here[p] and rules.base["housing"][p] > 0]
        share = rules.base["housing"][there] / max(rules.base["housing"][there].sum(), 1)
        rules.set("housing", (there,), rules.tables["housing"][there] + persons * share)

    def _send_back(self, rules: Any, today: Any, host: int) -> None:
        """Recall foreigners at work: of those reached the share, times the part of its days that is over."""
        if self.from_ is None or self.until is None or self.sends_back is None:
            return
        c = len(today.world.countries)
        over = ((today.month - self.from_).days + 1) / ((self.until - self.from_).days + 1)
        share = np.full(c, amount(self.sends_back, today.params) * over)
        nations = ~mask([host], c)
        oldest = np.inf if self.oldest is None else self.oldest
        rules.recall(Recall(mask([host], c), nations, share, is_over=False, oldest=oldest))
