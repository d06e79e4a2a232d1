"""The command line as users call it, in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fake_model import write_files

ROOT = Path(__file__).parent.parent.parent
FAKE = [sys.executable, str(ROOT / "tests" / "neamig_with_fake_model.py")]
REAL = [sys.executable, "-m", "sim.cli"]

Done = subprocess.CompletedProcess[str]
Neamig = Callable[..., Done]


def call(command: list[str], folder: Path, arguments: tuple[object, ...], extra: dict[str, str]) -> Done:
    """Run a command in a folder and wait for it."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | extra
    words = [*command, *map(str, arguments)]
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture
def neamig(tmp_path: Path) -> Neamig:
    """Call `neamig` with the fake model in a folder that holds base.yaml, cap.yaml and priors.yaml."""
    write_files(tmp_path)
    return lambda *arguments, **extra: call(FAKE, tmp_path, arguments, extra)


@pytest.fixture
def real_neamig(tmp_path: Path) -> Neamig:
    """Call `neamig` itself in an empty folder."""
    return lambda *arguments, **extra: call(REAL, tmp_path, arguments, extra)
