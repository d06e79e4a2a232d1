"""Room: the limits in force and what they leave, ready for kernels."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel
from sim.core.limits import Counts, Limit
from sim.core.words import Grant, Status


@dataclass
class Room:
    """The limits in force, the oldest first: what each covers, its slack [persons], and how far states comply."""

    limits: list[Limit]
    index: NDArray[np.int16]  # of each limit in the ledger
    hosts: NDArray[np.bool_]  # that each limit covers [limit, host], likewise nations and sectors
    nations: NDArray[np.bool_]
    sectors: NDArray[np.bool_]
    slack: NDArray[np.int64]
    compliance: NDArray[np.float64]  # [limit, host]
    keys: NDArray[np.uint64]

    def tested(self, *tested: bool) -> NDArray[np.bool_]:
        """The hosts [limit, host] at which the limits that are tested hold."""
        return self.hosts & np.array(tested, bool)[:, None]


def room_now(state: Any) -> Room:
    """What the limits in force leave at this moment."""
    limits = sorted(state.rules.limits.values(), key=lambda x: (x.since, x.id))
    hosts = _stacked([x.hosts for x in limits], state.hosts)
    nations = _stacked([x.nations for x in limits], state.nations)
    sectors = _stacked([x.sectors for x in limits], len(state.world.sectors))
    full, held = np.ones(state.hosts), np.zeros(len(limits), np.int64)
    if limits:
        uses = np.array([_uses(x.counts, x.statuses, x.grants, x.counts_renewals) for x in limits])
        count(state.people.by_host(), state.unused(), state.issued, state.renewed, hosts, nations, sectors, uses, held)
    return Room(
        limits,
        np.array([state.ledger.limit_index(x.id) for x in limits], np.int16),
        hosts,
        nations,
        sectors,
        np.array([0 if x.is_ban else x.level - n for x, n in zip(limits, held.tolist(), strict=True)], np.int64),
        _stacked([full if x.compliance is None else x.compliance for x in limits], state.hosts),
        np.array([x.key for x in limits], np.uint64),
    )


def _stacked(rows: list[NDArray[Any]], size: int) -> NDArray[Any]:
    """A table of rows of this size; of none, if there are none."""
    return np.concatenate(rows).reshape(-1, size) if rows else np.zeros((0, size), bool)


@cache
def _uses(counts: Counts, statuses: tuple[Status, ...], grants: tuple[Grant, ...], renewals: bool) -> tuple[bool, ...]:
    """Whether a limit counts each status, authorisations not yet used, each kind of grant, and renewals."""
    if counts == Counts.ISSUED:
        issued = [x in grants for x in Grant]
        return *[False] * (len(Status) + 1), *issued, renewals and Grant.WORK in grants
    held = [x in statuses for x in Status]
    return *held, Status.WORKER in statuses, *[False] * (len(Grant) + 1)


@kernel
def count(stock, unused, issued, renewed, hosts, nations, sectors, uses, out):
    """Persons that each limit counts [limit]: uses [limit, which] says of which tables [..., host, nation, sector]."""
    statuses, grants = len(stock), len(issued)
    for k in range(out.size):
        for h in range(hosts.shape[1]):
            if not hosts[k, h]:
                continue
            for n in range(nations.shape[1]):
                if not nations[k, n]:
                    continue
                for s in range(sectors.shape[1]):
                    if sectors[k, s]:
                        for x in range(statuses):
                            out[k] += stock[x, h, n, s] if uses[k, x] else 0
                        for x in range(grants):
                            out[k] += issued[x, h, n, s] if uses[k, statuses + 1 + x] else 0
                        out[k] += unused[h, n, s] if uses[k, statuses] else 0
                        out[k] += renewed[h, n, s] if uses[k, statuses + grants + 1] else 0


@kernel
def ample(host, nation, sector, weight, hosts, nations, sectors, slack):
    """Whether limits have room for all who ask, in whatever order; if so slack [persons by limit] falls in place.

    hosts, nations, sectors [limit, code]: what each limit covers; host, nation, sector, weight [persons] of who asks.
    """
    needed = np.zeros(slack.size, np.int64)
    for k in range(slack.size):
        for n in range(weight.size):
            if hosts[k, host[n]] and nations[k, nation[n]] and sectors[k, sector[n]]:
                needed[k] += weight[n]
        if needed[k] > max(slack[k], 0):
            return False
    for k in range(slack.size):
        slack[k] -= needed[k]
    return True
