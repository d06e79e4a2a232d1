"""What a run records and what comes out of it."""

from datetime import date

import numpy as np
import pytest

from sim.results.measures import MeasureError
from sim.results.series import Series


@pytest.fixture
def series() -> Series:
    labels = {"nationality": ["MNG", "CHN"], "host": ["MNG", "KOR"], "limit": []}
    return Series(labels, date(2016, 11, 1))


def rows(series: Series, *names: str) -> list[tuple[object, ...]]:
    return [tuple(row[name] for name in names) for row in series.table().to_pylist()]


def test_rows_have_words_dates_and_units(series: Series) -> None:
    series.record("stock", 2, [5, 7], nationality=0, host=[0, 1])
    assert rows(series, "measure", "date", "nationality", "host", "origin", "value", "unit") == [
        ("stock", date(2017, 1, 1), "MNG", "KOR", "", 7.0, "persons"),
        ("stock", date(2017, 1, 1), "MNG", "MNG", "", 5.0, "persons"),
    ]


def test_zeros_are_left_out_unless_kept(series: Series) -> None:
    series.record("stock", 0, [0, 3], host=[0, 1])
    series.record("limit_level", 0, 0, keep_zero=True, host=1)
    assert rows(series, "measure", "value") == [("limit_level", 0.0), ("stock", 3.0)]


def test_rows_of_one_cell_are_added_up(series: Series) -> None:
    for value in (1.0, 2.0):
        series.record("flow", 0, value, host=1)
    series.record("flow", 1, 4.0, host=1)
    assert rows(series, "value") == [(3.0,), (4.0,)]
    assert [series.total("flow", t) for t in (0, 1)] == [3, 4]


def test_a_blank_code_is_a_blank_word(series: Series) -> None:
    series.record("flow", 0, [1, 2], host=[-1, 0])
    assert rows(series, "host", "value") == [("", 1.0), ("MNG", 2.0)]


def test_values_and_codes_broadcast(series: Series) -> None:
    series.record("flow", 0, 2, host=np.array([0, 1])[:, None], nationality=np.array([0, 1]))
    assert len(rows(series, "host")) == 4
    assert series.total("flow", 0) == 8


def test_a_grid_is_recorded_by_its_axes(series: Series) -> None:
    series.record_grid("stock", 0, np.array([[0, 4], [5, 0]]), ("nationality", "host"), limit=-1)
    assert rows(series, "nationality", "host", "value") == [("CHN", "MNG", 5.0), ("MNG", "KOR", 4.0)]
    with pytest.raises(ValueError, match="1 axes named for an array of 2"):
        series.record_grid("stock", 0, np.ones((2, 2)), ("host",))


def test_grids_recorded_together_are_those_recorded_one_by_one(series: Series) -> None:
    grids = {"requests": np.array([[0, 4], [5, 0]]), "fined": np.zeros((2, 2)), "claims": np.array([[0.5, 0], [0, 0]])}
    together = Series(series.labels, series.start)
    together.record_grids(3, grids, ("host", "nationality"))
    for name, grid in grids.items():
        series.record_grid(name, 3, grid, ("host", "nationality"))
    assert together.table().equals(series.table()) and together.table().num_rows == 3
    assert [together.total(name, 3) for name in grids] == [9, 0, 0.5] and together.total("requests", 2) == 0


def test_later_changes_of_an_array_do_not_reach_the_record(series: Series) -> None:
    counts = np.array([1.0, 2.0])
    series.record("stock", 0, counts, host=[0, 1], keep_zero=True)
    counts[:] = 99
    assert sorted(rows(series, "value")) == [(1.0,), (2.0,)]


def test_labels_may_grow_during_the_run(series: Series) -> None:
    series.labels["limit"].append("cap")  # type: ignore[attr-defined]
    series.record("binds", 0, 1, limit=0)
    assert rows(series, "limit") == [("cap",)]


def test_order_of_recording_does_not_matter(series: Series) -> None:
    other = Series(series.labels, series.start)
    for t, host in ((0, 0), (1, 1)):
        series.record("flow", t, 1, host=host)
    for t, host in ((1, 1), (0, 0)):
        other.record("flow", t, 1, host=host)
    assert series.table().to_pylist() == other.table().to_pylist()


def test_nothing_recorded_is_an_empty_table(series: Series) -> None:
    assert series.table().num_rows == 0
    assert series.total("flow", 0) == 0


def test_wrong_names_and_codes_are_refused(series: Series) -> None:
    with pytest.raises(MeasureError, match="did you mean 'flow'"):
        series.record("flows", 0, 1)
    with pytest.raises(ValueError, match="unknown dimension 'hots'; did you mean 'host'"):
        series.record("flow", 0, 1, hots=1)


@pytest.mark.parametrize("code", [-2, 2])
def test_codes_without_a_label_are_refused(series: Series, code: int) -> None:
    series.record("flow", 0, 1, host=code)
    with pytest.raises(ValueError, match="host: a code outside its 2 labels"):
        series.table()
