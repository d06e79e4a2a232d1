"""Style: labels are moved apart, numbers stay short, type stays dark enough."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.report.figures.style import apart, dark, scaled

PLACES = st.lists(st.floats(-1000, 1000), min_size=1, max_size=12)


def test_three_labels_at_one_height_are_spread_about_it():
    assert apart([5, 5, 5], 2).tolist() == [3, 5, 7]


def test_labels_with_room_stay():
    assert apart([9, 1, 5], 2).tolist() == [9, 1, 5]


@given(PLACES, st.floats(0.1, 100))
def test_labels_keep_their_order_and_the_gap(places, gap):
    found = apart(places, gap)
    order = np.argsort(places, kind="stable")
    assert (np.diff(found[order]) >= gap * (1 - 1e-6)).all()
    assert abs(found.mean() - np.mean(places)) < 1e-6 * max(1, gap)


def test_large_numbers_are_told_in_millions():
    assert scaled("USD", 3.4e7) == (1e6, "million USD")
    assert scaled("persons", 54_000) == (1, "persons")


def test_a_light_colour_is_darkened_and_a_dark_one_stays():
    assert dark("#000000") == (0, 0, 0)
    assert max(dark("#ffffff")) < 0.4
