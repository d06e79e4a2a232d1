"""Who is where as what: people keep themselves in sets and counts, so that a rule looks only at whom it may concern."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from tests.oracle import chance

Everybody = dict[Any, None]  # a set that keeps its order


class Crowd:
    """All people, and sets of those of a status, at work, waiting for a contract, and setting out this month."""

    def __init__(self) -> None:
        self.people: list[Any] = []
        self.of_status: dict[str, Everybody] = defaultdict(dict)
        self.persons: Counter[tuple[str, int, int, str]] = Counter()  # by status, host, nation and channel
        self.at_work: Everybody = {}
        self.waiting: Everybody = {}
        self.leaving: Everybody = {}

    def joins(self, x: Any) -> None:
        """Count somebody where they are now."""
        self.of_status[x.status][x] = None
        self.persons[x.status, x.host, x.nation, x.channel] += x.weight

    def leaves(self, x: Any) -> None:
        """Count somebody off before they change."""
        del self.of_status[x.status][x]
        self.persons[x.status, x.host, x.nation, x.channel] -= x.weight

    def of(self, *statuses: str) -> list[Any]:
        """People of these statuses."""
        return [x for status in statuses for x in self.of_status[status]]

    def abroad(self) -> list[Any]:
        """Everybody who is not at home."""
        return self.of(*(status for status in self.of_status if status != "home"))

    @cached_property
    def members(self) -> list[Any]:
        """Everybody in a programme, at home or abroad."""
        return [x for x in self.people if x.is_member]

    @cached_property
    def ids(self) -> chance.Words:
        """The ids of all people."""
        return chance.words(self.people)

    def perhaps(self, luck: int, most: float, *statuses: str) -> list[Any]:
        """People of these statuses whose draw lies below the largest chance that any of them has: others do nothing."""
        if most >= 1:
            return self.of(*statuses)
        some = map(self.people.__getitem__, chance.below(luck, self.ids, most) if most > 0 else ())
        return [x for x in some if x.status in statuses]

    def in_order(self, luck: int, some: Iterable[Any], after: int = 0) -> list[Any]:
        """Some people in the order of their draws, at their ids or so many after them."""
        line = list(some)
        return [line[n] for n in chance.order(luck, chance.words(line), after)] if line else line
