"""neamig explain: tables for people, JSON for programs, and days outside the run."""

import json

import pytest

from tests.cli.conftest import but_for_the_start

CAP = """
name: cap
question: What holds?
start: 2017-01
end: 2017-12
policies:
  cap: {kind: stock_cap, nationality: PRK, level: at_adoption, from: 2017-08-05, source: UNSCR 2371 para. 11}
  quota: {kind: permit_quota, nationality: CHN, hosts: RUS, level: 1234, counts: issued, renewals: exempt, source: x}
"""


@pytest.fixture
def explain(neamig_here, tmp_path):
    """Explain a small scenario."""
    (tmp_path / "cap.yaml").write_text(CAP)
    return lambda *arguments: neamig_here("explain", "cap.yaml", *arguments)


def test_the_rules_of_a_day(explain):
    done = explain("--date", "2017-08-31")
    assert (done.returncode, but_for_the_start(done.stderr)) == (0, "")
    shown = " ".join(done.stdout.split())
    assert "cap: rules in force in August 2017" in shown
    assert "quota (permit_quota), from the start source: x [cap.yaml:8]" in shown
    assert "limit of 1,234 persons: work permits issued since 1 January; CHN in RUS" in shown
    assert "To come rule in force source cap (stock_cap) from 2017-08-05, binds from 2017-09" in shown
    shown = " ".join(explain("--date", "2017-09").stdout.split())
    assert (
        "limits, each at its count when it takes effect: worker in the country, unused authorisations; PRK in" in shown
    )


def test_json(explain):
    found = json.loads(explain("--date", "2017-09-11", "--set", "policies.quota.level=7", "--json").stdout)
    assert found["step"] == "2017-09-01"
    assert {rule["policy"]: rule["limits"][0]["level"] for rule in found["in_force"]} == {"cap": None, "quota": 7}
    assert {rule["written_in"] for rule in found["in_force"]} == {"cap.yaml:7", "cap.yaml:8"}


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("2018-01", "--date: 2018-01 lies outside the run, 2017-01 to 2017-12"),
        ("2016-12-31", "--date: 2016-12-31 lies outside the run"),
        ("2017-02-30", "there is no such day; February 2017 has 28 days"),
        ("tomorrow", "--date: 'tomorrow' is not a date: write 2017-08-05, or a month as 2017-08"),
    ],
)
def test_a_day_that_is_none_of_the_run(explain, day, message):
    done = explain("--date", day)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
