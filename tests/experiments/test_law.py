"""The law of a day: which rules hold, where they are written, and what they set."""

from datetime import date

import pytest

from sim.core.authors import described
from sim.core.rates import base_rates
from sim.experiments.law import codes_of_axes, law
from sim.model import MigrationModel
from sim.policies import POLICY_KINDS
from sim.scenario import Scenario, load_scenario
from sim.world import load_world
from sim.world.priors import Priors, default_priors_path
from tests.digest.runs import scenario

PRIORS = Priors.load(default_priors_path())
FILE = """
name: a
question: What holds?
start: 2017-01
end: 2018-12
policies:
  cap: {kind: stock_cap, nationality: PRK, level: at_adoption, from: 2017-08-05, source: para. 11,
        compliance: {RUS: prior:compliance_rus, default: 1.0}}
  melting: {kind: stock_cap, nationality: CHN, hosts: RUS, level: 900, refill: false, source: made up}
  quota: {kind: permit_quota, nationality: CHN, hosts: [RUS, MNG], level: 700, counts: issued, per: total,
          renewals: counted, source: made up, until: 2017-06-30}
  shock: {kind: economic_shock, host: RUS, jobs: 0.5, from: 2017-03-01, source: made up}
  worse: {kind: economic_shock, host: RUS, sectors: F, jobs: 0.5, from: 2017-03-01, source: made up}
  legal: {kind: legalisation, host: KOR, share: 0.3, from: 2017-02-01, source: made up}
"""


@pytest.fixture
def found(tmp_path):
    """The law of a day."""
    (tmp_path / "a.yaml").write_text(FILE)
    return lambda *day: law(load_scenario(tmp_path / "a.yaml"), date(*day), PRIORS)


def names(rows):
    return [row["policy"] for row in rows]


def rule(found, name):
    return next(row for row in found["in_force"] if row["policy"] == name)


def test_every_axis_of_the_rule_book_has_codes():
    world = load_world("northeast_asia")
    codes, known = codes_of_axes(world), described()
    for name, table in base_rates(world, PRIORS.point(), len(world.ports)).items():
        assert table.shape == tuple(len(codes[axis]) for axis in known[name][0])


def test_a_rule_dated_inside_a_month_is_to_come_until_the_next(found):
    then, after = found(2017, 8, 20), found(2017, 9, 1)
    assert names(then["to_come"]) == ["cap"] and names(then["ended"]) == ["quota"]
    assert then["to_come"][0]["binds_from"] == date(2017, 9, 1)
    assert "cap" in names(after["in_force"]) and after["to_come"] == []
    assert rule(after, "cap")["written_in"].endswith("a.yaml:7")
    assert rule(after, "cap")["source"] == "para. 11"


def test_levels_that_the_run_decides_are_not_invented(found):
    now = found(2017, 9, 1)
    cap = rule(now, "cap")
    assert {(x["level"], x["basis"]) for x in cap["limits"]} == {(None, "at its count when it takes effect")}
    assert next(x for x in cap["limits"] if x["hosts"] == ["RUS"])["compliance"] == PRIORS["compliance_rus"].value
    assert [x["prior"] for x in cap["priors"]] == ["compliance_rus"]
    assert [(x["level"], x["basis"]) for x in rule(now, "melting")["limits"]] == [(None, "that moves with the run")]
    quota = rule(found(2017, 6, 30), "quota")["limits"]
    assert [(x["level"], x["nationalities"], x["hosts"]) for x in quota] == [(700, ["CHN"], ["MNG", "RUS"])]
    assert quota[0]["counts"] == "work permits issued since 1 January, renewals among them"


def test_changed_rates_are_told_from_before_to_after(found):
    now = found(2017, 3, 1)
    [first] = rule(now, "shock")["rates"]
    assert (first["table"], first["before"], first["after"]) == ("jobs", 1.0, 0.5)
    assert first["cells"]["sector"] == ["all"] and all(x.startswith("RUS") for x in first["cells"]["place"])
    [second] = rule(now, "worse")["rates"]
    assert (second["before"], second["after"], second["cells"]["sector"]) == (0.5, 0.25, ["F"])


def test_a_rule_of_one_month_sets_nothing_after_it(found):
    [rates] = rule(found(2017, 2, 1), "legal")["rates"]
    assert (rates["after"], rates["cells"]["host"]) == (0.3, ["KOR"])
    assert rule(found(2017, 3, 1), "legal")["rates"] == []


def test_the_law_is_that_of_the_run():
    """Levels that do not depend on the run are those under which it is run."""
    case = scenario(3)
    model = MigrationModel(case, scale=2000)
    model.run()
    told = {x["limit"]: x["level"] for row in law(case, case.end, PRIORS)["in_force"] for x in row["limits"]}
    there = {name: limit.level for name, limit in model.state.rules.limits.items()}
    assert told.keys() == there.keys()
    fixed = {name for name, level in told.items() if level is not None}
    assert {"quota/MNG", "share/all"} & fixed or len(fixed) > 1
    assert {name: told[name] for name in fixed} == {name: there[name] for name in fixed}


@pytest.mark.parametrize("kind", POLICY_KINDS)
def test_each_kind_is_explained_by_what_it_sets(kind):
    """Each by the example of its kind, in its first month."""
    policy = POLICY_KINDS[kind].example | {"kind": kind, "from": "2018-01-01", "source": "made up"}
    settings = {"name": kind, "question": "What does it set?", "start": "2018-01", "end": "2018-02"}
    case = Scenario.model_validate(settings | {"policies": {"it": policy}})
    [found] = law(case, case.start, PRIORS)["in_force"]
    assert found["limits"] or found["rates"] or found["recalls"]
    assert all(x["cells"] and x["before"] != x["after"] for x in found["rates"])
    assert found["settings"].keys() >= POLICY_KINDS[kind].example.keys()
    assert found["written_in"] is None, "it stands in no file"
