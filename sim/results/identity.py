"""Identity: what a result depends on, as hashes and versions, so that a run can be told from another."""

import hashlib
import json
import platform
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import sim

PACKAGE = Path(__file__).parent.parent
DATA_ROOMS = ("facts", "world", "results")
CODE_ROOMS = ("world", "core", "mechanisms", "policies", "scenario", "agents", "results")
LIBRARIES = ("numpy", "numba", "scipy", "mesa", "networkx", "pandas", "pyarrow", "pydantic", "distributed")


def digest(thing: Any) -> str:
    """Return the SHA-256 of anything that JSON can write, whatever the order of its keys."""
    text = json.dumps(thing, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def data_hashes(priors: Path) -> dict[str, str]:
    """Return the SHA-256 of every data file that a run reads: facts, world, measures, priors."""
    files = [path for room in DATA_ROOMS for path in _files(room, "csv")]
    hashes = {path.relative_to(PACKAGE).as_posix(): file_digest(path) for path in files}
    return hashes | {"priors": file_digest(priors)}


@cache
def model_version() -> str:
    """Return the version of the model: the release, and a hash of the code that results depend on."""
    files = [PACKAGE / "model.py", *(path for room in CODE_ROOMS for path in _files(room, "py"))]
    code = {path.relative_to(PACKAGE).as_posix(): file_digest(path) for path in files if path.exists()}
    return f"{sim.__version__}+{short(digest(code))}"


def versions() -> dict[str, str]:
    """Return the versions of the model, of Python and of the libraries that compute."""
    return {"neamig": model_version(), "python": platform.python_version()} | {
        name: version(name) for name in LIBRARIES
    }


def short(key: str) -> str:
    """Return the first twelve digits of a key: enough for a name."""
    return key[:12]


def _files(room: str, ending: str) -> Iterable[Path]:
    return sorted((PACKAGE / room).rglob(f"*.{ending}"))
