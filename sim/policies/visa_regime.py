"""Visa regime: a state gives a nationality no visas of a purpose, or no more than so many in a year."""

from typing import Any, ClassVar, Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from sim.core.words import Channel
from sim.policies.base import Policy
from sim.policies.cells import claimed, countries
from sim.policies.fields import Countries, Country
from sim.policies.numbers import Count

VISAS = {"visit": Channel.VISIT, "work": Channel.CONTRACT, "study": Channel.STUDY, "family": Channel.FAMILY}


class VisaRegime(Policy, kind="visa_regime"):
    """A state stops giving nationals of other states visas of a purpose, or gives each nationality so many a year.

    Whoever is there stays on, and may have a permit renewed. Unlike a closed border, which turns back a share of those
    who come, it is known before anybody sets out: people who decide choose another way or host, with a smuggler too.
    Unlike a ban on permits, employers are still authorised to hire; those hired wait at home, and what is not used
    lapses. The visa of a visit serves tourists, traders, and those who will overstay it or were deceived; claims of
    asylum and people smuggled need none. Days free of a visa are no setting: a visit is a month for everybody.
    """

    host: Country
    """The state that gives visas."""
    nationality: Countries
    """Whose nationals need them; the host's own never do."""
    visas: tuple[Literal["visit", "work", "study", "family"], ...]
    """The purposes."""
    stop: bool = False
    """Whether no visas of these purposes are given any more."""
    limit: Count | None = None
    """Persons of each nationality who are given one from 1 January on, for each purpose; nothing carries over."""

    foreigners_in: ClassVar = "host"
    example: ClassVar = {"host": "KOR", "nationality": "MNG", "visas": ["visit"], "stop": True}

    @model_validator(mode="after")
    def _stop_or_limit(self) -> "VisaRegime":
        if self.stop == (self.limit is not None):
            raise PydanticCustomError("stop_or_limit", "give either stop: true, or a limit of persons a year")
        if not self.visas or len(set(self.visas)) < len(self.visas):
            raise PydanticCustomError("visas_once", "name at least one purpose under visas, and none of them twice")
        return self

    def claims(self, world: Any) -> frozenset[tuple[Any, ...]]:
        """One regime for a host, a nationality and a purpose."""
        cells = (claimed(f"visas for {x}", world, ((self.host,), "country"), (self.nationality, "country"))
                 for x in self.visas)  # fmt: skip
        return frozenset().union(*cells)

    def write(self, rules: Any, today: Any) -> None:
        """Say how many visas there are in a year."""
        host, most = today.world.country_index(self.host), 0 if self.limit is None else self.limit
        for nation in countries(self.nationality, today.world):
            if nation != host:
                rules.set("visas_a_year", ([int(VISAS[x]) for x in self.visas], host, nation), most)
