"""Network: the engine's border network and the heads abroad, as a peer is given them.

`python -m benchmarks.network SCALE`
"""

import json
import sys
from typing import Any

import numpy as np

from benchmarks.engine import BASELINE
from sim.core.words import Status
from sim.experiments.settings import parse_scale
from sim.model import MigrationModel
from sim.scenario import load_scenario


def network(scale: str) -> dict[str, Any]:
    """Nodes, links [a, b, days], and how many heads are away from home at each place when the baseline begins."""
    state = MigrationModel(load_scenario(BASELINE), scale=parse_scale(scale)).state
    world, c = state.world, state.people.cols
    away = np.bincount(c.place[c.status != Status.HOME], minlength=len(world.places))
    places = [place.id for place in world.places]
    links = {tuple(sorted((link.a, link.b))): link.days for link in world.links}
    return {
        "nodes": [*places, *(port.id for port in world.ports)],
        "links": [[a, b, days] for (a, b), days in sorted(links.items())],
        "agents": dict(zip(places, away.tolist(), strict=True)),
    }


if __name__ == "__main__":
    print(json.dumps(network(sys.argv[1])))
