"""Map: who enters which state by which port in a year, in the reference, and the change that a scenario makes."""

from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.experiments.numbers import counted, signed, written
from sim.report.atlas.view import NAMED, Window, draw_bar, draw_ground, draw_names, frame, point
from sim.report.evidence import Evidence
from sim.report.figures import flows
from sim.report.figures.layer import Layer, Shown
from sim.report.figures.style import EDGE, INK, LABEL, WIDTH, new_figure, room_of, styled
from sim.report.figures.words import countries, country, readable
from sim.world import load_world

REGION = Window(87.5, 32.5, 148.5, 56.5, 500)
INSETS = (
    ("A  The Selenge", Window(104.2, 49.45, 108.8, 51.35, 50)),
    ("B  The Tumen", Window(128.6, 41.75, 132.7, 43.75, 50)),
)  # name, what it shows
INSET_WIDTH, GAP = 0.49, 0.02  # over the width of the map; between map and insets
REACH, INSET_REACH = 0.04, 0.13  # half an arrow over land, over the width
KEY_BOX = (0.37, 0.84, 0.3, 0.145)  # left, bottom, width, height over the map
GUESS = 9.0  # inches: a height to try the words on
TOP = 5  # flows named in the text
NOTE = (
    "Arrows over land lie at their port; those by air begin in the country of nationality, and who flies home is left "
    "out. Boundaries: Natural Earth 1:10m, as they are in fact; names and boundaries imply no opinion on legal status."
)


def data(evidence: Evidence, scenario: str, year: int | None = None) -> pd.DataFrame:
    """Return the flows of a year (`flows.of_year`), the largest first; the last whole year if none is given."""
    table = flows.of_year(evidence, scenario, year)
    order = np.argsort(-table[["reference", "scenario"]].max(axis=1).to_numpy(), kind="stable")
    table = table.iloc[order].reset_index(drop=True)
    table.attrs = {
        "reference": evidence.reference,
        "scenario": scenario,
        "replicates": evidence.replicates,
        "who": f" by nationals of {countries(evidence.nationalities)}" if evidence.nationalities else "",
        "year": year or flows.last_whole_year(evidence),
    }
    return table


@styled
def draw(table: pd.DataFrame) -> Figure:
    """Draw the flows of the reference."""
    of = table.attrs
    how = f"Persons a year, mean of {counted(of['replicates'], 'replicate')}. Arrows point to the state entered."
    return _draw(Layer(table, "reference"), f"{_title(table, 'reference')}, {readable(of['reference'])}", how)


@styled
def draw_change(table: pd.DataFrame) -> Figure:
    """Draw the difference between the scenario and the reference: orange where more enter, blue where fewer do."""
    of = table.attrs
    names = f"{readable(of['scenario'])} against {readable(of['reference'])}"
    count = counted(of["replicates"], "paired replicate")
    how = f"Persons a year, mean of {count}. Orange: more enter, blue: fewer; pale: replicates disagree."
    return _draw(Layer(table, "change"), f"{_title(table, 'change')}, {names}", how)


def text(table: pd.DataFrame) -> str:
    """Say what the map of the reference shows: its largest flows."""
    return _text(table, "reference", readable(table.attrs["reference"]))


def text_of_change(table: pd.DataFrame) -> str:
    """Say what the map of changes shows: the largest of them."""
    of = table.attrs
    return _text(table, "change", f"{readable(of['scenario'])} minus {readable(of['reference'])}")


def _title(table: pd.DataFrame, shown: Shown) -> str:
    head = "Entries" if shown == "reference" else "Change in entries"
    return f"{head}{table.attrs['who']} in {table.attrs['year']}"


def _text(table: pd.DataFrame, shown: Shown, names: str) -> str:
    say = written if shown == "reference" else signed
    order = table[shown].abs().sort_values(ascending=False, kind="stable").index[:TOP]
    top = [
        f"into {country(row['host'])} by {row['name']} {say(row[shown])}" for row in table.loc[order].to_dict("records")
    ]
    return f"Map with arrows. {_title(table, shown)}, {names}, persons. The largest: {'; '.join(top)}."


def _draw(layer: Layer, title: str, how: str) -> Figure:
    wide = WIDTH - 2 * EDGE
    high = wide * (REGION.shape + GAP + INSET_WIDTH * max(window.shape for _, window in INSETS))
    words = (title, how, f"{NOTE} {_off_the_map(layer)}")
    taken_up = GUESS * (1 - room_of(new_figure(GUESS, *words))[3])  # by the words, however many lines they need
    figure = new_figure(high + taken_up + GAP * wide, *words)
    left, bottom, width, height = room_of(figure)
    figure.set_layout_engine("none")
    inches = figure.get_size_inches()[1]
    top = bottom + height - wide * REGION.shape / inches
    axes = figure.add_axes((left, top, width, wide * REGION.shape / inches))
    draw_ground(axes, REGION)
    draw_names(axes, REGION)
    layer.draw(axes, REGION, REACH)
    draw_bar(axes, REGION)
    key = axes.inset_axes(KEY_BOX)
    layer.key(key)
    for at, (name, window) in enumerate(INSETS):
        across, down = width * INSET_WIDTH, wide * INSET_WIDTH * window.shape / inches
        box = (left + at * (width - across), top - wide * GAP / inches - down, across, down)
        _inset(axes, figure.add_axes(box), layer, name, window)
    taken = [each.get_window_extent() for each in (key, *axes.texts)]
    layer.label(axes, taken, [window for _, window in INSETS])
    return figure


def _inset(axes: Axes, inset: Axes, layer: Layer, name: str, window: Window) -> None:
    """Draw a part of the map larger, with all its flows, and its frame on the map."""
    draw_ground(inset, window)
    frame(inset, INK, 1)
    draw_names(inset, window)
    inset.text(0.02, 0.97, name, transform=inset.transAxes, size=LABEL, weight="bold", va="top", zorder=9)
    every = replace(layer, least=0.0)
    every.draw(inset, window, INSET_REACH, 1 / INSET_WIDTH)
    draw_bar(inset, window)
    every.label(inset, [each.get_window_extent() for each in inset.texts])
    x0, x1, y0, y1 = window.limits()
    axes.add_patch(Rectangle((x0, y0), x1 - x0, y1 - y0, fill=False, edgecolor=INK, linewidth=0.9, zorder=5))
    axes.annotate(name[0], (x0, y1), (-2, 0), textcoords="offset points", size=LABEL - 1, weight="bold", va="top",
                  ha="right", zorder=6)  # fmt: skip


def _off_the_map(layer: Layer) -> str:
    """Say what the map does not show: ports outside it, and those who come from states that are not on it."""
    at = {port.id: point((port.lon, port.lat)) for port in load_world().ports}
    rows = layer.table[[not REGION.holds(at[place]) for place in layer.table["place"]]]
    outside = rows.groupby("name", sort=False)[layer.shown].sum()
    parts = [f"{name} {layer.told(value)}" for name, value in outside.items() if value]
    inside = layer.table.drop(rows.index)
    others = inside.loc[~inside["from"].isin(NAMED), layer.shown].sum()
    parts += [f"from countries off the map {layer.told(others)}"] if others else []
    return f"Not on the map: {', '.join(parts)}." if parts else ""
