"""Lists that grow keep what stands on them, and always have room for one more span."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.core.ample import SPAN, ample


@given(size=st.integers(0, 3 * SPAN), of=st.floats(0, 1))
def test_a_list_has_room_for_a_span_and_keeps_its_rows(size, of):
    some, n = np.arange(size, dtype=np.int32), int(size * of)
    grown = ample(some, n)
    assert grown.size >= n + SPAN
    assert grown[:n].tolist() == list(range(n))
    assert (grown is some) == (size >= n + SPAN)
