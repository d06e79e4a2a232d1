"""Brokers: fees within bounds, places that are shared out and never lost, and names that weigh on one channel only."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.brokers import Brokers, in_bondage, take_places
from sim.core.words import Channel, Status
from sim.mechanisms.brokers import Market, Trade, _fees, _looked_at, _places
from sim.mechanisms.intentions import step as intentions
from sim.model import MigrationModel
from sim.scenario import load_scenario

HOSTS = 3
SMUGGLER, RECRUITER = 0, 1
P = {
    "fee_answer": 0.5,
    "fee_most": 3.0,
    "places_growth": 0.4,
    "places_move": 2.0,
    "prosecuted_share": 0.5,
    "few_clients": 0.0,
}


def two_brokers() -> Brokers:
    """A smuggler of nation 0 to all hosts, with 90 places a month, and a recruiter of the same."""
    of = np.full((len(Channel), HOSTS, HOSTS), -1, np.int16)
    of[Channel.SMUGGLER, 0], of[Channel.CONTRACT, 0] = SMUGGLER, RECRUITER
    share = np.full((2, HOSTS), 1 / HOSTS)
    zero = np.zeros(2, np.int16)
    return Brokers(
        np.arange(2, dtype=np.uint64), zero, of, np.array([100.0, 300.0]), zero * 0.0, np.array([90.0, 90.0]), share,
        np.ones(2, np.int64),
    )  # fmt: skip


def state_of(b: Brokers) -> SimpleNamespace:
    return SimpleNamespace(
        brokers=b, params=P, calendar=SimpleNamespace(years_per_step=1 / 12), chance_of=lambda r: 1 - np.exp(-r / 12)
    )


def trade(asked, served, stopped) -> Trade:
    rows = [np.array([x, x], float) for x in (asked, served, stopped, stopped, stopped)]
    return Trade(np.array(rows))


@pytest.mark.parametrize(("waiting", "fee"), [(4.0, 200.0), (0.25, 50.0), (1.0, 100.0), (1e4, 300.0), (1e-4, 100 / 3)])
def test_a_fee_follows_the_wait_by_its_root_within_bounds(waiting, fee):
    b = two_brokers()
    _fees(b, P, np.array([waiting, 0.0]))
    assert b.fee[SMUGGLER] == pytest.approx(fee)
    assert b.fee[RECRUITER] == 300  # nobody ever asked: the table's


def test_a_place_earns_the_fee_of_those_who_get_through():
    b = two_brokers()
    waiting, earned, harmed = _looked_at(state_of(b), trade([30, 10, 5], [30, 10, 5], [15, 0, 0]))
    assert waiting[SMUGGLER] == 45 / 90 and waiting[RECRUITER] == 1
    assert earned[SMUGGLER] == pytest.approx(100 * 0.5 * (1 - 15 / 45))
    assert harmed[SMUGGLER] == pytest.approx(1 / 3)


def test_places_grow_with_earnings_and_move_to_where_clients_get_through():
    b = two_brokers()
    memory = trade([60, 60, 0], [30, 30, 0], [30, 0, 0])  # nobody gets through to the first host
    market = Market(memory, np.ones(2), np.ones(2), np.zeros(2), np.zeros((1, 1)))
    _places(state_of(b), market, np.array([1.5, 1.5]))
    assert b.capacity[SMUGGLER] == pytest.approx(90 * np.exp(0.4 / 12 * 0.5))
    assert b.capacity[RECRUITER] == 90
    assert b.share[SMUGGLER, 1] > 1 / 3 > b.share[SMUGGLER, 0]
    assert b.share[SMUGGLER].sum() == pytest.approx(1)


def test_idle_places_stay_where_they_are():
    b = two_brokers()
    _places(state_of(b), Market(trade([0] * 3, [0] * 3, [0] * 3), *np.ones((3, 2)), np.zeros((1, 1))), np.ones(2))
    assert b.share[SMUGGLER] == pytest.approx([1 / 3] * 3)


def test_a_prosecution_halves_the_places_while_it_lasts():
    b = two_brokers()
    b.until[SMUGGLER] = 5
    assert b.places(4, P)[SMUGGLER] == pytest.approx(15)
    assert b.places(5, P)[SMUGGLER] == pytest.approx(30)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=30), st.integers(0, 200))
def test_no_more_go_than_there_are_places_and_nobody_waits_beside_a_place(weights, places):
    left = np.array([[float(places)]])
    zero = np.zeros(len(weights), np.int16)
    goes = take_places(np.arange(len(weights))[::-1], zero, zero, np.array(weights, np.int32), left)
    brought = sum(w for w, go in zip(weights, goes, strict=True) if go)
    assert left[0, 0] == places - brought >= 0
    assert all(go or w > left[0, 0] for w, go in zip(weights, goes, strict=True))


def test_bondage_counts_months_of_the_pay_one_has():
    rows, employer = np.arange(4, dtype=np.int32), np.array([0, 0, 0, -1], np.int16)
    status = np.array([Status.WORKER, Status.WORKER, Status.OVERSTAYER, Status.OVERSTAYER], np.int8)
    debt = np.array([200, 201, 101, 10_000], np.int32)
    found = in_bondage(rows, employer, status, debt, np.array([100]), 0.5, 2.0)
    assert found.tolist() == [False, True, True, False]  # 200; half the pay, 100; without work nobody is bound to it


def test_a_bad_name_weighs_on_the_broker_s_own_channel(tmp_path):
    file = tmp_path / "one.yaml"
    file.write_text("{name: one, question: What does a name weigh?, start: 2008-01, end: 2008-01}")
    model = MigrationModel(load_scenario(file), scale=1000)
    model.step()
    state, before = model.state, model.state.memory["choice"][0].copy()
    snakeheads = next(n for n, x in enumerate(state.world.brokers) if x.id == "chn_smuggler")
    state.brokers.bad_name[snakeheads] = 0.5
    intentions(state)
    after = state.memory["choice"][0].copy()
    state.brokers.bad_name[snakeheads] = 0.0
    intentions(state)
    lost = state.memory["choice"][0] - after
    usable = before > -1e300
    shuns = np.where(state.kinds.sex, state.params["women_caution"], 1.0) * state.params["gamma"]
    weighed = usable & (lost != 0)
    assert lost[weighed] == pytest.approx((shuns * state.params["name_weight"] * 0.5)[np.nonzero(weighed)[0]])
    assert set(np.nonzero(lost)[2]) == {Channel.SMUGGLER}
    assert set(state.world.nation_of_group[state.kinds.group[np.nonzero(lost)[0]]]) == {state.country("CHN")}
