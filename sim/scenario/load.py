"""Reading a scenario: file, what it extends, the command line; all its mistakes are told at once."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from sim.policies import POLICY_KINDS, Policy
from sim.scenario import checks
from sim.scenario.conflicts import conflicts
from sim.scenario.merge import merged, read_layers
from sim.scenario.overrides import apply
from sim.scenario.problems import ScenarioError, in_order, told
from sim.scenario.schema import AnyPolicy, Id, LastMonth, Scenario
from sim.world import WORLDS, load_world
from sim.world.located import Located, Problem
from sim.world.priors import Priors, default_priors_path

WORLD = "northeast_asia"
RUN = {"start", "end"}
POLICY: TypeAdapter[dict[str, Policy]] = TypeAdapter(dict[Id, AnyPolicy])
END: TypeAdapter[date] = TypeAdapter(LastMonth)


def load_scenario(path: str | Path, set_: Sequence[str] = (), priors: Priors | None = None) -> Scenario:
    """The scenario of a file, merged, checked and frozen.

    set_ : settings of the command line, each `PATH=VALUE`. priors : those that `parameters` may change, the package's
    own if None. Raises ScenarioError with every problem of the file, of what it extends and of `set_`.
    """
    problems: list[Problem] = []
    layers, is_whole = read_layers(Path(path), problems)
    if not layers:
        raise ScenarioError(problems)
    tree = merged(layers, problems if is_whole else [])
    tree, given = apply(tree, set_ if is_whole else (), problems)
    scenario = _validated(tree, is_whole, problems)
    if is_whole and scenario is not None:
        problems += _whole(scenario, layers, priors)
    if problems or scenario is None:
        raise ScenarioError(in_order(problems, [layer.file for layer in reversed(layers)]))
    scenario._set.update(given)
    scenario._warnings = (*checks.start(scenario), *checks.idle(scenario), *checks.vain(scenario))
    return scenario


def _whole(scenario: Scenario, layers: list[Located], priors: Priors | None) -> list[Problem]:
    """Problems between the settings of a scenario, each of which is right by itself."""
    problems = [*checks.steps(scenario), *checks.dates(scenario, _ends(layers)), *conflicts(scenario)]
    known = (priors or Priors.load(default_priors_path())).for_world(scenario.world)
    return [*problems, *checks.parameters(scenario, known), *checks.named_priors(scenario, known)]


def _validated(tree: Located, is_whole: bool, problems: list[Problem]) -> Scenario | None:
    """The scenario of all settings that are right; None where the months of the run are not known."""
    entries = tree.value.get("policies", Located({}, tree.file, tree.line))
    settings = {key: item.plain() for key, item in tree.value.items()}
    if isinstance(entries.value, dict):
        settings["policies"] = _policies(entries, tree, is_whole, problems)
    scenario: Scenario | None
    try:
        scenario = Scenario.model_validate(settings)
    except ValidationError as error:
        problems += told(error, Scenario, tree, is_whole=is_whole)
        scenario = _without_the_wrong(settings, error, tree, problems)
    if scenario is not None:
        scenario._places = tree
    return scenario


def _policies(entries: Located, tree: Located, is_whole: bool, problems: list[Problem]) -> dict[str, Policy]:
    """The policies that are right, by id."""
    named = tree.value.get("world")
    context = {"world": load_world(named.value if named is not None and named.value in WORLDS else WORLD)}
    right: dict[str, Policy] = {}
    for id_, entry in entries.value.items():
        settings = entry.plain()
        try:
            right |= POLICY.validate_python({id_: settings}, context=context)
        except ValidationError as error:
            kind = settings.get("kind") if isinstance(settings, dict) else None
            model = POLICY_KINDS.get(str(kind), Policy)
            problems += told(error, model, tree, ("policies",), is_whole)
    return right


def _without_the_wrong(
    settings: dict[str, Any], error: ValidationError, tree: Located, problems: list[Problem]
) -> Scenario | None:
    """A scenario of the other settings, so that they are checked in the same go."""
    wrong = {str(step) for detail in error.errors() for step in detail["loc"][:1] or ("end",)}
    if wrong & RUN:
        return None
    right = {key: value for key, value in settings.items() if key not in wrong}
    try:
        return Scenario.model_validate({"name": "unnamed", "question": "unasked"} | right)
    except ValidationError as late:
        problems += told(late, Scenario, tree)
        return None


def _ends(layers: list[Located]) -> dict[str, date]:
    """The last month of the run as each file knows it: a child may shorten what its parent dated."""
    ends: dict[str, date] = {}
    end: date = Scenario.model_fields["end"].default
    for layer in layers:
        try:
            end = END.validate_python(layer.value["end"].plain()) if "end" in layer.value else end
        except ValidationError:
            continue  # a mistake in a parent that the child corrects
        finally:
            ends[layer.file] = end
    return ends
