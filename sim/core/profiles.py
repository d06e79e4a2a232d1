"""Profiles: sex, age and skill of people, and how age changes the wish to leave.

Women, skill and age are drawn from the world seed and the person's own id. Sex and skill last for life.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import luck, stream, uniform, uniforms
from sim.core.kernel import kernel
from sim.core.words import Status
from sim.world.profiles import numbers

SEX, SKILL, AGE = (stream(f"profiles {x}") for x in ("sex", "skill", "age"))


def longest(world: Any, per_year: int) -> int:
    """Age in steps past which nobody is when a run starts."""
    return int(pool_ages(world, per_year)[1].max())


def eagerness(params: dict[str, float], per_year: int, steps: int) -> NDArray[np.float64]:
    """How often people of each age reconsider, against young adults [age in steps].

    f = exp(−age_decline · max(0, age − age_peak)), ages in years: the fall of the migration schedule after young
    adulthood (Rogers and Castro 1981). Known gaps: the rise before it, children and retirement.
    """
    decline, peak = params["age_decline"], params["age_peak"]
    return np.array([math.exp(-decline * max(0.0, age / per_year - peak)) for age in range(steps)])


def mean_eagerness(world: Any, params: dict[str, float], per_year: int) -> float:
    """Mean of f over the ages at which people of any group work, each sector and age counting alike."""
    spans = [_ages(world, "", sector.code, "", per_year) for sector in world.sectors]
    f = eagerness(params, per_year, longest(world, per_year))
    return sum(math.fsum(f[first:end]) / (end - first) for first, end in spans) / len(spans)


def _ages(world: Any, group: str, sector: str, place: str, per_year: int) -> tuple[int, int]:
    """Ages in steps at which people enter their group and at which they are past it."""
    told = numbers(world.profiles, group, sector, place)
    return round(told["first_age"] * per_year), round((told["last_age"] + 1) * per_year)


def give_ages(world: Any, g: int, out: dict[str, Any], seed: int, per_year: int) -> None:
    """Dates of birth of the heads of group g, even over its ages: born = −⌊first + u · (end − first)⌋."""
    for s in np.unique(out["sector"]):
        who = np.flatnonzero(out["sector"] == s)
        first, end = _ages(world, world.groups[g].id, world.sectors[s].code, "", per_year)
        with np.errstate(over="ignore"):
            u = uniforms(luck(seed, AGE, 0), out["id"][who])
        out["born"][who] = -np.floor(first + u * (end - first))


def order_of_leaving(group: Any, out: dict[str, Any], luck_: np.uint64, eager: NDArray[np.float64]) -> NDArray[np.intp]:
    """Heads in the order in which they left before the start: by −ln(1 − u) / f(age); programmes send at any age."""
    f = np.ones(out["id"].size) if group.is_programme else eager[-out["born"]]
    with np.errstate(over="ignore"):
        return np.argsort(races(luck_, out["id"], f), kind="stable")


@kernel
def races(luck_, ids, pace):
    """When each would come if all ran at their pace: −ln(1 − u) / pace, the least first."""
    out = np.empty(ids.size, np.float64)
    for n in range(ids.size):
        out[n] = -math.log(1.0 - uniform(luck_, ids[n])) / pace[n]
    return out


def characterise(world: Any, g: int, out: dict[str, Any], seed: int) -> None:
    """Give the heads of group g sex and skill, by their sector and, if abroad, place."""
    place = np.where(out["status"] == Status.HOME, -1, out["place"])
    for p in np.unique(place):
        for s in np.unique(out["sector"][place == p]):
            who = np.flatnonzero((place == p) & (out["sector"] == s))
            name = world.places[p].id if p >= 0 else ""
            told, ids = numbers(world.profiles, world.groups[g].id, world.sectors[s].code, name), out["id"][who]
            with np.errstate(over="ignore"):
                out["sex"][who] = uniforms(luck(seed, SEX, 0), ids) < told["women"]
                out["skilled"][who] = uniforms(luck(seed, SKILL, 0), ids) < told["skilled"]


def pool_ages(world: Any, per_year: int) -> NDArray[np.int64]:
    """Ages in steps [first or past the last, group, sector]: at which people enter their group, and leave its pool."""
    out = np.zeros((2, len(world.groups), len(world.sectors)), np.int64)
    for g, group in enumerate(world.groups):
        for s, sector in enumerate(world.sectors):
            out[:, g, s] = _ages(world, group.id, sector.code, "", per_year)
    return out


def premium(params: dict[str, float]) -> tuple[float, float]:
    """Pay of the skilled over that of others: at home 1 + skill_premium, abroad 1 + skill_premium · skill_transfer."""
    return 1 + params["skill_premium"], 1 + params["skill_premium"] * params["skill_transfer"]
