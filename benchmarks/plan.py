"""Plan: what is measured, how often and how large; in each round the engine and its peers take turns."""

import json
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.child import ChildError, child, python
from benchmarks.environment import BENCH, NoPeersError, peers_python
from benchmarks.startup import starts

WARM_PEOPLE = 1_000
SPREAD = "replicates"
PEERS = Path(__file__).parent / "peers"
Sample = dict[str, Any]


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    rounds: int
    scales: tuple[str, ...]  # of the engine, coarsest first
    months: int
    oracle: tuple[tuple[int, int], ...]  # people and months; all but the first once
    agents: int  # of Starsim
    steps: int  # of Starsim
    flee: tuple[str, int]  # scale of the network's people, and steps
    whole: tuple[str, ...]  # scales of whole baselines: the first in each round, the others once
    whole_months: int  # of them; 0: all
    replicates: int  # of the first, to tell how far chance takes it
    numbers: int  # of an array of the triad


FULL = Sizes(
    3, ("10", "3", "1", "0.3", "0.1", "1:1"), 24, ((100_000, 12), (1_000_000, 2)), 110_000, 100, ("1", 10),
    ("1", "1:1"), 0, 8, 20_000_000,
)  # fmt: skip
QUICK = Sizes(1, ("100", "30", "10"), 6, ((2_000, 3),), 5_000, 20, ("100", 3), ("100", "30"), 0, 3, 1_000_000)


class Samples:
    """What was measured, by name."""

    def __init__(self) -> None:
        self.found: dict[str, list[Sample]] = {}
        self.failed: dict[str, str] = {}

    def take(self, name: str, measure: Callable[[], Sample]) -> None:
        """Measure once more; what has failed is not tried again."""
        if name in self.failed:
            return
        try:
            sample = measure()
        except (ChildError, NoPeersError) as error:
            self.failed[name] = str(error)
        else:
            self.found.setdefault(name, []).append(sample)

    def numbers(self, name: str, of: Callable[[Sample], float]) -> list[float]:
        """A number of each sample."""
        return [of(sample) for sample in self.found.get(name, [])]

    def median(self, name: str, of: Callable[[Sample], float]) -> float | None:
        """The median of a number, or None where nothing was measured."""
        numbers = self.numbers(name, of)
        return statistics.median(numbers) if numbers else None


def carry_out(sizes: Sizes, with_peers: bool, say: Callable[[str], None]) -> Samples:
    """Measure everything, round by round."""
    samples = Samples()
    for name, measure in _warm_ups(sizes):
        say(f"warm-up: {name}")
        samples.take(f"warm-up {name}", measure)
    for number in range(sizes.rounds):
        for name, measure in _turns(sizes, with_peers):
            say(f"round {number + 1} of {sizes.rounds}: {name}")
            samples.take(name, measure)
    for name, measure in _once(sizes):
        say(f"once: {name}")
        samples.take(name, measure)
    return samples


def _warm_ups(sizes: Sizes) -> Iterator[tuple[str, Callable[[], Sample]]]:
    """What fills the cache of kernels, so that no clock sees a compiler."""
    yield "engine", partial(_engine, sizes.scales[0], sizes.months)
    yield "oracle", partial(_says, "benchmarks.oracle", min(sizes.oracle[0][0], WARM_PEOPLE), 1)


def _turns(sizes: Sizes, with_peers: bool) -> Iterator[tuple[str, Callable[[], Sample]]]:
    """One round: own measurements and peers take turns."""
    people, months = sizes.oracle[0]
    yield f"oracle {people}", partial(_says, "benchmarks.oracle", people, months)
    if with_peers:
        yield "starsim", partial(_peer, "starsim_sir.py", sizes.agents, sizes.steps)
    for n, scale in enumerate(sizes.scales):
        yield f"scale {scale}", partial(_engine, scale, sizes.months)
        if with_peers and n == 0:
            yield "flee", partial(_flee, *sizes.flee)
    yield f"whole {sizes.whole[0]}", partial(_engine, sizes.whole[0], sizes.whole_months)
    yield "memory", partial(_says, "benchmarks.memory", sizes.numbers, 5)
    yield "start", starts


def _once(sizes: Sizes) -> Iterator[tuple[str, Callable[[], Sample]]]:
    """What takes too long for every round."""
    for people, months in sizes.oracle[1:]:
        yield f"oracle {people}", partial(_says, "benchmarks.oracle", people, months)
    for seed in range(1, sizes.replicates + 1):
        yield SPREAD, partial(_engine, sizes.whole[0], sizes.whole_months, seed)
    for scale in sizes.whole[1:]:
        yield f"whole {scale}", partial(_engine, scale, sizes.whole_months)


def _says(module: str, *words: object) -> Sample:
    return python(module, *words).says


def _engine(scale: str, months: int, seed: int = 1) -> Sample:
    ended = python("benchmarks.engine", scale, months, seed)
    return ended.says | {"peak_bytes": ended.peak_bytes, "cpu_seconds": ended.cpu_seconds}


def _peer(file: str, *words: object) -> Sample:
    return child([peers_python(), str(PEERS / file), *map(str, words)]).says


def _flee(scale: str, steps: int) -> Sample:
    """Flee on the engine's network, with as many agents on the move as the engine has away from home."""
    file = BENCH / "network.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(python("benchmarks.network", scale).says))
    return _peer("flee_walk.py", file, steps)
