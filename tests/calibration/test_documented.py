"""References to facts and tables, and the numbers made of them."""

from datetime import date

import pytest

from calibration.documented import NoNumberError, documented, is_later
from sim import facts


def test_a_value_is_that_of_the_fact():
    found = documented(["S037"], "value")
    assert (found.value, found.low, found.high, found.unit) == (8090, 8090, 8090, "persons")


def test_a_fact_that_is_a_range_has_bounds_and_a_middle():
    found = documented(["X030@2006"], "value")
    assert (found.low, found.value, found.high) == (30_000, 40_000, 50_000)


@pytest.mark.parametrize(
    ("references", "made", "value"),
    [
        (["S092", "S091"], "range", 1900),
        (["S094", "S095"], "sum", 4000),
        (["S018", "S016"], "percent", 12.5),
        (["S104", "S102"], "ratio", 200 / 700),
        (["T3/CHN/in_2002"], "value", 92_657),
        (["T4/Zamiin-Uud/total"], "value", 296_140),
        (["T4/PRINTED/private"], "value", 488_819),
        (["T4/Borshoo/total"], "value", 12_741),  # printed with its digits swapped (D02)
        (["T4/TOTAL/total"], "value", 534_986 + 2 + 27),
    ],
)
def test_numbers_are_made_of_references(references, made, value):
    assert documented(references, made).value == value


def test_a_total_is_the_sum_of_the_rows_not_the_printed_one():
    assert documented(["T3/TOTAL/in_2002"], "value").value == 235_265 != facts.table3().total("in_2002")


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("S9999", "no fact 'S9999'"),
        ("X068", "has several values"),
        ("S062", "S062 is no number but 'hundreds': give a reading"),
        ("T3/CHM/in_2002", "table3 has no row 'CHM'; did you mean 'CHN'?"),
        ("T3/CHN/in_2005", "table3 has no column 'in_2005'; did you mean 'in_20"),
        ("T9/CHN/in_2002", "no table 'T9'"),
    ],
)
def test_a_reference_without_a_number_is_named(reference, message):
    with pytest.raises(NoNumberError, match=message.replace("?", r"\?")):
        documented([reference], "value")


@pytest.mark.parametrize(
    ("reference", "late"),
    [
        ("S065", False),  # 2017
        ("X055@2015", False),  # end 2015
        ("X028@2016", False),  # 2013-2016
        ("S085", True),  # 28 Sep 2017
        ("X045", True),  # c. 2018
        ("X059@default", False),  # 2013-2021 begins in time
        ("X046@2024-net", True),
        ("T3/CHN/in_2002", False),
    ],
)
def test_a_fact_is_late_if_all_its_dates_are(reference, late):
    assert is_later(reference, date(2017, 7, 1)) == late
