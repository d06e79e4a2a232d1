"""Two policies that write one limit in one month: an error, since neither says which of them holds."""

from itertools import combinations

from sim.policies import Policy
from sim.scenario.schema import Scenario
from sim.world import load_world
from sim.world.located import Problem


def conflicts(scenario: Scenario) -> list[Problem]:
    """A problem for each pair of policies that claim one cell of the rule book in one month."""
    world = load_world(scenario.world)
    claims = {id_: policy.claims(world) for id_, policy in scenario.policies.items()}
    pairs = [pair for pair in combinations(claims, 2) if claims[pair[0]] & claims[pair[1]]]
    return [problem for pair in pairs if (problem := _conflict(scenario, *pair))]


def _conflict(scenario: Scenario, one: str, other: str) -> Problem | None:
    """The problem of two policies with a common claim, at the later one; None if they never meet."""
    later, earlier = sorted((one, other), key=lambda id_: _began(scenario, id_), reverse=True)
    first = _first_month_together(scenario, scenario.policies[one], scenario.policies[other])
    if first is None:
        return None
    message = (
        f"writes the same limit as '{earlier}' from {first} on: "
        f"end one of them before with `until`, or remove one (`{earlier}: null`)"
    )
    return scenario.problem(("policies", later), message)


def _began(scenario: Scenario, id_: str) -> tuple[int, int, str]:
    """In which order two policies were adopted; of one month, in the order of the file."""
    line = scenario.problem(("policies", id_), "").line
    return scenario.policies[id_].starts(scenario.calendar), line, id_


def _first_month_together(scenario: Scenario, one: Policy, other: Policy) -> str | None:
    calendar = scenario.calendar
    t = max(one.starts(calendar), other.starts(calendar))
    day = calendar.day(t)
    return f"{day:%Y-%m}" if t < scenario.calendar.steps and one.active(day) and other.active(day) else None
