"""Trafficking: who is met, what warns, who recruits, and what courts do to recruiters."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.calendar import Calendar
from sim.core.ledger import Account
from sim.core.people import GIVEN
from sim.core.people import People as Columns
from sim.core.state import State
from sim.core.traffickers import links, rescued, victims
from sim.core.words import Channel, Status
from sim.facts import table1
from sim.mechanisms import trafficking
from sim.mechanisms.trafficking import negative_binomial
from tests.chance.runs import PARAMS, WORLD, model
from tests.ways import share_ways

KOREA, JAPAN = WORLD.country_index("KOR"), WORLD.country_index("JPN")
MONGOLIA = WORLD.country_index("MNG")
QUIET = {"escape_rate": 0.0, "victim_recruits": 0.0, "danger_rate": 0.0, "case_recording": 0.0}


def made(heads=200, start=date(2003, 6, 1), **params):
    """Mongolian women at home, one person a head, who wait for a contract in the Republic of Korea."""
    state = State(WORLD, Calendar(start, 24), dict(PARAMS) | QUIET | params, 1, 1, 1_000_000)
    state.ledger.pay(Account.WORKERS, Account.ENDOWMENT, state.fortune())
    home = WORLD.place_index("MNG-Ulaanbaatar")
    columns = {name: np.zeros(heads, kind) for name, kind in GIVEN.items()}
    columns |= {name: np.full(heads, -1) for name in ("employer", "channel")}
    columns |= {"id": np.arange(heads) + 7, "weight": np.ones(heads), "sex": np.ones(heads)}
    columns |= {"home": np.full(heads, home), "place": np.full(heads, home), "nation": np.full(heads, MONGOLIA)}
    columns |= {"group": np.full(heads, WORLD.group_index("mng_women")), "sector": np.full(heads, 6)}
    columns |= {"plan": np.full(heads, Channel.CONTRACT), "plan_host": np.full(heads, KOREA)}
    state.inhabit(Columns(columns, state.people.host_of, state.nations, len(WORLD.sectors), len(state.employers)))
    state.memory["wage_usd"] = np.full((state.hosts, len(WORLD.sectors)), 1000.0)
    state.memory["income_usd"] = np.full(state.nations, 100.0)
    return state


def came_home(state, number):
    """Let so many of the first be back home from traffickers in Korea."""
    state.people.cols.held[:number] = 1 + KOREA
    state.people.cols.plan[:number] = -1


def korea(state):
    return int(links(state).at[MONGOLIA, KOREA])


def run(state):
    with np.errstate(over="ignore"):
        trafficking.step(state)
    state.departures.clear()


def test_links_are_those_of_table_1_or_name_another_fact():
    told = {(x.country, x.partner) for x in table1() if x.direction == "sends_to"}
    told |= {(x.partner, x.country) for x in table1() if x.direction == "receives_from"}
    for link in WORLD.trafficking:
        assert ((link.origin, link.host) in told) == link.source.startswith("Table 1"), link


def test_as_many_are_met_as_recruiters_reach_but_nobody_twice_a_month():
    few, many = made(trafficker_approaches=12.0), made(trafficker_approaches=1e9)
    for state in (few, many):
        run(state)
    approached = [int(s.ledger.tally("approached")[KOREA, MONGOLIA]) for s in (few, many)]
    assert 0 <= approached[0] <= 6 and approached[1] == 200
    assert not few.ledger.tally("approached")[JAPAN].any()


def test_an_offer_is_believed_less_without_a_visa():
    met = {"trafficker_approaches": 1e9, "deceit_believed": 0.5}
    believed = {}
    for name, params in (("visa", {"offer_without_visa": 1.0}), ("none", {"offer_without_visa": 0.5})):
        state = made(1000, **met, **params)
        run(state)
        believed[name] = set(np.flatnonzero(state.people.cols.held))
    assert believed["none"] < believed["visa"]
    assert len(believed["visa"]) == pytest.approx(500, abs=60) and len(believed["none"]) == pytest.approx(250, abs=50)


def test_a_visa_is_given_to_its_share():
    state = made(1000, trafficker_approaches=1e9, deceit_believed=1.0, offer_without_visa=1.0)
    state.rules.tables["visas"][KOREA, MONGOLIA] = 0.3
    run(state)
    who, on_visa = state.memory["deceived"]
    assert who.size == 1000 and on_visa.sum() == pytest.approx(300, abs=50)


def test_victims_back_home_are_counted_once_and_held_no_more():
    state = made(trafficker_approaches=0.0)
    came_home(state, 30)
    run(state)
    assert state.ledger.tally("victims_returned")[KOREA, MONGOLIA] == 30
    assert not state.people.cols.held.any()
    run(state)
    assert state.ledger.tally("victims_returned")[KOREA, MONGOLIA] == 30


def test_part_of_the_victims_back_home_recruit_on_their_link():
    state = made(trafficker_approaches=0.0, victim_recruits=0.1, broker_memory_rate=0.0)
    came_home(state, 30)
    run(state)
    more = links(state).recruiters - links(state).base
    assert more[korea(state)] == pytest.approx(3) and np.count_nonzero(more) == 1


def test_recruiters_follow_the_gain_of_an_offer():
    state = made(trafficker_approaches=0.0, broker_memory_rate=1e9, trafficker_answer=1.0)
    run(state)
    assert links(state).recruiters == pytest.approx(links(state).base)
    state.memory["income_usd"][MONGOLIA] = 400.0
    run(state)
    n, others = korea(state), links(state).origin != MONGOLIA
    assert links(state).recruiters[n] == pytest.approx(links(state).base[n] / 4)
    assert links(state).recruiters[others] == pytest.approx(links(state).base[others])


def test_refused_visas_make_an_offer_worth_less_on_their_link_only():
    state = made(trafficker_approaches=0.0, broker_memory_rate=1e9, trafficker_answer=1.0)
    run(state)
    state.rules.tables["visas"][JAPAN] = 0.0
    run(state)
    left = links(state).recruiters / links(state).base
    assert (left[links(state).host == JAPAN] < 0.6).all() and left[links(state).host != JAPAN] == pytest.approx(1)


def test_a_case_in_court_stops_part_of_the_recruiters_of_its_link_from_the_next_year():
    state = made(start=date(2003, 12, 1), trafficker_approaches=0.0, case_recording=1.0, case_prosecuted=1.0,
                 prosecuted_share=0.5, prosecuted_months=12)  # fmt: skip
    came_home(state, 50)
    run(state)
    n, cases = korea(state), state.ledger.tally("trafficking_cases")
    assert cases[KOREA, MONGOLIA] == cases.sum() > 0
    assert state.memory["trials"] == [(KOREA, MONGOLIA, MONGOLIA, cases.sum()), (KOREA, MONGOLIA, KOREA, 0)]
    large = [links(state).at_large(t, state.params) / links(state).recruiters for t in (0, 1, 12, 13)]
    assert [x[n] for x in large] == [0.5, 0.5, 0.5, 1] and np.delete(large, n, 1).min() == 1


def test_cases_break_at_the_end_of_the_year_and_are_counted_once():
    state = made(trafficker_approaches=0.0, case_recording=10.0)
    came_home(state, 50)
    run(state)
    assert not state.ledger.tally("trafficking_cases").any() and links(state).home.sum() == 50
    state.t = 6
    run(state)
    assert state.ledger.tally("trafficking_cases").any() and not links(state).home.any()


def test_where_each_case_is_tried_the_courts_recorded_are_those_of_states_with_the_law():
    """Without policies that is Mongolia alone (S020): it tries each case of its nationals and on its soil, once."""
    eager = {"trafficker_approaches": 1e5, "deceit_believed": 1.0, "inspection_kor": 20.0, "p_removal": 1.0}
    always = {"case_recording": 1.0, "case_prosecuted": 1.0}
    run = share_ways(model(months=8, scale=50, params=PARAMS | eager | always))
    run.run()
    rows = run.series.table().to_pandas()
    cases, trials = (rows[rows.measure == name] for name in ("trafficking_cases", "trafficking_prosecutions"))
    touched = cases[(cases.nationality == "MNG") | (cases.host == "MNG")]
    assert set(map(str, cases.date)) == set(map(str, trials.date)) == {"2017-12-01"}
    assert set(trials.origin) == {"MNG"}
    assert cases.value.sum() > trials.value.sum() == touched.value.sum() > 0


def test_only_victims_are_rescued_and_only_where_they_are_seen_as_such():
    state = made(3)
    c, seoul = state.people.cols, WORLD.place_index("KOR")
    everybody = np.arange(3, dtype=np.int32)
    state.people.change(everybody, np.int8(1), seoul, 9)
    state.people.change(everybody, np.int8(8))
    c.channel[:], c.held[:] = Channel.OVERSTAY, [1 + KOREA, -1 - KOREA, 0]
    state.rules.tables["victim_care"][:] = 0.0
    assert rescued(state, everybody).tolist() == [0, 1, 2] and victims(state).tolist() == [0]
    state.rules.tables["victim_care"][KOREA] = 1.0
    assert rescued(state, everybody).tolist() == [1, 2]
    assert c.status.tolist() == [Status.HOME, Status.OVERSTAYER, Status.OVERSTAYER]
    assert not c.banned_until.any()


@given(st.floats(0, 50), st.floats(0.5, 10), st.floats(0, 1, exclude_max=True), st.floats(0, 1, exclude_max=True))
def test_more_luck_makes_more_cases_and_none_without_victims(mean, size, one, other):
    low, high = sorted((one, other))
    assert 0 <= negative_binomial(low, mean, size) <= negative_binomial(high, mean, size)
    assert negative_binomial(one, 0.0, size) == 0


@pytest.mark.parametrize(("mean", "size"), [(0.3, 2.0), (4.0, 2.0), (20.0, 1.0)])
def test_cases_have_the_mean_and_variance_of_their_distribution(mean, size):
    n = 20_000
    drawn = np.array([negative_binomial((k + 0.5) / n, mean, size) for k in range(n)])
    assert drawn.mean() == pytest.approx(mean, rel=0.01)
    assert drawn.var() == pytest.approx(mean + mean**2 / size, rel=0.03)
