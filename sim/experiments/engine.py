"""Engine: carries runs out, one after the other in this process or on a local Dask cluster."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from typing import Any

import pyarrow as pa

from sim.experiments.interrupts import heeded, ignored
from sim.experiments.profile import Profile
from sim.experiments.replicate import Task, simulate

Keep = Callable[[Task, pa.Table], None]
Progress = Callable[[float], None]

LOOPBACK = "127.0.0.1"


class KilledRunError(Exception):
    """Runs whose process was killed each time they were tried."""


def carry_out(tasks: Sequence[Task], workers: int, keep: Keep, progress: Progress | None = None,
              profile: Profile | None = None) -> None:  # fmt: skip
    """Carry out the runs and hand each one's rows to `keep` as it ends; `progress` is told how many are over.

    With one worker the runs take place in this process, and only there `profile` sees them. A run whose worker dies is
    tried again.

    Raises
    ------
    KilledRunError : after all other runs are kept, if a run killed its worker every time.
    KeyboardInterrupt : on Ctrl-C; what was kept stays.
    """
    with heeded() as check:

        def kept(task: Task, rows: pa.Table) -> None:
            keep(task, rows)
            check()

        if min(workers, len(tasks)) <= 1:
            _one_by_one(tasks, kept, progress, profile)
        else:
            _side_by_side(tasks, min(workers, len(tasks)), kept, progress)


def _one_by_one(tasks: Sequence[Task], keep: Keep, progress: Progress | None, profile: Profile | None) -> None:
    for over, task in enumerate(tasks):
        keep(task, simulate(task, _within(over, progress), profile))


def _within(over: int, progress: Progress | None) -> Progress | None:
    return (lambda part: progress(over + part)) if progress else None


def _side_by_side(tasks: Sequence[Task], workers: int, keep: Keep, progress: Progress | None) -> None:
    """Give each process one run at a time, so that a run that kills its process takes no other with it."""
    dask: Any = import_module("distributed")  # takes a second, and is not needed in one process
    killed: list[Task] = []
    waiting = iter(tasks)
    with _cluster(workers) as client:
        running: dict[Any, Task] = {}
        ended = dask.as_completed([_start(client, task, running) for task in islice(waiting, workers)])
        for over, future in enumerate(ended, start=1):
            try:
                keep(running[future], future.result())
            except dask.KilledWorker:
                killed.append(running[future])
            del running[future]
            for task in islice(waiting, 1):
                ended.add(_start(client, task, running))
            if progress:
                progress(over)
    if killed:
        names = ", ".join(sorted(f"{task.scenario} replicate {task.replicate}" for task in killed))
        raise KilledRunError(
            f"the process was killed each time it ran: {names}; is there enough memory? try --workers 1"
        )


def _start(client: Any, task: Task, running: dict[Any, Task]) -> Any:
    """Hand a run to the cluster and remember which it is."""
    future = client.submit(simulate, task, key=task.key)
    running[future] = task
    return future


@contextmanager
def _cluster(workers: int) -> Iterator[Any]:
    """A local cluster of one-threaded processes, reachable from this machine only."""
    dask: Any = import_module("distributed")
    with ignored():
        cluster = dask.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host=LOOPBACK,
            dashboard_address=f"{LOOPBACK}:0",  # any free port: another run may hold the usual one
            memory_limit=0,
            silence_logs=logging.CRITICAL,
        )
    with cluster, dask.Client(cluster) as client:
        yield client
