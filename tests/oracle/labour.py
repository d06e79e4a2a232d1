"""The labour core for engine and oracle alike, with any number of people: the workload on which the two are timed.

Both do all that the oracle tells and nothing else: no trips, no traffickers (`covered.yaml`), no policies. The first
month finds alpha and is not for timing. A step of `both.engine` or of `both.oracle` is a month of all heads.
"""

from functools import cache

from sim.core.population import coarsened, factored
from sim.world import load_world
from tests.oracle.both import Both, scenario, settings

START = "2000-01-01"
FINEST, COARSEST = 1e-3, 1e4


def labour_core(people: int, months: int, seed: int = 1) -> Both:
    """Engine and oracle with about so many heads, as near as whole weights allow, at most one a person."""
    return Both(scenario({}, months, START), scale_for(people), seed)


def heads(scale: float) -> int:
    """Heads of the world at a scale."""
    params = settings()
    return sum(
        max(1, round(factored(g.persons, g.source, params) / coarsened(g.weight, scale))) for g in load_world().groups
    )


@cache
def scale_for(people: int) -> float:
    """The scale with so many heads or the next fewer, found by halving."""
    few, many = COARSEST, FINEST
    while few / many > 1 + FINEST:
        middle = (few * many) ** 0.5
        few, many = (middle, many) if heads(middle) <= people else (few, middle)
    return few
