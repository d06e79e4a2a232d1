"""Style: one look for all figures. Colours by Okabe and Ito, which colour-blind readers tell apart."""

from collections.abc import Callable, Sequence
from functools import wraps
from textwrap import wrap
from typing import Any, ParamSpec

import matplotlib
import numpy as np
from matplotlib import dates
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.experiments.numbers import written

INK, SOFT, RULE, PALE = "#1f2d3a", "#5b6770", "#d9dee2", "#f4f6f8"
REFERENCE = "#5b6770"
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#a6468a", "#7a5c00", "#2b8cc4")
MARKS = ("o", "s", "D", "^", "v", "P")
MORE, FEWER = "#d55e00", "#0072b2"
WIDTH = 7.4  # inches
TITLE, SUBTITLE, LABEL = 12.5, 9.0, 8.5  # points
LINE = 1.35  # line height over size of type
EDGE = 0.1  # inches of white around
POINTS_AN_INCH = 72
SHARE_OF_AXES = 0.55  # of a figure's height that axes have at least
LETTER = 0.53  # width of a letter over its size, on average; bold ones 0.6
LIGHTEST = 0.38  # weight of a colour that small type may have on white
SIZES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))

ZERO_FORMATS = ["", "%Y", "%b", "%b", "%H:%M", "%H:%M"]  # what stands at the first of a unit: at January the year

SETTINGS: Any = {
    "font.family": "DejaVu Sans",
    "font.size": LABEL,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.labelsize": LABEL,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.8,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.unicode_minus": True,
    "grid.color": RULE,
    "grid.linewidth": 0.7,
    "text.color": INK,
    "text.hinting": "no_hinting",  # so that words are as wide at any number of dots an inch
    "text.parse_math": False,  # a scenario's name may hold a dollar sign
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelsize": LABEL,
    "ytick.labelsize": LABEL,
    "hatch.linewidth": 0.5,
    "svg.fonttype": "none",  # words stay words; `sim.report.fonts` brings the letters along
    "svg.hashsalt": "neamig",
}

Given = ParamSpec("Given")


def styled(draw: Callable[Given, Figure]) -> Callable[Given, Figure]:
    """Let a function draw in this style; nothing outside it is changed."""

    @wraps(draw)
    def within(*args: Given.args, **named: Given.kwargs) -> Figure:
        with matplotlib.rc_context(SETTINGS):
            figure = draw(*args, **named)
            if figure.axes:  # while the style holds: ticks get their type only now
                _layout(figure).execute(figure)
            figure.set_layout_engine("none")  # everything has its place now; finding it again would take as long
            return figure

    return within


def new_figure(height: float, title: str, subtitle: str = "", note: str = "", width: float = WIDTH) -> Figure:
    """Return a figure with a title, a line on how to read it, and a note below; axes fill what is left [inches]."""
    figure = Figure(figsize=(width, height), layout="constrained", facecolor="white")
    FigureCanvasAgg(figure)  # it keeps what measures words; a plain canvas makes that anew for each
    room = (width - 2 * EDGE) * POINTS_AN_INCH
    bold = wrap(title, int(room / (TITLE * 0.62)))
    plain, below = wrap(subtitle, int(room / (SUBTITLE * LETTER))), wrap(note, int(room / (LABEL * LETTER)))
    top = height - EDGE
    figure.text(
        EDGE / width, top / height, "\n".join(bold), size=TITLE, weight="bold", va="top", linespacing=LINE - 0.1
    )
    top -= len(bold) * TITLE * LINE / POINTS_AN_INCH
    if plain:
        figure.text(EDGE / width, top / height, "\n".join(plain), size=SUBTITLE, color=SOFT, va="top", linespacing=LINE)
        top -= len(plain) * SUBTITLE * (LINE + 0.1) / POINTS_AN_INCH
    bottom = EDGE
    if below:
        figure.text(
            EDGE / width, bottom / height, "\n".join(below), size=LABEL, color=SOFT, va="bottom", linespacing=LINE
        )
        bottom += len(below) * LABEL * (LINE + 0.1) / POINTS_AN_INCH
    side = EDGE / width
    _layout(figure).set(rect=(side, bottom / height, 1 - 2 * side, (top - bottom) / height - 0.01))
    return figure


def room_of(figure: Figure) -> tuple[float, float, float, float]:
    """Return left, bottom, width and height of what title and notes leave of a figure, over the figure."""
    left, bottom, width, height = _layout(figure).get()["rect"]
    return left, bottom, width, height


def scaled(unit: str, largest: float) -> tuple[float, str]:
    """Return by what to divide numbers of a unit so that they stay short, and the unit's name then."""
    for size, word in SIZES:
        if abs(largest) >= size * 2:
            return size, f"{word} {unit}"
    return 1.0, unit


def plain_ticks(axis: Any, count: int = 5) -> None:
    """Write numbers on an axis as everywhere else, on a few round places."""
    axis.set_major_locator(MaxNLocator(count, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda value, _: written(value)))


def date_ticks(axes: Axes, most: int = 8) -> None:
    """Set dates on the horizontal axis: years, or months where few years are shown."""
    places: Any = dates.AutoDateLocator(minticks=2, maxticks=most)  # type: ignore[no-untyped-call]
    places.intervald[dates.MONTHLY] = [1, 2, 3, 4, 6, 12]  # it warns where half a year is too short a step
    words: Any = dates.ConciseDateFormatter(places, show_offset=False, zero_formats=ZERO_FORMATS)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(places)
    axes.xaxis.set_major_formatter(words)


def dark(colour: str) -> tuple[float, float, float]:
    """Return a colour dark enough for small type on white."""
    red, green, blue = to_rgb(colour)
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    by = min(1.0, LIGHTEST / light) if light else 1.0
    return red * by, green * by, blue * by


def apart(places: Sequence[float], gap: float) -> np.ndarray:
    """Return places on a line that are at least a gap from each other, near those given and in their order.

    Neighbours that are too near are spread about their middle, again and again until none are.
    """
    order = np.argsort(places, kind="stable")
    clusters = [[float(places[at])] for at in order]
    while True:
        for at in range(len(clusters) - 1):
            left, right = clusters[at], clusters[at + 1]
            if _end(right, gap, -1) - _end(left, gap, 1) < gap - 1e-9:
                clusters[at : at + 2] = [left + right]
                break
        else:
            break
    found = np.empty(len(places))
    found[order] = [_middle(each) + gap * (k - (len(each) - 1) / 2) for each in clusters for k in range(len(each))]
    return found


def end_labels(
    axes: Axes, labels: Sequence[tuple[float, str, str]], size: float = LABEL + 0.5, bold: bool = True
) -> None:
    """Write labels (height, text, colour) to the right of the axes, moved apart where they would meet."""
    low, high = axes.get_ylim()
    of: Any = axes.get_figure(root=True)
    inches = of.get_size_inches()[1] * SHARE_OF_AXES
    lines = max((text.count("\n") + 1 for _, text, _ in labels), default=1)
    gap = (high - low) * size * LINE * lines / POINTS_AN_INCH / inches
    for place, (_, text, colour) in zip(apart([y for y, _, _ in labels], gap), labels, strict=True):
        axes.annotate(text, (1, place), (6, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
                      color=dark(colour), size=size, weight="bold" if bold else "normal", va="center",
                      annotation_clip=False)  # fmt: skip


def _layout(figure: Figure) -> Any:
    """Return the engine of a new figure, which keeps the room for its axes."""
    return figure.get_layout_engine()


def _middle(cluster: Sequence[float]) -> float:
    return sum(cluster) / len(cluster)


def _end(cluster: Sequence[float], gap: float, side: int) -> float:
    return _middle(cluster) + side * gap * (len(cluster) - 1) / 2
