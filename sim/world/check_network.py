"""Checks of the border network: ports join two states, and every place can be reached."""

from collections.abc import Iterable, Iterator

from sim.world.located import Problem
from sim.world.model import Link, Port, World
from sim.world.tables import Tables


def ports_join_two_states(world: World, tables: Tables) -> Iterator[Problem]:
    """A land port has a way to each of its two states and to no other; an airport to its own and into the air."""
    state = {place.id: place.country for place in world.places}
    for port, row in zip(world.ports, tables["ports"], strict=True):
        near = [(other_end(link, port.id), link) for link in world.links if port.id in (link.a, link.b)]
        joined = {state[node] for node, link in near if node in state and (link.mode != "air" or not port.is_airport)}
        wanted = {s for s in port.states if s in state.values()}
        if len(set(port.states)) < 2 or joined != wanted:
            reached = ", ".join(sorted(joined)) or "no state"
            yield row.problem("states", f"{port.id} joins {reached}; it must join {' and '.join(port.states)}")
        elif port.is_airport and not any(link.mode == "air" for _, link in near):
            yield row.problem("states", f"{port.id} is an airport without an air link; add one to links.csv")


def ports_are_open(world: World, tables: Tables) -> Iterator[Problem]:
    """A port or link that is never open is not one."""
    for table, records in (("ports", world.ports), ("links", world.links)):
        for record, row in zip(_opening(records), tables[table], strict=True):
            if not any(record):
                yield row.problem("months", "is never open; write the months, such as 1-12")


def _opening(records: Iterable[Port] | Iterable[Link]) -> Iterator[tuple[bool, ...]]:
    return (record.months for record in records)


def links_have_two_ends(world: World, tables: Tables) -> Iterator[Problem]:
    """A link joins two different nodes."""
    for link, row in zip(world.links, tables["links"], strict=True):
        if link.a == link.b:
            yield row.problem("b", f"{link.b} is joined to itself; name another node")


def places_are_reachable(world: World, tables: Tables) -> Iterator[Problem]:
    """Every place can be reached from the first by lawful links, and so from every other: links run both ways."""
    reached = reachable(world.places[0].id, (link for link in world.links if link.is_lawful))
    for place, row in zip(world.places, tables["places"], strict=True):
        if place.id not in reached:
            yield row.problem("id", f"{place.id} cannot be reached from {world.places[0].id}; add a lawful link")


def reachable(start: str, links: Iterable[Link]) -> set[str]:
    """Nodes that can be reached from `start` over `links`."""
    near: dict[str, list[str]] = {}
    for link in links:
        near.setdefault(link.a, []).append(link.b)
        near.setdefault(link.b, []).append(link.a)
    reached, frontier = {start}, [start]
    while frontier:
        new = set(near.get(frontier.pop(), ())) - reached
        reached |= new
        frontier += new
    return reached


def other_end(link: Link, node: str) -> str:
    """The node at the other end of a link."""
    return link.b if link.a == node else link.a


CHECKS = (ports_join_two_states, ports_are_open, links_have_two_ends, places_are_reachable)
