"""Labels: names beside points, placed so that none lies over another or over what is to be kept free."""

from collections.abc import Iterable

from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox

from sim.report.atlas.outlines import Line

GAP = 4.5  # points between a point and its label
SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
ACROSS = {1: "left", 0: "center", -1: "right"}
ALONG = {1: "bottom", 0: "center", -1: "top"}
HALO = withStroke(linewidth=2, foreground="white", alpha=0.9)


def place_labels(
    axes: Axes, labels: Iterable[tuple[str, Line]], taken: Iterable[Bbox], size: float = 7.0
) -> list[Bbox]:
    """Write labels (words, x and y) in their order, each on the first side with room; one without room is left out.

    taken : boxes to keep free [pixels]. Returns these and those of the labels.
    """
    kept = list(taken)
    for words, at in labels:
        for across, along in SIDES:
            aside = (GAP * across, GAP * along)
            text = axes.annotate(words, (at[0], at[1]), aside, textcoords="offset points", size=size, zorder=7,
                                 linespacing=1.1, ha=ACROSS[across], va=ALONG[along], path_effects=[HALO])  # fmt: skip
            box = text.get_window_extent()
            if _is_inside(box, axes.bbox) and not any(_meet(box, each) for each in kept):
                kept.append(box)
                break
            text.remove()
    return kept


def _is_inside(box: Bbox, room: Bbox) -> bool:
    return bool(box.x0 >= room.x0 and box.x1 <= room.x1 and box.y0 >= room.y0 and box.y1 <= room.y1)


def _meet(a: Bbox, b: Bbox) -> bool:
    return bool(min(a.x1, b.x1) > max(a.x0, b.x0) and min(a.y1, b.y1) > max(a.y0, b.y0))
