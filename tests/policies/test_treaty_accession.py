"""Joining a treaty: what it writes, and when it is refused."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from sim.core.rates import base_rates
from sim.core.rules import RuleBook
from sim.policies import POLICY_KINDS
from sim.world import load_world
from sim.world.priors import Priors, default_priors_path

WORLD = load_world()
PARAMS = Priors.load(default_priors_path()).point()
MNG = WORLD.country_index("MNG")
TODAY = SimpleNamespace(world=WORLD, params=PARAMS)


def joins(**settings: Any) -> Any:
    return POLICY_KINDS["treaty_accession"].model_validate({"source": "made up", "state": "MNG", **settings})


def written(*policies: Any) -> dict[str, Any]:
    rules = RuleBook(base_rates(WORLD, PARAMS, len(WORLD.ports)))
    rules.begin()
    for policy in policies:
        policy.write(rules, TODAY)
    changed = {name for name, table in rules.tables.items() if (table != rules.base[name]).any()}
    for name in changed:
        rows = np.flatnonzero((rules.tables[name] != rules.base[name]).reshape(len(WORLD.countries), -1).any(axis=1))
        assert rows.tolist() == [MNG], "only the row of the state changes"
    return {name: rules.tables[name][MNG] for name in changed - {"bound"}}


CONVENTION = {
    "party": 1.0,
    "claim_open": 1.0,
    "protect": PARAMS["protect_by_practice"] + PARAMS["protect_by_accession"],
    "free_work": PARAMS["refugee_work_months"],
    "route_known": 1 + PARAMS["route_known_by_accession"],
}


@pytest.mark.parametrize("treaty", ["refugee_convention", "refugee_protocol"])
def test_the_convention_and_its_protocol_write_the_same(treaty):
    assert written(joins(treaty=treaty)) == CONVENTION


def test_both_together_write_it_once():
    assert written(joins(), joins(treaty="refugee_protocol")) == CONVENTION


def test_joining_the_convention_against_torture_counts_returns_and_leaves_practice_alone():
    assert written(joins(treaty="cat")) == {"party_cat": 1.0}


def test_a_given_protection_takes_the_place_of_the_amount_and_stays_a_share():
    more = PARAMS["protect_by_practice"] + 0.4
    assert written(joins(protects=0.4))["protect"] == more
    twice = written(joins(protects=0.4), joins(treaty="cat"), joins(treaty="refugee_protocol", protects=1))
    assert twice["protect"] == more
    assert written(joins(protects=1))["protect"] == 1


def test_a_treaty_without_effect_says_why():
    with pytest.raises(ValidationError, match=r"joining 'crc' would change nothing that is modelled\. It protects chi"):
        joins(treaty="crc")
    with pytest.raises(ValidationError, match="unknown treaty 'refugee_convetion'; did you mean 'refugee_convention'"):
        joins(treaty="refugee_convetion")


def test_a_party_cannot_join_again():
    with pytest.raises(ValidationError, match="CHN is party to 'refugee_convention' from"):
        joins(state="CHN")
    joins(state="MNG", treaty="cat")  # bound within the run: a policy says from when


def test_protection_belongs_to_a_treaty_that_protects():
    for setting in ({"protects": 0.5}, {"procedure": "unhcr"}):
        with pytest.raises(ValidationError, match="joining 'cat' protects no claimants: leave `p"):
            joins(treaty="cat", **setting)
