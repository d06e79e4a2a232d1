"""Headline: which numbers are put first, and what the replicates say of them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.experiments.spread import Spread, spread
from sim.experiments.tally import HEADLINES
from sim.results.measures import measure

STOCK_CELLS = 6  # nationality × host cells of the stock that are shown, largest change first


@dataclass(frozen=True)
class Cell:
    """A measure, in all or for one nationality in one host."""

    measure: str
    nationality: str = ""
    host: str = ""

    @property
    def where(self) -> str:
        """The cell in words, to follow a measure's title."""
        return f", {self.nationality or 'all'} in {self.host or 'all hosts'}" if self.nationality or self.host else ""

    def named(self) -> dict[str, str]:
        """Return the cell's words that are not blank."""
        words = {"measure": self.measure, "nationality": self.nationality, "host": self.host}
        return {name: word for name, word in words.items() if word}


def cells(wide: pd.DataFrame, concerned: Collection[str] = ()) -> list[Cell]:
    """Return the cells worth showing: each headline measure in all, then stocks by nationality and host.

    concerned : the nationalities that the changed limits name; without them the largest stocks or changes are shown.
    """
    means = wide.mean(axis=1)
    stocks = means[means.index.get_level_values("measure") == "stock"]
    if concerned:
        stocks = stocks[stocks.index.get_level_values("nationality").isin(set(concerned))]
    stocks = stocks[stocks != 0].sort_index()
    top = stocks.reindex(stocks.abs().sort_values(ascending=False, kind="stable").index)[:STOCK_CELLS]
    whole = [Cell("stock", nationality) for nationality in sorted(concerned)[:STOCK_CELLS]]
    return [*map(Cell, HEADLINES), *whole, *(Cell(*map(str, index)) for index in top.index)]


def values(wide: pd.DataFrame, cell: Cell) -> np.ndarray:
    """Return a cell's number in each replicate; 0 where it was never recorded."""
    rows = wide.index.get_level_values("measure") == cell.measure
    for name in ("nationality", "host"):
        if word := getattr(cell, name):
            rows &= wide.index.get_level_values(name) == word
    return wide.loc[rows].sum(axis=0).to_numpy(np.float64)


def judged(wide: pd.DataFrame, twins: pd.DataFrame, cell: Cell) -> Spread:
    """Return what the replicates, and the twins of the first of them, say of a cell."""
    all_values, twin_values = values(wide, cell), values(twins, cell)
    return spread(all_values, all_values[: twin_values.size], twin_values)


def entry(cell: Cell, result: Spread, sentence: str, **more: float) -> dict[str, Any]:
    """Return a cell of the summary."""
    names = ("mean", "low", "high", "chance_sd", "parameter_sd", "p_positive")
    numbers = {name: getattr(result, name) for name in names}
    return cell.named() | numbers | {"unit": measure(cell.measure).unit, **more, "sentence": sentence}
