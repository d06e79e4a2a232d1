"""Stocks and trips of the world add up to the documented totals they were made from."""

import pytest

from sim.facts import fact, table3, table4
from sim.world import load_world

WORLD = load_world("northeast_asia")
NATION = {group.id: group.nationality for group in WORLD.groups}
COUNTRY = {place.id: place.country for place in WORLD.places}
SHARE_OF_2003 = 0.75
ROUNDING = 3  # up to six cells, each rounded to a whole person


def persons(host: str, **wanted: str) -> int:
    """Persons abroad at the start in a host, by nationality, status, sector."""
    rows = [row for row in WORLD.initial if COUNTRY[row.place] == host]
    if nationality := wanted.pop("nationality", None):
        rows = [row for row in rows if NATION[row.group] == nationality]
    return sum(row.persons for row in rows if all(getattr(row, key) == value for key, value in wanted.items()))


def documented(fact_id: str) -> float:
    return float(fact(fact_id).value)


@pytest.mark.parametrize(("fact_id", "nationality"), [("S039", "CHN"), ("S040", "RUS"), ("S041", "UKR")])
def test_contract_workers_in_mongolia_by_nationality(fact_id: str, nationality: str) -> None:
    here = persons("MNG", status="worker", nationality=nationality)
    assert here == pytest.approx(SHARE_OF_2003 * documented(fact_id), abs=ROUNDING)


@pytest.mark.parametrize(("fact_id", "sector"), [("S042", "F"), ("S043", "B"), ("S044", "G")])
def test_contract_workers_in_mongolia_by_sector(fact_id: str, sector: str) -> None:
    here = persons("MNG", status="worker", sector=sector)
    assert here == pytest.approx(SHARE_OF_2003 * documented(fact_id), abs=ROUNDING)


def test_all_contract_workers_in_mongolia() -> None:
    assert persons("MNG", status="worker") == pytest.approx(SHARE_OF_2003 * documented("S037"), abs=2 * ROUNDING)


def test_dprk_workers_in_russia() -> None:
    assert persons("RUS", nationality="PRK", status="worker") == documented("S067")


def test_mongolians_in_the_republic_of_korea() -> None:
    irregular, everybody = persons("KOR", nationality="MNG", status="overstayer"), persons("KOR", nationality="MNG")
    assert irregular == 11_563  # X064
    assert irregular / everybody == pytest.approx(0.68, abs=0.005)


def test_mongolians_abroad() -> None:
    assert sum(row.persons for row in WORLD.initial if NATION[row.group] == "MNG") == 70_505  # S049 tells of 2003


def test_hidden_north_koreans_lie_within_the_documented_range() -> None:
    assert 75_000 <= persons("CHN", nationality="PRK", status="irregular") <= 125_000  # X030


def test_visitors_make_the_arrivals_of_table_3() -> None:
    trips = {group.nationality: group.persons * group.trips_per_year for group in WORLD.groups if group.trips_per_year}
    by_code = {row.key: table3().cell(row, "in_2000") for row in table3().rows}
    by_code["XOT"] = next(table3().cell(row, "in_2000") for row in table3().rows if row.printed == "Other")
    for code in trips.keys() - {"MNG"}:
        assert trips[code] == pytest.approx(by_code[code], rel=0.002), code
    assert len(trips) == len(table3().rows) + 1  # and Mongolia's own travellers


def test_trips_of_mongolians_have_the_purposes_of_table_4() -> None:
    traders = WORLD.groups[WORLD.group_index("mng_traders")]
    columns = [name for name in table4().columns if name not in ("total", "permanent_residence")]  # no traders, those
    everything = sum(table4().total(name) for name in columns)
    for purpose, share in traders.trip_purposes:
        assert share == pytest.approx(table4().total(purpose) / everything, abs=1e-4)
    assert {purpose for purpose, _ in traders.trip_purposes} == set(columns)


def test_posts_are_the_workers_over_nine_tenths() -> None:
    for job in WORLD.jobs:
        here = [row for row in WORLD.initial if (row.place, row.sector) == (job.place, job.sector)]
        workers = sum(row.persons for row in here if row.status == "worker")
        without = sum(row.persons for row in here if row.status in ("overstayer", "irregular"))
        assert job.posts_2000 == pytest.approx(workers / 0.9, abs=1)
        assert job.informal_2000 == pytest.approx(without * 1.1, abs=1)
