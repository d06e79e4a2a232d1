"""The heads of a run: weights, stocks at the start, and that nobody depends on the others."""

from dataclasses import replace

import numpy as np
import pytest

from sim.core.population import coarsened, factored
from sim.core.words import NEVER, Channel, Status
from tests.chance.runs import PARAMS, WORLD, built

SCALE = 20


@pytest.fixture(scope="module")
def state():
    return built(scale=SCALE)


@pytest.mark.parametrize(("weight", "scale", "persons"), [(8, 1, 8), (8, 2.5, 20), (8, 0.01, 1), (25, "1:1", 1)])
def test_a_scale_multiplies_the_groups_own_weight_and_never_halves_a_person(weight, scale, persons):
    assert coarsened(weight, scale) == persons


def test_heads_times_weight_are_the_groups_persons(state):
    c = state.people.cols
    for g, group in enumerate(WORLD.groups):
        mine = c.group == g
        weight = coarsened(group.weight, SCALE)
        assert (c.weight[mine] == weight).all()
        persons = factored(group.persons, group.source, PARAMS)
        assert abs(mine.sum() * weight - persons) <= max(weight / 2, weight - persons)


def test_ids_are_unique(state):
    c = state.people.cols
    assert np.unique(c.id).size == c.id.size


def test_kinds_are_the_combinations_of_group_sector_sex_and_skill_that_occur(state):
    c, names = state.people.cols, ("group", "sector", "sex", "skilled")
    for name in ("group", "sector"):
        assert (getattr(state.kinds, name)[c.kind] == getattr(c, name)).all()
    kinds = set(zip(*(getattr(state.kinds, name).tolist() for name in names), strict=True))
    assert len(kinds) == len(state.kinds.group) == np.unique(c.kind).size


def test_initial_stocks_are_met_within_a_head(state):
    c = state.people.cols
    away = c.status != Status.HOME
    for g, group in enumerate(WORLD.groups):
        wanted = sum(factored(x.persons, x.source, PARAMS) for x in WORLD.initial if x.group == group.id)
        weight = coarsened(group.weight, SCALE)
        assert abs(c.weight[away & (c.group == g)].sum() - wanted) <= weight / 2 + 1e-6, group.id


def test_those_abroad_have_what_their_status_asks_for(state):
    c = state.people.cols
    worker = c.status == Status.WORKER
    assert worker.any() and (c.channel[worker] == Channel.CONTRACT).all() and (c.registered[worker] == 1).all()
    term = state.rules.base["term"][state.people.host_of[c.place], c.nation]
    assert ((c.end >= 0) & (c.end < term))[worker].all()
    assert (c.end[~worker] == NEVER).all()
    busy = c.employer >= 0
    assert (state.employers.place[c.employer[busy]] == c.place[busy]).all()
    assert (state.employers.sector[c.employer[busy]] == c.sector[busy]).all()
    assert (c.place == c.home)[c.status == Status.HOME].all()


def test_homes_are_drawn_by_the_groups_shares(state):
    """Chi-square bound: 30 + 6 for at most five homes is passed by chance in fewer than one seed of 10^5."""
    c = built(scale=1).people.cols
    g = WORLD.group_index("mng_candidates")
    found = c.home[c.group == g]
    shares = {WORLD.place_index(place): share for place, share in WORLD.groups[g].home}
    expected = np.array(list(shares.values())) * found.size
    seen = np.array([(found == place).sum() for place in shares])
    assert seen.sum() == found.size
    assert ((seen - expected) ** 2 / expected).sum() < 36


def test_another_world_seed_makes_other_people(state):
    other = built(scale=SCALE, world_seed=2)
    assert (other.people.cols.id == state.people.cols.id).all()
    assert (other.people.cols.savings != state.people.cols.savings).mean() > 0.9
    assert (other.people.cols.born != state.people.cols.born).mean() > 0.9


def test_a_larger_group_changes_nobody_elses_home_sector_or_purse(state):
    g = WORLD.group_index("mng_women")
    grown = replace(WORLD.groups[g], persons=WORLD.groups[g].persons + 5 * SCALE)
    groups = tuple(grown if n == g else group for n, group in enumerate(WORLD.groups))
    more = built(scale=SCALE, world=replace(WORLD, groups=groups)).people.cols
    both = np.isin(more.id, state.people.cols.id)
    assert both.sum() == more.id.size - 1 == len(state.people)
    for name in ("home", "savings", "weight", "born"):
        assert (getattr(more, name)[both] == getattr(state.people.cols, name)).all()


def test_a_number_is_multiplied_by_the_prior_that_its_source_names():
    assert factored(10, "S001; assumed:group_size", {"group_size": 0.5}) == 5
    assert factored(10, "S001", {}) == 10
