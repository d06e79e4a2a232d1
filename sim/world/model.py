"""What a world is made of: frozen records of places, ports and links, and all of them together (`actors`: people)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sim.world.actors import Broker, Group, Job, Preference, Stock, Trafficking
from sim.world.profiles import Profile
from sim.world.receiving import Housing, LeftOut, Station
from sim.world.series import Frame, Series
from sim.world.treaties import Treaties

Months = tuple[bool, ...]

ANY_STATE = "*"
# The months of the stocks are those of `initial`: see its sources, and the README beside it.
WORLDS = {
    "northeast_asia": Frame(1998, 2016, 2000, "month", date(2000, 1, 1)),
    "tumen_1961": Frame(1960, 1962, 1960, "week", date(1960, 7, 1)),
}
STATUSES = (
    "home",
    "visitor",
    "worker",
    "overstayer",
    "irregular",
    "asylum_seeker",
    "refugee",
    "settled",
    "detained",
    "student",
    "citizen",
    "reception",
)
CHANNELS = ("contract", "visit", "overstay", "smuggler", "asylum", "study", "family")
PURPOSES = (
    "official",
    "private",
    "tourism",
    "permanent_residence",
    "other",
    "work",
    "return",
    "removal",
    "irregular",
)
BROKER_KINDS = ("state_agency", "licensed", "smuggler")


@dataclass(frozen=True, slots=True)
class Country:
    """A host and a nationality, by ISO 3166-1 alpha-3 code; `members` are the countries of a pool."""

    code: str
    name: str
    members: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Place:
    """A region where people live and work; `wage_relative` is its wage over the country's."""

    id: str
    name: str
    country: str
    lon: float
    lat: float
    population: int
    wage_relative: float
    source: str


@dataclass(frozen=True, slots=True)
class Port:
    """A border crossing between two states, or an airport (`states[1]` is `*`); open in `months` (January first)."""

    id: str
    name: str
    lon: float
    lat: float
    states: tuple[str, str]
    modes: tuple[str, ...]
    months: Months
    confidence: str
    note: str
    source: str

    @property
    def is_airport(self) -> bool:
        """Whether it is an airport, which any state's traffic may use."""
        return self.states[1] == ANY_STATE


@dataclass(frozen=True, slots=True)
class Mode:
    """A way to travel: what a kilometre costs [USD] and how far one gets in a day [km]."""

    code: str
    usd_per_km: float
    fixed_usd: float
    km_per_day: float
    source: str


@dataclass(frozen=True, slots=True)
class Link:
    """A way between two nodes (place or port ids), both directions; `p_seen` only where it is not lawful."""

    a: str
    b: str
    mode: str
    km: float
    cost_usd: float
    days: float
    is_lawful: bool
    months: Months
    p_seen: float
    source: str


@dataclass(frozen=True, slots=True)
class Sector:
    """A branch of work: ISIC section or division."""

    code: str
    name: str
    source: str


@dataclass(frozen=True)
class World:
    """Everything that a run finds at its start and no policy changes."""

    name: str
    countries: tuple[Country, ...]
    places: tuple[Place, ...]
    ports: tuple[Port, ...]
    modes: tuple[Mode, ...]
    links: tuple[Link, ...]
    sectors: tuple[Sector, ...]
    groups: tuple[Group, ...]
    initial: tuple[Stock, ...]
    jobs: tuple[Job, ...]
    preferences: tuple[Preference, ...]
    brokers: tuple[Broker, ...]
    trafficking: tuple[Trafficking, ...]
    profiles: tuple[Profile, ...]
    treaties: Treaties
    stations: tuple[Station, ...]
    housing: tuple[Housing, ...]
    left_out: tuple[LeftOut, ...]
    series: Series

    @cached_property
    def _country_index(self) -> dict[str, int]:
        return positions([c.code for c in self.countries])

    @cached_property
    def _place_index(self) -> dict[str, int]:
        return positions([p.id for p in self.places])

    @cached_property
    def _port_index(self) -> dict[str, int]:
        return positions([p.id for p in self.ports])

    @cached_property
    def _sector_index(self) -> dict[str, int]:
        return positions([s.code for s in self.sectors])

    @cached_property
    def _group_index(self) -> dict[str, int]:
        return positions([g.id for g in self.groups])

    def country_index(self, code: str) -> int:
        """Row of a country in `countries` (KeyError if unknown)."""
        return self._country_index[code]

    def country_rows(self, codes: Sequence[str]) -> list[int]:
        """Rows of those of the countries that this world has, in the order given."""
        return [self._country_index[code] for code in codes if code in self._country_index]

    def sector_rows(self, codes: Sequence[str]) -> list[int]:
        """Rows of those of the sectors that this world has, in the order given."""
        return [self._sector_index[code] for code in codes if code in self._sector_index]

    def place_index(self, place: str) -> int:
        """Row of a place in `places` (KeyError if unknown)."""
        return self._place_index[place]

    def port_index(self, port: str) -> int:
        """Row of a port in `ports` (KeyError if unknown)."""
        return self._port_index[port]

    def sector_index(self, code: str) -> int:
        """Row of a sector in `sectors` (KeyError if unknown)."""
        return self._sector_index[code]

    def group_index(self, group: str) -> int:
        """Row of a group in `groups` (KeyError if unknown)."""
        return self._group_index[group]

    @cached_property
    def host_of_place(self) -> npt.NDArray[np.int64]:
        """Country row of each place, shape [place]."""
        return np.array([self.country_index(p.country) for p in self.places])

    @cached_property
    def nation_of_group(self) -> npt.NDArray[np.int64]:
        """Country row of each group's nationality, shape [group]."""
        return np.array([self.country_index(g.nationality) for g in self.groups])

    @cached_property
    def tied(self) -> npt.NDArray[np.bool_]:
        """Whether a host is the country of a group's forebears, shape [group, host]."""
        return np.array([[group.tie == country.code for country in self.countries] for group in self.groups])

    @cached_property
    def via_of_group(self) -> npt.NDArray[np.int64]:
        """Country row of the state through which smugglers bring each group, shape [group]; -1 if there is none."""
        return np.array([self.country_index(g.via) if g.via else -1 for g in self.groups])

    @cached_property
    def preference_table(self) -> npt.NDArray[np.float64]:
        """Preferences, shape [place, sector, nationality]; zero where neither the place nor its host has a row."""
        table = np.zeros((len(self.places), len(self.sectors), len(self.countries)))
        for p, place in enumerate(self.places):
            for s, sector in enumerate(self.sectors):
                for row in self.preferences_at(place, sector.code):
                    table[p, s, self.country_index(row.nationality)] = row.share
        return table

    def preferences_at(self, place: Place, sector: str) -> list[Preference]:
        """The rows that hold at a place for a sector: its own, else its host's."""
        rows = [row for row in self.preferences if (row.host, row.sector) == (place.country, sector)]
        own = [row for row in rows if row.place == place.id]
        return own or [row for row in rows if not row.place]

    @cached_property
    def station_places(self) -> npt.NDArray[np.int64]:
        """Row of the place of each station, shape [station]."""
        return np.array([self.place_index(x.place) for x in self.stations], np.int64)

    @cached_property
    def receives(self) -> npt.NDArray[np.bool_]:
        """Whether a state receives those who cross at stations, shape [host]."""
        out = np.zeros(len(self.countries), bool)
        out[self.host_of_place[self.station_places]] = True
        return out

    def places_of(self, code: str) -> tuple[Place, ...]:
        """The places of a country, in their order."""
        return tuple(p for p in self.places if p.country == code)


def positions(names: Sequence[str]) -> dict[str, int]:
    """Row of each name."""
    return {name: row for row, name in enumerate(names)}


def priors_of(source: str) -> tuple[str, ...]:
    """Names of the priors in a source cell (`S067; assumed:prk_russia_2000`); none where only facts are named."""
    return tuple(re.findall(r"assumed:(\w*)", source))
