"""Rows of whom something rare holds are those that a search among all finds."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.core.kept import Kept

PEOPLE = 12
months = st.lists(st.tuples(st.sets(st.integers(0, PEOPLE - 1)), st.sets(st.integers(0, PEOPLE - 1))), max_size=6)


@given(months, st.booleans())
def test_who_is_told_of_is_found_once_and_in_order_and_who_is_over_is_forgotten(months, inside):
    column, kept = (np.arange(PEOPLE) % 3).astype(np.int8), Kept()
    yes, no = (1, 0) if inside else (0, 1)  # the rows looked for are those inside 1 .. 2, or outside
    for begin, over in months:
        for rows in (sorted(begin), sorted(begin)[:2]):  # some are told of twice
            column[rows] = yes
            kept.add(np.array(rows, np.int32))
        column[sorted(over)] = no
        holds = (column > 0) == inside
        assert kept.find(column, 1, 2, inside).tolist() == np.flatnonzero(holds).tolist()


def test_nobody_else_is_looked_at():
    column, kept = np.zeros(PEOPLE, np.int8), Kept()
    column[[2, 5]] = 1
    kept.find(column, 1, 1)
    kept.add(np.array([7, 5], np.int32))
    column[7] = column[9] = 1
    assert kept.find(column, 1, 1).tolist() == [2, 5, 7]
