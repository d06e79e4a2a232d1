"""The command line as users call it: in a process of its own, or here, which saves the seconds of a new process."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from sim.cli import main
from sim.experiments import replicate
from tests.fake_model import FakeModel, write_files

ROOT = Path(__file__).parent.parent.parent
FAKE = [sys.executable, str(ROOT / "tests" / "neamig_with_fake_model.py")]
REAL = [sys.executable, "-m", "sim.cli"]

Done = subprocess.CompletedProcess[str]
Neamig = Callable[..., Done]


def call(command: list[str], folder: Path, arguments: tuple[object, ...], extra: dict[str, str]) -> Done:
    """Run a command in a folder, in a process of its own, and wait for it."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | extra
    words = [*command, *map(str, arguments)]
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300)


def call_here(folder: Path, arguments: tuple[object, ...], build_model: Any = replicate.build_model) -> Done:
    """Run the command in this process; a fault of the program is raised."""
    words, code = ["neamig", *map(str, arguments)], 0
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(folder)
        patch.setattr(sys, "argv", words)
        patch.setattr(replicate, "build_model", build_model)
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
    return Done(words, code, *(read_back(each) for each in (out, err)))


def but_for_the_start(stderr: str) -> str:
    """What was written to the error stream beside the warning that a short run begins with the stocks of 2000."""
    return "".join(line for line in stderr.splitlines(keepends=True) if ": start: the run begins" not in line)


def read_back(stream: io.TextIOWrapper) -> str:
    """What was written to a stream."""
    stream.seek(0)
    return stream.read()


@pytest.fixture
def neamig(tmp_path: Path) -> Neamig:
    """Call `neamig` with the fake model in a folder that holds base.yaml, cap.yaml and priors.yaml.

    Where there are several processes, or an environment of its own, it has a process of its own.
    """
    write_files(tmp_path)

    def called(*arguments: object, **extra: str) -> Done:
        if extra or "--workers" in arguments:
            return call(FAKE, tmp_path, arguments, extra)
        return call_here(tmp_path, arguments, FakeModel)

    return called


@pytest.fixture
def real_neamig(tmp_path: Path) -> Neamig:
    """Call `neamig` itself in an empty folder."""
    return lambda *arguments, **extra: call(REAL, tmp_path, arguments, extra)


@pytest.fixture
def neamig_here(tmp_path: Path) -> Neamig:
    """Call `neamig` itself in an empty folder, in this process."""
    return lambda *arguments: call_here(tmp_path, arguments)
