"""Public attitude, and what inspectors and employers make of it."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.attitude import attitude, inspected, severity
from sim.core.words import Status
from sim.mechanisms import attitudes, treatment
from tests.chance.runs import PARAMS, WORLD, built

KOREA, MONGOLIA = WORLD.country_index("KOR"), WORLD.country_index("MNG")
INDEX, DRIVE = st.floats(-0.999, 0.999), st.floats(-10, 10)


def a_year(index, drive, rate):
    return float(attitudes.moved(np.array([index]), np.array([drive]), rate)[0])


def test_a_year_moves_attitude_part_of_the_way():
    """tanh(ln 2) = 0.6; with a rate of ln 2 half of the way from 0.2 is gone."""
    assert a_year(0.2, math.log(2), math.log(2)) == pytest.approx(0.4)
    assert a_year(0.2, math.log(2), 0.0) == 0.2


@given(index=INDEX, drive=DRIVE, rate=st.floats(0, 5))
def test_attitude_stays_between_hostile_and_welcoming(index, drive, rate):
    assert -1 < a_year(index, drive, rate) < 1


@given(index=INDEX, drive=DRIVE, more=st.floats(0, 5), rate=st.floats(0, 5))
def test_what_warms_never_chills(index, drive, more, rate):
    assert a_year(index, drive + more, rate) >= a_year(index, drive, rate)


def test_few_foreigners_are_hardly_noticed():
    assert attitudes.noticed(np.array([0.0, 0.001, 0.003])) == pytest.approx([0, math.log(2), 2 * math.log(2)])


def test_the_first_year_is_what_others_are_compared_with():
    state = built(params=PARAMS | {"attitude_rate": 50.0, "attitude_contact": 0.0})  # the population grows
    for state.t in range(12):
        attitudes.step(state)
    assert not attitude(state).any()
    for state.t in range(12, 24):
        attitudes.step(state)
    assert not attitude(state).any()  # nothing has changed, and posts are those of the first year


def test_inspection_follows_the_public():
    state = built(params=PARAMS | {"attitude_practice": 2.0})
    attitude(state)[MONGOLIA] = -0.5
    assert inspected(state)[MONGOLIA] == pytest.approx(PARAMS["inspection_mng"] * math.e)
    assert inspected(state)[KOREA] == PARAMS["inspection_kor"]
    state.params["attitude_practice"] = 0.0
    assert (severity(state) == 1).all()


def test_ill_treatment_grows_without_papers_and_with_hostility():
    """Counts of one month against chances 1 − exp(−rate / 12); four standard errors, one false alarm in 10,000."""
    state = built(
        scale=4, params=PARAMS | {"ill_treatment": 1.2, "ill_treatment_hidden": 3.0, "attitude_practice": 1.0}
    )
    attitude(state)[KOREA] = -0.5
    with np.errstate(over="ignore"):
        treatment.step(state)
    people, c = state.people, state.people.cols
    hit = np.isin(np.arange(len(people)), state.memory["ill_treated"])
    busy, korea = c.employer >= 0, people.host_of[c.place] == KOREA
    assert not hit[~busy].any()
    for papers, there, rate in ((1, 0, 1.2), (0, 0, 3.6), (0, 1, 3.6 * math.exp(0.5))):
        those = busy & ((c.status == Status.WORKER) == papers) & (korea == there)
        p, n = 1 - math.exp(-rate / 12), int(those.sum())
        assert n > 100
        assert abs(hit[those].mean() - p) < 4 * math.sqrt(p * (1 - p) / n)
