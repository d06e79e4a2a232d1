"""Employers: one for each region and sector that has posts for foreigners."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import key


@dataclass
class Employers:
    """Columns by employer.

    posts, informal [persons] are set by the economy each step; wage [cents a month]; local [persons] are posts that a
    raised wage filled from the local labour market; leaked are posts filled without papers after a refusal; withdrawn
    are posts given up after one. premium: what it pays above its sector's wage [share]; held: what it does not pay out
    of what falls due [share].
    """

    place: NDArray[np.int16]
    sector: NDArray[np.int8]
    host: NDArray[np.int16]
    base_posts: NDArray[np.float64]
    base_informal: NDArray[np.float64]
    ids: NDArray[np.uint64] = field(init=False)
    posts: NDArray[np.int64] = field(init=False)
    informal: NDArray[np.int64] = field(init=False)
    wage: NDArray[np.int64] = field(init=False)
    local: NDArray[np.int64] = field(init=False)
    leaked: NDArray[np.int64] = field(init=False)
    withdrawn: NDArray[np.int64] = field(init=False)
    premium: NDArray[np.float64] = field(init=False)
    held: NDArray[np.float64] = field(init=False)

    def __post_init__(self) -> None:
        self.ids = np.array([key("employer", p, s) for p, s in zip(self.place, self.sector, strict=True)], np.uint64)
        self.posts = np.rint(self.base_posts).astype(np.int64)
        self.informal = np.rint(self.base_informal).astype(np.int64)
        self.wage = np.zeros(len(self), np.int64)
        self.local, self.leaked, self.withdrawn = (np.zeros(len(self), np.int64) for _ in range(3))
        self.premium, self.held = np.zeros(len(self)), np.zeros(len(self))

    def __len__(self) -> int:
        return int(self.place.size)

    def table_by_host_sector(self, hosts: int, sectors: int) -> tuple[NDArray[np.int32], NDArray[np.int16]]:
        """Where each host's employers of a sector stand: start [host × sector + 1] and the employers in that order."""
        cell = self.host.astype(np.int64) * sectors + self.sector
        order = np.argsort(cell, kind="stable")
        start = np.searchsorted(cell[order], np.arange(hosts * sectors + 1))
        return start.astype(np.int32), order.astype(np.int16)
