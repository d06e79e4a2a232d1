"""Kernels: numba's compiler, its cache on disk named by a hash of the sources, and plain Python where that fails.

Numba does not notice when a function changes that a cached kernel calls in another file; hence the hash.
"""

import gc
import hashlib
import os
import re
import shutil
import sys
import tempfile
import time
from collections import namedtuple
from collections.abc import Callable
from functools import cache, wraps
from itertools import compress
from pathlib import Path
from typing import Any

SIM = Path(__file__).resolve().parents[1]
LONG = 30 * 24 * 3600  # seconds after which kernels that nobody used may go


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
            is_new = not folder.exists()
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                os.utime(folder)  # it is in use
        except OSError:
            continue
        if is_new:
            _tidy(root)
        return folder
    return None


def _tidy(root: Path) -> None:
    """Remove the kernels of other versions that nobody used for a month; another process may be doing the same."""
    for old in root.iterdir():
        if re.fullmatch("[0-9a-f]{16}", old.name) and _age(old) > LONG:
            shutil.rmtree(old, ignore_errors=True)


def _age(folder: Path) -> float:
    """Seconds since a folder was last used; none if it is gone."""
    try:
        return time.time() - folder.stat().st_mtime
    except OSError:
        return 0.0


CACHE = _cache_folder()
if CACHE is not None:
    os.environ["NUMBA_CACHE_DIR"] = str(CACHE)

import numba  # noqa: E402  (the cache folder must be named before numba reads it)
import numpy as np  # noqa: E402
from numba.core import event  # noqa: E402

if CACHE is not None:
    setattr(numba.config, "CACHE_DIR", str(CACHE))  # noqa: B010  (numba makes its settings at run time)
if getattr(numba.config, "DISABLE_JIT", 0):
    np.seterr(over="ignore")  # draws run over 64 bits on purpose; compiled code says nothing of it either


class _Uncollected(event.Listener):
    """No collection of garbage while kernels are compiled: there is little, and the search for it takes long."""

    def __init__(self) -> None:
        self.depth, self.was_on = 0, False

    def on_start(self, event: Any) -> None:
        """A kernel is compiled, maybe for another one."""
        if not self.depth:
            self.was_on = gc.isenabled()
            gc.disable()
        self.depth += 1

    def on_end(self, event: Any) -> None:
        """It is done, or failed."""
        self.depth -= 1
        if not self.depth and self.was_on:
            gc.enable()


event.register("numba:compile", _Uncollected())


def kernel(function: Callable[..., Any]) -> Any:
    """Compile a plain function over arrays; equal results compiled or not (``NUMBA_DISABLE_JIT=1``).

    Of the table `cols` it is handed those columns alone that it names: the others would take long to compile and pass.
    No kernel hands `cols` on to another.
    """
    options: Any = {"cache": CACHE is not None, "no_cfunc_wrapper": True}
    compiled = numba.njit(**options)(function)
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    is_plain = getattr(numba.config, "DISABLE_JIT", 0)
    return compiled if is_plain or "cols" not in names else _narrowed(compiled, names.index("cols"))


def _narrowed(compiled: Any, at: int) -> Callable[..., Any]:
    """A kernel whose argument number `at` is a named tuple of columns, handed on with the few that it names."""
    known: dict[type, tuple[Any, list[int]]] = {}

    @wraps(compiled.py_func)
    def call(*arguments: Any) -> Any:
        cols = arguments[at]
        if type(cols) not in known:
            used = [name in compiled.py_func.__code__.co_names for name in cols._fields]
            known[type(cols)] = _table(tuple(compress(cols._fields, used))), list(compress(range(len(used)), used))
        table, rows = known[type(cols)]
        return compiled(*arguments[:at], table._make([cols[n] for n in rows]), *arguments[at + 1 :])

    return call


@cache
def _table(names: tuple[str, ...]) -> Any:
    """The type of a named tuple of these columns; the cache on disk finds it here again by its name."""
    name = f"of_{'_'.join(names)}"
    table = globals()[name] = namedtuple(name, names, module=__name__)
    return table


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
