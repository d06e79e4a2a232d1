"""Comparison and runs, from design to summary, with the fake model."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sim.experiments import experiment
from sim.experiments.compare import compare
from sim.experiments.design import distinct
from sim.experiments.settings import SettingError, Settings, parse_scale
from sim.experiments.single import run
from sim.results.store import COLUMNS, DIFFERENCE_COLUMNS, StoreError, open_series
from sim.scenario import Scenario
from tests.fake_model import EFFECT_FROM

Files = dict[str, Path]
Fake = dict[str, Any]
START = "2017-01-01"
EFFECT_MONTH = "2017-07-01"


def test_differences_are_paired_and_nought_before_the_effect(files: Files, fake: Fake) -> None:
    outcome = compare(files["base"], files["cap"], replicates=3, **fake)
    series, found = outcome.series(), outcome.differences()
    assert tuple(series.columns) == COLUMNS
    assert tuple(found.columns) == DIFFERENCE_COLUMNS
    assert (series["replicate"].max(), series["run_key"].nunique()) == (3, 6)
    assert set(found["reference"]) == {"base"}
    assert set(found["scenario"]) == {"cap"}
    before = found[found["date"] < EFFECT_MONTH]
    assert len(before) == 3 * EFFECT_FROM * 4
    assert (before["value"] == 0).all()
    after = found[(found["date"] >= EFFECT_MONTH) & (found["measure"] == "stock") & (found["host"] == "RUS")]
    assert (after["value"] < 0).all()


def test_summary_agrees_with_the_differences(files: Files, fake: Fake) -> None:
    outcome = compare(files["base"], files["cap"], replicates=3, **fake)
    found, summary = outcome.differences(), outcome.summary
    assert json.loads((outcome.out / "summary.json").read_text()) == summary
    assert (summary["from"], summary["to"], summary["twins"]) == (EFFECT_MONTH, "2018-12-01", 3)
    (cell,) = [row for row in summary["headline"] if row.get("host") == "RUS"]
    stock = found[(found["measure"] == "stock") & (found["host"] == "RUS") & (found["date"] >= EFFECT_MONTH)]
    each = stock.groupby("replicate")["value"].mean()
    assert cell["mean"] == pytest.approx(each.mean())
    assert each.min() <= cell["low"] <= cell["mean"] <= cell["high"] <= each.max()
    assert cell["p_positive"] == 0
    flow = next(row for row in summary["headline"] if row["measure"] == "flow")
    assert "no difference in any replicate" in flow["sentence"]


def test_both_scenarios_get_the_same_draw_and_seeds(files: Files, fake: Fake) -> None:
    compare(files["base"], files["cap"], replicates=2, **fake)
    runs = json.loads((fake["out"] / "manifest.json").read_text())["runs"]
    for replicate in (1, 2):
        for twin in (False, True):
            base, cap = (each for each in runs if (each["replicate"], each["twin"]) == (replicate, twin))
            assert (base["world_seed"], base["run_seed"]) == (cap["world_seed"], cap["run_seed"])
            assert base["params"]["level"] == cap["params"]["level"]
    levels = {each["replicate"]: each["params"]["level"] for each in runs}
    assert levels[1] != levels[2]


def test_point_values_and_no_twins_on_demand(files: Files, fake: Fake) -> None:
    outcome = compare(files["base"], files["cap"], replicates=2, point=True, **fake)
    runs = json.loads((outcome.out / "manifest.json").read_text())["runs"]
    assert {(each["params"]["level"], each["twin"]) for each in runs} == {(1000.0, False)}
    assert {row["parameter_sd"] for row in outcome.summary["headline"]} == {0.0}


def test_the_series_holds_the_replicates_and_not_their_twins(files: Files, fake: Fake) -> None:
    outcome = compare(files["base"], files["cap"], replicates=2, **fake)
    twins = open_series(outcome.out, "twins")
    assert set(twins["run_key"]).isdisjoint(outcome.series()["run_key"])
    assert twins["run_key"].nunique() == 4


def test_a_scenario_compared_with_itself_differs_nowhere(files: Files, fake: Fake) -> None:
    outcome = compare(files["base"], files["base"], replicates=2, **fake)
    assert outcome.runs == 4
    assert outcome.summary["scenario"] == "base (2)"
    assert (outcome.differences()["value"] == 0).all()


def test_the_same_again_computes_nothing(files: Files, fake: Fake) -> None:
    first = compare(files["base"], files["cap"], replicates=2, **fake)
    again = compare(files["base"], files["cap"], replicates=2, **fake)
    assert (first.runs, again.runs) == (8, 0)
    assert again.summary == first.summary


def test_a_lost_part_is_made_again(files: Files, fake: Fake) -> None:
    first = compare(files["base"], files["cap"], replicates=2, **fake)
    parts = sorted((first.out / "series").iterdir())
    before = parts[0].read_bytes()
    parts[0].unlink()
    again = compare(files["base"], files["cap"], replicates=2, **fake)
    assert again.runs == 1
    assert parts[0].read_bytes() == before


@pytest.mark.parametrize("other", [{"seed": 2}, {"replicates": 3}, {"scale": 2}, {"point": True}])
def test_another_design_is_refused(files: Files, fake: Fake, other: dict[str, Any]) -> None:
    compare(files["base"], files["cap"], **({"replicates": 2} | fake))
    with pytest.raises(StoreError, match="another run"):
        compare(files["base"], files["cap"], **({"replicates": 2} | fake | other))


def test_different_months_cannot_be_compared(files: Files, fake: Fake) -> None:
    files["cap"].write_text(files["cap"].read_text() + "end: 2018-06\n")
    with pytest.raises(SettingError, match="different months"):
        compare(files["base"], files["cap"], **fake)
    assert not fake["out"].exists()


def test_different_worlds_cannot_be_compared(files: Files, fake: Fake) -> None:
    text = files["cap"].read_text().replace("extends: base.yaml", "start: 2017-01\nend: 2018-12")
    files["cap"].write_text(text + "world: tumen_1961\nstep: week\n")
    worlds = "base: northeast_asia, by the month and cap: tumen_1961, by the week"
    with pytest.raises(SettingError, match=worlds) as told:
        compare(files["base"], files["cap"], **fake)
    assert "start and end" not in str(told.value)
    assert not fake["out"].exists()


def test_without_out_the_directory_is_named_after_the_scenarios(
    files: Files, fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = compare(files["base"], files["cap"], replicates=1, **(fake | {"out": None}))
    assert outcome.out.parent == Path("results")
    assert outcome.out.name.startswith("cap-vs-base-")


def test_interruption_keeps_what_is_finished(files: Files, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    keep, kept = experiment._keep, []

    def stop_at_fourth(store: Any, task: Any, rows: Any) -> None:
        if len(kept) == 3:
            raise KeyboardInterrupt
        keep(store, task, rows)
        kept.append(task)

    with monkeypatch.context() as patch, pytest.raises(experiment.InterruptedRunError, match="1 of 3 replicates"):
        patch.setattr(experiment, "_keep", stop_at_fourth)
        compare(files["base"], files["cap"], replicates=3, **fake)
    assert json.loads((fake["out"] / "manifest.json").read_text())["complete"] is False
    assert compare(files["base"], files["cap"], replicates=3, **fake).runs == 9


def test_run_sums_up_the_last_year(files: Files, fake: Fake) -> None:
    outcome = run(files["cap"], replicates=2, **fake)
    assert (outcome.summary["from"], outcome.summary["to"]) == ("2018-01-01", "2018-12-01")
    flow = next(row for row in outcome.summary["headline"] if row["measure"] == "flow")
    assert flow["mean"] == 12 * 7
    stock = next(row for row in outcome.summary["headline"] if row["measure"] == "stock")
    assert stock["mean"] < 3000, "people at home are not abroad"


def test_run_draws_parameters_only_when_told(files: Files, fake: Fake, tmp_path: Path) -> None:
    levels = []
    for name, draw in (("point", False), ("drawn", True)):
        outcome = run(files["cap"], replicates=2, draw=draw, **(fake | {"out": tmp_path / name}))
        runs = json.loads((outcome.out / "manifest.json").read_text())["runs"]
        levels.append({each["params"]["level"] for each in runs})
    assert levels[0] == {1000.0}
    assert len(levels[1]) == 2


def test_progress_is_told_month_by_month(files: Files, fake: Fake) -> None:
    told: list[tuple[float, int]] = []
    run(files["cap"], replicates=2, progress=lambda over, total: told.append((over, total)), **fake)
    assert len(told) == 48
    assert told == sorted(told)
    assert told[-1] == (2, 2)


def test_settings_that_make_no_sense_are_refused() -> None:
    settings = Settings(priors=Path("priors.yaml"))
    for wrong in ({"replicates": 0}, {"workers": 0}, {"scale": 0}, {"scale": "fine"}, {"scale": float("nan")}):
        with pytest.raises(SettingError, match=f"--{next(iter(wrong))}"):
            replace(settings, **wrong)


def test_scales_have_one_form() -> None:
    assert (parse_scale("1"), parse_scale("2.5"), parse_scale("1:1")) == (1.0, 2.5, "1:1")
    assert Settings(scale=1, priors=Path("p")) == Settings(scale=1.0, priors=Path("p"))


def test_names_are_told_apart() -> None:
    a, b = (Scenario(name=name, question="?") for name in ("a", "b"))
    assert distinct([a, b, a, a]) == ("a", "b", "a (2)", "a (3)")


def test_files_of_one_name_are_told_apart_by_the_file(files: Files, fake: Fake) -> None:
    files["cap"].write_text(files["cap"].read_text().replace("name: cap", "name: base"))
    outcome = compare(files["base"], files["cap"], files["cap"], replicates=1, **fake)
    assert [each["scenario"] for each in outcome.summary["comparisons"]] == ["base (2, cap.yaml)", "base (3, cap.yaml)"]
