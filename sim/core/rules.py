"""The rule book: rates as tables, limits as rows; policies write it in every step, mechanisms read it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import key
from sim.core.drafts import Draft, Glass, Pen
from sim.core.limits import Limit, Sheet, counted
from sim.core.recalls import Recall

Cells = tuple[Any, ...]


@dataclass(frozen=True)
class Today:
    """What a policy may know: the step's date and the counts at its beginning.

    stock [status, host, nation, sector], unused [host, nation, sector] authorisations granted and not yet used,
    issued [grant, host, nation, sector] and renewed [host, nation, sector] since 1 January, population [host] the
    official figure of last 1 January, attitude [host] of the public towards foreigners, -1 to 1.
    """

    t: int
    month: Any
    world: Any
    stock: NDArray[np.int64]
    unused: NDArray[np.int64]
    issued: NDArray[np.int64]
    renewed: NDArray[np.int64]
    population: NDArray[np.float64]
    params: dict[str, float]
    attitude: NDArray[np.float64]

    def count(self, limit: Limit) -> int:
        """Persons that a limit counts."""
        return int(self._counted(*(x[None] for x in (limit.tables, limit.hosts, limit.nations, limit.sectors)))[0])

    def counts(self, sheet: Sheet, tables: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
        """Persons that each limit of a sheet counts in its tables, or in others [limit]."""
        return self._counted(sheet.tables if tables is None else tables, sheet.hosts, sheet.nations, sheet.sectors)

    def _counted(self, *rows: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.asarray(counted(*rows, self.stock, self.unused, self.issued, self.renewed))


@dataclass
class RuleBook:
    """Tables of rates by name, limits and recalls in force, and who wrote what.

    `base` holds the world's own rates. Each step begins from it, so that a repeal is exact; a table that nobody wrote
    is `base`'s own. `seen` [month of the year, host, host] is that table of `base` by season.
    """

    base: dict[str, NDArray[np.float64]]
    seen: NDArray[np.float64] | None = None
    tables: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    limits: dict[str, Limit] = field(default_factory=dict)
    recalls: dict[str, Recall] = field(default_factory=dict)
    log: list[tuple[int, str, str]] = field(default_factory=list)
    _memory: dict[tuple[str, str], Any] = field(default_factory=dict)
    _writers: set[str] = field(default_factory=set)
    _writer: str = ""
    _t: int = 0
    _wrote: set[str] = field(default_factory=set)
    _drafts: dict[str, Draft] = field(default_factory=dict)
    _sheet: tuple[tuple[Limit, ...], Sheet] | None = None

    def __getattr__(self, name: str) -> NDArray[np.float64]:
        try:
            return self.__dict__["tables"][name]
        except KeyError:
            raise AttributeError(f"the rule book has no table {name!r}") from None

    def begin(self, month: int = 0) -> None:
        """Back to the world's own rates in this month of the year, without limits."""
        if self.seen is not None:
            self.base["seen"] = self.seen[month]
        self.tables = dict(self.base)
        self.limits, self.recalls = {}, {}
        self._wrote = set()

    def write(self, policies: Mapping[str, Any], today: Today) -> None:
        """Each of the policies, by id those in force, writes in its turn; what one would write again is copied."""
        changed = {"seen"}.union(*(x.tables for id_, x in self._drafts.items() if id_ not in policies))
        last, self._drafts = self._drafts, {}
        for id_, policy in policies.items():
            draft = last.get(id_)
            self._hand(id_, today.t)
            if draft is not None and draft.holds(today, changed):
                draft.copy(self)
            else:
                changed |= draft.tables if draft is not None else set()
                draft = Draft()
                policy.write(Pen(self, draft), Glass(today, draft))
                changed |= draft.tables
            self._drafts[id_] = draft
        self._writer = ""

    @contextmanager
    def writer(self, policy: str, t: int) -> Iterator[None]:
        """All writes inside are this policy's; the first and the last step of its writing are logged."""
        self._hand(policy, t)
        yield
        self._writer = ""

    def _hand(self, policy: str, t: int) -> None:
        """From here on this policy writes."""
        self._writer, self._t = policy, t
        if policy not in self._writers:
            self._writers.add(policy)
            self.log.append((t, policy, "begins"))
        self._wrote.add(policy)

    def end(self, t: int) -> None:
        """Forget what belongs to policies that no longer write: a re-adoption takes a new snapshot (SPEC §6.5)."""
        for policy in sorted(self._writers - self._wrote):
            self._writers.discard(policy)
            self.log.append((t, policy, "ends"))
            self._memory = {k: v for k, v in self._memory.items() if k[0] != policy}

    def set(self, table: str, cells: Cells, value: Any) -> None:
        """Write a rate or share."""
        self._page(table)[cells] = value

    def scale(self, table: str, cells: Cells, factor: Any) -> None:
        """Multiply: shocks to one cell compose."""
        self._page(table)[cells] *= factor

    def _page(self, table: str) -> NDArray[np.float64]:
        """The table of this step, to be written in."""
        page = self.tables[table]
        if page is self.base[table]:
            page = self.tables[table] = page.copy()
        return page

    def limit(self, name: str, limit: Limit) -> None:
        """Put a limit in force for this step, and note since when it is; `name` tells a policy's limits apart."""
        limit.id = f"{self._writer}/{name}" if name else self._writer
        limit.policy, limit.key = self._writer, key(limit.id)
        limit.since = self.remember(f"since {name}", lambda: self._t)
        self.limits[limit.id] = limit

    def sheet(self, shape: tuple[int, ...]) -> Sheet:
        """The limits in force by the step of their adoption; last month's while they are the same.

        shape: hosts, nations, sectors.
        """
        limits = tuple(self.limits.values())
        if self._sheet is None or list(map(id, self._sheet[0])) != list(map(id, limits)):
            self._sheet = limits, Sheet.of(sorted(limits, key=lambda x: (x.since, x.id)), shape)
        return self._sheet[1]

    def recall(self, recall: Recall) -> None:
        """Put a recall in force for this step."""
        recall.id = self._writer
        self.recalls[recall.id] = recall

    def remember(self, name: str, first: Callable[[], Any]) -> Any:
        """What the present policy noted when it began to write (a snapshot), made by `first` if it did not yet."""
        where = (self._writer, name)
        if where not in self._memory:
            self._memory[where] = first()
        return self._memory[where]

    def tell(self, t: int, what: str) -> None:
        """Log something that the present policy does, once while it is in force."""
        self.remember(f"told {what}", lambda: self.log.append((t, self._writer, what)))

    def note(self, name: str, value: Any) -> None:
        """Change what the present policy noted (a level that may only fall)."""
        self._memory[self._writer, name] = value
