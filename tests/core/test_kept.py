"""Rows of whom something rare holds are those that a search among all finds."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.core.kept import Kept

PEOPLE = 12
months = st.lists(st.tuples(st.sets(st.integers(0, PEOPLE - 1)), st.sets(st.integers(0, PEOPLE - 1))), max_size=6)


@given(months)
def test_who_is_told_of_is_found_once_and_in_order_and_who_is_over_is_forgotten(months):
    holds, kept = np.arange(PEOPLE) % 3 == 0, Kept()
    for begin, over in months:
        for rows in (sorted(begin), sorted(begin)[:2]):  # some are told of twice
            holds[rows] = True
            kept.add(np.array(rows, np.int32))
        holds[sorted(over)] = False
        assert kept.find(lambda rows: holds[rows]).tolist() == np.flatnonzero(holds).tolist()


def test_nobody_else_is_looked_at():
    holds, kept, asked = np.zeros(PEOPLE, bool), Kept(), []
    holds[[2, 5]] = True

    def look(rows):
        asked.append(rows)
        return holds[rows]

    kept.find(look)
    kept.add(np.array([7, 5], np.int32))
    assert kept.find(look).tolist() == [2, 5]
    assert asked[1].tolist() == [2, 5, 7]
