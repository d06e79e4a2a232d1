"""Assignment: who was assigned work after crossing without papers, and how content they are with it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.roll import Rows
from sim.core.words import Channel, Status

FOR_SKILLED = "M"  # professional and scientific posts, to which the trained are introduced (S128)


def assigned(state: Any) -> Rows:
    """People at work who came without papers to a state that receives them at stations."""
    people, c = state.people, state.people.cols
    who = people.who(Status.WORKER)
    return np.asarray(who[(c.channel[who] == Channel.SMUGGLER) & state.world.receives[people.host_of[c.place[who]]]])


def for_skilled(state: Any) -> NDArray[np.bool_]:
    """Whether the posts of an employer are for the trained [employer]."""
    return np.isin(state.employers.sector, state.world.sector_rows([FOR_SKILLED]))


def unsuited(state: Any, who: Rows) -> NDArray[np.bool_]:
    """Whether the work is another than the own trade, or the post one for the trained who is not."""
    c, e = state.people.cols, state.employers
    at = c.employer[who]
    trained, skilled = for_skilled(state)[at], state.people.kinds.skilled[c.kind[who]]
    return np.asarray(np.where(trained, skilled == 0, c.sector[who] != e.sector[at]))


def age(state: Any, who: Rows) -> NDArray[np.float64]:
    """Age in years and parts of them."""
    return np.asarray((state.t - state.people.cols.born[who]) / state.calendar.per_year)


def dissatisfied(state: Any, who: Rows) -> NDArray[np.float64]:
    """a of the hazard of flight: flight_a + flight_unsuited (if the work does not suit) + ln f(age), f as in moving."""
    p = state.params
    tired = p["age_decline"] * np.maximum(age(state, who) - p["age_peak"], 0.0)
    return np.asarray(p["flight_a"] + p["flight_unsuited"] * unsuited(state, who) - tired)
