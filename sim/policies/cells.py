"""Cells: the part of the rule book that a policy's codes name, as masks and indices."""

from collections.abc import Iterable
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.limits import Limit
from sim.policies.fields import ALL, Compliance, What, codes, compliance_of, listed
from sim.policies.numbers import amount


def countries(several: Any, world: Any) -> list[int]:
    """Indices of the countries that a setting names."""
    if several == ALL:
        return list(range(len(world.countries)))
    return [world.country_index(code) for code in codes(several, world, "country")]


def foreigners(hosts: Any, nationality: Any, world: Any) -> list[tuple[int, list[int]]]:
    """Each host that a rule on foreigners binds, and the nationalities that are foreign there, by index.

    A state has no permits for its own people: "all" and lists that name it leave it out.
    """
    nations = countries(nationality, world)
    pairs = [(host, [n for n in nations if n != host]) for host in countries(hosts, world)]
    return [(host, abroad) for host, abroad in pairs if abroad]


def without_employers(world: Any, hosts: Any, sectors: Any = ALL) -> str:
    """Why a rule on work in these hosts and sectors binds nobody; empty where somebody employs foreigners there."""
    country = {place.id: place.country for place in world.places}
    employs = {(country[job.place], job.sector) for job in world.jobs}
    if employs & set(product(codes(hosts, world, "country"), codes(sectors, world, "sector"))):
        return ""
    where = "in " + ", ".join(listed(hosts)) + ("" if sectors == ALL else " in " + ", ".join(listed(sectors)))
    return f"nobody {where} employs foreigners: no row in jobs.csv"


def mask(rows: Iterable[int], size: int) -> NDArray[np.bool_]:
    """True at each of `rows`."""
    out = np.zeros(size, bool)
    out[list(rows)] = True
    return out


def by_host(compliance: Compliance, today: Any) -> NDArray[np.float64] | None:
    """Compliance of each host; None where all comply."""
    if compliance == 1.0:
        return None
    return np.array([amount(compliance_of(compliance, x.code), today.params) for x in today.world.countries])


def limit(world: Any, hosts: Iterable[int], nations: Iterable[int], sectors: Any, level: int,
          **more: Any) -> Limit:  # fmt: skip
    """A limit over hosts, nationalities and sectors given by index, or sectors by code."""
    named = [world.sector_index(code) for code in codes(sectors, world, "sector")]
    c = len(world.countries)
    return Limit("", "", mask(hosts, c), mask(nations, c), mask(named, len(world.sectors)), level, **more)


def covering(what: str, world: Any, *axes: tuple[Any, What]) -> frozenset[tuple[Any, ...]]:
    """One claim on a limit by what it covers: two limits over the same cells conflict, overlapping ones both hold."""
    return frozenset({(what, *(tuple(sorted(codes(several, world, kind))) for several, kind in axes))})


def claimed(what: str, world: Any, *axes: tuple[Any, What]) -> frozenset[tuple[Any, ...]]:
    """Every cell that a policy writes alone: the name of the rule and a code on each axis."""
    return frozenset((what, *cell) for cell in product(*(codes(several, world, kind) for several, kind in axes)))
