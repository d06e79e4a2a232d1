"""Kinds: the page of policies, from what their classes say and from the schema of scenario files."""

import re
from collections.abc import Collection, Iterator
from typing import Any, get_args

from sim.cli.pages import head, table
from sim.policies import POLICY_KINDS, Policy
from sim.policies.fields import What, known_codes
from sim.scenario import scenario_json_schema
from sim.world import load_world

Schema = dict[str, Any]
PLURAL = {"country": "countries", "sector": "sectors", "port": "ports", "place": "places"}
PLAIN = {"integer": "whole number", "number": "number", "boolean": "`true` or `false`", "string": "text"}


def policies() -> Iterator[str]:
    """The settings that all policies have; each kind with its own; and what settings are made of."""
    defs = scenario_json_schema()["$defs"]
    common = [field.alias or name for name, field in Policy.model_fields.items()]
    yield from head("Kinds of policy", f"""
        Made from `sim/policies/` by `neamig tables policies`: {len(POLICY_KINDS)} kinds, a file each. `neamig new NAME
        --kind KIND` writes a scenario to start from. Where nothing stands under "if left out" a setting must be given;
        – is nothing. Every policy has these settings:
        """)  # fmt: skip
    first = defs[next(iter(POLICY_KINDS))]
    yield from _settings(first | {"properties": {name: first["properties"][name] for name in common}})
    for kind in sorted(POLICY_KINDS):
        yield from _part(kind, defs[kind], common)
    for name in sorted(set(re.findall(r"#/\$defs/(\w+)", str([defs[kind]["properties"] for kind in POLICY_KINDS])))):
        yield from _part(name, defs[name], ())


def _part(name: str, schema: Schema, known: Collection[str]) -> Iterator[str]:
    """A heading, what the class says, and its settings but for those that are known."""
    yield from ("", f"## {name}", "")
    for paragraph in re.split(r"\n\s*\n", schema["description"]):
        yield from (" ".join(paragraph.split()), "")
    own = {setting: x for setting, x in schema["properties"].items() if setting not in known}
    yield from _settings(schema | {"properties": own})


def _settings(schema: Schema) -> Iterator[str]:
    """A row for each setting."""
    must = (*schema.get("required", ()), "kind")
    rows = (
        (f"`{name}`", "the kind" if name == "kind" else said(x), "" if name in must else _default(x), _meaning(x))
        for name, x in schema["properties"].items()
    )
    yield from table(("setting", "value", "if left out", "meaning"), rows)


def _meaning(schema: Schema) -> str:
    return str(schema.get("description", ""))


def _default(schema: Schema) -> str:
    value = schema.get("default")
    return "–" if value in (None, []) else f"`{str(value).lower()}`"


def said(schema: Schema) -> str:
    """What a setting may be, in words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return _codes(schema["enum"])
    if "anyOf" in schema:
        return _either([x for x in schema["anyOf"] if x.get("type") != "null"])
    if "pattern" in schema:
        return "`prior:NAME`" if "prior" in schema["pattern"] else "day"
    if schema["type"] in ("array", "object"):
        return f"list of {said(schema['items'])}" if schema["type"] == "array" else "shares by host and a `default`"
    is_share = schema.get("maximum") == 1
    return "share (0 to 1)" if is_share else PLAIN[schema["type"]]


def _either(options: list[Schema]) -> str:
    """One of several; a code, a list of such codes and `all` are said in one."""
    lists = [x["items"] for x in options if x.get("type") == "array"]
    if lists and lists[0] in options:
        one = said(lists[0])
        return f"{PLURAL.get(one, one)}, one or several, or `all`"
    return " or ".join(said(x) for x in options)


def _codes(codes: list[str]) -> str:
    """The sort of code, or the words themselves."""
    for what in get_args(What):
        if what in PLURAL and set(codes) == set(known_codes(load_world(), what)):
            return str(what)
    return ", ".join(f"`{code}`" for code in codes)
