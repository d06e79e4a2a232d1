"""Grown: lists of rows that grow while they are filled, so that none is as long as all who might stand on it."""

import numpy as np

from sim.core.kernel import kernel

SPAN = 1024  # rows that are gone through before a list is looked at again


@kernel
def grown(some, n, more):
    """`some`, or if it has no room for so many more after its first n, these in an array more than twice as long."""
    if n + more <= some.size:
        return some
    out = np.empty(2 * (n + more), np.int32)
    for k in range(n):
        out[k] = some[k]
    return out
