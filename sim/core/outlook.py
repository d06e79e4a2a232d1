"""Outlook: yearly series as the months of a run see them, carried on after the last documented year.

Between mid-years values are interpolated; after 2016 wages and output grow by `trend_after_2016` a year, population by
its last documented growth.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.calendar import Calendar

MIDYEAR = 0.5


@dataclass(frozen=True)
class Outlook:
    """growth [year, country] of output since the base year; wage [year, place, sector] USD a month; income [year,
    country] USD a month at home; population [year, country] persons; `first` the year of row 0."""

    first: int
    growth: NDArray[np.float64]
    wage: NDArray[np.float64]
    income: NDArray[np.float64]
    population: NDArray[np.float64]

    def at(self, table: NDArray[np.float64], calendar: Calendar, t: int) -> NDArray[np.float64]:
        """A table's row for step t, between the mid-years before and after it."""
        day = calendar.day(t)
        where = day.year + (day.month - 1) / 12 - self.first - MIDYEAR
        below = min(max(int(np.floor(where)), 0), len(table) - 2)
        share = min(max(where - below, 0.0), 1.0)
        return table[below] * (1 - share) + table[below + 1] * share

    def official_population(self, year: int) -> NDArray[np.float64]:
        """The last official figure that exists on 1 January of `year`: that of the year before [country]."""
        return self.population[min(max(year - 1 - self.first, 0), len(self.population) - 1)]


def outlook(world: Any, params: dict[str, float], last_year: int) -> Outlook:
    """The series of the world, carried on to `last_year` + 1."""
    series = world.series
    years = [int(y) for y in series.years]
    extra = max(0, last_year + 1 - years[-1])
    money = np.array([(1 + params["trend_after_2016"]) ** k for k in range(1, extra + 1)])
    people = np.asarray(series.population, float)
    people = np.where(np.isfinite(people), people, 0.0)
    last = people[:, -1] / np.maximum(people[:, -2], 1.0)
    later = [people[:, -1] * [math.pow(x, k) for x in last] for k in range(1, extra + 1)]
    more = np.array(later).reshape(extra, len(people))
    gdp = np.asarray(series.gdp_usd, float)
    growth = gdp / gdp[:, [years.index(series.base)]]
    growth = np.where(np.isfinite(growth), growth, 1.0)
    income = np.array([params.get(name, 1.0) for name in series.income_prior])
    wage = np.array([[params.get(name, 1.0) for name in row] for row in series.wage_prior])
    return Outlook(
        years[0],
        _carried(growth, money),
        _carried(np.asarray(series.wage_usd_month, float) * wage[:, :, None], money, axis=2),
        _carried(np.asarray(series.home_income_usd_month, float) * income[:, None], money),
        np.concatenate([people.T, more]),
    )


def _carried(table: NDArray[np.float64], factors: NDArray[np.float64], axis: int = 1) -> NDArray[np.float64]:
    """[year, ...] from [country or place, year, ...], with the last year times each factor after it."""
    table = np.moveaxis(table, axis, 0)
    more = table[-1][None] * factors.reshape(-1, *([1] * (table.ndim - 1)))
    return np.concatenate([table, more])
