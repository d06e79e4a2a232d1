"""Kernels: numba's compiler, its cache on disk named by a hash of the sources, and plain Python where that fails.

Numba does not notice when a function changes that a cached kernel calls in another file; hence the hash.
"""

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

SIM = Path(__file__).resolve().parents[1]


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for room in ("core", "mechanisms"):
        for path in sorted((SIM / room).glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _user_cache() -> Path:
    """Where the user keeps caches; a worker finds named what its parent process made of that already."""
    base = os.environ.get("NUMBA_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base).parents[1] if Path(base).parent.name == "neamig" else Path(base)


def _cache_folder() -> Path | None:
    """A writable folder for compiled kernels, or None."""
    for root in (_user_cache() / "neamig", Path(tempfile.gettempdir()) / "neamig"):
        folder = root / _fingerprint()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return folder
        except OSError:
            continue
    return None


CACHE = _cache_folder()
if CACHE is not None:
    os.environ["NUMBA_CACHE_DIR"] = str(CACHE)

import numba  # noqa: E402  (the cache folder must be named before numba reads it)
import numpy as np  # noqa: E402

if CACHE is not None:
    setattr(numba.config, "CACHE_DIR", str(CACHE))  # noqa: B010  (numba makes its settings at run time)
if getattr(numba.config, "DISABLE_JIT", 0):
    np.seterr(over="ignore")  # draws run over 64 bits on purpose; compiled code says nothing of it either


def kernel(function: Callable[..., Any]) -> Any:
    """Compile a plain function over arrays; equal results compiled or not (``NUMBA_DISABLE_JIT=1``)."""
    return numba.njit(cache=CACHE is not None)(function)


@cache
def announce() -> None:
    """Say on the error stream, once a process, that what follows has to be compiled first."""
    if getattr(numba.config, "DISABLE_JIT"):  # noqa: B009  (as above)
        return
    if CACHE is None:
        print(
            "neamig: compiling, in every run: no folder can be written for compiled kernels; "
            "name one in NUMBA_CACHE_DIR",
            file=sys.stderr,
        )
    elif not any(CACHE.iterdir()):
        print("neamig: compiling, once; later runs start at once", file=sys.stderr)
