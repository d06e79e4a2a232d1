"""Layer: flows as arrows over a window of the map, with their ports and names, and the key to their widths."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.transforms import Bbox

from sim.experiments.numbers import signed, written
from sim.report.atlas.arrows import arrow
from sim.report.atlas.labels import place_labels
from sim.report.atlas.view import NAMED, Window, frame, point
from sim.report.evidence import rows_of
from sim.report.figures import flows
from sim.report.figures.style import FEWER, INK, MORE
from sim.world import load_world

Shown = Literal["reference", "change"]
FLOW, PALE_MORE, PALE_FEWER = "#5b3a8c", "#f2c09a", "#a5cbe4"
AGREED = 0.9  # share of the replicates that change the same way, from which an arrow is strong
LEAST_HEAD = 0.0065  # width of an arrow's head, over the width of the map
WIDEST, THINNEST = 0.015, 0.002  # of an arrow, over the width of the map
LEAST = 0.004  # of the largest flow: smaller ones are not drawn on the whole map
BEND = {flows.LAND: 0.13, flows.AIR: 0.12}
MARK = {flows.LAND: "s", flows.AIR: "^"}
TYPE = 6.5  # points
KEY = (1.0, 0.3, 0.1)  # of the largest flow: the arrows of the key


@dataclass(frozen=True)
class Layer:
    """The flows of a table (`flows.of_year`) that are drawn: their numbers, or their changes.

    least : of the largest flow; smaller ones are not drawn.
    """

    table: pd.DataFrame
    shown: Shown
    least: float = LEAST

    @property
    def largest(self) -> float:
        """The largest of all flows or changes [persons a year]."""
        return float(self.table[self.shown].abs().max()) if len(self.table) else 0.0

    def drawn(self) -> pd.DataFrame:
        """Return the flows that are drawn: those from the states of the region that are not too small to be seen."""
        size = self.table[self.shown].abs()
        return self.table[self.table["from"].isin(NAMED) & (size > 0) & (size >= self.largest * self.least)]

    def draw(self, axes: Axes, window: Window, reach: float, wider: float = 1.0) -> None:
        """Draw arrows and ports.

        reach : half the length of an arrow over land, over the window's width.
        wider : how much wider arrows are than on the whole map, both as a part of the window's width.
        """
        x0, x1, _, _ = window.limits()
        world = load_world()
        for row in rows_of(self.drawn()):
            start, at, end = (point(each) for each in flows.ends(row, world))
            if window.is_inset and not window.holds(at):
                continue
            if row["kind"] == flows.LAND:
                start, end = (at + (each - at) / np.hypot(*(each - at)) * reach * (x1 - x0) for each in (start, end))
            size = wider * (x1 - x0)
            outline = arrow(start, end, self.width(row[self.shown]) * size, BEND[row["kind"]], LEAST_HEAD * size)
            axes.add_patch(PathPatch(outline, color=self.colour(row), linewidth=0.2, zorder=3))
            axes.plot(*at, MARK[row["kind"]], color=INK, markersize=3.4, zorder=4)

    def label(self, axes: Axes, taken: Sequence[Bbox], without: Sequence[Window] = ()) -> None:
        """Name the ports in the axes, the busiest first, with what passes them; those in other windows are left out."""
        drawn, ports = self.drawn(), {port.id: port for port in load_world().ports}
        size, total = drawn[self.shown].abs().groupby(drawn["place"]).sum(), drawn.groupby("place")[self.shown].sum()
        labels = []
        for place in size.sort_values(ascending=False, kind="stable").index:
            at = point((ports[place].lon, ports[place].lat))
            if not any(window.holds(at) for window in without):
                labels.append((f"{ports[place].name}\n{self.told(total[place])}", at))
        place_labels(axes, labels, taken, TYPE)

    def key(self, axes: Axes) -> None:
        """Explain marks and widths, on white axes from 0 to 1."""
        axes.set(xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[], zorder=8)
        axes.grid(visible=False)
        frame(axes)
        for kind, name, height in ((flows.LAND, "border crossing", 0.78), (flows.AIR, "airport", 0.5)):
            axes.plot(0.06, height, MARK[kind], color=INK, markersize=4)
            axes.text(0.11, height, name, size=TYPE, va="center")
        axes.text(0.06, 0.22, "persons a year:", size=TYPE, va="center")
        for value, height in zip((self.largest * part for part in KEY), (0.78, 0.5, 0.22), strict=True):
            self._key_arrow(axes, _round(value), height)

    def width(self, value: float) -> float:
        """Return how wide an arrow is, over the width of the map."""
        return max(abs(value) / self.largest * WIDEST, THINNEST)

    def colour(self, row: dict[str, Any]) -> str:
        """Return the colour of an arrow: pale if replicates do not agree whether more enter or fewer."""
        if self.shown == "reference":
            return FLOW
        strong, pale = (MORE, PALE_MORE) if row["change"] > 0 else (FEWER, PALE_FEWER)
        return strong if row["agree"] >= AGREED else pale

    def told(self, value: float) -> str:
        """Return a number as it stands on the map."""
        return written(value) if self.shown == "reference" else signed(value)

    def _key_arrow(self, axes: Axes, value: float, height: float) -> None:
        box = axes.get_window_extent()
        whole = axes.figure.axes[0].get_window_extent().width
        outline = arrow(
            np.zeros(2), np.array([box.width * 0.22, 0.0]), self.width(value) * whole, 0.0, LEAST_HEAD * whole
        )
        points = np.asarray(outline.vertices) / [box.width, box.height] + [0.5, height]
        colour = FLOW if self.shown == "reference" else INK
        axes.add_patch(PathPatch(type(outline)(points, closed=True), facecolor=colour, linewidth=0))
        axes.text(0.76, height, written(value), size=TYPE, va="center")


def _round(value: float) -> float:
    """Return a number with one digit that is not nought."""
    return float(f"{value:.0e}")
