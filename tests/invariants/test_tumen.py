"""The accounts of the world that runs in weeks balance too: people, posts, housing and cents."""

from pathlib import Path

import numpy as np
import pytest

from sim.core.words import Status
from sim.scenario import load_scenario
from sim.world.priors import Priors, default_priors_path
from tests.invariants.audit import Audited
from tests.ways import share_ways

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.mark.parametrize("draw", [0, 1])
def test_nobody_and_no_cent_is_lost_and_nobody_works_without_a_post_or_housing(draw):
    rules = load_scenario(SCENARIOS / "tumen_1961.yaml")
    rules = rules.model_copy(update={"end": rules.start.replace(year=1961, month=12)})
    priors = Priors.load(default_priors_path()).for_world(rules.world)
    params = priors.draw(draw) if draw else priors.point()
    model = share_ways(Audited(rules, params=params | {"housing_1961": 0.5}, scale=20))
    model.run()
    state, e = model.state, model.state.employers
    housed = np.bincount(e.place, state.people.staff[0], len(state.world.places))
    assert (housed <= state.rules.tables["housing"]).all()
    assert (state.people.staff[0] <= e.posts).all()
    assert state.people.stock[Status.RECEPTION].sum() > 0, "nobody is received: the test shows nothing"
