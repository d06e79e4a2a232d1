"""Each kind of policy and each measure is tested by what it does, not by its name alone."""

import inspect

from sim.policies import POLICY_KINDS
from sim.results.measures import MEASURES
from tests.chance.test_idle_kinds import ELSEWHERE, PAIRS
from tests.invariants.policies import KINDS
from tests.mechanisms import test_trafficking as trafficking
from tests.worked.case import all_cases

CASES = [case for case in all_cases() if case.error is None]
# Measures that no hand calculation gives, for they hang on a draw, and the test that counts them otherwise
COUNTED = dict.fromkeys(
    ("trafficking_cases", "trafficking_prosecutions"),
    trafficking.test_where_each_case_is_tried_the_courts_recorded_are_those_of_states_with_the_law,
)


def test_each_kind_has_an_example_that_comes_out_otherwise_without_it() -> None:
    """Those are run without it by `test_without_its_policy_the_outcome_would_be_another`."""
    assert {kind for case in CASES if case.expect for kind in case.shows.kinds} == set(POLICY_KINDS)


def test_each_kind_is_shown_where_it_cannot_bind_and_where_it_does() -> None:
    assert {policy["kind"] for pair in (PAIRS | ELSEWHERE).values() for policy in pair} == set(POLICY_KINDS)


def test_each_kind_is_among_the_policies_at_random_under_which_accounts_balance() -> None:
    assert set(KINDS) == set(POLICY_KINDS)


def test_each_measure_is_worked_out_by_hand_and_is_not_nought() -> None:
    by_hand = {row.measure for case in CASES for expected in case.expect for row in expected.results if row.value}
    assert by_hand | set(COUNTED) == set(MEASURES)
    assert not by_hand & set(COUNTED)


def test_the_other_measures_are_named_by_the_test_that_counts_them() -> None:
    assert [name for name, test in COUNTED.items() if f'"{name}"' not in inspect.getsource(test)] == []
