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
from sim.core.people import asked_for, holders
from sim.core.state import State
from sim.core.words import NEVER, Event, Status

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
def flight(rows, ids, place, owed, wage, p_return, contacts, a, b1, b2, b3, b4, luck):
    """Whether each of `rows` flees this month: h = exp(a + b1·arrears + b2·ln(1+contacts) − b3 − b4·P(return)).

    arrears: months of pay that the employer owes; wage [row, cents a month], p_return [row], contacts [place,
    persons], b3: minders.
    """
    out = np.zeros(rows.size, np.bool_)
    for n in range(rows.size):
        i = rows[n]
        arrears = owed[i] / max(wage[n], 1)
        hazard = math.exp(a + b1 * arrears + b2 * math.log(1.0 + contacts[place[i]]) - b3 - b4 * p_return[n])
        out[n] = uniform(luck, ids[i]) < 1.0 - math.exp(-hazard)
    return out


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
    people, c, p = state.people, state.people.cols, state.params
    who = holders(state.members, c.status, asked_for(Status.WORKER))
    who = who[c.employer[who] >= 0]
    hidden = people.stock[Status.IRREGULAR, :, state.country("PRK")].sum(1).astype(float)
    with np.errstate(over="ignore"):
        flees = flight(
            who, c.id, c.place, c.owed, state.employers.wage[c.employer[who]],
            p_return(state)[people.host_of[c.place[who]]], hidden, p["flight_a"], p["flight_arrears"],
            p["flight_contacts"], p["flight_minders"], p["flight_return"], state.luck(FLIGHT),
        )  # fmt: skip
    people.change(who[flees], Event.FLEE, None, NEVER)
