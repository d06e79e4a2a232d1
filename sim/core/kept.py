"""Kept rows: of whom something rare holds (who waits, who is barred, whom traffickers hold), so that nobody else is
looked at."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel
from sim.core.roll import NONE, ONE, Rows

NOBODY = np.zeros(0, np.int32)


@kernel
def among(rows, news, column, low, high, inside):
    """Those of `rows` and of `news`, both in order, whose number lies inside (or outside) low .. high; each once."""
    out, n, at, size = np.empty(rows.size + news.size, np.int32), NONE, NONE, np.uint64(rows.size)
    for j in news:
        while at < size and rows[at] < j:
            i = rows[at]
            out[n] = i
            n += np.uint64((low <= column[np.uint32(i)] <= high) == inside)
            at += ONE
        if at < size and rows[at] == j:
            at += ONE
        if n == NONE or out[n - ONE] != j:
            out[n] = j
            n += np.uint64((low <= column[j] <= high) == inside)
    while at < size:
        i = rows[at]
        out[n] = i
        n += np.uint64((low <= column[np.uint32(i)] <= high) == inside)
        at += ONE
    return out[:n]


class Kept:
    """Rows of those of whom something may hold; looked for among all once, and told of from then on."""

    def __init__(self) -> None:
        self._rows: Rows | None = None
        self._new: list[Rows] = []

    def add(self, rows: Rows) -> None:
        """From now on it may hold of these too."""
        if rows.size:
            self._new.append(rows)

    def find(self, column: NDArray[Any], low: int, high: int, inside: bool = True) -> Rows:
        """Rows of those whose number in the column lies inside (or outside) low .. high, in order.

        The others are forgotten. What it gives is not to be written to.
        """
        if self._rows is None:
            self._rows = np.flatnonzero(((low <= column) & (column <= high)) == inside).astype(np.int32)
        elif self._rows.size or self._new:
            news = np.sort(np.concatenate(self._new)) if self._new else NOBODY
            self._rows = np.asarray(among(self._rows, news, column, low, high, inside))
        self._new.clear()
        return self._rows
