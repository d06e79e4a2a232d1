"""Steps and dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.calendar import Calendar

RUN = Calendar(date(2000, 11, 1), 30)
WEEKS = Calendar(date(2000, 1, 3), 60, "week")


def test_months_pass_into_the_next_year():
    assert [RUN.day(t) for t in (0, 1, 2)] == [date(2000, 11, 1), date(2000, 12, 1), date(2001, 1, 1)]
    assert (RUN.year(2), RUN.month(2)) == (2001, 0)


def test_a_step_may_lie_before_the_run():
    assert RUN.day(-11) == date(1999, 12, 1)


def test_the_first_step_and_every_january_open_a_year():
    assert [t for t in range(30) if RUN.opens_year(t)] == [0, 2, 14, 26]


@pytest.mark.parametrize(("day", "step"), [
    (date(2000, 11, 1), 0),  # the first of a month binds that month (SPEC 6.17)
    (date(2000, 11, 2), 1),
    (date(2001, 8, 5), 10),  # 5 August -> September
    (date(2000, 10, 31), 0),
])  # fmt: skip
def test_a_rule_dated_inside_a_month_takes_effect_with_the_next(day, step):
    assert RUN.first_on_or_after(day) == step


@given(days=st.dates(date(1999, 1, 1), date(2004, 12, 31)), calendar=st.sampled_from((RUN, WEEKS)))
def test_the_step_of_a_rule_is_the_first_that_does_not_begin_before_it(days, calendar):
    t = calendar.first_on_or_after(days)
    assert calendar.day(t - 1) < days <= calendar.day(t)


def test_a_year_has_twelve_months_or_fifty_two_weeks():
    assert RUN.years_per_step == 1 / 12
    assert WEEKS.years_per_step == 1 / 52
    assert WEEKS.day(2) == date(2000, 1, 17)
