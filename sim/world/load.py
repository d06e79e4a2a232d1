"""Loads a world from its folder of tables: reads the rows, makes the records, checks them."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from sim.facts import table2
from sim.world import receiving, records, treaties
from sim.world.check import check, check_codes
from sim.world.located import Problem, did_you_mean
from sim.world.model import WORLDS, World
from sim.world.tables import Tables, WorldError, read_rows
from sim.world.yearly import build_series

COLUMNS = {
    "countries": "code name members source",
    "places": "id name country lon lat population wage_relative source",
    "ports": "id name lon lat states modes months confidence note source",
    "modes": "code usd_per_km fixed_usd km_per_day source",
    "links": "a b mode km cost_usd lawful months p_seen source",
    "sectors": "code name source",
    "groups": "id name nationality home persons weight programme soldier channels hosts sectors trips_per_year "
    "trip_purposes trip_hosts savings_usd tie via source",
    "initial": "group place status sector persons source",
    "jobs": "place sector posts_2000 informal_2000 source",
    "preferences": "host place sector nationality share source",
    "brokers": "id name kind nationality hosts soldier fee_usd loan_share capacity_month source",
    "trafficking": "origin host recruiters source",
    "profiles": "group sector place women skilled first_age last_age source",
    "incomes": "country income_usd_month source",
    "wages": "host sector year wage_usd_month source",
    "wage_to_gdp": "host sector relative source",
    "treaties": "id name in_table2 through no_effect source",
    "treaty_effects": "treaty rule how amount holds article says source",
    "treaty_standings": "country treaties status since source",
    "stations": "place weight source",
    "housing": "place persons source",
    "left_out": "mechanism why source",
    "assumptions": "prior table column use",
}


@cache
def load_world(name: str = "northeast_asia") -> World:
    """The world of that name; WorldError if there is none or a table is wrong."""
    if name not in WORLDS:
        text = f"unknown world {name!r}{did_you_mean(name, WORLDS)}; worlds: {', '.join(WORLDS)}"
        raise WorldError([Problem("sim/world", 0, "", text)])
    return load_from(files("sim.world") / name, name)


def load_from(folder: Traversable, name: str = "northeast_asia") -> World:
    """The world whose tables stand in `folder`, checked."""
    tables = {table: read_rows(folder, table, columns.split()) for table, columns in COLUMNS.items()}
    check_codes(tables)
    world = build(name, tables)
    check(world, tables)
    return world


def build(name: str, tables: Tables) -> World:
    """The world's records, each made from one row, in the order of the tables."""
    countries = tuple(map(records.country, tables["countries"]))
    places = tuple(map(records.place, tables["places"]))
    sectors = tuple(map(records.sector, tables["sectors"]))
    modes = tuple(map(records.mode, tables["modes"]))
    by_code = {mode.code: mode for mode in modes}
    wages = tables["wages"], tables["wage_to_gdp"]
    return World(
        name=name,
        countries=countries,
        places=places,
        ports=tuple(map(records.port, tables["ports"])),
        modes=modes,
        links=tuple(records.link(row, by_code) for row in tables["links"]),
        sectors=sectors,
        groups=tuple(map(records.group, tables["groups"])),
        initial=tuple(map(records.stock, tables["initial"])),
        jobs=tuple(map(records.job, tables["jobs"])),
        preferences=tuple(map(records.preference, tables["preferences"])),
        brokers=tuple(map(records.broker, tables["brokers"])),
        trafficking=tuple(map(records.trafficking, tables["trafficking"])),
        profiles=tuple(map(records.profile, tables["profiles"])),
        treaties=treaties.together(
            tuple(map(treaties.treaty, tables["treaties"])),
            tuple(map(treaties.effect, tables["treaty_effects"])),
            table2(),
            treaties.standings(tables["treaty_standings"]),
        ),
        stations=tuple(map(receiving.station, tables["stations"])),
        housing=tuple(map(receiving.housing, tables["housing"])),
        left_out=tuple(map(receiving.left_out, tables["left_out"])),
        series=build_series(countries, places, sectors, tables["incomes"], wages, WORLDS[name]),
    )
