"""Room: the limits in force and what they leave, ready for kernels."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel
from sim.core.limits import Sheet


@dataclass
class Room:
    """The limits in force, the oldest first, and what they leave."""

    sheet: Sheet
    marks: NDArray[np.int16]  # index of each limit in the ledger, and -1 after them
    slack: NDArray[np.int64]  # [limit, persons]


def room_now(state: Any) -> Room:
    """What the limits in force leave at this moment."""
    sheet = state.rules.sheet(state.renewed.shape)
    slack = np.where(sheet.is_ban, 0, sheet.level - state.today().counts(sheet)) if sheet.limits else sheet.level.copy()
    return Room(sheet, state.ledger.marks(sheet.limits), slack)


@kernel
def contested(host, nation, sector, weight, hosts, nations, sectors, slack):
    """Which requests a limit covers that has not room for all that it covers.

    All others are granted in whatever order: slack [persons by limit] falls in place. hosts, nations, sectors [limit,
    code]: what each limit covers; host, nation, sector, weight [persons] of who asks.
    """
    needed, doubt, some = np.zeros(slack.size, np.int64), np.zeros(weight.size, np.bool_), 0
    for k in range(slack.size):
        tested = False
        for h in range(hosts.shape[1]):
            tested |= hosts[k, h]
        for n in range(weight.size if tested else 0):
            if hosts[k, host[n]] and nations[k, nation[n]] and sectors[k, sector[n]]:
                needed[k] += weight[n]
        for n in range(weight.size if needed[k] > max(slack[k], 0) else 0):
            if hosts[k, host[n]] and nations[k, nation[n]] and sectors[k, sector[n]]:
                some += not doubt[n]
                doubt[n] = True
    out, found = np.empty(some, np.int32), 0
    for n in range(weight.size if some else 0):
        if doubt[n]:
            out[found] = n
            found += 1
    for k in range(slack.size):
        for m in out if needed[k] else out[:0]:
            if hosts[k, host[m]] and nations[k, nation[m]] and sectors[k, sector[m]]:
                needed[k] -= weight[m]
        slack[k] -= needed[k]
    return out
