"""A short comparison by the model itself, coarse: what figures are drawn from in tests."""

from pathlib import Path

import pytest

from sim.experiments.compare import compare
from sim.report.evidence import Evidence

BASE = """
name: short baseline
question: What happens in three years without a cap?
start: 2016-01
end: 2018-12
"""
CAP = """
name: <b>a cap</b> at $5 & more
extends: base.yaml
question: What does a cap do within two years?
policies:
  cap:
    kind: stock_cap
    nationality: PRK
    hosts: all
    level: 1000
    from: 2016-07-01
    refill: true
    source: for tests
"""


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory with the results of two scenarios in two replicates."""
    folder = tmp_path_factory.mktemp("report")
    for name, words in (("base", BASE), ("cap", CAP)):
        (folder / f"{name}.yaml").write_text(words, encoding="utf-8")
    out = folder / "out"
    compare(folder / "base.yaml", folder / "cap.yaml", replicates=2, scale=100, point=True, out=out)
    return out


@pytest.fixture(scope="session")
def evidence(results: Path) -> Evidence:
    """Return what figures need of these results."""
    return Evidence.read(results)
