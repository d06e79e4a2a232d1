"""Several processes, killed processes, Ctrl-C, and what a terminal sees."""

import os
import pty
import signal
import subprocess
import time
from pathlib import Path

import pytest

from sim.results.store import Store, digest_series
from tests.cli.conftest import FAKE, ROOT, but_for_the_start

COMPARE = ("compare", "base.yaml", "cap.yaml", "--priors", "priors.yaml", "--replicates", "4", "--no-report")
PATIENCE_SECONDS = 60
SLOW_MONTH = "0.1"  # seconds: most runs are still to come when the third has ended, however busy the machine


def test_two_processes_give_what_one_gives(neamig, tmp_path):
    for workers in (1, 2):
        done = neamig(*COMPARE, "--out", f"out{workers}", "--workers", workers)
        assert (done.returncode, but_for_the_start(done.stderr)) == (0, "")
    assert digest_series(tmp_path / "out1") == digest_series(tmp_path / "out2")
    summaries = [(tmp_path / f"out{workers}" / "summary.json").read_text() for workers in (1, 2)]
    assert summaries[0] == summaries[1]


def test_a_killed_process_is_replaced(neamig, tmp_path):
    done = neamig(*COMPARE, "--out", "out", "--workers", 2, FAKE_KILL_ONCE=str(tmp_path / "killed"))
    assert (tmp_path / "killed").exists()
    assert done.returncode == 0
    assert len(Store(tmp_path / "out").finished()) == 8


def test_a_run_that_always_dies_is_named_and_the_others_are_kept(neamig, tmp_path):
    done = neamig(*COMPARE, "--out", "out", "--point", "--workers", 2, FAKE_KILL_REPLICATE="3")
    assert done.returncode == 1
    assert "base replicate 3, cap replicate 3" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(Store(tmp_path / "out").finished()) == 6
    assert neamig(*COMPARE, "--out", "out", "--point").returncode == 0


@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_keeps_the_finished_replicates_and_says_how_many(neamig, tmp_path, workers):
    words = [*FAKE, *COMPARE, "--out", "out", "--workers", workers]
    environment = os.environ | {"FAKE_MONTH_SECONDS": SLOW_MONTH, "PYTHONPATH": str(ROOT)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(
        words, cwd=tmp_path, env=environment, start_new_session=True, preexec_fn=heeds_interrupts, **pipes
    ) as process:
        wait_for(lambda: len(finished(tmp_path)) >= 3)
        os.killpg(process.pid, signal.SIGINT)
        stdout, stderr = process.communicate(timeout=PATIENCE_SECONDS)
    kept = finished(tmp_path)
    assert process.returncode == 130
    assert stdout == ""
    stderr = but_for_the_start(stderr)
    assert stderr.startswith("stopped: ") and " of 4 replicates are finished and kept in out" in stderr
    assert "Traceback" not in stderr
    assert int(stderr.split()[1]) >= 1
    assert neamig(*COMPARE, "--out", "out").returncode == 0
    assert kept < finished(tmp_path)


def test_progress_is_shown_in_a_terminal_only(neamig, tmp_path):
    reader, writer = pty.openpty()
    words = [*FAKE, *COMPARE, "--out", "out"]
    environment = os.environ | {"TERM": "xterm", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, cwd=tmp_path, env=environment, stderr=writer, stdout=subprocess.PIPE, check=True)
    os.close(writer)
    shown = os.read(reader, 1 << 16).decode()
    os.close(reader)
    assert "cap" in shown and "left" in shown
    assert b"left" not in done.stdout


def finished(folder: Path) -> set[str]:
    return {path.name for path in (folder / "out" / "series").glob("part-*")}


def heeds_interrupts() -> None:
    """A shell that runs the tests in the background lets its children ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def wait_for(condition) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
