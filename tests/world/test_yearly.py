"""Yearly series: documented where documented, moved with output elsewhere, and never PPP dollars."""

import numpy as np
import pytest

from sim.facts import read_rows
from sim.world import load_world
from sim.world.load import COLUMNS
from sim.world.model import WORLDS
from sim.world.tables import read_rows as world_rows
from sim.world.yearly import from_anchors

YEARS = WORLDS["northeast_asia"].years

WORLD = load_world("northeast_asia")
SERIES = WORLD.series


def wage(place: str, sector: str, year: int) -> float:
    at = WORLD.place_index(place), WORLD.sector_index(sector), SERIES.column(year)
    return float(SERIES.wage_usd_month[at])


def test_all_is_known_and_positive() -> None:
    for table in (SERIES.population, SERIES.gdp_usd, SERIES.home_income_usd_month, SERIES.wage_usd_month):
        assert np.isfinite(table).all() and (table > 0).all()
        assert table.shape[-1] == len(SERIES.years) == 19


def test_population_is_the_documented_one() -> None:
    mongolia = WORLD.country_index("MNG")
    assert SERIES.population[mongolia, SERIES.column(2003)] == 2_480_374


def test_home_income_is_gni_per_head_a_month() -> None:
    assert SERIES.home_income_usd_month[WORLD.country_index("MNG"), SERIES.column(2000)] == pytest.approx(470 / 12)


def test_a_pool_is_its_members_together() -> None:
    rows = [r for r in read_rows("country_year.csv") if r["year"] == "2000" and r["country"] in ("UZB", "TJK", "KGZ")]
    people = [float(r["population"]) for r in rows]
    pool, year = WORLD.country_index("XPS"), SERIES.column(2000)
    assert SERIES.population[pool, year] == sum(people)
    income = sum(float(r["gni_per_capita_atlas_usd"]) * n for r, n in zip(rows, people, strict=True)) / sum(people)
    assert SERIES.home_income_usd_month[pool, year] == pytest.approx(income / 12)


def test_assumed_incomes_name_their_prior() -> None:
    named = {c.code: p for c, p in zip(WORLD.countries, SERIES.income_prior, strict=True) if p}
    assert named == {"PRK": "prk_home_income", "XOT": "xot_income"}
    assert set(SERIES.home_income_usd_month[WORLD.country_index("PRK")]) == {40.0}


def test_documented_wages_are_kept_and_carry_no_prior() -> None:
    assert wage("RUS-Rest", "F", 2013) == 870.1
    assert wage("CHN-Rest", "F", 2003) == 114.0
    assert wage("MNG-Ulaanbaatar", "F", 2016) == 700  # S102
    assert SERIES.wage_prior[WORLD.place_index("RUS-Rest")][WORLD.sector_index("F")] == ""


def test_other_wages_are_a_part_of_output_per_head() -> None:
    korea, year = WORLD.country_index("KOR"), SERIES.column(2015)
    per_month = SERIES.gdp_usd[korea, year] / SERIES.population[korea, year] / 12
    assert wage("KOR", "C", 2015) == pytest.approx(0.5 * per_month)
    assert SERIES.wage_prior[WORLD.place_index("KOR")][WORLD.sector_index("C")] == "wage_to_gdp"


@pytest.mark.parametrize(("year", "minimum"), [(2014, 1026.3), (2015, 1025.7), (2016, 1087.1)])
def test_korean_pay_is_near_the_minimum_wage(year: int, minimum: float) -> None:
    """Small factories paid their foreign workers the minimum wage and overtime (wages.csv)."""
    assert 1.0 <= wage("KOR", "C", year) / minimum <= 1.3


def test_a_region_earns_its_relative() -> None:
    assert wage("RUS-Sakhalin", "F", 2013) == pytest.approx(1.54 * wage("RUS-Rest", "F", 2013))


def test_anchors_are_joined_by_lines_and_moved_with_output_outside() -> None:
    per_month = np.arange(1.0, 1 + len(YEARS))
    moved = from_anchors({2000: 30.0, 2002: 50.0}, per_month, YEARS)
    assert moved[SERIES.column(2001)] == pytest.approx(40 * 4 / 4)
    assert moved[SERIES.column(2000)] == 30.0
    assert moved[SERIES.column(1998)] == pytest.approx(30 * 1 / 3)
    assert moved[SERIES.column(2004)] == pytest.approx(50 * 7 / 5)


def test_years_outside_take_the_nearest() -> None:
    assert SERIES.column(1990) == 0 and SERIES.column(2030) == len(SERIES.years) - 1


def test_anchor_wages_are_market_dollars_of_the_facts() -> None:
    """Every anchor whose source is a series of the facts is one of its rows, and none of those is in PPP dollars."""
    from importlib.resources import files

    known = {(r["country"], r["sector"], r["year"], r["wage_usd_month"]) for r in read_rows("wages.csv")}
    assert all(r["wage_usd_month"] == "" for r in read_rows("wages.csv") if r["usd_basis"].startswith("PPP"))
    anchors = world_rows(files("sim.world") / "northeast_asia", "wages", COLUMNS["wages"].split())
    checked = [r for r in anchors if r.cells["source"].startswith("wages.csv") and "middle" not in r.cells["source"]]
    assert len(checked) > 150
    for row in checked:
        series = row.cells["source"].split()[2]
        assert (row.cells["host"], series, row.cells["year"], row.cells["wage_usd_month"]) in known, row
