"""Environment: the peers' own, below `.bench`, made when it is first needed."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PINNED = HERE / "peers.txt"
BENCH = HERE.parent / ".bench"


class NoPeersError(Exception):
    """The peers could not be installed."""


def peers_python() -> str:
    """Return the Python of the peers' environment; it is made anew when `peers.txt` has changed."""
    folder = BENCH / "peers"
    python, stamp = folder / "bin" / "python", folder / "installed.txt"
    if not stamp.exists() or stamp.read_text() != PINNED.read_text():
        _do(sys.executable, "-m", "venv", "--clear", str(folder))
        _do(str(python), "-m", "pip", "install", "--quiet", "--requirement", str(PINNED))
        stamp.write_text(PINNED.read_text())
    return str(python)


def _do(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoPeersError((done.stderr.strip() or "no reason given").splitlines()[-1])
