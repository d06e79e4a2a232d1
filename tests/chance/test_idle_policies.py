"""Policies that cannot matter change nothing: not one history, and of the results only what speaks of them."""

import pytest

from tests.chance.runs import first_difference, histories, model

MADE_UP = {"source": "made up"}
CAP = {"kind": "stock_cap", "nationality": "all", "hosts": "all"} | MADE_UP
BAN = {"kind": "permit_ban", "nationality": "all", "hosts": "all", "renewals": "counted"} | MADE_UP
ABOUT_LIMITS = {"limit_level", "breach", "binds", "excess"}


def run_and_histories(policies=None):
    run = model(policies)
    return run, histories(run)


@pytest.fixture(scope="module")
def baseline():
    return run_and_histories()


def test_two_runs_of_one_seed_are_one_and_of_two_seeds_two(baseline):
    assert first_difference(baseline[1], run_and_histories()[1]) == ""
    assert first_difference(baseline[1], histories(model(seed=2))) != ""


def test_a_policy_that_never_begins_is_the_baseline_bit_for_bit(baseline):
    run, people = run_and_histories({"later": BAN | {"from": "2019-01-01"}})
    assert first_difference(baseline[1], people) == ""
    assert run.series.table().equals(baseline[0].series.table())


def test_a_cap_with_room_for_all_changes_nobody(baseline):
    run, people = run_and_histories({"high": CAP | {"level": 10**9}})
    assert first_difference(baseline[1], people) == ""
    rows = run.series.table().to_pandas()
    assert ABOUT_LIMITS & set(rows.measure) == {"limit_level"}
    same = rows[rows.measure != "limit_level"].drop(columns="limit").astype(str).reset_index(drop=True)
    assert same.equals(baseline[0].series.table().to_pandas().drop(columns="limit").astype(str))


def test_a_ban_that_nobody_complies_with_leaves_the_same_people(baseline):
    """SPEC 6.7: compliance 0 is the baseline but for the marks of breach."""
    run, people = run_and_histories({"paper": BAN | {"compliance": 0.0}})
    marked = sum(int(step["breach"].astype(bool).sum()) for step in people)
    for step in people:
        step["breach"][:] = 0
    assert first_difference(baseline[1], people) == ""
    assert marked > 0 and "breach" in set(run.series.table().to_pandas().measure)


def test_histories_are_the_same_until_the_first_month_of_the_policy(baseline):
    people = run_and_histories({"ban": BAN | {"from": "2017-09-01"}})[1]
    assert first_difference(baseline[1][:3], people[:3]) == ""
    assert first_difference(baseline[1], people) != ""


def test_a_repealed_policy_stops_writing(baseline):
    run = run_and_histories({"ban": BAN | {"from": "2017-07-01", "until": "2017-09-30"}})[0]
    assert run.state.rules.log == [(1, "ban", "begins"), (4, "ban", "ends")]
    assert not run.state.rules.limits
    for name, table in run.state.rules.base.items():
        assert (run.state.rules.tables[name] == table).all()
