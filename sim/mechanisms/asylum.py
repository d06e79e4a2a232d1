"""Asylum: claims, the queue for a decision, recognition and refusal, and those whom a state held and did not return.

Two bodies hear claims: a state with a procedure (claim_open), and UNHCR's office where it has a mandate, which hears
no North Koreans: they pass through outside its statistics (X069). Party is not practice (SPEC §1.4).
Known gap: who claimed before and is held is asked again, and begins anew.
"""

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import chances, draws, stream, uniform
from sim.core.kernel import kernel
from sim.core.passage import to_korea
from sim.core.roll import Rows
from sim.core.state import State
from sim.core.words import NEVER, Event, Status

CLAIMS, DECIDES, PASSES, KEY = (stream(f"asylum {x}") for x in ("claims", "decides", "passes", "key"))


def step(state: State) -> None:
    """Those held and not returned, decisions, refugees who go on, new claims."""
    _spared(state)
    _decisions(state)
    _refugees(state)
    _claims(state)


def _spared(state: State) -> None:
    """Of those held and not handed over some claim; Mongolia passes the others on (S058, S063), others let go."""
    people, c = state.people, state.people.cols
    who, claims = state.memory.pop("spared", (np.zeros(0, np.int32), np.zeros(0, bool)))
    if not who.size:
        return
    mongolia = people.host_of[c.place[who]] == state.country("MNG")
    _claim(state, who[claims])
    to_korea(state, who[mongolia & ~claims])
    people.change(who[~mongolia & ~claims], Event.RELEASE, None, NEVER)


def _claim(state: State, who: Rows) -> None:
    state.people.change(who, Event.CLAIM, None, state.t + round(state.params["procedure_months"]))


def _claims(state: State) -> None:
    """North Koreans in hiding claim where a state hears claims; accession makes the procedure known."""
    c, rules = state.people.cols, state.rules.tables
    p = chances(state.params["claim_rate"] * rules["route_known"], state.calendar.years_per_step)
    p[rules["claim_open"] <= 0] = 0.0
    rows = state.people.who(Status.IRREGULAR)
    _claim(state, claimants(rows, c.nation, c.place, c.id, state.people.host_of, state.country("PRK"), p,
                            state.luck(CLAIMS)))  # fmt: skip


@kernel
def claimants(rows, nation, place, ids, host_of, prk, p, luck):
    """Those of `rows` from North Korea who draw below the chance of a claim where they are, p [host]."""
    out, n = np.empty_like(rows), 0
    for row in rows:
        i = np.uint32(row)
        if nation[i] != prk:
            continue
        chance = p[host_of[place[i]]]
        if chance > 0.0 and uniform(luck, ids[i]) < chance:
            out[n] = i
            n += 1
    return out[:n]


def _decisions(state: State) -> None:
    """Claims whose time is over are decided, the oldest first, as many as the host's capacity allows."""
    people, c = state.people, state.people.cols
    who = people.who(Status.ASYLUM_SEEKER)
    who = who[c.end[who] <= state.t]
    room = state.memory.setdefault("decisions left", np.zeros(state.hosts))
    if not who.size:
        room[:] = 0.0  # nobody waits for what is left
        return
    room += capacity(state) * state.calendar.years_per_step
    keys: NDArray[np.uint64] = draws(state.luck(KEY, 0), c.id[who])
    who = who[np.lexsort((keys, c.end[who]))]
    who = decided(who, c.weight, people.host_of[c.place[who]], room)
    if not who.size:
        return
    waited = (state.t - c.since[who]) * c.weight[who]
    state.ledger.count("waited_months", people.host_of[c.place[who]], c.nation[who], waited)
    yes = state.draw(DECIDES, who) < recognition(state)[people.host_of[c.place[who]]]
    people.change(who[yes], Event.RECOGNISE)
    people.change(who[~yes], Event.REFUSE, None, NEVER)


def capacity(state: State) -> NDArray[np.float64]:
    """Claims that can be decided in each host [persons a year]: UNHCR's, and the state's where it hears claims."""
    return np.asarray(state.rules.tables["mandate"] + _by_states(state))


def _by_states(state: State) -> NDArray[np.float64]:
    rules = state.rules.tables
    return np.asarray(np.where(rules["claim_open"] > 0, rules["decisions"], 0.0))


def recognition(state: State) -> NDArray[np.float64]:
    """Share of claims recognised in each host: UNHCR and the state decide in proportion to their capacity."""
    unhcr, both = state.rules.tables["mandate"], capacity(state)
    share = np.divide(unhcr, both, out=np.zeros(state.hosts), where=(unhcr > 0) & np.isfinite(both))
    p = state.params
    return np.asarray(p["p_recognition"] + share * (p["p_recognition_unhcr"] - p["p_recognition"]))


@kernel
def decided(who, weight, host, room):
    """Those of `who`, in order, whom the room [host, persons] of their host still holds; room is used up in place.

    Nobody overtakes. What is left over is kept for the next in line, at most as much as that head needs.
    """
    out, n = np.empty(who.size, np.int32), 0
    waits = np.zeros(room.size, np.int64)
    for k in range(who.size):
        i, h = who[k], host[k]
        if waits[h] == 0 and weight[i] <= room[h]:
            room[h] -= weight[i]
            out[n] = i
            n += 1
        elif waits[h] == 0:
            waits[h] = weight[i]
    for h in range(room.size):
        room[h] = min(room[h], waits[h])
    return out[:n]


def _refugees(state: State) -> None:
    """Recognised North Koreans go on to the Republic of Korea, whose nationals they are."""
    people, c = state.people, state.people.cols
    who = people.who(Status.REFUGEE)
    who = who[c.nation[who] == state.country("PRK")] if who.size else who
    to_korea(state, who[state.draw(PASSES, who) < state.chance_of(state.params["refugee_onward_rate"])])
