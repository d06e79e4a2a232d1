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
        self.statuses = bytearray()  # everybody's, by the numbers in `numbers`
        self.numbers: dict[str, int] = {}
        self.of_status: dict[str, Everybody] = defaultdict(dict)
        self.persons: Counter[tuple[str, int, int, str]] = Counter()  # by status, host, nation and channel
        self.at_work: Everybody = {}
        self.waiting: Everybody = {}
        self.leaving: Everybody = {}

    def add(self, x: Any) -> None:
        """Take in somebody new."""
        x.row = len(self.people)
        self.people.append(x)
        self.statuses.append(0)
        self.joins(x)

    def joins(self, x: Any) -> None:
        """Count somebody where they are now."""
        self.statuses[x.row] = self.numbers.setdefault(x.status, len(self.numbers))
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
    def members(self) -> dict[Any, list[Any]]:
        """All in programmes by kind, at home or abroad."""
        out: dict[Any, list[Any]] = {}
        for x in (x for x in self.people if x.is_member):
            out.setdefault(x.kind, []).append(x)
        return out

    @cached_property
    def ids(self) -> chance.Words:
        """The ids of all people."""
        return chance.words([x.id for x in self.people])

    @cached_property
    def kinds(self) -> dict[Any, int]:
        """Numbers of the kinds of people."""
        return {kind: n for n, kind in enumerate(dict.fromkeys(x.kind for x in self.people))}

    @cached_property
    def kind_of(self) -> chance.Words:
        """The number of everybody's kind."""
        return chance.words([self.kinds[x.kind] for x in self.people])

    def perhaps(self, luck: int, most: float | dict[Any, float], *statuses: str) -> list[Any]:
        """People of these statuses whose draw lies below the largest chance of any of them, or of any of their kind."""
        if isinstance(most, dict):
            most = chance.spread([most.get(kind, 0.0) for kind in self.kinds], self.kind_of)
        elif most <= 0:
            return []
        among = chance.found(self.statuses, [self.numbers[x] for x in statuses if x in self.numbers])
        return [self.people[n] for n in chance.below(luck, self.ids, most, among)]

    def in_order(self, luck: int, some: Iterable[Any], after: int = 0) -> list[Any]:
        """Some people in the order of their draws, at their ids or so many after them."""
        line = list(some)
        return [line[n] for n in chance.order(luck, chance.words([x.id for x in line]), after)] if line else line
