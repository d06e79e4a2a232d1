"""A kind of policy that only tests know, and scenario files made from text."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from textwrap import dedent
from typing import Any, Literal, Self

import pytest
from pydantic import BaseModel, model_validator

from sim.policies import POLICY_KINDS, Policy
from sim.policies.fields import Compliance, Countries, Country, LegalStatus, PortId, Sectors, codes
from sim.policies.numbers import Count, Fraction
from sim.scenario import Problem, ScenarioError, load_scenario
from sim.world.priors import Prior, Priors

PRIORS = Priors({"tie": Prior("tie", 0.5, 0.1, 1.0, "uniform", "1", "made up for the tests")})


class Exempted(BaseModel, frozen=True, extra="forbid"):
    """A number of persons let through, and why."""

    persons: Count
    reason: str


@pytest.fixture(autouse=True)
def a_kind() -> Iterator[type[Policy]]:
    """The kind `trial_cap`, known for the length of one test."""

    class TrialCap(Policy, kind="trial_cap"):
        """A cap that does nothing."""

        nationality: Country
        hosts: Countries = "all"
        sectors: Sectors = "all"
        level: Count | Literal["at_adoption"] = "at_adoption"
        share: Fraction | None = None
        refill: bool = True
        port: PortId | None = None
        counts: tuple[LegalStatus, ...] = ("worker",)
        compliance: Compliance = 1.0
        exceptions: tuple[Exempted, ...] = ()

        @model_validator(mode="after")
        def _one_of_both(self) -> Self:
            if self.share is not None and self.level != "at_adoption":
                raise ValueError("give a level or a share, not both")
            return self

        def claims(self, world: Any) -> frozenset[tuple[Any, ...]]:
            return frozenset((self.nationality, host) for host in codes(self.hosts, world, "country"))

        def write(self, rules: Any, today: Any) -> None:
            raise AssertionError("reading a scenario writes no rule")

    class TrialShock(Policy, kind="trial_shock"):
        """Another kind, that claims nothing."""

        factor: float

        def write(self, rules: Any, today: Any) -> None:
            raise AssertionError("reading a scenario writes no rule")

    yield TrialCap
    del POLICY_KINDS["trial_cap"], POLICY_KINDS["trial_shock"]


Write = Callable[..., Path]
Problems = Callable[..., list[Problem]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a scenario file from an indented text."""

    def to_file(text: str, name: str = "case.yaml") -> Path:
        path = tmp_path / name
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return path

    return to_file


@pytest.fixture
def problems(write: Write) -> Problems:
    """The problems that loading a text raises."""

    def of(text: str, set_: Sequence[str] = ()) -> list[Problem]:
        with pytest.raises(ScenarioError) as caught:
            load_scenario(write(text), set_, PRIORS)
        assert str(caught.value) == "\n".join(map(str, caught.value.problems))
        return caught.value.problems

    return of


@pytest.fixture
def priors() -> Priors:
    """One prior, `tie`, between 0.1 and 1."""
    return PRIORS
