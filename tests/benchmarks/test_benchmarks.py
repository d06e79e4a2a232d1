"""The benchmark goes through in a very small size, its table says what holds, and what fails is said loudly."""

import sys
from typing import Any

import pytest

import benchmarks.plan
from benchmarks.child import ChildError, child
from benchmarks.environment import NoPeersError
from benchmarks.line import fitted
from benchmarks.memory import bandwidth
from benchmarks.network import network
from benchmarks.page import page
from benchmarks.plan import Samples, Sizes, carry_out
from benchmarks.table import Row, rows

TINY = Sizes(1, ("1000", "500"), 2, ((500, 1),), 1, 1, ("1000", 1), ("2000",), 1000)
STARTS = {"cold_seconds": 20.0, "warm_seconds": 4.0, "help_seconds": 0.2}


@pytest.fixture(scope="module")
def tiny() -> Samples:
    """All own measurements in a very small size, and peers that cannot be installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(benchmarks.plan, "starts", lambda: STARTS)  # compiling all takes too long for a test

        def none() -> str:
            raise NoPeersError("no network | here")

        patch.setattr(benchmarks.plan, "peers_python", none)
        return carry_out(TINY, with_peers=True, say=lambda what: None)


def test_all_is_measured_but_the_peers(tiny: Samples) -> None:
    table = {row.what: row for row in rows(tiny, TINY)}
    missing = {what for what, row in table.items() if row.value is None}
    assert missing == {
        "starsim, SIR", "full model against starsim", "flee, agents on the move, same network",
        "full model against flee",
    }  # fmt: skip
    assert table["labour core, 500 people: engine against oracle"].value > 1  # type: ignore[operator]
    assert table["compiling every kernel once"].value == 16.0
    assert not table["compiling every kernel once"].holds and table["neamig --help"].holds


def test_the_page_says_loudly_what_failed(tiny: Samples) -> None:
    text = page(rows(tiny, TINY), tiny, TINY, "Benchmarks")
    assert "**Failed: starsim: no network | here**" in text
    line = next(line for line in text.splitlines() if line.startswith("| full model against flee"))
    assert "**not measured**" in line and "**no**" in line and "no network / here" in line
    heads = next(line for line in text.splitlines() if line.startswith("| what"))
    assert {line.count("|") for line in text.splitlines() if line.startswith("|")} == {heads.count("|")}
    assert "numba" in text and "flee 3.1" in text


def test_peers_that_are_left_out_are_said_to_be() -> None:
    text = page(rows(Samples(), TINY), Samples(), TINY, "Benchmarks")
    assert "0 of " in text and "left out" in text


@pytest.mark.parametrize(("value", "holds"), [(1.0, False), (2.0, True), (None, False)])
def test_what_is_wanted_and_not_measured_does_not_hold(value: float | None, holds: bool) -> None:
    assert Row("it", value, "×", least=2).holds is holds
    assert Row("it", value, "×").holds is None


def test_a_line_is_found_again() -> None:
    line = fitted([1e3, 1e5, 1e6], [5 + 0.01 * n for n in (1e3, 1e5, 1e6)], fine=0)
    assert (line.a, line.b, line.apart) == pytest.approx((5, 0.01, 1))
    assert fitted([1, 2, 3], [1, 2, 5]).apart == pytest.approx(3)


def test_a_child_that_fails_says_why() -> None:
    with pytest.raises(ChildError, match="no such thing"):
        child([sys.executable, "-c", "raise SystemExit('no such thing')"])


def test_a_childs_time_and_peak_are_its_own() -> None:
    ended = child([sys.executable, "-c", "x = bytearray(300_000_000); print('words'); print('{\"a\": 1}')"])
    assert ended.says == {"a": 1}
    assert ended.cpu_seconds > 0 and 300e6 < ended.peak_bytes < 600e6


def test_triad_and_network_are_what_they_say() -> None:
    assert bandwidth(1000, 2) > 0
    net: dict[str, Any] = network("500")
    assert sum(net["agents"].values()) > 0
    assert {name for a, b, _ in net["links"] for name in (a, b)} <= set(net["nodes"])
