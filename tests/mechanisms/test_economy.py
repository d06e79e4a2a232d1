"""Posts that follow output, season and shocks."""

import numpy as np
import pytest

from sim.mechanisms import economy
from tests.chance.runs import PARAMS, WORLD, built

CHINA = WORLD.country_index("CHN")


def posts(state):
    economy.step(state)
    return state.employers.posts.copy()


def test_posts_grow_with_output_by_one_elasticity():
    state = built(params=PARAMS | {"jobs_elasticity": 0.5, "winter_pause": 0.0})
    growth = state.outlook.at(state.outlook.growth, state.calendar, 0)
    expected = np.rint(state.employers.base_posts * growth[state.employers.host] ** 0.5)
    assert np.abs(posts(state) - expected).max() <= 1  # the two roots may round apart


def test_a_shock_scales_its_cells_only():
    state = built()
    before, e = posts(state), state.employers
    hit = e.host == CHINA
    for place in np.flatnonzero(state.people.host_of == CHINA):
        state.rules.scale("jobs", (place, slice(None)), 0.5)
    after = posts(state)
    assert np.abs(after[hit] - before[hit] / 2).max() <= 1
    assert (after[~hit] == before[~hit]).all() and before[hit].sum() > 0


def test_builders_pause_in_winter():
    state = built(params=PARAMS | {"winter_pause": 0.25})
    state.t = 7  # January
    builds = state.employers.sector == WORLD.sector_index("F")
    cold = posts(state)
    state.params["winter_pause"] = 0.0
    warm = posts(state)
    assert (cold[~builds] == warm[~builds]).all()
    assert cold[builds].sum() == pytest.approx(0.75 * warm[builds].sum(), abs=float(builds.sum()))
