"""Restore: a scenario from the plain values that a manifest keeps of it."""

from typing import Any

from sim.policies import POLICY_KINDS
from sim.scenario.schema import Scenario
from sim.world import load_world


def restored(plain: dict[str, Any]) -> Scenario:
    """Return the scenario that `resolved` gave; what its files and lines were is lost.

    Settings at their defaults are left out, since some may not be written at all where they have no sense.
    """
    policies = {id_: _without_defaults(policy) for id_, policy in plain.get("policies", {}).items()}
    settings = {name: value for name, value in plain.items() if name != "set"} | {"policies": policies}
    scenario = Scenario.model_validate(settings, context={"world": load_world(plain["world"])})
    scenario._set.update(plain.get("set", {}))
    return scenario


def _without_defaults(policy: dict[str, Any]) -> dict[str, Any]:
    fields = POLICY_KINDS[policy["kind"]].model_fields
    usual = {field.alias or name: field.default for name, field in fields.items() if name != "kind"}
    return {name: value for name, value in policy.items() if name not in usual or value != usual[name]}
