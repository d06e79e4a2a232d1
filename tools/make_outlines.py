"""Makes sim/report/data/outlines.json from countries-10m.json of the npm package world-atlas 2.0.2 (Natural Earth).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/make_outlines.py package/countries-10m.json

Natural Earth is in the public domain; version 4.1.0, scale 1:10m, de facto boundaries. Countries that meet the region
are kept. Lines between countries, which they share, are simplified once (Douglas and Peucker), so that no gaps open:
finely within the two insets, less so in the region, coarsely elsewhere.
"""

import json
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

OUT = Path(__file__).parent.parent / "sim" / "report" / "data" / "outlines.json"
REGION = (72.0, 24.0, 164.0, 63.0)  # west, south, east, north [degrees]: what the map shows, and a little more
INSETS = ((103.0, 47.0, 109.5, 51.6), (128.4, 41.4, 133.2, 44.2))  # the Selenge, the Tumen
TOLERANCES = (0.003, 0.015, 1.0)  # degrees: within an inset, within the region, elsewhere
SMALLEST = 0.006  # square degrees of an island that is kept
NAMES = {"408": "PRK", "410": "KOR", "156": "CHN", "496": "MNG", "643": "RUS", "392": "JPN"}
DIGITS = 1000  # steps a degree

Points = NDArray[np.float64]


def main(source: Path) -> None:
    """Write the outlines."""
    world = json.loads(source.read_text(encoding="utf-8"))
    scale, move = (np.array(world["transform"][name]) for name in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + move for arc in world["arcs"]]
    countries = {
        NAMES.get(shape.get("id", ""), shape["properties"]["name"]): rings
        for shape in world["objects"]["countries"]["geometries"]
        if (rings := [ring for ring in rings_of(shape) if is_kept(ring, arcs)])
    }
    used = sorted({index_of(at) for rings in countries.values() for ring in rings for at in ring})
    place = {at: k for k, at in enumerate(used)}
    content = {
        "source": "Natural Earth 4.1.0, 1:10m, public domain, by way of world-atlas 2.0.2 (tools/make_outlines.py)",
        "steps_a_degree": DIGITS,
        "countries": {
            name: [[place[at] if at >= 0 else ~place[~at] for at in ring] for ring in rings]
            for name, rings in sorted(countries.items())
        },
        "arcs": [coded(simplified(arcs[at])) for at in used],
    }
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(content, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{OUT}: {OUT.stat().st_size / 1024:.0f} KiB, {len(used)} lines, {len(countries)} countries")


def rings_of(shape: dict) -> list[list[int]]:
    """Return the rings of a country: lists of arcs, ~k for arc k run backwards."""
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape.get("arcs", [])
    return [ring for polygon in polygons for ring in polygon]


def index_of(at: int) -> int:
    """Return the arc that a ring names, whichever way it is run."""
    return at if at >= 0 else ~at


def is_kept(ring: list[int], arcs: list[Points]) -> bool:
    """Return whether a ring meets the region and is no tiny island."""
    points = np.concatenate([arcs[index_of(at)] if at >= 0 else arcs[~at][::-1] for at in ring])
    if not within(points, REGION).any():
        return False
    x, y = points.T
    area = abs(x[:-1] @ y[1:] - x[1:] @ y[:-1]) / 2
    return bool(area > SMALLEST)


def within(points: Points, box: tuple[float, float, float, float]) -> NDArray[np.bool_]:
    """Return which points lie in a box."""
    west, south, east, north = box
    return (points[:, 0] >= west) & (points[:, 0] <= east) & (points[:, 1] >= south) & (points[:, 1] <= north)


def simplified(arc: Points) -> Points:
    """Return a line with fewer points: pieces by how finely they have to be drawn, each simplified, ends kept."""
    zone = np.full(len(arc), 2)
    zone[within(arc, REGION)] = 1
    for box in INSETS:
        zone[within(arc, box)] = 0
    cuts = [0, *(np.flatnonzero(np.diff(zone)) + 1), len(arc) - 1]
    keep = np.zeros(len(arc), np.bool_)
    for start, stop in pairwise(cuts):
        thin(arc, start, stop, TOLERANCES[min(zone[start], zone[max(start, stop - 1)])], keep)
    keep[[0, -1]] = True
    return arc[keep]


def thin(arc: Points, first: int, last: int, tolerance: float, keep: NDArray[np.bool_]) -> None:
    """Mark the points of a piece that are kept: its ends, and what lies further than the tolerance from the chord."""
    stack = [(first, last)]
    while stack:
        a, b = stack.pop()
        keep[[a, b]] = True
        if b - a > 1:
            far = distance(arc[a + 1 : b], arc[a], arc[b])
            if far.max() > tolerance:
                middle = a + 1 + int(far.argmax())
                stack += [(a, middle), (middle, b)]


def distance(points: Points, start: Points, end: Points) -> NDArray[np.float64]:
    """Return how far points lie from the line through two others, or from the one point that both are [degrees]."""
    along, away = end - start, points - start
    length = float(np.hypot(*along))
    return np.abs(along[0] * away[:, 1] - along[1] * away[:, 0]) / length if length else np.hypot(*away.T)


def coded(arc: Points) -> list[int]:
    """Return a line as whole steps: the first point, then how far to the next, x and y in turn."""
    steps = np.round(arc * DIGITS).astype(int)
    steps = steps[np.concatenate([[True], np.any(np.diff(steps, axis=0), axis=1)])]
    return np.diff(steps, axis=0, prepend=[[0, 0]]).ravel().tolist()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
