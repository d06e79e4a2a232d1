"""Streams of decisions made together are those made one by one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.core.chance import Streams, luck

decisions = st.lists(st.integers(0, 2**32 - 1).map(np.uint64), min_size=1, max_size=5)


@given(seed=st.integers(0, 2**40), steps=st.lists(st.tuples(st.integers(0, 10_000), decisions), max_size=6))
def test_the_streams_of_a_step_are_those_made_one_by_one(seed, steps):
    streams = Streams(seed)
    for t, some in steps:
        for decision in some:
            found = streams.of(decision, t)
            assert found == luck(seed, decision, t) and isinstance(found, np.uint64)
