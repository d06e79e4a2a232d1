"""The JSON schema says what the loader says, and the file beside the scenarios is kept true."""

import json
from pathlib import Path

import pytest

from sim.policies import POLICY_KINDS
from sim.scenario import scenario_json_schema
from sim.world import load_world

SCHEMA = Path(__file__).parents[2] / "scenarios" / "schema.json"


def test_the_file_is_what_the_code_makes(monkeypatch: pytest.MonkeyPatch):
    for kind in ("trial_cap", "trial_shock"):
        monkeypatch.delitem(POLICY_KINDS, kind)
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == scenario_json_schema()


def test_every_kind_and_code_can_be_completed():
    defs = scenario_json_schema()["$defs"]
    assert defs["Policy"]["properties"]["kind"]["enum"] == sorted(POLICY_KINDS)
    cap = defs["trial_cap"]
    codes = [c.code for c in load_world("northeast_asia").countries]
    assert cap["properties"]["nationality"]["enum"] == codes
    assert cap["properties"]["hosts"]["anyOf"][1]["enum"] == codes
    assert cap["description"] == "A cap that does nothing."
    assert set(cap["required"]) == {"nationality", "source"}


def test_every_reference_leads_somewhere():
    schema = scenario_json_schema()
    text = json.dumps(schema)
    names = {part.split('"')[0] for part in text.split("#/$defs/")[1:]}
    assert "Exempted" in names
    assert names <= set(schema["$defs"])


def test_a_file_may_extend_and_remove():
    properties = scenario_json_schema()["properties"]
    assert "extends" in properties
    assert {"type": "null"} in properties["policies"]["additionalProperties"]["anyOf"]
