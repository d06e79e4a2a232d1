"""Requests: what employers ask of states, each opened once, with an id it keeps until both its fates are known.

A request asks to hire `weight` persons of one nationality. It is open until authorised, then used by named persons or
lapses. One that a limit refused is *blocked*: from then on it has a fate on the employer's side and one on the
sender's (SPEC §2a), and each side's fates add up to the blocked requests.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import pair
from sim.core.columns import dtypes
from sim.core.kernel import kernel
from sim.core.turn import in_turn
from sim.core.words import JobFate, WorkerFate

Stage = IntEnum("Stage", "OPEN AUTHORISED DONE", start=0)
OPEN, AUTHORISED, DONE = (int(x) for x in Stage)  # for kernels, and numpy compares a column with these much faster
NEVER = np.iinfo(np.int16).max  # after all steps


class Table(NamedTuple):
    """One row a request that is not over yet."""

    id: NDArray[np.uint64]
    employer: NDArray[np.int16]
    nation: NDArray[np.int8]
    weight: NDArray[np.int32]  # persons asked for
    left: NDArray[np.int32]  # persons authorised and not yet arrived
    granted: NDArray[np.int16]  # step of the authorisation, -1 before
    stage: NDArray[np.int8]
    limit: NDArray[np.int16]  # that refused it first, -1 if none ever did
    breach: NDArray[np.int16]  # limit in breach of which it was granted, -1 if none
    blocked: NDArray[np.int16]  # step of the first refusal
    job: NDArray[np.int8]  # JobFate; WAITS until decided
    worker: NDArray[np.int8]  # WorkerFate; WAITS until decided
    job_open: NDArray[np.int8]  # whether the employer's side is still to be decided
    worker_open: NDArray[np.int8]
    person: NDArray[np.int32]  # row of the person whom the refusal holds up, -1 if nobody came forward


COLUMNS = dtypes(Table)


def longer(column: NDArray[Any], values: Any, number: int) -> NDArray[Any]:
    """A column with so many more rows, which hold `values` or one value for all."""
    out = np.empty(column.size + number, column.dtype)
    out[: column.size], out[column.size :] = column, values
    return out


@kernel
def use_up(ids, stage, granted, employer, nation, left, needed, now):
    """Let arrivals use authorisations granted before step `now`, the oldest first, and of one age in the order of ids;
    `left` and `needed` [employer, nation] fall in place. The rows used and the persons that used each.

    The ids matter only where not all authorisations of an age that an employer has for a nation are used up.
    """
    some, size, oldest = np.empty(stage.size, np.int32), 0, now
    for r in range(stage.size):
        if stage[r] == AUTHORISED and granted[r] < now and needed[employer[r], nation[r]] > 0:
            some[size], size, oldest = r, size + 1, min(oldest, granted[r])
    supply, used, part = np.zeros(needed.shape, np.int64), np.zeros(size, np.int64), np.empty(size, np.int32)
    for age in range(oldest, now):
        for n in range(size):
            r = some[n]
            if granted[r] == age:
                supply[employer[r], nation[r]] += left[r]
        scarce = 0
        for n in range(size):
            r = some[n]
            if granted[r] == age:
                e, k = employer[r], nation[r]
                if supply[e, k] > needed[e, k]:
                    part[scarce] = n
                    scarce += needed[e, k] > 0
                    continue
                used[n] = left[r]
                supply[e, k] -= left[r]
                needed[e, k] -= left[r]
        keys = np.empty(scarce, np.uint64)
        for m in range(scarce):
            keys[m] = ids[some[part[m]]]
        for m in in_turn(keys):
            n = part[m]
            e, k = employer[some[n]], nation[some[n]]
            used[n] = min(left[some[n]], needed[e, k])
            needed[e, k] -= used[n]
        for n in range(size):
            supply[employer[some[n]], nation[some[n]]] = 0
    found = 0
    for n in range(size):
        if used[n] > 0:
            left[some[n]] -= used[n]
            some[found], used[found] = some[n], used[n]
            found += 1
    return some[:found], used[:found]


@kernel
def again(ids):
    """Ids of the requests that take the place of others."""
    out = np.empty(ids.size, np.uint64)
    for n in range(ids.size):
        out[n] = pair(ids[n], 1)
    return out


@kernel
def pending(wanted, before, stage, granted, employer, nation, persons, out):
    """Add the persons of requests in a stage that were granted before a step: out [employer, nation]."""
    for r in range(stage.size):
        if stage[r] == wanted and granted[r] < before:
            out[employer[r], nation[r]] += persons[r]


@dataclass
class Requests:
    """All requests that are not over yet, as columns."""

    table: Table

    @classmethod
    def none(cls) -> "Requests":
        """An empty table."""
        return cls(Table(**{name: np.empty(0, kind) for name, kind in COLUMNS.items()}))

    def __len__(self) -> int:
        return int(self.table.id.size)

    def open(self, t: int, ids: NDArray[np.uint64], employer: Any, nation: Any, weight: Any) -> None:
        """Add requests for `weight` persons each."""
        if not ids.size:
            return
        fresh: dict[str, Any] = dict.fromkeys(COLUMNS, 0)
        fresh |= {"id": ids, "employer": employer, "nation": nation, "weight": weight}
        fresh |= dict.fromkeys(("granted", "limit", "breach", "blocked", "person"), -1)
        self.table = Table(*(longer(column, fresh[name], ids.size) for name, column in self.table._asdict().items()))

    def rows(self, stage: Stage) -> NDArray[np.intp]:
        """Rows in a stage."""
        return (self.table.stage == int(stage)).nonzero()[0]

    def waiting(self) -> NDArray[np.intp]:
        """Rows of blocked requests whose employer still waits."""
        return ((self.table.stage == OPEN) & (self.table.job_open == 1)).nonzero()[0]

    def undecided(self) -> bool:
        """Whether a side of a blocked request has still to decide."""
        return bool(self.table.job_open.any() or self.table.worker_open.any())

    def authorise(self, rows: NDArray[np.intp], t: int, breach: NDArray[np.int16]) -> None:
        """Grant requests; an employer's waiting ends here and its fate stays WAITS."""
        q = self.table
        q.stage[rows], q.granted[rows], q.left[rows], q.breach[rows] = AUTHORISED, t, q.weight[rows], breach

    def block(self, rows: NDArray[np.intp], t: int, limit: NDArray[np.int16]) -> NDArray[np.intp]:
        """Note refusals; the rows refused for the first time, which are new in both accounts."""
        fresh = rows[self.table.limit[rows] < 0]
        first = self.table.limit[rows] < 0
        q = self.table
        q.limit[fresh], q.blocked[fresh] = limit[first], t
        q.job_open[fresh] = q.worker_open[fresh] = 1
        return fresh

    def decide_job(self, rows: NDArray[np.intp], fate: JobFate) -> None:
        """The employer's side of blocked requests is decided."""
        self.table.job[rows], self.table.job_open[rows] = fate, 0

    def decide_worker(self, rows: NDArray[np.intp], fate: WorkerFate | NDArray[np.int8]) -> None:
        """The sender's side of blocked requests is decided."""
        self.table.worker[rows], self.table.worker_open[rows] = fate, 0

    def close(self, rows: NDArray[np.intp]) -> None:
        """Withdrawn, lapsed or used up."""
        self.table.stage[rows], self.table.left[rows] = DONE, 0

    def use(self, needed: NDArray[np.int64], t: int) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
        """Arrivals [employer, nation, persons] use authorisations granted before step t, the oldest first.

        The rows used and the persons that used each.
        """
        q = self.table
        rows, used = use_up(q.id, q.stage, q.granted, q.employer, q.nation, q.left, needed, t)
        if needed.any():
            raise ValueError("more workers arrived than were authorised")
        self.close(rows[q.left[rows] == 0])
        return rows, used

    def forget_finished(self) -> None:
        """Drop what is over on every side."""
        q = self.table
        stays = ((q.stage != DONE) | (q.job_open != 0) | (q.worker_open != 0)).nonzero()[0]
        if stays.size < len(self):
            self.table = Table(*(column[stays] for column in q))

    def persons(self, stage: Stage, employers: int, nations: int, before: int | None = None) -> NDArray[np.int64]:
        """Persons by [employer, nation]: asked for (OPEN), or authorised (before step `before`) and not yet arrived."""
        q, out = self.table, np.zeros((employers, nations), np.int64)
        persons = q.left if stage == Stage.AUTHORISED else q.weight
        pending(int(stage), NEVER if before is None else before, q.stage, q.granted, q.employer, q.nation, persons, out)
        return out
