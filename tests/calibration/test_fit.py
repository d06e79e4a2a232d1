"""The fit itself: patterns made of counts, and a coarse run of the model."""

import pytest

from calibration.fit import Pattern, baseline_path, fit
from calibration.targets import load_targets
from sim.scenario import ScenarioError

SHORT = """
name: short
question: What do offices count in a year and a half?
start: 2000-01
end: 2001-12
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pattern]:
    """Two coarse replicates of two years."""
    path = tmp_path_factory.mktemp("fit") / "short.yaml"
    path.write_text(SHORT, encoding="utf-8")
    return {each.id: each for each in fit(replicates=2, scale=50, point=False, scenario=path)}


def test_every_target_has_its_pattern(found):
    assert {id: (each.role, each.documented) for id, each in found.items()} == {
        each.id: (each.role, each.documented.value) for each in load_targets()
    }


def test_what_the_run_does_not_reach_is_not_counted(found):
    modelled = {each.when for each in found.values() if each.modelled is not None}
    assert modelled == {"2000", "2000-06", "2001", "2001-12"}


def test_numbers_of_two_replicates(found):
    pattern = found["arrivals_CHN_2001"]
    assert pattern.low is not None and pattern.modelled is not None and pattern.high is not None
    assert 0 < pattern.low < pattern.modelled < pattern.high
    assert pattern.factor == pattern.modelled / pattern.documented
    assert (pattern.naive, pattern.unit) == (57_546, "persons")


def test_a_world_has_its_own_targets(found):
    theirs = load_targets(world="tumen_1961")
    assert {each.pattern for each in theirs} == {"crossings_of_1961"}
    assert not {each.id for each in theirs} & set(found)


def test_the_text_names_the_source_and_the_factor(found):
    assert "(X030@2000); documented 75,000 to 125,000; factor " in found["hidden_in_china_2000"].text


def test_one_replicate_has_no_interval_and_nothing_is_written(tmp_path, monkeypatch):
    path = tmp_path / "short.yaml"
    path.write_text(SHORT.replace("2001-12", "2000-12"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    patterns = fit(scale=50, scenario=path)
    assert any(each.modelled for each in patterns)
    assert all(each.low is None and each.high is None for each in patterns)
    assert [each.name for each in tmp_path.iterdir()] == ["short.yaml"]


def test_the_baseline_is_found_from_anywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert baseline_path().is_file()


def test_a_scenario_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ScenarioError, match="no such file"):
        fit(scenario=tmp_path / "none.yaml")
