"""A value is read as a number, a range, or neither."""

from dataclasses import replace

import pytest

from sim.facts import Finding, fact


@pytest.mark.parametrize(
    ("value", "number", "bounds"),
    [
        ("20517", 20517.0, (20517.0, 20517.0)),
        ("11.7", 11.7, (11.7, 11.7)),
        ("1/3", 1 / 3, (1 / 3, 1 / 3)),
        ("600-700", None, (600.0, 700.0)),
        ("thousands", None, None),
        ("", None, None),
    ],
)
def test_number_and_bounds(value: str, number: float | None, bounds: tuple[float, float] | None) -> None:
    f = replace(fact("S067"), value=value)
    assert f.number == number
    assert f.bounds == bounds


def test_a_date_is_not_a_range() -> None:
    assert fact("X076").value == "2006-01"
    assert fact("X076").bounds is None


def test_base_and_suffix() -> None:
    assert (fact("X068@2009").base, fact("X068@2009").suffix) == ("X068", "2009")
    assert (fact("S067").base, fact("S067").suffix) == ("S067", "")


def test_place_leaves_out_what_is_blank() -> None:
    assert replace(fact("S067"), destination="").place == "DPRK"


def test_gap_is_stated_minus_recomputed() -> None:
    assert Finding("table3.column.in_2002", 235165, 235265).gap == -100
