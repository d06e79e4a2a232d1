"""Every scenario that comes with the repository is right, asks something, and stands in docs/scenarios.md."""

import re
from pathlib import Path

import pytest

from sim.scenario import Scenario, load_scenario, resolved
from sim.world.priors import Priors, default_priors_path

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "scenarios").glob("*.yaml"))
PRIORS = Priors.load(default_priors_path())


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_it_loads_and_is_called_as_its_file(path: Path) -> None:
    scenario = load_scenario(path, priors=PRIORS)
    assert scenario.name == path.stem
    assert scenario.question.endswith("?")
    plain = {name: value for name, value in resolved(scenario).items() if name != "set"}
    assert resolved(Scenario.model_validate(plain)) == plain, "what a manifest keeps can be run again"


def test_each_has_a_row_of_measure_expectation_and_source() -> None:
    told, *_ = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8").partition("## What came out otherwise")
    rows = re.findall(r"^\| `(\w+)`", told, re.MULTILINE)
    assert sorted(rows) == [path.stem for path in FILES if path.stem not in ("baseline", "tumen_1961")]
