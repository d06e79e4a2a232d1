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

from sim.core.columns import dtypes
from sim.core.kernel import kernel
from sim.core.words import JobFate, WorkerFate

Stage = IntEnum("Stage", "OPEN AUTHORISED DONE", start=0)


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
def use_up(order, employer, nation, left, needed):
    """Let arrivals use authorisations, the oldest first; `left` and `needed` [employer, nation] fall in place."""
    for n in order:
        take = min(left[n], needed[employer[n], nation[n]])
        left[n] -= take
        needed[employer[n], nation[n]] -= take


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
        return np.flatnonzero(self.table.stage == stage)

    def waiting(self) -> NDArray[np.intp]:
        """Rows of blocked requests whose employer still waits."""
        return np.flatnonzero((self.table.stage == Stage.OPEN) & (self.table.job_open == 1))

    def authorise(self, rows: NDArray[np.intp], t: int, breach: NDArray[np.int16]) -> None:
        """Grant requests; an employer's waiting ends here and its fate stays WAITS."""
        q = self.table
        q.stage[rows], q.granted[rows], q.left[rows], q.breach[rows] = Stage.AUTHORISED, t, q.weight[rows], breach

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
        self.table.stage[rows], self.table.left[rows] = Stage.DONE, 0

    def use(self, needed: NDArray[np.int64], t: int) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
        """Arrivals [employer, nation, persons] use authorisations granted before step t, the oldest first.

        The rows used and the persons that used each.
        """
        q = self.table
        rows = np.flatnonzero((q.stage == Stage.AUTHORISED) & (q.granted < t))
        rows = rows[needed[q.employer[rows], q.nation[rows]] > 0]
        order = rows[np.lexsort((q.id[rows], q.granted[rows]))]
        before = q.left[order].astype(np.int64)
        use_up(order, q.employer, q.nation, q.left, needed)
        if needed.any():
            raise ValueError("more workers arrived than were authorised")
        used = before - q.left[order]
        self.close(order[q.left[order] == 0])
        return order[used > 0], used[used > 0]

    def forget_finished(self) -> None:
        """Drop what is over on every side."""
        q = self.table
        over = (q.stage == Stage.DONE) & (q.job_open == 0) & (q.worker_open == 0)
        if over.any():
            self.table = Table(*(column[~over] for column in q))

    def persons(self, stage: Stage, employers: int, nations: int, before: int | None = None) -> NDArray[np.int64]:
        """Persons by [employer, nation]: asked for (OPEN), or authorised (before step `before`) and not yet arrived."""
        q = self.table
        rows = self.rows(stage)
        if before is not None:
            rows = rows[q.granted[rows] < before]
        cell = q.employer[rows].astype(np.int64) * nations + q.nation[rows]
        asked = (q.left if stage == Stage.AUTHORISED else q.weight)[rows]
        found = np.bincount(cell, asked, employers * nations)  # sums of whole numbers are exact
        return found.astype(np.int64).reshape(employers, nations)
