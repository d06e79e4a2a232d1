"""Turn: the order of drawn keys, in which people are served where places are scarce."""

import numpy as np

from sim.core.kernel import kernel


@kernel
def in_turn(keys):
    """Positions in the order of `keys` [uint64], the least first and equal ones as they stand.

    Keys that are drawn lie evenly, so they are dealt by their first bits to as many parts as there are keys; what is
    then out of place is so by little.
    """
    bits = 1
    while 1 << bits < keys.size:
        bits += 1
    by, ends = np.uint64(64 - bits), np.zeros(1 << bits, np.int32)
    for key in keys:
        ends[np.int64(key >> by)] += 1
    for k in range(1, ends.size):
        ends[k] += ends[k - 1]
    order, sorted_ = np.empty(keys.size, np.int32), np.empty(keys.size, np.uint64)
    for n in range(keys.size - 1, -1, -1):
        part = np.int64(keys[n] >> by)
        ends[part] -= 1
        order[ends[part]], sorted_[ends[part]] = n, keys[n]
    for n in range(1, keys.size):
        key, who, m = sorted_[n], order[n], n
        while m > 0 and sorted_[m - 1] > key:
            order[m], sorted_[m] = order[m - 1], sorted_[m - 1]
            m -= 1
        order[m], sorted_[m] = who, key
    return order
