"""Inheritance: what a child may change, and whose line is named."""

import pytest

from sim.scenario import ScenarioError, load_scenario

PARENT = """\
name: parent
question: What is?
start: 2000-01
end: 2010-12
policies:
  cap:
    kind: trial_cap
    nationality: PRK
    hosts: [RUS, CHN]
    compliance: {RUS: 0.9, default: 1.0}
    source: a law
  shock:
    kind: trial_shock
    factor: 0.5
    from: 2008-09-15
    source: a series
parameters:
  tie: {value: 0.4, source: a study}
"""


@pytest.fixture
def child(write, priors):
    """Load a child of PARENT."""
    write(PARENT, "parent.yaml")
    return lambda text: load_scenario(write("extends: parent.yaml\n" + text, "child.yaml"), priors=priors)


def test_mappings_merge_by_key_and_lists_are_replaced(child):
    cap = child("policies:\n  cap: {hosts: [KOR], level: 10, compliance: {KOR: 0.5}}\n").policies["cap"]
    assert (cap.hosts, cap.level, cap.source) == (("KOR",), 10, "a law")
    assert cap.compliance == {"RUS": 0.9, "KOR": 0.5, "default": 1.0}


def test_another_kind_replaces_the_whole_policy(child):
    cap = child("policies:\n  cap: {kind: trial_shock, factor: 2, source: s}\n").policies["cap"]
    assert (cap.kind, cap.factor, cap.source) == ("trial_shock", 2, "s")


def test_null_removes_a_policy_and_a_parameter(child):
    scenario = child("policies:\n  cap: null\nparameters:\n  tie: null\n")
    assert list(scenario.policies) == ["shock"]
    assert not scenario.parameters


def test_null_for_a_setting_takes_it_back(child):
    assert child("policies:\n  shock: {from: null}\n").policies["shock"].from_ is None


def test_a_file_keeps_its_own_name(child, write, priors):
    assert child("").name == "child"
    assert child("name: own\n").name == "own"
    assert load_scenario(write(PARENT), priors=priors).name == "parent"


def test_policies_stand_in_the_order_of_their_ids(child):
    scenario = child("policies:\n  a: {kind: trial_shock, factor: 2, source: s}\n")
    assert list(scenario.policies) == ["a", "cap", "shock"]


def test_a_chain_of_three(write, priors):
    write(PARENT, "parent.yaml")
    write("extends: parent.yaml\npolicies: {cap: {level: 5}}\n", "middle.yaml")
    cap = load_scenario(write("extends: middle.yaml\npolicies: {cap: {refill: false}}\n"), priors=priors).policies[
        "cap"
    ]
    assert (cap.level, cap.refill, cap.nationality) == (5, False, "PRK")


def failed(load):
    with pytest.raises(ScenarioError) as caught:
        load()
    return [(p.file.rsplit("/", 1)[-1], p.line, p.path, p.message) for p in caught.value.problems]


def test_an_inherited_mistake_is_named_at_the_parent(write, priors):
    write(PARENT.replace("PRK", "PKR"), "parent.yaml")
    found = failed(lambda: load_scenario(write("extends: parent.yaml\npolicies: {cap: {level: -1}}\n"), priors=priors))
    assert [f[:3] for f in found] == [
        ("case.yaml", 2, "policies.cap.level"),
        ("parent.yaml", 8, "policies.cap.nationality"),
    ]


def test_removing_what_the_parent_has_not(child):
    found = failed(lambda: child("policies:\n  cpa: null\n"))
    assert found == [("child.yaml", 3, "policies.cpa", "null removes what no parent has; did you mean 'cap'?")]


def test_a_shorter_run_keeps_its_parents_later_rules_and_says_so(child):
    scenario = child("end: 2005-12\n")
    assert "shock" in scenario.policies
    assert len(scenario.warnings) == 1
    assert scenario.warnings[0].endswith("the run ends 2005-12, before these begin: shock")


def test_a_child_may_not_date_its_own_rule_after_the_shorter_run(child):
    found = failed(lambda: child("end: 2005-12\npolicies:\n  shock: {from: 2006-01-01}\n"))
    assert found == [("child.yaml", 4, "policies.shock.from", "2006-01-01 lies after the run, 2000-01 to 2005-12")]


def test_a_missing_parent_has_its_neighbour_named_and_the_rest_is_still_checked(write):
    write(PARENT, "parent.yaml")
    text = "extends: parnt.yaml\npolicies:\n  cap: {level: 3}\n  new: {kind: trial_cap, hosts: RSU}\n  shock: null\n"
    assert failed(lambda: load_scenario(write(text))) == [
        ("case.yaml", 1, "extends", "no such file 'parnt.yaml' beside case.yaml; did you mean 'parent.yaml'?"),
        ("case.yaml", 4, "policies.new.hosts", "unknown country 'RSU'; did you mean 'RUS'?"),
    ]


@pytest.mark.parametrize("names", [["a"], ["a", "b"], ["a", "b", "c"]])
def test_a_circle_is_named_where_it_closes(write, names):
    for name, parent in zip(names, [*names[1:], names[0]], strict=True):
        path = write(f"question: x\nextends: {parent}.yaml\n", f"{name}.yaml")
    circle = " -> ".join(f"{name}.yaml" for name in [*names, "a"])
    found = failed(lambda: load_scenario(path.with_name("a.yaml")))
    assert found == [(f"{names[-1]}.yaml", 2, "extends", f"the files extend each other in a circle: {circle}")]


@pytest.mark.parametrize("value", ["null", "3", "[a.yaml]"])
def test_extends_names_a_file(write, value):
    found = failed(lambda: load_scenario(write(f"question: x\nextends: {value}\n")))
    assert found == [("case.yaml", 2, "extends", "must be the name of a file")]
