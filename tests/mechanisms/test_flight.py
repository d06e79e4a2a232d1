"""Flight from a dispatch: the hazard of SPEC 2d."""

import numpy as np
import pytest

from sim.core.chance import luck, stream
from sim.mechanisms.flight import flight

N = 50_000
BASE = {"owed": 0, "contacts": 0.0, "a": -3.0, "minders": 0.0, "p_return": 0.0}


def fled(**changed):
    """Who of N alike workers flees in a month; arrears, contacts and return weigh one half, one and two."""
    x = BASE | changed
    zero = np.zeros(N, np.int8)
    who = flight(
        np.arange(N, dtype=np.int32), np.arange(N, dtype=np.uint64), np.full(N, x["owed"], np.int32), zero, zero, zero,
        np.zeros(1, np.int16), np.array([1000]),
        np.full((1, 1), x["p_return"]), np.full((1, 1), x["contacts"]), np.full(N, x["a"]), 0.5, 1.0, x["minders"], 2.0,
        1.0, luck(1, stream("flight"), 0),
    )  # fmt: skip
    return np.isin(np.arange(N), who)


@pytest.mark.parametrize(("changed", "log_hazard"), [
    ({}, -3.0),
    ({"owed": 2000}, -2.0),
    ({"contacts": np.e - 1}, -2.0),
    ({"minders": 1.0}, -4.0),
    ({"p_return": 0.5}, -4.0),
])  # fmt: skip
def test_the_share_that_flees_is_that_of_the_hazard(changed, log_hazard):
    """Six binomial deviations: fewer than one of 10^8 seeds for each case."""
    p = 1 - np.exp(-np.exp(log_hazard))
    assert abs(fled(**changed).mean() - p) < 6 * np.sqrt(p * (1 - p) / N)


def test_whoever_flees_under_minders_would_flee_without():
    assert (fled() | ~fled(minders=0.5)).all()
