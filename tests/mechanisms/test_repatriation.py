"""Who goes home under an order: nested by the share due, as many as it says, and evenly until the deadline."""

from datetime import date
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.words import Event, Status
from sim.policies.repatriation_order import RepatriationOrder
from tests.chance.runs import built, model

ORDER = {"kind": "repatriation_order", "nationality": "PRK", "deadline": "2017-12-31", "source": "made up"}


def workers_left(**settings: object) -> set[int]:
    """North Koreans with a permit after three months of seven (June to December)."""
    run = model({"order": ORDER | settings}, months=3)
    run.run()
    c = run.state.people.cols
    return set(c.id[(c.status == Status.WORKER) & (c.nation == run.state.country("PRK"))].tolist())


def test_more_compliance_only_adds_to_those_who_go():
    full, half, none = (workers_left(compliance=c) for c in (1.0, 0.5, 0.0))
    stayed = none & half
    assert full & none < stayed < none


def test_as_many_go_as_are_due():
    """Of n workers 1/7 are due in June; the tolerance is five standard deviations, one false alarm in a million."""
    state, run = built(), model({"order": ORDER})
    there = state.people.by_host()[Status.WORKER, :, state.country("PRK")].sum()
    heads = int((state.people.cols.nation == state.country("PRK"))[state.people.who(Status.WORKER)].sum())
    run.step()
    gone = run.state.people.events[Event.SEND_HOME].sum() / there
    assert abs(gone - 1 / 7) < 5 * np.sqrt(1 / 7 * 6 / 7 / heads) + 0.02  # two percent for those who come and go


@given(start=st.integers(0, 20), length=st.integers(1, 30), share=st.floats(0, 1), after=st.integers(1, 30))
def test_the_share_due_never_falls_and_ends_at_one(start, length, share, after):
    day = lambda n: date(2017 + n // 12, n % 12 + 1, 15)  # noqa: E731
    order = RepatriationOrder(
        nationality=("PRK",), deadline=day(start + length + after), midterm=day(start + length), midterm_share=share,
        source="made up",
    )  # fmt: skip
    first, end = 2017 * 12 + start + 1, 2017 * 12 + start + length + after + 1
    due = [order._due(first, now, SimpleNamespace(params={})) for now in range(first, end + 3)]
    assert all(0 <= a <= b <= 1 for a, b in pairwise(due))
    assert due[-3:] == [1.0] * 3
    assert due[length] == pytest.approx(share)
