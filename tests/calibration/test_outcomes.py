"""Outcomes: signs of differences, and the page that is made of expectations and results."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from calibration.outcomes import Check, Found, expectations, found
from sim.results.measures import measure
from sim.scenario import load_scenario
from sim.world import load_world
from sim.world.priors import Priors, default_priors_path

ROOT = Path(__file__).resolve().parents[2]
PRIORS = Priors.load(default_priors_path())


@pytest.mark.parametrize(
    ("parent", "differences", "sign"),
    [
        (100, [-8, -12, -10, -9], "lower"),
        (100, [8, 12, 10, 9], "higher"),
        (100, [8, -12, 10, -9], "none"),  # their mean is less than a hundredth of the parent's number
        (100, [8, -1, 10, -9], "unclear"),  # they lie on both sides of nought
        (1e6, [8, 12, 10, 9], "none"),  # less than a hundredth of the parent's number
        (100, [90, 1, 5, 2], "higher"),  # one far off does not matter
        (0, [0, 0, 0, 0], "none"),
        (100, [50], "higher"),
    ],
)
def test_a_sign_is_told_where_replicates_agree_and_the_mean_is_not_small(parent, differences, sign):
    assert Found(parent, np.array(differences, float)).sign == sign


def rows(*values):
    """Two replicates, two months each, of permits and arrivals, PRK in RUS unless told otherwise."""
    columns = ["replicate", "date", "measure", "nationality", "host", "status", "value"]
    made = pd.DataFrame([(*each,) for each in values], columns=columns)
    return made.assign(date=pd.to_datetime(made["date"]))


PARENT = rows(
    (1, "2017-08-01", "permits_in_force", "PRK", "RUS", "", 10.0),
    (1, "2017-09-01", "permits_in_force", "PRK", "RUS", "", 20.0),
    (1, "2017-09-01", "permits_in_force", "CHN", "RUS", "", 99.0),
    (1, "2017-09-01", "arrived_kor", "PRK", "KOR", "", 3.0),
    (2, "2017-08-01", "permits_in_force", "PRK", "RUS", "", 30.0),
    (2, "2017-09-01", "permits_in_force", "PRK", "RUS", "", 40.0),
)
SCENARIO = PARENT.assign(value=PARENT["value"] * 2)


def test_a_stock_is_the_mean_of_its_months_and_a_flow_their_sum():
    stock = found(
        SCENARIO, PARENT, Check(measure="permits_in_force", nationality=("PRK",), since="2017-08", expected="higher")
    )
    assert stock.parent == 25 and list(stock.differences) == [15, 35]
    flow = found(SCENARIO, PARENT, Check(measure="arrived_kor", since="2017-08", expected="higher"))
    assert flow.parent == 1.5 and list(flow.differences) == [3, 0]


def test_only_the_months_that_are_named_count():
    august = Check(
        measure="permits_in_force", nationality=("PRK",), since="2017-08", until="2017-08", expected="higher"
    )
    assert list(found(SCENARIO, PARENT, august).differences) == [10, 30]


def test_each_scenario_is_expected_something_of_and_each_cell_can_exist():
    expected = expectations()
    files = {path.stem for path in (ROOT / "scenarios").glob("*.yaml")}
    assert set(expected) == files - {"baseline", "tumen_1961"}
    for name, each in expected.items():
        assert each.parent in files
        scenario = load_scenario(ROOT / "scenarios" / f"{name}.yaml", priors=PRIORS)
        codes = {country.code for country in load_world(scenario.world).countries}
        for check in each.checks:
            assert measure(check.measure).kind in ("flow", "stock")
            assert {*check.nationality, *check.host} <= codes
            assert f"{scenario.start:%Y-%m}" <= check.since <= (check.until or f"{scenario.end:%Y-%m}")


def test_a_row_of_the_page_stands_for_each():
    text = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
    for name, each in expectations().items():
        assert f"| `{name}`" in text and each.why in text
