"""Fit: the model's count over the documented number, one dot a number, by pattern."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from sim.experiments.numbers import written
from sim.report.figures.style import COLOURS, INK, LABEL, RULE, SOFT, new_figure, styled
from sim.report.figures.words import readable

BAND = 1.5  # a number is met within this factor
ROLES = {"fitted": COLOURS[0], "held out": COLOURS[1], "scored": COLOURS[2]}
REACH = 20  # factor beyond which dots stand at the edge
ROW, AROUND = 0.27, 1.4  # inches
SPREAD = 0.22  # rows within which dots of one pattern are set off from each other
TICKS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20)


def data(patterns: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return pattern, id, role, documented, modelled and factor of each number that can be compared.

    is_met says whether the model lies within the documented range, which is mostly one number, widened by the factor.

    patterns : rows as of `calibration.fit.Pattern`: at least pattern, id, role, documented, modelled; where a range is
        documented, documented_low and documented_high too.
    """
    names = ["pattern", "id", "role", "documented", "modelled"]
    rows = [{name: each[name] for name in names} | _range(each) for each in patterns if _is_compared(each)]
    table = pd.DataFrame(rows, columns=[*names, "low", "high"])
    table = table.assign(factor=table["modelled"].astype(float) / table["documented"].astype(float))
    table["is_met"] = table["modelled"].between(table["low"] / BAND, table["high"] * BAND)
    return table.sort_values(["pattern", "factor"], kind="stable").reset_index(drop=True)


@styled
def draw(table: pd.DataFrame) -> Figure:
    """Draw a row for each pattern, a dot for each number, the band of a factor of 1.5 shaded, the axis logarithmic."""
    names, met = list(dict.fromkeys(table["pattern"])), table["is_met"]
    title = f"{met.sum()} of {len(table)} documented numbers are met within a factor of {BAND}"
    figure = new_figure(AROUND + ROW * len(names), title, _how(table, met))
    axes = figure.add_subplot()
    axes.set_xscale("log")
    axes.axvspan(1 / BAND, BAND, color=RULE, alpha=0.6, linewidth=0)
    axes.axvline(1, color=INK, linewidth=0.9)
    for role, colour in ROLES.items():
        rows = table[table["role"] == role]
        heights = [names.index(row.pattern) + _aside(table, row) for row in rows.itertuples()]
        shown = np.clip(rows["factor"], 1 / REACH, REACH)
        axes.scatter(shown, heights, s=20, color=colour, alpha=0.75, linewidth=0, zorder=3)
    axes.set_yticks(range(len(names)), [readable(name) for name in names], color=INK)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xlim(0.9 / REACH, 1.1 * REACH)
    axes.xaxis.set_major_locator(FixedLocator([tick for tick in TICKS if 1 / REACH <= tick <= REACH]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: written(value)))
    axes.set_xlabel("modelled over documented (logarithmic)")
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=RULE)
    _counts(axes, table, names, met)
    return figure


def text(table: pd.DataFrame) -> str:
    """Say what the figure shows: how many numbers of each role are met."""
    met = table["is_met"]
    parts = [f"{readable(role)} {met[of].sum()} of {of.sum()}" for role in ROLES if (of := table["role"] == role).any()]
    return f"Dot plot of modelled over documented numbers. Within a factor of {BAND}: {'; '.join(parts)}."


def _is_compared(row: Mapping[str, Any]) -> bool:
    """Return whether a number is one of those that are judged, and both sides are known and not nought."""
    return row["role"] in ROLES and bool(row["documented"]) and bool(row["modelled"])


def _range(row: Mapping[str, Any]) -> dict[str, float]:
    return {"low": row.get("documented_low", row["documented"]), "high": row.get("documented_high", row["documented"])}


def _aside(table: pd.DataFrame, row: Any) -> float:
    """Return by how much a dot stands off the middle of its row: those of a pattern take turns."""
    place = (table["pattern"][: row.Index] == row.pattern).sum() % 3
    return (place - 1) * SPREAD


def _counts(axes: Any, table: pd.DataFrame, names: list[str], met: "pd.Series[bool]") -> None:
    for at, name in enumerate(names):
        of = table["pattern"] == name
        axes.annotate(f"{met[of].sum()} of {of.sum()}", (1, at), (8, 0), xycoords=("axes fraction", "data"),
                      textcoords="offset points", va="center", size=LABEL, color=SOFT,
                      annotation_clip=False)  # fmt: skip


def _how(table: pd.DataFrame, met: "pd.Series[bool]") -> str:
    words = {"fitted": "blue: seen while tuning", "held out": "orange: held out", "scored": "green: only scored"}
    told = [f"{words[role]} ({met[of].sum()} of {of.sum()})" for role in ROLES if (of := table["role"] == role).any()]
    beyond = ((table["factor"] > REACH) | (table["factor"] < 1 / REACH)).sum()
    edge = f" {beyond} beyond a factor of {REACH} stand at the edge." if beyond else ""
    return f"A dot is a number; {', '.join(told)}. Right: how many are met.{edge}"
