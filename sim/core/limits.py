"""Limits: rows of the rule book that say how many may be admitted, and the one function that admits.

Several limits may cover one request; it is granted if every one of them has room for its whole weight.
"""

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import ONE, mix64, pair, uniform
from sim.core.kernel import kernel
from sim.core.words import Grant, Status

Counts = IntEnum("Counts", "IN_FORCE ISSUED", start=0)


@dataclass
class Limit:
    """No more than `level` persons in the covered cells.

    counts: IN_FORCE, those in `statuses` and authorisations not yet used; ISSUED, grants since 1 January.
    grants: which grants are tested, work permits or settlement.
    """

    id: str
    policy: str
    hosts: NDArray[np.bool_]
    nations: NDArray[np.bool_]
    sectors: NDArray[np.bool_]
    level: int
    since: int = 0  # step in which it was first written
    counts: Counts = Counts.IN_FORCE
    statuses: tuple[Status, ...] = (Status.WORKER,)
    grants: tuple[Grant, ...] = (Grant.WORK,)
    compliance: NDArray[np.float64] | None = None  # by host; None is full compliance
    counts_renewals: bool = False
    is_ban: bool = False
    shares_population: bool = False
    _covers: NDArray[np.bool_] | None = field(default=None, repr=False, compare=False)
    key: np.uint64 = field(default=np.uint64(0))  # for the draws of compliance: from the limit's id

    def covers(self) -> NDArray[np.bool_]:
        """[host, nation, sector]."""
        if self._covers is None:
            self._covers = self.hosts[:, None, None] & self.nations[None, :, None] & self.sectors[None, None, :]
        return self._covers

    def sum(self, table: NDArray[np.int64]) -> int:
        """The sum of a table [host, nation, sector] over the covered cells."""
        return int(covered(table, self.hosts, self.nations, self.sectors))


@kernel
def covered(table, hosts, nations, sectors):
    """The sum of a table [host, nation, sector] over the cells that all three masks cover."""
    total = 0
    for h in range(hosts.size):
        if hosts[h]:
            for n in range(nations.size):
                if nations[n]:
                    for s in range(sectors.size):
                        if sectors[s]:
                            total += table[h, n, s]
    return total


@kernel
def answer(order, ids, weight, cell, covers, slack, tie, compliance, host, keys, luck):
    """Grant or refuse each request in `order`; slack is used up in place.

    ids [uint64], weight [persons], cell [index into covers' columns], covers [limit, cell], slack [persons by limit],
    tie [rank among equal slacks], compliance [limit, host], keys [uint64 by limit]. Returns for each request the limit
    that refused it or -1, and the limit that it was granted in breach of or -1. A refusal is charged to the limit with
    the smallest slack (SPEC §6.6); it is breached only if every limit without room is, each by a draw of its own that
    is the same in all scenarios and months (SPEC §6.7).
    """
    refused = np.full(ids.size, -1, np.int16)
    breached = np.full(ids.size, -1, np.int16)
    for n in order:
        worst, is_breach = -1, True
        for k in range(slack.size):
            if not covers[k, cell[n]] or slack[k] >= weight[n]:
                continue
            if worst < 0 or slack[k] < slack[worst] or (slack[k] == slack[worst] and tie[k] < tie[worst]):
                worst = k
            if uniform(luck, pair(ids[n], keys[k])) < compliance[k, host[n]]:
                is_breach = False
        if worst >= 0 and not is_breach:
            refused[n] = worst
            continue
        breached[n] = worst
        for k in range(slack.size):
            if covers[k, cell[n]]:
                slack[k] -= weight[n]
    return refused, breached


@kernel
def order_key(luck, ids):
    """The drawn key in whose order requests are answered."""
    out = np.empty(ids.size, np.uint64)
    for n in range(ids.size):
        out[n] = mix64(luck + (ids[n] + ONE) * np.uint64(0x9E3779B97F4A7C15))
    return out
