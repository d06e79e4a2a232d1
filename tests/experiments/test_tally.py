"""What the summary keeps of each replicate, and how months become one number."""

from datetime import date

import pytest

from sim.experiments.tally import Tally, over_period
from sim.results.series import Series

LABELS = {"nationality": ["PRK"], "host": ["PRK", "RUS"], "origin": ["MNG"], "status": ["home", "worker"]}
FIRST, LAST = date(2017, 2, 1), date(2017, 5, 1)


@pytest.fixture
def tally() -> Tally:
    """Two replicates of six months: people in the second month, arrivals in each; the second has no arrivals."""
    tally = Tally()
    for replicate in (2, 1):
        series = Series(LABELS, date(2017, 1, 1))
        series.record("stock", 1, [1000, 8], nationality=0, host=[0, 1], status=[0, 1])
        for t in range(6 * (replicate == 1)):
            series.record("flow", t, 3, nationality=0, host=1)
        tally.add(replicate, series.table())
    return tally


def test_stocks_are_averaged_over_all_months_and_flows_added_up(tally: Tally) -> None:
    found = over_period(tally, FIRST, LAST)
    assert found.columns.tolist() == [1, 2]
    assert found.loc[("stock", "PRK", "RUS", "")].tolist() == [8 / 4, 8 / 4]
    assert found.loc[("flow", "PRK", "RUS", "")].tolist() == [4 * 3, 0]


def test_people_at_home_are_left_out(tally: Tally) -> None:
    assert ("stock", "PRK", "PRK", "") not in over_period(tally, FIRST, LAST).index


def test_the_first_month_that_differs_is_that_of_any_measure(tally: Tally) -> None:
    assert tally.first_difference() == date(2017, 1, 1)
    later = Tally({2: tally.frames[2]})
    assert later.first_difference() == date(2017, 2, 1)
    assert Tally({2: tally.frames[2].assign(value=0.0)}).first_difference() is None


def test_nothing_is_nothing() -> None:
    assert over_period(Tally(), FIRST, LAST).empty
