"""A policy whose settings ask for nothing changes nobody, bit for bit, and one that asks for something does."""

from typing import Any

import pytest

from tests.chance.runs import first_difference, histories, model

Policy = dict[str, Any]
ORDER = {"kind": "repatriation_order", "nationality": "all"}
SHARE = {"kind": "employer_share", "host": "RUS"}
STAFF = {"sectors": "all", "staff": 10**9}
DRIVE = {"kind": "enforcement_campaign", "host": "KOR"}
AMNESTY = {"kind": "legalisation", "host": "KOR", "share": 0.0}
FLIGHT = {"kind": "origin_instability", "places": "PRK-North-Hamgyong"}
# a policy that asks for nothing, and one that asks for something
PAIRS: dict[str, tuple[Policy, Policy]] = {
    "order that no host keeps": (ORDER | {"compliance": 0, "deadline": "2019-12-22"}, ORDER | {"deadline": "2017-09"}),
    "share above all staff": (SHARE | {"shares": [STAFF | {"share": 1}]}, SHARE | {"shares": [STAFF | {"share": 0}]}),
    "levy of next to nothing": (SHARE | {"levy_usd": 1e-9}, SHARE | {"levy_usd": 5_000}),
    "campaign of factor one": (DRIVE | {"factor": 1}, DRIVE | {"factor": 20}),
    "amnesty for nobody": (AMNESTY | {"leaves": 0}, AMNESTY | {"leaves": 0.5}),
    "disorder without flight": (FLIGHT | {"share": 0}, FLIGHT | {"share": 0.5}),
}


def run(policy: Policy | None) -> list[dict[str, Any]]:
    """Everybody's histories under one policy or none."""
    return histories(model({"it": policy | {"source": "made up"}} if policy else {}, months=5))


@pytest.fixture(scope="module")
def baseline() -> list[dict[str, Any]]:
    """Without a policy."""
    return run(None)


@pytest.mark.parametrize("name", PAIRS)
def test_what_asks_for_nothing_changes_nobody(name: str, baseline: list[dict[str, Any]]) -> None:
    idle, busy = PAIRS[name]
    assert first_difference(baseline, run(idle)) == ""
    assert first_difference(baseline, run(busy)) != ""
