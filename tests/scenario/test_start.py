"""A run that begins in another month than the world's stocks are of is allowed, and warned of."""

from pathlib import Path

import pytest

from sim.scenario import load_scenario

SCENARIOS = sorted((Path(__file__).parent.parent.parent / "scenarios").glob("*.yaml"))


@pytest.mark.parametrize("month", ["2017-01", "1999-12"])
def test_another_month_than_that_of_the_stocks_is_warned_of(write, month):
    path = write(f"question: What of later years?\nstart: {month}\n")
    assert load_scenario(path).warnings == (
        f"{path}:2: start: the run begins in {month} with the stocks of 2000-01, for northeast_asia has those of no "
        "other month; to look at later years, start in 2000-01 and read the later months",
    )


def test_each_world_has_stocks_of_its_own_month(write):
    path = write("question: What of the years before?\nworld: tumen_1961\nstep: week\nend: 2000-12\n")
    (warning,) = load_scenario(path).warnings
    assert "in 2000-01 with the stocks of 1960-07, for tumen_1961 has" in warning
    assert load_scenario(path, ("start=1960-07", "end=1961-12")).warnings == ()


def test_no_scenario_of_the_repository_begins_elsewhere():
    assert not [path for path in SCENARIOS if any(": start: " in each for each in load_scenario(path).warnings)]
