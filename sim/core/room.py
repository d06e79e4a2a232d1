"""Room: the limits in force and what they leave, ready for kernels."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel
from sim.core.limits import Limit


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
    sheet = state.rules.sheet(state.renewed.shape)
    index = np.array([state.ledger.limit_index(x.id) for x in sheet.limits], np.int16)
    slack = np.where(sheet.is_ban, 0, sheet.level - state.today().counts(sheet))
    return Room(
        list(sheet.limits), index, sheet.hosts, sheet.nations, sheet.sectors, slack, sheet.compliance, sheet.keys
    )


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
