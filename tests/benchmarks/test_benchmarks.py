"""The benchmark goes through in a very small size, its table says what holds, and what fails is said loudly."""

import sys
from typing import Any

import pytest

import benchmarks.plan
from benchmarks import engine, oracle
from benchmarks.child import ChildError, Ended, child, python
from benchmarks.environment import NoPeersError
from benchmarks.line import fitted, shares
from benchmarks.memory import bandwidth
from benchmarks.network import network
from benchmarks.page import page
from benchmarks.plan import Samples, Sizes, carry_out
from benchmarks.table import Row, rows

TINY = Sizes(1, ("1000", "500"), 1, ((500, 1),), 1, 1, ("1000", 1), ("2000", "1000"), 1, 2, 1000)
FITTED = ("cost a month", "slope", "memory at the peak", "share of that")  # over two sizes, mere noise
SLOW = ("seconds", "engine_seconds", "peak_bytes", "cold_seconds", "help_seconds")
STARTS = {"cold_seconds": 20.0, "warm_seconds": 4.0, "help_seconds": 0.2}


def here(module: str, *words: Any) -> Ended:
    """A measurement in this process, which need not load everything anew."""
    says = {
        "benchmarks.engine": lambda: engine.measured(*words),
        "benchmarks.oracle": lambda: oracle.measured(*words),
        "benchmarks.memory": lambda: {"bytes_a_second": bandwidth(*words)},
        "benchmarks.network": lambda: network(*words),
    }
    return Ended(says[module](), cpu_seconds=1.0, peak_bytes=10**8)


@pytest.fixture(scope="module")
def tiny() -> Samples:
    """All own measurements in a very small size, and peers that cannot be installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(benchmarks.plan, "starts", lambda: STARTS)  # compiling all takes too long for a test

        def none() -> str:
            raise NoPeersError("no network | here")

        patch.setattr(benchmarks.plan, "peers_python", none)
        patch.setattr(benchmarks.plan, "python", here)
        return carry_out(TINY, with_peers=True, say=lambda what: None)


def test_all_is_measured_but_the_peers(tiny: Samples) -> None:
    table = {row.what: row for row in rows(tiny, TINY)}
    measured = {what: row.value for what, row in table.items() if not what.startswith(FITTED)}
    assert {what for what, value in measured.items() if value is None} == {
        "starsim, SIR", "full model against starsim", "flee, agents on the move, same network",
        "full model against flee",
    }  # fmt: skip
    assert all(value > 0 for value in measured.values() if value is not None)
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


def test_every_number_that_is_missed_says_why(tiny: Samples) -> None:
    """Whatever the numbers come to: all of them are missed here, peers among them."""
    peers = {"starsim": {"agents": 1, "steps": 1, "seconds": 1e-9, "version": "1"}}
    slow = Samples()
    slow.found = {name: [worse(x) for x in known] for name, known in tiny.found.items()}
    slow.found |= {name: list(peers.values()) for name in ("starsim", "flee")}
    table = [row for row in rows(slow, TINY) if row.holds is False and row.value is not None]
    assert len(table) >= 10 and not [row.what for row in table if not row.why]
    assert "**why not:** a step of one of its agents takes 1 ns" in page(table, slow, TINY, "Benchmarks")


def worse(sample: dict[str, Any]) -> dict[str, Any]:
    """A sample that took very long, for the engine."""
    return {name: x * 1e6 if name in SLOW else x for name, x in sample.items()}


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
    assert fitted([1, 2], [2, 1]).apart is None


def test_what_the_parts_bring_to_a_line_adds_up() -> None:
    sizes, one, other = [1e3, 1e4, 1e6], [2.0, 2.5, 40.0], [1.0, 1.1, 9.0]
    costs = [x + y for x, y in zip(one, other, strict=True)]
    line, found = fitted(sizes, costs), shares(sizes, costs, {"one": one, "other": other})
    assert found["one"][0] + found["other"][0] == pytest.approx(line.a)
    assert found["one"][1] + found["other"][1] == pytest.approx(line.b)


def test_a_child_that_fails_says_why() -> None:
    with pytest.raises(ChildError, match="no such thing"):
        child([sys.executable, "-c", "raise SystemExit('no such thing')"])


MEASURED = """
import json, sys
from benchmarks.child import child
ended = child([sys.executable, "-c", "x = bytearray(300_000_000); print('words'); print('{}')"])
print(json.dumps({"cpu": ended.cpu_seconds, "peak": ended.peak_bytes}))
"""


def test_a_childs_time_and_peak_are_its_own() -> None:
    """Asked by a small process: to Linux a child's peak is at least its parent's, and that of all tests is large."""
    says = child([sys.executable, "-c", MEASURED]).says
    assert says["cpu"] > 0 and 300e6 < says["peak"] < 600e6


def test_a_child_says_its_last_line() -> None:
    assert child([sys.executable, "-c", "print('words'); print('{\"a\": 1}')"]).says == {"a": 1}


def test_a_child_measures_the_engine() -> None:
    ended = python("benchmarks.engine", 1000, 1)
    assert ended.says["months"] == 1 and ended.says["heads"] > 0 and sum(ended.says["parts"].values()) > 0
    assert 0 < ended.says["seconds"] < ended.cpu_seconds


def test_triad_and_network_are_what_they_say() -> None:
    assert bandwidth(1000, 2) > 0
    net: dict[str, Any] = network("500")
    assert sum(net["agents"].values()) > 0
    assert {name for a, b, _ in net["links"] for name in (a, b)} <= set(net["nodes"])
