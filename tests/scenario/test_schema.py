"""The scenario as it is run, and its plain form."""

import json
import pickle
from datetime import date

import pytest
from pydantic import ValidationError

from sim.scenario import Scenario, load_scenario, resolved

TEXT = """\
question: Does it bind?
policies:
  b: {kind: trial_cap, nationality: PRK, hosts: [RUS, CHN], until: 2017-08-05, source: s, compliance: {default: 0}}
  a: {kind: trial_shock, factor: 2, source: s, from: 2010-03}
"""


@pytest.fixture
def scenario(write):
    return load_scenario(write(TEXT))


def test_the_run_has_312_months_unless_told_otherwise(scenario):
    assert scenario.months == 312
    assert scenario.calendar.day(311) == date(2025, 12, 1)


def test_the_plain_form_is_sorted_json_and_reads_back(scenario):
    plain = resolved(scenario)
    assert json.dumps(plain) == json.dumps(plain, sort_keys=True)
    assert plain["policies"]["b"]["until"] == "2017-08-05"
    assert plain["policies"]["b"]["hosts"] == ["RUS", "CHN"]
    assert resolved(Scenario.model_validate(plain)) == plain


def test_the_order_of_a_file_does_not_matter(scenario, write):
    lines = TEXT.splitlines()
    other = load_scenario(write("\n".join([lines[1], lines[3], lines[2], lines[0]])))
    assert resolved(other) == resolved(scenario)


@pytest.mark.filterwarnings("error")
def test_writing_the_plain_form_warns_of_nothing(scenario, write):
    resolved(scenario)
    resolved(load_scenario(write(TEXT.replace("[RUS, CHN]", "all"))))


def test_it_is_frozen_and_travels_to_other_processes(scenario):
    with pytest.raises(ValidationError, match="frozen"):
        scenario.name = "other"
    assert resolved(Scenario.model_validate_json(scenario.model_dump_json(by_alias=True))) == resolved(scenario)


def test_a_policy_of_python_need_not_be_a_file(a_kind):
    policy = a_kind(nationality="PRK", source="s", from_="2017-08-05")
    scenario = Scenario(name="n", question="q", policies={"cap": policy})
    assert scenario.policies["cap"] is policy


def test_from_is_written_without_an_underscore_in_a_file(problems):
    found = problems(TEXT.replace("from:", "from_:"))
    assert [p.message for p in found] == ["unknown setting; did you mean 'from'?"]


def test_a_scenario_can_be_pickled(write):
    plain = load_scenario(write("question: x\n"), ["end=2001-12"])
    assert resolved(pickle.loads(pickle.dumps(plain))) == resolved(plain)
