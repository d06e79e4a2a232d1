"""Beliefs about wages and danger: how far a step moves them, who is told, and what counts as harm."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.departures import Departure
from sim.core.harm import harmed, living_there, tally, turned_back
from sim.core.words import NEVER, Channel, Event, Status
from sim.mechanisms import beliefs, economy, journeys
from sim.model import MigrationModel
from sim.scenario import load_scenario
from tests.chance.runs import PARAMS, WORLD, built

CHINA, KOREA, MONGOLIA = (WORLD.country_index(code) for code in ("CHN", "KOR", "MNG"))
MET = st.floats(0, 1e6)


def believed(met, rate=0.1):
    belief = np.array([[[100.0]]])
    beliefs.correct(belief, np.array([[200.0]]), np.array([[met]]), rate)
    return belief[0, 0, 0]


def feared(harm, lived, met=0.0, rate=0.1, danger=0.5):
    """Danger believed after one step: harm [persons] and lived [persons × months] of the last year."""
    belief = np.array([[[danger]]])
    beliefs.learn(belief, np.array([[[harm]]]), np.array([[[lived]]]), np.array([[met]]), rate, 12)
    return belief[0, 0, 0]


def begun(**params):
    """A state whose communities have their first beliefs."""
    state = built(params=PARAMS | params)
    economy.step(state)
    beliefs.step(state)
    state.t = 1
    return state


def abroad(state, nation, host, channel, number=5):
    """Some people of a nation who are in a host."""
    c, people = state.people.cols, state.people
    here = (c.nation == nation) & (people.host_of[c.place] == host) & (c.channel == channel)
    return np.flatnonzero(here & (c.status >= Status.WORKER))[:number].astype(np.int32)


def test_believed_wages_move_towards_wages_and_faster_the_more_people_are_told():
    assert believed(0.0) == pytest.approx(200 - 100 * np.exp(-0.1))
    assert believed(3.0) == pytest.approx(200 - 100 * np.exp(-0.4))
    assert believed(0.0, rate=0.0) == 100


def test_at_the_start_wages_are_known_and_danger_is_the_prior():
    state = begun()
    assert (state.memory["belief"] == state.memory["wage_usd"][None]).all()
    assert (state.memory["danger"][:, :, Channel.SMUGGLER] == PARAMS["danger_smuggler"]).all()


def test_danger_moves_towards_the_chance_of_harm_within_a_year():
    """6 persons harmed in 240 person-months: 0.3 a year, 1 − exp(−0.3) = 0.2592; a tenth part is e^-0.1."""
    signal = 1 - math.exp(-0.3)
    assert feared(6, 240) == pytest.approx(signal + (0.5 - signal) * math.exp(-0.1))
    assert feared(6, 240, met=3.0) == pytest.approx(signal + (0.5 - signal) * math.exp(-0.4))


def test_where_nobody_was_nothing_is_learned():
    assert feared(0, 0) == 0.5


def test_a_rate_of_nought_learns_nothing():
    assert feared(6, 240, met=7.0, rate=0.0) == 0.5


@given(harm=st.integers(0, 10**6), lived=st.integers(0, 10**9), met=MET, rate=st.floats(0, 10), danger=st.floats(0, 1))
def test_belief_in_danger_stays_a_probability(harm, lived, met, rate, danger):
    assert 0 <= feared(harm, lived, met, rate, danger) <= 1


def test_a_step_counts_who_lives_there_and_the_harm_of_the_last_step():
    """By hand for Mongolians who came to Korea by overstaying: one head harmed in a month."""
    state = begun(compatriot_contacts=0.0)
    who = abroad(state, MONGOLIA, KOREA, Channel.OVERSTAY, 1)
    there = living_there(state)[MONGOLIA, KOREA, Channel.OVERSTAY]
    harmed(state, who)
    beliefs.step(state)
    signal = 1 - math.exp(-12 * state.people.cols.weight[who[0]] / there)
    share = 1 - math.exp(-PARAMS["danger_rate"] / 12)
    expected = PARAMS["danger_overstay"] + share * (signal - PARAMS["danger_overstay"])
    assert state.memory["danger"][MONGOLIA, KOREA, Channel.OVERSTAY] == pytest.approx(expected)


def test_harm_is_forgotten_after_a_year():
    state = begun()
    harmed(state, abroad(state, MONGOLIA, KOREA, Channel.OVERSTAY, 1))
    for state.t in range(1, 13):
        beliefs.step(state)
    assert state.memory["year of danger"][0].sum() > 0
    state.t = 13
    beliefs.step(state)
    assert state.memory["year of danger"][0].sum() == 0


def test_compatriots_who_write_home_correct_beliefs():
    """Mongolians hear from Korea; with nobody there, as in Qatar, they hear nothing."""
    state = begun(belief_contacts=0.0, compatriot_contacts=2.0)
    met = beliefs._met(state, living_there(state))
    home = state.people.stock[Status.HOME, :, MONGOLIA].sum()
    there = state.abroad()[MONGOLIA, KOREA]
    assert met[MONGOLIA, KOREA] == pytest.approx(2 * there / home) and there > 0
    assert met[MONGOLIA, WORLD.country_index("QAT")] == 0


def test_a_smuggled_person_seen_at_the_border_is_harm_and_an_attempt():
    state = built()
    c = state.people.cols
    who = np.flatnonzero((c.nation == MONGOLIA) & (c.status == Status.HOME))[:3].astype(np.int32)
    place = np.full(3, np.flatnonzero(state.people.host_of == KOREA)[0], np.int16)
    state.rules.set("seen", (MONGOLIA, KOREA), 1.0)
    state.brokers.capacity[:] = 1e6  # there is a guide for everybody
    state.departures.append(Departure(who, place, Channel.SMUGGLER, np.full(3, -1, np.int16)))
    journeys.step(state)
    persons = c.weight[who].sum()
    for name in ("harm", "tried"):
        assert tally(state, name)[MONGOLIA, KOREA, Channel.SMUGGLER] == tally(state, name).sum() == persons


def test_those_turned_back_count_as_there_for_the_month():
    state = begun(compatriot_contacts=0.0)
    there = living_there(state)[CHINA, KOREA, Channel.SMUGGLER]
    who = np.flatnonzero((state.people.cols.nation == CHINA) & (state.people.cols.status == Status.HOME))[:1]
    turned_back(state, who.astype(np.int32), np.array([KOREA], np.int16), Channel.SMUGGLER)
    beliefs.step(state)
    lived = state.memory["year of danger"][1].sum(0)[CHINA, KOREA, Channel.SMUGGLER]
    assert lived == there + state.people.cols.weight[who[0]]


def test_who_came_by_no_channel_tells_of_none():
    state = built()
    who = abroad(state, MONGOLIA, KOREA, Channel.OVERSTAY, 1)
    state.people.cols.channel[who] = -1
    harmed(state, who)
    assert tally(state, "harm").sum() == 0


def test_people_at_home_are_not_there():
    state = built()
    before = living_there(state)
    who = abroad(state, MONGOLIA, KOREA, Channel.OVERSTAY, 2)
    state.people.change(who, Event.RETURN, state.people.cols.home[who], NEVER)
    gone = before - living_there(state)
    assert gone[MONGOLIA, KOREA, Channel.OVERSTAY] == gone.sum() == state.people.cols.weight[who].sum()


def counted(state):
    """Persons abroad by [nation, host, channel], counted afresh."""
    c, out = state.people.cols, np.zeros((state.nations, state.hosts, len(Channel)), np.int64)
    who = np.flatnonzero((c.status != Status.HOME) & (c.channel >= 0))
    np.add.at(out, (c.nation[who], state.people.host_of[c.place[who]], c.channel[who]), c.weight[who])
    return out


@pytest.mark.parametrize("name", ["baseline", "mongolia_refugee_convention", "trafficking_protocol_ratified"])
def test_who_lives_where_is_kept_as_a_count_would_find_it(name):
    run = MigrationModel(load_scenario(Path(f"scenarios/{name}.yaml")), scale=30)
    for _ in range(150):
        run.step()
        assert (living_there(run.state) == counted(run.state)).all()


def test_where_a_step_was_missed_everybody_is_counted_again():
    state = built()
    living_there(state)
    who = abroad(state, MONGOLIA, KOREA, Channel.OVERSTAY, 2)
    state.people.change(who, Event.RETURN, state.people.cols.home[who], NEVER)
    state.people.begin(1)
    state.people.begin(2)
    state.t = 2
    assert (living_there(state) == counted(state)).all()
