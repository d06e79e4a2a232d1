"""Bars: while a host bars somebody it lets that person in by no lawful channel."""

import numpy as np

from sim.core.words import Channel, Event
from tests.chance.runs import PARAMS, model

OFTEN = dict(PARAMS) | {"reconsider_rate": 20.0, "bar_overstay_months": 6, "bar_entry_months": 6, "p_removal": 1.0} | {
    f"inspection_{host}": 5.0 for host in ("mng", "kor", "rus", "chn", "jpn")
}  # fmt: skip


def entries_of_the_barred(params):
    """Lawful entries of removed people into the host that removed them, while its bar of half a year would run."""
    run, removed, wrong, smuggled = model(months=10, params=params), {}, 0, 0
    people = run.state.people
    change = people.change

    def watched(who, event, place=None, *more):
        host = people.host_of[np.broadcast_to(people.cols.place[who] if place is None else place, who.shape)]
        was, each = people.host_of[people.cols.place[who]], np.broadcast_to(event, who.shape)
        nonlocal wrong, smuggled
        for i, what, to, here in zip(who.tolist(), each.tolist(), host.tolist(), was.tolist(), strict=True):
            if what in (Event.REMOVE, Event.HAND_OVER):
                removed[i] = here, run.state.t + 6
            elif i in removed and removed[i][0] == to and run.state.t < removed[i][1]:
                wrong += what in (Event.HIRE, Event.VISIT)
                smuggled += what == Event.SLIP_IN
        change(who, event, place, *more)

    people.change = watched
    run.run()
    assert len(removed) > 50
    return wrong, smuggled


def test_nobody_enters_lawfully_while_barred_and_some_are_smuggled():
    wrong, smuggled = entries_of_the_barred(OFTEN)
    assert wrong == 0 and smuggled > 0


def test_without_bars_some_come_back_lawfully_at_once():
    wrong, _ = entries_of_the_barred(OFTEN | {"bar_overstay_months": 0, "bar_entry_months": 0})
    assert wrong > 0


def test_who_is_smuggled_is_barred_for_as_long_as_that_way_says():
    run = model(months=1)
    bar = run.state.rules.base["bar"]
    assert (bar[Channel.SMUGGLER] == PARAMS["bar_entry_months"]).all()
    assert (np.delete(bar, Channel.SMUGGLER, 0) == PARAMS["bar_overstay_months"]).all()
