"""Status changes: what one moves, and that one that does not exist moves nothing."""

import numpy as np
import pytest

from sim.core.people import GIVEN, People
from sim.core.words import ARROWS, NEVER, NEXT, Event, Status, arrows

HERE, FAR, THERE = 0, 1, 2  # places; HERE and FAR lie in one country


def some_people(heads=4):
    """People at home in place HERE, ten persons a head."""
    columns = {name: np.zeros(heads, kind) for name, kind in GIVEN.items()}
    columns |= {"id": np.arange(heads), "weight": np.full(heads, 10)}
    for name in ("employer", "channel", "plan", "plan_host"):
        columns[name] = np.full(heads, -1)
    columns["end"] = np.full(heads, NEVER)
    return People(columns, np.array([0, 0, 1], np.int16), nations=1, sectors=1, employers=2)


def test_the_weight_of_each_is_known_where_all_weigh_alike():
    people = some_people()
    assert people.each == 10
    columns = people.cols._asdict() | {"weight": np.array([10, 10, 10, 9]), "sex": np.zeros(4), "skilled": np.zeros(4)}
    assert People(columns, people.host_of, 1, 1, 2).each == 0


def rows(*numbers):
    return np.array(numbers, np.int32)


def test_a_hire_moves_the_person_the_stock_and_the_staff():
    people = some_people()
    people.begin(3)
    people.change(rows(1, 2), Event.HIRE, THERE, 60, 1)
    c = people.cols
    assert (c.status[1], c.place[1], c.end[1], c.employer[1], c.since[1]) == (Status.WORKER, THERE, 60, 1, 3)
    assert people.stock[Status.WORKER, THERE, 0, 0] == 20
    assert people.stock[Status.HOME, HERE, 0, 0] == 20
    assert people.staff.tolist() == [[0, 20], [0, 0]]
    assert people.events[Event.HIRE].tolist() == [[0], [20]]
    assert (people.recount() == people.stock).all() and (people.recount_staff() == people.staff).all()


def test_staff_without_a_permit_are_counted_apart():
    people = some_people()
    people.change(rows(0), Event.SLIP_IN, THERE)
    people.employ(rows(0), np.array([0], np.int16))
    assert people.staff.tolist() == [[0, 0], [10, 0]]
    assert (people.recount_staff() == people.staff).all()


def test_going_abroad_and_coming_home_forgets_the_plan_and_what_belonged_to_the_stay():
    people = some_people()
    people.cols.plan[0] = 0
    people.change(rows(0), Event.HIRE, THERE, 12, 0)
    assert people.cols.plan[0] == -1
    people.cols.breach[0] = people.cols.registered[0] = people.cols.extended[0] = 1
    people.change(rows(0), Event.RETURN, HERE)
    c = people.cols
    assert (c.breach[0], c.registered[0], c.extended[0], c.end[0], c.employer[0]) == (0, 0, 0, NEVER, -1)


def test_the_mark_of_a_breach_ends_with_the_permit_and_survives_its_renewal():
    people = some_people()
    people.change(rows(0), Event.HIRE, THERE, 12, 0)
    people.cols.breach[0] = 1
    people.change(rows(0), Event.RENEW, None, 24, 0)
    assert people.cols.breach[0] == 1
    people.change(rows(0), Event.OVERSTAY)
    assert people.cols.breach[0] == 0


def test_only_moves_between_countries_are_moves():
    people = some_people()
    people.begin(0)
    people.change(rows(0), Event.VISIT, FAR)
    assert people.crossed == 0
    people.change(rows(1), Event.VISIT, THERE)
    people.change(rows(2, 3), Event.VISIT, THERE)
    assert people.moved[:, : people.crossed].T.tolist() == [[i, HERE, THERE, Event.VISIT] for i in (1, 2, 3)]
    people.begin(1)
    assert people.crossed == 0 and not people.events.any()


def test_a_missing_arrow_is_refused_and_nobody_after_it_is_changed():
    people = some_people()
    people.change(rows(1), Event.HIRE, THERE, 12, 0)
    with pytest.raises(ValueError, match="no arrow from WORKER by HIRE"):
        people.change(rows(0, 1, 2), Event.HIRE, THERE, 12, 0)
    assert people.cols.status.tolist() == [Status.WORKER, Status.WORKER, Status.HOME, Status.HOME]
    assert (people.recount() == people.stock).all() and (people.recount_staff() == people.staff).all()


@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("event", Event)
def test_the_status_table_and_nothing_else_says_what_an_event_makes_of_a_status(before, event):
    drawn = [after for status, what, after, _ in arrows() if (status, what) == (before, event)]
    people = some_people()
    people.cols.status[:] = before
    people.stock[:] = people.recount()
    if drawn:
        people.change(rows(0), event, THERE)
        assert people.cols.status[0] == drawn[0]
    else:
        with pytest.raises(ValueError, match=f"no arrow from {before.name} by {event.name}"):
            people.change(rows(0), event, THERE)


def test_no_arrow_is_written_twice_and_each_has_one_owner():
    written = [tuple(line.split()[:2]) for line in ARROWS.strip().splitlines()]
    assert len(set(written)) == len(written) == (NEXT >= 0).sum()


def test_an_event_for_nobody_changes_nothing():
    people = some_people()
    before = people.stock.copy()
    people.change(rows(), Event.HIRE, THERE)
    assert (people.stock == before).all()


def test_people_are_counted_by_host():
    people = some_people()
    people.change(rows(0), Event.HIRE, THERE, 12, 0)
    assert people.by_host()[Status.WORKER].ravel().tolist() == [0, 10]


def test_who_is_in_a_status_and_whose_stay_ends():
    people = some_people()
    people.change(rows(0, 1), Event.HIRE, THERE, np.array([5, 6]), 0)
    assert people.who(Status.WORKER).tolist() == [0, 1]
    assert people.who(Status.WORKER, ends=6).tolist() == [1]
    assert people.who(Status.WORKER, Status.HOME).tolist() == [0, 1, 2, 3]


def test_rows_in_no_order_are_found_in_order():
    people = some_people(9)
    people.who(Status.WORKER)
    people.change(rows(7, 2, 5), Event.HIRE, THERE, 60, 1)
    people.change(rows(0, 8), Event.HIRE, THERE, 60, 1)
    assert people.who(Status.WORKER).tolist() == [0, 2, 5, 7, 8]


def test_of_several_statuses_entered_at_once_each_has_its_own():
    people = some_people(9)
    for status in (Status.WORKER, Status.VISITOR, Status.HOME, Status.SETTLED):
        people.who(status)
    events = np.array([Event.VISIT, Event.HIRE, Event.VISIT, Event.HIRE], np.int8)
    people.change(rows(7, 2, 5, 0), events, THERE, 60)
    assert people.who(Status.WORKER).tolist() == [0, 2] and people.who(Status.VISITOR).tolist() == [5, 7]
