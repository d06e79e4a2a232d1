"""Reach: whom an agency could send to any post, given the room that employers and brokers have left."""

from sim.core.kernel import kernel


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
