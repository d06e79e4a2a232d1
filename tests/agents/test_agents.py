"""States, employers and brokers are views: what they say is what the columns hold."""

import numpy as np
import pytest

from sim.core.words import Channel, Status
from sim.model import MigrationModel
from sim.scenario import load_scenario

SCENARIO = """
name: two months
question: What do the agents see?
start: 2017-06
end: 2017-07
policies:
  cap: {kind: stock_cap, nationality: PRK, hosts: RUS, level: 100, source: made up}
"""


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    file = tmp_path_factory.mktemp("agents") / "two.yaml"
    file.write_text(SCENARIO)
    model = MigrationModel(load_scenario(file), scale=200)
    model.run()
    return model


def test_a_state_sees_the_foreigners_on_its_soil(model):
    russia = next(state for state in model.states if state.code == "RUS")
    workers = model.state.people.by_host()[Status.WORKER, russia.row].sum()
    assert russia.foreigners["worker"] == workers > 0
    assert russia.limits == {"cap/RUS": 100}
    assert russia.attitude == 0  # two months in
    assert russia.inspection_rate == model.state.params["inspection_rus"]


def test_a_state_s_people_abroad_are_counted_wherever_they_are(model):
    korea = next(state for state in model.states if state.code == "PRK")
    c = model.state.people.cols
    away = (c.nation == korea.row) & (c.status >= Status.WORKER)
    assert korea.nationals_abroad == c.weight[away].sum() > 0


def test_employers_add_up_to_all_who_work(model):
    c = model.state.people.cols
    at_work = c.weight[(c.employer >= 0)].sum()
    assert sum(e.staff + e.staff_without_papers for e in model.employers) == at_work
    assert all(e.posts >= 0 and e.wage_usd_month > 0 for e in model.employers)


def test_a_smuggler_s_clients_came_by_his_way(model):
    guide = next(b for b in model.brokers if b.kind == "smuggler" and b.nationality == "PRK")
    people, china = model.state.people, model.state.country("CHN")
    c = people.cols
    abroad = (c.status > Status.VISITOR) & (people.host_of[c.place] == china) & (c.nation == model.state.country("PRK"))
    assert guide.clients == np.sum(c.weight[abroad & (c.channel == Channel.SMUGGLER)]) > 0
    assert guide.clients < np.sum(c.weight[abroad])


def test_a_recruiter_s_clients_are_those_in_his_hosts(model):
    people, c = model.state.people, model.state.people.cols
    recruiters = [b for b in model.brokers if b.kind != "smuggler"]
    for each in recruiters:
        nation = model.state.country(each.nationality)
        theirs = (c.nation == nation) & (c.channel == Channel.CONTRACT) & (c.status > Status.VISITOR)
        hosts = [model.state.country(code) for code in each.hosts]
        assert each.clients == c.weight[theirs & np.isin(people.host_of[c.place], hosts)].sum()
    assert any(each.clients for each in recruiters)


def test_a_broker_sees_its_fee_and_its_places(model):
    guide = next(b for b in model.brokers if b.kind == "smuggler" and b.nationality == "PRK")
    recruiter = next(b for b in model.brokers if b.kind == "licensed")
    state = model.state
    assert guide.fee_usd == state.brokers.fee[guide.row] > 0
    assert guide.places == {"CHN": state.brokers.places(state.t, state.params)[guide.row].sum()}
    assert recruiter.places == {} and recruiter.bad_name == 0 and not recruiter.is_prosecuted
    state.brokers.until[guide.row] = state.t + 1
    assert guide.is_prosecuted
