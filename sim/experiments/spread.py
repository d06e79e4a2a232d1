"""Spread: mean and interval of a difference over replicates, and how much of it is chance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LOW, HIGH = 5, 95  # percentiles: the interval holds nine tenths of the replicates


@dataclass(frozen=True)
class Spread:
    """What the replicates say of one number.

    low, high : 5th and 95th percentile of the replicates.
    chance_sd, parameter_sd : standard deviation due to chance and to uncertain parameters; both None where there is
        one replicate, and the second where it cannot be told from chance.
    p_positive : share of the replicates above 0.
    """

    mean: float
    low: float
    high: float
    chance_sd: float | None
    parameter_sd: float | None
    p_positive: float
    replicates: int

    @property
    def is_null(self) -> bool:
        """Whether every replicate says exactly 0."""
        return self.mean == self.low == self.high == self.p_positive == 0

    @property
    def is_near_zero(self) -> bool:
        """Whether the interval spans zero."""
        return self.low <= 0 <= self.high


def spread(values: NDArray[np.float64], firsts: NDArray[np.float64], twins: NDArray[np.float64]) -> Spread:
    """Return the spread of `values`, one a replicate.

    Var(d) = E[Var(d | parameters)] + Var(E[d | parameters]). A replicate and its twin share the parameters and nothing
    else, so the mean of (d − d')² / 2 estimates the first part, chance; what is left of the whole is the second. Of few
    replicates chance may come out larger than the whole: then nothing is said of the parameters, for 0 would be taken
    for a finding.

    Parameters
    ----------
    values : the differences of all replicates.
    firsts, twins : of the replicates that have a twin, their own difference and the twin's. Empty where the parameters
        were not drawn: then all is chance.
    """
    total = float(np.var(values, ddof=1)) if values.size > 1 else None
    # One replicate has a twin, too; but what two runs differ by says nothing of how replicates do.
    chance = float(np.mean((firsts - twins) ** 2) / 2) if twins.size and total is not None else total
    rest = None if total is None or chance is None or chance > total else total - chance
    low, high = np.percentile(values, [LOW, HIGH])
    return Spread(
        mean=float(values.mean()),
        low=float(low),
        high=float(high),
        chance_sd=_root(chance),
        parameter_sd=_root(rest),
        p_positive=float((values > 0).mean()),
        replicates=values.size,
    )


def _root(variance: float | None) -> float | None:
    return None if variance is None else float(np.sqrt(variance))
