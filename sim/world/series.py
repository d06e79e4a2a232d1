"""Yearly series: population, output, incomes at home and wages abroad."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Frame:
    """The documented years of a world, the one whose output its posts belong to, and how long its steps are.

    stocks : the first of the month whose people abroad `initial` holds, with which every run begins.
    """

    first: int
    last: int
    base: int
    step: str
    stocks: date

    @property
    def years(self) -> tuple[int, ...]:
        """Each documented year."""
        return tuple(range(self.first, self.last + 1))


@dataclass(frozen=True, eq=False)
class Series:
    """What is known by year, country, place and sector.

    population, gdp_usd [USD a year], home_income_usd_month [USD]: shape [country, year].
    wage_usd_month [USD]: shape [place, sector, year].
    base: the year whose posts and output the others stand to.
    income_prior [country], wage_prior [place][sector]: the prior whose factor applies, or an empty string.
    """

    years: tuple[int, ...]
    population: Floats
    gdp_usd: Floats
    home_income_usd_month: Floats
    wage_usd_month: Floats
    income_prior: tuple[str, ...]
    wage_prior: tuple[tuple[str, ...], ...]
    base: int

    def column(self, year: int) -> int:
        """Column of a year; the first or last one for a year outside the series."""
        return min(max(year, self.years[0]), self.years[-1]) - self.years[0]
