"""Trafficking: women who wait at home for a contract abroad meet recruiters, and part of them believe the offer.

Victims' pay is the traffickers' until they escape, are found, or are removed. Some who come home recruit others.
Offices see cases only, some of those in which victims came home (S158); courts prosecute part of these.
"""

import math

import numpy as np
from numpy.typing import NDArray

from sim.core.attitude import inspected
from sim.core.chance import chances, pair, stream, uniform
from sim.core.departures import Departure, staying, towards, waiting
from sim.core.harm import harmed
from sim.core.kernel import kernel
from sim.core.ledger import Account
from sim.core.people import AT_HOME, AT_WORK
from sim.core.roll import Rows
from sim.core.state import State
from sim.core.traffickers import Links, held_abroad, links, marked
from sim.core.witness import Notice
from sim.core.words import Channel

MET, BELIEVES, VISA, ESCAPES, CASES, COURT = (
    stream(f"trafficking {x}") for x in ("met", "believes", "visa", "escapes", "cases", "court")
)
CENTS, MONTHS = 100, 12


def step(state: State) -> None:
    """Victims come home, are exploited or escape; recruiters follow the gain, and make their offers."""
    trade, rows = links(state), marked(state)
    _come_home(state, rows, trade)
    free = _escape_rate(state, trade)
    _exploit(state, held_abroad(state, rows), chances(free, state.calendar.years_per_step), trade)
    _follow_gain(state, trade, _gain(state, trade, free))
    _offer(state, trade)
    if state.calendar.opens_year(state.t + 1):
        _try_cases(state, trade)


def _come_home(state: State, rows: Rows, trade: Links) -> None:
    """The share `victim_recruits` of the victims who are back home become recruiters."""
    c, p = state.people.cols, state.params
    who = rows[c.status[rows] == AT_HOME]
    if not who.size:
        return
    host = (np.abs(c.held[who]) - 1).astype(np.int8)
    state.ledger.count("victims_returned", host, c.nation[who], c.weight[who])
    home = np.bincount(trade.at[c.nation[who], host], c.weight[who], len(trade)).astype(np.int64)
    trade.home += home
    trade.recruiters += p["victim_recruits"] * home
    c.held[who] = 0


def _kept(state: State) -> NDArray[np.float64]:
    """What a victim earns a month for those who hold her: what work without papers pays [host, sector, USD]."""
    return np.asarray(state.memory["wage_usd"] * state.params["informal_wage"])


def _exploit(state: State, who: Rows, p_escape: NDArray[np.float64], trade: Links) -> None:
    """The pay of victims goes to those who hold them; some then escape, p_escape [link]."""
    if not who.size:
        return
    people, c = state.people, state.people.cols
    host, nation = people.host_of[c.place[who]], c.nation[who]
    cents = np.floor(_kept(state)[host, c.sector[who]] * CENTS).astype(np.int64) * c.weight[who]
    state.ledger.pay(Account.EMPLOYERS, Account.BROKERS, int(cents.sum()))
    state.ledger.count("exploited", host, nation, cents)
    _set_free(state, who[state.draw(ESCAPES, who) < p_escape[trade.at[nation, host]]])


def _set_free(state: State, who: Rows) -> None:
    """Victims get free where they are; part of them go home at once (`stays`), others live there without papers."""
    if not who.size:
        return
    people, c = state.people, state.people.cols
    harmed(state, who)
    state.ledger.count("escaped", people.host_of[c.place[who]], c.nation[who], c.weight[who])
    c.held[who] = -c.held[who]
    state.memory["freed"] = who
    people.tell(Notice.ESCAPED, who)


def _escape_rate(state: State, trade: Links) -> NDArray[np.float64]:
    """Yearly rate by link: escape_rate · (1 + compatriots there)^escape_contacts."""
    p, there = state.params, state.people.here[AT_WORK:, trade.host, trade.origin].sum(0)
    return np.array([p["escape_rate"] * math.pow(1 + n, p["escape_contacts"]) for n in there.tolist()])


def _follow_gain(state: State, trade: Links, gain: NDArray[np.float64]) -> None:
    """Recruiters move towards base · (gain / gain of the first month)^trafficker_answer."""
    if trade.gain is None:
        trade.gain = gain
    share = state.chance_of(state.params["broker_memory_rate"])
    some, answer = np.flatnonzero(trade.gain > 0), state.params["trafficker_answer"]
    wanted = trade.base[some] * [math.pow(x, answer) for x in (gain[some] / trade.gain[some]).tolist()]
    trade.recruiters[some] += share * (wanted - trade.recruiters[some])


def _gain(state: State, trade: Links, free: NDArray[np.float64]) -> NDArray[np.float64]:
    """What meeting somebody brings, over an income at home: chance to be believed · (fee + pay of the months held).

    months = 12 / (rates of escape, `free` [link], and of being found and taken away), at most `horizon_months`, and
    those of a visa.
    """
    p, tables, h, n = state.params, state.rules.tables, trade.host, trade.origin
    care = tables["victim_care"][h]
    ends = free + inspected(state)[h] * (care + (1 - care) * tables["p_removal"][h, n])
    months = MONTHS / np.maximum(ends, MONTHS / p["horizon_months"]) + tables["visas"][h, n] * p["working_visit_months"]
    value = p["trafficker_fee_usd"] + _kept(state)[h].mean(1) * months
    return np.asarray(_believed(state, trade) * value / np.maximum(state.memory["income_usd"][n], 1))


def _believed(state: State, trade: Links) -> NDArray[np.float64]:
    """Chance that an offer is believed, by link: the mean over offers with a visa and without."""
    visas = state.rules.tables["visas"][trade.host, trade.origin]
    with_or_without = visas + (1 - visas) * state.params["offer_without_visa"]
    return np.asarray(state.params["deceit_believed"] * with_or_without)


def _offer(state: State, trade: Links) -> None:
    """Each woman who waits may meet a recruiter; who believes the offer pays and sets out."""
    c, p = state.people.cols, state.params
    rows = waiting(state)
    there = np.zeros(len(trade))
    who, link = reached(rows, staying(state, rows), c.kind, state.kinds.sex, c.queued, c.nation, c.plan_host, c.weight,
                        trade.at, there)  # fmt: skip
    met = state.draw(MET, who) < _p_met(state, trade, there)[link]
    who, link = who[met], link[met]
    if not who.size:
        return
    host, nation = trade.host[link].astype(np.int8), c.nation[who]
    state.ledger.count("approached", host, nation, c.weight[who])
    on_visa = state.draw(VISA, who) < state.rules.tables["visas"][host, nation]
    chance = p["deceit_believed"] * np.where(on_visa, 1.0, p["offer_without_visa"])
    yes = state.draw(BELIEVES, who) < chance
    _set_out(state, who[yes], host[yes], on_visa[yes])


@kernel
def reached(rows, stays, kind, sex, queued, nation, plan_host, weight, at, there):
    """Women among `rows`, who wait at home, stay, are named by no refusal and have a plan where a link leads, with that
    link: sex [kind], at [nation, host]; their persons are added to there [link]."""
    out, link, n = np.empty_like(rows), np.empty(rows.size, np.int16), 0
    for k in range(rows.size):
        i = np.uint32(rows[k])
        if sex[kind[i]] != 1 or not stays[k] or queued[i] != 0:
            continue
        which = at[nation[i], plan_host[i]]
        if which >= 0:
            out[n], link[n] = i, which
            there[which] += weight[i]
            n += 1
    return out[:n], link[:n]


def _p_met(state: State, trade: Links, waiting: NDArray[np.float64]) -> NDArray[np.float64]:
    """1 − exp(−recruiters at large · trafficker_approaches / 12 / those who wait), by link."""
    at_large = trade.at_large(state.t, state.params)
    rate = at_large * state.params["trafficker_approaches"] * state.calendar.years_per_step
    return np.array(
        [1 - math.exp(-r / w) if w > 0 else 0.0 for r, w in zip(rate.tolist(), waiting.tolist(), strict=True)]
    )


def _set_out(state: State, who: Rows, host: NDArray[np.int8], on_visa: NDArray[np.bool_]) -> None:
    """They pay the recruiter, from savings and else on loan, and leave as visitors (or on a visa for work)."""
    c, fee = state.people.cols, round(state.params["trafficker_fee_usd"] * CENTS)
    own = np.minimum(c.savings[who], fee)
    owed = fee - own + np.floor((fee - own) * state.params["interest"]).astype(np.int32)
    c.savings[who] -= own
    c.debt[who] += owed
    paid = (own.astype(np.int64) + owed) * c.weight[who]
    state.ledger.pay(Account.WORKERS, Account.BROKERS, int(paid.sum()))
    c.plan[who], c.held[who] = -1, host + 1
    state.victims.add(who)
    place = towards(state, who, host, state.goal_ends)
    state.departures.append(Departure(who, place, Channel.OVERSTAY, np.full(who.size, -1, np.int16)))
    state.memory["deceived"] = who, on_visa
    state.people.tell(Notice.DECEIVED, who, host)


def _try_cases(state: State, trade: Links) -> None:
    """At the end of the year: cases that broke, and what courts at both ends make of them.

    cases ~ NegBin(case_recording · victims who came home), of size `case_dispersion` (SPEC §2h); where trafficking is a
    crime each is prosecuted with `case_prosecuted`. Part of the recruiters then stop for a time.
    """
    p, t = state.params, state.t
    crime = state.rules.tables["traffic_law"]
    for n in np.flatnonzero(trade.home):
        u = uniform(state.luck(CASES), trade.ids[n])
        cases = negative_binomial(u, p["case_recording"] * trade.home[n], p["case_dispersion"])
        state.ledger.tally("trafficking_cases")[trade.host[n], trade.origin[n]] += cases
        for court in (trade.origin[n], trade.host[n]):
            heard = [np.uint64(pair(np.uint64(pair(trade.ids[n], k)), court)) for k in range(cases)]
            trials = sum(uniform(state.luck(COURT), x) < p["case_prosecuted"] * crime[court] for x in heard)
            state.memory.setdefault("trials", []).append((trade.host[n], trade.origin[n], court, trials))
            if trials:
                trade.until[n] = t + 1 + round(p["prosecuted_months"])
    trade.home[:] = 0


def negative_binomial(u: float, mean: float, size: float) -> int:
    """The number whose cumulated chance first exceeds u, as far as floats tell; variance = mean + mean² / size."""
    n, more = 0, mean / (size + mean)
    chance = total = math.pow(1 - more, size)
    while total <= u and (n <= mean or total + chance > total):
        chance *= (n + size) / (n + 1) * more
        total += chance
        n += 1
    return n
