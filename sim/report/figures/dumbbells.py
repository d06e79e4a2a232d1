"""Dumbbells: a number in two scenarios, row by row, each with the spread of replicates and the mean change."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.experiments.numbers import signed, written
from sim.experiments.spread import HIGH, LOW
from sim.report.evidence import rows_of
from sim.report.figures.style import (
    COLOURS,
    INK,
    LABEL,
    REFERENCE,
    RULE,
    SOFT,
    new_figure,
    plain_ticks,
    scaled,
    styled,
)
from sim.report.figures.words import readable

ROW = 0.27  # inches
AROUND = 1.15  # inches for title and axis
BESIDE = 0.11  # rows between a bar and the middle of its row
SEEN = 1e-3  # of the number: a change below it is not told
WIDE_SPAN = 40  # the largest over the smallest from which an axis is logarithmic
PAIRS = ("reference", "scenario")


def of_rows(labels: Sequence[str], reference: np.ndarray, scenario: np.ndarray) -> pd.DataFrame:
    """Return for each row mean and 5th and 95th percentile of both, and the mean change; columns are replicates."""
    columns: dict[str, np.ndarray] = {}
    for name, values in zip(PAIRS, (reference, scenario), strict=True):
        low, high = np.percentile(values, [LOW, HIGH], axis=1)
        columns |= {name: values.mean(axis=1), f"{name}_low": low, f"{name}_high": high}
    change = scenario.mean(axis=1) - reference.mean(axis=1)
    return pd.DataFrame({"row": list(labels), **columns, "change": change})


@styled
def draw(table: pd.DataFrame) -> Figure:
    """Draw the rows from top to bottom: a grey dot for the reference, a blue one for the scenario."""
    of = table.attrs
    by, unit = scaled(of["unit"], table[["reference_high", "scenario_high"]].to_numpy().max())
    names = f"Grey: {readable(of['reference'])}, blue: {readable(of['scenario'])}"
    how = f"{names}; bars: 90 % of {of['replicates']} replicates; right: mean change."
    figure = new_figure(AROUND + ROW * len(table), of["title"], how, of.get("note", ""))
    axes = figure.add_subplot()
    for at, row in enumerate(rows_of(table)):
        _row(axes, at, {name: value / by for name, value in row.items() if name != "row"})
        axes.annotate(_change(row, by), (1, at), (8, 0), xycoords=("axes fraction", "data"), va="center",
                      textcoords="offset points", size=LABEL, color=COLOURS[0] if row["change"] else SOFT,
                      annotation_clip=False)  # fmt: skip
    _finish(axes, table, by, unit)
    return figure


def text(table: pd.DataFrame) -> str:
    """Say what the figure shows: the row with the largest change, and how many rows there are."""
    of, top = table.attrs, table.iloc[table["change"].abs().argmax()]
    names = f"{readable(of['reference'])} and {readable(of['scenario'])}"
    return (
        f"Dot plot with {len(table)} rows. {of['title']}, {of['unit']}, in {names}. The largest change is in "
        f"{top['row']}: from {written(top['reference'])} to {written(top['scenario'])} ({signed(top['change'])})."
    )


def _row(axes: Axes, at: int, row: dict[str, float]) -> None:
    axes.plot([row["reference"], row["scenario"]], [at, at], color=SOFT, alpha=0.45, linewidth=2.5, zorder=2)
    for name, colour, side in zip(PAIRS, (REFERENCE, COLOURS[0]), (-BESIDE, BESIDE), strict=True):
        ends = [row[f"{name}_low"], row[f"{name}_high"]]
        axes.plot(ends, [at + side] * 2, color=colour, alpha=0.3, linewidth=4, solid_capstyle="butt", zorder=1)
        axes.plot(row[name], at, "o", color=colour, markersize=6.5, zorder=3)


def _change(row: dict[str, Any], by: float) -> str:
    """Return the change in words: a change that no reader would see is about nought."""
    is_seen = abs(row["change"]) >= SEEN * max(abs(row["reference"]), abs(row["scenario"]))
    return signed(row["change"] / by) if is_seen or not row["change"] else "≈ 0"


def _finish(axes: Axes, table: pd.DataFrame, by: float, unit: str) -> None:
    values = table[["reference_low", "scenario_low", "reference_high", "scenario_high"]].to_numpy() / by
    axes.set_ylim(len(table) - 0.4, -0.6)
    axes.set_yticks(range(len(table)), table["row"], color=INK)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", color=RULE)
    if values.min() > 0 and values.max() / np.median(values) > WIDE_SPAN:
        axes.set_xscale("log")
        axes.set_xlabel(f"{unit} (logarithmic)")
    else:
        axes.set_xlim(left=min(0, values.min()))
        plain_ticks(axes.xaxis)
        axes.set_xlabel(unit)
