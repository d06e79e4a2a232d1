"""Line: a cost as a + b·N, fitted to medians over sizes."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Line:
    """a, b, and the slopes between neighbouring sizes, from some size on."""

    a: float
    b: float
    slopes: tuple[float, ...]

    @property
    def apart(self) -> float | None:
        """The largest slope over the smallest; None where there are none, or one falls."""
        return max(self.slopes) / min(self.slopes) if self.slopes and min(self.slopes) > 0 else None


def fitted(sizes: list[float], costs: list[float], fine: float = 0.0) -> Line:
    """Fit by least squares of relative errors, so that small sizes count as much as large ones.

    fine : the smallest size from which slopes are compared.
    """
    n, y = np.array(sizes), np.array(costs)
    (a, b), large = _through(sizes, costs, costs), n >= fine
    return Line(float(a), float(b), tuple((np.diff(y[large]) / np.diff(n[large])).tolist()))


def shares(sizes: list[float], costs: list[float], parts: dict[str, list[float]]) -> dict[str, tuple[float, float]]:
    """Return what each part brings to a and to b of the line through `costs`: over all parts of it they add up."""
    return {name: _through(sizes, costs, part) for name, part in parts.items()}


def _through(sizes: list[float], costs: list[float], part: list[float]) -> tuple[float, float]:
    """Fit a and b of a part of the costs, a point weighing 1 / cost² as in the fit of them all."""
    n, y = np.array(sizes), np.array(costs)
    a, b = np.linalg.lstsq(np.column_stack([1 / y, n / y]), np.array(part) / y, rcond=None)[0]
    return float(a), float(b)
