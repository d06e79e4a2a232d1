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
from sim.core.roll import Rows
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
    who = state.people.who(Status.IRREGULAR)
    who = who[state.programme[state.people.cols.group[who]]]
    who = who[state.draw(SOUGHT, who) < state.chance_of(state.params["sought_rate"])]
    harmed(state, who)
    state.people.change(who, Event.CAUGHT, None, state.t + 1)


@kernel
def flight(rows, cols, host_of, wage, p_return, contacts, a, b1, b2, b3, b4, months, luck):
    """Those of `rows` who flee in a step of so many months:
    h = months · exp(a + b1·arrears + b2·ln(1+contacts) − b3 − b4·P(return)), b3 being minders.

    arrears: months of pay that the employer owes; wage [employer, cents a month], p_return [host, nation],
    contacts [place, nation, persons], a [row].
    """
    out, found = np.empty(rows.size, np.int32), 0
    for n in range(rows.size):
        i = rows[n]
        arrears = cols.owed[i] / max(wage[cols.employer[i]], 1)
        p, k = cols.place[i], cols.nation[i]
        pull = a[n] + b1 * arrears + b2 * math.log(1.0 + contacts[p, k])
        hazard = math.exp(pull - b3 - b4 * p_return[host_of[p], k])
        if uniform(luck, cols.id[i]) < 1.0 - math.exp(-hazard * months):
            out[found] = i
            found += 1
    return out[:found]


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
    c = state.people.cols
    who = state.people.who(Status.WORKER)
    who = who[state.programme[c.group[who]]]
    _leave(state, who, np.full(who.size, state.params["flight_a"]))
    if state.world.stations:
        who = assigned(state)
        fled = _leave(state, who, dissatisfied(state, who))
        young = fled[age(state, fled) < state.params["youth_age"] + 1]
        persons = np.zeros((state.hosts, state.nations), np.int64)
        np.add.at(persons, (state.people.host_of[c.place[young]], c.nation[young]), c.weight[young])
        state.series.record_grid("fled_young", state.t, persons, ("host", "nationality"))


def _leave(state: State, who: Rows, a: NDArray[np.float64]) -> Rows:
    """Those of `who` with an employer who flee in this step, by a [row] and what else the hazard is made of."""
    people, p = state.people, state.params
    works = people.cols.employer[who] >= 0
    hidden = people.stock[Status.IRREGULAR].sum(2).astype(float)
    flees: Rows = flight(
        who[works], people.cols, people.host_of, state.employers.wage, p_return(state), hidden, a[works],
        p["flight_arrears"], p["flight_contacts"], p["flight_minders"], p["flight_return"],
        MONTHS * state.calendar.years_per_step, state.luck(FLIGHT),
    )  # fmt: skip
    people.change(flees, Event.FLEE, None, NEVER)
    return flees
