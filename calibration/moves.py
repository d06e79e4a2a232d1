"""Moves: whether a number differs without a mechanism by more than chance.

Runs with and without it share seeds and parameters, so that each replicate gives one paired change. The change moves a
number if its interval excludes nought. The intervals of one family of numbers hold together (Bonferroni): of the
mechanisms without effect at most one in ten is said to move any number of a family.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from calibration.documented import Documented

TOGETHER = 0.9  # how often all intervals of a family hold their true change
FACTOR = 100  # what is off by more, or not there at all, counts as off by this
FURTHEST = math.log(FACTOR)

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Change:
    """Mean of the paired changes, with its interval."""

    mean: float
    low: float
    high: float

    @property
    def excludes_nought(self) -> bool:
        """Whether the number moves."""
        return self.low > 0 or self.high < 0


def change(changes: Numbers, family: int = 1) -> Change:
    """Return the mean of paired changes and its interval, mean ± t · s / √n.

    Parameters
    ----------
    changes : one a replicate, at least two.
    family : how many intervals are to hold together; t is the quantile 1 − (1 − TOGETHER) / (2 family), n − 1 degrees.

    Known gap: the mean of the replicates is taken as normal, which that of few replicates of a skew number is not.
    """
    n = changes.size
    mean = float(changes.mean())
    quantile = float(stdtrit(n - 1, 1 - (1 - TOGETHER) / (2 * family)))
    half = quantile * float(changes.std(ddof=1)) / math.sqrt(n)
    return Change(mean, mean - half, mean + half)


def error(count: float | None, documented: Documented) -> float:
    """Return how far a count is outside what is documented: ln of the factor, 0 within, at most ln `FACTOR`.

    e = max(0, ln(low / count), ln(count / high)); for a plain number |ln(count / value)|. What no office counts is
    nought.
    """
    low, high = documented.low, documented.high
    if not count or count <= 0:
        return 0.0 if low <= 0 else FURTHEST
    size = math.log(count)
    below = math.log(low) - size if low > 0 else 0.0
    return min(max(0.0, below, size - math.log(high)), FURTHEST)


def log_ratio(off: float | None, on: float | None) -> float:
    """Return ln(off / on), at most ± ln `FACTOR`; what is not counted is nought, and nought to nought is no change."""
    off, on = max(off or 0.0, 0.0), max(on or 0.0, 0.0)
    if off == on:
        return 0.0
    if not (off and on):
        return FURTHEST if off else -FURTHEST
    return min(max(math.log(off) - math.log(on), -FURTHEST), FURTHEST)
