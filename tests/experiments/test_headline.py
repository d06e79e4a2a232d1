"""Which cells are put first, and their numbers."""

import numpy as np
import pandas as pd

from sim.experiments.headline import STOCK_CELLS, Cell, cells, values
from sim.experiments.tally import CELL, HEADLINES


def wide(rows: dict[tuple[str, str, str], list[float]]) -> pd.DataFrame:
    index = pd.MultiIndex.from_tuples(rows, names=CELL)
    return pd.DataFrame(list(rows.values()), index=index, columns=[1, 2])


STOCKS = wide(
    {
        ("stock", "PRK", "RUS"): [-5.0, -7.0],
        ("stock", "PRK", "CHN"): [8.0, 8.0],
        ("stock", "MNG", "KOR"): [90.0, 110.0],
        ("stock", "CHN", "KOR"): [0.0, 0.0],
        ("flow", "PRK", "RUS"): [1.0, 2.0],
    }
)


def test_totals_come_first_then_the_largest_stocks() -> None:
    found = cells(STOCKS)
    assert found[: len(HEADLINES)] == [Cell(name) for name in HEADLINES]
    assert [cell.where for cell in found[len(HEADLINES) :]] == [", MNG in KOR", ", PRK in CHN", ", PRK in RUS"]


def test_a_nationality_concerned_is_shown_in_all_and_by_host() -> None:
    found = cells(STOCKS, ["PRK"])[len(HEADLINES) :]
    assert [cell.where for cell in found] == [", PRK in all hosts", ", PRK in CHN", ", PRK in RUS"]


def test_no_more_stocks_than_fit() -> None:
    many = wide({("stock", f"N{n}", "KOR"): [n, n] for n in range(1, 20)})
    assert len(cells(many)) == len(HEADLINES) + STOCK_CELLS


def test_values_add_up_what_a_cell_covers() -> None:
    assert values(STOCKS, Cell("stock")).tolist() == [93.0, 111.0]
    assert values(STOCKS, Cell("stock", "PRK")).tolist() == [3.0, 1.0]
    assert values(STOCKS, Cell("stock", "PRK", "RUS")).tolist() == [-5.0, -7.0]
    assert np.array_equal(values(STOCKS, Cell("claims")), [0.0, 0.0])
