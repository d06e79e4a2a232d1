"""Builds the yearly series from the documented country-years and the world's wage and income tables.

Wages. Where a host and sector have documented wages (`wages.csv`) these are anchors: straight lines join them, and
before the first and after the last they move with output per head. Elsewhere the wage is output per head over twelve
times a relative (`wage_to_gdp.csv`). A place's wage is its country's times `wage_relative`.
"""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from sim.facts import read_rows
from sim.world.located import Problem
from sim.world.model import Country, Place, Sector, priors_of
from sim.world.series import Floats, Frame, Series
from sim.world.tables import MONTHS_A_YEAR, Row, WorldError

EVERY = "*"
Known = dict[str, Floats]
WageRows = tuple[Sequence[Row], Sequence[Row]]


def build_series(
    countries: Sequence[Country],
    places: Sequence[Place],
    sectors: Sequence[Sector],
    incomes: Sequence[Row],
    wages: WageRows,
    span: Frame,
) -> Series:
    """The series of a world; `wages` are its anchors and its relatives to output per head."""
    years = span.years
    assumed = {row.text("country"): row for row in incomes}
    population, gdp, income = np.zeros((3, len(countries), len(years)))
    for c, country in enumerate(countries):
        pool = country_years(country.members or (country.code,), years)
        people = pool["population"] if pool else np.full(len(years), float(population_of(country.code, places)))
        row = assumed.get(country.code)
        if not (row or (pool and pool["gdp_usd"].all() and pool["gni_usd"].all())):
            raise WorldError(
                [Problem("incomes.csv", 0, "", f"{country.code} has no documented output; add its income")]
            )
        population[c] = people
        income[c] = row.number("income_usd_month") if row else pool["gni_usd"] / people / MONTHS_A_YEAR
        gdp[c] = income[c] * people * MONTHS_A_YEAR if row else pool["gdp_usd"]
    per_month = {country.code: gdp[c] / population[c] / MONTHS_A_YEAR for c, country in enumerate(countries)}
    table, priors = wage_table(places, sectors, per_month, wages, years)
    income_prior = tuple(assumed_prior(assumed.get(country.code)) for country in countries)
    return Series(years, population, gdp, income, table, income_prior, priors, span.base)


def country_years(codes: Sequence[str], years: Sequence[int]) -> Known:
    """Population, GDP and GNI of a country or of a pool's members together; empty when not documented."""
    rows = [row for row in documented(tuple(years)) if row["country"] in codes]
    total = {name: np.zeros(len(years)) for name in ("population", "gdp_usd", "gni_usd")}
    for row in rows:
        y, people = years.index(int(row["year"])), float(row["population"])
        total["population"][y] += people
        total["gdp_usd"][y] += float(row["gdp_current_usd"] or 0)
        total["gni_usd"][y] += float(row["gni_per_capita_atlas_usd"] or 0) * people
    return total if rows else {}


@cache
def documented(years: tuple[int, ...]) -> list[dict[str, str]]:
    """The rows of the facts' `country_year.csv` within `years`, read once."""
    return [row for row in read_rows("country_year.csv") if int(row["year"]) in years]


def population_of(code: str, places: Sequence[Place]) -> int:
    """Persons in a country's places, where no country-year says it."""
    return sum(place.population for place in places if place.country == code)


def assumed_prior(row: Row | None) -> str:
    """The first prior that a row's source names, or an empty string."""
    names = priors_of(row.text("source")) if row else ()
    return names[0] if names else ""


def wage_table(
    places: Sequence[Place],
    sectors: Sequence[Sector],
    per_month: Mapping[str, Floats],
    wages: WageRows,
    years: Sequence[int],
) -> tuple[Floats, tuple[tuple[str, ...], ...]]:
    """Wages [place, sector, year] in USD a month, and the prior behind each place and sector."""
    table = np.zeros((len(places), len(sectors), len(years)))
    paid = {
        host: [wage_of(host, sector.code, per_month[host], wages, years) for sector in sectors]
        for host in dict.fromkeys(place.country for place in places)
    }
    for p, place in enumerate(places):
        for s, (wage, _) in enumerate(paid[place.country]):
            table[p, s] = wage * place.wage_relative
    return table, tuple(tuple(prior for _, prior in paid[place.country]) for place in places)


def wage_of(host: str, sector: str, per_month: Floats, wages: WageRows, years: Sequence[int]) -> tuple[Floats, str]:
    """Wage by year of a host and sector: from anchors if it has any, else from output per head."""
    anchors, relatives = wages
    known = {row.whole("year"): row for row in anchors if (row.text("host"), row.text("sector")) == (host, sector)}
    if known:
        paid = {year: row.number("wage_usd_month") for year, row in known.items()}
        return from_anchors(paid, per_month, years), assumed_prior(known[min(known)])
    row = relative_row(host, sector, relatives)
    return per_month * row.number("relative"), assumed_prior(row)


def from_anchors(paid: Mapping[int, float], per_month: Floats, span: Sequence[int]) -> Floats:
    """Straight lines between anchors; outside them the nearest one moved with output per head."""
    years = sorted(paid)
    wage = np.interp(span, years, [paid[year] for year in years])
    nearest = np.clip(span, years[0], years[-1]) - span[0]
    return np.asarray(wage * per_month / per_month[nearest])


def relative_row(host: str, sector: str, relatives: Sequence[Row]) -> Row:
    """The relative for a host and sector: the row of both, else the host's, else the sector's."""
    by_key = {(row.text("host"), row.text("sector")): row for row in relatives}
    for key in ((host, sector), (host, EVERY), (EVERY, sector)):
        if key in by_key:
            return by_key[key]
    text = f"no relative for {host} and {sector}; add a row *,{sector}"
    raise WorldError([Problem("wage_to_gdp.csv", 0, "", text)])
