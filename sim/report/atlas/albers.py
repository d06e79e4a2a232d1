"""Albers: the equal-area conic projection of the maps, as seen from a sphere."""

from dataclasses import dataclass
from math import cos, radians, sin, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

EARTH_KM = 6371.0


@dataclass(frozen=True)
class Albers:
    """A projection with two standard parallels, centred on a point [degrees].

    n = (sin φ1 + sin φ2) / 2, C = cos² φ1 + 2 n sin φ1, ρ = R √(C − 2 n sin φ) / n, θ = n (λ − λ0);
    x = ρ sin θ, y = ρ0 − ρ cos θ (Snyder 1987, ch. 14).
    """

    south: float = 36.0
    north: float = 54.0
    lon: float = 116.0
    lat: float = 45.0

    def __call__(self, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.float64]:
        """Return x and y of points [km], the last axis."""
        n = (sin(radians(self.south)) + sin(radians(self.north))) / 2
        c = cos(radians(self.south)) ** 2 + 2 * n * sin(radians(self.south))
        theta = n * np.radians(np.asarray(lon, np.float64) - self.lon)
        rho = EARTH_KM * np.sqrt(c - 2 * n * np.sin(np.radians(lat))) / n
        rho0 = EARTH_KM * sqrt(c - 2 * n * sin(radians(self.lat))) / n
        return np.stack([rho * np.sin(theta), rho0 - rho * np.cos(theta)], axis=-1)
