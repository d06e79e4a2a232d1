"""The model as Mesa sees it: steps, collectors, agents, and a month that leaves no mechanism out."""

import gc
import pkgutil
import weakref
from datetime import date

import mesa
import pytest

from sim import mechanisms
from sim.model import MigrationModel
from sim.scenario import load_scenario

SCENARIO = """
name: three months
question: Does it step?
start: 2017-06
end: 2017-08
policies:
  cap: {kind: stock_cap, nationality: PRK, hosts: RUS, level: 100, from: 2017-07-01, source: made up}
"""


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    file = tmp_path_factory.mktemp("model") / "three.yaml"
    file.write_text(SCENARIO)
    return load_scenario(file)


@pytest.fixture(scope="module")
def model(scenario):
    model = MigrationModel(scenario, scale=200)
    model.run()
    return model


def test_every_mechanism_has_its_turn_in_the_month():
    there = {name for _, name, _ in pkgutil.iter_modules(mechanisms.__path__)}
    assert {step.__module__.rpartition(".")[2] for step in MigrationModel.MONTH} == there


def test_the_collector_keeps_a_row_a_month(model):
    frame = model.datacollector.get_model_vars_dataframe()
    assert len(frame) == 3
    assert frame["workers"].iloc[-1] == model.workers > 0


def test_a_run_that_is_over_says_so(model):
    with pytest.raises(RuntimeError, match=r"three months.*over.*3 steps"):
        model.step()


def test_mesa_s_own_collector_works_on_model_and_agents(scenario):
    model = MigrationModel(scenario, scale=200)
    own = mesa.DataCollector(
        model_reporters={"hidden": "hidden"}, agenttype_reporters={type(model.employers[0]): {"staff": "staff"}}
    )
    for _ in range(2):
        model.step()
        own.collect(model)
    assert list(own.get_model_vars_dataframe()["hidden"]) == [int(x) for x in own.model_vars["hidden"]]
    staff = own.get_agenttype_vars_dataframe(type(model.employers[0]))["staff"]
    assert staff.groupby("Step").sum().iloc[-1] == model.state.people.staff[0].sum()


def test_parameters_of_the_scenario_hold_over_those_given(scenario):
    other = scenario.model_copy(update={"parameters": {"tau": type("P", (), {"value": 0.2})()}})
    assert MigrationModel(other, scale=500, params=None).state.params["tau"] == 0.2


def test_rules_begin_and_end_on_their_dates(model):
    assert (1, "cap", "begins") in model.state.rules.log
    assert model.calendar.day(1) == date(2017, 7, 1)


def test_a_run_that_is_over_leaves_nothing_in_memory(scenario):
    gone = weakref.ref(MigrationModel(scenario, scale=200))
    gc.collect()
    assert gone() is None
