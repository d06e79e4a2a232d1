"""Treaties of Table 2: which state is bound, and what each treaty changes in the rule book."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.facts.tables import TreatyStatus
from sim.world.tables import Row

BINDS = ("ratified", "accession", "succession")
STATUSES = (*BINDS, "signed", "none")
HOWS = ("set", "add", "grow")
HOLDS = ("party", "accession")
PRIOR = "prior:"


@dataclass(frozen=True, slots=True)
class Treaty:
    """A treaty. `in_table2` is its head there; `through` the treaty whose articles it applies, blank if its own.

    `no_effect` says why nothing in the rule book follows from it; it is blank if `Effect` lines do.
    """

    id: str
    name: str
    in_table2: str
    through: str
    no_effect: str
    source: str


@dataclass(frozen=True, slots=True)
class Effect:
    """A line: what being bound by a treaty changes in one table of the rule book, in the row of the state.

    how : `set` to the amount, `add` it (to a share, which stays at most 1), `grow` by it (times 1 + amount).
    amount : a number, or `prior:NAME`.
    holds : for each `party`, from the start for those bound then; or only on `accession` in the run, where the practice
    of those bound before is known from elsewhere.
    """

    treaty: str
    rule: str
    how: str
    amount: str
    holds: str
    article: str
    says: str
    source: str

    def value(self, params: Mapping[str, float]) -> float:
        """The amount in this run."""
        name = self.prior
        return params[name] if name else float(self.amount)

    def on(self, rows: NDArray[np.float64], amount: float) -> NDArray[np.float64]:
        """What the line makes of rows of its table."""
        if self.how == "set":
            return np.full_like(rows, amount)
        return np.minimum(rows + amount, 1.0) if self.how == "add" else rows * (1 + amount)

    @property
    def prior(self) -> str:
        """The prior that the amount names, or nothing."""
        return self.amount.removeprefix(PRIOR) if self.amount.startswith(PRIOR) else ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A state and a treaty on 3 June 2005, the day of Table 2. `since` is a day within the run on which it was bound:
    until then it is not, and a policy of the scenario says so. Blank: from before the run.
    """

    country: str
    treaty: str
    status: str
    since: str
    source: str


@dataclass(frozen=True)
class Treaties:
    """The treaties, their effects, and who is bound."""

    all: tuple[Treaty, ...]
    effects: tuple[Effect, ...]
    standings: tuple[Standing, ...]

    def __iter__(self) -> Iterator[Treaty | Effect | Standing]:
        """Every row."""
        yield from self.all
        yield from self.effects
        yield from self.standings

    @cached_property
    def by_id(self) -> dict[str, Treaty]:
        """Each treaty."""
        return {treaty.id: treaty for treaty in self.all}

    @cached_property
    def by_state(self) -> dict[tuple[str, str], Standing]:
        """Each standing that is known, by country and treaty."""
        return {(x.country, x.treaty): x for x in self.standings}

    def articles_of(self, treaty: str) -> str:
        """The treaty whose articles bind who joins: itself, or the one whose articles it applies."""
        return self.by_id[treaty].through or treaty

    def effects_of(self, treaty: str) -> tuple[Effect, ...]:
        """What follows from joining a treaty."""
        return tuple(line for line in self.effects if line.treaty == self.articles_of(treaty))

    def index(self, treaty: str) -> int:
        """Column of the articles that bind who joins a treaty, in the rule table `bound`."""
        return list(self.by_id).index(self.articles_of(treaty))

    def is_bound(self, country: str, treaty: str) -> bool:
        """Whether a state is bound as the run begins."""
        standing = self.by_state.get((country, treaty))
        return standing is not None and standing.status in BINDS and not standing.since

    def bound_through(self, treaty: str) -> tuple[str, ...]:
        """The states bound by the articles of a treaty as the run begins, through it or one that applies them."""
        ways = [treaty, *(x.id for x in self.all if x.through == treaty)]
        return tuple({x.country: 0 for x in self.standings if x.treaty in ways and self.is_bound(x.country, x.treaty)})


def treaty(row: Row) -> Treaty:
    """A treaty, from a row of `treaties`."""
    return Treaty(
        id=row.text("id"),
        name=row.text("name"),
        in_table2=row.text("in_table2"),
        through=row.cells["through"].strip(),
        no_effect=row.cells["no_effect"].strip(),
        source=row.text("source"),
    )


def effect(row: Row) -> Effect:
    """A line of effect, from a row of `treaty_effects`."""
    return Effect(**{name: row.text(name) for name in Effect.__slots__})


def standings(rows: Iterable[Row]) -> tuple[Standing, ...]:
    """The standings that the rows of `treaty_standings` tell, one for each treaty named."""
    return tuple(
        Standing(row.text("country"), name, row.text("status"), row.cells["since"].strip(), row.text("source"))
        for row in rows
        for name in row.words("treaties")
    )


def of_table2(cells: Iterable[TreatyStatus], treaties: Sequence[Treaty]) -> tuple[Standing, ...]:
    """The standings that Table 2 tells."""
    ids = {treaty.in_table2: treaty.id for treaty in treaties}
    return tuple(Standing(x.country, ids[x.treaty], x.status, "", "Table 2") for x in cells if x.treaty in ids)


def together(treaties: tuple[Treaty, ...], effects: tuple[Effect, ...], table2: Iterable[TreatyStatus],
             others: tuple[Standing, ...]) -> Treaties:  # fmt: skip
    """All of it; a row of `treaty_standings` takes the place of a cell of Table 2."""
    told = {(x.country, x.treaty): x for x in (*of_table2(table2, treaties), *others)}
    return Treaties(treaties, effects, tuple(told.values()))
