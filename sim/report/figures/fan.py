"""Fan: how a number goes in each scenario, its median and where half and nine tenths of the replicates lie."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.experiments.headline import Cell
from sim.experiments.numbers import counted, month, written
from sim.report.evidence import Evidence
from sim.report.figures.over_time import begins, steps
from sim.report.figures.style import (
    COLOURS,
    INK,
    LABEL,
    REFERENCE,
    date_ticks,
    end_labels,
    new_figure,
    plain_ticks,
    scaled,
    styled,
)
from sim.report.figures.words import called, readable

SHARES = (5, 25, 50, 75, 95)  # percentiles
COLUMNS = [f"p{share}" for share in SHARES]
FEW = 2  # scenarios; the wide bands of more would hide each other
BANDS = (("p5", "p95", 0.16), ("p25", "p75", 0.28))  # from, to, how dark


def data(evidence: Evidence, cell: Cell) -> pd.DataFrame:
    """Return a row for each scenario and date: the percentiles 5, 25, 50, 75 and 95 over replicates.

    What the figure needs beside it stands in `attrs`: title, unit, replicates, begins.
    """
    wide, unit = steps(evidence, cell)
    parts = []
    for name in evidence.scenarios:
        found = np.percentile(wide[name].to_numpy(), SHARES, axis=1)
        columns = dict(zip(COLUMNS, found, strict=True))
        parts.append(pd.DataFrame({"scenario": name, "date": wide.index, **columns}))
    table = pd.concat(parts, ignore_index=True)
    table.attrs = {
        "title": called(cell),
        "unit": unit,
        "replicates": evidence.replicates,
        "begins": begins(evidence, wide.index),
    }
    return table


@styled
def draw(table: pd.DataFrame) -> Figure:
    """Draw the median of each scenario and its bands; the reference is grey. The same twice is drawn once."""
    of = table.attrs
    by, unit = scaled(of["unit"], table["p95"].max())
    bands = BANDS if table["scenario"].nunique() <= FEW else BANDS[1:]
    shares = "50 % and 90 %" if bands == BANDS else "the middle 50 %"
    how = f"Median and, shaded, where {shares} of {counted(of['replicates'], 'replicate')} lie"
    figure = new_figure(3.7, of["title"], f"{unit[0].upper()}{unit[1:]}. {how}." if of["replicates"] > 1 else unit)
    axes = figure.add_subplot()
    ends: dict[bytes, tuple[float, str, str]] = {}
    for at, (name, rows) in enumerate(table.groupby("scenario", sort=False)):
        colour, same = COLOURS[at - 1] if at else REFERENCE, rows[COLUMNS].to_numpy().tobytes()
        if same in ends:
            ends[same] = (*ends[same][:1], f"{ends[same][1]} =\n{readable(str(name))}", ends[same][2])
            continue
        for low, high, alpha in bands:
            axes.fill_between(rows["date"], rows[low] / by, rows[high] / by, color=colour, alpha=alpha, linewidth=0)
        axes.plot(rows["date"], rows["p50"] / by, color=colour, linewidth=1.8)
        ends[same] = (float(rows["p50"].iloc[-1] / by), readable(str(name)), colour)
    finish(axes, unit, of["begins"], "policy begins" if table["scenario"].nunique() <= FEW else "first policy begins")
    axes.set_ylim(bottom=min(0, axes.get_ylim()[0]) if table["p5"].min() < table["p95"].max() / 3 else None)
    end_labels(axes, list(ends.values()))
    return figure


def text(table: pd.DataFrame) -> str:
    """Say what the figure shows: where each scenario ends."""
    last = table[table["date"] == table["date"].max()]
    ends = [
        f"{readable(row.scenario)} {written(row.p50)} ({written(row.p5)} to {written(row.p95)})"
        for row in last.itertuples()
    ]
    of = table.attrs
    span = f"{month(table['date'].min())} to {month(last['date'].max())}"
    return (
        f"Line chart with bands. {of['title']}, {of['unit']}, {span}. Median at the end, "
        f"with the middle 90 % of {counted(of['replicates'], 'replicate')}: {'; '.join(ends)}."
    )


def finish(axes: Axes, unit: str, start: Any, words: str = "policy begins") -> None:
    """Set ticks and margins of axes over time, and mark where the changed policies begin."""
    axes.margins(x=0)
    axes.set_ylabel(unit)
    plain_ticks(axes.yaxis)
    date_ticks(axes)
    if start is not None:
        axes.axvline(start, color=INK, linewidth=0.9, linestyle=(0, (3, 2)))
        axes.annotate(words, (start, 1), (0, 3), xycoords=("data", "axes fraction"),
                      textcoords="offset points", size=LABEL - 0.5, color=INK, va="bottom", ha="center")  # fmt: skip
