"""Intentions: people at home whose moment of reconsidering has come weigh hosts and channels (SPEC §5).

DPRK programme members do not choose; they are selected (`recruitment`). Trips are not weighed either (`trips`).
Known gap: people abroad do not reconsider.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import stream
from sim.core.choice import CLOSED, NONE, bounds, decide, fees, names, paces, values
from sim.core.constants import flows, raise_constants
from sim.core.departures import set_out, tested
from sim.core.profiles import mean_eagerness, premium
from sim.core.state import State
from sim.core.transit import fare
from sim.core.visas import not_given
from sim.core.words import Channel

MOMENT, NESTS, WAYS = (stream(f"intentions {x}") for x in ("moment", "nests", "ways"))
ROUNDS = 40
MONTHS = 12  # of a year


@dataclass(frozen=True)
class Constants:
    """What never changes in a run: of each kind nation, factors on pay at home and abroad, and caution; of each channel
    the share of the wage that it earns, and kappa; discounted months of a stay."""

    nation: NDArray[np.int64]
    at_home: NDArray[np.float64]
    abroad: NDArray[np.float64]
    gamma: NDArray[np.float64]
    net_of: NDArray[np.float64]
    kappa: NDArray[np.float64]
    months: float


@dataclass
class Alternatives:
    """What each kind may choose from; fee [kind, host, channel] in USD, and share lent.

    cell, broker: where in these tables somebody asks a fee [which, (kind, host, channel)], and who.
    """

    usable: NDArray[np.bool_]
    fee: NDArray[np.float64]
    loan: NDArray[np.float64]
    alpha: NDArray[np.float64]  # [group, host]
    cell: NDArray[np.intp]
    broker: NDArray[np.int16]
    at: tuple[NDArray[np.intp], ...]  # kind, host and channel of each usable alternative
    hosts: NDArray[np.int16]  # in the set of each kind [kind, which], NONE after the last
    value: NDArray[np.float64]  # this month's V [kind, host, channel], CLOSED where there is no alternative
    upfront: NDArray[np.float64]  # as value, in USD
    drive: NDArray[np.float64]  # of `choice.paces`, as are the next two
    pull: NDArray[np.float64]
    dearest: NDArray[np.float64]
    bound: NDArray[np.float64]
    constants: Constants


def step(state: State) -> None:
    """Those who decide for a contract become candidates; the others set out this month."""
    options = _alternatives(state)
    value, upfront = _values(state, options, state.rules.tables["agency_fee"])
    _without_visa(state, options, value)
    p, scale, races = p_clock(state), state.params["nest_scale"], (options.drive, options.pull, options.dearest)
    paces(value, options.hosts, upfront, scale, *races)
    bounds(options.drive, options.hosts, options.bound)
    state.memory["choice"] = value, options.hosts, upfront, *races
    c = state.people.cols
    home, host, channel, state.evaluated["intentions"] = decide(
        c.id, state.people.runs, c.kind, state.kinds.group, c.status, c.plan, c.born, c.savings, c.banned_host,
        c.banned_until, state.t, value, options.hosts, upfront, *races, state.params["credit_usd"], p, state.eager,
        options.bound, scale, state.luck(MOMENT), state.luck(NESTS), state.luck(WAYS),
    )  # fmt: skip
    tested(state, home, host, channel)
    set_out(state, home, host, channel)


def p_clock(state: State) -> float:
    """Chance that a young adult reconsiders in a step: reconsider_rate is the mean over working ages."""
    if "mean eagerness" not in state.memory:
        state.memory["mean eagerness"] = mean_eagerness(state.world, state.params, state.calendar.per_year)
    return state.chance_of(state.params["reconsider_rate"] / state.memory["mean eagerness"])


def _values(
    state: State, options: Alternatives, agency_fee: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """V and the money needed up front [kind, host, channel]; the next call writes over them.

    agency_fee [host, nation]: what public agencies ask in place of recruiters [USD], -1 where there is none.
    """
    p, kinds, known, b = state.params, state.kinds, options.constants, state.brokers
    asks = options.cell, options.broker, known.nation, agency_fee
    living = p["living_share"] * state.memory["wage_usd"].mean(1)
    income = np.maximum(state.memory["income_usd"], 1.0)[known.nation] * known.at_home
    fees(*asks, b.fee, options.fee)
    values(
        options.hosts, state.memory["belief"], known.abroad, living, known.net_of, income, options.fee, options.loan,
        _travel(state), state.memory["danger"], state.abroad(), known.kappa, options.alpha, options.usable,
        _hears(state), known.nation, kinds.group, kinds.sector, known.months, p["beta"], known.gamma, p["tau"],
        p["most_gain"], p["interest"], options.value, options.upfront,
    )  # fmt: skip
    names(*asks, b.bad_name, known.gamma, p["name_weight"], options.value)
    return options.value, options.upfront


def _without_visa(state: State, options: Alternatives, value: NDArray[np.float64]) -> None:
    """Close the channels for which the host gives a kind's nationality no visa: value [kind, host, channel].

    Left out where the constants alpha are found: the stocks that these must meet came before the policy.
    """
    if np.isinf(state.rules.tables["visas_a_year"]).all():
        return
    kind, host, channel = options.at
    none = not_given(state)[channel, host, state.world.nation_of_group[state.kinds.group[kind]]]
    value[kind[none], host[none], channel[none]] = CLOSED


def _hears(state: State) -> NDArray[np.bool_]:
    """Whether claims of asylum are heard in each host, by the state or by UNHCR."""
    return np.asarray((state.rules.tables["claim_open"] > 0) | (state.rules.tables["mandate"] > 0))


def _constants(state: State) -> Constants:
    p, kinds, (at_home, abroad) = state.params, state.kinds, premium(state.params)
    return Constants(
        state.world.nation_of_group[kinds.group],
        np.where(kinds.skilled, at_home, 1.0),
        np.where(kinds.skilled, abroad, 1.0),
        p["gamma"] * np.where(kinds.sex, p["women_caution"], 1.0),
        _net_of(p),
        _kappa(p),
        _discounted(p),
    )


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
    nowhere = np.full((state.hosts, state.nations), -1.0)
    wanted, scale = flows(state), state.params["nest_scale"]
    for _ in range(ROUNDS):
        raise_constants(options.alpha, _values(state, options, nowhere)[0], *wanted, p_clock(state), scale)
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
    cell = np.argwhere(broker >= 0)  # the others ask nothing
    asks, alpha = broker[broker >= 0], np.zeros((len(state.world.groups), state.hosts))
    fee, loan = np.zeros(shape), np.zeros(shape)
    loan[broker >= 0] = state.brokers.lent[asks]
    years = state.params["study_months"] / MONTHS  # a school asks its tuition, that of the first year at once
    fee[:, :, Channel.STUDY], loan[:, :, Channel.STUDY] = state.params["tuition_usd"] * years, 1 - 1 / years
    return Alternatives(
        usable, fee, loan, alpha, cell, asks, np.nonzero(usable), _hosts(usable), np.full(shape, CLOSED),
        np.zeros(shape), np.zeros((2, *shape[:2])), np.zeros(shape), np.zeros(shape[:2]), np.zeros(shape[0]),
        _constants(state),
    )  # fmt: skip


def _hosts(usable: NDArray[np.bool_]) -> NDArray[np.int16]:
    """The hosts in which each kind has an alternative, in order [kind, which]; NONE after the last."""
    open_: NDArray[np.bool_] = np.asarray(usable.any(2))
    out = np.full((len(open_), max(1, int(open_.sum(1).max(initial=0)))), NONE, np.int16)
    for k, row in enumerate(open_):
        out[k, : row.sum()] = np.flatnonzero(row)
    return out
