"""Line: a cost as a + b·N, fitted to medians over sizes."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Line:
    """a, b, and how far the slope between neighbouring sizes goes apart, as the largest over the smallest."""

    a: float
    b: float
    apart: float


def fitted(sizes: list[float], costs: list[float], fine: float = 0.0) -> Line:
    """Fit by least squares of relative errors, so that small sizes count as much as large ones.

    fine : the smallest size from which slopes are compared.
    """
    n, y = np.array(sizes), np.array(costs)
    a, b = np.linalg.lstsq(np.column_stack([1 / y, n / y]), np.ones(n.size), rcond=None)[0]
    large = n >= fine
    slopes = np.diff(y[large]) / np.diff(n[large])
    apart = float(slopes.max() / slopes.min()) if slopes.size and slopes.min() > 0 else float("nan")
    return Line(float(a), float(b), apart)
