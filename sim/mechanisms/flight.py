"""Flight: members of the DPRK's programmes who leave their dispatch, and others the work assigned to them, and hide
where they are; and the search for members.

The hazard is that of SPEC §2d; P(return) that of §2e. Known gap: soldiers flee like civilians.
"""

import math

import numpy as np
from numpy.typing import NDArray

from sim.core.assignment import age, assigned, dissatisfied
from sim.core.attitude import inspected
from sim.core.chance import chances, stream, uniform
from sim.core.harm import harmed
from sim.core.kernel import kernel
from sim.core.people import Rows, asked_for, holders
from sim.core.state import State
from sim.core.words import NEVER, Event, Status

MONTHS = 12  # of a year
FLIGHT, SOUGHT = stream("flight flees"), stream("flight sought")


def step(state: State) -> None:
    """Those who fled before are sought; then others flee."""
    _search(state)
    _flee(state)


def _search(state: State) -> None:
    """Minders and the host's police look for those who fled; whom they find is held (S081, S100)."""
    who = holders(state.members, state.people.cols.status, asked_for(Status.IRREGULAR))
    who = who[state.draw(SOUGHT, who) < state.chance_of(state.params["sought_rate"])]
    harmed(state, who)
    state.people.change(who, Event.CAUGHT, None, state.t + 1)


@kernel
def flight(rows, ids, place, nation, host_of, owed, wage, p_return, contacts, a, b1, b2, b3, b4, months, luck):
    """Whether each of `rows` flees in a step of so many months:
    h = months · exp(a + b1·arrears + b2·ln(1+contacts) − b3 − b4·P(return)).

    arrears: months of pay that the employer owes; wage [row, cents a month], p_return [host, nation],
    contacts [place, nation, persons], a [row], b3: minders.
    """
    out = np.zeros(rows.size, np.bool_)
    for n in range(rows.size):
        i = rows[n]
        arrears = owed[i] / max(wage[n], 1)
        p, k = place[i], nation[i]
        pull = a[n] + b1 * arrears + b2 * math.log(1.0 + contacts[p, k])
        hazard = math.exp(pull - b3 - b4 * p_return[host_of[p], k])
        out[n] = uniform(luck, ids[i]) < 1.0 - math.exp(-hazard * months)
    return out


def p_return(state: State) -> NDArray[np.float64]:
    """P(return) [host, nation] as one who may flee sees it: P(caught) · handover · (1 − protect · claimed), SPEC §2e.

    Caught within a year, by inspectors or those who seek; claims where claims are heard.
    """
    rules = state.rules.tables
    caught = chances(inspected(state) + state.params["sought_rate"], 1.0)
    unprotected = 1 - rules["protect"] * rules["claim_open"]
    spared: NDArray[np.float64] = caught[:, None] * rules["handover"] * unprotected[:, None]
    return spared


def _flee(state: State) -> None:
    """Members of programmes at work, and those who were assigned their work, flee and are irregular where they are."""
    c, base = state.people.cols, state.params["flight_a"]
    who = holders(state.members, c.status, asked_for(Status.WORKER))
    _leave(state, who, np.full(who.size, base))
    if state.world.stations:
        who = assigned(state)
        fled = _leave(state, who, dissatisfied(state, who))
        young = fled[age(state, fled) < state.params["youth_age"] + 1]
        persons = np.zeros((state.hosts, state.nations), np.int64)
        np.add.at(persons, (state.people.host_of[c.place[young]], c.nation[young]), c.weight[young])
        state.series.record_grid("fled_young", state.t, persons, ("host", "nationality"))


def _leave(state: State, who: Rows, a: NDArray[np.float64]) -> Rows:
    """Those of `who` with an employer who flee in this step, by a [row] and what else the hazard is made of."""
    people, c, p = state.people, state.people.cols, state.params
    works = c.employer[who] >= 0
    who, a = who[works], a[works]
    hidden = people.stock[Status.IRREGULAR].sum(2).astype(float)
    with np.errstate(over="ignore"):
        flees = flight(
            who, c.id, c.place, c.nation, people.host_of, c.owed, state.employers.wage[c.employer[who]],
            p_return(state), hidden, a, p["flight_arrears"], p["flight_contacts"], p["flight_minders"],
            p["flight_return"],
            MONTHS * state.calendar.years_per_step, state.luck(FLIGHT),
        )  # fmt: skip
    people.change(who[flees], Event.FLEE, None, NEVER)
    return np.asarray(who[flees], np.int32)
