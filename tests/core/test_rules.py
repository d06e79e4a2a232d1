"""The rule book: a repeal leaves no trace, snapshots are renewed, writes are signed and logged."""

import numpy as np
import pytest

from sim.core.chance import key
from sim.core.limits import Limit
from sim.core.rules import RuleBook


def a_limit(level=5):
    every = np.ones(1, bool)
    return Limit("", "", every, every, every, level, since=4)


def step(rules, t, *policies):
    """One step: each policy is a name and what it writes."""
    rules.begin()
    for name, write in policies:
        with rules.writer(name, t):
            write(rules)
    rules.end(t)


@pytest.fixture
def rules():
    book = RuleBook({"entry": np.array([1.0, 0.3])})
    book.begin()
    return book


def test_a_repeal_restores_the_worlds_own_rate_bit_for_bit(rules):
    step(rules, 0, ("a", lambda r: r.scale("entry", (1,), 0.7)), ("b", lambda r: r.set("entry", (0,), 0.2)))
    assert rules.entry.tolist() == [0.2, 0.3 * 0.7]
    step(rules, 1)
    assert rules.entry.tolist() == [1.0, 0.3]
    assert rules.base["entry"].tolist() == [1.0, 0.3]


def test_shocks_to_one_cell_compose(rules):
    step(rules, 0, ("a", lambda r: r.scale("entry", (0,), 0.5)), ("b", lambda r: r.scale("entry", (0,), 0.5)))
    assert rules.entry[0] == 0.25


def test_a_limit_is_signed_and_is_gone_with_its_policy(rules):
    step(rules, 0, ("cap", lambda r: r.limit("RUS", a_limit())))
    assert list(rules.limits) == ["cap/RUS"]
    limit = rules.limits["cap/RUS"]
    assert (limit.policy, limit.key) == ("cap", key("cap/RUS"))
    step(rules, 1)
    assert rules.limits == {}


def test_a_limit_without_a_name_of_its_own_has_its_policys(rules):
    step(rules, 0, ("cap", lambda r: r.limit("", a_limit())))
    assert list(rules.limits) == ["cap"]


def test_a_snapshot_lasts_as_long_as_the_policy_and_a_new_adoption_takes_a_new_one(rules):
    seen = []
    for t, count in enumerate((10, 11, None, 13)):
        write = lambda r, n=count: seen.append(r.remember("level", lambda: n))  # noqa: E731
        step(rules, t, *([("cap", write)] if count is not None else []))
    assert seen == [10, 10, 13]


def test_two_policies_do_not_share_what_they_remember(rules):
    seen = []
    step(
        rules, 0, ("a", lambda r: r.remember("level", lambda: 1)),
        ("b", lambda r: seen.append(r.remember("level", lambda: 2))),
    )  # fmt: skip
    assert seen == [2]


def test_a_policy_may_change_what_it_noted(rules):
    seen = []
    step(rules, 0, ("a", lambda r: r.note("level", 7)))
    step(rules, 1, ("a", lambda r: seen.append(r.remember("level", lambda: 9))))
    assert seen == [7]


def test_the_first_and_the_last_step_of_writing_are_logged(rules):
    nothing = lambda r: None  # noqa: E731
    for t, on in enumerate((True, True, False, True)):
        step(rules, t, *([("cap", nothing)] if on else []))
    assert rules.log == [(0, "cap", "begins"), (2, "cap", "ends"), (3, "cap", "begins")]


def test_a_limit_keeps_the_step_in_which_it_was_first_written(rules):
    def at(since):
        limit = a_limit()
        limit.since = since
        return limit

    step(rules, 4, ("cap", lambda r: r.limit("x", at(4))))
    step(rules, 5, ("cap", lambda r: r.limit("x", at(5))))
    assert rules.limits["cap/x"].since == 4


def test_an_unknown_table_is_named(rules):
    with pytest.raises(AttributeError, match="no table 'entri'"):
        rules.entri  # noqa: B018
