"""Reach: for which candidates it is worth looking for a post, given the room that employers and brokers have left."""

import numpy as np

from sim.core.kernel import kernel


@kernel
def largest(room, host, sector, most):
    """The largest room [employer, nation] that an employer of each host and sector has, most [host, nation, sector]."""
    for e in range(room.shape[0]):
        for n in range(room.shape[1]):
            most[host[e], n, sector[e]] = max(most[host[e], n, sector[e]], room[e, n])


@kernel
def worth_looking(rows, cols, most, could):
    """Those of `rows` whose plan finds a post with room, most [host, nation, sector], or else who could [group, sector]
    be sent."""
    out, n = np.empty(rows.size, np.int32), 0
    for i in rows:
        s = cols.sector[i]
        if cols.plan[i] >= 0:
            able = most[cols.plan_host[i], cols.nation[i], s] >= cols.weight[i]
        else:
            able = could[cols.group[i], s]
        if able:
            out[n] = i
            n += 1
    return out[:n]


@kernel
def could_be_sent(serves, heads, nation, table, capacity, room, host, sector, out):
    """Where a programme that serves [group, host] has room for a head, and a broker of `table` [group, host, which]
    the capacity: out [group, sector]."""
    for g in range(serves.shape[0]):
        for e in range(host.size):
            if not serves[g, host[e]] or room[e, nation[g]] < heads[g]:
                continue
            for b in table[g, host[e]]:
                if b >= 0 and capacity[b] >= heads[g]:
                    out[g, sector[e]] = True
