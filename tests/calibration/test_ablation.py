"""Ablation with the fake model: what moves, what does not, and how a stopped one goes on."""

import json

import pytest

from calibration.ablation import ablate
from sim.experiments import replicate
from sim.experiments.experiment import InterruptedRunError
from sim.experiments.settings import SettingError
from sim.results.files import StoreError
from tests.fake_model import FakeModel, write_files

TARGETS = """
patterns:
  workers:
    targets:
      - {id: in_russia, role: scored, of: S066, reading: {low: 900, high: 1200, unit: persons, why: a test},
         when: 2017-06, office: people, where: {host: RUS}, text: Workers in Russia}
      - {id: later, role: check, of: S067, reading: {low: 1, high: 1, unit: persons, why: a test},
         when: 2016-06, office: people, where: {host: RUS}, text: Months before the run}
dropped: []
"""
RUNS = 3 * (3 + 1) * 2  # replicates, mechanisms and the full model, scenarios


def prepared(folder):
    """Write all files and return how to ablate base and cap, or what is asked."""
    paths = write_files(folder)
    paths["targets"] = folder / "targets.yaml"
    paths["targets"].write_text(TARGETS, encoding="utf-8")
    given = {"replicates": 3, "out": folder / "out"} | {x: paths[x] for x in ("priors", "mechanisms", "targets")}
    return lambda *names, **more: ablate([paths[name] for name in names or ("base", "cap")], **(given | more))


@pytest.fixture
def ablating(tmp_path, monkeypatch):
    monkeypatch.setattr(replicate, "build_model", FakeModel)
    return prepared(tmp_path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Ablate base and cap once, for all who only look."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(replicate, "build_model", FakeModel)
        return prepared(tmp_path_factory.mktemp("whole"))()


def by_name(outcome):
    return {each["name"]: each for each in outcome.summary["mechanisms"]}


def test_what_each_mechanism_moves(whole):
    found = by_name(whole)
    assert whole.runs == RUNS
    assert [found[name]["verdict"] for name in ("size", "idle")] == ["moves", "dead"]
    (workers,) = found["size"]["patterns"]
    assert (workers["moves"], workers["target"]) == ("error", "in_russia")
    assert 4000 <= workers["target_off"] <= 4018
    assert workers["on"] == 1 and 4000 / 1200 <= workers["off"] <= 4018 / 1200
    assert found["taking"]["patterns"][0]["moves"] == "", "the first scenario takes nobody away"


def test_differences_of_differences(ablating):
    found = by_name(ablating(point=True))
    stock = {name: next(x for x in each["headlines"] if x["name"] == "People abroad") for name, each in found.items()}
    assert stock["taking"]["moves"] and stock["taking"]["off"] == 0
    assert stock["taking"]["on"] <= -50 * 18 / 24, "on average over the run: 50 or more are taken for 18 of 24 months"
    assert stock["taking"]["change"] == -stock["taking"]["on"]
    assert not stock["size"]["moves"], "as many are taken from more"


def test_months_and_mechanisms_are_those_asked_for(ablating):
    outcome = ablating("base", only=("idle",))
    assert outcome.runs == 3 * 2
    assert outcome.summary["to"] == "2017-06-01", "up to the last target"
    assert [each["name"] for each in outcome.summary["mechanisms"]] == ["idle"]
    assert outcome.summary["counts"] == 1, "the target before the run is left out"


def test_a_stopped_ablation_goes_on_to_the_same_end(whole, ablating, monkeypatch):
    begun = []

    def stopping(task):
        begun.append(task)
        if len(begun) == 6:
            raise KeyboardInterrupt
        return FakeModel(task)

    monkeypatch.setattr(replicate, "build_model", stopping)
    with pytest.raises(InterruptedRunError, match=f"5 of {RUNS} runs are finished and kept"):
        ablating()
    monkeypatch.setattr(replicate, "build_model", FakeModel)
    outcome = ablating()
    assert outcome.runs == RUNS - 5
    assert outcome.summary == whole.summary
    assert ablating().runs == 0


def test_other_targets_are_another_ablation(ablating, tmp_path):
    ablating("base", only=("idle",))
    (tmp_path / "targets.yaml").write_text(TARGETS.replace("1200", "1300"), encoding="utf-8")
    with pytest.raises(StoreError, match="another run"):
        ablating("base", only=("idle",))


def test_what_is_kept_is_small_and_says_what_it_was_made_from(whole):
    assert sorted(path.name for path in whole.out.iterdir()) == ["figures", "manifest.json", "summary.json"]
    manifest = json.loads((whole.out / "manifest.json").read_text())
    assert manifest["complete"] and {"targets", "offices", "data", "versions"} <= manifest.keys()
    without = [run["params"] for run in manifest["runs"] if run["scenario"] == "cap, without taking"]
    assert [params["effect"] for params in without] == [0, 0, 0]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"replicates": 1}, "--replicates: 1 is too few for an interval"),
        ({"only": ("takin",)}, "unknown mechanism 'takin'; did you mean 'taking'"),
    ],
)
def test_bad_settings_are_told_and_nothing_is_written(ablating, tmp_path, settings, message):
    with pytest.raises(SettingError, match=message):
        ablating(**settings)
    assert not (tmp_path / "out").exists()


def test_scenarios_over_different_months_are_refused(ablating, tmp_path):
    cap = tmp_path / "cap.yaml"
    cap.write_text(cap.read_text() + "end: 2018-06\n", encoding="utf-8")
    with pytest.raises(SettingError, match="different months"):
        ablating()
