"""Check of the traffickers' links: somebody waits there for work, and can be deceived."""

from collections.abc import Iterator

from sim.world.located import Problem
from sim.world.model import World
from sim.world.tables import Tables


def somebody_waits(world: World, tables: Tables) -> Iterator[Problem]:
    """People of the origin choose contracts in the host: those who wait for one are whom recruiters meet."""
    waits = {
        (g.nationality, h) for g in world.groups if not g.is_programme and "contract" in g.channels for h in g.hosts
    }
    for link, row in zip(world.trafficking, tables["trafficking"], strict=True):
        if (link.origin, link.host) not in waits:
            yield row.problem("host", f"nobody of {link.origin} waits for contracts in {link.host}; leave the row out")


CHECKS = (somebody_waits,)
