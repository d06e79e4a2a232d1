"""Evidence says what the summary says: the same runs, the same months, the same people."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sim.experiments.headline import Cell
from sim.report.evidence import Evidence, rows_of
from sim.results.store import StoreError, open_series


def test_it_gives_the_headline_as_the_summary_has_it(evidence):
    rows = {(row["measure"], row["about"]): row for row in evidence.summary["headline"]}
    assert {cell.about for cell in evidence.headline} == {"concerned", "total"}
    for cell in evidence.headline:
        found, row = evidence.over_period(cell), rows[cell.measure, cell.about]
        before, after = (found[name].to_numpy() for name in evidence.scenarios)
        assert before.mean() == pytest.approx(row["reference_mean"])
        assert (after - before).mean() == pytest.approx(row["mean"])


def test_nobody_at_home_is_counted_and_every_month_is_there(evidence, results):
    series = open_series(results)
    abroad = series[(series["measure"] == "stock") & (series["status"] != "home")]
    own = abroad[(abroad["scenario"] == evidence.reference) & (abroad["replicate"] == 1)]
    found = evidence.monthly(Cell("stock"))
    assert list(found.index) == list(pd.date_range("2016-01-01", "2018-12-01", freq="MS"))
    assert np.allclose(found[evidence.reference, 1], own.groupby("date")["value"].sum())


def test_a_scenario_has_its_own_headline_and_months(evidence):
    later = evidence.summary["each"][0] | {"scenario": "later", "from": "2018-01-01", "headline": []}
    name = evidence.scenarios[1]
    several = replace(
        evidence,
        scenarios=(*evidence.scenarios, "later"),
        summary=evidence.summary | {"each": [*evidence.summary["each"], later]},
    )
    own = several.of(name)
    assert own.scenarios == (evidence.reference, name) and own.headline == evidence.headline
    assert several.of("later").since[0] == pd.Timestamp("2018-01-01") and own.since == evidence.since


def test_what_was_never_recorded_is_nought(evidence):
    found = evidence.over_period(Cell("uprooted", ("JPN",)))
    assert len(found) == 4 and not found.any()


def test_a_folder_without_results_is_refused(tmp_path):
    with pytest.raises(StoreError):
        Evidence.read(tmp_path)


def test_a_comparison_that_is_not_finished_is_refused(evidence):
    with pytest.raises(StoreError, match="no finished comparison"):
        replace(evidence, summary={})
    with pytest.raises(StoreError, match="no finished comparison"):
        replace(evidence, scenarios=evidence.scenarios[:1])


def test_rows_are_by_column():
    assert rows_of(pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})) == [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]
