"""Limits: rows of the rule book that say how many may be admitted, and the one function that admits.

Several limits may cover one request; it is granted if every one of them has room for its whole weight.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import ONE, mix64, pair, uniform
from sim.core.kernel import kernel
from sim.core.words import Grant, Status

Counts = IntEnum("Counts", "IN_FORCE ISSUED", start=0)
# Tables that a limit may count: persons by status, authorisations not yet used, grants by sort, and renewals
UNUSED, GRANTED, RENEWED = len(Status), len(Status) + 1, len(Status) + 1 + len(Grant)
TABLES = RENEWED + 1


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

    @cached_property
    def tables(self) -> NDArray[np.bool_]:
        """Whether it counts each of the tables [table]."""
        out = np.zeros(TABLES, bool)
        if self.counts == Counts.ISSUED:
            out[[GRANTED + grant for grant in self.grants]] = True
            out[RENEWED] = self.counts_renewals and Grant.WORK in self.grants
        else:
            out[list(self.statuses)] = True
            out[UNUSED] = Status.WORKER in self.statuses
        return out


@dataclass(frozen=True)
class Sheet:
    """Limits as columns, with a row for each.

    hosts, nations, sectors: which it covers; level [persons]; tables [limit, table]: which it counts; compliance
    [limit, host]; keys [uint64].
    """

    limits: tuple[Limit, ...]
    hosts: NDArray[np.bool_]
    nations: NDArray[np.bool_]
    sectors: NDArray[np.bool_]
    level: NDArray[np.int64]
    tables: NDArray[np.bool_]
    compliance: NDArray[np.float64]
    keys: NDArray[np.uint64]
    _tested: dict[Any, NDArray[np.bool_]] = field(default_factory=dict, repr=False, compare=False)

    def tested(self, grant: Grant, entering: Status | None = None, renewal: bool = False) -> NDArray[np.bool_]:
        """The hosts [limit, host] at which the limits hold that a grant is tested by; no others hold anywhere.

        entering: of somebody in this status, whom a limit that already counts it does not see enter; renewal: of the
        same once more, which some count.
        """
        key = grant, entering, renewal
        if key not in self._tested:
            holds = [
                grant in x.grants
                and (x.counts_renewals or not renewal)
                and (x.counts == Counts.ISSUED or entering not in x.statuses)
                for x in self.limits
            ]
            self._tested[key] = self.hosts & np.array(holds, bool)[:, None]
        return self._tested[key]

    @classmethod
    def of(cls, limits: Sequence[Limit], shape: tuple[int, ...]) -> "Sheet":
        """The sheet of these limits; shape: hosts, nations, sectors."""
        size, full = len(limits), np.ones(shape[0])
        hosts, nations, sectors, tables = (
            np.array([getattr(x, axis) for x in limits], bool).reshape(size, length)
            for axis, length in zip(("hosts", "nations", "sectors", "tables"), (*shape, TABLES), strict=True)
        )
        compliance = np.array([full if x.compliance is None else x.compliance for x in limits]).reshape(size, shape[0])
        level, keys = np.array([x.level for x in limits], np.int64), np.array([x.key for x in limits], np.uint64)
        return cls(tuple(limits), hosts, nations, sectors, level, tables, compliance, keys)

    @cached_property
    def is_ban(self) -> NDArray[np.bool_]:
        """Whether each is a ban [limit]."""
        return np.array([x.is_ban for x in self.limits], bool)

    @cached_property
    def in_force(self) -> NDArray[np.intp]:
        """Rows of those that count persons, bans left out."""
        return np.flatnonzero([not x.is_ban and x.counts == Counts.IN_FORCE for x in self.limits])

    @cached_property
    def of_population(self) -> NDArray[np.intp]:
        """Rows of those whose level is a share of the population."""
        return np.flatnonzero([x.shares_population for x in self.limits])

    @cached_property
    def late(self) -> NDArray[np.bool_]:
        """Of those the table of overstayers, who are beside the count [limit, table]."""
        out = np.zeros_like(self.tables)
        out[self.of_population, Status.OVERSTAYER] = True
        return out

    @cached_property
    def row(self) -> dict[str, int]:
        """The row of each limit by its id."""
        return {x.id: k for k, x in enumerate(self.limits)}

    @cached_property
    def host(self) -> NDArray[np.int64]:
        """The one covered host of each, or -1 if there are several [limit]."""
        return _only(self.hosts)

    @cached_property
    def nation(self) -> NDArray[np.int64]:
        """The one covered nationality of each, or -1 [limit]."""
        return _only(self.nations)


def _only(which: NDArray[np.bool_]) -> NDArray[np.int64]:
    return np.where(which.sum(1) == 1, which.argmax(1), -1)


@kernel
def counted(tables, hosts, nations, sectors, stock, unused, issued, renewed):
    """Persons that each row of a sheet counts in the tables marked for it [limit].

    stock [status, host, nation, sector], issued [grant, host, nation, sector], unused and renewed [host, nation,
    sector].
    """
    out, which = np.zeros(hosts.shape[0], np.int64), np.empty(TABLES, np.int64)
    for k in range(out.size):
        some = 0
        for j in range(TABLES):
            which[some] = j
            some += tables[k, j]
        for h in range(hosts.shape[1] if some else 0):
            if not hosts[k, h]:
                continue
            for n in range(nations.shape[1]):
                if not nations[k, n]:
                    continue
                for s in range(sectors.shape[1]):
                    if not sectors[k, s]:
                        continue
                    for j in which[:some]:
                        if j < UNUSED:
                            out[k] += stock[j, h, n, s]
                        elif j == UNUSED:
                            out[k] += unused[h, n, s]
                        elif j < RENEWED:
                            out[k] += issued[j - GRANTED, h, n, s]
                        else:
                            out[k] += renewed[h, n, s]
    return out


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
