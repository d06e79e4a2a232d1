"""Protection: North Koreans in hiding move on, claim asylum where that is possible, or are passed on to the ROK.

The ways to the ROK grow with those already there, who pay brokers and tell the way (X068, X073). A treaty shifts
practice by priors; it does not flip it (SPEC §1.4). Known gap: places and routes within China are one hazard.
"""

import math

import numpy as np

from sim.core.chance import chances, stream
from sim.core.harm import harmed
from sim.core.people import Rows, asked_for, holders
from sim.core.state import State
from sim.core.words import NEVER, Channel, Event, Status

ONWARD, NORTHWARD, CLAIMS, DECIDES, PASSES, SEEN = (
    stream(f"protection {x}") for x in ("onward", "northward", "claims", "decides", "passes", "seen")
)


def step(state: State) -> None:
    """Those spared a hand-over first, then claims, decisions, and journeys on."""
    _spared(state)
    _decisions(state)
    hidden = state.people.who(Status.IRREGULAR)
    hidden = hidden[state.people.cols.nation[hidden] == state.country("PRK")]
    _claims(state, hidden)
    _from_mongolia(state, hidden)
    _from_china(state, hidden)


def _among(state: State, hidden: Rows) -> Rows:
    """Those of the North Koreans in hiding who still hide."""
    return np.asarray(holders(hidden, state.people.cols.status, asked_for(Status.IRREGULAR)), np.int32)


def _to_korea(state: State, who: Rows) -> None:
    """Arrive in the ROK and settle there."""
    people, c = state.people, state.people.cols
    place = int(np.flatnonzero(people.host_of == state.country("KOR"))[0])
    state.ledger.count("arrived_kor", people.host_of[c.place[who]], c.nation[who], c.weight[who])
    people.change(who, Event.PASS_ON, place)


def _spared(state: State) -> None:
    """Of those not handed over, those held in Mongolia are passed on to the ROK (S058, S063); others are released."""
    people = state.people
    who: Rows = state.memory.pop("spared", np.zeros(0, np.int32))
    mongolia = people.host_of[people.cols.place[who]] == state.country("MNG")
    _to_korea(state, who[mongolia])
    people.change(who[~mongolia], Event.RELEASE, None, NEVER)


def _decisions(state: State) -> None:
    """Procedures end: recognition or refusal. A recognised North Korean may go on to the ROK."""
    people, c, p = state.people, state.people.cols, state.params
    who = people.who(Status.ASYLUM_SEEKER, ends=state.t)
    yes = state.draw(DECIDES, who) < p["p_recognition"]
    people.change(who[yes], Event.RECOGNISE)
    people.change(who[~yes], Event.REFUSE, None, NEVER)
    who = people.who(Status.REFUGEE)
    who = who[c.nation[who] == state.country("PRK")]
    _to_korea(state, who[state.draw(PASSES, who) < state.chance_of(p["refugee_onward_rate"])])


def _claims(state: State, hidden: Rows) -> None:
    """North Koreans in hiding claim where the state hears claims; accession opens the procedure and makes it known."""
    people, c, rules = state.people, state.people.cols, state.rules.tables
    who = _among(state, hidden)
    host = people.host_of[c.place[who]]
    rate = state.params["claim_rate"] * rules["claim_open"][host] * rules["route_known"][host]
    yes = state.draw(CLAIMS, who) < chances(rate, state.calendar.years_per_step)
    people.change(who[yes], Event.CLAIM, None, state.t + round(state.params["procedure_months"]))


def _from_mongolia(state: State, hidden: Rows) -> None:
    """North Koreans who reached Mongolia are found by its officers within months and passed on, or returned."""
    people, c = state.people, state.people.cols
    who = _among(state, hidden)
    who = who[(people.host_of[c.place[who]] == state.country("MNG")) & (c.since[who] < state.t)]
    found = who[state.draw(PASSES, who) < state.chance_of(state.params["found_in_mongolia"])]
    people.change(found, Event.CAUGHT, None, state.t + 1)


def _from_china(state: State, hidden: Rows) -> None:
    """Onward from China: from Inner Mongolia across the Gobi, from elsewhere by the long way through the south."""
    people, c, rules = state.people, state.people.cols, state.rules.tables
    who, china = _among(state, hidden), state.country("CHN")
    who = who[people.host_of[c.place[who]] == china]
    known = known_way(state)
    gobi = c.place[who] == state.world.place_index("CHN-Inner-Mongolia")
    mongolia = state.country("MNG")
    north, south = who[gobi], who[~gobi]
    p = state.chance_of(state.params["gobi_rate"] * known * rules["route_known"][mongolia])
    north = north[state.draw(NORTHWARD, north) < p]
    caught = state.draw(SEEN, north) < rules["seen"][china, mongolia]
    harmed(state, north[caught])
    people.change(north[caught], Event.CAUGHT, None, state.t + 1)
    people.change(north[~caught], Event.MOVE_ON, state.world.place_index("MNG-Gobi"), NEVER)
    c.channel[north[~caught]] = Channel.SMUGGLER
    south = south[state.draw(ONWARD, south) < state.chance_of(state.params["onward_rate"] * known)]
    caught = state.draw(SEEN, south) < rules["seen"][china, state.country("KOR")]
    harmed(state, south[caught])
    people.change(south[caught], Event.CAUGHT, None, state.t + 1)
    _to_korea(state, south[~caught])


def known_way(state: State) -> float:
    """How far the ways are known and paid for: (1 + settled in the ROK / settled_scale)^onward_tie."""
    prk, korea = state.country("PRK"), state.country("KOR")
    settled = state.people.stock[Status.SETTLED, state.people.host_of == korea, prk].sum()
    return math.pow(1 + settled / state.params["settled_scale"], state.params["onward_tie"])
