"""Brokers: fees and places follow the trade, harm gives a bad name, and clients caught a prosecution.

What was usual in the first `usual_months` is in the table's fees and in the constants alpha already. Brokers and
communities answer to departures from it. State agencies' fee is the price of being selected and stands still.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.core.brokers import Brokers, by_choice, survey
from sim.core.chance import stream, uniform
from sim.core.departures import waiting
from sim.core.harm import ABROAD
from sim.core.harm import tally as harms
from sim.core.state import State
from sim.core.words import Channel, Event, Status

PROSECUTED = stream("brokers prosecuted")
SORTS = 5  # of clients that a trade tells apart
Grid = NDArray[np.float64]  # [broker, host]


@dataclass
class Trade:
    """A month's or a remembered month's clients: table [what, broker, host, persons].

    asked: who would go; served: who set out; stopped: at the border; caught: those, and who was detained later, for
    recruiters, who was dismissed before the fee was paid back; harmed: smugglers' clients who were caught, and
    recruiters' who came to harm at work (`harm`).
    """

    table: NDArray[np.float64]

    def __post_init__(self) -> None:
        self.asked, self.served, self.stopped, self.caught, self.harmed = self.table

    def towards(self, month: "Trade", share: float) -> None:
        """Move the memory by `share` of the way to a month."""
        self.table += share * (month.table - self.table)


@dataclass
class Market:
    """What brokers remember, and what was usual [broker]: months of waiting, earnings of a place, share harmed."""

    memory: Trade
    waiting: NDArray[np.float64]
    earned: NDArray[np.float64]
    harmed: NDArray[np.float64]
    civilians: NDArray[np.float64]  # [host, nation]


def step(state: State) -> None:
    """Brokers look back on the month; then fees, places, names and prosecutions move."""
    month, market = _month(state), _market(state)
    market.memory.towards(month, state.chance_of(state.params["broker_memory_rate"]))
    waiting, earned, harmed = _looked_at(state, market.memory)
    if state.t < round(state.params["usual_months"]):
        market.waiting, market.earned, market.harmed = waiting, earned, harmed
    else:
        b, p = state.brokers, state.params
        _fees(b, p, _over(waiting, market.waiting))
        _places(state, market, _over(earned, market.earned))
        b.bad_name = harmed - market.harmed
    _prosecute(state, month)
    _soldiers(state, market)


def _market(state: State) -> Market:
    if "market" not in state.memory:
        none, zero = np.zeros((SORTS, *state.brokers.share.shape)), np.zeros(len(state.brokers.share))
        civilians = state.ledger.told("civilians").astype(float)
        state.memory["market"] = Market(Trade(none), zero, zero, zero, civilians)
    market: Market = state.memory["market"]
    return market


def _month(state: State) -> Trade:
    """This month's clients, and the months in bondage.

    Those who wait at home for a contract ask for one; recruiters' clients are harmed if dismissed in debt.
    """
    tally, told, events, p = state.ledger.tally, state.ledger.told, state.people.events, state.params
    c, who = state.people.cols, state.people.who
    survey(
        who(Status.WORKER), tuple(who(x) for x in ABROAD if x != Status.WORKER), c.group, c.place, c.nation, c.status,
        c.weight, c.employer, c.debt, state.programme, state.soldiers, state.people.host_of, state.employers.wage,
        p["informal_wage"], p["bondage_months"], tally("bondage_months"), tally("civilians"), tally("soldiers"),
    )  # fmt: skip
    contract, smuggler = np.zeros((2, SORTS, state.hosts, state.nations), np.int64)
    contract[0], contract[1], contract[3] = _wait_by_choice(state), events[Event.HIRE], told("dismissed_in_debt")
    contract[4] = harms(state, "harm")[:, :, Channel.CONTRACT].T
    contract *= state.rules.tables["agency_fee"] < 0  # the others are clients of a public agency
    contract[0] += contract[1]
    stopped = told("stopped")
    smuggler[1], smuggler[2] = events[Event.SLIP_IN] + stopped, stopped
    smuggler[0], smuggler[3:] = smuggler[1] + told("without_guide"), stopped + told("caught_smuggled")
    return Trade(_by_broker(state, contract, smuggler))


def _wait_by_choice(state: State) -> NDArray[np.int64]:
    """Those who wait at home for a contract of their own choice [host, nation, persons]."""
    c, out = state.people.cols, np.zeros((state.hosts, state.nations), np.int64)
    by_choice(waiting(state), c.group, c.nation, c.plan_host, c.weight, state.programme, out)
    return out


def _by_broker(state: State, contract: NDArray[np.int64], smuggler: NDArray[np.int64]) -> NDArray[np.float64]:
    """From [what, host, nation] to [what, broker, host], recruiters by the first and smugglers by the second."""
    out = np.zeros((SORTS, state.brokers.share.size))
    for way, table in ((Channel.CONTRACT, contract), (Channel.SMUGGLER, smuggler)):
        to, cell = state.brokers.cells[way]
        out[:, to] = table.reshape(SORTS, -1)[:, cell]
    return out.reshape(SORTS, *state.brokers.share.shape)


def _looked_at(state: State, memory: Trade) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """By broker: who asks over who can go, earnings of a place, share of clients harmed, small if they are few.

    Recruiters can bring whom posts are found for, smugglers so many as they have places.
    """
    b = state.brokers
    asked, served, stopped, _, harmed = memory.table.sum(2)
    waiting = _over(asked, np.where(b.smuggles, b.capacity, served))
    earned = b.fee * np.minimum(waiting, 1.0) * (1 - np.minimum(_over(stopped, served), 1.0))
    return waiting, earned, np.minimum(harmed / (served + state.params["few_clients"]), 1.0)


def _over(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    """part / whole, 0 where there is nothing to divide by."""
    return np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0)


def _fees(b: Brokers, p: dict[str, float], waiting: NDArray[np.float64]) -> None:
    """fee = table's × (waiting / usual)^fee_answer, at most `fee_most` times as much and at least that part of it."""
    some = np.flatnonzero(waiting > 0)
    factors = [math.pow(x, p["fee_answer"]) for x in waiting[some].tolist()]
    b.fee[some] = b.base_fee[some] * np.minimum(np.maximum(factors, 1 / p["fee_most"]), p["fee_most"])


def _places(state: State, market: Market, earned: NDArray[np.float64]) -> None:
    """Smugglers' places grow while a place earns more than usual, and full ones draw places from other hosts.

    ln capacity moves by `places_growth` · (earned / usual − 1) a year, the bracket at most one. Shares move by
    1 − exp(−`places_move` / 12) towards those of clients who would come and get through, and of idle places.
    """
    b, p, memory = state.brokers, state.params, market.memory
    years = state.calendar.years_per_step
    some = np.flatnonzero(b.smuggles & (market.earned > 0))
    b.capacity[some] *= [math.exp(p["places_growth"] * years * min(x - 1, 1.0)) for x in earned[some].tolist()]
    through = memory.asked * (1 - np.minimum(_grid_over(memory.stopped, memory.served), 1.0))
    idle = np.maximum(b.capacity - memory.asked.sum(1), 0)
    wanted = through + idle[:, None] * b.share
    moves = b.smuggles & (wanted.sum(1) > 0)
    target = wanted[moves] / wanted[moves].sum(1)[:, None]
    b.share[moves] += state.chance_of(p["places_move"]) * (target - b.share[moves])


def _grid_over(part: Grid, whole: Grid) -> Grid:
    return _over(part.ravel(), whole.ravel()).reshape(part.shape)


def _prosecute(state: State, month: Trade) -> None:
    """p = 1 − exp(−prosecution_rate · Σ caught · (1 + prosecution_joint · cooperates)), for those not prosecuted yet.

    The case is counted in the host where most clients were caught.
    """
    b, p = state.brokers, state.params
    stands_out = (month.caught * (1 + p["prosecution_joint"] * _cooperates(state))).sum(1)
    for n in np.flatnonzero((stands_out > 0) & (b.until <= state.t)):
        if uniform(state.luck(PROSECUTED), b.ids[n]) < 1 - math.exp(-p["prosecution_rate"] * stands_out[n]):
            b.until[n] = state.t + 1 + round(p["prosecuted_months"])
            host = int(month.caught[n].argmax())
            state.ledger.tally("brokers_prosecuted")[host, b.nation[n]] += 1


def _cooperates(state: State) -> Grid:
    """Whether each host's police work with those of the broker's country [broker, host]."""
    return np.asarray(state.rules.tables["cooperates"][state.brokers.nation], np.float64)


def _soldiers(state: State, market: Market) -> None:
    """Firms of the army send soldiers where civilians of their state became fewer: `soldier_shift` for each one lost.

    lost a month = (1 − exp(−broker_memory_rate / 12)) · max(0, remembered − present civilians), by host; firms share it
    by capacity (S176).
    """
    b, now = state.brokers, state.ledger.told("civilians")
    share = state.chance_of(state.params["broker_memory_rate"])
    lost = share * np.maximum(market.civilians - now, 0)
    market.civilians += share * (now - market.civilians)
    b.besides[:] = 0
    for host, firms in _firms(state):
        whole = b.capacity[firms].sum()
        for n in firms:
            slots = lost[host, b.nation[n]] * b.capacity[n] / whole if whole > 0 else 0.0
            b.besides[n] += state.params["soldier_shift"] * slots


def _firms(state: State) -> list[tuple[int, list[int]]]:
    """The firms of the army that serve each host, if any do, by the code of the host."""
    if "firms of the army" not in state.memory:
        firms = [(n, x.hosts) for n, x in enumerate(state.world.brokers) if x.is_soldier]
        state.memory["firms of the army"] = [
            (state.country(code), [n for n, hosts in firms if code in hosts])
            for code in sorted({code for _, hosts in firms for code in hosts})
        ]
    found: list[tuple[int, list[int]]] = state.memory["firms of the army"]
    return found
