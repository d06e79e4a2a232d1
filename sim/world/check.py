"""Checks of a world's tables when they are loaded: codes, numbers, shares, the network, stocks and sources."""

from collections.abc import Callable, Iterable, Iterator

from sim.world import (
    check_network,
    check_numbers,
    check_profiles,
    check_stocks,
    check_trafficking,
    check_treaties,
    receiving,
)
from sim.world.located import Problem, did_you_mean
from sim.world.model import ANY_STATE, BROKER_KINDS, CHANNELS, PURPOSES, STATUSES, World, priors_of
from sim.world.tables import Row, Tables, WorldError

# table, column, what it names; `?` marks a cell that may be empty
REFERENCES = """
places country countries · ports states states · ports modes modes · links a nodes · links b nodes
groups nationality countries · groups home places · groups channels channels · groups hosts countries
groups tie countries? · groups via countries?
groups sectors sectors · groups trip_purposes purposes · groups trip_hosts countries
initial group groups · initial place places · initial status statuses · initial sector sectors?
jobs place places · jobs sector sectors
preferences host countries · preferences place places? · preferences sector sectors · preferences nationality countries
trafficking origin countries · trafficking host countries
brokers kind kinds · brokers nationality countries · brokers hosts countries
profiles group groups? · profiles sector sectors? · profiles place places?
incomes country countries · wages host countries · wages sector sectors
wage_to_gdp host any_country · wage_to_gdp sector any_sector · assumptions table tables
treaties through treaties? · treaty_effects treaty treaties
stations place places · housing place places
treaty_standings country countries · treaty_standings treaties treaties
"""
LISTS = {"states", "modes", "channels", "hosts", "home", "sectors", "trip_purposes", "trip_hosts", "treaties"}
SINGULAR = {
    "countries": "country",
    "any_country": "country",
    "any_sector": "sector",
    "statuses": "status",
    "treaties": "treaty",
}
KEYS = {
    "countries": "code",
    "sectors": "code",
    "modes": "code",
    "places": "id",
    "ports": "id",
    "groups": "id",
    "brokers": "id",
    "jobs": "place sector",
    "preferences": "host place sector nationality",
    "wages": "host sector year",
    "wage_to_gdp": "host sector",
    "trafficking": "origin host",
    "profiles": "group sector place",
    "incomes": "country",
    "treaties": "id",
    "treaty_effects": "treaty rule",
    "stations": "place",
    "housing": "place",
    "left_out": "mechanism",
    "assumptions": "prior table",
}
Check = Callable[[World, Tables], Iterator[Problem]]
CHECKS: tuple[Check, ...] = (*check_numbers.CHECKS, *check_network.CHECKS, *check_stocks.CHECKS, *check_profiles.CHECKS,
                             *check_treaties.CHECKS, *check_trafficking.CHECKS, *receiving.CHECKS)  # fmt: skip


def check_codes(tables: Tables) -> None:
    """Raise WorldError for unknown codes, keys that stand twice, and sources that name no assumption."""
    _raise([*unknown_codes(tables), *repeated_keys(tables), *loose_assumptions(tables)])


def check(world: World, tables: Tables) -> None:
    """Raise WorldError with all that is wrong in numbers, shares, network and stocks."""
    _raise(problem for find in CHECKS for problem in find(world, tables))


def _raise(problems: Iterable[Problem]) -> None:
    found = sorted(problems, key=lambda p: (p.file, p.line, p.path))
    if found:
        raise WorldError(found)


def unknown_codes(tables: Tables) -> Iterator[Problem]:
    """Cells that name something no table holds."""
    known = vocabulary(tables)
    for table, column, kind in (entry.split() for entry in REFERENCES.replace("\n", "·").split("·") if entry.strip()):
        may_be_empty, kind = kind.endswith("?"), kind.removesuffix("?")
        for row in tables[table]:
            for word in _words(row, column):
                if word not in known[kind] and not (may_be_empty and not word):
                    name = SINGULAR.get(kind, kind.removesuffix("s"))
                    yield row.problem(column, f"unknown {name} {word!r}{did_you_mean(word, sorted(known[kind]))}")


def vocabulary(tables: Tables) -> dict[str, set[str]]:
    """The words that each kind of cell may hold."""
    known = {table: {row.cells["code"] for row in tables[table]} for table in ("countries", "sectors", "modes")}
    known |= {table: {row.cells["id"] for row in tables[table]} for table in ("places", "ports", "groups", "treaties")}
    known |= {"statuses": set(STATUSES), "channels": set(CHANNELS), "purposes": set(PURPOSES)}
    known |= {"kinds": set(BROKER_KINDS), "tables": set(tables), "nodes": known["places"] | known["ports"]}
    every = {ANY_STATE}
    return known | {
        "states": known["countries"] | every,
        "any_country": known["countries"] | every,
        "any_sector": known["sectors"] | every,
    }


def _words(row: Row, column: str) -> tuple[str, ...]:
    """The names in a cell: one, or many between bars, without their shares."""
    if column in LISTS:
        return tuple(word.partition(":")[0].strip() for word in row.words(column))
    return (row.cells[column].strip(),)


def repeated_keys(tables: Tables) -> Iterator[Problem]:
    """Rows whose key stands in an earlier row; places and ports share one list."""
    for table, columns in KEYS.items():
        seen = {row.cells["id"]: row.line for row in tables["places"]} if table == "ports" else {}
        for row in tables[table]:
            key = " ".join(row.cells[column] for column in columns.split())
            if key in seen:
                yield row.problem(columns, f"{key!r} stands already on line {seen[key]}; leave one out")
            seen[key] = row.line


def loose_assumptions(tables: Tables) -> Iterator[Problem]:
    """Sources that are empty or name an assumption not listed for their table, and listed ones that nothing names."""
    listed = {(row.cells["table"], row.cells["prior"]): row for row in tables["assumptions"]}
    named = set()
    for table, row in ((t, r) for t, rows in tables.items() if t != "assumptions" for r in rows):
        row.text("source")
        for prior in priors_of(row.cells["source"]):
            named.add((table, prior))
            if (table, prior) not in listed:
                near = did_you_mean(prior, [p for t, p in listed if t == table])
                yield row.problem("source", f"assumed:{prior} is not in assumptions.csv for {table}{near}")
    for key in listed.keys() - named:
        yield listed[key].problem("prior", f"no source in {key[0]}.csv names assumed:{key[1]}; leave the row out")
