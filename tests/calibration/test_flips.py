"""Flips: strengths that are assumed, the values asked about, and where a sign turns."""

from pathlib import Path

import numpy as np
import pytest

from calibration.flips import flips, turns
from calibration.outcomes import Found, expectations

ROOT = Path(__file__).resolve().parents[2]
UP, DOWN, NONE = (Found(100, np.array(x, float)) for x in ([8, 9], [-8, -9], [8, -9]))


@pytest.mark.parametrize("flip", flips(), ids=lambda flip: f"{flip.scenario}-{flip.check}")
def test_each_value_changes_a_scenario_that_loads(flip, monkeypatch):
    monkeypatch.chdir(ROOT)
    each = expectations()[flip.scenario]
    assert flip.check < len(each.checks) and len(flip.values) > 1
    pairs = list(flip.pairs(each))
    assert [words for words, *_ in pairs] == list(flip.values)
    assert all(scenario._set for *_, scenario in pairs)
    assert len({repr(scenario) for *_, scenario in pairs}) == len(pairs)


def test_what_is_assumed_of_the_world_holds_in_the_parent_too(monkeypatch):
    monkeypatch.chdir(ROOT)
    for flip in flips():
        for _, parent, scenario in flip.pairs(expectations()[flip.scenario]):
            assert set(parent.parameters) == set(scenario.parameters)


def test_a_sign_turns_between_neighbours():
    assert turns({"1": NONE, "2": UP, "3": UP}) == "between 1 and 2"
    assert turns({"1": DOWN, "2": UP, "3": NONE}) == "between 1 and 2; between 2 and 3"
    assert turns({"1": UP, "2": UP}) == "at none of these"


def test_the_page_tells_of_each():
    text = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
    for flip in flips():
        assert f"| `{flip.scenario}` | {flip.strength} |" in text
