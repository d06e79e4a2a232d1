"""What the world is like in a month: wages, output, incomes and populations by year, and which ways are open."""

import heapq
import math
from datetime import date
from typing import Any

Params = dict[str, float]
Links = dict[str, list[tuple[str, float]]]  # where one gets to, and the fare
MIDYEAR = 0.5


def factored(number: float, source: str, params: Params) -> float:
    """A number of a table times the first prior that its source names as `assumed:NAME`."""
    for part in source.split(";"):
        if part.strip().startswith("assumed:"):
            return number * params[part.strip().removeprefix("assumed:")]
    return number


class Outlook:
    """The series of the world, straight between mid-years, and carried on after the last one."""

    def __init__(self, world: Any, params: Params) -> None:
        self.series, self.params = world.series, params
        self.first, self.last = world.series.years[0], world.series.years[-1]

    def _at(self, row: Any, factor: float, day: date) -> float:
        """A row [year] at the beginning of a month; after the last year it grows by the trend."""
        where = day.year + (day.month - 1) / 12 - self.first - MIDYEAR
        below = max(math.floor(where), 0)
        share = min(max(where - below, 0.0), 1.0)
        return self._year(row, factor, below) * (1 - share) + self._year(row, factor, below + 1) * share

    def _year(self, row: Any, factor: float, n: int) -> float:
        beyond = n - (self.last - self.first)
        value = float(row[min(n, self.last - self.first)]) * factor
        return value if beyond <= 0 else value * (1 + self.params["trend_after_2016"]) ** beyond

    def growth(self, country: int, day: date) -> float:
        """Output over that of 2000."""
        gdp = self.series.gdp_usd[country]
        return self._at(gdp / gdp[2000 - self.first], 1.0, day)

    def income(self, country: int, day: date) -> float:
        """Income at home [USD a month]."""
        factor = self.params.get(self.series.income_prior[country], 1.0)
        return self._at(self.series.home_income_usd_month[country], factor, day)

    def wage(self, place: int, sector: int, day: date) -> float:
        """Documented wage [USD a month]."""
        factor = self.params.get(self.series.wage_prior[place][sector], 1.0)
        return self._at(self.series.wage_usd_month[place][sector], factor, day)

    def inhabitants(self, country: int, year: int) -> float:
        """The official population on 1 January: that of the year before; it goes on with its last growth."""
        row, n = self.series.population[country], max(year - 1 - self.first, 0)
        last = len(row) - 1
        if n <= last:
            return float(row[n])
        return float(row[last]) * math.pow(float(row[last]) / max(float(row[last - 1]), 1.0), n - last)


class Ways:
    """Fares between places: the least money over lawful links and ports that are open in a month."""

    def __init__(self, world: Any, params: Params) -> None:
        self.world, self.factor = world, params["travel_cost"]
        self.ports = {port.id: n for n, port in enumerate(world.ports)}
        self.known: dict[Any, tuple[Links, dict[int, list[float]]]] = {}  # links and fares by month and open ports
        self.links: Links = {}
        self.fares: dict[int, list[float]] = {}

    def begin_month(self, month: int, port_open: list[float]) -> None:
        """Look which links and ports are open; fares found in an earlier month like this one still hold."""
        links, self.fares = self.known.setdefault((month, tuple(port_open)), ({}, {}))
        if not links:
            links.update(self._links(month, port_open))
        self.links = links

    def fare(self, a: int, b: int) -> float:
        """Fare from place a to place b [USD]; infinite where no way is open."""
        if a not in self.fares:
            found = self._search(self.world.places[a].id)
            self.fares[a] = [found.get(place.id, math.inf) for place in self.world.places]
        return self.fares[a][b]

    def _is_open(self, node: str, month: int, port_open: list[float]) -> bool:
        if node not in self.ports:
            return True
        n = self.ports[node]
        return bool(self.world.ports[n].months[month]) and port_open[n] >= 1

    def _links(self, month: int, port_open: list[float]) -> dict[str, list[tuple[str, float]]]:
        """Where one can go from a place or port, and what it costs."""
        near: dict[str, list[tuple[str, float]]] = {}
        for link in self.world.links:
            if (
                link.is_lawful
                and link.months[month]
                and self._is_open(link.a, month, port_open)
                and self._is_open(link.b, month, port_open)
            ):
                near.setdefault(link.a, []).append((link.b, link.cost_usd * self.factor))
                near.setdefault(link.b, []).append((link.a, link.cost_usd * self.factor))
        return near

    def _search(self, start: str) -> dict[str, float]:
        """Dijkstra's search."""
        found: dict[str, float] = {}
        queue = [(0.0, start)]
        while queue:
            cost, node = heapq.heappop(queue)
            if node in found:
                continue
            found[node] = cost
            for other, price in self.links.get(node, ()):
                if other not in found:
                    heapq.heappush(queue, (cost + price, other))
        return found
