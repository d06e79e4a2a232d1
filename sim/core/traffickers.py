"""Traffickers: recruiters at home who deceive women about work abroad, by the links of Table 1; and their victims.

A victim is marked in the column `held`, beside the status: some are there on a valid visa. Whom an inspection finds is
helped home where the state sees the victim in her, and is treated as an offender elsewhere (Protocol, Art. 6-8).
Known gaps: men and children; victims sold on; traffickers without a link of Table 1.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import key, stream
from sim.core.harm import harmed
from sim.core.people import AT_HOME
from sim.core.population import factored
from sim.core.roll import Rows
from sim.core.words import REGISTERED, Event, Status

NO_LINK = -1
VISITOR, OVERSTAYER = int(Status.VISITOR), int(Status.OVERSTAYER)  # numpy compares a column with these much faster
SEEN_AS_VICTIM = stream("trafficking seen as victim")


@dataclass
class Links:
    """Columns by link, and which link joins two states: at [nation, host], NO_LINK for none.

    ids: for the draws; base, recruiters [persons] at the start and now; until: step to which a prosecution lasts;
    home: victims of the year who came home [persons]; gain: of a recruiter's victim in the first month.
    """

    ids: NDArray[np.uint64]
    origin: NDArray[np.intp]
    host: NDArray[np.intp]
    at: NDArray[np.int16]
    base: NDArray[np.float64]
    recruiters: NDArray[np.float64] = field(init=False)
    until: NDArray[np.int64] = field(init=False)
    home: NDArray[np.int64] = field(init=False)
    gain: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        self.recruiters, self.until = self.base.copy(), np.zeros(len(self), np.int64)
        self.home = np.zeros(len(self), np.int64)

    def __len__(self) -> int:
        return int(self.ids.size)

    def at_large(self, t: int, params: dict[str, float]) -> NDArray[np.float64]:
        """Recruiters who work in step t: fewer while some are prosecuted."""
        return self.recruiters * np.where(self.until > t, 1 - params["prosecuted_share"], 1.0)


def links(state: Any) -> Links:
    """The links of a run, made when they are first looked at."""
    if "traffickers" not in state.memory:
        state.memory["traffickers"] = _links(state)
    found: Links = state.memory["traffickers"]
    return found


def _links(state: Any) -> Links:
    rows = state.world.trafficking
    origin, host = (np.array([state.country(getattr(x, end)) for x in rows], np.intp) for end in ("origin", "host"))
    at = np.full((state.nations, state.hosts), NO_LINK, np.int16)
    at[origin, host] = np.arange(len(rows))
    base = np.array([factored(x.recruiters, x.source, state.params) for x in rows])
    ids = np.array([key("trafficking", x.origin, x.host) for x in rows], np.uint64)
    return Links(ids, origin, host, at, base)


def victims(state: Any) -> Rows:
    """Rows of those whom traffickers hold abroad; not of those whom the police detain."""
    return held_abroad(state, marked(state))


def held_abroad(state: Any, rows: Rows) -> Rows:
    """Those of some rows, as `victims`."""
    c = state.people.cols
    if not rows.size:
        return rows
    status = c.status[rows]
    return rows[(c.held[rows] > 0) & ((status == VISITOR) | (status == OVERSTAYER))]


def marked(state: Any) -> Rows:
    """Rows of victims: held, free and still abroad, or home this month."""
    rows: Rows = state.victims.find(state.people.cols.held, 0, 0, inside=False)
    return rows


def arrive(state: Any) -> None:
    """Of those deceived this month, who got into the host is a victim there; who was turned back is not.

    Those sent on a visa for work may stay as long as a visit that hides work, and are registered.
    """
    people, c = state.people, state.people.cols
    who, on_visa = state.memory.pop("deceived", (np.zeros(0, np.int32), np.zeros(0, bool)))
    if not who.size:
        return
    away = c.status[who] != AT_HOME
    c.held[who[~away]] = 0
    there, lawful = who[away], who[away & on_visa]
    c.end[lawful] = state.t + round(state.params["working_visit_months"])
    c.registered[lawful] = REGISTERED
    state.ledger.count("trafficked", people.host_of[c.place[there]], c.nation[there], c.weight[there])


def rescued(state: Any, found: Rows) -> Rows:
    """Help home the victims among those whom an inspection found, where the host sees them as such; the others."""
    people, c = state.people, state.people.cols
    care = state.rules.tables["victim_care"][people.host_of[c.place[found]]]
    saved = (c.held[found] > 0) & (c.status[found] == OVERSTAYER)
    saved &= state.draw(SEEN_AS_VICTIM, found) < care
    harmed(state, found[saved])
    people.change(found[saved], Event.RESCUE, c.home[found[saved]])
    return found[~saved]
