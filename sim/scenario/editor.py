"""The JSON schema of scenario files, from which an editor completes names and marks mistakes."""

from typing import Any

from pydantic import BaseModel

from sim.policies import POLICY_KINDS
from sim.scenario.schema import Parameter, Scenario

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]


def scenario_json_schema() -> Schema:
    """What a scenario file may say: all kinds of policy that are registered, all codes of the world.

    A file may leave out what it inherits; so a policy's settings are only required where it names its kind.
    """
    defs: Schema = {}
    schema = _flat(Scenario, defs)
    defs["Parameter"] = _flat(Parameter, defs)
    defs |= {kind: _flat(model, defs) for kind, model in sorted(POLICY_KINDS.items())}
    defs["Policy"] = _policy(sorted(POLICY_KINDS))
    schema["properties"] |= {"extends": _extends(), "policies": _map("Policy"), "parameters": _map("Parameter")}
    schema["anyOf"] = [{"required": ["extends"]}, {"required": ["question"]}]
    del schema["required"]
    return {"$schema": DIALECT} | schema | {"$defs": defs}


def _flat(model: type[BaseModel], defs: Schema) -> Schema:
    """A model's schema; what it refers to goes into `defs`."""
    schema = model.model_json_schema(by_alias=True)
    defs |= schema.pop("$defs", {})
    return schema


def _extends() -> Schema:
    return {"type": "string", "description": "The file from which it inherits, relative to this one."}


def _map(what: str) -> Schema:
    """A map by name; null removes what is inherited."""
    return {"type": "object", "additionalProperties": {"anyOf": [{"$ref": f"#/$defs/{what}"}, {"type": "null"}]}}


def _policy(kinds: list[str]) -> Schema:
    """Settings of the kind that is named; without a kind, changes to an inherited policy."""
    rules = [
        {
            "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
            "then": {"$ref": f"#/$defs/{kind}"},
        }
        for kind in kinds
    ]
    return {"type": "object", "properties": {"kind": {"enum": kinds}}, "allOf": rules}
