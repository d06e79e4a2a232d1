"""Statuses: people abroad by legal status over time, in two scenarios side by side."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sim.experiments.headline import Cell
from sim.experiments.numbers import counted, month, written
from sim.report.evidence import Evidence, chosen
from sim.report.figures.fan import finish
from sim.report.figures.over_time import begins, by_year
from sim.report.figures.style import date_ticks, end_labels, new_figure, scaled, styled
from sim.report.figures.words import readable, where

COLOUR = {
    "worker": "#0072b2",
    "visitor": "#7fc4ea",
    "student": "#2a9d8f",
    "settled": "#4b8b3b",
    "citizen": "#a9c77f",
    "refugee": "#e3b505",
    "asylum_seeker": "#c98c00",
    "irregular": "#d55e00",
    "overstayer": "#f0986a",
    "detained": "#3a3f45",
}
SMALL = 0.01  # share of all, at its largest, below which a status joins the others
OTHERS = "others"


def data(evidence: Evidence, scenario: str) -> pd.DataFrame:
    """Return scenario, date, status and persons, a mean over replicates, of those whom the changed policies name.

    Years have their mean, or visitors who come in summer would hide all others. Statuses that never hold one
    in a hundred are added up as others.
    """
    rows = chosen(evidence.statuses, nationality=evidence.nationalities, host=evidence.hosts)
    wide: Any = evidence.wide(rows, ["date", "status"])
    pair = [evidence.reference, scenario]
    sides = pd.concat({name: wide[name].mean(axis=1) for name in pair}, names=["scenario"])
    means = sides.rename("persons").reset_index()
    means, how_often = by_year(means, ["scenario", "status"])
    table = _with_others(means.astype({"status": str, "scenario": str}))
    everything = pd.MultiIndex.from_product([pair, sorted(table["date"].unique()), _in_order(table)],
                                            names=["scenario", "date", "status"])  # fmt: skip
    table = table.set_index(list(everything.names))["persons"].reindex(everything, fill_value=0.0).reset_index()
    about = Cell("stock", evidence.nationalities, evidence.hosts)
    table.attrs = {
        "title": f"Legal status abroad{where(about)}",
        "unit": "persons",
        "average": how_often,
        "replicates": evidence.replicates,
        "begins": begins(evidence, table["date"]),
    }
    return table


@styled
def draw(table: pd.DataFrame) -> Figure:
    """Draw stacked areas, a panel for each scenario on one scale; labels stand by the areas of the last."""
    of, names = table.attrs, list(table["scenario"].unique())
    highest = table.groupby(["scenario", "date"])["persons"].sum().max()
    by, unit = scaled(of["unit"], highest)
    how = f"People abroad at the end of a month{of['average']}; mean over {counted(of['replicates'], 'replicate')}."
    figure = new_figure(3.9, of["title"], how)
    panels = figure.subplots(1, len(names), sharey=True)
    for axes, name in zip(panels, names, strict=True):
        wide = _wide(table, name) / by
        colours = [COLOUR.get(status, "#b8bfc5") for status in wide.columns]
        axes.stackplot(wide.index, wide.to_numpy().T, colors=colours, edgecolor="white", linewidth=0.3)
        axes.set_title(readable(name), pad=16)
        finish(axes, unit if name == names[0] else "", of["begins"])
        date_ticks(axes, 5)
    axes.set_ylim(0, highest / by * 1.03)
    tops = np.cumsum(wide.iloc[-1].to_numpy())
    middles = tops - wide.iloc[-1].to_numpy() / 2
    end_labels(panels[-1], [(y, readable(s), c) for y, s, c in zip(middles, wide.columns, colours, strict=True)],
               bold=False)  # fmt: skip
    return figure


def text(table: pd.DataFrame) -> str:
    """Say what the figure shows: the statuses in which most people are at the end."""
    last, of = table[table["date"] == table["date"].max()], table.attrs
    parts = []
    for name, rows in last.groupby("scenario", sort=False):
        top = rows.nlargest(3, "persons")
        told = ", ".join(f"{readable(row.status)} {written(row.persons)}" for row in top.itertuples())
        parts.append(f"{readable(str(name))}: {told} of {written(rows['persons'].sum())}")
    return f"Two stacked area charts. {of['title']}. At the end ({month(last['date'].max())}): {'; '.join(parts)}."


def _with_others(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with the statuses that are never large as one."""
    whole = table.groupby(["scenario", "date"])["persons"].transform("sum")
    largest = (table["persons"] / whole.where(whole > 0)).groupby(table["status"]).max()
    small = largest[~(largest >= SMALL)].index
    named = table["status"].where(~table["status"].isin(small), OTHERS) if len(small) > 1 else table["status"]
    return table.assign(status=named).groupby(["scenario", "date", "status"])["persons"].sum().reset_index()


def _in_order(table: pd.DataFrame) -> list[str]:
    found = set(table["status"])
    return [status for status in (*COLOUR, OTHERS) if status in found]


def _wide(table: pd.DataFrame, name: str) -> pd.DataFrame:
    rows = table.loc[table["scenario"] == name]
    return rows.pivot(index="date", columns="status", values="persons").reindex(columns=_in_order(table))
