"""Roll: the rows of those abroad, by status, brought up to date when somebody asks."""

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel
from sim.core.words import Status

Rows = NDArray[np.int32]


@kernel
def merged(rows, new, status, wanted):
    """Those of `rows` and of `new`, both in order, who are in the status `wanted`, each once and in order."""
    out, n, k = np.empty(rows.size + new.size, np.int32), 0, 0
    for i in rows:
        while k < new.size and new[k] < i:
            if status[new[k]] == wanted and (n == 0 or out[n - 1] != new[k]):
                out[n] = new[k]
                n += 1
            k += 1
        while k < new.size and new[k] == i:
            k += 1
        out[n] = i
        n += status[i] == wanted
    for j in new[k:]:
        if status[j] == wanted and (n == 0 or out[n - 1] != j):
            out[n] = j
            n += 1
    return out[:n]


class Roll:
    """Who is in each status but HOME; only a status that somebody left or entered is gone through again."""

    def __init__(self, status: NDArray[np.int8]):
        self.status = status
        self.known: dict[int, Rows] = {}
        self.news: dict[int, list[Rows]] = {}  # of statuses that changed: rows among which are all who entered

    def note(self, who: Rows, left: int, entered: int) -> None:
        """Some of `who` left and entered these statuses [bits]."""
        for s in self.known:
            if entered >> s & 1:
                self.news.setdefault(s, []).append(who)
            elif left >> s & 1:
                self.news.setdefault(s, [])

    def of(self, status: Status) -> Rows:
        """Rows of those in the status, in order; not to be written to."""
        if status not in self.known:
            self.known[status] = np.flatnonzero(self.status == status).astype(np.int32)
        elif status in self.news:
            new = self.news.pop(status)
            came = np.sort(np.concatenate(new)) if new else np.zeros(0, np.int32)
            self.known[status] = merged(self.known[status], came, self.status, int(status))
        return self.known[status]
