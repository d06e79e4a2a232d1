"""When a policy binds, and how kinds are registered."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from sim.core.calendar import Calendar
from sim.policies import POLICY_KINDS, Policy

RUN = Calendar(date(2017, 1, 1), 24)


@pytest.fixture
def rule(monkeypatch: pytest.MonkeyPatch):
    """Makes a policy of a kind that only this test knows."""
    monkeypatch.setattr("sim.policies.base.POLICY_KINDS", {})

    class Rule(Policy, kind="rule"):
        """A rule."""

        def write(self, rules: Any, today: Any) -> None:
            rules.append(today)

    return lambda **dates: Rule(source="s", **dates)


@pytest.mark.parametrize(
    ("adopted", "first"),
    [("2017-08-05", (2017, 9)), ("2017-08-01", (2017, 8)), ("2017-12-02", (2018, 1)), (None, (2017, 1))],
)
def test_a_rule_dated_inside_a_month_binds_from_the_next(rule, adopted, first):
    policy = rule(from_=adopted)
    bound = [t for t in range(24) if policy.active(RUN.day(t))]
    assert RUN.day(bound[0]) == date(*first, 1)
    assert bound == list(range(policy.starts(RUN), 24))


@pytest.mark.parametrize(
    ("until", "last"),
    [("2017-08-01", (2017, 8)), ("2017-08-31", (2017, 8)), ("2017-07-31", (2017, 7)), ("2017-08", (2017, 8))],
)
def test_until_is_included(rule, until, last):
    policy = rule(until=until)
    assert [t for t in range(24) if policy.active(RUN.day(t))] == list(range(last[1]))


def test_one_that_begins_after_the_run_starts_beyond_it(rule):
    assert rule(from_="2019-01-02").starts(RUN) == 25


def test_it_is_frozen_sourced_and_knows_its_kind(rule):
    policy = rule()
    assert policy.kind == "rule"
    assert policy.claims(None) == frozenset()
    with pytest.raises(ValidationError, match="frozen"):
        policy.note = "changed"
    with pytest.raises(ValidationError, match="source"):
        type(policy)()


def test_a_kind_is_registered_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sim.policies.base.POLICY_KINDS", {})
    type("One", (Policy,), {}, kind="same")
    with pytest.raises(TypeError, match="One and Two are both of the kind 'same'"):
        type("Two", (Policy,), {}, kind="same")


def test_a_policy_that_writes_nothing_cannot_be_made(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sim.policies.base.POLICY_KINDS", {})
    idle = type("Idle", (Policy,), {"__doc__": "Idle."}, kind="idle")
    with pytest.raises(TypeError, match="abstract"):
        idle(source="s")


def test_every_kind_says_what_it_is():
    for kind, model in POLICY_KINDS.items():
        assert model.__doc__, kind
        assert model.model_fields["kind"].default == kind
