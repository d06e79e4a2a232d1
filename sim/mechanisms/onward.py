"""Onward: the ways of North Koreans from hiding in China to the Republic of Korea, by the south or over the Gobi.

Some set out of themselves and owe the guide his fee. Others are fetched by their families who settled in the Republic
of Korea and pay for the whole way from home (X073): arrivals bring arrivals until families are complete, and a closer
border makes each of them dearer.
Known gap: inner routes of China are one hazard; whom kin fetch is somebody new in China, not a relative by name.
"""

import math

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import stream, uniform
from sim.core.harm import harmed
from sim.core.kernel import kernel
from sim.core.ledger import Account
from sim.core.passage import families, to_korea
from sim.core.roll import Rows
from sim.core.state import State
from sim.core.words import NEVER, Channel, Event, Status

SETS_OUT, FETCHED, SEEN, FOUND = (stream(f"onward {x}") for x in ("sets out", "fetched", "seen", "found"))
CENTS = 100


def step(state: State) -> None:
    """Those in Mongolia are found by its officers; those in China set out, of themselves or because kin pay."""
    found, sets_out, line, race = _in_hiding(state)
    state.people.change(found, Event.CAUGHT, None, state.t + 1)
    who = np.concatenate([sets_out, _fetched(state, line, race)])
    gets_out = _on_their_way(state, who)
    alone = sets_out[gets_out[: sets_out.size]]
    _owe_fee(state, alone)
    families(state).name(state.params["kin_each"] * float(state.people.cols.weight[alone].sum()))
    _arrive(state, who[gets_out])


def _in_hiding(state: State) -> tuple[Rows, Rows, Rows, NDArray[np.float64]]:
    """Of those in hiding, who is found in Mongolia, who sets out in China, and who else is new there, with the time at
    which each of them would be the next whom kin fetch."""
    c, p, per_year, g = state.people.cols, state.params, state.calendar.per_year, gobi(state)
    china, mongolia, prk = (state.country(code) for code in ("CHN", "MNG", "PRK"))
    if "north koreans" not in state.memory:
        state.memory["north koreans"] = state.people.runs_in(state.world.nation_of_group == prk)
    rows = state.people.within(Status.IRREGULAR, state.memory["north koreans"])
    sets_out = np.array([state.chance_of(p["onward_rate"]), state.chance_of(p["onward_rate"] * g)])
    found: tuple[Rows, Rows, Rows, NDArray[np.float64]] = in_hiding(
        rows, c.place, c.since, c.id, state.people.host_of, china, mongolia, _gobi_place(state),
        state.t, state.t - per_year, state.chance_of(p["found_in_mongolia"]), sets_out, np.array([1.0, g]),
        state.luck(FOUND), state.luck(SETS_OUT), state.luck(FETCHED),
    )  # fmt: skip
    return found


@kernel
def in_hiding(rows, place, since, ids, host_of, china, mongolia, gobi_place, now, year_ago, p_found, p_out, pull,
              found_luck, out_luck, race_luck):  # fmt: skip
    """Of those of `rows`, all from North Korea, who is found in Mongolia, where they came in an earlier month; who sets
    out in China; and who else came there after step `year_ago`, with the time of each in the race.

    p_out, pull: chance to set out and speed in the race, far from the Gobi and near it; nobody races without pull.
    """
    found, out, line = np.empty_like(rows), np.empty_like(rows), np.empty_like(rows)
    race, a, b, n = np.empty(rows.size), 0, 0, 0
    for i in rows:
        h = host_of[place[i]]
        if h == mongolia and since[i] < now:
            found[a] = i
            a += uniform(found_luck, ids[i]) < p_found
        if h != china:
            continue
        near = 1 if place[i] == gobi_place else 0
        if uniform(out_luck, ids[i]) < p_out[near]:
            out[b] = i
            b += 1
        elif since[i] > year_ago and pull[near] > 0.0:
            line[n], race[n] = i, sooner(race_luck, ids[i], pull[near])
            n += 1
    return found[:a], out[:b], line[:n], race[:n]


@kernel
def sooner(luck, who, pull):
    """Time at which somebody would be the next in the race, −ln(1 − u) / pull."""
    return -math.log(1.0 - uniform(luck, who)) / pull


def _gobi_place(state: State) -> int:
    return int(state.world.place_index("CHN-Inner-Mongolia"))


def gobi(state: State) -> float:
    """How much more people set out in Inner Mongolia than elsewhere: gobi_pull · route_known · exp(−b4 · P(return)).

    P(return) of those held in Mongolia is handover · (1 − protect), protect only where it hears claims (SPEC §2e).
    """
    rules, mongolia = state.rules.tables, state.country("MNG")
    protects = rules["protect"][mongolia] if rules["claim_open"][mongolia] > 0 else 0.0
    p_return = rules["handover"][mongolia, state.country("PRK")] * (1 - protects)
    fear = math.exp(-state.params["flight_return"] * p_return)
    return float(state.params["gobi_pull"] * rules["route_known"][mongolia] * fear)


def _fetched(state: State, line: Rows, race: NDArray[np.float64]) -> Rows:
    """Whom kin fetch this month: of those who came to hide there within the year, as many as families can pay for."""
    c, price, kept = state.people.cols, price_of_the_way(state), families(state)
    kept.payers *= math.exp(-state.calendar.years_per_step / state.params["sponsor_years"])
    saved = state.memory.get("ways paid", 0.0) if price < math.inf else 0.0
    room = min(kept.kin, saved + _ways_paid(state, price))
    line = line[first(race, math.floor(room))]
    line = line[np.cumsum(c.weight[line]) <= room]
    persons = int(c.weight[line].sum())
    kept.kin -= persons
    state.memory["ways paid"] = room - persons
    state.ledger.pay(Account.HOUSEHOLDS, Account.BROKERS, math.floor(price * CENTS) * persons if persons else 0)
    state.ledger.count("fetched_by_kin", state.people.host_of[c.place[line]], c.nation[line], c.weight[line])
    return line


def _ways_paid(state: State, price: float) -> float:
    """How many ways the part of a month's wages pays for that families not yet complete put aside."""
    kept, wage = families(state), float(state.memory["wage_usd"][state.country("KOR")].mean())
    return kept.payers * kept.apart * state.params["kin_pays"] * wage / price


def first(race: NDArray[np.float64], most: int) -> NDArray[np.intp]:
    """Indices of at least the `most` soonest, in their order; of equals the first, as if all were sorted."""
    if most < race.size:
        near = np.flatnonzero(race <= np.partition(race, most)[most])
        return near[np.argsort(race[near], kind="stable")]
    return np.argsort(race, kind="stable")


def price_of_the_way(state: State) -> float:
    """What kin pay for the whole way [USD]: over the border, for each who gets through, and on from China."""
    unseen = 1 - state.rules.tables["seen"][state.country("PRK"), state.country("CHN")]
    over = state.params["border_fee_usd"] / unseen if unseen > 0 else math.inf
    return float(over + state.params["way_fee_usd"])


def _on_their_way(state: State, who: Rows) -> NDArray[np.bool_]:
    """Who gets out of China; the others are held there."""
    people, c, rules = state.people, state.people.cols, state.rules.tables
    goal = np.where(c.place[who] == _gobi_place(state), state.country("MNG"), state.country("KOR"))
    state.ledger.count("set_out", goal, c.nation[who], c.weight[who])
    caught = state.draw(SEEN, who) < rules["seen"][state.country("CHN"), goal]
    held, goal = who[caught], goal[caught]
    if held.size:
        state.ledger.count("caught_leaving", goal, c.nation[held], c.weight[held])
        harmed(state, held)
        people.change(held, Event.CAUGHT, None, state.t + 1)
    return ~caught


def _owe_fee(state: State, who: Rows) -> None:
    """Who came through of themselves pays the guide, from savings as far as they go; the rest is debt at interest."""
    c, fee = state.people.cols, math.floor(state.params["way_fee_usd"] * CENTS)
    own = np.clip(c.savings[who], 0, fee)
    owes = fee - own + np.floor((fee - own) * state.params["interest"]).astype(np.int64)
    c.savings[who] -= own
    c.debt[who] += owes.astype(np.int32)
    state.ledger.pay(Account.WORKERS, Account.BROKERS, int(((own + owes) * c.weight[who]).sum()))


def _arrive(state: State, who: Rows) -> None:
    """Over the Gobi people are in hiding in Mongolia; by the south they are in the Republic of Korea."""
    north = state.people.cols.place[who] == _gobi_place(state)
    to_korea(state, who[~north])
    state.people.change(who[north], Event.MOVE_ON, state.world.place_index("MNG-Gobi"), NEVER)
    state.people.cols.channel[who[north]] = Channel.SMUGGLER
