"""Ledger: every cent and every blocked request has an account, and the accounts balance."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel

Account = IntEnum(
    "Account", "WORKERS EMPLOYERS HOUSEHOLDS SENDING_STATES HOST_STATES BROKERS SHOPS CARRIERS ENDOWMENT", start=0
)

Item = IntEnum("Item", "PAID TAKE REPAID SENT LIVING OWED ARREARS", start=0)  # of a month's pay


@kernel
def add_up(table, row, column, values):
    """Add each value where it belongs, in place."""
    for n in range(values.size):
        table[row[n], column[n]] += values[n]


@dataclass
class Ledger:
    """Money [cents] by account, and the step's tallies by host and nationality [persons or cents].

    WORKERS holds what people have less what they owe. The balances always sum to zero.
    """

    hosts: int
    nations: int
    balance: NDArray[np.int64] = field(default_factory=lambda: np.zeros(len(Account), np.int64))
    tallies: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    limits: list[str] = field(default_factory=list)  # ids of limits, by the index that requests and people keep
    _limit_index: dict[str, int] = field(default_factory=dict)
    _marks: tuple[Any, NDArray[np.int16]] = (None, np.zeros(0, np.int16))  # some limits, and what `marks` told of them

    def __post_init__(self) -> None:
        self._nothing = np.zeros((self.hosts, self.nations), np.int64)
        self._nothing.flags.writeable = False

    def begin(self) -> None:
        """Open a step: tallies are empty."""
        self.tallies = {}

    def pay(self, payer: Account, payee: Account, cents: int) -> None:
        """Move money between accounts."""
        self.balance[payer] -= cents
        self.balance[payee] += cents

    def tally(self, name: str) -> NDArray[np.int64]:
        """The step's tally of that name [host, nation], to be added to in place."""
        if name not in self.tallies:
            self.tallies[name] = np.zeros((self.hosts, self.nations), np.int64)
        return self.tallies[name]

    def told(self, name: str) -> NDArray[np.int64]:
        """The step's tally of that name [host, nation] as it stands, to be read."""
        return self.tallies.get(name, self._nothing)

    def count(self, name: str, host: NDArray, nation: NDArray, persons: NDArray) -> None:
        """Add persons to the tally of that name, one number for each host and nation named."""
        if host.size:
            add_up(self.tally(name), host.astype(np.int64), nation.astype(np.int64), persons.astype(np.int64))

    def limit_index(self, limit: str) -> int:
        """The lasting index of a limit's id."""
        if limit not in self._limit_index:
            self._limit_index[limit] = len(self.limits)
            self.limits.append(limit)
        return self._limit_index[limit]

    def marks(self, limits: tuple[Any, ...]) -> NDArray[np.int16]:
        """The lasting index of each limit, and -1 for none of them after the last; made once for limits on end."""
        if self._marks[0] is not limits:
            self._marks = limits, np.array([*(self.limit_index(x.id) for x in limits), -1], np.int16)
        return self._marks[1]
