"""Recalls: rows of the rule book that say whose nationals at work are to be sent home, and how many by now."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass
class Recall:
    """Of the people of `nations` who work in `hosts` the share [host] is to be gone by the end of this step.

    share holds the schedule times the host's compliance; is_over: the deadline passes in this step or has passed.
    oldest: age in completed years up to which it reaches people.
    """

    hosts: NDArray[np.bool_]
    nations: NDArray[np.bool_]
    share: NDArray[np.float64]
    is_over: bool
    oldest: float = math.inf
    id: str = ""
