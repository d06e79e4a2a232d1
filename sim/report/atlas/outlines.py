"""Outlines: land, coasts and borders of the region (Natural Earth; made by tools/make_outlines.py)."""

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Line = NDArray[np.float64]  # points by longitude and latitude [degrees]


@dataclass(frozen=True)
class Outlines:
    """The rings of each country, and the lines between land and sea and between countries."""

    land: dict[str, list[Line]]
    coasts: list[Line]
    borders: list[Line]


@cache
def outlines() -> Outlines:
    """Return the outlines of the region. A line that two countries share is a border, any other a coast."""
    content = json.loads((files("sim.report") / "data" / "outlines.json").read_text(encoding="utf-8"))
    steps = content["steps_a_degree"]
    arcs = [np.cumsum(np.reshape(arc, (-1, 2)), axis=0) / steps for arc in content["arcs"]]
    owners = Counter(max(at, ~at) for rings in content["countries"].values() for ring in rings for at in ring)
    return Outlines(
        land={name: [_ring(ring, arcs) for ring in rings] for name, rings in content["countries"].items()},
        coasts=[arc for k, arc in enumerate(arcs) if owners[k] == 1],
        borders=[arc for k, arc in enumerate(arcs) if owners[k] > 1],
    )


def _ring(ring: list[int], arcs: list[Line]) -> Line:
    """Return the points of a ring; ~k stands for line k run backwards."""
    return np.concatenate([arcs[at] if at >= 0 else arcs[~at][::-1] for at in ring])
