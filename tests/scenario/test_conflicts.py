"""Two writers of one limit in one month, and rules that never bind."""

import pytest

from sim.scenario import load_scenario

TWO = """\
question: Which holds?
policies:
  first:
    kind: trial_cap
    nationality: PRK
    source: s
    {first}
  second:
    kind: trial_cap
    nationality: PRK
    source: s
    {second}
"""


def two(first: str, second: str) -> str:
    return TWO.format(first=first, second=second)


def test_two_writers_of_one_limit(problems):
    found = problems(two("from: 2005-03-15", "from: 2004-01-01"))
    assert [(p.line, p.path) for p in found] == [(3, "policies.first")]
    assert found[0].message == (
        "writes the same limit as 'second' from 2005-04 on: "
        "end one of them before with `until`, or remove one (`second: null`)"
    )


def test_of_one_date_the_later_in_the_file_is_named(problems):
    assert [(p.line, p.path) for p in problems(two("level: 1", "hosts: KOR"))] == [(8, "policies.second")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("hosts: KOR", "hosts: [JPN, RUS]"),
        ("until: 2005-03-31", "from: 2005-04-01"),
        ("until: 2005-03-15", "from: 2005-03-02"),
        ("from: 2005-03-02", "until: 2005-03-31"),
    ],
)
def test_rules_that_never_meet_do_not_conflict(write, first, second):
    assert len(load_scenario(write(two(first, second))).policies) == 2


def test_one_month_in_common_is_a_conflict(problems):
    found = problems(two("until: 2005-04-01", "from: 2005-03-15"))
    assert "from 2005-04 on" in found[0].message


def test_adoption_and_repeal_within_one_step_warn(write):
    scenario = load_scenario(
        write(
            two("{from: 2005-03-02}", "hosts: KOR").replace(
                "{from: 2005-03-02}",
                """from: 2005-03-02
    until: 2005-03-31""",
            )
        )
    )
    assert len(scenario.warnings) == 1
    assert ":3: policies.first: binds in no month (from 2005-03-02 until 2005-03-31)" in scenario.warnings[0]


def test_a_rule_of_the_last_days_binds_in_no_month(write):
    assert "binds in no month" in load_scenario(write(two("from: 2025-12-02", "hosts: KOR"))).warnings[0]


def test_rules_that_begin_after_a_shortened_run_share_one_line(write):
    path = write(two("from: 2010-01-01", "{from: 2012-01-01, hosts: KOR}".strip("{}").replace(", ", "\n    ")))
    assert (
        load_scenario(path, ["end=2005-12"])
        .warnings[0]
        .endswith("the run ends 2005-12, before these begin: first, second")
    )
