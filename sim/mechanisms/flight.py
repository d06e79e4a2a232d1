"""Flight: members of the DPRK's programmes who leave their dispatch, and others the work assigned to them, and hide
where they are; and the search for members.

The hazard is that of SPEC §2d; P(return) that of §2e. Known gap: soldiers flee like civilians.
"""

import math

import numpy as np
from numpy.typing import NDArray

from sim.core.assignment import age, assigned, dissatisfied
from sim.core.attitude import inspected
from sim.core.chance import bounded_exp, chances, limit, stream, uniform
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
    people = state.people
    who = people.within(Status.IRREGULAR, _programme(state))
    (who,) = people.drawn(who, (state.luck(SOUGHT), state.chance_of(state.params["sought_rate"])))
    if not who.size:
        return
    harmed(state, who)
    people.change(who, Event.CAUGHT, None, state.t + 1)


def _programme(state: State) -> NDArray[np.int32]:
    """Runs of rows [run, first and end] of those whom their state selects."""
    if "programme" not in state.memory:
        state.memory["programme"] = state.people.runs_in(state.programme)
    runs: NDArray[np.int32] = state.memory["programme"]
    return runs


@kernel
def flight(
    rows, ids, owed, employer, place, nation, host_of, wage, p_return, contacts, a, b1, b2, b3, b4, months, luck
):
    """Those of `rows` who flee in a step of so many months:
    h = months · exp(a + b1·arrears + b2·ln(1+contacts) − b3 − b4·P(return)), b3 being minders.

    arrears: months of pay that the employer owes; wage [employer, cents a month], p_return [host, nation],
    contacts [place, nation, persons], a [row].
    """
    out, found = np.empty(rows.size, np.int32), 0
    for n in range(rows.size):
        i = rows[n]
        arrears = owed[i] / max(wage[employer[i]], 1)
        p, k = place[i], nation[i]
        pull = a[n] + b1 * arrears + b2 * math.log(1.0 + contacts[p, k])
        hazard = math.exp(pull - b3 - b4 * p_return[host_of[p], k])
        if uniform(luck, ids[i]) < 1.0 - math.exp(-hazard * months):
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
    c, a = state.people.cols, state.params["flight_a"]
    who = state.people.within(Status.WORKER, _programme(state))
    near = _near(state, who, a)
    _leave(state, near, np.full(near.size, a))
    if state.world.stations:
        who = assigned(state)
        near = _near(state, who, float(dissatisfied(state, who).max(initial=-np.inf)))
        fled = _leave(state, near, dissatisfied(state, near))
        young = fled[age(state, fled) < state.params["youth_age"] + 1]
        persons = np.zeros((state.hosts, state.nations), np.int64)
        np.add.at(persons, (state.people.host_of[c.place[young]], c.nation[young]), c.weight[young])
        state.series.record_grid("fled_young", state.t, persons, ("host", "nationality"))


def _near(state: State, who: Rows, a: float) -> Rows:
    """Those of `who` who would flee if nobody were owed more, all who hide were near, and none returned; a: the
    largest."""
    if not who.size:
        return who
    p, hidden = state.params, float(state.people.stock[Status.IRREGULAR].sum())
    pull = a + max(p["flight_arrears"] * state.memory["arrears"], 0.0) - p["flight_minders"]
    pull += max(p["flight_contacts"] * math.log(1.0 + hidden), 0.0) + max(-p["flight_return"], 0.0)
    most = limit(bounded_exp(pull) * MONTHS * state.calendar.years_per_step)
    return state.people.drawn(who, (state.luck(FLIGHT), most))[0]


def _leave(state: State, who: Rows, a: NDArray[np.float64]) -> Rows:
    """Those of `who` with an employer who flee in this step, by a [row] and what else the hazard is made of."""
    if not who.size:
        return who
    people, c, p = state.people, state.people.cols, state.params
    works = c.employer[who] >= 0
    hidden = people.stock[Status.IRREGULAR].sum(2).astype(float)
    flees: Rows = flight(
        who[works], c.id, c.owed, c.employer, c.place, c.nation, people.host_of, state.employers.wage, p_return(state),
        hidden, a[works], p["flight_arrears"], p["flight_contacts"], p["flight_minders"], p["flight_return"],
        MONTHS * state.calendar.years_per_step, state.luck(FLIGHT),
    )  # fmt: skip
    people.change(flees, Event.FLEE, None, NEVER)
    return flees
