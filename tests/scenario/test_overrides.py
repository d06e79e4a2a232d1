"""`--set` reaches the same paths as a file."""

from datetime import date

import pytest

from sim.scenario import load_scenario, resolved

TEXT = """\
question: Does it bind?
policies:
  cap: {kind: trial_cap, nationality: PRK, level: 3, source: a law}
"""


@pytest.fixture
def load(write, priors):
    """Load TEXT with settings of the command line."""
    return lambda *set_: load_scenario(write(TEXT), set_, priors)


def test_a_value_is_read_as_yaml(load):
    scenario = load("policies.cap.level=10000", "policies.cap.hosts=[RUS, CHN]", "end=2001-12")
    assert scenario.policies["cap"].level == 10000
    assert scenario.policies["cap"].hosts == ("RUS", "CHN")
    assert scenario.end == date(2001, 12, 1)


def test_the_source_says_what_the_command_line_gave(load):
    plain = resolved(load("policies.cap.level=5", "parameters.tie=0.5"))
    assert plain["policies"]["cap"]["source"] == "a law; level: command line"
    assert plain["parameters"]["tie"] == {"value": 0.5, "source": "command line"}
    assert plain["set"] == {"policies.cap.level": 5, "parameters.tie": 0.5}


def test_the_last_of_two_settings_holds(load):
    assert load("policies.cap.level=5", "policies.cap.level=6").policies["cap"].level == 6


def test_null_removes_a_policy(load):
    assert not load("policies.cap=null").policies


def test_a_whole_policy_can_be_added(load):
    scenario = load("policies.new={kind: trial_shock, factor: 2, source: a guess}")
    assert scenario.policies["new"].factor == 2


@pytest.mark.parametrize(
    ("setting", "message"),
    {
        "policies.cpa.level=3": "policies.cpa: the scenario has none of this name; did you mean 'cap'?",
        "policies.cpa=null": "policies.cpa: the scenario has none of this name; did you mean 'cap'?",
        "policies.cap.lvel=3": "policies.cap.lvel: unknown setting; did you mean 'level'?",
        "polices.cap.level=3": "polices: unknown setting; did you mean 'policies'?",
        "policies.cap.level=-3": "policies.cap.level: must not be negative, and is -3",
        "policies.cap.level.low=3": "policies.cap.level.low: 'level' holds one value: set it whole",
        "policies.cap.hosts=RSU": "policies.cap.hosts: unknown country 'RSU'; did you mean 'RUS'?",
        "policies.cap.from=2030-01-01": "policies.cap.from: 2030-01-01 lies after the run, 2000-01 to 2025-12",
        "parameters.tei=0.5": "parameters.tei: no prior has this name; did you mean 'tie'?",
        "parameters.tie=7": "parameters.tie.value: 7 lies outside the prior's range, 0.1 to 1 1",
        "extends=a.yaml": "extends: can only be written in a file",
        "policies.cap.level": "policies.cap.level: must be written PATH=VALUE, such as policies.unscr_2371.level=10000",
        "policies..level=3": "policies..level=3: must be written PATH=VALUE, such as policies.unscr_2371.level=10000",
        "end=[": "end: not YAML: ",
        "end=2001": "end: 2001 is not a date: write 2017-08-05, or a month as 2017-08",
    }.items(),
)
def test_a_wrong_setting_is_named(problems, setting, message):
    found = problems(TEXT, [setting])
    assert len(found) == 1
    assert str(found[0]).startswith(f"--set: {message}")


def test_problems_of_the_file_come_before_those_of_the_command_line(problems):
    found = problems(TEXT.replace("PRK", "PKR"), ["policies.cap.level=-1"])
    assert [(p.file.rsplit("/", 1)[-1], p.line) for p in found] == [("case.yaml", 3), ("--set", 0)]
