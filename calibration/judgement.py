"""Judgement: which documented patterns and which headline differences a mechanism moves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp

import numpy as np

from calibration.figures import Headline
from calibration.fit import Counts
from calibration.moves import FURTHEST, Numbers, change, error, log_ratio
from calibration.targets import Target

Runs = Sequence[Counts]  # what offices count in each replicate

CHECK = "check"
UNDECIDED, CHANCE, DEAD = "undecided", "chance", "dead"
ERROR, COUNTS, NOTHING = "error", "counts", ""


@dataclass(frozen=True)
class PatternMove:
    """A pattern with a mechanism and without it; means over replicates.

    on, off : the factor by which it is off, exp of the mean error over its targets; None if it has only checks.
    times, low, high : off over on, with its interval.
    moves : what differs by more than chance: "error", only "counts", or "" for nothing.
    may_move : the error's own interval excludes nought, held together with no others.
    target, target_on, target_off : the target whose count moves most.
    """

    pattern: str
    moves: str
    target: str
    target_on: float
    target_off: float
    on: float | None = None
    off: float | None = None
    times: float | None = None
    low: float | None = None
    high: float | None = None
    may_move: bool = False


@dataclass(frozen=True)
class HeadlineMove:
    """A difference between two scenarios with a mechanism (`on`) and without it (`off`); means over replicates.

    change, low, high : off − on, with its interval. moves : whether the interval excludes nought. may_move : whether it
    does so held together with no others.
    """

    scenario: str
    name: str
    unit: str
    on: float
    off: float
    change: float
    low: float
    high: float
    moves: bool
    may_move: bool


def verdict(patterns: Sequence[PatternMove], headlines: Sequence[HeadlineMove], differs: bool) -> str:
    """Return what is to be said of a mechanism: it moves something, may do so, does nothing beyond chance, or nothing.

    differs : whether any number differs in any replicate.
    """
    found: tuple[PatternMove | HeadlineMove, ...] = (*patterns, *headlines)
    if any(each.moves for each in found):
        return "moves"
    return UNDECIDED if any(each.may_move for each in found) else CHANCE if differs else DEAD


def is_counted(target: Target, counts: Runs) -> bool:
    """Whether a target is judged: some run counts it, and more than nought is documented."""
    return target.documented.high > 0 and any(each[target.id] is not None for each in counts)


def patterns(on: Runs, off: Runs, targets: Sequence[Target]) -> list[PatternMove]:
    """Return how each pattern moves.

    A pattern's error is the mean over its targets; checks are no part of it. It moves if its interval excludes nought
    and so does that of a count within it. The intervals of all errors hold together, and so do those of all counts.
    """
    of: dict[str, list[Target]] = {}
    for target in targets:
        of.setdefault(target.pattern, []).append(target)
    return [_pattern(own, on, off, len(of), len(targets)) for own in of.values()]


def headlines(on: Numbers, off: Numbers, asked: Sequence[Headline]) -> list[HeadlineMove]:
    """Return how each headline moves; `on` and `off` are differences between scenarios [replicate, headline]."""
    return [_headline(each, on[:, at], off[:, at], len(asked)) for at, each in enumerate(asked)]


def _headline(asked: Headline, on: Numbers, off: Numbers, family: int) -> HeadlineMove:
    found = change(off - on, family)
    means = float(on.mean()), float(off.mean())
    numbers = found.mean, found.low, found.high
    moves, may_move = found.excludes_nought, change(off - on).excludes_nought
    return HeadlineMove(asked.scenario, asked.name, asked.unit, *means, *numbers, moves, may_move)


def _pattern(own: Sequence[Target], on: Runs, off: Runs, errors: int, counts: int) -> PatternMove:
    """How one pattern moves, among so many errors and counts."""
    ratios = {target.id: _ratios(target, on, off) for target in own}
    singly = {id: change(each) for id, each in ratios.items()}
    most = max(singly, key=lambda id: (singly[id].excludes_nought, abs(singly[id].mean)))
    is_counts = any(change(each, counts).excludes_nought for each in ratios.values())
    move = PatternMove(own[0].pattern, COUNTS if is_counts else NOTHING, most, _mean(most, on), _mean(most, off))
    judged = [target for target in own if target.role != CHECK]
    if not judged:
        return move
    with_it, without = _errors(judged, on), _errors(judged, off)
    found = change(without - with_it, errors)
    is_error = found.excludes_nought and any(singly[target.id].excludes_nought for target in judged)
    numbers = np.clip([with_it.mean(), without.mean(), found.mean, found.low, found.high], -FURTHEST, FURTHEST)
    on_, off_, times, low, high = map(exp, numbers)
    moved = replace(move, moves=ERROR if is_error else move.moves, may_move=change(without - with_it).excludes_nought)
    return replace(moved, on=on_, off=off_, times=times, low=low, high=high)


def _ratios(target: Target, on: Runs, off: Runs) -> Numbers:
    """By how much a count differs, ln of the ratio, in each replicate."""
    pairs = zip(on, off, strict=True)
    return np.array([log_ratio(without[target.id], full[target.id]) for full, without in pairs])


def _errors(targets: Sequence[Target], runs: Runs) -> Numbers:
    """Mean error of some targets in each replicate."""
    return np.array([np.mean([error(run[each.id], each.documented) for each in targets]) for run in runs])


def _mean(id: str, runs: Runs) -> float:
    return float(np.mean([run[id] or 0.0 for run in runs]))
