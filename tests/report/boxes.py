"""Boxes: where the words of a figure stand, and which of them are cut off or lie over others."""

from collections.abc import Iterator
from itertools import combinations

from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

SLACK = 1.0  # pixels that two boxes may share: boxes hold the room for accents too


def clashes(figure: Figure) -> list[str]:
    """Return the words that stand partly outside the figure, and the pairs that overlap."""
    figure.draw_without_rendering()
    found, edge = list(_boxes(figure)), figure.bbox.padded(SLACK)
    out = [
        f"{words!r} is cut off"
        for words, box in found
        if not (box.x0 >= edge.x0 and box.x1 <= edge.x1 and box.y0 >= edge.y0 and box.y1 <= edge.y1)
    ]
    both = [(one, two) for (one, a), (two, b) in combinations(found, 2) if _meet(a, b)]
    return out + [f"{one!r} lies over {two!r}" for one, two in both]


def _boxes(figure: Figure) -> Iterator[tuple[str, Bbox]]:
    """Give all words that are drawn, and their boxes; of ticks only those within the axis."""
    ticks = {id(label) for axis in figure.findobj(Axis) for label in _all_ticks(axis)}
    shown = {id(label) for axis in figure.findobj(Axis) for label in _shown(axis)}
    for text in figure.findobj(Text):
        if text.get_visible() and text.get_text().strip() and (id(text) not in ticks or id(text) in shown):
            yield text.get_text(), text.get_window_extent()


def _all_ticks(axis: Axis) -> list[Text]:
    return [label for tick in (*axis.majorTicks, *axis.minorTicks) for label in (tick.label1, tick.label2)]


def _shown(axis: Axis) -> list[Text]:
    low, high = sorted(axis.get_view_interval())
    ticks = [*axis.get_major_ticks(len(axis.get_majorticklocs())), *axis.get_minor_ticks(len(axis.get_minorticklocs()))]
    if not axis.axes.axison or not axis.get_visible():
        return []
    return [
        label
        for tick in ticks
        if low <= tick.get_loc() <= high
        for label in (tick.label1, tick.label2)
        if label.get_visible()
    ]


def _meet(a: Bbox, b: Bbox) -> bool:
    wide = min(a.x1, b.x1) - max(a.x0, b.x0)
    high = min(a.y1, b.y1) - max(a.y0, b.y0)
    return wide > SLACK and high > SLACK
