"""What moves: patterns made of a few counts, and differences between two scenarios."""

from datetime import date
from math import exp, sqrt

import numpy as np
import pytest

from calibration.documented import exactly
from calibration.figures import Headline
from calibration.judgement import headlines, is_counted, patterns, verdict
from calibration.spans import Span
from calibration.targets import Target
from sim.experiments.headline import Cell

SPAN = Span.parse("2003")
WOBBLE = (0.0, 1.0, -1.0, 0.5)


def target(id: str, pattern: str, documented: float, role: str = "fitted") -> Target:
    return Target(id, pattern, role, (), exactly(documented, "persons"), SPAN, "people", (), "", "")


def runs(**counts: float | None) -> list[dict[str, float | None]]:
    """Four replicates with about these counts."""
    return [{id: None if count is None else count + wobble for id, count in counts.items()} for wobble in WOBBLE]


def test_an_error_that_grows_is_named_with_its_factors_and_its_target():
    targets = [target("a", "p", 1000), target("b", "p", 1000)]
    (move,) = patterns(runs(a=1000, b=1000), runs(a=4000, b=1000), targets)
    assert (move.pattern, move.moves, move.target) == ("p", "error", "a")
    assert (move.target_on, move.target_off) == (1000.125, 4000.125)
    assert move.on == pytest.approx(1, abs=1e-3)
    assert (move.off, move.times) == pytest.approx((sqrt(4 * 1), 2), rel=1e-3), "the geometric mean of 4 and 1"
    assert 1 < move.low < move.times < move.high


def test_a_count_may_move_and_not_the_error():
    targets = [target("a", "p", 1000), target("b", "q", 1000)]
    first, second = patterns(runs(a=2000, b=1), runs(a=500, b=1), targets)
    assert (first.moves, second.moves) == ("counts", "")
    assert first.times == pytest.approx(1, abs=0.01)


def test_chance_is_no_move():
    noisy = [{"a": 1000.0 + 300 * sign} for sign in (1, -1, 1, -1)]
    (move,) = patterns(runs(a=1000), noisy, [target("a", "p", 500)])
    assert move.moves == ""


def test_an_error_moves_only_with_a_count_within_it():
    """Two counts go apart by chance, and their mean error is greater by a tenth in every replicate."""
    apart = [{"a": 1000 * exp(0.1 + by), "b": 1000 * exp(0.1 - by)} for by in (0.5, -0.5, 0.5, -0.5)]
    targets = [target("a", "p", 100), target("b", "p", 100)]
    (move,) = patterns([{"a": 1000.0, "b": 1000.0}] * 4, apart, targets)
    assert move.low == pytest.approx(move.high) == pytest.approx(exp(0.1))
    assert (move.moves, move.may_move) == ("", True)


def test_a_check_has_no_error_and_is_named_when_it_moves():
    checks = [target("a", "p", 1000, "check"), target("b", "q", 1000), target("c", "q", 1, "check")]
    first, second = patterns(runs(a=10, b=2000, c=10), runs(a=99, b=2000, c=99), checks)
    assert (first.moves, first.times, first.target) == ("counts", None, "a")
    assert (second.moves, second.times, second.target) == ("counts", 1, "c")


def test_what_is_gone_without_the_mechanism_is_far_off():
    (move,) = patterns(runs(a=1000), runs(a=None), [target("a", "p", 1000)])
    assert move.moves == "error"
    assert move.off == pytest.approx(100)


def test_a_verdict_tells_undecided_from_nothing():
    asked = [Headline("cap", date(2017, 1, 1), date(2018, 12, 1), Cell(name)) for name in ("stock",) * 9]
    on, off = np.zeros((4, 9)), np.zeros((4, 9))
    off[:, 0] = 3, 4, 5, 9
    single, among = headlines(on[:, :1], off[:, :1], asked[:1]), headlines(on, off, asked)
    assert [verdict([], single, True), verdict([], among, True)] == ["moves", "undecided"]
    off[:, 0] = 3, -4, 5, -9
    assert verdict([], headlines(on, off, asked), True) == "chance"
    assert verdict([], headlines(on, on, asked), False) == "dead"


def test_only_what_some_run_counts_is_judged():
    there, gone, nought = target("a", "p", 5), target("b", "p", 5), target("c", "p", 0)
    counts = [*runs(a=None, b=None, c=1), *runs(a=1, b=None, c=1)]
    assert [is_counted(each, counts) for each in (there, gone, nought)] == [True, False, False]


def test_a_difference_of_differences():
    asked = [Headline("cap", date(2017, 1, 1), date(2018, 12, 1), Cell(name)) for name in ("stock", "flow")]
    on = np.array([[-50.0, 3], [-52, -3], [-48, 1], [-50, -1]])
    off = np.array([[0.0, -3], [0, 3], [0, 1], [0, -1]])
    first, second = headlines(on, off, asked)
    assert (first.name, first.unit, first.on, first.off, first.change) == ("People abroad", "persons", -50, 0, 50)
    assert first.moves and 0 < first.low < 50 < first.high
    assert not second.moves and second.change == 0


def test_one_scenario_has_no_headlines():
    assert headlines(np.zeros((4, 0)), np.zeros((4, 0)), []) == []
