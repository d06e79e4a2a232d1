"""Leakage: where the demand went that the changed limits refused, as two accounts that each add up to it."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.experiments.limits import FATES
from sim.experiments.numbers import as_part, counted, written
from sim.report.evidence import rows_of
from sim.report.figures.style import COLOURS, INK, LABEL, REFERENCE, SOFT, new_figure, plain_ticks, scaled, styled
from sim.report.figures.words import readable

HEADS = {"job": "What became of the job", "worker": "What became of the worker"}
ALL = "in all"
ROW, AROUND = 0.27, 1.35  # inches
PERCENT = 100
INSIDE = 0.45  # share of all from which a bar holds its own label


def data(summary: dict[str, Any]) -> pd.DataFrame:
    """Return account, fate, persons and where the bar begins; each account begins with all requests refused.

    Means over replicates, over the whole run. The two accounts tell of the same requests and must not be added.
    """
    found = summary["leakage"]
    rows = []
    for account, fates in FATES.items():
        rows.append({"account": account, "fate": ALL, "persons": found["blocked"], "from": 0.0})
        begin = 0.0
        for fate in fates:
            rows.append({"account": account, "fate": fate, "persons": found[account][fate], "from": begin})
            begin += found[account][fate]
    table = pd.DataFrame(rows)
    table["share"] = table["persons"] / found["blocked"] if found["blocked"] else 0.0
    table.attrs = {
        "policies": [readable(name) for name in found["policies"]],
        "blocked": found["blocked"],
        "replicates": summary["replicates"],
    }
    return table


@styled
def draw(table: pd.DataFrame) -> Figure:
    """Draw both accounts side by side as stairs: each bar begins where the one above it ends."""
    of = table.attrs
    title = f"Requests refused by {' and '.join(of['policies']) or 'no limit'}: {written(of['blocked'])} persons"
    how = (
        "Two accounts of the same requests; each adds up to all of them. "
        f"Mean over {counted(of['replicates'], 'replicate')}."
    )
    groups = [rows.reset_index(drop=True) for _, rows in table.groupby("account", sort=False)]
    figure = new_figure(AROUND + ROW * max(map(len, groups)), title, how)
    by, unit = scaled("persons", of["blocked"])
    for axes, rows, colour in zip(figure.subplots(1, len(groups)), groups, COLOURS, strict=False):
        _stairs(axes, rows, by, colour)
        axes.set_title(HEADS[rows["account"].iloc[0]], color=colour)
        axes.set_xlabel(unit)
    return figure


def text(table: pd.DataFrame) -> str:
    """Say what the figure shows: each account with its shares."""
    parts = []
    for account, rows in table[table["fate"] != ALL].groupby("account", sort=False):
        shares = [f"{readable(row['fate'])} {row['share'] * PERCENT:.0f} %" for row in rows_of(rows)]
        parts.append(f"{HEADS[str(account)]}: {', '.join(shares)}.")
    return f"Two bar charts. {written(table.attrs['blocked'])} requests were refused. {' '.join(parts)}"


def _stairs(axes: Axes, rows: pd.DataFrame, by: float, colour: str) -> None:
    colours = [REFERENCE if fate == ALL else colour for fate in rows["fate"]]
    axes.barh(rows.index, rows["persons"] / by, left=rows["from"] / by, color=colours, height=0.62)
    for at, row in enumerate(rows_of(rows)):
        _label(axes, at, row, by, rows["persons"].iloc[0])
        end = (row["from"] + row["persons"]) / by
        if at + 1 < len(rows) and row["fate"] != ALL:
            axes.plot([end, end], [at + 0.31, at + 0.69], color=SOFT, linewidth=0.7)
    axes.set_yticks(rows.index, [readable(fate) for fate in rows["fate"]], color=INK)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, max(rows["persons"].max() / by, 1 / by) * 1.02)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)
    plain_ticks(axes.xaxis, 3)


def _label(axes: Axes, at: int, row: dict[str, Any], by: float, whole: float) -> None:
    """Write number and share into the bar of all, else beside the bar, on the side that has room."""
    end, share = row["from"] + row["persons"], f" · {row['share'] * PERCENT:.0f} %"
    if row["fate"] == ALL:
        place, side, colour, share = end, -1, "white", " "
    elif row["persons"] > whole * INSIDE:
        place, side, colour = end, -1, "white"
    elif row["from"] > whole / 2:
        place, side, colour = row["from"], -1, INK
    else:
        place, side, colour = end, 1, INK
    axes.annotate(f"{as_part(row['persons'], whole)}{share}", (place / by, at), (4 * side, 0),
                  textcoords="offset points", va="center", ha="left" if side > 0 else "right", size=LABEL,
                  color=colour, annotation_clip=False)  # fmt: skip
