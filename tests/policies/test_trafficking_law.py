"""A law on trafficking: courts, visas, and two laws of one state."""

from types import SimpleNamespace

import numpy as np
import pytest

from sim.core.rules import RuleBook
from sim.policies.trafficking_law import TraffickingLaw
from sim.world import load_world

WORLD = load_world("northeast_asia")
JAPAN, MONGOLIA, THAILAND = (WORLD.country_index(code) for code in ("JPN", "MNG", "THA"))


@pytest.fixture
def rules() -> RuleBook:
    c = len(WORLD.countries)
    visas = np.zeros((c, c))
    visas[JAPAN] = 1.0
    book = RuleBook({"traffic_law": np.zeros(c), "visas": visas})
    book.begin()
    return book


def enact(rules: RuleBook, **settings: object) -> None:
    today = SimpleNamespace(world=WORLD, params={"entertainer_visas_refused": 0.75})
    law = TraffickingLaw.model_validate({"state": "JPN", "source": "S151", **settings}, context={"world": WORLD})
    law.write(rules, today)  # type: ignore[arg-type]


def test_a_crime_can_be_tried_in_that_state_only(rules: RuleBook) -> None:
    enact(rules, crime=True)
    assert rules.traffic_law[JAPAN] == rules.traffic_law.sum() == 1
    assert (rules.visas == rules.base["visas"]).all()


def test_visas_are_refused_to_the_share_and_the_nationalities_named(rules: RuleBook) -> None:
    enact(rules, visas_refused="prior:entertainer_visas_refused", nationality="MNG")
    assert rules.visas[JAPAN, MONGOLIA] == 0.25 and rules.visas[JAPAN, THAILAND] == 1
    enact(rules, visas_refused=0.5)
    assert rules.visas[JAPAN, MONGOLIA] == 0.125 and rules.visas[JAPAN, THAILAND] == 0.5
    assert not rules.traffic_law.any()


def test_only_the_crime_is_claimed(rules: RuleBook) -> None:
    crime, visas = (
        TraffickingLaw.model_validate({"state": "JPN", "source": "s", **x}, context={"world": WORLD})
        for x in ({"crime": True}, {"visas_refused": 0.5})
    )
    assert crime.claims(WORLD) and not visas.claims(WORLD)
