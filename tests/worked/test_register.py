"""What exists has a worked example: kinds of policy, mechanisms, status arrows, fates, points of the law of limits."""

from collections.abc import Iterable

from sim.core.words import JobFate, WorkerFate, arrows, labels
from sim.model import MigrationModel
from sim.policies import POLICY_KINDS
from tests.worked.case import FOLDER, all_cases, read

CASES = all_cases()
MECHANISMS = [step.__module__.rpartition(".")[2] for step in MigrationModel.MONTH]


def shown(what: str) -> set[str]:
    """All that the cases are examples of."""
    return {item for case in CASES for item in getattr(case.shows, what)}


def agree(exist: Iterable[object], examples: Iterable[object]) -> None:
    """Fail where something has no example, or an example shows what does not exist."""
    assert set(exist) == set(examples)


def test_each_kind_of_policy_has_an_example() -> None:
    agree(POLICY_KINDS, shown("kinds"))


def test_each_mechanism_has_an_example() -> None:
    agree(MECHANISMS, shown("mechanisms"))


def test_each_status_arrow_has_an_example() -> None:
    agree((f"{before.name} {event.name}" for before, event, _, _ in arrows()), shown("arrows"))


def test_each_fate_of_a_blocked_request_has_an_example() -> None:
    fates = [f"job {word}" for word in labels(JobFate)] + [f"worker {word}" for word in labels(WorkerFate)]
    agree(fates, shown("fates"))


def test_each_point_of_the_law_of_limits_has_an_example_or_waits_for_its_kind() -> None:
    points = read(FOLDER / "limits.yaml")
    agree((point for point, text in points.items() if isinstance(text, str)), shown("limits"))


def test_titles_are_unique() -> None:
    titles = [case.title for case in CASES]
    assert len(set(titles)) == len(titles)
