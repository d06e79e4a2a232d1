"""Flight: members of the DPRK's programmes who leave their dispatch and hide where they are, and the search for them.

The hazard is that of SPEC §2d; P(return) that of §2e. Known gap: soldiers flee like civilians.
"""

import math

import numpy as np
from numpy.typing import NDArray

from sim.core.attitude import inspected
from sim.core.chance import chances, stream, uniform
from sim.core.harm import harmed
from sim.core.kernel import kernel
from sim.core.state import State
from sim.core.words import NEVER, Event, Status

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
def p_flight(arrears, contacts, p_return, a, b1, b2, b3, b4):
    """Chance of a month: h = exp(a + b1·arrears + b2·ln(1+contacts) − b3 − b4·P(return)), b3 being minders."""
    hazard = math.exp(a + b1 * arrears + b2 * math.log(1.0 + contacts) - b3 - b4 * p_return)
    return 1.0 - math.exp(-hazard)


@kernel
def flight(rows, cols, host_of, wage, p_return, contacts, selected, a, b1, b2, b3, b4, luck):
    """Those of `rows` who flee this month, of those at work whom a state selected [group].

    arrears: months of pay that the employer owes; wage [employer, cents a month], p_return [host], contacts [place,
    persons].
    """
    out, n = np.empty(rows.size, np.int32), 0
    paid = np.empty(contacts.size)  # chances of those to whom nothing is owed
    for place in range(contacts.size):
        paid[place] = p_flight(0.0, contacts[place], p_return[host_of[place]], a, b1, b2, b3, b4)
    for i in rows:
        if not selected[cols.group[i]] or cols.employer[i] < 0:
            continue
        place, p = cols.place[i], paid[cols.place[i]]
        if cols.owed[i] > 0:
            arrears = cols.owed[i] / max(wage[cols.employer[i]], 1)
            p = p_flight(arrears, contacts[place], p_return[host_of[place]], a, b1, b2, b3, b4)
        if uniform(luck, cols.id[i]) < p:
            out[n] = i
            n += 1
    return out[:n]


def p_return(state: State) -> NDArray[np.float64]:
    """P(return) [host] as one who may flee sees it: P(caught) · handover · (1 − protect · claimed), SPEC §2e.

    Caught within a year, by inspectors or those who seek; claims where claims are heard.
    """
    rules, prk = state.rules.tables, state.country("PRK")
    caught = chances(inspected(state) + state.params["sought_rate"], 1.0)
    spared: NDArray[np.float64] = caught * rules["handover"][:, prk] * (1 - rules["protect"] * rules["claim_open"])
    return spared


def _flee(state: State) -> None:
    """Workers who flee this month are irregular where they are."""
    people, p = state.people, state.params
    hidden = people.stock[Status.IRREGULAR, :, state.country("PRK")].sum(1).astype(float)
    flees = flight(
        people.who(Status.WORKER), people.cols, people.host_of, state.employers.wage, p_return(state), hidden,
        state.programme, p["flight_a"], p["flight_arrears"], p["flight_contacts"], p["flight_minders"],
        p["flight_return"], state.luck(FLIGHT),
    )  # fmt: skip
    people.change(flees, Event.FLEE, None, NEVER)
