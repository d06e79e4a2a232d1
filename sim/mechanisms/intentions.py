"""Intentions: people at home whose moment of reconsidering has come weigh hosts and channels (SPEC §5).

DPRK programme members do not choose; they are selected (`recruitment`). Trips are not weighed either (`trips`).
Known gap: people abroad do not reconsider.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import stream
from sim.core.choice import CLOSED, NONE, STAY, bounds, decide, paces, values
from sim.core.constants import raise_constants
from sim.core.departures import set_out, tested
from sim.core.profiles import mean_eagerness, premium
from sim.core.state import State
from sim.core.transit import fare
from sim.core.visas import not_given
from sim.core.words import Channel

MOMENT, NESTS, WAYS = (stream(f"intentions {x}") for x in ("moment", "nests", "ways"))
ROUNDS = 40
MONTHS = 12  # of a year


@dataclass
class Alternatives:
    """What each kind may choose from; fee [kind, host, channel] in USD, and share lent.

    cell, broker: where in these tables somebody asks a fee, and who.
    """

    usable: NDArray[np.bool_]
    fee: NDArray[np.float64]
    loan: NDArray[np.float64]
    alpha: NDArray[np.float64]  # [group, host]
    cell: NDArray[np.intp]
    broker: NDArray[np.int16]
    host: NDArray[np.intp]  # of the cell, as are the next two
    nation: NDArray[np.int16]
    is_contract: NDArray[np.bool_]
    at: tuple[NDArray[np.intp], ...]  # kind, host and channel of each usable alternative
    hosts: NDArray[np.int16]  # in the set of each kind [kind, which], NONE after the last
    value: NDArray[np.float64]  # this month's V [kind, host, channel], CLOSED where there is no alternative
    upfront: NDArray[np.float64]  # as value, in USD
    drive: NDArray[np.float64]  # of `choice.paces`, as are the next two
    pull: NDArray[np.float64]
    dearest: NDArray[np.float64]
    bound: NDArray[np.float64]


def step(state: State) -> None:
    """Those who decide for a contract become candidates; the others set out this month."""
    options = _alternatives(state)
    options.fee.ravel()[options.cell] = _fees(state, options)
    value, upfront = _values(state, options)
    _without_visa(state, options, value)
    p, scale, races = p_clock(state), state.params["nest_scale"], (options.drive, options.pull, options.dearest)
    paces(value, options.hosts, upfront, scale, *races)
    bounds(options.drive, options.hosts, options.bound)
    state.memory["choice"] = value, options.hosts, upfront, *races
    c = state.people.cols
    home, host, channel, state.evaluated["intentions"] = decide(
        c.id, c.kind, c.status, c.plan, c.born, c.savings, c.banned_host, c.banned_until, state.t, value, options.hosts,
        upfront, *races, state.params["credit_usd"], p, state.eager, options.bound, scale, state.luck(MOMENT),
        state.luck(NESTS), state.luck(WAYS),
    )  # fmt: skip
    channel = tested(state, home, host, channel)
    gone = channel != STAY
    set_out(state, home[gone], host[gone], channel[gone])


def p_clock(state: State) -> float:
    """Chance that a young adult reconsiders in a step: reconsider_rate is the mean over working ages."""
    if "mean eagerness" not in state.memory:
        state.memory["mean eagerness"] = mean_eagerness(state.world, state.params, state.calendar.per_year)
    return state.chance_of(state.params["reconsider_rate"] / state.memory["mean eagerness"])


def _values(state: State, options: Alternatives) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """V and the money needed up front [kind, host, channel]; the next call writes over them."""
    p, kinds, out, upfront = state.params, state.kinds, options.value, options.upfront
    living = p["living_share"] * state.memory["wage_usd"].mean(1)
    nation, (at_home, abroad) = state.world.nation_of_group[kinds.group], premium(p)
    income = np.maximum(state.memory["income_usd"], 1.0)[nation] * np.where(kinds.skilled, at_home, 1.0)
    gamma = p["gamma"] * np.where(kinds.sex, p["women_caution"], 1.0)
    values(
        options.hosts, state.memory["belief"], np.where(kinds.skilled, abroad, 1.0), living, _net_of(p), income,
        options.fee, options.loan, _travel(state), state.memory["danger"], state.abroad(), _kappa(p), options.alpha,
        options.usable, _hears(state), nation, kinds.group, kinds.sector, _discounted(p), p["beta"], gamma,
        p["tau"], p["most_gain"], p["interest"], out, upfront,
    )  # fmt: skip
    name = np.where(_public_fee(state, options) < 0, state.brokers.bad_name[options.broker], 0.0)
    out.ravel()[options.cell] -= gamma[options.cell // out[0].size] * p["name_weight"] * name
    return out, upfront


def _without_visa(state: State, options: Alternatives, value: NDArray[np.float64]) -> None:
    """Close the channels for which the host gives a kind's nationality no visa: value [kind, host, channel].

    Left out where the constants alpha are found: the stocks that these must meet came before the policy.
    """
    kind, host, channel = options.at
    none = not_given(state)[channel, host, state.world.nation_of_group[state.kinds.group[kind]]]
    value[kind[none], host[none], channel[none]] = CLOSED


def _hears(state: State) -> NDArray[np.bool_]:
    """Whether claims of asylum are heard in each host, by the state or by UNHCR."""
    return np.asarray((state.rules.tables["claim_open"] > 0) | (state.rules.tables["mandate"] > 0))


def _fees(state: State, options: Alternatives) -> NDArray[np.float64]:
    """What is asked this month in each cell where somebody asks a fee [USD]."""
    public = _public_fee(state, options)
    return np.where(public < 0, state.brokers.fee[options.broker], public)


def _public_fee(state: State, options: Alternatives) -> NDArray[np.float64]:
    """What a public agency asks in place of the recruiters of a cell [USD]; −1 where there is none."""
    fee = state.rules.tables["agency_fee"][options.host, options.nation]
    return np.where(options.is_contract, fee, -1.0)


def _net_of(p: dict[str, float]) -> NDArray[np.float64]:
    """Share of the believed wage that each channel earns."""
    return np.array([1.0, 0.0, p["informal_wage"], p["informal_wage"], p["asylum_income"], p["study_income"], 0.0])


def _kappa(p: dict[str, float]) -> NDArray[np.float64]:
    return np.array([0.0, 0.0, p["kappa_overstay"], p["kappa_smuggler"], p["kappa_asylum"], p["kappa_study"], 0.0])


def _discounted(p: dict[str, float]) -> float:
    """Months of a stay, each weighed by patience."""
    return sum(math.pow(p["patience"], t) for t in range(1, round(p["horizon_months"]) + 1))


def _travel(state: State) -> NDArray[np.float64]:
    """Fare of the cheapest way from each group's home to a region where its host has posts [group, host, USD]."""
    known = state.memory.setdefault("travel", {})
    ways = state.ways()
    if id(ways) not in known:  # the ways of a month are made once and kept
        known[id(ways)] = _least_fare(state)
    fare: NDArray[np.float64] = known[id(ways)]
    return fare


def _least_fare(state: State) -> NDArray[np.float64]:
    out, group = np.full((len(state.world.groups), state.hosts), np.inf), np.arange(len(state.world.groups))[:, None]
    home = np.array(state.home_of_group)[:, None]
    for h in range(state.hosts):
        places = np.flatnonzero(state.goals[h])
        if places.size:
            out[:, h] = fare(state, group, home, places).min(1)
    return out


def _alternatives(state: State) -> Alternatives:
    """Made once: channels, brokers' fees, and the constants alpha by one inversion on the initial stocks."""
    known: Alternatives | None = state.memory.get("alternatives")
    if known is not None:
        return known
    options = state.memory["alternatives"] = _open_alternatives(state)
    for _ in range(ROUNDS):
        raise_constants(state, options.alpha, _values(state, options)[0], p_clock(state))
    return options


def _open_alternatives(state: State) -> Alternatives:
    shape = (len(state.kinds.group), state.hosts, len(Channel))
    usable, broker = np.zeros(shape, bool), np.full(shape, -1, np.int16)
    for g, group in enumerate(state.world.groups):
        rows = state.kinds.group == g
        for h in (state.country(code) for code in group.hosts):
            for name in group.channels:
                if name in ("visit", "family") or group.is_programme:  # nobody weighs these
                    continue
                way = Channel[name.upper()]
                usable[rows, h, way] = True
                broker[rows, h, way] = state.brokers.of[way, state.country(group.nationality), h]
    cell = np.flatnonzero(broker >= 0)  # the others ask nothing
    asks, alpha = broker.ravel()[cell], np.zeros((len(state.world.groups), state.hosts))
    fee, loan = np.zeros(shape), np.zeros(shape)
    fee.ravel()[cell], loan.ravel()[cell] = state.brokers.fee[asks], state.brokers.lent[asks]
    years = state.params["study_months"] / MONTHS  # a school asks its tuition, that of the first year at once
    fee[:, :, Channel.STUDY], loan[:, :, Channel.STUDY] = state.params["tuition_usd"] * years, 1 - 1 / years
    kind, host, channel = np.unravel_index(cell, shape)
    nation = state.world.nation_of_group[state.kinds.group[kind]]
    return Alternatives(
        usable, fee, loan, alpha, cell, asks, host, nation, channel == Channel.CONTRACT, np.nonzero(usable),
        _hosts(usable), np.full(shape, CLOSED), np.zeros(shape), np.zeros((2, *shape[:2])), np.zeros(shape),
        np.zeros(shape[:2]), np.zeros(shape[0]),
    )  # fmt: skip


def _hosts(usable: NDArray[np.bool_]) -> NDArray[np.int16]:
    """The hosts in which each kind has an alternative, in order [kind, which]; NONE after the last."""
    open_: NDArray[np.bool_] = np.asarray(usable.any(2))
    out = np.full((len(open_), max(1, int(open_.sum(1).max(initial=0)))), NONE, np.int16)
    for k, row in enumerate(open_):
        out[k, : row.sum()] = np.flatnonzero(row)
    return out
