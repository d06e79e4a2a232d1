"""Drafts: what is copied from the last step is what the policies would write."""

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from sim.core.limits import Limit
from sim.core.outlook import outlook
from sim.core.rates import base_rates, seen_by_month
from sim.core.rules import RuleBook, Today
from sim.core.words import Grant, Status
from sim.policies import POLICY_KINDS
from sim.scenario import load_scenario
from sim.world import load_world
from sim.world.priors import Priors, default_priors_path
from tests.invariants.policies import MONTHS, rule_books, scenario

ROOT = Path(__file__).resolve().parents[2]
WORLD = load_world("northeast_asia")
PARAMS = Priors.load(default_priors_path()).for_world("northeast_asia").point()


class Law:
    """A policy that writes as told, and counts how often it was asked to."""

    def __init__(self, write):
        self.told, self.asked = write, 0

    def write(self, rules, today):
        self.asked += 1
        self.told(rules, today)


def a_day(t=0, **more):
    none = np.zeros((1, 1, 1), np.int64)
    day = Today(t, date(2000, 1 + t, 1), None, none[None], none, none[None], none, np.ones(1), {}, np.zeros(1))
    return replace(day, **more)


def book():
    return RuleBook({"entry": np.ones(2), "visas": np.ones(2)})


def steps(rules, *days):
    """Each day and the laws in force on it, by name."""
    for today, laws in days:
        rules.begin()
        rules.write(laws, today)
        rules.end(today.t)


def test_a_law_that_looks_at_nothing_is_asked_once_and_holds_in_every_step():
    rules, law = book(), Law(lambda r, _: r.scale("entry", ([0],), 0.5))
    for t in range(3):
        steps(rules, (a_day(t), {"a": law}))
        assert rules.entry.tolist() == [0.5, 1.0]
    assert law.asked == 1 and rules.base["entry"].tolist() == [1.0, 1.0]


def test_a_law_that_looks_at_the_date_or_the_counts_is_asked_in_each_step():
    for name in ("t", "month", "stock", "unused", "issued", "renewed", "count"):
        rules, law = book(), Law(lambda _, today, name=name: getattr(today, name))
        steps(rules, *((a_day(t), {"a": law}) for t in range(3)))
        assert law.asked == 3


def test_one_that_looks_at_the_population_is_asked_when_it_changes():
    rules, law = book(), Law(lambda r, today: r.set("entry", ([0],), today.population[0]))
    days = [a_day(t, population=np.array([x])) for t, x in enumerate((3.0, 3.0, 4.0))]
    steps(rules, *((day, {"a": law}) for day in days))
    assert law.asked == 2 and rules.entry.tolist() == [4.0, 1.0]


def test_one_that_reads_a_table_is_asked_when_others_write_it_otherwise():
    adds = Law(lambda r, _: r.set("entry", ([0],), r.tables["entry"][0] + 1))
    other, idle = Law(lambda r, _: r.scale("entry", ([0],), 5.0)), Law(lambda r, _: r.scale("visas", ([0],), 5.0))
    rules = book()
    steps(rules, (a_day(0), {"other": other, "a": adds}), (a_day(1), {"other": other, "a": adds}))
    assert adds.asked == 1 and rules.entry[0] == 6
    steps(rules, (a_day(2), {"a": adds}))
    assert adds.asked == 2 and rules.entry[0] == 2
    steps(rules, (a_day(3), {"idle": idle, "a": adds}), (a_day(4), {"other": other, "idle": idle, "a": adds}))
    assert adds.asked == 3 and rules.entry[0] == 6


def test_what_it_noted_or_asked_on_the_first_day_only_is_no_reason():
    rules, law = book(), Law(lambda r, today: r.remember("since", lambda: today.t))
    steps(rules, *((a_day(t), {"a": law}) for t in range(4)))
    assert law.asked == 2
    falls = Law(lambda r, _: r.note("level", 1))
    steps(book(), *((a_day(t), {"a": falls}) for t in range(4)))
    assert falls.asked == 4


def test_a_law_adopted_again_is_asked_again():
    rules, law = book(), Law(lambda r, _: r.limit("", Limit("", "", *[np.ones(1, bool)] * 3, 5)))
    steps(rules, (a_day(3), {"a": law}), (a_day(4), {}), (a_day(5), {"a": law}), (a_day(6), {"a": law}))
    assert law.asked == 2 and rules.limits["a"].since == 5


def test_only_tables_are_seen_beside_what_is_handed_over():
    with pytest.raises(AttributeError, match="no table 'limits'"):
        book().write({"a": Law(lambda r, _: r.limits)}, a_day())


def days(calendar, seed):
    """Days of a run whose counts are drawn, and whose public changes its mind once a year."""
    rng, c, s = np.random.default_rng(seed), len(WORLD.countries), len(WORLD.sectors)
    view = outlook(WORLD, PARAMS, calendar.year(calendar.steps))
    for t in range(calendar.steps):
        day = calendar.day(t)
        if day.month == 1 or t == 0:
            attitude = rng.uniform(-1, 1, c)
        tables = [rng.integers(0, 9, (*first, c, c, s)) for first in ((len(Status),), (), (len(Grant),), ())]
        yield Today(t, day, WORLD, *tables, view.official_population(day.year), PARAMS, attitude)


def same(a, b):
    assert all((a.tables[name] == b.tables[name]).all() for name in a.base)
    assert (list(a.limits), list(a.recalls), a.log) == (list(b.limits), list(b.recalls), b.log)
    for x, y in zip([*a.limits.values(), *a.recalls.values()], [*b.limits.values(), *b.recalls.values()], strict=True):
        assert all(np.array_equal(getattr(x, f.name), getattr(y, f.name)) for f in fields(x))


def rule_beside_plain(case, seed):
    """A book that copies drafts rules as one in which all write anew in each step; and the world's own stays."""
    base, seen = base_rates(WORLD, PARAMS, len(WORLD.ports)), seen_by_month(WORLD, PARAMS)
    drafted, plain = (RuleBook({name: table.copy() for name, table in base.items()}, seen) for _ in range(2))
    for today in days(case.calendar, seed):
        active = {id_: x for id_, x in case.policies.items() if x.active(today.month)}
        for rules in (drafted, plain):
            rules.begin(case.calendar.month(today.t))
        drafted.write(active, today)
        for id_, policy in active.items():
            with plain.writer(id_, today.t):
                policy.write(plain, today)
        for rules in (drafted, plain):
            rules.end(today.t)
        same(drafted, plain)
    assert all((drafted.base[name] == table).all() for name, table in base.items() if name != "seen")


def test_the_baseline_rules_as_if_it_wrote_in_each_step():
    rule_beside_plain(load_scenario(ROOT / "scenarios/baseline.yaml"), 5)


@examples(max_examples=10, suppress_health_check=list(HealthCheck))
@given(rules=rule_books(tuple(sorted(POLICY_KINDS))), seed=st.integers(1, 1000))
def test_any_policies_rule_as_if_they_wrote_in_each_step(rules, seed):
    rule_beside_plain(scenario(rules, MONTHS[1]), seed)
