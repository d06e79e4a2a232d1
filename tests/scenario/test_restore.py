"""Scenarios out of manifests."""

from pathlib import Path

import pytest

from sim.scenario import load_scenario, resolved
from sim.scenario.restore import restored

SCENARIOS = sorted((Path(__file__).parent.parent.parent / "scenarios").glob("*.yaml"))


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_what_a_manifest_keeps_makes_the_same_scenario(path: Path) -> None:
    plain = resolved(load_scenario(path))
    assert resolved(restored(plain)) == plain


def test_settings_of_the_command_line_are_kept() -> None:
    plain = resolved(load_scenario(SCENARIOS[0], ("end=2010-12",)))
    assert "set" in plain
    assert resolved(restored(plain)) == plain
