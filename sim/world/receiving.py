"""Where a state receives people who crossed without papers, where it houses them, and what a world leaves out."""

from collections.abc import Iterator
from dataclasses import dataclass

from sim.world.located import Problem
from sim.world.tables import Row, Tables


@dataclass(frozen=True, slots=True)
class Station:
    """A place at which those who crossed report; `weight` is its pull beside how near the crossing is."""

    place: str
    weight: float
    source: str


@dataclass(frozen=True, slots=True)
class Housing:
    """Persons for whom there is housing in a place where work is assigned."""

    place: str
    persons: float
    source: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A mechanism of the month that does not act in this world, and why."""

    mechanism: str
    why: str
    source: str


def station(row: Row) -> Station:
    """A station, from a row of `stations`."""
    return Station(row.text("place"), row.number("weight"), row.text("source"))


def housing(row: Row) -> Housing:
    """Housing of a place, from a row of `housing`."""
    return Housing(row.text("place"), row.number("persons"), row.text("source"))


def left_out(row: Row) -> LeftOut:
    """A mechanism without effect here, from a row of `left_out`."""
    return LeftOut(row.text("mechanism"), row.text("why"), row.text("source"))


def stations_have_crossings(world: object, tables: Tables) -> Iterator[Problem]:
    """An unlawful link ends at every station, and posts to be assigned have housing."""
    ends = {row.cells[end] for row in tables["links"] if row.cells["lawful"] == "0" for end in ("a", "b")}
    for row in tables["stations"]:
        if row.cells["place"] not in ends:
            yield row.problem("place", f"no unlawful link leads to {row.cells['place']}; add one to links.csv")
    states = {row.cells["id"]: row.cells["country"] for row in tables["places"]}
    receive = {states[row.cells["place"]] for row in tables["stations"]}
    housed = {row.cells["place"] for row in tables["housing"]}
    for row in tables["jobs"]:
        if states[row.cells["place"]] in receive and row.cells["place"] not in housed:
            yield row.problem("place", f"nobody can be housed in {row.cells['place']}; add it to housing.csv")


CHECKS = (stations_have_crossings,)
