"""The fit of a comparison's reference, counted in its stored runs, is the fit of the same runs by themselves."""

from dataclasses import asdict
from pathlib import Path

import pytest

from calibration import stored
from calibration.fit import fit
from sim.experiments.compare import compare
from sim.results.files import read_json, write_json
from sim.scenario import load_scenario

BASE = """
name: short
question: What is counted in a year?
start: 2016-01
end: 2016-12
"""
COARSE = {"scale": 200, "replicates": 1, "point": True}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results of a scenario compared with itself."""
    folder = tmp_path_factory.mktemp("stored")
    (folder / "base.yaml").write_text(BASE)
    compare(folder / "base.yaml", folder / "base.yaml", out=folder / "out", **COARSE)
    return folder / "out"


def test_stored_runs_are_counted_as_fresh_ones(out: Path) -> None:
    found = stored.of_reference(out)
    assert (found["reference"], found["replicates"]) == ("short", 1)
    fresh = fit(scenario=load_scenario(out.parent / "base.yaml"), **COARSE)
    wanted = [asdict(pattern) for pattern in fresh if pattern.modelled is not None]
    assert wanted
    assert found["patterns"] == wanted


@pytest.mark.parametrize("what", ["targets", "documented", "offices", "design"])
def test_they_are_counted_once_and_anew_when_what_counts_changes(out: Path, what: str) -> None:
    first = stored.stored_fit(out)
    write_json(out / stored.FIT, first | {"patterns": []})
    assert stored.stored_fit(out)["patterns"] == []
    write_json(out / stored.FIT, first | {"patterns": [], what: "others"})
    assert stored.stored_fit(out) == first == read_json(out / stored.FIT)
