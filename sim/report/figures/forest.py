"""Forest: what each scenario does to each outcome, in percent of the reference, with both kinds of uncertainty."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter

from sim.experiments.headline import Cell
from sim.experiments.numbers import counted, signed, written
from sim.report.evidence import Evidence, rows_of
from sim.report.figures.difference import spread_of
from sim.report.figures.style import COLOURS, INK, LABEL, MARKS, PALE, RULE, SOFT, new_figure, plain_ticks, styled
from sim.report.figures.words import called, readable
from sim.results.measures import MEASURES

PERCENT = 100
ROW, AROUND = 0.27, 1.25  # inches
FAR = 250  # percent beyond which the axis is logarithmic away from nought
NEAR = 10  # percent up to which it stays linear then
FAR_TICKS = [sign * 10**power for power in (1, 3, 5, 7) for sign in (-1, 1)] + [0]
MOST = 12  # outcomes drawn, those that move most in percent; the table has all
NUMBERS = ("mean", "mc_low", "mc_high", "low", "high")


def data(evidence: Evidence, cells: Sequence[Cell]) -> pd.DataFrame:
    """Return a row for each outcome and scenario: the paired difference since the change, in its unit and in percent.

    Percentages are of the reference's mean and blank where that is nought. Columns as in `difference.spread_of`.
    """
    rows = []
    for cell in cells:
        found = evidence.over_period(cell)
        before = float(found[evidence.reference].mean())
        for name in evidence.scenarios[1:]:
            gap = (found[name] - found[evidence.reference]).to_numpy()
            told = spread_of(gap[None, :]).iloc[0].to_dict()
            shares = {f"percent_{n}": told[n] / before * PERCENT if before else float("nan") for n in NUMBERS}
            about = {"outcome": called(cell), "scenario": name, "unit": MEASURES[cell.measure].unit}
            rows.append(about | {"reference": before} | told | shares)
    table = pd.DataFrame(rows)
    first, last = evidence.since
    table.attrs = {"reference": evidence.reference, "replicates": evidence.replicates, "span": (first, last)}
    return table


@styled
def draw(table: pd.DataFrame) -> Figure:
    """Draw a row for each outcome that moves most and each scenario; the mean difference stands to the right."""
    of, known = table.attrs, table.dropna(subset=["percent_mean"])
    shown = _most(known).reset_index(drop=True)
    scenarios, outcomes = list(table["scenario"].unique()), list(shown["outcome"].unique())
    first, last = of["span"]
    title = f"Change from {readable(of['reference'])}, {first:%B %Y} to {last:%B %Y}"
    without = [name for name in table["outcome"].unique() if name not in set(known["outcome"])]
    less = known["outcome"].nunique() - len(outcomes)
    note = f"Nothing in the reference to take a percentage of: {'; '.join(without)}. " if without else ""
    note += f"{less} more outcomes, which move less in percent, stand in the numbers only." if less else ""
    figure = new_figure(AROUND + ROW * max(len(shown), 1) + 0.25 * bool(note), title, _how(table), note)
    axes = figure.add_subplot()
    for at, row in enumerate(rows_of(shown)):
        which = scenarios.index(row["scenario"])
        _row(axes, at, row, COLOURS[which % len(COLOURS)], MARKS[which % len(MARKS)])
        axes.annotate(f"{signed(row['mean'])} {row['unit']}", (1, at), (8, 0), xycoords=("axes fraction", "data"),
                      textcoords="offset points", va="center", size=LABEL, annotation_clip=False,
                      color=COLOURS[which % len(COLOURS)] if row["mean"] else SOFT)  # fmt: skip
    _finish(axes, shown, outcomes, len(scenarios))
    return figure


def text(table: pd.DataFrame) -> str:
    """Say what the figure shows: each outcome's change in percent."""
    parts = [
        f"{row['outcome']}, {readable(row['scenario'])}: {signed(row['percent_mean'])} % "
        f"(90 % of replicates {signed(row['percent_low'])} to {signed(row['percent_high'])} %)"
        for row in rows_of(table.dropna(subset=["percent_mean"]))
    ]
    return f"Forest plot. Change from {readable(table.attrs['reference'])}. {'; '.join(parts)}."


def _most(known: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the outcomes that move most in any scenario, in their order."""
    size = known["percent_mean"].abs().groupby(known["outcome"]).max().sort_values(ascending=False, kind="stable")
    return known[known["outcome"].isin(size.index[:MOST])]


def _row(axes: Axes, at: int, row: dict[str, Any], colour: str, mark: str) -> None:
    axes.plot([row["percent_low"], row["percent_high"]], [at, at], color=colour, alpha=0.3, linewidth=7,
              solid_capstyle="butt")  # fmt: skip
    axes.plot([row["percent_mc_low"], row["percent_mc_high"]], [at, at], color=colour, linewidth=1.1)
    axes.plot(row["percent_mean"], at, mark, color=colour, markersize=6, markerfacecolor="white", markeredgewidth=1.6)


def _finish(axes: Axes, shown: pd.DataFrame, outcomes: list[str], count: int) -> None:
    """Set ticks, one name for the rows of an outcome, bands behind every other outcome."""
    axes.axvline(0, color=INK, linewidth=0.9, zorder=1)
    axes.set_yticks([(k + 0.5) * count - 0.5 for k in range(len(outcomes))], outcomes, color=INK)
    axes.set_ylim(len(shown) - 0.4, -0.6)
    for k in range(0, len(outcomes), 2):
        axes.axhspan(k * count - 0.5, (k + 1) * count - 0.5, color=PALE, zorder=0, linewidth=0)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", color=RULE)
    far = shown[[f"percent_{name}" for name in NUMBERS]].abs().max().max() > FAR
    if far:
        axes.set_xscale("symlog", linthresh=NEAR, linscale=0.7)
        axes.xaxis.set_major_locator(FixedLocator(FAR_TICKS))
    else:
        plain_ticks(axes.xaxis)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: signed(value)))
    axes.set_xlabel(f"% of the reference{f' (logarithmic beyond {NEAR} %)' if far else ''}")


def _how(table: pd.DataFrame) -> str:
    replicates, scenarios = table.attrs["replicates"], list(table["scenario"].unique())
    same = "All over the same months, from the first scenario's change on. " if len(scenarios) > 1 else ""
    names = [f"{MARK_NAMES[k % len(MARKS)]} {readable(name)}" for k, name in enumerate(scenarios)]
    return (
        f"{'; '.join(names)}. {same}Mean of {counted(replicates, 'paired replicate')}. Thin line: 95 % "
        f"Monte Carlo interval of the mean. Broad bar: spread, 90 % of {written(replicates)} replicates."
    )


MARK_NAMES = ("Circle:", "square:", "diamond:", "triangle:", "turned triangle:", "plus:")
