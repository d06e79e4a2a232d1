"""Numbers of a world that must lie in a range, and shares that must sum to one."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from math import isclose

from sim.world.located import Problem
from sim.world.model import World
from sim.world.tables import Row, Tables

POSITIVE = (
    ("places", "population wage_relative"),
    ("modes", "km_per_day"),
    ("links", "km"),
    ("groups", "persons weight"),
    ("initial", "persons"),
    ("preferences", "share"),
    ("brokers", "capacity_month"),
    ("trafficking", "recruiters"),
    ("incomes", "income_usd_month"),
    ("wages", "wage_usd_month"),
    ("wage_to_gdp", "relative"),
    ("stations", "weight"),
    ("housing", "persons"),
)
NOT_NEGATIVE = (
    ("modes", "usd_per_km fixed_usd"),
    ("links", "cost_usd"),
    ("groups", "trips_per_year savings_usd"),
    ("jobs", "posts_2000 informal_2000"),
    ("brokers", "fee_usd"),
)
LIMITS = {"lon": (-180, 180), "lat": (-90, 90)} | dict.fromkeys(("p_seen", "loan_share", "women", "skilled"), (0, 1))
WORK = {"contract", "overstay", "smuggler", "asylum"}
TOLERANCE = 1e-6


def out_of_range(world: World, tables: Tables) -> Iterator[Problem]:
    """Numbers that are negative, zero or beyond their limits."""
    for table, columns in POSITIVE:
        yield from _below(tables[table], columns, "must be above 0", lambda x: x > 0)
    for table, columns in NOT_NEGATIVE:
        yield from _below(tables[table], columns, "must not be below 0", lambda x: x >= 0)
    for row in (row for rows in tables.values() for row in rows):
        for column in LIMITS.keys() & row.cells.keys():
            low, high = LIMITS[column]
            if not low <= row.number(column) <= high:
                yield row.problem(column, f"{row.cells[column]} is not between {low} and {high}")


def _below(rows: Sequence[Row], columns: str, what: str, is_right: Callable[[float], bool]) -> Iterator[Problem]:
    for row in rows:
        for column in columns.split():
            if not is_right(row.number(column)):
                yield row.problem(column, f"{row.cells[column] or '(empty)'} {what}")


def seen_or_lawful(world: World, tables: Tables) -> Iterator[Problem]:
    """Only an unlawful crossing has a chance to be seen, and it must have one."""
    for link, row in zip(world.links, tables["links"], strict=True):
        if link.is_lawful and link.p_seen:
            yield row.problem("p_seen", "a lawful link is not watched for crossings; leave it empty")
        if not (link.is_lawful or link.p_seen):
            yield row.problem("p_seen", "is empty; write the chance that an unlawful crossing is seen")


def shares_of_groups(world: World, tables: Tables) -> Iterator[Problem]:
    """Homes, sectors, purposes and hosts of trips sum to one; those who work have sectors, those who travel, trips."""
    for group, row in zip(world.groups, tables["groups"], strict=True):
        needed = {
            "home": True,
            "sectors": bool(WORK & set(group.channels)),
            "trip_purposes": group.trips_per_year > 0,
            "trip_hosts": group.trips_per_year > 0,
        }
        for column, is_needed in needed.items():
            total = sum(share for _, share in row.shares(column))
            if not isclose(total, 1, abs_tol=TOLERANCE) and (is_needed or row.cells[column]):
                yield row.problem(column, f"shares sum to {total:g}; they must sum to 1")


def shares_of_preferences(world: World, tables: Tables) -> Iterator[Problem]:
    """Preferences of a host (or place) and sector sum to one."""
    cells: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in tables["preferences"]:
        cells[row.cells["host"], row.cells["place"], row.cells["sector"]].append(row)
    for key, rows in cells.items():
        total = sum(row.number("share") for row in rows)
        if not isclose(total, 1, abs_tol=TOLERANCE):
            where = " ".join(filter(None, key))
            yield rows[0].problem("share", f"shares of {where} sum to {total:g}; they must sum to 1")


CHECKS = (out_of_range, seen_or_lawful, shares_of_groups, shares_of_preferences)
