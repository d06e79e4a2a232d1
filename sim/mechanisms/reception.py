"""Reception: stations take in those who crossed without papers, keep them for some days, and send them on to work.

Files are checked, later there is a quarantine (S138, S140); then everybody is assigned to a post with housing, as far
as documents for the journey go (S135). Known gap: nobody is sent back from a station,
and who waits there for long neither leaves nor warns those at home.
"""

import math

import numpy as np
from numpy.typing import NDArray

from sim.core.assignment import for_skilled
from sim.core.chance import draws, edges, pair, parts, stream, uniform
from sim.core.kernel import kernel
from sim.core.population import factored
from sim.core.roll import Rows
from sim.core.state import State
from sim.core.words import NEVER, REGISTERED, Channel, Event, Status

STATION, DAYS, KEY, CLAIMS, POST = (stream(f"reception {x}") for x in ("station", "days", "key", "claims", "post"))


def step(state: State) -> None:
    """Those who crossed in this step report; those whose days are over are sent on, as far as there is room."""
    _receive(state)
    _send_on(state)


def _receive(state: State) -> None:
    """Whoever crossed to stay comes to one of the state's stations, for the days that it keeps people."""
    people, c = state.people, state.people.cols
    crossed = people.events[[Event.SLIP_IN, Event.UPROOT]].sum(0) * state.world.receives[:, None]
    state.series.record_grid("crossed", state.t, crossed, ("host", "nationality"))
    who = people.who(Status.IRREGULAR)
    who = who[(c.since[who] == state.t) & (c.channel[who] == Channel.SMUGGLER) & ~state.slips[c.group[who]]]
    who = who[state.world.receives[people.host_of[c.place[who]]]]
    host = people.host_of[c.place[who]]
    at: NDArray[np.int64] = parts(state.luck(STATION), c.id[who], host.astype(np.int64), edges(_shares(state)))
    people.change(who, Event.RECEIVE, state.world.station_places[at].astype(np.int16), _end(state, who, host))
    known: NDArray[np.bool_] = state.memory.setdefault("was received", np.zeros(len(people), bool))
    _count(state, "received", who)
    _count(state, "received_again", who[known[who]])
    known[who] = True


def _end(state: State, who: Rows, host: NDArray[np.int16]) -> NDArray[np.int16]:
    """Step in which the days are over: ⌊days / days of a step + u⌋ steps from now."""
    days = state.rules.tables["station_days"][host]
    return (state.t + np.floor(days / state.calendar.days_per_step + state.draw(DAYS, who))).astype(np.int16)


def _shares(state: State) -> NDArray[np.float64]:
    """Pull of each station on those who cross to its state, weight · exp(−km / crossing_km) [host, station].

    km: the shortest unlawful link that is open this month.
    """
    world, month = state.world, state.calendar.month(state.t)
    out = np.zeros((state.hosts, len(world.stations)))
    for s, row in enumerate(world.stations):
        ways = [x.km for x in world.links if not x.is_lawful and row.place in (x.a, x.b) and x.months[month]]
        if ways:
            pull = factored(row.weight, row.source, state.params) * math.exp(-min(ways) / state.params["crossing_km"])
            out[world.host_of_place[world.station_places[s]], s] = pull
    return out


def _send_on(state: State) -> None:
    """Those whose days are over are assigned to a post with housing, while there are documents for the journey."""
    people, c, e = state.people, state.people.cols, state.employers
    who = people.who(Status.RECEPTION)
    who = who[c.end[who] <= state.t]
    room = state.memory.setdefault("documents left", np.zeros(state.hosts))
    room += state.rules.tables["documents"] * state.calendar.days_per_step
    housing = state.rules.tables["housing"].copy()
    np.subtract.at(housing, e.place, people.staff[0])
    with np.errstate(over="ignore"):
        who = who[np.lexsort((draws(state.luck(KEY, 0), c.id[who]), c.end[who]))]
        at = assign(
            who, c.id, c.weight, people.host_of[c.place[who]], _claims(state, who), e.ids, e.host, e.place,
            for_skilled(state), np.maximum(e.posts - people.staff[0], 0), housing, room, state.luck(POST),
        )  # fmt: skip
    goes = at >= 0
    people.change(who[goes], Event.ASSIGN, e.place[at[goes]], NEVER, at[goes])
    c.registered[who[goes]] = REGISTERED  # the provinces issue residency documents (S144)
    _count(state, "assigned", who[goes])


@kernel
def _first(i, h, wanted, ids, weight, ids_of, host_of, place, trained, vacant, housing, pull, luck):
    """The employer of host h who comes first for row i, among those whose posts are for the trained or not, or -1."""
    best, first = -1, np.inf
    for e in range(pull.size):
        has = vacant[e] >= weight[i] and housing[place[e]] >= weight[i]
        if host_of[e] != h or trained[e] != wanted or not has:
            continue
        wait = -math.log(1.0 - uniform(luck, pair(ids[i], ids_of[e]))) / pull[e]
        if wait < first:
            best, first = e, wait
    return best


@kernel
def assign(who, ids, weight, host, claims, ids_of, host_of, place, trained, vacant, housing, room, luck):
    """The employer of each of `who`, in order, or -1; vacant [employer], housing [place], room [host] fall in place.

    Posts for the `trained` go to who claims to be, and the others to the others, and to those for whom none is left.
    Of the employers with a vacancy and housing for the whole weight the first in an exponential race by vacancies is
    taken. Where documents are short nobody overtakes; what is left is kept for the next in line.
    """
    out, waits, pull = np.full(who.size, -1, np.int16), np.zeros(room.size, np.int64), vacant.copy()
    for k in range(who.size):
        i, h = who[k], host[k]
        if waits[h] > 0:
            continue
        best = _first(i, h, claims[k], ids, weight, ids_of, host_of, place, trained, vacant, housing, pull, luck)
        if best < 0 and claims[k]:
            best = _first(i, h, False, ids, weight, ids_of, host_of, place, trained, vacant, housing, pull, luck)
        if best >= 0 and weight[i] > room[h]:
            waits[h] = weight[i]
        elif best >= 0:
            out[k] = best
            room[h] -= weight[i]
            vacant[best] -= weight[i]
            housing[place[best]] -= weight[i]
    for h in range(room.size):
        room[h] = min(room[h], waits[h])
    return out


def _claims(state: State, who: Rows) -> NDArray[np.bool_]:
    """Who is introduced as trained: the trained, and where no diploma is asked for some who are not."""
    people, c = state.people, state.people.cols
    asked = state.rules.tables["diplomas"][people.host_of[c.place[who]]] > 0
    with np.errstate(over="ignore"):
        lies = ~asked & (state.draw(CLAIMS, who) < state.params["false_claims"])
    return np.asarray((people.kinds.skilled[c.kind[who]] == 1) | lies)


def _count(state: State, measure: str, who: Rows) -> None:
    """Record so many persons by host and nationality."""
    people, c = state.people, state.people.cols
    persons = np.zeros((state.hosts, state.nations), np.int64)
    np.add.at(persons, (people.host_of[c.place[who]], c.nation[who]), c.weight[who])
    state.series.record_grid(measure, state.t, persons, ("host", "nationality"))
