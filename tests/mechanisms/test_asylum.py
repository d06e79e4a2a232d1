"""Asylum: the queue for a decision."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.chance import uniforms
from sim.mechanisms.asylum import capacity, claimants, decided, recognition
from tests.chance.runs import model

claims = st.lists(st.tuples(st.integers(1, 30), st.integers(0, 2)), max_size=20)


@given(claims=claims, room=st.lists(st.floats(0, 100), min_size=3, max_size=3))
def test_the_queue_of_a_host_moves_from_its_head_and_uses_up_no_more_than_there_is(claims, room):
    weight, host = (np.array([x[k] for x in claims], np.int64) for k in (0, 1))
    left = np.array(room)
    done = set(decided(np.arange(len(claims), dtype=np.int32), weight, host, left).tolist())
    for h in range(3):
        line = [i for i in range(len(claims)) if host[i] == h]
        served = [i for i in line if i in done]
        assert served == line[: len(served)]
        used = sum(int(weight[i]) for i in served)
        assert used <= room[h]
        waits = int(weight[line[len(served)]]) if len(served) < len(line) else 0
        assert left[h] == min(room[h] - used, waits)
        assert waits == 0 or left[h] < waits


def test_a_state_decides_only_where_it_hears_claims_and_unhcr_besides():
    state = model(months=1).state
    mongolia, russia = state.country("MNG"), state.country("RUS")
    assert capacity(state)[mongolia] == state.params["unhcr_decisions"]
    assert capacity(state)[russia] == np.inf
    assert capacity(state)[state.country("CHN")] == 0
    state.rules.set("claim_open", (mongolia,), 1.0)
    assert capacity(state)[mongolia] == state.params["unhcr_decisions"] + state.params["state_decisions"]
    state.rules.set("decisions", (mongolia,), 0.0)  # a state that leaves the procedure to UNHCR
    assert capacity(state)[mongolia] == state.params["unhcr_decisions"]


def test_unhcr_recognises_more_than_a_state_and_together_they_lie_between():
    state = model(months=1).state
    p, mongolia, russia = state.params, state.country("MNG"), state.country("RUS")
    assert recognition(state)[mongolia] == pytest.approx(p["p_recognition_unhcr"])
    assert recognition(state)[russia] == p["p_recognition"]
    state.rules.set("claim_open", (mongolia,), 1.0)
    p |= {"unhcr_decisions": 15, "state_decisions": 60, "p_recognition": 0.1, "p_recognition_unhcr": 0.5}
    state.rules.set("mandate", (mongolia,), 15.0)
    state.rules.set("decisions", (mongolia,), 60.0)
    assert recognition(state)[mongolia] == pytest.approx((15 * 0.5 + 60 * 0.1) / 75)
    state.rules.set("decisions", (mongolia,), np.inf)
    assert recognition(state)[mongolia] == 0.1


def test_claims_are_those_of_one_nation_where_claims_are_heard():
    ids = np.arange(9, dtype=np.uint64)
    nation, place = np.array([0, 1, 1] * 3, np.int8), np.repeat(np.arange(3, dtype=np.int16), 3)
    args = np.arange(9, dtype=np.int32), nation, place, ids, np.array([0, 1, 1], np.int16), 1
    with np.errstate(over="ignore"):
        assert claimants(*args, np.array([0.0, 1.0]), np.uint64(7)).tolist() == [4, 5, 7, 8]
        below = np.flatnonzero((uniforms(np.uint64(7), ids) < 0.5) & (nation == 1))
        assert claimants(*args, np.array([0.5, 0.5]), np.uint64(7)).tolist() == below.tolist()
