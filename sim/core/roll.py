"""Roll: the rows of those abroad, by status, brought up to date when somebody asks."""

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel
from sim.core.words import Status

Rows = NDArray[np.int32]
NONE, ONE, PIECE = np.uint64(0), np.uint64(1), np.uint64(16)
NOBODY = np.zeros(0, np.int32)
MANY, FEW = 32768, 4  # so many rows are not gone through for those that changed, if these are a fourth of them or less


@kernel
def merged(rows, news, status, wanted):
    """Those of `rows` whose status did not change, and those of `news`, among whom are all others, who are in the
    status `wanted`: each once and in order. Both are in order.

    Mostly few have changed; what lies between two of them is copied in pieces, so that few rows are compared. Indices
    have no sign: of others it is asked each time whether they count from the end.
    """
    out, n, at, size, last = np.empty(rows.size + news.size, np.int32), NONE, NONE, np.uint64(rows.size), -1
    for j in news:
        if j == last:
            continue
        last = j
        while at + PIECE <= size and rows[at + PIECE - ONE] < j:
            for k in range(PIECE):
                out[n + k] = rows[at + k]
            n += PIECE
            at += PIECE
        while at < size and rows[at] < j:
            out[n] = rows[at]
            n += ONE
            at += ONE
        if at < size and rows[at] == j:
            at += ONE
        out[n] = j
        n += np.uint64(status[j] == wanted)
    while at < size:
        out[n] = rows[at]
        n += ONE
        at += ONE
    return out[:n]


@kernel
def equal(rows, column, number):
    """Those of `rows` who have this number in a column."""
    out, n = np.empty(rows.size, np.int32), np.uint64(0)
    for i in rows:
        out[n] = i
        n += np.uint64(column[np.uint32(i)] == number)
    return out[:n]


class Roll:
    """Who is in each status but HOME; only a status that somebody left or entered is gone through again."""

    def __init__(self, status: NDArray[np.int8]):
        self.status = status
        self.known: dict[int, Rows] = {}
        self.news: dict[int, list[Rows]] = {}  # of statuses that changed: rows among which are all who left or entered

    def note(self, who: Rows, left: int, entered: int) -> None:
        """Some of `who`, in order, left and entered these statuses [bits]."""
        is_one = entered & entered - 1 == 0
        for s in self.known:
            if left >> s & 1 or (entered >> s & 1 and is_one):
                self.news.setdefault(s, []).append(who)
            elif entered >> s & 1:
                self.news.setdefault(s, []).append(equal(who, self.status, int(s)))

    def of(self, status: Status) -> Rows:
        """Rows of those in the status, in order; not to be written to."""
        if status not in self.known:
            self.known[status] = np.flatnonzero(self.status == status).astype(np.int32)
        elif status in self.news:
            news = _together(self.news.pop(status))
            self.known[status] = merged(self.known[status], news, self.status, int(status))
        return self.known[status]

    def lately(self, status: Status) -> tuple[Rows, Rows]:
        """Rows of those who were in the status when it was gone through last; and rows, among which are all who left or
        entered it since, some maybe twice. Both are in order, and not to be written to.

        What is looked for among both, by what is each person's own, `merged` makes one: of many who are in the status
        few have changed, and few are looked for.
        """
        pieces = self.news.get(status)
        if not pieces or self.known[status].size < max(MANY, FEW * sum(x.size for x in pieces)):
            return self.of(status), NOBODY
        news = self.news[status] = [_together(pieces)]
        return self.known[status], news[0]


def _together(news: list[Rows]) -> Rows:
    """All the news, in order."""
    return news[0] if len(news) == 1 else np.sort(np.concatenate(news))
