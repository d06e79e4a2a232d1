"""Worlds: places, ports, links, groups of people and jobs, as frozen records read from tables."""

from sim.world.load import load_from, load_world
from sim.world.model import WORLDS, World
from sim.world.tables import WorldError

__all__ = ["WORLDS", "World", "WorldError", "load_from", "load_world"]
