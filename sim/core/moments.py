"""Moments: whose time may have come, to reconsider or to travel, so that nobody else need be looked at."""

import numpy as np

from sim.core.chance import BY11, TO_UNIT, draw
from sim.core.grown import grown
from sim.core.kernel import kernel
from sim.core.words import Status

BLOCK = 4096  # people whose draws a cache holds at once
GROUPS = 128  # as many as a column can tell apart
NOUGHT = np.uint64(0)
AT_HOME = int(Status.HOME)  # for kernels


@kernel
def whose(luck, start, size, most, bits, some):
    """Of so many people whose ids follow each other from `start`, the numbers of those whose draw is no more than about
    `most` [chance]: into some; everybody's draw, of 53 bits, into bits. Out: how many."""
    found, limit = NOUGHT, np.uint64(min(most, 1.0) / TO_UNIT)
    for j in range(size):  # alone, so that a processor draws for several people at once
        bits[j] = draw(luck, start + np.uint64(j)) >> BY11
    for j in range(size):
        some[found] = j
        found += np.uint64(bits[j] <= limit)
    return np.int64(found)


@kernel
def near(ids, runs, kind, group, status, plan, born, now, p_clock, eager, bound, moment):
    """Rows of those at home without a plan who reconsider now and whose draw lies below what their kind and their age
    allow; group [kind].

    The draw comes first, and nobody is looked up who could not move; without branches, which would be guessed wrong.
    Those of a run are of one group, and their ids follow each other: see `people.runs_of`.
    """
    bits, some, out, n = np.empty(BLOCK, np.uint64), np.empty(BLOCK, np.int32), np.empty(2 * BLOCK, np.int32), 0
    top = np.zeros(GROUPS)
    for k in range(bound.size):
        top[group[k]] = max(top[group[k]], p_clock * bound[k])
    for r in range(runs.size - 1):
        most = top[group[kind[runs[r]]]]
        for first in range(runs[r], runs[r + 1] if most > 0.0 else runs[r], BLOCK):
            found = whose(moment, ids[first], min(BLOCK, runs[r + 1] - first), most, bits, some)
            out = grown(out, n, BLOCK)
            for m in range(found):
                i = np.uint32(first + some[m])
                out[n] = i
                often = p_clock * eager[now - born[i]] * bound[kind[i]]
                n += (np.float64(bits[some[m]]) * TO_UNIT < often) & (status[i] == AT_HOME) & (plan[i] < 0)
    return out[:n]
