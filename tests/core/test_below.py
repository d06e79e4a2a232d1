"""Whom a draw can strike at all: the same people as drawing for each, and bounds that nobody's chance passes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.chance import BLOCK, below, chances, limit, luck, stream, uniforms
from sim.core.people import runs_of
from sim.core.words import REGISTERED, THIRTY_DAYS, UNREGISTERED, Status
from sim.mechanisms import enforcement, flight, stays
from tests.chance.runs import PARAMS, built, first_difference, histories, model

ONE, OTHER = (luck(1, stream(x), 0) for x in ("one", "other"))
IDS = np.arange(5000, dtype=np.uint64) * np.uint64(7919)
RUNS_OF_IDS = np.roll(np.arange(5000, dtype=np.uint64) + IDS // np.uint64(7919 * 1300) * np.uint64(2**40), 900)
HARD = {"flight_arrears": 0.3, "flight_a": -3.0, "early_return": 1.0}  # arrears drive many away


@given(size=st.sampled_from((0, 1, BLOCK - 1, BLOCK, 3 * BLOCK + 7)), p=st.floats(0, 1), q=st.floats(0, 1))
def test_those_below_are_those_whose_draw_is_in_order(size, p, q):
    rows = np.arange(IDS.size, dtype=np.int32)[::3][:size]
    for ids in (IDS, RUNS_OF_IDS):
        found = below(rows, ids, runs_of(ids, np.zeros(ids.size, np.int8)), (ONE, p), (OTHER, q))
        for who, stream_, most in zip(found, (ONE, OTHER), (p, q), strict=True):
            assert who.tolist() == rows[uniforms(stream_, ids[rows]) < most].tolist()


@given(hazard=st.floats(0, 50), share=st.floats(0, 1))
def test_no_smaller_hazard_has_a_larger_chance_than_the_limit(hazard, share):
    assert chances(np.array([hazard * share]), 1.0)[0] <= limit(hazard)


def owe(state):
    """In the third month employers owe everybody up to twenty months of pay."""
    if state.t == 2:
        c = state.people.cols
        who = np.flatnonzero(c.employer >= 0)
        c.owed[who] = state.employers.wage[c.employer[who]] * (who % 21)
        del state.memory["most owed"]  # as at the start of a run


def lives():
    return histories(model(months=12, scale=30, params=PARAMS | HARD), each_step=owe)


@pytest.mark.parametrize("mechanism", [flight, stays])
def test_with_the_bound_and_without_everybody_leaves_alike(mechanism, monkeypatch):
    with_bound = lives()
    assert (with_bound[-1]["owed"] > 0).sum() > 20
    monkeypatch.setattr(mechanism, "limit", lambda hazard: 1.0)
    assert first_difference(with_bound, lives()) == ""


def test_a_bound_that_is_none_would_be_noticed(monkeypatch):
    before = lives()
    monkeypatch.setattr(stays, "limit", lambda hazard: 1e-4)
    assert first_difference(before, lives()) != ""


def test_thirty_days_are_over_for_all_and_some_register_late():
    state = built(scale=10)
    c = state.people.cols
    here = np.isin(c.status, [Status.WORKER, Status.VISITOR])
    c.registered[here] = UNREGISTERED
    newcomers = np.flatnonzero(here | (c.status == Status.OVERSTAYER) | (c.status == Status.IRREGULAR))[::5]
    c.registered[newcomers] = THIRTY_DAYS
    others = here & (c.registered == UNREGISTERED)
    found = enforcement._found(state)
    assert not (c.registered == THIRTY_DAYS).any()
    assert (c.registered[newcomers] == UNREGISTERED).all()
    late = uniforms(state.luck(enforcement.LATE), c.id) < state.chance_of(state.params["late_registration_rate"])
    assert ((c.registered == REGISTERED) == (others & late))[here].all()
    assert not np.isin(found, np.flatnonzero(others & late)).any()
    assert not np.isin(found, newcomers[here[newcomers]]).any()
