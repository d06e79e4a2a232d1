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
    """Those in Mongolia are found by its officers; those in China set out."""
    people, c = state.people, state.people.cols
    hidden = people.who(Status.IRREGULAR)
    hidden = hidden[c.nation[hidden] == state.country("PRK")]
    host = people.host_of[c.place[hidden]]
    _found_in_mongolia(state, hidden[host == state.country("MNG")])
    _from_china(state, hidden[host == state.country("CHN")])


def _found_in_mongolia(state: State, who: Rows) -> None:
    """Who came over the Gobi in an earlier month is found; what happens to those held, enforcement decides."""
    who = who[state.people.cols.since[who] < state.t]
    found = who[state.draw(FOUND, who) < state.chance_of(state.params["found_in_mongolia"])]
    state.people.change(found, Event.CAUGHT, None, state.t + 1)


def _from_china(state: State, who: Rows) -> None:
    """Some set out of themselves, others because kin pay."""
    g, rate, near = gobi(state), state.params["onward_rate"], _near_gobi(state, who)
    pull = np.where(near, g, 1.0)
    sets_out = state.draw(SETS_OUT, who) < np.where(near, state.chance_of(rate * g), state.chance_of(rate))
    fetched = _on_their_way(state, _fetched(state, who[~sets_out], pull[~sets_out]))
    alone = _on_their_way(state, who[sets_out])
    _owe_fee(state, alone)
    families(state).name(state.params["kin_each"] * float(state.people.cols.weight[alone].sum()))
    _arrive(state, np.concatenate([alone, fetched]))


def _near_gobi(state: State, who: Rows) -> NDArray[np.bool_]:
    return np.asarray(state.people.cols.place[who] == state.world.place_index("CHN-Inner-Mongolia"))


def gobi(state: State) -> float:
    """How much more people set out in Inner Mongolia than elsewhere: gobi_pull · route_known · exp(−b4 · P(return)).

    P(return) of those held in Mongolia is handover · (1 − protect), protect only where it hears claims (SPEC §2e).
    """
    rules, mongolia = state.rules.tables, state.country("MNG")
    protects = rules["protect"][mongolia] if rules["claim_open"][mongolia] > 0 else 0.0
    p_return = rules["handover"][mongolia, state.country("PRK")] * (1 - protects)
    fear = math.exp(-state.params["flight_return"] * p_return)
    return float(state.params["gobi_pull"] * rules["route_known"][mongolia] * fear)


def _fetched(state: State, who: Rows, pull: NDArray[np.float64]) -> Rows:
    """Whom kin fetch this month: of those who came to hide there within the year, as many as families can pay for."""
    c, price, kept = state.people.cols, price_of_the_way(state), families(state)
    kept.payers *= math.exp(-state.calendar.years_per_step / state.params["sponsor_years"])
    saved = state.memory.get("ways paid", 0.0) if price < math.inf else 0.0
    room = min(kept.kin, saved + _ways_paid(state, price))
    line = _next_in_line(state, who, pull)
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


def _next_in_line(state: State, who: Rows, pull: NDArray[np.float64]) -> Rows:
    """Those new in China in the order of a race that pull speeds up."""
    c = state.people.cols
    new = c.since[who] > state.t - state.calendar.per_year
    race = np.asarray(sooner(who[new], c.id, pull[new], state.luck(FETCHED)))
    return np.asarray(who[new][np.argsort(race, kind="stable")][: int(np.isfinite(race).sum())])


def price_of_the_way(state: State) -> float:
    """What kin pay for the whole way [USD]: over the border, for each who gets through, and on from China."""
    unseen = 1 - state.rules.tables["seen"][state.country("PRK"), state.country("CHN")]
    over = state.params["border_fee_usd"] / unseen if unseen > 0 else math.inf
    return float(over + state.params["way_fee_usd"])


@kernel
def sooner(who, ids, pull, luck):
    """Time at which each of `who` would be the next, −ln(1 − u) / pull; never where there is no pull."""
    out = np.empty(who.size)
    for n in range(who.size):
        out[n] = -math.log(1.0 - uniform(luck, ids[who[n]])) / pull[n] if pull[n] > 0.0 else math.inf
    return out


def _on_their_way(state: State, who: Rows) -> Rows:
    """Those who get out of China; the others are held there."""
    people, c, rules = state.people, state.people.cols, state.rules.tables
    goal = np.where(_near_gobi(state, who), state.country("MNG"), state.country("KOR"))
    state.ledger.count("set_out", goal, c.nation[who], c.weight[who])
    caught = state.draw(SEEN, who) < rules["seen"][state.country("CHN"), goal]
    state.ledger.count("caught_leaving", goal[caught], c.nation[who[caught]], c.weight[who[caught]])
    harmed(state, who[caught])
    people.change(who[caught], Event.CAUGHT, None, state.t + 1)
    return who[~caught]


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
    north = _near_gobi(state, who)
    to_korea(state, who[~north])
    state.people.change(who[north], Event.MOVE_ON, state.world.place_index("MNG-Gobi"), NEVER)
    state.people.cols.channel[who[north]] = Channel.SMUGGLER
