"""Each worked example, against its hand calculation."""

from pathlib import Path

import pandas as pd
import pytest

from sim.scenario import ScenarioError
from tests.worked.build import scenario
from tests.worked.case import Case, all_cases
from tests.worked.runner import Run

CASES = all_cases()


def named(cases: list[Case]) -> pytest.MarkDecorator:
    """One test for each case, called by its title."""
    return pytest.mark.parametrize("case", cases, ids=[case.title for case in cases])


@named([case for case in CASES if case.error is None])
def test_the_model_agrees_with_the_hand_calculation(case: Case, tmp_path: Path) -> None:
    run = Run(case, tmp_path)
    assert run.differences == []
    assert set(case.shows.arrows) <= run.arrows
    assert set(case.shows.fates) <= run.fates()


@named([case for case in CASES if case.shows.kinds and case.expect])
def test_without_its_policy_the_outcome_would_be_another(case: Case, tmp_path: Path) -> None:
    for kind in case.shows.kinds:
        without = tuple(name for name, policy in case.policies.items() if policy["kind"] == kind)
        assert without, f"the case has no policy of the kind {kind}"
        assert Run(case, tmp_path, without).differences


@named([case for case in CASES if case.same_without])
def test_what_never_binds_changes_nothing(case: Case, tmp_path: Path) -> None:
    left_out = case.same_without
    with_it, without = Run(case, tmp_path), Run(case, tmp_path, tuple(left_out))
    pd.testing.assert_frame_equal(with_it.rows_without(left_out), without.rows_without(left_out), check_exact=True)


@named([case for case in CASES if case.warns])
def test_it_warns(case: Case, tmp_path: Path) -> None:
    told = "\n".join(scenario(case, tmp_path).warnings)
    assert all(words in told for words in case.warns), told


@named([case for case in CASES if case.error])
def test_it_is_refused(case: Case, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=case.error):
        scenario(case, tmp_path)
