"""One digest: twice, compiled or not, in one process or two, on every Python that is supported."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import sim
from sim.results.store import digest_series
from tests.digest.runs import RUNS, digest, run

ROOT = Path(__file__).parent.parent.parent
EXPECTED = json.loads((Path(__file__).parent / "expected.json").read_text())
FILE = """
name: with a cap
question: Is it the same in two processes?
start: 2017-06
end: 2017-08
policies:
  cap: {kind: stock_cap, nationality: PRK, level: at_adoption, from: 2017-07-01, source: made up}
"""


@pytest.fixture(scope="module")
def digests():
    """The digest of each run in this process."""
    return {name: digest(run(name)) for name in RUNS}


@pytest.mark.parametrize("name", RUNS)
def test_the_digest_is_the_one_that_is_stored(digests, name):
    """The same number on Python 3.11 to 3.13: `.ci/run` carries this file out on each of them."""
    assert digests[name] == EXPECTED[name], EXPECTED["renew"]


def test_a_run_leaves_nothing_behind_that_the_next_one_sees(digests):
    assert digest(run("tiny")) == digests["tiny"]


def test_plain_python_gives_what_the_compiler_gives(digests):
    done = subprocess.run(
        [sys.executable, "-m", "tests.digest.runs", "tiny"], cwd=ROOT, capture_output=True, text=True, timeout=300,
        check=True, env=os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert json.loads(done.stdout)["tiny"] == digests["tiny"]


def test_the_runs_are_worth_a_digest():
    """Something is refused, breached, hired and removed in the short run, or its digest would guard little."""
    measures = set(run("short").series.table().to_pandas().measure)
    assert {"requests_blocked", "breach", "leakage", "permits_issued", "flow", "remittances_usd", "removed"} <= measures


def test_one_process_and_two_give_one_digest(tmp_path):
    file = tmp_path / "with.yaml"
    file.write_text(FILE)
    alike = {"scale": 300, "replicates": 2, "draw": True}
    one, two = (sim.run(file, workers=n, out=tmp_path / str(n), **alike) for n in (1, 2))
    assert digest_series(one.out) == digest_series(two.out)
