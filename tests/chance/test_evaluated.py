"""How many are weighed one by one: a lost optimisation fails here, on any machine, instead of slowing everybody.

No clock is read. The runs have fixed seeds, so a test passes always or never.
"""

from typing import Any

import numpy as np
import pytest

from sim.core.chance import uniforms
from sim.mechanisms import intentions
from tests.chance.runs import model
from tests.chance.test_thinning import KINDS, MOMENT, P_CLOCK, SCALE, choose, money, people

MONTHS = 6
# Of all heads in a month. With the bound 0.6 % are weighed; without it all whose moment has come, 2.8 %; without
# the moment all who are at home and may choose, 52 %. Six months of 2,200 heads have a standard deviation of 0.07 %.
CEILING = 0.01


def weighed() -> float:
    """Mean share of heads that intentions weigh in a month."""
    run, seen = model(months=MONTHS, scale=50), []
    while run.state.t < run.months:
        run.step()
        seen.append(run.state.evaluated["intentions"])
    return sum(seen) / (MONTHS * len(run.state.people))


def test_few_are_weighed() -> None:
    assert 0 < weighed() < CEILING


def test_the_ceiling_notices_a_lost_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_bound(*given: Any) -> None:
        given[-1][:] = 1.0

    monkeypatch.setattr(intentions, "bounds", no_bound)
    assert weighed() > 2 * CEILING


@pytest.mark.parametrize("bound", [0.02, 0.5, 1.0])
def test_those_below_their_bound_are_weighed_and_nobody_else(bound: float) -> None:
    """Counted afresh, with a value so low that even the lowest bound is one."""
    value, f = np.full((KINDS, *money().shape[1:]), -20.0), 0.3
    below = uniforms(MOMENT, people()[1]) < P_CLOCK * f * bound
    assert choose(value, np.full(KINDS, bound), SCALE, eager=f)[2] == below.sum() > 0
