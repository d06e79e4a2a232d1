"""Yearly series as months see them, and after the last documented year."""

from datetime import date

import numpy as np
import pytest

from sim.core.calendar import Calendar
from sim.core.outlook import Outlook, outlook
from sim.world import load_world
from sim.world.priors import Priors, default_priors_path

PARAMS = Priors.load(default_priors_path()).point() | {"trend_after_2016": 0.1}
TABLE = np.array([[10.0], [20.0], [40.0]])
SHORT = Outlook(2000, TABLE, TABLE, TABLE, TABLE)


@pytest.fixture(scope="module")
def to_2020():
    return outlook(load_world(), PARAMS, 2020)


@pytest.mark.parametrize(("month", "value"), [
    ((2000, 1), 10.0),  # before the first mid-year: as then
    ((2000, 7), 10.0),
    ((2001, 1), 15.0),
    ((2001, 7), 20.0),
    ((2002, 4), 35.0),
    ((2003, 1), 40.0),
])  # fmt: skip
def test_months_lie_between_mid_years(month, value):
    calendar = Calendar(date(2000, 1, 1), 60)
    t = calendar.first_on_or_after(date(*month, 1))
    assert SHORT.at(TABLE, calendar, t)[0] == pytest.approx(value)


def test_the_official_population_is_that_of_the_year_before():
    assert SHORT.official_population(2002)[0] == 20
    assert SHORT.official_population(2000)[0] == 10


def test_wages_grow_by_the_trend_after_the_last_documented_year(to_2020):
    last = 2016 - to_2020.first
    assert to_2020.wage[last + 2] == pytest.approx(to_2020.wage[last] * 1.1**2)
    assert to_2020.income[last + 1] == pytest.approx(to_2020.income[last] * 1.1)


def test_the_series_reach_beyond_the_last_year(to_2020):
    assert len(to_2020.wage) == len(to_2020.growth) == len(to_2020.population) == 2021 - to_2020.first + 1


def test_population_goes_on_as_it_last_grew(to_2020):
    here, last = load_world().country_index("MNG"), 2016 - to_2020.first
    growth = to_2020.population[last, here] / to_2020.population[last - 1, here]
    assert to_2020.population[last + 1, here] == pytest.approx(to_2020.population[last, here] * growth)


def test_output_is_told_as_a_multiple_of_that_of_2000(to_2020):
    assert to_2020.growth[2000 - to_2020.first] == pytest.approx(np.ones(len(load_world().countries)))
