"""Passage: North Koreans who arrive in the Republic of Korea settle there, and have kin whom they would fetch."""

from typing import Any

import numpy as np

from sim.core.people import Rows
from sim.core.words import Event, Status


def to_korea(state: Any, who: Rows) -> None:
    """Those who reach the Republic of Korea settle there; each has `kin_each` persons to fetch."""
    people, c, korea = state.people, state.people.cols, state.country("KOR")
    kin = kin_to_fetch(state)
    place = int(np.flatnonzero(people.host_of == korea)[0])
    state.ledger.count("arrived_kor", people.host_of[c.place[who]], c.nation[who], c.weight[who])
    people.change(who, Event.PASS_ON, place)
    state.memory["kin to fetch"] = kin + state.params["kin_each"] * float(c.weight[who].sum())


def kin_to_fetch(state: Any) -> float:
    """Kin whom those settled in the Republic of Korea still mean to fetch [persons]; at first those of all there."""
    if "kin to fetch" not in state.memory:
        there = state.people.by_host()[Status.SETTLED, state.country("KOR"), state.country("PRK")].sum()
        state.memory["kin to fetch"] = state.params["kin_each"] * float(there)
    return float(state.memory["kin to fetch"])
