"""`neamig check` warns of limits that few heads make up."""

import pytest

from sim.scenario.checks import FEWEST_HEADS, coarse
from sim.world import load_world
from tests.invariants.policies import scenario


def notes(**settings):
    return list(coarse(scenario({"rule": {"source": "made up", **settings}}, 3)))


def visas(limit):
    return notes(kind="visa_regime", host="KOR", nationality="MNG", visas=["work"], limit=limit)


def test_visas_for_fewer_persons_than_a_head_let_nobody_in():
    (note,) = visas(1)
    assert "1 is less than one head of " in note and "nobody gets in" in note and "--scale 1:1" in note


def test_visas_for_few_heads_leave_much_to_chance():
    (note,) = visas(100)
    assert "chance is large" in note


@pytest.mark.parametrize("limit", [0, 1_000_000])
def test_no_visas_and_many_are_no_matter_of_heads(limit):
    assert visas(limit) == []


def test_a_cap_is_told_of_as_before():
    (note,) = notes(kind="stock_cap", nationality="PRK", level=50)
    assert "50 persons are fewer than 50 heads of" in note and "run it with --scale 1:1" in note


def test_of_groups_under_one_cap_the_finest_decides():
    heads = {group.weight for group in load_world().groups if group.hosts}
    assert len(heads) > 1
    enough = FEWEST_HEADS * min(heads)
    assert notes(kind="stock_cap", nationality="all", level=enough) == []
    assert len(notes(kind="stock_cap", nationality="all", level=enough - 1)) == 1
