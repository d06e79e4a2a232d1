"""What a scenario file may say, and how it is read: schema, merging, settings of the command line, errors."""

from sim.scenario.conflicts import conflicts
from sim.scenario.editor import scenario_json_schema
from sim.scenario.load import load_scenario
from sim.scenario.problems import ScenarioError
from sim.scenario.schema import Parameter, Scenario, resolved
from sim.world.located import Problem

__all__ = [
    "Parameter",
    "Problem",
    "Scenario",
    "ScenarioError",
    "conflicts",
    "load_scenario",
    "resolved",
    "scenario_json_schema",
]
