"""Sex, skill and age: who has which, and how age changes the wish to leave."""

import math

import numpy as np
import pytest

from sim.core.profiles import eagerness, mean_eagerness, pool_ages, premium, races
from sim.core.words import Status
from sim.world.profiles import Profile, numbers
from tests.chance.runs import PARAMS, WORLD, built

SCHEDULE = {"age_peak": 25.0, "age_decline": 0.1}


@pytest.fixture(scope="module")
def state():
    return built(scale=1)


def cols(state, group, status=None):
    """Rows of a group (in a status)."""
    c = state.people.cols
    mine = c.group == WORLD.group_index(group)
    return np.flatnonzero(mine if status is None else mine & (c.status == status))


def test_the_wish_to_leave_falls_with_age_after_its_peak():
    f = eagerness(SCHEDULE, 12, 12 * 60)
    assert f[12 * 18] == f[12 * 25] == 1.0
    assert f[12 * 35] == pytest.approx(1 / math.e)  # ten years past the peak at a tenth a year
    assert f[12 * 45] == pytest.approx(1 / math.e**2)


def test_without_decline_all_ages_are_alike():
    assert (eagerness(SCHEDULE | {"age_decline": 0.0}, 12, 800) == 1.0).all()


def test_the_mean_is_over_working_ages():
    """From 18 to 60: 84 months at 1, then 420 that fall by a month's part of a tenth: a geometric sum."""
    fall = math.exp(-0.1 / 12)
    by_hand = (84 + (1 - fall**420) / (1 - fall)) / 504
    assert mean_eagerness(WORLD, SCHEDULE, 12) == pytest.approx(by_hand)


def test_the_premium_abroad_is_a_part_of_that_at_home():
    assert premium({"skill_premium": 0.5, "skill_transfer": 0.5}) == (1.5, 1.25)


def test_soldiers_are_men_in_their_twenties(state):
    rows, c = cols(state, "prk_soldiers"), state.people.cols
    assert not state.kinds.sex[c.kind[rows]].any()
    assert c.born[rows].min() > -30 * 12 and c.born[rows].max() <= -20 * 12


def test_women_met_by_recruiters_are_women_of_eighteen_to_thirty_five(state):
    rows, c = cols(state, "mng_women"), state.people.cols
    assert state.kinds.sex[c.kind[rows]].all()
    assert c.born[rows].min() > -36 * 12 and c.born[rows].max() <= -18 * 12


def test_shares_of_women_and_of_the_skilled_are_those_of_the_sector(state):
    """Six deviations of a binomial in each of fourteen numbers: fewer than three seeds of 10^8."""
    c = state.people.cols
    for s, sector in enumerate(WORLD.sectors):
        rows = cols(state, "cn_russia")
        rows = rows[c.sector[rows] == s]
        told = numbers(WORLD.profiles, "cn_russia", sector.code)
        for name, share in (("sex", told["women"]), ("skilled", told["skilled"])):
            noise = math.sqrt(share * (1 - share) * rows.size)
            assert abs(getattr(state.kinds, name)[c.kind[rows]].sum() - share * rows.size) <= 6 * noise


def test_of_mongolians_in_czechia_more_are_women_than_in_their_sector(state):
    """S053: 69 percent. Six deviations of 39 heads."""
    c = state.people.cols
    rows = cols(state, "mng_candidates", Status.WORKER)
    rows = rows[c.place[rows] == WORLD.place_index("CZE")]
    assert abs(state.kinds.sex[c.kind[rows]].mean() - 0.69) <= 6 * math.sqrt(0.69 * 0.31 / rows.size)
    assert numbers(WORLD.profiles, "mng_candidates", "C", "CZE")["women"] == 0.69
    assert numbers(WORLD.profiles, "mng_candidates", "C")["women"] == 0.5


def test_those_abroad_at_the_start_are_younger_than_those_at_home(state):
    c = state.people.cols
    away, home = (cols(state, "mng_candidates", status) for status in (Status.OVERSTAYER, Status.HOME))
    assert (-c.born[away]).mean() / 12 + 3 < (-c.born[home]).mean() / 12


def test_programmes_send_at_any_age(state):
    """Six deviations of the mean of ages even over 42 years, 2,500 heads abroad."""
    c = state.people.cols
    away = cols(state, "prk_russia", Status.WORKER)
    assert abs((-c.born[away]).mean() / 12 - 39) <= 6 * 42 / math.sqrt(12 * away.size)


def test_with_equal_pace_the_order_of_leaving_is_that_of_the_draw():
    ids = np.arange(1000, dtype=np.uint64)
    with np.errstate(over="ignore"):
        even, fast = races(np.uint64(7), ids, np.ones(1000)), races(np.uint64(7), ids, np.full(1000, 4.0))
    assert (np.argsort(even) == np.argsort(fast)).all() and even == pytest.approx(4 * fast)


def test_the_row_that_names_most_wins_number_by_number():
    rows = (
        Profile("", "C", "", 0.5, 0.1, 18, 59, "made up"),
        Profile("g", "", "", 0.2, None, 20, 29, "made up"),
        Profile("g", "C", "X", None, 0.7, None, None, "made up"),
    )
    assert numbers(rows, "g", "C", "X") == {"women": 0.2, "skilled": 0.7, "first_age": 20, "last_age": 29}
    assert numbers(rows, "g", "C") == {"women": 0.2, "skilled": 0.1, "first_age": 20, "last_age": 29}
    assert numbers(rows, "h", "C", "X") == {"women": 0.5, "skilled": 0.1, "first_age": 18, "last_age": 59}


def test_every_group_has_ages_in_every_sector():
    first, past = pool_ages(WORLD, 12)
    assert (first > 0).all() and (first < past).all()


def test_priors_switch_everything_off():
    off = PARAMS | {"age_decline": 0.0, "skill_premium": 0.0}
    assert mean_eagerness(WORLD, off, 12) == 1.0 and premium(off) == (1.0, 1.0)
