"""Who acts in a world: frozen records of groups of people, their stocks abroad, employers' posts, and brokers."""

from dataclasses import dataclass

Shares = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """People of one nationality who share a home, a weight (persons a head stands for) and ways abroad.

    `tie` is the country of their forebears, where they settle more easily; `via` the state through which smugglers
    bring them, on forged passports of that state. Both are empty for most.
    """

    id: str
    name: str
    nationality: str
    home: Shares
    persons: int
    weight: int
    is_programme: bool
    is_soldier: bool
    channels: tuple[str, ...]
    hosts: tuple[str, ...]
    sectors: Shares
    trips_per_year: float
    trip_purposes: Shares
    trip_hosts: Shares
    savings_usd: float
    tie: str
    via: str
    source: str

    @property
    def agents(self) -> int:
        """Heads that stand for the group."""
        return round(self.persons / self.weight)

    @property
    def crosses_unlawfully(self) -> bool:
        """Whether its people slip across a border by land, and not with a forged passport."""
        return "smuggler" in self.channels and bool(self.hosts) and not self.via


@dataclass(frozen=True, slots=True)
class Stock:
    """Persons of a group who are abroad when the run starts; `sector` is empty for those who do not work."""

    group: str
    place: str
    status: str
    sector: str
    persons: int
    source: str


@dataclass(frozen=True, slots=True)
class Job:
    """Posts open to foreigners in 2000: under contract, and filled without papers."""

    place: str
    sector: str
    posts_2000: float
    informal_2000: float
    source: str


@dataclass(frozen=True, slots=True)
class Preference:
    """Share of a nationality among those whom employers would hire first; a row with a place overrides its host's."""

    host: str
    place: str
    sector: str
    nationality: str
    share: float
    source: str


@dataclass(frozen=True, slots=True)
class Broker:
    """Who brings people to work: a state agency, a licensed recruiter or a smuggler; `is_soldier` for army firms."""

    id: str
    name: str
    kind: str
    nationality: str
    hosts: tuple[str, ...]
    is_soldier: bool
    fee_usd: float
    loan_share: float
    capacity_month: float
    source: str


@dataclass(frozen=True, slots=True)
class Trafficking:
    """A link of Table 1: recruiters at the origin who deceive women about work in the host."""

    origin: str
    host: str
    recruiters: float
    source: str
