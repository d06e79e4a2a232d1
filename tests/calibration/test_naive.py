"""The naive forecast: the last value before."""

from dataclasses import replace

import pytest

from calibration.documented import exactly
from calibration.naive import naive
from calibration.spans import Span
from calibration.targets import Target, load_dropped, load_targets


def a_target(when: str, value: float, series: str = "stock") -> Target:
    """A target of this date and value."""
    span, number = Span.parse(when), exactly(value, "persons")
    return Target(f"{series} {when}", "p", "check", ("S037",), number, span, "permits", (), series, "")


KNOWN = [a_target("2008-12", 1), a_target("2009", 2), a_target("2011", 4), a_target("2009", 9, "other")]


@pytest.mark.parametrize(
    ("when", "value"),
    [("2008-06", None), ("2008-12", None), ("2009", 1), ("2009-06", 1), ("2010", 2), ("2011", 2), ("2012-01", 4)],
)
def test_the_last_value_wholly_before_is_the_forecast(when, value):
    assert naive(a_target(when, 3), KNOWN) == value


def test_nothing_is_forecast_without_a_series():
    assert naive(replace(a_target("2010", 3), series=""), [replace(each, series="") for each in KNOWN]) is None


@pytest.mark.parametrize(
    ("id", "value"),
    [
        ("arrivals_CHN_2002", 67_360),
        ("arrivals_in_rok_2000", 148),
        ("arrivals_in_rok_2013", 1502),  # 2012 is a break and is not held against the model, and was known
        ("chinese_share_2015_russia", 21),
        ("dprk_in_mongolia_2013", 2000),
        ("remittances_2004", None),  # before, other things were recorded
        ("contract_workers_all", None),
    ],
)
def test_forecasts_of_the_package(id, value):
    targets = load_targets()
    (target,) = (each for each in targets if each.id == id)
    assert naive(target, (*targets, *load_dropped())) == value
