"""Whom the changed policies are about, and what rests on priors alone."""

from typing import Any

import pytest

from sim.experiments.concern import (
    ASSUMED_OF,
    EMPLOYERS,
    JOINING,
    MEASURES_OF,
    PRACTICE,
    SAFETY,
    TOTALS_OF,
    Concern,
    assumed,
    concern,
)
from sim.policies import POLICY_KINDS
from sim.results.measures import MEASURES
from sim.world.priors import Priors, default_priors_path

CAP = {"kind": "stock_cap", "nationality": ["PRK"], "hosts": "all", "compliance": {"RUS": "prior:compliance_rus"}}
QUOTA = {"kind": "permit_quota", "nationality": ["CHN"], "hosts": ["MNG", "RUS"], "level": 30}
JOINS = {"kind": "treaty_accession", "state": "MNG", "treaty": "refugee_convention"}


@pytest.mark.parametrize(
    ("policies", "expected"),
    [
        ([], Concern()),
        ([CAP], Concern(("PRK",), (), ("stock_cap",))),
        ([QUOTA], Concern(("CHN",), ("MNG", "RUS"), ("permit_quota",))),
        ([CAP, QUOTA], Concern(("CHN", "PRK"), (), ("permit_quota", "stock_cap"))),
        ([JOINS], Concern((), ("MNG",), ("treaty_accession",))),
    ],
)
def test_policies_say_whom_they_are_about(policies: list[dict[str, Any]], expected: Concern) -> None:
    assert concern(policies) == expected


def test_every_kind_has_its_measures_and_they_are_headlines() -> None:
    assert MEASURES_OF.keys() == POLICY_KINDS.keys()
    for kind, names in MEASURES_OF.items():
        assert all(MEASURES[name].headline for name in (*names, *TOTALS_OF[names])), kind


def test_what_is_assumed_names_the_priors_of_the_policy_too() -> None:
    found = assumed([CAP, JOINS])
    assert "raise_wage_rate" in found[EMPLOYERS]
    assert found[PRACTICE] == ["compliance_rus"]
    assert found[JOINING] == ["protect_by_accession", "route_known_by_accession", "refugee_work_months"]
    assert "claims_when_held" in found[SAFETY]
    assert assumed([{"kind": "border_closure", "ports": "all"}]) == {}


def test_what_joining_changes_is_assumed_where_the_treaty_says_so():
    assert assumed([JOINS | {"protects": 0.4}])[JOINING] == ["route_known_by_accession", "refugee_work_months"]
    assert assumed([JOINS | {"treaty": "cat"}]) == {}


def test_what_is_assumed_stands_in_the_priors() -> None:
    known = Priors.load(default_priors_path())
    names = {name for groups in ASSUMED_OF.values() for each in groups.values() for name in each}
    assert names <= set(known)
    assert ASSUMED_OF.keys() <= POLICY_KINDS.keys()


def test_joining_the_trafficking_protocol_is_about_trafficking_and_another_treaty_about_protection():
    joins = {"kind": "treaty_accession", "state": "JPN"}
    assert "rescued" in concern([joins | {"treaty": "trafficking_protocol"}]).measures
    assert "claims" in concern([joins | {"treaty": "refugee_convention"}]).measures
