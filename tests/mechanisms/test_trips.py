"""Trips a month: the documented rate, its growth and its season."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.chance import edges, parts
from sim.mechanisms.trips import balanced, going, guides, trips_a_month
from tests.chance.runs import PARAMS, WORLD, built

TRADERS = WORLD.group_index("mng_traders")
VISITORS, WORKERS = WORLD.group_index("kaz_visitors"), WORLD.group_index("prk_russia")


def rate(t, group=TRADERS, **changed):
    state = built(params=PARAMS | {"trip_growth": 0.0, "trip_summer": 0.0, "trip_rate": 1.0} | changed)
    state.t = t
    return trips_a_month(state, group)


def test_the_yearly_rate_is_spread_over_the_months():
    assert rate(0) == pytest.approx(WORLD.groups[TRADERS].trips_per_year / 12)
    assert rate(0, group=WORKERS) == 0


def test_visits_grow_for_so_many_years_and_traders_trips_do_not():
    grows = {"trip_growth": 0.1, "trip_growth_years": 0.5}
    first = rate(0, group=VISITORS)
    assert rate(6, group=VISITORS, **grows) == pytest.approx(first * 1.1**0.5)
    assert rate(11, group=VISITORS, **grows) == pytest.approx(first * 1.1**0.5)
    assert rate(6, **grows) == rate(0)


def test_more_travel_in_summer_and_a_year_has_as_many_trips():
    year = [rate(t, trip_summer=0.3) for t in range(12)]  # June to May
    assert max(year[:3]) > 1.25 * rate(0) > min(year[6:9])
    assert sum(year) == pytest.approx(12 * rate(0))


def test_hosts_have_their_shares_of_all_trips_and_each_home_goes_where_it_is_near():
    near, far = 4.0, 1.0  # two homes, two hosts of one region each; the first home is three times as large
    pull = np.array([[[near, 0], [far, 0]], [[0, far], [0, near]]])
    shares = balanced(pull, np.array([0.75, 0.25]), np.array([0.6, 0.4]))
    assert shares.sum(1) == pytest.approx(1)
    assert np.array([0.75, 0.25]) @ shares == pytest.approx([0.6, 0.4], abs=1e-4)
    odds = shares[:, 0] / shares[:, 1]
    assert odds[0] / odds[1] == pytest.approx((near / far) ** 2)


def test_a_home_without_a_way_goes_nowhere():
    pull = np.array([[[1.0], [0.0]]])
    assert balanced(pull, np.array([0.5, 0.5]), np.array([1.0])).tolist() == [[1.0], [0.0]]


@given(st.lists(st.lists(st.sampled_from([0.0, 0.0, 0.1, 1.0, 7.0]), min_size=5, max_size=5), min_size=1, max_size=3))
def test_guides_lead_to_the_part_that_a_draw_falls_into(shares):
    with np.errstate(over="ignore"):
        ends, ids = edges(np.array(shares)), np.arange(300, dtype=np.uint64)
        zeros, row, word = np.zeros(300, np.int8), np.arange(300) % len(shares), np.uint64(7)
        who, place = going(
            np.column_stack([ids, ids + np.uint64(1)]).astype(np.int32), zeros, zeros - 1, row, zeros, ids,
            np.ones((len(shares), 1)), np.arange(len(shares))[:, None], ends, guides(ends), word, word,
        )  # fmt: skip
        assert who.size == 300 and place.tolist() == parts(word, ids, row, ends).tolist()
