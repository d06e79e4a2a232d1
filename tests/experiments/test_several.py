"""Several scenarios, each compared with the first."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sim.experiments.compare import compare
from sim.experiments.settings import SettingError
from sim.experiments.several import each

Files = dict[str, Path]
Fake = dict[str, Any]


@pytest.fixture
def harder(files: Files) -> Path:
    path = files["cap"].with_name("harder.yaml")
    path.write_text(files["cap"].read_text().replace("name: cap", "name: harder").replace("value: 50", "value: 80"))
    return path


def test_each_scenario_is_compared_with_the_first(files: Files, fake: Fake, harder: Path) -> None:
    outcome = compare(files["base"], files["cap"], harder, replicates=2, **fake)
    assert outcome.runs == 3 * 2 * 2
    found = outcome.differences()
    assert set(found["reference"]) == {"base"}
    assert set(found["scenario"]) == {"cap", "harder"}
    assert [(x["reference"], x["scenario"]) for x in each(outcome.summary)] == [("base", "cap"), ("base", "harder")]


def test_one_of_several_says_what_it_says_alone(files: Files, fake: Fake, harder: Path, tmp_path: Path) -> None:
    several = compare(files["base"], harder, files["cap"], replicates=2, **fake)
    alone = compare(files["base"], files["cap"], replicates=2, **(fake | {"out": tmp_path / "alone"}))
    assert each(several.summary)[1] == alone.summary
    assert each(alone.summary) == [alone.summary]
    rows = several.differences()
    columns = ["scenario", "reference", "replicate", "date", "measure", "nationality", "host", "value"]
    same = [x[columns].astype(dict.fromkeys(columns[:2], str)) for x in (rows, alone.differences())]
    pd.testing.assert_frame_equal(
        *(x[x["scenario"] == "cap"].reset_index(drop=True) for x in same), check_categorical=False
    )


def test_months_are_checked_for_each(files: Files, fake: Fake, harder: Path) -> None:
    harder.write_text(harder.read_text() + "end: 2018-06\n")
    with pytest.raises(SettingError, match="harder: 2017-01 to 2018-06"):
        compare(files["base"], files["cap"], harder, **fake)


def test_many_scenarios_do_not_make_a_long_name(
    files: Files, fake: Fake, harder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    many = (files["cap"], harder, files["cap"], harder)
    outcome = compare(files["base"], *many, replicates=1, **(fake | {"out": None}))
    assert outcome.out.name.startswith("4-scenarios-vs-base-")
    assert [x["scenario"] for x in each(outcome.summary)] == ["cap", "harder", "cap (2)", "harder (2)"]
