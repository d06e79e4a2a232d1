"""Kept rows: of whom something rare holds (who waits, who is barred, whom traffickers hold), so that nobody else is
looked at."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.roll import Rows


class Kept:
    """Rows of those of whom something may hold; looked for among all once, and told of from then on."""

    def __init__(self) -> None:
        self._rows: Rows | None = None
        self._new: list[Rows] = []

    def add(self, rows: Rows) -> None:
        """From now on it may hold of these too."""
        if rows.size:
            self._new.append(rows)

    def find(self, holds: Callable[[Any], NDArray[np.bool_]]) -> Rows:
        """Rows of whom it holds, in order; `holds` says so for an index of rows. The others are forgotten."""
        if self._rows is None:
            self._rows = np.flatnonzero(holds(slice(None))).astype(np.int32)
        else:
            rows = in_order(np.concatenate([self._rows, *self._new])) if self._new else self._rows
            self._rows = rows[holds(rows)].astype(np.int32)
        self._new.clear()
        return self._rows


def in_order(rows: Rows) -> Rows:
    """The rows, sorted, each once; numpy's `unique` takes many times as long."""
    rows = np.sort(rows)
    return rows[np.diff(rows, prepend=np.int32(-1)) > 0]
