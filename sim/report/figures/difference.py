"""Difference: what a scenario changes over time, replicate by replicate, with both kinds of uncertainty named apart."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy.special import stdtrit

from sim.experiments.headline import Cell
from sim.experiments.numbers import counted, month, signed, written
from sim.experiments.spread import HIGH, LOW
from sim.report.evidence import Evidence
from sim.report.figures.fan import finish
from sim.report.figures.over_time import begins, steps
from sim.report.figures.style import COLOURS, INK, LABEL, new_figure, scaled, styled
from sim.report.figures.words import called, readable

YEARS_BEFORE = 2
CONFIDENCE = 0.95  # of the Monte Carlo interval of the mean


def data(evidence: Evidence, cell: Cell, scenario: str) -> pd.DataFrame:
    """Return for each date the paired difference: mean, its Monte Carlo interval, and the spread of replicates.

    mc_low, mc_high : mean ± t · sd / √n, where the mean of endless replicates lies with 95 % confidence; blank for one.
    It begins two years before the changed policies do: up to then both runs are the same.
    low, high : 5th and 95th percentile of the replicates' differences.
    """
    wide, unit = steps(evidence, cell)
    table = spread_of((wide[scenario] - wide[evidence.reference]).to_numpy()).assign(date=wide.index)
    start = begins(evidence, wide.index)
    if start is not None:
        table = table[table["date"] >= start - pd.DateOffset(years=YEARS_BEFORE)].reset_index(drop=True)
    table.attrs = {
        "title": called(cell),
        "unit": unit,
        "replicates": evidence.replicates,
        "begins": start,
        "scenario": scenario,
        "reference": evidence.reference,
    }
    return table


def spread_of(differences: np.ndarray) -> pd.DataFrame:
    """Return mean, mc_low, mc_high, low and high of each row; the columns are replicates."""
    count = differences.shape[1]
    mean, (low, high) = differences.mean(axis=1), np.percentile(differences, [LOW, HIGH], axis=1)
    half = np.full(len(mean), np.nan)
    if count > 1:
        half = stdtrit(count - 1, (1 + CONFIDENCE) / 2) * differences.std(axis=1, ddof=1) / np.sqrt(count)
    return pd.DataFrame({"mean": mean, "mc_low": mean - half, "mc_high": mean + half, "low": low, "high": high})


@styled
def draw(table: pd.DataFrame) -> Figure:
    """Draw the mean difference between two lines of its Monte Carlo interval, over the spread of replicates."""
    of = table.attrs
    title = f"{readable(of['scenario'])} against {readable(of['reference'])}: {of['title']}"
    by, unit = scaled(of["unit"], _largest(table))
    figure = new_figure(3.7, title, _how(of["replicates"]))
    axes = figure.add_subplot()
    panel(axes, table, by, COLOURS[0])
    finish(axes, f"difference, {unit}", of["begins"])
    return figure


def panel(axes: Axes, table: pd.DataFrame, by: float, colour: str) -> None:
    """Draw mean, interval and spread into axes, in units divided by `by`."""
    date = table["date"]
    axes.fill_between(date, table["low"] / by, table["high"] / by, color=colour, alpha=0.16, linewidth=0)
    for edge in ("mc_low", "mc_high"):
        axes.plot(date, table[edge] / by, color=colour, linewidth=0.8, linestyle=(0, (4, 2)))
    axes.plot(date, table["mean"] / by, color=colour, linewidth=1.8)
    axes.axhline(0, color=INK, linewidth=0.9)
    if not table[["low", "high"]].to_numpy().any():
        axes.set_ylim(-1, 1)
        axes.text(0.5, 0.56, "no difference in any replicate", transform=axes.transAxes, ha="center", size=LABEL)


def text(table: pd.DataFrame) -> str:
    """Say what the figure shows: the difference at the end, and both intervals."""
    of, last = table.attrs, table.iloc[-1]
    several = of["replicates"] > 1
    mc = f"Monte Carlo interval of the mean {signed(last['mc_low'])} to {signed(last['mc_high'])}; " if several else ""
    return (
        f"Line chart. {of['title']}, {readable(of['scenario'])} minus {readable(of['reference'])}, {of['unit']}. "
        f"At the end ({month(last['date'])}) the mean difference is {signed(last['mean'])}; "
        f"{mc}"
        f"90 % of {counted(of['replicates'], 'replicate')} lie between {signed(last['low'])} and "
        f"{signed(last['high'])}."
    )


def _largest(table: pd.DataFrame) -> float:
    return float(np.nanmax(np.abs(table[["low", "high"]].to_numpy())))


def _how(replicates: int) -> str:
    if replicates == 1:
        return "The same people and luck in both; one replicate, so neither interval nor spread."
    return (
        "The same people, luck and parameters in both. Line: mean. Dashed: 95 % Monte Carlo interval of the mean, "
        f"which more replicates narrow. Shaded: spread, 90 % of {written(replicates)} replicates, which they do not."
    )
