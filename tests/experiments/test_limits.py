"""How likely limits refuse somebody, and the two accounts of whom they refused."""

from datetime import date

import pyarrow as pa
import pytest

from sim.experiments.limits import binds, leakage, months_bound, policy_of
from sim.experiments.summary import changed_policies
from sim.experiments.tally import LimitTally
from sim.results.series import Series

LABELS = {
    "nationality": ["PRK"],
    "host": ["RUS", "CHN"],
    "limit": ["cap/RUS", "cap/CHN", "quota"],
    "purpose": ["job", "worker"],
    "outcome": ["waits", "withdrawn", "gives_up"],
}


def table(months: int) -> pa.Table:
    """One run in which the cap binds in Russia for some months, never in China, and the quota always."""
    series = Series(LABELS, date(2017, 1, 1))
    for t in range(4):
        series.record("limit_level", t, [10, 0], limit=[0, 1], host=[0, 1], nationality=0, keep_zero=True)
        series.record("limit_level", t, 500, limit=2)
        series.record("binds", t, 1, limit=2, host=0)
        series.record("requests_blocked", t, 5, limit=2, host=0)
    for t in range(months):
        series.record("binds", t, 1, limit=0, host=0)
        series.record("requests_blocked", t, 3, limit=0, host=0)
        series.record("leakage", t, [1, 2], purpose=0, outcome=[0, 1], limit=0, host=0)
        series.record("leakage", t, 3, purpose=1, outcome=2, limit=0, host=0)
    return series.table()


@pytest.fixture
def tally() -> LimitTally:
    tally = LimitTally()
    for replicate, months in ((1, 2), (2, 0)):
        tally.add(replicate, table(months))
    return tally


def test_p_binds_counts_replicates_and_the_rest_are_means(tally: LimitTally) -> None:
    names = ("limit", "host", "changed", "p_binds", "months", "level", "requests_blocked")
    assert [tuple(row[name] for name in names) for row in binds(tally, 2, ["cap"])] == [
        ("cap/RUS", "RUS", True, 0.5, 1.0, 10.0, 3.0),
        ("cap/CHN", "CHN", True, 0.0, 0.0, 0.0, 0.0),
        ("quota", "RUS", False, 1.0, 4.0, 500.0, 20.0),
    ]


def test_months_are_counted_once_however_many_limits_bind(tally: LimitTally) -> None:
    assert months_bound(tally, 2, ["cap"]) == 1
    assert months_bound(tally, 2, ["quota"]) == months_bound(tally, 2, ["cap", "quota"]) == 4


def test_each_account_adds_up_to_the_blocked_requests(tally: LimitTally) -> None:
    accounts = leakage(tally, 2, ["cap"])
    assert accounts["policies"] == ["cap"]
    assert accounts["blocked"] == 3
    assert accounts["job"] == {
        "waits": 1,
        "raised_wage": 0,
        "other_nationality": 0,
        "without_papers": 0,
        "withdrawn": 2,
    }
    assert sum(accounts["worker"].values()) == accounts["worker"]["gives_up"] == 3
    assert accounts["all_limits"]["blocked"] == 23


def test_limits_belong_to_policies() -> None:
    assert (policy_of("cap/RUS"), policy_of("quota")) == ("cap", "quota")


def test_changed_policies_are_those_added_removed_or_altered() -> None:
    reference = {"policies": {"a": {"level": 1}, "b": {"level": 1}, "c": {"level": 1}}}
    scenario = {"policies": {"a": {"level": 1}, "b": {"level": 2}, "d": {"level": 1}}}
    assert changed_policies(reference, scenario) == ["b", "c", "d"]
