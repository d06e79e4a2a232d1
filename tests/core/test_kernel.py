"""Compiled kernels: kept in a folder, announced when they are made, and made all the same where none can be written.

Each run has a process of its own, for numba reads its settings when it is imported.
"""

import gc
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from sim.core.kernel import CACHE, kernel

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


@pytest.mark.parametrize(("days", "left"), [(40, ["0123456789abcdef.mine", "another"]), (20, None)])
def test_kernels_that_nobody_used_for_a_month_go_when_new_ones_are_made(
    tmp_path: Path, days: int, left: list[str] | None
) -> None:
    there = ["0123456789abcdef", "0123456789abcdef.mine", "another"]
    for name in there:
        (tmp_path / "neamig" / name).mkdir(parents=True)
        (tmp_path / "neamig" / name / "file").touch()
        os.utime(tmp_path / "neamig" / name, (then := time.time() - days * 24 * 3600, then))
    _, folder, _ = run(NUMBA_CACHE_DIR=str(tmp_path))
    assert sorted(path.name for path in (tmp_path / "neamig").iterdir() if path != Path(folder)) == (left or there)


def test_kernels_in_use_are_young_however_long_ago_they_were_made(tmp_path: Path) -> None:
    _, folder, _ = run(NUMBA_CACHE_DIR=str(tmp_path))
    os.utime(folder, (0, 0))
    run(NUMBA_CACHE_DIR=str(tmp_path))
    assert time.time() - Path(folder).stat().st_mtime < 3600


class Columns(NamedTuple):
    """Three columns, of which the kernel below names two."""

    weight: Any
    age: Any
    number: Any


@kernel
def add(rows, cols, more):
    """Add `more` to the number of each of `rows`; the sum of their weights."""
    total = 0
    for i in rows:
        total += cols.weight[i]
        cols.number[i] += more
    return total


def test_a_kernel_takes_of_a_table_the_columns_that_it_names_and_no_others() -> None:
    whole = np.arange(4)
    cols = Columns(whole, "not for a kernel", whole * 10)
    assert add(np.array([1, 3]), cols, 5) == 4
    assert cols.number.tolist() == [0, 15, 20, 35], "it writes to the column itself"


@pytest.mark.skipif(CACHE is None or os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="nothing is compiled")
@pytest.mark.parametrize("is_on", [True, False])
def test_garbage_is_collected_after_compiling_as_it_was_before(is_on: bool) -> None:
    def seen(x: Any) -> Any:
        return x + 1

    (gc.enable if is_on else gc.disable)()
    try:
        assert kernel(seen)(1) == 2
        assert gc.isenabled() == is_on
    finally:
        gc.enable()
