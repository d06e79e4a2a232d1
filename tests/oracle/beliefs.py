"""What communities believe of wages and dangers abroad, and who tells them (5.1)."""

import math
from collections import Counter
from typing import Any

from tests.oracle.rules import CHANNELS

AS_VISITORS = ("study", "family")


class Beliefs:
    """Believed wage [nation, host, sector] and danger [nation, host, channel], and what happened to people abroad."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.wage: dict[Any, float] = {}
        self.danger: dict[Any, float] = {}
        self.came_home: Counter[Any] = Counter()  # this month, by host and nation
        self.told: Counter[Any] = Counter()  # last month
        self.turned_back: Counter[Any] = Counter()  # this month, by host, nation and channel, as the next two
        self.harmed: list[Counter[Any]] = []  # by month
        self.lived: list[Counter[Any]] = []
        self.goes_to: dict[int, set[int]] = {}  # hosts of a nation's groups
        for x in {x.group_row: x for x in model.people}.values():
            self.goes_to.setdefault(x.nation, set()).update(map(model.country, x.group.hosts))

    def begin_month(self) -> None:
        """Look who is abroad."""
        self.harmed.append(Counter())
        self.lived.append(self._abroad() + self.turned_back)
        self.turned_back = Counter()
        self.told, self.came_home = self.came_home, Counter()

    def _abroad(self) -> Counter[Any]:
        out: Counter[Any] = Counter()
        for (status, host, nation, channel), persons in self.model.crowd.persons.items():
            if status != "home" and channel:
                out[host, nation, channel] += persons
        return out

    def harm(self, host: int, nation: int, channel: str, persons: int) -> None:
        """Note persons who were harmed."""
        if channel:
            self.harmed[-1][host, nation, channel] += persons
        if channel == "contract":
            self.model.market.harm(host, nation, persons)

    def turn_back(self, x: Any, host: int) -> None:
        """Note somebody seen on the way with a smuggler: that is harm."""
        self.harm(host, x.nation, "smuggler", x.weight)
        self.turned_back[host, x.nation, "smuggler"] += x.weight

    def move(self) -> None:
        """At first wages are true; then both follow what those who came home and those who write tell."""
        if self.model.month == 0:
            self._begin()
            return
        p, home, writing = self.model.params, Counter(), Counter()
        for (status, host, nation, channel), persons in self.model.crowd.persons.items():
            if status == "home":
                home[nation] += persons
            elif channel and channel != "visit":
                writing[host, nation] += persons
        for nation, hosts in self.goes_to.items():
            for host in hosts:
                told = p["belief_contacts"] * self.told[host, nation]
                told += p["compatriot_contacts"] * writing[host, nation]
                self._learn(nation, host, told / max(home[nation], 1) + self.model.rules["told"][nation])

    def _begin(self) -> None:
        for nation, hosts in self.goes_to.items():
            for host in hosts:
                for s in range(len(self.model.world.sectors)):
                    self.wage[nation, host, s] = self.model.sector_wage[host, s]
                for c in CHANNELS:
                    name = "visit" if c in AS_VISITORS else c
                    self.danger[nation, host, c] = self.model.params[f"danger_{name}"]

    def _learn(self, nation: int, host: int, n: float) -> None:
        p = self.model.params
        moves = 1 - math.exp(-p["belief_rate"] / 12 * (1 + n))
        for s in range(len(self.model.world.sectors)):
            was = self.wage[nation, host, s]
            self.wage[nation, host, s] = was + moves * (self.model.sector_wage[host, s] - was)
        moves = 1 - math.exp(-p["danger_rate"] / 12 * (1 + n))
        for c in CHANNELS:
            lived = sum(x[host, nation, c] for x in self.lived[1:][-12:])
            harmed = sum(x[host, nation, c] for x in self.harmed[-13:-1])
            if lived:
                was = self.danger[nation, host, c]
                self.danger[nation, host, c] = was + moves * (1 - math.exp(-12 * harmed / lived) - was)
