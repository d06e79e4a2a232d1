"""Compiled kernels: kept in a folder, announced when they are made, and made all the same where none can be written.

Each run has a process of its own, for numba reads its settings when it is imported.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
# A small kernel in the place of the model's, which take long
RUN = """
import numpy as np
from sim.core import kernel
kernel.announce()
kernel.announce()
from sim.core.chance import mix64
with np.errstate(over="ignore"):
    print(int(mix64(np.uint64(7))), kernel.CACHE)
"""


def run(first: str = "", **more: str) -> tuple[str, str, str]:
    """What a process finds for a draw, where it keeps its kernels, and what it announces; first: what it does first."""
    environment = {name: word for name, word in os.environ.items() if name != "NUMBA_DISABLE_JIT"}
    done = subprocess.run(
        [sys.executable, "-c", first + RUN], env=environment | {"PYTHONPATH": str(ROOT)} | more, capture_output=True,
        text=True, check=True, timeout=300,
    )  # fmt: skip
    number, folder = done.stdout.split()
    return number, folder, done.stderr


def test_what_is_compiled_is_announced_and_kept_and_not_announced_again(tmp_path: Path) -> None:
    number, folder, said = run(NUMBA_CACHE_DIR=str(tmp_path))
    assert said.splitlines() == ["neamig: compiling, once; later runs start at once"]
    kept = {path.name: path.stat().st_mtime_ns for path in Path(folder).rglob("*.nb*")}
    assert kept and Path(folder).is_relative_to(tmp_path)
    assert run(NUMBA_CACHE_DIR=str(tmp_path)) == (number, folder, "")
    assert {path.name: path.stat().st_mtime_ns for path in Path(folder).rglob("*.nb*")} == kept, "nothing made anew"


def test_a_worker_uses_the_folder_that_its_parent_made(tmp_path: Path) -> None:
    number, folder, _ = run(NUMBA_CACHE_DIR=str(tmp_path))
    assert run(NUMBA_CACHE_DIR=folder) == (number, folder, "")


def test_where_no_folder_can_be_written_it_says_so_and_finds_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    nowhere = str(tmp_path / "file")  # no folder can be made below a file, whoever asks
    # Python looks in several places for a folder for temporary files, so it is told which
    number, folder, said = run(f"import tempfile; tempfile.tempdir = {nowhere!r}", NUMBA_CACHE_DIR=nowhere)
    assert folder == "None"
    assert said.startswith("neamig: compiling, in every run: no folder can be written")
    assert "NUMBA_CACHE_DIR" in said
    assert number == run(NUMBA_CACHE_DIR=str(tmp_path))[0]


def test_another_folder_stands_in_for_one_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "other").mkdir()
    _, folder, _ = run(NUMBA_CACHE_DIR=str(tmp_path / "file"), TMPDIR=str(tmp_path / "other"))
    assert Path(folder).is_relative_to(tmp_path / "other")


def test_plain_python_compiles_nothing_and_says_nothing(tmp_path: Path) -> None:
    number, folder, said = run(NUMBA_CACHE_DIR=str(tmp_path), NUMBA_DISABLE_JIT="1")
    assert (said, [path for path in Path(folder).rglob("*") if path.is_file()]) == ("", [])
    assert number == run(NUMBA_CACHE_DIR=str(tmp_path))[0]
