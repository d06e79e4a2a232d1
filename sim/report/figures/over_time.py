"""Over time: a cell by month or by year, and when the changed policies begin."""

from typing import Any

import pandas as pd

from sim.experiments.headline import Cell
from sim.report.evidence import Evidence
from sim.results.measures import MEASURES

MONTHS_A_YEAR = 12
FEW_YEARS = 3  # with fewer whole years than this, months are shown


def steps(evidence: Evidence, cell: Cell) -> tuple[pd.DataFrame, str]:
    """Return a cell over time (rows: dates; columns: scenario, replicate), and its unit.

    A stock stands at the end of each month. A flow is added up over whole years and stands in their middle, for single
    months of few people jump; where there are fewer than three whole years, months are shown.
    """
    months, of = evidence.monthly(cell), MEASURES[cell.measure]
    dates = pd.DatetimeIndex(months.index)
    years = whole_years(dates)
    if of.over_time == "mean":
        return months, of.unit
    if not years:
        return months, f"{of.unit} a month"
    sums = months.groupby(dates.year).sum().loc[years]
    sums.index = pd.DatetimeIndex(_middles(years), name="date")
    return sums, f"{of.unit} a year"


def by_year(table: pd.DataFrame, by: list[str]) -> tuple[pd.DataFrame, str]:
    """Return yearly means of the persons in a table of months, in the middle of whole years, and words that say so."""
    years = whole_years(pd.DatetimeIndex(table["date"].unique()))
    if not years:
        return table, ""
    year = table["date"].dt.year.rename("date")
    means = table.groupby([*by, year], sort=False)["persons"].sum().div(MONTHS_A_YEAR).reset_index()
    means = means[means["date"].isin(years)]
    return means.assign(date=means["date"].map(dict(zip(years, _middles(years), strict=True)))), ", yearly means"


def whole_years(months: pd.DatetimeIndex) -> list[int]:
    """Return the years of which every month is there; none if they are fewer than three."""
    counts = pd.Series(months.year).value_counts().sort_index()
    years = [int(year) for year in counts.index[counts == MONTHS_A_YEAR]]
    return years if len(years) >= FEW_YEARS else []


def _middles(years: list[int]) -> list[pd.Timestamp]:
    return [pd.Timestamp(year, 7, 1) for year in years]


def begins(evidence: Evidence, dates: Any) -> pd.Timestamp | None:
    """Return when the changed policies begin, if that is inside the time shown."""
    first = evidence.since[0]
    return first if dates.min() < first < dates.max() else None
