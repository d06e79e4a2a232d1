"""Passage: North Koreans who arrive in the Republic of Korea settle there, and pay for the way of their families."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.core.roll import Rows
from sim.core.words import Event, Status


@dataclass
class Families:
    """Families of North Koreans in the Republic of Korea [persons]: who pays, kin to fetch, and all kin ever named.

    Who comes of themselves names kin; who is fetched is of a family that has named them, and pays for the others.
    """

    payers: float
    kin: float
    named: float

    @property
    def apart(self) -> float:
        """Share of the kin ever named who are not yet fetched; a payer whose family is complete pays no more."""
        return self.kin / self.named if self.named > 0 else 0.0

    def name(self, kin: float) -> None:
        """Somebody who comes of themselves has kin to fetch."""
        self.kin += kin
        self.named += kin


def families(state: Any) -> Families:
    """Kept in memory; at first those settled in the Republic of Korea, each with `kin_each` kin."""
    if "families in Korea" not in state.memory:
        there = float(state.people.by_host()[Status.SETTLED, state.country("KOR"), state.country("PRK")].sum())
        kin = state.params["kin_each"] * there
        state.memory["families in Korea"] = Families(there, kin, kin)
    return state.memory["families in Korea"]


def to_korea(state: Any, who: Rows) -> None:
    """Those who reach the Republic of Korea settle there, and pay for kin from then on."""
    people, c, korea = state.people, state.people.cols, state.country("KOR")
    payers = families(state)
    if not who.size:
        return
    place = int(np.flatnonzero(people.host_of == korea)[0])
    state.ledger.count("arrived_kor", people.host_of[c.place[who]], c.nation[who], c.weight[who])
    people.change(who, Event.PASS_ON, place)
    payers.payers += float(c.weight[who].sum())
