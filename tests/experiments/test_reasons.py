"""Why an effect is small, from the numbers."""

from typing import Any

import pytest

from sim.experiments.reasons import Refusals, reason

Row = dict[str, Any]
LIMIT: Row = {"limit": "cap/RUS", "host": "RUS", "changed": True, "p_binds": 1.0, "months": 4, "level": 900.0}


def row(name: str, mean: float, base: float, spread: float = 0.0) -> Row:
    ends = {"low": mean - spread, "high": mean + spread}
    return {"measure": name, "nationality": "PRK", "about": "concerned", "unit": "persons", "mean": mean,
            "reference_mean": base, **ends}  # fmt: skip


def refusals(blocked: float, limits: list[Row] | None = None) -> Refusals:
    fates = {"waits": blocked * 0.75, "raised_wage": 0, "withdrawn": blocked * 0.25}
    return Refusals([LIMIT] if limits is None else limits, {"blocked": blocked, "job": fates}, 50.0, 100)


def test_a_small_effect_is_set_beside_what_was_refused() -> None:
    headline = [row("permits_in_force", -4, 200), row("authorisations", -100, 1000), row("permits_issued", -8, 400)]
    assert reason(headline, refusals(80), asked=400) == (
        "Why so little: requests for 80 persons (20 % of those asked for) were refused in 50 of 100 months, yet "
        "permits in force, PRK in all hosts moved by −2 % and authorisations, PRK in all hosts moved by −10 %. "
        "Of the jobs refused, 75 % waited till a place fell free or to the end and 25 % were withdrawn. Not every "
        "authorisation is used: the reference gives 1,000 and issues 400 permits, renewals included."
    )


def test_a_large_effect_needs_no_yet() -> None:
    text = reason([row("permits_in_force", -50, 200)], refusals(80), asked=0)
    assert text.startswith(
        "Requests for 80 persons were refused in 50 of 100 months; permits in force, PRK in all hosts "
    )
    assert "moved by −25 %" in text


@pytest.mark.parametrize(
    ("mean", "base", "words"),
    [
        (0, 200, "did not move"),
        (-0.1, 1000, "moved by under 0.1 %"),
        (3.14159, 100, "moved by +3.1 %"),
        (7, 0, "moved by +7 persons"),
    ],
)
def test_moves_are_told_in_percent_without_idle_digits(mean: float, base: float, words: str) -> None:
    assert f"permits in force, PRK in all hosts {words}." in reason(
        [row("permits_in_force", mean, base)], refusals(8), 0
    )


def test_noise_around_a_large_mean_counts_as_near_zero() -> None:
    assert reason([row("stock", -50, 200, spread=60)], refusals(80), 0).startswith("Why so little")


def test_a_limit_that_refused_nobody_says_where_it_stood() -> None:
    idle = [LIMIT | {"p_binds": 0.0}, LIMIT | {"limit": "cap/CHN", "p_binds": 0.0, "level": 0.0}]
    assert reason([row("stock", 0, 200)], refusals(0, idle), 500) == (
        "Why so little: nobody was refused. cap/RUS stood at 900 persons on average, and 1 other limit below it, and "
        "no request went beyond."
    )
    assert refusals(0, idle).of_nobody() == ": the limit never refused anyone"
    assert refusals(9).of_nobody() == ""


def test_limits_that_refused_people_and_no_request_are_not_said_to_have_refused_nobody() -> None:
    assert reason([row("settled", 0, 200)], refusals(0, [LIMIT]), 500) == ""


def test_without_a_changed_limit_there_is_nothing_to_say() -> None:
    assert reason([row("claims", 0, 0)], refusals(0, []), 0) == ""
    assert reason([row("claims", 0, 0)], refusals(9, [LIMIT | {"changed": False}]), 0) == ""
