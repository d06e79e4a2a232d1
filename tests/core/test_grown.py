"""Lists that grow keep what stands on them, and always have room for one more span."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.core.grown import SPAN, grown


@given(size=st.integers(0, 3 * SPAN), of=st.floats(0, 1))
def test_a_list_has_room_for_a_span_and_keeps_its_rows(size, of):
    some, n = np.arange(size, dtype=np.int32), int(size * of)
    longer = grown(some, n, SPAN)
    assert longer.size >= n + SPAN
    assert longer[:n].tolist() == list(range(n))
    assert (longer is some) == (size >= n + SPAN)
