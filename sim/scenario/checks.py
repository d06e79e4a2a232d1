"""What can only be checked on a whole scenario: dates against the run, parameters against the priors."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from sim.policies import Policy
from sim.policies.numbers import PRIOR, prior_named
from sim.scenario.schema import Scenario
from sim.world import WORLDS, load_world
from sim.world.located import Problem, did_you_mean
from sim.world.priors import Prior, Priors

FEWEST_HEADS = 50


def dates(scenario: Scenario, ends: dict[str, date]) -> Iterator[Problem]:
    """Dates outside the run, and rules that end before they begin.

    ends : the last month of the run by file. A rule inherited from a file whose run is longer may lie after the end.
    """
    for id_, policy in scenario.policies.items():
        if policy.until and policy.until < scenario.start:
            over = f"{policy.until} lies before {_run(scenario)}: the rule is over by then"
            remedy = f"remove it, or write `{id_}: null` where a parent states it"
            yield scenario.problem(("policies", id_, "until"), f"{over}; {remedy}")
            continue  # what its `from` says does not matter then
        for key, day in (("from", policy.from_), ("until", policy.until)):
            if day is not None:
                yield from _outside(scenario, (id_, key), day, ends)
        if policy.from_ and policy.until and policy.until < policy.from_:
            message = f"the rule ends on {policy.until} before it begins on {policy.from_}"
            yield scenario.problem(("policies", id_, "until"), message)


def _outside(scenario: Scenario, where: tuple[str, str], day: date, ends: dict[str, date]) -> Iterator[Problem]:
    found = scenario.problem(("policies", *where), f"{day} lies after {_run(scenario)}")
    end = max(scenario.end, ends.get(found.file, scenario.end))
    if day < scenario.start:
        older = f"{day} lies before {_run(scenario)}: a rule that is older leaves out `from`"
        yield scenario.problem(("policies", *where), older)
    elif (day.year, day.month) > (end.year, end.month):
        yield found


def _run(scenario: Scenario) -> str:
    return f"the run, {scenario.start:%Y-%m} to {scenario.end:%Y-%m}"


def start(scenario: Scenario) -> Iterator[str]:
    """Warning: a run that begins in another month than the world's stocks are of."""
    if why := other_start(scenario.world, scenario.start):
        yield str(scenario.problem(("start",), why))


def other_start(world: str, first: date) -> str:
    """What is odd about a run that begins in this month; nothing if the world's stocks are of it."""
    stocks = WORLDS[world].stocks
    if first == stocks:
        return ""
    return (
        f"the run begins in {first:%Y-%m} with the stocks of {stocks:%Y-%m}, for {world} has those of no other month; "
        f"to look at later years, start in {stocks:%Y-%m} and read the later months"
    )


def steps(scenario: Scenario) -> Iterator[Problem]:
    """A step of another length than those in which the world runs."""
    length = WORLDS[scenario.world].step
    if scenario.step != length:
        yield scenario.problem(("step",), f"must be {length}, not '{scenario.step}': so {scenario.world} runs")


def idle(scenario: Scenario) -> Iterator[str]:
    """Warnings: policies that bind in no month of the run; one line for all that begin after it."""
    later = [id_ for id_, policy in scenario.policies.items() if policy.from_ and _month(policy.from_) > scenario.end]
    if later:
        yield f"{scenario.name}: the run ends {scenario.end:%Y-%m}, before these begin: {', '.join(later)}"
    for id_, policy in scenario.policies.items():
        if id_ not in later and not _binds(scenario, policy):
            since = f"from {policy.from_}" if policy.from_ else "from the start"
            until = f" until {policy.until}" if policy.until else ""
            why = f"a rule dated inside a month takes effect in the next one, and the run ends {scenario.end:%Y-%m}"
            yield str(scenario.problem(("policies", id_), f"binds in no month ({since}{until}): {why}"))


def vain(scenario: Scenario) -> Iterator[str]:
    """Warnings: policies that are right and yet find nobody in this world whom they could bind."""
    world = load_world(scenario.world)
    for id_, policy in scenario.policies.items():
        if why := policy.in_vain(world):
            yield str(scenario.problem(("policies", id_), f"binds nobody: {why}"))


def _month(day: date) -> date:
    return day.replace(day=1)


def coarse(scenario: Scenario) -> Iterator[str]:
    """Warnings: limits in persons that few heads of the people they cover make up (SPEC §4)."""
    world = load_world(scenario.world)
    for id_, policy in scenario.policies.items():
        named = getattr(policy, "nationality", ())
        covered = [g for g in world.groups if named == "all" or g.nationality in named]
        for key in ("level", "limit"):  # visas are for those who travel, too
            level = getattr(policy, key, None)
            heads = [g.weight for g in covered if g.hosts or (key == "limit" and g.trips_per_year)]
            if isinstance(level, int) and level > 0 and heads and level < FEWEST_HEADS * min(heads):
                yield str(scenario.problem(("policies", id_, key), _few(level, min(heads))))


def _few(persons: int, head: int) -> str:
    """What a limit of so few persons comes to with heads of this size, and what to do about it."""
    few = f"{persons} persons are fewer than {FEWEST_HEADS} heads of {head}: chance is large"
    few = f"{persons} is less than one head of {head} persons: nobody gets in" if persons < head else few
    finer = max(1, persons // FEWEST_HEADS)
    scale = "--scale 1:1" if finer == 1 else f"heads of {finer} or fewer (--scale {finer / head:.2g})"
    return f"{few}; run it with {scale}"


def _binds(scenario: Scenario, policy: Policy) -> bool:
    t = policy.starts(scenario.calendar)
    return t < scenario.calendar.steps and policy.active(scenario.calendar.day(t))


def parameters(scenario: Scenario, priors: Priors) -> Iterator[Problem]:
    """Parameters that no prior is called, or outside the prior's range."""
    for name, parameter in scenario.parameters.items():
        path = ("parameters", name)
        if name not in priors:
            yield scenario.problem(path, f"no prior has this name{did_you_mean(name, priors)}")
        elif not priors[name].low <= parameter.value <= priors[name].high:
            yield scenario.problem((*path, "value"), f"{parameter.value:g} lies outside {_range(priors[name])}")


def named_priors(scenario: Scenario, priors: Priors) -> Iterator[Problem]:
    """Settings of policies written `prior:NAME` where no prior has that name, or where its range does not fit."""
    for id_, policy in scenario.policies.items():
        for key, value in policy.model_dump(by_alias=True).items():
            inside = value.items() if isinstance(value, dict) else [("", value)]
            for part, setting in inside:
                name = prior_named(setting) if isinstance(setting, str) and setting.startswith(PRIOR) else None
                where = ("policies", id_, key, *([part] if part else []))
                if name is not None and name not in priors:
                    yield scenario.problem(where, f"no prior is called '{name}'{did_you_mean(name, priors)}")
                elif name is not None and (why := _misfit(policy, key, priors[name])):
                    yield scenario.problem(where, f"'{name}' does not fit here: over {_range(priors[name])}, {why}")


def _misfit(policy: Policy, key: str, prior: Prior) -> str:
    """What the setting says of the ends of a prior's range; nothing if both would be right."""
    field = next(x for name, x in type(policy).model_fields.items() if key in (name, x.alias))
    kind: Any = Annotated[field.annotation, *field.metadata, None]
    setting = TypeAdapter(kind)
    for end in (prior.low, prior.high):
        try:
            setting.validate_python(end)
        except ValidationError as error:
            return error.errors()[0]["msg"]
    return ""


def _range(prior: Prior) -> str:
    return f"the prior's range, {prior.low:g} to {prior.high:g} {prior.unit}"
