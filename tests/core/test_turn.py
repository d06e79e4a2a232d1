"""Turn: the order of keys is that of a stable sort, however they lie."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.core.turn import in_turn


@given(st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 3) | st.integers(2**64 - 4, 2**64 - 1), max_size=50))
def test_the_order_is_that_of_a_stable_sort(keys):
    some = np.array(keys, np.uint64)
    assert (in_turn(some) == np.argsort(some, kind="stable")).all()
