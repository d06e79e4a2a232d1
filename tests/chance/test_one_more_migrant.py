"""One more migrant: with limits and jobs slack and feedback off, everybody else's history is the same bit for bit."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import numpy as np
import pytest

from sim.core.constants import raise_constants
from sim.core.words import Status
from sim.mechanisms import intentions, orders
from tests.chance.runs import PARAMS, WORLD, built, first_difference, histories, model, one_more

NEW, SCALE, PLENTY = 0xFEED_5EED_0001, 100, 10_000
NO_FEEDBACK = {"tau": 0.0, "belief_contacts": 0.0, "kin_pays": 0.0, "flight_contacts": 0.0}
SLACK = PARAMS | NO_FEEDBACK | {"broker_capacity": 1e9}
CASES = [
    ("prk_russia", Status.HOME), ("cn_russia", Status.HOME), ("mng_traders", Status.HOME),
    ("prk_hidden", Status.IRREGULAR), ("xps_russia", Status.WORKER), ("mng_candidates", Status.OVERSTAYER),
]  # fmt: skip


def plenty(state):
    """Ten thousand times the posts, asked for in requests as much larger; nobody notices one more."""
    if state.t == 0:
        state.employers.base_posts *= PLENTY
        state.employers.base_informal *= PLENTY
        state.memory["units"] = np.minimum(orders.units(state), 2**30 // PLENTY) * PLENTY


@contextmanager
def same_constants(kept: list[np.ndarray]) -> Iterator[None]:
    """Inside, the constants of the decision, which the stocks at the start set, are those of the first run."""
    known = iter(list(kept))

    def again(alpha, *more):
        if (old := next(known, None)) is not None:
            alpha[:] = old
            return
        raise_constants(alpha, *more)
        kept.append(alpha.copy())

    with patch.object(intentions, "raise_constants", again):
        yield


@pytest.fixture(scope="module")
def others():
    """Histories without the newcomer, and the constants of that run."""
    kept: list[np.ndarray] = []
    with same_constants(kept):
        return histories(model(scale=SCALE, params=SLACK), each_step=plenty), kept


def like(group, status):
    """A row of the group in that status."""
    c = built(scale=SCALE, params=SLACK).people.cols
    return int(np.flatnonzero((c.group == WORLD.group_index(group)) & (c.status == status))[0])


@pytest.mark.parametrize("at", ["first", "beside", "last"])
@pytest.mark.parametrize(("group", "status"), CASES)
def test_every_other_history_is_the_same_wherever_the_row_stands(others, group, status, at):
    before, constants = others
    row = like(group, status)
    where = {"first": 0, "beside": row, "last": len(before[0]["id"])}[at]
    with one_more(row, where, NEW), same_constants(list(constants)):
        run = model(scale=SCALE, params=SLACK)
        assert run.state.people.cols.id[where] == NEW
        after = histories(run, without=NEW, each_step=plenty)
    assert first_difference(before, after) == ""


def test_the_newcomers_do_something():
    """Or the test above would prove little: of these newcomers some set out and some come home."""
    moved = []
    for group, status in CASES:
        row = like(group, status)
        with one_more(row, row, NEW), same_constants([]):
            run = model(scale=SCALE, params=SLACK)
            own = [(step["status"], step["place"]) for step in _own(run)]
        moved.append(len({(int(s), int(p)) for s, p in own}) > 1)
    assert sum(moved) >= 3


def _own(run):
    """The newcomer's columns after each step."""
    while run.state.t < run.months:
        plenty(run.state)
        run.step()
        c = run.state.people.cols
        (row,) = np.flatnonzero(c.id == NEW)
        yield {"status": c.status[row], "place": c.place[row]}


def test_with_feedback_and_scarcity_the_others_do_notice():
    """The comparison above can fail: where posts and brokers are scarce a newcomer takes somebody's turn."""
    before, differ = histories(model(scale=SCALE)), []
    for group, status in CASES:
        row = like(group, status)
        with one_more(row, row, NEW):
            differ.append(first_difference(before, histories(model(scale=SCALE), without=NEW)) != "")
    assert any(differ)
