"""Paired differences, cell by cell."""

from datetime import date

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from sim.experiments.differences import difference
from sim.results.series import Series

HOSTS = ["KOR", "JPN", "CHN"]
CELLS = st.dictionaries(
    st.tuples(st.sampled_from(["stock", "flow"]), st.integers(0, 3), st.integers(0, 2)), st.integers(-9, 9).map(float)
)


def table(cells: dict[tuple[str, int, int], float], hosts: list[str] = HOSTS) -> pa.Table:
    series = Series({"host": hosts}, date(2017, 1, 1))
    for (name, t, host), value in cells.items():
        series.record(name, t, value, host=hosts.index(HOSTS[host]), keep_zero=True)
    return series.table()


def found(rows: pa.Table) -> dict[tuple[str, int, int], float]:
    return {(row["measure"], row["date"].month - 1, HOSTS.index(row["host"])): row["value"] for row in rows.to_pylist()}


@given(CELLS, CELLS)
def test_it_is_the_outer_join_with_nought_for_what_is_missing(
    reference: dict[tuple[str, int, int], float], scenario: dict[tuple[str, int, int], float]
) -> None:
    wanted = {cell: scenario.get(cell, 0.0) - reference.get(cell, 0.0) for cell in {*reference, *scenario}}
    assert found(difference(table(reference), table(scenario, HOSTS[::-1]))) == wanted


def test_equal_values_give_a_nought_without_sign_and_the_row_stays() -> None:
    same = {("stock", 0, 0): 0.1 + 0.2}
    (row,) = difference(table(same), table(same)).to_pylist()
    assert str(row["value"]) == "0.0"
