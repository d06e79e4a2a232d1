"""View: a window of the map in axes: land, sea, coasts, borders, names, and a bar of distance."""

import csv
from dataclasses import dataclass
from importlib.resources import files

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection

from sim.report.atlas.albers import Albers
from sim.report.atlas.clip import clipped_line, clipped_ring
from sim.report.atlas.outlines import Line, outlines

SEA, GROUND, FAR_GROUND, COAST, BORDER, NAME, SEA_NAME = (
    "#e4edf3", "#fbfaf5", "#f1efe7", "#8fa6b3", "#9c917a", "#6f7479", "#4d7f9e",
)  # fmt: skip
NAMED = ("MNG", "RUS", "CHN", "PRK", "KOR", "JPN")  # the states whose flows are drawn
SIZES = {"state": 9.5, "small": 6.5, "sea": 6.5, "inset": 6.0, "bar": 6.5}  # points
BEYOND = 20.0  # km around a window that are drawn too
INSET_DEGREES = 10  # a window narrower than this is an inset
PROJECT = Albers()


@dataclass(frozen=True)
class Window:
    """What a map shows: west, south, east, north of its middle lines [degrees], and the bar of distance [km]."""

    west: float
    south: float
    east: float
    north: float
    bar_km: int

    def limits(self) -> tuple[float, float, float, float]:
        """Return x and y from and to [km]: the window's sides at its middle latitude and longitude."""
        lon, lat = (self.west + self.east) / 2, (self.south + self.north) / 2
        (x0, _), (x1, _) = PROJECT([self.west, self.east], [lat, lat])
        (_, y0), (_, y1) = PROJECT([lon, lon], [self.south, self.north])
        return float(x0), float(x1), float(y0), float(y1)

    def holds(self, at: Line) -> bool:
        """Return whether a point lies in the window [km]."""
        x0, x1, y0, y1 = self.limits()
        return x0 <= at[0] <= x1 and y0 <= at[1] <= y1

    @property
    def is_inset(self) -> bool:
        """Whether it shows a part of the map larger."""
        return self.east - self.west < INSET_DEGREES

    @property
    def shape(self) -> float:
        """Height over width."""
        x0, x1, y0, y1 = self.limits()
        return (y1 - y0) / (x1 - x0)


def draw_ground(axes: Axes, window: Window, line: float = 0.6) -> None:
    """Draw land and lines, and set the limits of the axes to the window [km]."""
    of, (x0, x1, y0, y1) = outlines(), window.limits()
    axes.set_facecolor(SEA)
    box = (x0 - BEYOND, x1 + BEYOND, y0 - BEYOND, y1 + BEYOND)
    for name, rings in of.land.items():
        seen = [ring for each in rings if len(ring := clipped_ring(_on_map(each), box))]
        axes.add_collection(PolyCollection(seen, facecolors=GROUND if name in NAMED else FAR_GROUND, zorder=0))
    coasts, borders = (
        [part for each in lines for part in clipped_line(_on_map(each), box)] for lines in (of.coasts, of.borders)
    )
    axes.add_collection(LineCollection(coasts, colors=COAST, linewidths=line, zorder=1))
    dashed = LineCollection(borders, colors=BORDER, linewidths=line, linestyles=[(0, (4, 2))], zorder=1)
    axes.add_collection(dashed)
    axes.set(xlim=(x0, x1), ylim=(y0, y1), xticks=[], yticks=[], aspect="equal")
    axes.grid(visible=False)
    frame(axes)


def frame(axes: Axes, colour: str = COAST, width: float = 0.8) -> None:
    """Draw a line around axes."""
    for side in axes.spines.values():
        side.set(visible=True, color=colour, linewidth=width)


def draw_names(axes: Axes, window: Window) -> None:
    """Write the names of states and seas that stand in a window; those of an inset stand in no other."""
    lines = (files("sim.report") / "data" / "names.csv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(lines):
        at = point((float(row["lon"]), float(row["lat"])))
        if not window.holds(at) or (row["kind"] == "inset") != window.is_inset:
            continue
        name, is_sea = row["name"].replace("\\n", "\n"), row["kind"] == "sea"
        axes.text(at[0], at[1], name, size=SIZES[row["kind"]], color=SEA_NAME if is_sea else NAME, ha="center",
                  va="center", style="italic" if is_sea else "normal", zorder=1.5)  # fmt: skip


def draw_bar(axes: Axes, window: Window) -> None:
    """Draw a bar of distance in the lower right corner."""
    x0, x1, y0, y1 = window.limits()
    right, low = x1 - (x1 - x0) * 0.03, y0 + (y1 - y0) * 0.05
    axes.plot([right - window.bar_km, right], [low, low], color="#1f2d3a", linewidth=2, zorder=6, solid_capstyle="butt")
    middle = (right - window.bar_km / 2, low)
    axes.annotate(f"{window.bar_km} km", middle, (0, 3), textcoords="offset points", ha="center", va="bottom",
                  size=SIZES["bar"], zorder=6)  # fmt: skip


def point(place: Line | tuple[float, float]) -> Line:
    """Return x and y of a place by longitude and latitude [km]."""
    return PROJECT(place[0], place[1])


def _on_map(line: Line) -> Line:
    return PROJECT(line[:, 0], line[:, 1])
