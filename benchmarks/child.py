"""Child: a measurement in a process of its own, with the CPU time and the peak of memory that the system counted."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

KIB = 1024  # bytes; Linux counts the peak in these


@dataclass(frozen=True)
class Ended:
    """What a child said on its last line, the CPU seconds it took (with its own children), and its peak [bytes]."""

    says: dict[str, Any]
    cpu_seconds: float
    peak_bytes: int


class ChildError(Exception):
    """A measurement that failed."""


def child(command: Sequence[str], more: Mapping[str, str] | None = None) -> Ended:
    """Carry a command out with one thread, and read the JSON of its last line, if there is one."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"} | dict(more or {})
    with (
        tempfile.TemporaryFile("w+") as said,
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=said, text=True) as process,
    ):
        assert process.stdout is not None
        out = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise ChildError(f"{' '.join(command)}: ended with {process.returncode}: {said.read()[-2000:]}")
    last = out.strip().rpartition("\n")[2]
    says = json.loads(last) if last.startswith("{") else {}
    return Ended(says, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * KIB)


def python(module: str, *words: object, more: Mapping[str, str] | None = None) -> Ended:
    """Carry out a module with the Python that runs this."""
    return child([sys.executable, "-m", module, *map(str, words)], more)
