"""Repatriation: whom an order to send home reaches, who has gone by now, and who is left when its deadline is past.

An order reaches those who earn with a permit or on a visa: workers, students, and visitors who work. It does not reach
people under protection (claimants, refugees), nationals of the host and settled people; who hides has to be found first
(`enforcement`). Overseers are no persons of their own here.
"""

import numpy as np

from sim.core.chance import stream, uniforms
from sim.core.recalls import Recall
from sim.core.roll import Rows
from sim.core.state import State
from sim.core.words import Event, Status

GOES = stream("repatriation goes")


def step(state: State) -> None:
    """Carry out each order in force."""
    for order in state.rules.recalls.values():
        _carry_out(state, order)


def _carry_out(state: State, order: Recall) -> None:
    """Send home whoever draws below the share due; the draw lasts a stay's life and is alike in all scenarios."""
    people, c = state.people, state.people.cols
    who = _reached(state, order)
    with np.errstate(over="ignore"):
        goes = uniforms(state.luck(GOES, 0), c.id[who]) < order.share[people.host_of[c.place[who]]]
    gone = who[goes]
    people.change(gone, Event.SEND_HOME, c.home[gone])
    if order.is_over:
        _remain(state, order, who[~goes])


def _reached(state: State, order: Recall) -> Rows:
    """Those whom the order is about and who earn with papers."""
    c = state.people.cols
    who = state.people.who(Status.WORKER, Status.STUDENT, Status.VISITOR)
    who = who[order.nations[c.nation[who]]]
    who = who[order.hosts[state.people.host_of[c.place[who]]]]
    who = who[state.t - c.born[who] < (order.oldest + 1) * state.calendar.per_year]
    return np.asarray(who[(c.status[who] != Status.VISITOR) | (c.employer[who] >= 0)], np.int32)


def _remain(state: State, order: Recall, who: Rows) -> None:
    """Who is left is counted each month, and is a breach once: not if the permit breached a limit already."""
    c, index = state.people.cols, state.ledger.limit_index(order.id)
    host, nation = state.people.host_of[c.place[who]], c.nation[who]
    state.ledger.count("overdue", host, nation, c.weight[who])
    new = c.breach[who] == 0
    state.ledger.count(f"breach {order.id}", host[new], nation[new], c.weight[who[new]])
    c.breach[who[new]] = index + 1
    state.breaching.add(who[new])
