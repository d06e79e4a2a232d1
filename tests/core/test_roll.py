"""The roll: whoever changes status, it names those who are in each, once and in order."""

from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.core.roll import Roll
from sim.core.words import Status
from tests.core.test_people import some_people

PEOPLE = 12
changes = st.lists(
    st.tuples(st.sampled_from(list(Status)), st.sets(st.integers(0, PEOPLE - 1), min_size=1)), max_size=8
)


def carry_out(roll, change):
    """These people enter that status; out: nothing, but the roll is told."""
    after, people = change
    who = np.array(sorted(people), np.int32)
    left = sum(1 << int(s) for s in set(roll.status[who].tolist()))
    roll.status[who] = after
    roll.note(who, left, 1 << int(after))


@given(told=st.lists(st.tuples(changes, st.booleans()), max_size=4))
def test_each_status_has_its_people_once_and_in_order(told):
    roll = Roll(np.zeros(PEOPLE, np.int8))
    for some, looks in told:
        for change in some:
            carry_out(roll, change)
        for status in list(Status)[1:] if looks else [Status.WORKER]:
            assert roll.of(status).tolist() == np.flatnonzero(roll.status == status).tolist()


def test_a_status_that_nobody_left_or_entered_is_not_gone_through_again():
    roll = Roll(np.array([Status.WORKER, Status.VISITOR], np.int8))
    before = roll.of(Status.WORKER)
    roll.of(Status.VISITOR)
    carry_out(roll, (Status.HOME, {1}))
    assert roll.of(Status.WORKER) is before and roll.of(Status.VISITOR).size == 0


@given(told=st.lists(st.tuples(changes, st.sets(st.integers(0, PEOPLE - 1))), max_size=4))
def test_some_are_found_among_those_of_late_and_the_news_as_among_all(told):
    people = some_people(PEOPLE)
    roll = people._roll = Roll(people.cols.status)
    with patch("sim.core.roll.MANY", 0), patch("sim.core.roll.FEW", 0):
        for some, wanted in told:
            roll.of(Status.WORKER), roll.of(Status.VISITOR)
            for change in some:
                carry_out(roll, change)
            for _ in range(2):
                found = people.sieved(Status.WORKER, lambda rows, wanted=wanted: [rows[np.isin(rows, [*wanted])]])
                assert found[0].tolist() == [i for i in sorted(wanted) if roll.status[i] == Status.WORKER]
