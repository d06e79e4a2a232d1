"""Transit: the way leads through the transit state, and only for the groups that have one."""

from pathlib import Path

import numpy as np
import pytest

from sim.core import transit
from sim.model import MigrationModel
from sim.scenario import load_scenario


@pytest.fixture(scope="module")
def state():
    return MigrationModel(load_scenario(Path("scenarios/baseline.yaml")), scale=1_000_000).state


def rows(state, *groups):
    return np.array([state.world.group_index(g) for g in groups])


def test_the_gate_is_the_largest_region_and_its_airport(state):
    found, mng = transit.gates(state), state.country("MNG")
    (group,) = rows(state, "cn_transit")
    assert (found.state[group], found.place[group]) == (mng, state.world.place_index("MNG-Ulaanbaatar"))
    assert [state.world.ports[n].id for n in np.flatnonzero(found.airports[mng])] == ["Buyant-Ukhaa"]
    assert (np.delete(found.state, group) == transit.NOWHERE).all()


def test_the_fare_is_that_to_the_gate_and_from_there_on(state):
    usd, place = state.ways().fare, state.world.place_index
    home, gate, goal = place("CHN-Rest"), place("MNG-Ulaanbaatar"), place("JPN")
    by_the_gate, straight = transit.fare(state, rows(state, "cn_transit", "cn_russia"), np.full(2, home), goal)
    assert straight == usd[home, goal]
    assert by_the_gate == usd[home, gate] + usd[gate, goal] > straight
