"""Multiples: the paired difference of many outcomes, or of many scenarios, in small panels alike."""

from collections.abc import Sequence
from itertools import product
from textwrap import wrap

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sim.experiments.headline import Cell
from sim.experiments.numbers import counted, signed
from sim.report.evidence import Evidence
from sim.report.figures import difference
from sim.report.figures.style import COLOURS, LABEL, date_ticks, new_figure, plain_ticks, scaled, styled
from sim.report.figures.words import called, readable

COLUMNS, MOST = 3, 9  # panels side by side, and in all
PANEL, AROUND, LINE_OF_HEAD = 1.4, 0.9, 0.16  # inches
LETTERS = 27  # of a panel's head on one line


def data(evidence: Evidence, cells: Sequence[Cell]) -> pd.DataFrame:
    """Return the tables of `difference.data` for each outcome and scenario, one below the other.

    Those in which no replicate differs are left out, and all after the ninth.
    Column `panel` says which: the outcome, the scenario, or both, whichever there are several of.
    """
    several = len(evidence.scenarios) > 2
    parts = []
    for cell, name in product(cells, evidence.scenarios[1:]):
        table = difference.data(evidence.of(name), cell, name)
        words = [*([called(cell)] if len(cells) > 1 or not several else []), *([readable(name)] if several else [])]
        parts.append(table.assign(panel=": ".join(words), unit=table.attrs["unit"]))
    moved = [part for part in parts if part[["low", "high"]].to_numpy().any()] or parts
    found = pd.concat(moved[:MOST], ignore_index=True)
    found.attrs = {"reference": evidence.reference, "scenarios": evidence.scenarios[1:],
                   "replicates": evidence.replicates, "begins": table.attrs["begins"],
                   "title": parts[0].attrs["title"] if len(cells) == 1 else ""}  # fmt: skip
    return found


@styled
def draw(table: pd.DataFrame) -> Figure:
    """Draw a panel for each; each has its own scale."""
    of, panels = table.attrs, list(table["panel"].unique())
    rows = -(-len(panels) // COLUMNS)
    names = " and ".join(map(readable, of["scenarios"])) if len(of["scenarios"]) <= 2 else "Scenarios"
    title = f"{of['title']}: " * bool(of["title"]) + f"{names} against {readable(of['reference'])}"
    how = (
        f"Line: mean difference of {counted(of['replicates'], 'replicate')}. Dashed: its 95 % Monte Carlo interval. "
        "Shaded: 90 % of replicates. Scales differ."
    )
    heads = {name: wrap(name, LETTERS) for name in panels}
    lines = max(map(len, heads.values()))
    figure = new_figure(AROUND + (PANEL + lines * LINE_OF_HEAD) * rows, title, how)
    grid = figure.subplots(rows, COLUMNS, squeeze=False).ravel()
    for axes, name in zip(grid, panels, strict=False):
        part = table[table["panel"] == name]
        largest = float(np.abs(part[["low", "high"]].to_numpy()).max())
        by, unit = scaled(part["unit"].iloc[0], largest)
        difference.panel(axes, part, by, COLOURS[0])
        axes.set_title("\n".join(heads[name]), size=LABEL, pad=13)
        axes.text(0, 1.03, unit, transform=axes.transAxes, size=LABEL - 1)
        axes.margins(x=0)
        date_ticks(axes, 4)
        plain_ticks(axes.yaxis, 3)
    for axes in grid[len(panels) :]:
        axes.remove()
    return figure


def text(table: pd.DataFrame) -> str:
    """Say what the figure shows: the mean difference at the end of each panel."""
    last = table.groupby("panel", sort=False).tail(1)
    ends = [f"{row['panel']} {signed(row['mean'])} {row['unit']}" for row in last.to_dict("records")]
    return f"{len(ends)} small line charts of paired differences. At the end: {'; '.join(ends)}."
