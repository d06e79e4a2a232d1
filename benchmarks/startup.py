"""Start: how long the first answer takes, with kernels to compile and without; and the help."""

import tempfile
from pathlib import Path

from benchmarks.child import python
from benchmarks.engine import BASELINE

COARSE = ("--scale", "100")  # so that compiling is most of it; every month, for some kernels are called late


def starts() -> dict[str, float]:
    """CPU seconds of a coarse run with an empty cache of kernels, of the same run again, and of `neamig --help`."""
    with tempfile.TemporaryDirectory() as folder:
        cache = {"NUMBA_CACHE_DIR": str(Path(folder) / "cache")}
        cold, warm = (
            python("sim.cli", "run", BASELINE, *COARSE, "--out", Path(folder) / name, more=cache).cpu_seconds
            for name in ("cold", "warm")
        )
    shown = python("sim.cli", "--help").cpu_seconds
    return {"cold_seconds": cold, "warm_seconds": warm, "help_seconds": shown}
