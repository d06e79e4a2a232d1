"""Flee: agents who move along a network. Arguments: network file, steps. Runs in the peers' own environment."""

import json
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from time import process_time

from flee import flee
from flee.SimulationSettings import SimulationSettings

KM_A_DAY = 360.0  # Flee's own speed of travel, so that a link takes the days that it takes in the engine


def ecosystem(network: dict) -> flee.Ecosystem:
    """Flee's world: every node a town with Flee's own chance of moving on."""
    world = flee.Ecosystem()
    places = {name: world.addLocation(name=name, location_type="town") for name in network["nodes"]}
    for a, b, days in network["links"]:
        world.linkUp(a, b, days * KM_A_DAY)
    for name, agents in network["agents"].items():
        for _ in range(agents):
            world.addAgent(places[name], attributes={})
    return world


def main(file: str, steps: int) -> None:
    """Time some steps after the first."""
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as settings:
        settings.write("log_levels: {}\n")
        settings.flush()
        SimulationSettings.ReadFromYML(settings.name)
    world = ecosystem(json.loads(Path(file).read_text()))
    world.evolve()
    began = process_time()
    for _ in range(steps):
        world.evolve()
    seconds = process_time() - began
    print(json.dumps({"agents": len(world.agents), "steps": steps, "seconds": seconds, "version": version("flee")}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
